"""Every stored field with its purpose, readers and retention, from the `privacy.yml` of each module.

The format: `Model: {field: {purpose, seen_by, retention, personal}}`; a model's `_defaults` fill what a field does
not say. `days` among the defaults is the retention as a number (see `retention.py`). `hidden: true` marks a secret
whose value is shown to nobody, the person included. A field that is not named is covered by complete `_defaults`,
except when it points to a person while they say `personal: false`: whoever adds such a field must say why. Tables of
libraries stand in `others.yml`, by app.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.apps import apps

from nenep.access.models import Account
from nenep.people.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field, Model

PERSONS = (Member, Account)
KEYS = ("purpose", "seen_by", "retention", "personal")
OTHERS = Path(__file__).with_name("others.yml")
Descriptions = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of one field. `key` is "people.Member.phone"."""

    key: str
    module: str
    model: str
    label: str
    purpose: str
    seen_by: str
    retention: str
    personal: bool
    hidden: bool


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
    found: dict[str, Descriptions] = yaml.safe_load(OTHERS.read_text(encoding="utf-8"))
    for app in apps.get_app_configs():
        file = Path(app.path) / "privacy.yml"
        if app.name.startswith("nenep.") and file.exists():
            found[app.label] = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
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
    label = str(field.verbose_name)
    return Entry(
        key=key_of(field),
        module=str(model._meta.app_config.verbose_name if model._meta.app_config else model._meta.app_label),
        model=model.__name__,
        label=label if any(ord(char) > 127 for char in label) or " " in label else str(said["purpose"]),
        purpose=str(said["purpose"]),
        seen_by=str(said["seen_by"]),
        retention=str(said["retention"]),
        personal=bool(said["personal"]),
        hidden=bool(said.get("hidden", False)),
    )
