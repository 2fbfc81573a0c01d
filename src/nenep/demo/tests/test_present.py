"""The month under way is played whatever day of the month the demo is loaded on."""

from datetime import date, datetime
from random import Random

import pytest
from django.utils import timezone

from nenep.demo import words
from nenep.demo.branches import Branch
from nenep.demo.present import _plan
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.plans.operations import draft_plan, publish_plan
from nenep.shared.dates import clock_at
from nenep.shared.viewer import Viewer


@pytest.mark.django_db
@pytest.mark.parametrize(("is_planned", "reasons"), [(True, [words.MOVED]), (False, [])])
def test_a_day_of_the_published_plan_is_moved_with_a_reason(branch, secretary, is_planned, reasons):
    """Early in December the plan's day is still ahead when the meeting is prepared; without a plan nothing is moved."""
    deputy = make_member(branch, name="Phạm Phó", post=Post.DEPUTY)
    today = date(2026, 12, 1)
    present = timezone.make_aware(datetime(2026, 12, 1, 9))
    leaders = (Viewer(member_id=one.pk) for one in (secretary, deputy))
    played = Branch(branch, "called", date(2026, 12, 5), *leaders, [], Random(1), today, present)
    with clock_at(timezone.make_aware(datetime(2026, 11, 25, 20))):
        if is_planned:
            publish_plan(draft_plan(branch.pk, year=2026, by=None), by=None)
        _plan(played)
    assert played.meeting.starts_at == played.at(0, 8)
    assert [row.reason for row in played.meeting.postponements.all()] == reasons
