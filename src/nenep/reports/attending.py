"""How often officers of a committee attended the branches under a body in a period, from the rosters of `visits`.

As-was, like the meetings: a visit counts for whoever stood above the branch at the end of its month. A month that
lies in the period only in part counts the visits whose meeting lies in it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from nenep.meetings.models import Meeting
from nenep.organizations.models import Closure
from nenep.reports.counting import Period, number_of, stands_under
from nenep.reports.figures import Figure, trace_of
from nenep.shared.dates import month_start
from nenep.shared.templatetags.ui import vn_number
from nenep.visits.models import Roster, Visit, VisitStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from nenep.organizations.models import Body

KEY = "visits"


class Row(NamedTuple):
    """One visit that was arranged and not taken back."""

    pk: int
    branch_id: int
    month: date
    status: str

    @property
    def is_attended(self) -> bool:
        return self.status == VisitStatus.ATTENDED


def visits_between(body: Body, start: date, end: date) -> Figure:
    """The visits that took place; no value where no committee kept a roster. Three statements at most."""
    period = Period.between(start, end)
    rows = rows_under(body.pk, period)
    attended = sum(row.is_attended for row in rows)
    return Figure(
        KEY,
        _("Lượt cấp trên dự sinh hoạt chi bộ"),
        attended if rows or _is_kept(body.pk, period) else None,
        _("lượt"),
        _("Trong %(count)s lượt dự sinh hoạt chi bộ đã phân công.") % {"count": vn_number(len(rows))},
        _("Đếm các lượt mà người được phân công báo là đã dự; lượt đã thôi phân công thì không tính."),
        trace_of(KEY, body, start=start, end=end),
    )


def rows_under(body_id: int, period: Period, branch_ids: Collection[int] | None = None) -> list[Row]:
    """Visits to the branches that stood under the body in their months (of these branches only), by month."""
    first, last = period.whole
    counted = Q(roster__month__gte=first, roster__month__lte=last)
    for month, *days in period.edges:
        held = (
            Meeting.objects.regular()
            .standing()
            .filter(body=OuterRef("branch"), month=month, starts_at__date__range=days)
        )
        counted |= Q(Exists(held), roster__month=month)
    below = Closure.objects.filter(ancestor=body_id).values("descendant")
    visits = Visit.objects.filter(counted, branch__in=below).exclude(status=VisitStatus.DROPPED)
    if branch_ids is not None:
        visits = visits.filter(branch__in=branch_ids)
    found = visits.order_by("roster__month", "pk").values_list("pk", "branch", "roster__month", "status")
    rows = [Row(*row) for row in found]
    months = {stand.branch_id: stand.months for stand in stands_under(body_id, period)} if rows else {}
    return [row for row in rows if number_of(row.month) in months.get(row.branch_id, ())]


def by_branch(rows: list[Row]) -> Iterator[tuple[int, int, int]]:
    """(branch, attended, arranged) of the branches that had visits."""
    arranged = Counter(row.branch_id for row in rows)
    attended = Counter(row.branch_id for row in rows if row.is_attended)
    return ((branch, attended[branch], count) for branch, count in arranged.items())


def _is_kept(body_id: int, period: Period) -> bool:
    """Whether a committee above, below or of this body kept a roster of a month of the period."""
    near = Q(body__below__descendant=body_id) | Q(body__above__ancestor=body_id)
    months = Q(month__gte=month_start(period.start), month__lte=period.end)
    return Roster.objects.filter(near, months).exists()
