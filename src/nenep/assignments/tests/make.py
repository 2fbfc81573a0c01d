"""Work for tests, given and judged by the real verbs at meetings of today."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from nenep.assignments.models import Result
from nenep.assignments.operations import hand_out, review
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.rulebook import rules_on
from nenep.shared.dates import clock_at, now, today

DUE = today() + timedelta(days=9)


def make_running(branch, chair):
    """The meeting of this month, opened an hour ago, and today even shortly after midnight."""
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    at = max(now() - timedelta(hours=1), midnight)
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=chair, at=at)


def make_past_work(branch, chair, owner, **fields):
    """Work given at a meeting forty days ago, so due by now."""
    at = now() - timedelta(days=40)
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=chair, at=at)
    with clock_at(at + timedelta(minutes=30)):
        return make_work(meeting, owner, **{"due_on": today() + timedelta(days=20), **fields})


def make_work(meeting, owner, **fields):
    return hand_out(meeting, owner=owner, **{"what": "Rà soát hồ sơ", "due_on": DUE, "by": None, **fields})


def make_review(work, meeting, **fields):
    cause = fields.pop("cause", None) or rules_on(today()).vocabulary.causes[0].code
    return review(work, meeting=meeting, by=None, **{"result": Result.PARTLY, "cause": cause, **fields})
