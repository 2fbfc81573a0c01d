"""What can be found: modules above register each kind of record once, in `AppConfig.ready()`."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be found of a record: its words, whose body it is and its day. Never what somebody said.

    `elsewhere`: words that are indexed with another record (`Through`) and are shown with this one.
    """

    body_id: int
    day: date
    title: str
    text: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Through:
    """Words that are indexed once, with their owner, and may be read by readers of another kind of record too.

    `key`: the source that indexes them. `opened()`: the records of this kind that open one of them. `field`: their
    column that names it; `owner`: the way from them to the body whose entry it is, "document__body".
    """

    key: str
    opened: Callable[[], QuerySet[Any]]
    field: str
    owner: str


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of record. `key`: its name in the index and in addresses, small letters only, "resolution".

    `label`: its name for people, "Nghị quyết". `verb`: the right in the record's body that its reader needs.
    `records()`: all of them, with what the others need. `draft(record)`: None for one that is not to be found (yet).
    `address(record)`: the page that is opened. `through`: words of another source that its readers find as well.
    """

    key: str
    label: str
    model: str
    verb: str
    records: Callable[[], QuerySet[Any]]
    draft: Callable[[Any], Draft | None]
    address: Callable[[Any], str]
    through: Through | None = None


_sources: dict[str, Source] = {}
SOURCES = MappingProxyType(_sources)


def register(source: Source) -> None:
    if _sources.setdefault(source.key, source) != source:
        raise ValueError(f"{source.key} is found in two ways")


def source_of(record: Model) -> Source:
    """KeyError for a record of a kind that is not registered."""
    return named(record._meta.label_lower)


def named(label: str) -> Source:
    """The source of a model by its name in lower case, "resolutions.resolution"; KeyError for an unknown one."""
    for source in _sources.values():
        if source.model == label:
            return source
    raise KeyError(f"nothing registers {label} to be found")


def is_registered(label: str) -> bool:
    return any(source.model == label for source in _sources.values())
