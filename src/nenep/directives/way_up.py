"""From a piece of work up to the directive, and from there to what that one carries out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from nenep.directives.lineage import ORIGIN
from nenep.directives.models import Directive, Made
from nenep.organizations.reads import names_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.assignments.models import Assignment
    from nenep.directives.models import Requirement
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Step:
    """One directive on the way, who issued it, and the paragraphs of it that the step below carries out."""

    directive: Directive
    issuer: str
    requirements: tuple[Requirement, ...]


def came_from(viewer: Viewer, assignment: Assignment) -> dict[int, list[Requirement]]:
    """Directives that the work was given from, with its paragraphs: linked, or by the item of the agenda."""
    continued = [assignment.pk, assignment.continues_id] if assignment.continues_id else [assignment.pk]
    rows = Made.objects.filter(assignment__in=continued).select_related("requirement", "receipt")
    found: dict[int, list[Requirement]] = {}
    for row in rows:
        found.setdefault(row.receipt.directive_id, []).extend(filter(None, [row.requirement]))
    item = assignment.item
    if item and item.origin_type == ORIGIN and item.origin_id:
        found.setdefault(item.origin_id, [])
    seen = Directive.objects.visible_to(viewer).filter(pk__in=found).values_list("pk", flat=True)
    return {key: found[key] for key in seen} if found else {}


def way_up(viewer: Viewer, assignment: Assignment) -> list[Step]:
    """The nearest directive first; of those above only what the viewer may read."""
    return _climb(viewer, came_from(viewer, assignment))


def above_directive(viewer: Viewer, directive: Directive) -> list[Step]:
    """What this one carries out, the nearest first."""
    return _climb(viewer, _one_up([directive.pk]))


def _one_up(keys: Iterable[int]) -> dict[int, list[Requirement]]:
    rows = Made.objects.filter(handed_down__in=list(keys)).select_related("requirement", "receipt")
    found: dict[int, list[Requirement]] = {}
    for row in rows:
        found.setdefault(row.receipt.directive_id, []).extend(filter(None, [row.requirement]))
    return found


def _climb(viewer: Viewer, start: dict[int, list[Requirement]]) -> list[Step]:
    level, seen, found = start, set(start), []
    while level:
        rows = Directive.objects.visible_to(viewer).filter(Q(pk__in=level)).for_page()
        found += [(row, tuple(level[row.pk])) for row in rows.order_by("pk")]
        level = {key: asked for key, asked in _one_up(level).items() if key not in seen}
        seen |= set(level)
    names = names_on({row.body_id for row, _asked in found}, today())
    return [Step(row, names[row.body_id], asked) for row, asked in found]
