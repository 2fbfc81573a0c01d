"""Questions about one body on one day, for callers that hold a key and need a value.

A body that has ended still answers for its name and kind with the last ones it had; it has no place in the
tree any more, so its parent is None and its ancestors are none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Exists, F, OuterRef, Q

from nenep.organizations.bulk import in_batches
from nenep.organizations.kinds import GRASSROOTS_KINDS, ROOT_KINDS, Kind, UnitType
from nenep.organizations.models import Body, BodyKind, BodyName, Closure, Edge, RuleScope
from nenep.rulebook import rules_on
from nenep.shared.dates import valid_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from nenep.rulebook.rules import Rules

CHUNK = 800
Row = TypeVar("Row", BodyName, BodyKind)


def name_on(body_id: int, day: date) -> str:
    """Raises BodyName.DoesNotExist for a key that is no body."""
    return _nearest(BodyName.objects.filter(body=body_id), day).name


def short_name_on(body_id: int, day: date) -> str:
    return _nearest(BodyName.objects.filter(body=body_id), day).short_name


def committee_name_on(body_id: int, day: date) -> str:
    """Who receives and signs papers for a body: the Đảng ủy of a Đảng bộ; any other body by its own name."""
    name, organization = name_on(body_id, day), "Đảng bộ "
    return f"Đảng ủy {name.removeprefix(organization)}" if name.startswith(organization) else name


def names_on(body_ids: Iterable[int], day: date) -> dict[int, str]:
    """The names of many bodies by key, in one statement (and one more when some have ended)."""
    wanted, found = set(body_ids), dict[int, str]()
    for some in in_batches(wanted, CHUNK):
        names = BodyName.objects.filter(valid_on(day), body__in=some)
        found |= dict(names.values_list("body_id", "name"))
    return found | {body_id: name_on(body_id, day) for body_id in wanted - set(found)}


def locality_on(body_id: int, day: date) -> str:
    """The place that papers of the body are dated from (địa danh): its own, else that of the nearest body above.

    "" when none of them has one, and outside the body's life.
    """
    named = BodyName.objects.filter(
        valid_on(day),
        valid_on(day, prefix="body__below__"),
        body__below__descendant=body_id,
        locality__gt="",
    )
    return named.order_by("body__below__depth").values_list("locality", flat=True).first() or ""


def kind_on(body_id: int, day: date) -> Kind:
    return Kind(_nearest(BodyKind.objects.filter(body=body_id), day).kind)


def unit_type_on(body_id: int, day: date) -> UnitType:
    return UnitType(_nearest(BodyKind.objects.filter(body=body_id), day).unit_type)


def parent_on(body_id: int, day: date) -> int | None:
    """The body directly above; None for a top body and outside its life."""
    return Edge.objects.filter(valid_on(day), child=body_id).values_list("parent_id", flat=True).first()


def ancestors_on(body_id: int, day: date) -> list[int]:
    """Every body above on `day`, nearest first."""
    above = Closure.objects.filter(valid_on(day), descendant=body_id, depth__gt=0)
    return list(above.order_by("depth").values_list("ancestor_id", flat=True))


def lineage(body_id: int, day: date) -> QuerySet[Closure, int]:
    """The body itself and every body above it on `day`, as a query for use in another."""
    return Closure.objects.filter(valid_on(day), descendant=body_id).values_list("ancestor_id", flat=True)


def grassroots_of(body_id: int, day: date) -> int | None:
    """The grassroots body that this one is or stands in; None above the grassroots."""
    kinds = BodyKind.objects.filter(valid_on(day), body=OuterRef("ancestor_id"), kind__in=GRASSROOTS_KINDS)
    upward = Closure.objects.filter(valid_on(day), Exists(kinds), descendant=body_id)
    return upward.order_by("depth").values_list("ancestor_id", flat=True).first()


def root_on(day: date) -> Body:
    """The top of the tree on `day`; of several tops the highest in kind, then the oldest.

    Raises Body.DoesNotExist when nothing existed on that day.
    """
    parents = Edge.objects.filter(valid_on(day), child=OuterRef("body_id"))
    for kind in ROOT_KINDS:  # by the index on kinds; asking all bodies would read the country
        tops = BodyKind.objects.filter(valid_on(day), ~Exists(parents), kind=kind)
        if top := tops.order_by("body__founded_on", "body").values_list("body", flat=True).first():
            return Body.objects.on(day).get(pk=top)
    raise Body.DoesNotExist(f"no body stood at the top on {day}")


def scopes_on(body_id: int, day: date) -> tuple[str, ...]:
    """The rule overlays that hold in this body: those of the highest ancestor first, its own last."""
    return scopes_each([(body_id, day)])[body_id, day]


def rules_for(body_id: int, day: date) -> Rules:
    """What holds in this body on a day, its local rules included."""
    return rules_on(day, scopes_on(body_id, day))


def scopes_each(asked: Collection[tuple[int, date]]) -> dict[tuple[int, date], tuple[str, ...]]:
    """`scopes_on` for several bodies and days in one query, for lists of papers."""
    held = Q(
        ancestor__rule_scopes__valid_from__lt=F("valid_to"),
        ancestor__rule_scopes__valid_to__gt=F("valid_from"),
    )
    rows = (
        Closure.objects.filter(held, descendant__in={body_id for body_id, _day in asked})
        .order_by("-depth")
        .values_list(
            "descendant",
            "ancestor__rule_scopes__code",
            "valid_from",
            "valid_to",
            "ancestor__rule_scopes__valid_from",
            "ancestor__rule_scopes__valid_to",
        )
    )
    stated = list(rows) if asked else []
    return {
        (body_id, day): tuple(
            dict.fromkeys(
                code
                for below, code, there, gone, begins, ends in stated
                if below == body_id and max(there, begins) <= day < min(gone, ends)
            )
        )
        for body_id, day in asked
    }


def scoped_bodies(day: date) -> dict[tuple[str, ...], list[int]]:
    """Scopes -> ids of the bodies for which local rules are stated so that these hold in them.

    Below each the same holds, as far as the next for which something is stated. At most two queries.
    """
    stating = RuleScope.objects.filter(valid_on(day)).values_list("body", flat=True)
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for (body_id, _day), scopes in scopes_each({(body_id, day) for body_id in stating}).items():
        found[scopes].append(body_id)
    return dict(found)


def _nearest(rows: QuerySet[Row], day: date) -> Row:
    """The row of that day, else the last before it, else the first."""
    return rows.filter(valid_from__lte=day).order_by("-valid_from").first() or rows.earliest("valid_from")
