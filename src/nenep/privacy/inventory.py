"""Every stored field with its purpose, readers and retention, from the `privacy.yml` of each module.

The format: `Model: {field: {purpose, seen_by, retention, personal}}`; a model's `_defaults` fill what a field does
not say. `days` among the defaults is the retention as a number (see `retention.py`). `hidden: true` marks a secret
whose value is shown to nobody, the person included; `correctable: true` in the defaults a table of facts about the
person, which may be wrong; `words` names a row of it on the screen. A field that is not named is covered by complete
`_defaults`, except when it points to a person while they say `personal: false`: whoever adds such a field must say
why. Tables of libraries stand in `others.yml`, by app.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from nenep.access.models import Account
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.shared import yml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Field, Model

PERSONS = (Member, Account)
KEYS = ("purpose", "seen_by", "retention", "personal")
# What a person reads for names that many tables have; None: a link or key that tells a person nothing.
COMMON: dict[str, object] = {
    "at": _("lúc ghi"),
    "asked_at": _("lúc xin"),
    "ended_at": _("lúc kết thúc"),
    "field": None,
    "given_at": _("lúc được mời"),
    "meeting": _("kỳ sinh hoạt"),
    "once": None,
    "replied_at": _("lúc trả lời"),
    "row": None,
    "search_key": None,
    "sort_key": None,
}
# The libraries' own names are English.
MODULES = {
    "usersessions": _("Lần đăng nhập"),
    "sessions": _("Lần đăng nhập"),
    "mfa": _("Bước xác nhận thứ hai"),
}
OTHERS = Path(__file__).with_name("others.yml")
Descriptions = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of one field. `key` is "people.Member.phone".

    `thing` names a row of its table; `is_told`: it has words of its own and means something to a person.
    """

    key: str
    module: str
    model: str
    label: str
    purpose: str
    seen_by: str
    retention: str
    personal: bool
    hidden: bool
    thing: str
    is_told: bool
    correctable: bool

    @property
    def kept_for(self) -> str:
        """The retention without the mark that it is provisional: a page says that once."""
        return re.sub(r" \(tạm ghi[^)]*\)", "", self.retention)


@lru_cache(maxsize=1)
def inventory() -> dict[str, Entry]:
    """Entries by key; a field whose description is incomplete is left out and found by `check_inventory`."""
    entries = (
        _entry(model, field, said)
        for model, fields, described in _described_models()
        for field in fields
        for said in [_said(described, field)]
        if said is not None
    )
    return {entry.key: entry for entry in entries}


def by_thing(entries: Iterable[Entry]) -> tuple[dict[str, dict[str, list[Entry]]], int]:
    """For the page: module -> words of a row -> what is told of it; and how many other columns there are."""
    told: dict[str, dict[str, list[Entry]]] = {}
    others = 0
    for entry in entries:
        if entry.personal and entry.is_told:
            told.setdefault(entry.module, {}).setdefault(entry.thing, []).append(entry)
        else:
            others += entry.personal
    return told, others


def check_inventory() -> list[str]:
    """What is kept without being listed, and what is listed without being kept, one sentence each."""
    findings = []
    for model, fields, described in _described_models():
        names = {field.name for field in fields}
        findings += [
            f"{model._meta.label}.{field.name} is not described"
            for field in fields
            if not _said(described, field)
        ]
        findings += [
            f"{model._meta.label}.{name} is described but does not exist"
            for name in sorted(set(described) - names - {"_defaults"})
        ]
    kept = {model._meta.label for model, _fields, _described in _described_models()}
    listed = {f"{app}.{model}" for app, models in _descriptions().items() for model in models}
    return findings + [f"{label} is described but does not exist" for label in sorted(listed - kept)]


def days_kept() -> dict[str, int]:
    """How many days rows are kept, for the models that say so ("meetings.Response")."""
    return {
        f"{app}.{model}": said["_defaults"]["days"]
        for app, models in _descriptions().items()
        for model, said in models.items()
        if "days" in (said.get("_defaults") or {})
    }


def key_of(field: Field[Any, Any]) -> str:
    return f"{field.model._meta.label}.{field.name}"


def stored_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns and many-to-many links of a model itself."""
    return [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]


def points_to_person(field: Field[Any, Any]) -> bool:
    return bool(field.is_relation) and field.related_model in PERSONS


def _described_models() -> Iterator[tuple[type[Model], list[Field[Any, Any]], dict[str, dict[str, Any]]]]:
    descriptions = _descriptions()
    for model in apps.get_models(include_auto_created=False):
        described = descriptions.get(model._meta.app_label, {}).get(model.__name__) or {}
        yield model, stored_fields(model), described


@lru_cache(maxsize=1)
def _descriptions() -> dict[str, Descriptions]:
    """App label -> model -> field -> what is said."""
    found: dict[str, Descriptions] = yml.load(OTHERS.read_text(encoding="utf-8"))
    for app in apps.get_app_configs():
        file = Path(app.path) / "privacy.yml"
        if app.name.startswith("nenep.") and file.exists():
            found[app.label] = yml.load(file.read_text(encoding="utf-8")) or {}
    return found


def _said(described: dict[str, dict[str, Any]], field: Field[Any, Any]) -> dict[str, Any] | None:
    """The description of a field with the defaults filled in; None when it is not complete."""
    named = field.name in described
    said = (described.get("_defaults") or {}) | (described.get(field.name) or {})
    if any(said.get(key) in {None, ""} for key in KEYS):
        return None
    if not named and not said["personal"] and points_to_person(field):
        return None
    return said


def _entry(model: type[Model], field: Field[Any, Any], said: dict[str, Any]) -> Entry:
    words = _words(model, field)
    thing = str(said.get("words", ""))
    return Entry(
        key=key_of(field),
        module=_module(model),
        model=model.__name__,
        label=words or str(said["purpose"]),
        purpose=str(said["purpose"]),
        seen_by=str(said["seen_by"]),
        retention=str(said["retention"]),
        personal=bool(said["personal"]),
        hidden=bool(said.get("hidden", False)),
        thing=thing,
        is_told=bool(thing and words and not said.get("hidden")),
        correctable=bool(said.get("correctable", False)),
    )


def _module(model: type[Model]) -> str:
    app = model._meta.app_config
    return str(MODULES.get(model._meta.app_label) or (app.verbose_name if app else model._meta.app_label))


def _words(model: type[Model], field: Field[Any, Any]) -> str:
    """What the screen calls a field: its own name, else what it alone is for; "" for keys, links and JSON."""
    if field.primary_key or field.get_internal_type() == "JSONField":
        return ""
    if field.name in COMMON and COMMON[field.name] is None:
        return ""
    if field.is_relation and (points_to_person(field) or field.related_model is not Body):
        return str(COMMON.get(field.name) or "")
    label = str(field.verbose_name)
    if model.__module__.startswith("nenep.") and label != field.name.replace("_", " "):
        return label
    if field.name in COMMON:
        return str(COMMON[field.name])
    described = _descriptions().get(model._meta.app_label, {}).get(model.__name__) or {}
    return str((described.get(field.name) or {}).get("purpose", ""))
