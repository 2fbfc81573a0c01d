"""A figure: a number that says what it is a part of, how it came about, and what opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.organizations.models import Body, BodyName
from nenep.organizations.reads import root_on
from nenep.shared.states import Refused
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None where there is no record, never 0; `trace` is the address of what it counts."""

    key: str
    label: str
    value: float | None
    unit: str
    base: str
    formula: str
    trace: str

    def as_json(self) -> dict[str, object]:
        return {
            "key": self.key,
            "value": self.value,
            "unit": self.unit,
            "base": self.base,
            "formula": self.formula,
            "trace": self.trace,
        }


def trace_of(key: str, body: Body, **days: date) -> str:
    """The address of what a figure counts: `as_of`, or `start` and `end`."""
    names = {"as_of": "as_of", "start": "from", "end": "to"}
    query = {"body": body.code} | {names[name]: day.isoformat() for name, day in days.items()}
    return f"{reverse('reports:trace', args=[key])}?{urlencode(query)}"


def named(bodies: QuerySet[Body], day: date) -> QuerySet[Body]:
    """With `name`: that of the day, else the last one before it, so that bodies that have ended keep theirs."""
    names = BodyName.objects.filter(body=OuterRef("pk"), valid_from__lte=day).order_by("-valid_from")
    name: Any = {"name": Subquery(names.values("name")[:1])}  # what `Body.objects.on` annotates too
    return bodies.annotate(**name)


def body_on(ref: str, day: date) -> Body:
    """The body with this code or key, or the root of that day when nothing is named; it has a `name`.

    Refuses an unknown body, and one that did not exist on that day.
    """
    body = find_body(ref) if ref else _root(day)
    if not body.exists_on(day):
        raise Refused(
            _("Tổ chức mã %(code)s không hoạt động vào ngày %(day)s. Đồng chí chọn ngày khác.")
            % {"code": body.code, "day": day_words(day)}
        )
    return named(Body.objects.filter(pk=body.pk), day).get()


def body_in(ref: str, start: date, end: date) -> Body:
    """The same for a period, in a part of which the body must have existed; the root is that of its last day."""
    body = find_body(ref) if ref else _root(end)
    if end < body.founded_on or start >= body.dissolved_on:
        raise Refused(
            _("Tổ chức mã %(code)s không hoạt động trong thời kỳ này. Đồng chí chọn thời kỳ khác.")
            % {"code": body.code}
        )
    return named(Body.objects.filter(pk=body.pk), end).get()


def find_body(ref: str) -> Body:
    """By code, else by key; a code of digits wins over a key."""
    found = Body.objects.filter(code=ref).first()
    if found is None and ref.isascii() and ref.isdecimal() and len(ref) < 19:
        found = Body.objects.filter(pk=int(ref)).first()
    if found is None:
        raise Refused(_("Không có tổ chức nào mang mã hoặc số %(ref)s. Đồng chí xem lại.") % {"ref": ref})
    return found


def _root(day: date) -> Body:
    try:
        return root_on(day)
    except Body.DoesNotExist:
        raise Refused(
            _("Vào ngày %(day)s chưa có tổ chức nào. Đồng chí chọn ngày khác.") % {"day": day_words(day)}
        ) from None
