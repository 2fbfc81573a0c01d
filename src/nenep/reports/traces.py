"""What a figure counts, as the lines of a page: bodies, members by branch, branches or months of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.models import Meeting, MeetingKind
from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body, Edge
from nenep.organizations.reach import within
from nenep.organizations.reads import names_on
from nenep.people.reads import counts_of
from nenep.reports.attending import KEY as VISITS
from nenep.reports.attending import by_branch as by_branch_visited
from nenep.reports.attending import rows_under
from nenep.reports.counting import Period, by_branch, by_month, stands_under
from nenep.reports.figures import named, trace_of
from nenep.reports.periods import PERIOD_KEYS
from nenep.reports.standing import MEMBERS, bodies_behind
from nenep.shared.dates import valid_on
from nenep.shared.shares import share
from nenep.shared.templatetags.ui import vn_month, vn_number
from nenep.shared.words import day_words
from nenep.visits.models import Visit, VisitStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from nenep.reports.counting import Numbers
    from nenep.reports.periods import Ratio
    from nenep.shared.viewer import Viewer

PAGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """`url` is empty where the viewer may see the number and no further."""

    name: str
    url: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    headers: tuple[str, ...]
    lines: list[Line]
    page: Page[Body] | None = None

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, str]]]]:
        """Each line with its cells and their headers."""
        return [(line, list(zip(self.headers[1:], line.cells, strict=True))) for line in self.lines]


def of_standing(key: str, body: Body, day: date, viewer: Viewer, page: str | None) -> Trace:
    """The bodies that a key as of a day counts; for members the branches with their numbers."""
    counted = "branches" if key == MEMBERS else key
    found = Paginator(bodies_behind(counted, body.pk, day), PAGE).get_page(page)
    if key == MEMBERS:
        return _members(found, day, viewer)
    shown = _keys(Body.objects.visible_to(viewer), found)
    parents = _parents(found, day)
    lines = [
        Line(
            row.name,
            f"{reverse('organizations:body', args=[row.pk])}?day={day}" if row.pk in shown else "",
            (row.code, str(Kind(row.kind).label), parents.get(row.pk, "")),
        )
        for row in found
    ]
    return Trace((_("Tổ chức"), _("Mã"), _("Loại"), _("Trực thuộc")), lines, found)


def of_period(key: str, body: Body, under: Body, period: Period, viewer: Viewer, page: str | None) -> Trace:
    """The branches of a body with the two numbers behind the key; of a branch its months, so far as `under` it."""
    stands = {stand.branch_id for stand in stands_under(body.pk, period)}
    if stands == {body.pk}:
        return _months(key, body, under, period, viewer)
    found = Paginator(named(Body.objects.filter(pk__in=stands), period.end).order_by("code"), PAGE).get_page(
        page
    )
    numbers = by_branch(body.pk, period, [row.pk for row in found])
    lines = [
        Line(
            row.name,
            f"{trace_of(key, row, start=period.start, end=period.end)}&under={body.code}",
            (row.code, *_cells(PERIOD_KEYS[key], numbers[row.pk])),
        )
        for row in found
    ]
    return Trace((_("Chi bộ"), _("Mã"), *_headers(key)), lines, found)


def of_visits(body: Body, under: Body, period: Period, viewer: Viewer, page: str | None) -> Trace:
    """The branches that were to be visited with their two numbers; of a branch each visit, by its month alone."""
    if {stand.branch_id for stand in stands_under(body.pk, period)} == {body.pk}:
        return _visits_of(body, under, period, viewer)
    numbers = {branch: of for branch, *of in by_branch_visited(rows_under(body.pk, period))}
    branches = named(Body.objects.filter(pk__in=numbers), period.end).order_by("code")
    found = Paginator(branches, PAGE).get_page(page)
    lines = [
        Line(
            row.name,
            f"{trace_of(VISITS, row, start=period.start, end=period.end)}&under={body.code}",
            (row.code, *map(vn_number, numbers[row.pk])),
        )
        for row in found
    ]
    return Trace((_("Chi bộ"), _("Mã"), _("Đã dự"), _("Đã phân công")), lines, found)


def _visits_of(branch: Body, under: Body, period: Period, viewer: Viewer) -> Trace:
    rows = rows_under(under.pk, period, [branch.pk])
    shown = set(
        Visit.objects.visible_to(viewer).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    lines = [
        Line(
            vn_month(row.month),
            reverse("visits:page", args=[row.pk]) if row.pk in shown else "",
            (str(VisitStatus(row.status).label),),
        )
        for row in rows
    ]
    return Trace((_("Tháng"), _("Tình trạng")), lines)


def _members(found: Page[Body], day: date, viewer: Viewer) -> Trace:
    counts = counts_of([row.pk for row in found], day)
    lists = Body.objects.filter(
        within(viewer, "people.list", field="pk") | within(viewer, "facts.read", field="pk")
    )
    shown = _keys(lists, found)
    lines = [
        Line(
            row.name,
            f"{reverse('people:body', args=[row.pk])}?day={day_words(day)}" if row.pk in shown else "",
            (row.code, vn_number(counts[row.pk])),
        )
        for row in found
    ]
    return Trace((_("Chi bộ"), _("Mã"), _("Đảng viên")), lines, found)


def _months(key: str, branch: Body, under: Body, period: Period, viewer: Viewer) -> Trace:
    numbers = by_month(under.pk, period, [branch.pk])
    meetings = _meetings(branch, period, viewer)
    lines = []
    for (_branch, number), some in sorted(numbers.items()):
        month = date((number - 1) // 12, (number - 1) % 12 + 1, 1)
        url = reverse("meetings:page", args=[meetings[month]]) if month in meetings else ""
        lines.append(Line(vn_month(month), url, _cells(PERIOD_KEYS[key], some)))
    return Trace((_("Tháng"), *_headers(key)), lines)


def _meetings(branch: Body, period: Period, viewer: Viewer) -> dict[date, int]:
    """Month -> its regular meeting, where the viewer may read it."""
    found = (
        Meeting.objects.visible_to(viewer)
        .standing()
        .filter(
            body=branch,
            kind=MeetingKind.REGULAR,
            month__gte=period.start.replace(day=1),
            month__lte=period.end,
        )
    )
    return dict(found.values_list("month", "pk"))


def _headers(key: str) -> Sequence[str]:
    ratio = PERIOD_KEYS[key]
    return (str(ratio.part_label), str(ratio.whole_label), _("Tỷ lệ (%)"))


def _cells(ratio: Ratio, numbers: Numbers) -> tuple[str, ...]:
    part, whole = numbers[ratio.part], numbers[ratio.whole]
    return (vn_number(part), vn_number(whole), vn_number(share(part, whole), 1))


def _keys(bodies: QuerySet[Body], found: Page[Body]) -> set[int]:
    return set(bodies.filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))


def _parents(found: Page[Body], day: date) -> dict[int, str]:
    edges = Edge.objects.filter(valid_on(day), child__in=[row.pk for row in found])
    parents = dict(edges.values_list("child_id", "parent_id"))
    names = names_on(parents.values(), day)
    return {child: names[parent] for child, parent in parents.items()}
