"""The figures that a briefing is about: counts of the cluster's branches, read from `facts`, never typed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, astuple, dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from nenep.facts.models import BranchMonth
from nenep.organizations.models import Body, ClusterPlace
from nenep.shared.dates import month_end, months_between, valid_on
from nenep.shared.shares import share

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from nenep.briefings.models import Briefing

# field of `Figures` -> measure of a branch's month
MEASURES = {
    "held": "meetings_held",
    "not_held": "meetings_not_held",
    "present": "present",
    "expected": "expected",
    "committee_met": "committee_met",
    "thematic": "thematic_held",
    "reviewed": "reviewed",
    "not_met": "reviewed_not_met",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over branches and months. `due`: one regular meeting for each branch and month of its life."""

    branches: int = 0
    due: int = 0
    held: int = 0
    not_held: int = 0
    present: int = 0
    expected: int = 0
    committee_met: int = 0
    thematic: int = 0
    reviewed: int = 0
    not_met: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))

    @property
    def unknown(self) -> int:
        """Meetings that are neither held nor said not to be held: late, or not yet held."""
        return max(0, self.due - self.held - self.not_held)

    @property
    def share(self) -> float | None:
        """Percent of those expected who came; None where nobody was expected."""
        return share(self.present, self.expected)

    def cell(self, key: str) -> str:
        """The number behind a `Line` for a table, with its base where that is not the same in all rows."""
        bases = {"held": self.due, "present": self.expected}
        number = f"{getattr(self, key)}"
        return f"{number}/{bases[key]}" if key in bases else number


@dataclass(frozen=True, slots=True)
class BranchFigures:
    """`above`: the key of the cluster's body that the branch is or stands under."""

    branch: Body
    above: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class BodyFigures:
    body_id: int
    name: str
    is_branch: bool
    figures: Figures


@dataclass(frozen=True, slots=True)
class Line:
    """A figure with its base, for the page and for the minutes; `key` names the branches behind it.

    `short` heads its column in the table of branches.
    """

    key: str
    short: str
    label: str
    value: float | None
    unit: str
    base: str


def bodies_of(briefing: Briefing) -> list[Body]:
    """The bodies that make up the cluster on the day of the briefing, in order, as of that day."""
    day = briefing.day
    return list(Body.objects.on(day).in_cluster(briefing.cluster_id, day).in_order())


def branch_figures(briefing: Briefing) -> list[BranchFigures]:
    """Each branch that stands in the cluster on the day of the briefing, over its months; two statements."""
    day = briefing.day
    places = ClusterPlace.objects.filter(valid_on(day), cluster=briefing.cluster_id).values("body")
    below = (
        Body.objects.on(day).branches().filter(valid_on(day, prefix="above__"), above__ancestor__in=places)
    )
    branches = list(below.annotate(above_id=F("above__ancestor")).in_order())
    facts = BranchMonth.objects.filter(
        month__range=(briefing.first_month, briefing.last_month), body__in=[branch.pk for branch in branches]
    )
    # Named apart from the columns that they sum.
    sums = {f"all_{name}": Sum(measure) for name, measure in MEASURES.items()}
    counted = {
        body: dict(zip(MEASURES, values, strict=True))
        for body, *values in facts.order_by().values("body").annotate(**sums).values_list("body", *sums)
    }
    months = list(months_between(briefing.first_month, briefing.last_month))
    return [
        BranchFigures(
            branch,
            branch.above_id,  # type: ignore[attr-defined]  # annotated
            Figures(branches=1, due=_due(branch, months), **counted.get(branch.pk, {})),
        )
        for branch in branches
    ]


def body_figures(briefing: Briefing) -> list[BodyFigures]:
    """The sums of each body of the cluster: frozen once the briefing is closed, else counted now."""
    if briefing.figures is not None:
        return [BodyFigures(**{**kept, "figures": Figures(**kept["figures"])}) for kept in briefing.figures]
    sums: dict[int, Figures] = defaultdict(Figures)
    branches = branch_figures(briefing)
    for row in branches:
        sums[row.above] += row.figures
    own = {row.branch.pk for row in branches}
    return [BodyFigures(body.pk, body.name, body.pk in own, sums[body.pk]) for body in bodies_of(briefing)]


def as_kept(rows: Iterable[BodyFigures]) -> list[dict[str, Any]]:
    """Plain values, from which `body_figures` makes equal rows."""
    return [asdict(row) for row in rows]


def total(rows: Iterable[BodyFigures]) -> Figures:
    return sum((row.figures for row in rows), Figures())


def lines_of(figures: Figures) -> list[Line]:
    """What the briefing looks at, in its order."""
    words = asdict(figures)
    due = _("trên %(due)d kỳ của %(branches)d chi bộ") % words
    attendance = _("%(present)d trên %(expected)d lượt phải triệu tập") % words
    reviewed = _("trên %(reviewed)d việc đã kiểm điểm") % words
    held = _("trên %(held)d kỳ đã họp") % words
    return [
        Line("held", _("Đã họp"), _("Kỳ thường kỳ đã họp"), figures.held, _("kỳ"), due),
        Line("not_held", _("Không họp"), _("Kỳ đã báo không họp"), figures.not_held, _("kỳ"), due),
        Line("unknown", _("Chưa họp"), _("Kỳ chưa họp, chưa báo lý do"), figures.unknown, _("kỳ"), due),
        Line("present", _("Dự họp"), _("Đảng viên dự họp"), figures.share, "%", attendance),
        Line(
            "committee_met",
            _("Họp chi ủy"),
            _("Kỳ có họp chi ủy trước"),
            figures.committee_met,
            _("kỳ"),
            held,
        ),
        Line("thematic", _("Chuyên đề"), _("Sinh hoạt chuyên đề đã họp"), figures.thematic, _("kỳ"), ""),
        Line("not_met", _("Chưa đạt"), _("Việc kiểm điểm chưa đạt"), figures.not_met, _("việc"), reviewed),
    ]


def _due(branch: Body, months: list[date]) -> int:
    return sum(branch.founded_on <= month_end(month) for month in months)
