"""Who prepares which step of a meeting: given, taken back, reported as done by its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.circle import require_summoned
from nenep.meetings.models import BEING_PREPARED
from nenep.meetings.preparation import steps_before_notice
from nenep.meetings.progress import meeting_day
from nenep.notices.operations import notify
from nenep.preparing.dates import due_of
from nenep.preparing.models import Duty
from nenep.shared.dates import now, today
from nenep.shared.states import Refused, hold
from nenep.shared.vietnamese import lower_first
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from nenep.meetings.models import Meeting
    from nenep.meetings.providers import PreparationStep
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer


def assignable(meeting: Meeting) -> dict[str, PreparationStep]:
    """The steps of a meeting that somebody can be given, by key, in the order of work."""
    return {step.key: step for step in steps_before_notice(meeting) if step.key}


@transaction.atomic
def give_duty(
    meeting: Meeting, step: PreparationStep, *, owner: Member, due_on: date | None, by: Viewer | None
) -> Duty:
    """Give a step to somebody who is summoned, or change owner and day; the owner is told, and who had it before.

    `due_on` None: the day that the rules count back to, also after the meeting is moved. The same once more changes
    nothing.
    """
    _hold(meeting)
    require_summoned(meeting, [owner], field="owner")
    if due_on is not None and not today() <= due_on <= meeting_day(meeting):
        raise Refused(
            _("Ngày xong phải từ hôm nay đến ngày họp %(day)s. Đồng chí chọn ngày khác.")
            % {"day": day_words(meeting_day(meeting))},
            field="due_on",
        )
    duty = Duty.objects.filter(meeting=meeting, step=step.key).first() or Duty(meeting=meeting, step=step.key)
    duty.meeting = meeting
    before = duty.owner_id if duty.pk else None
    if (before, duty.due_on) == (owner.pk, due_on):
        return duty
    if before != owner.pk:
        duty.reported_at = None
    duty.owner, duty.due_on, duty.label, duty.given_at = owner, due_on, step.label, now()
    duty.full_clean()
    duty.save()
    record("duty.given", by=by, body=meeting.body_id, obj=duty, subject=owner.pk)
    if before not in {None, owner.pk}:
        _tell_given_up(duty, before, by=by)
    _tell_given(duty, by=by)
    return duty


@transaction.atomic
def take_duty_back(duty: Duty, *, by: Viewer | None) -> None:
    """Nobody in particular does the step any more; its owner is told."""
    _hold(duty.meeting)
    record("duty.taken_back", by=by, body=duty.meeting.body_id, obj=duty, subject=duty.owner_id)
    _tell_given_up(duty, duty.owner_id, by=by)
    duty.delete()


@transaction.atomic
def report_duty(duty: Duty, *, is_done: bool, by: Viewer | None) -> None:
    """The owner says that the own part is ready, or takes that back; whether the step is done the meeting tells."""
    _hold(duty.meeting)
    hold(duty)
    if bool(duty.reported_at) == is_done:
        return
    duty.reported_at = now() if is_done else None
    duty.save(update_fields=["reported_at"])
    verb = "duty.reported" if is_done else "duty.reopened"
    record(verb, by=by, body=duty.meeting.body_id, obj=duty, subject=duty.owner_id)


def _hold(meeting: Meeting) -> None:
    hold(meeting, *BEING_PREPARED, says=_("Kỳ sinh hoạt đã khai mạc nên không sửa phần chuẩn bị được nữa."))


def _tell_given(duty: Duty, *, by: Viewer | None) -> None:
    due = due_of(duty)
    words = {"label": duty.label, "meeting": _which(duty), "day": day_words(due)}
    text = _("%(label)s, %(meeting)s; xong chậm nhất ngày %(day)s.") if due else _("%(label)s, %(meeting)s.")
    title = _("Đồng chí được giao chuẩn bị kỳ sinh hoạt")
    _tell(duty, duty.owner_id, "duty.given", title, text % words, by=by)


def _tell_given_up(duty: Duty, member_id: int | None, *, by: Viewer | None) -> None:
    text = _("Phần “%(label)s” của %(meeting)s không giao đồng chí chuẩn bị nữa.") % {
        "label": lower_first(duty.label),
        "meeting": _which(duty),
    }
    _tell(duty, member_id, "duty.taken_back", _("Đổi người chuẩn bị kỳ sinh hoạt"), text, by=by)


def _tell(duty: Duty, member_id: int | None, kind: str, title: str, text: str, *, by: Viewer | None) -> None:
    """Nobody is told what they have just decided themselves."""
    if member_id is None or (by is not None and by.member_id == member_id):
        return
    is_given = kind == "duty.given"
    page = "preparing:duty" if is_given else "meetings:page"
    about = duty if is_given else duty.meeting
    notify(
        [member_id],
        kind=kind,
        title=title,
        text=text,
        url=reverse(page, args=[about.pk]),
        body=duty.meeting.body_id,
        about=about,
        by=by,
    )


def _which(duty: Duty) -> str:
    return _("kỳ sinh hoạt ngày %(day)s") % {"day": day_words(meeting_day(duty.meeting))}
