"""Everything that is kept about one member, gathered from the inventory and from the modules' own providers.

Rows that point to the member (or to the member's account) are found by themselves: `rows_about`. A module whose
data reach the member by a longer way registers a provider.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.apps import apps
from django.utils.translation import gettext as _

from nenep.access.devices import machine_of
from nenep.access.models import Account
from nenep.organizations.models import Body
from nenep.organizations.reads import name_on
from nenep.people.models import Member
from nenep.privacy.inventory import inventory, key_of, points_to_person, stored_fields
from nenep.shared.dates import FOREVER, today
from nenep.shared.templatetags.ui import vn_date, vn_datetime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import Field, Model

    from nenep.privacy.inventory import Entry


# Values that only a machine reads, in words.
READINGS: dict[str, Callable[[Any], str]] = {"usersessions.UserSession.user_agent": machine_of}


@dataclass(frozen=True, slots=True)
class Kept:
    """One value about the person. `field` is the inventory's key, `row` the record it stands in.

    `derived` values follow from others and only stand in the download.
    """

    group: str
    label: str
    value: str
    purpose: str
    seen_by: str
    retention: str
    field: str = ""
    row: int | None = None
    derived: bool = False
    # Whether a person can say that it is wrong: of a fact about oneself, not of a key or of what the program counted.
    correctable: bool = False
    # The words for the row and how long it is kept, on the page; without them it stands in the download only.
    thing: str = ""
    kept_for: str = ""


class Provider(Protocol):
    def __call__(self, member_id: int) -> list[Kept]: ...


_providers: dict[str, Provider] = {}


def register(label: str, provider: Provider) -> None:
    """Called in `ready()` by a module whose data about a member hang on longer ways than one link."""
    if _providers.setdefault(label, provider) is not provider:
        raise ValueError(f"a provider of {label!r} is registered twice")


def kept_about(member_id: int) -> list[Kept]:
    """Every value about this member, what is known of the person first; never a value about somebody else."""
    found = [
        kept
        for model in _models_in_order()
        for row in rows_about(model, member_id)
        for kept in of_row(row, member_id)
    ]
    return found + [kept for provider in _providers.values() for kept in provider(member_id)]


def rows_about(model: type[Model], member_id: int) -> Iterator[Model]:
    """The rows of a table that are the member, or point to the member or the member's account."""
    seen: set[Any] = set()
    for name, value in _ways_to(model, member_id):
        for row in model._base_manager.filter(**{name: value}).order_by("pk"):
            if row.pk not in seen:
                seen.add(row.pk)
                yield row


def of_row(row: Model, member_id: int) -> list[Kept]:
    """The personal values of one row that speak of this member.

    A row is about the person whom its first link names; whoever stands in a later one (answered by, helped by)
    sees only that: the rest is somebody else's.
    """
    entries = inventory()
    fields = [field for field in stored_fields(type(row)) if key_of(field) in entries]
    people = [field for field in fields if points_to_person(field)]
    # A row without any link was handed over by a provider that knows why it is this person's.
    is_about_me = not people or _is_me(row, people[0], member_id)
    return [
        _kept(row, field, entries[key_of(field)])
        for field in fields
        if entries[key_of(field)].personal
        if (_is_me(row, field, member_id) if points_to_person(field) else is_about_me)
    ]


def _models_in_order() -> list[type[Model]]:
    """Members, accounts, our other modules from below, tables of libraries last."""
    first = [Member, Account]
    ours = [model for model in reversed(apps.get_models()) if model.__module__.startswith("nenep.")]
    return list(dict.fromkeys([*first, *ours, *apps.get_models()]))


def _ways_to(model: type[Model], member_id: int) -> list[tuple[str, Any]]:
    if model is Member:
        return [("pk", member_id)]
    ways: list[tuple[str, Any]] = []
    for field in stored_fields(model):
        if field.is_relation and field.related_model is Member:
            ways.append((field.name, member_id))
        elif field.is_relation and field.related_model is Account:
            ways.append((f"{field.name}__member", member_id))
    return ways


def _is_me(row: Model, field: Field[Any, Any], member_id: int) -> bool:
    if field.many_to_many:
        return bool(getattr(row, field.name).filter(pk=member_id).exists())
    other = getattr(row, field.name)
    own = other.member_id if isinstance(other, Account) else getattr(other, "pk", None)
    return own == member_id


def _kept(row: Model, field: Field[Any, Any], entry: Entry) -> Kept:
    return Kept(
        group=entry.module,
        label=entry.label,
        value=_("Không hiện, để giữ an toàn cho tài khoản.") if entry.hidden else _shown(row, field),
        purpose=entry.purpose,
        seen_by=entry.seen_by,
        retention=entry.retention,
        field=entry.key,
        row=row.pk if isinstance(row.pk, int) else None,
        derived=not field.editable,
        correctable=entry.correctable and entry.is_told and field.editable,
        thing=entry.thing if entry.is_told else "",
        kept_for=entry.kept_for,
    )


def _shown(row: Model, field: Field[Any, Any]) -> str:
    """A value as a person reads it."""
    if points_to_person(field):
        return _("Đồng chí")
    if reading := READINGS.get(key_of(field)):
        return reading(getattr(row, field.name))
    if field.name == "meeting":
        return _written(row.meeting.starts_at)  # type: ignore[attr-defined]
    return _plainly(row, field)


def _plainly(row: Model, field: Field[Any, Any]) -> str:
    value = getattr(row, field.attname if field.is_relation and not field.many_to_many else field.name)
    if field.many_to_many:
        return str(value.count())
    if field.related_model is Body:
        return name_on(value, today()) if value else ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return _written(value)


def _written(value: Any) -> str:
    if value is None or value == FOREVER:
        return ""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if hasattr(value, "strftime"):
        return _moment(value)
    return str(value)


def _moment(value: date | datetime) -> str:
    """In Vietnam's time."""
    return vn_datetime(value) if isinstance(value, datetime) else vn_date(value)


@dataclass(frozen=True, slots=True)
class Thing:
    """One row on the page: what it is, with its values; who sees it and how long it is kept hold for all of them."""

    words: str
    values: list[Kept]


def by_group(kept: Iterable[Kept]) -> dict[str, list[Thing]]:
    """For the page: group -> its rows, without what is derived, empty or tells a person nothing."""
    groups: dict[str, dict[tuple[str, int | None], Thing]] = {}
    for one in kept:
        if one.value and one.thing and not one.derived:
            things = groups.setdefault(one.group, {})
            key = (one.field.rpartition(".")[0], one.row)
            things.setdefault(key, Thing(one.thing, [])).values.append(one)
    return {group: list(things.values()) for group, things in groups.items()}
