"""Past months of branches for tests, through the real verb."""

from datetime import date

from nenep.meetings.models import MeetingKind
from nenep.meetings.past import PastMonth, record_past_months

MONTH = date(2015, 3, 1)


def make_past(branch, month=MONTH, *, day=15, expected=10, present=9, committee=True, draft=True, kind=None):
    figures = {"committee_met": committee, "draft_prepared": draft, "conclusions": 1}
    row = PastMonth(
        body_id=branch.pk,
        month=month,
        kind=kind or MeetingKind.REGULAR,
        held_on=month.replace(day=day),
        expected=expected,
        present=present,
        excused=expected - present,
        figures=figures,
    )
    record_past_months([row], by=None)
