"""Whether people felt free to speak: one question after a meeting, of which only counts remain (R138)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.models import OVER, Attendance, MeetingStatus
from nenep.meetings.rules import rules_of
from nenep.meetings.states import Presence
from nenep.quality.models import PulseCount, PulseTaken
from nenep.shared.dates import today
from nenep.shared.states import Refused, hold
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from nenep.meetings.models import Meeting
    from nenep.quality.models import Feeling
    from nenep.rulebook.values import Rule
    from nenep.shared.viewer import Viewer

ABSENCES = [presence for presence in Presence if presence.is_absence]


def ask(meeting: Meeting) -> None:
    """Whoever is in the room when a meeting is closed may answer for some days (`meet.pulse.days`)."""
    days = rules_of(meeting).meeting.pulse_days
    if meeting.status == MeetingStatus.CLOSED and days.value is not None:
        PulseCount.objects.update_or_create(
            meeting=meeting, defaults={"until": today() + timedelta(days=days.number)}
        )


def was_there(meeting: Meeting, member_id: int | None) -> bool:
    """Whether the roll of a meeting that is over has the member, a guest too, and not as absent; at most one query."""
    if member_id not in {entry[0] for entry in meeting.roll or ()}:
        return False
    return not Attendance.objects.filter(meeting=meeting, member=member_id, presence__in=ABSENCES).exists()


def is_asked(meeting: Meeting, member_id: int | None) -> bool:
    """Whether the member was there and may still answer; no query before the end, one after the last day."""
    if not meeting.roll or not PulseCount.objects.filter(meeting=meeting, until__gte=today()).exists():
        return False
    return was_there(meeting, member_id) and not has_answered(meeting, member_id)


def has_answered(meeting: Meeting, member_id: int | None) -> bool:
    return PulseTaken.objects.filter(meeting=meeting, member=member_id).exists()


@transaction.atomic
def answer_pulse(meeting: Meeting, feeling: Feeling, *, by: Viewer) -> None:
    """Count one answer. It cannot be changed afterwards, since nothing tells whose it is.

    Refused to who was not there, who has answered, and when the days for it are over. The event has no actor: with one,
    the journal would say who answered just when a count grew.
    """
    hold(meeting, *OVER, says=_("Câu hỏi này dành cho kỳ sinh hoạt đã kết thúc."))
    if (member_id := member_of(by)) is None or not is_asked(meeting, member_id):
        raise Refused(_("Câu trả lời của đồng chí đã được đếm, hoặc đã hết thời gian trả lời."))
    PulseTaken.objects.create(meeting=meeting, member_id=member_id)
    PulseCount.objects.filter(meeting=meeting).update(**{feeling.value: F(feeling.value) + 1})
    record("pulse.answered", by=None, body=meeting.body_id, obj=meeting)


def told(least: Rule) -> QuerySet[PulseCount]:
    """The counts that may be shown: nobody can answer any more, and enough people have.

    While answers come in, each would be seen to come from whoever has just answered.
    """
    if least.value is None:
        return PulseCount.objects.none()
    counts = PulseCount.objects.alias(answers=F("free") + F("held_back") + F("nothing"))
    return counts.filter(until__lt=today(), answers__gte=least.number)


def forget_pulses(before: date) -> int:
    """Who answered after meetings for which the days to answer were over before that day."""
    return PulseTaken.objects.filter(meeting__pulse__until__lt=before).delete()[0]
