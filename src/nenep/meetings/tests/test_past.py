"""Past months from a register: what two meetings of one month add up to."""

from datetime import date

import pytest

from nenep.facts.models import BranchMonth
from nenep.facts.rebuilding import check
from nenep.meetings.models import MeetingKind
from nenep.meetings.past import PastMonth, record_past_months

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


def past(branch, kind, *, day=4, **figures):
    return PastMonth(
        body_id=branch.pk,
        month=MARCH,
        kind=kind,
        held_on=date(2026, 3, day),
        expected=12,
        present=10,
        excused=2,
        figures=figures,
    )


def test_a_regular_and_a_thematic_meeting_of_a_month_add_up_and_stay_so_when_one_comes_again(branch):
    regular = past(branch, MeetingKind.REGULAR, reviewed=5, reviewed_met=5)
    thematic = past(branch, MeetingKind.THEMATIC, day=20, reviewed=2, reviewed_partly=2)
    record_past_months([regular, thematic], by=None)
    record_past_months([past(branch, MeetingKind.THEMATIC, day=21, reviewed=3, reviewed_partly=3)], by=None)
    fact = BranchMonth.objects.get(body=branch)
    assert (fact.meetings_held, fact.thematic_held, fact.present) == (1, 1, 10)
    assert (fact.reviewed, fact.reviewed_met, fact.reviewed_partly) == (8, 5, 3)
    assert check() == []
