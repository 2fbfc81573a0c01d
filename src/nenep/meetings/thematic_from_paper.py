"""A thematic meeting that was held on paper, typed in afterwards; beside the regular one, so it opens no month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.meetings import providers
from nenep.meetings.agenda import presented_steps
from nenep.meetings.circle import require_summoned
from nenep.meetings.from_paper import (
    Sheets,
    adopt_sheets,
    state_before,
    write_lines,
    write_parts,
    write_roll,
)
from nenep.meetings.hours import require_end
from nenep.meetings.models import Meeting, MeetingKind
from nenep.organizations.models import Body
from nenep.organizations.turns import take_turns
from nenep.shared.dates import month_start
from nenep.shared.states import Refused, hold
from nenep.shared.words import day_words, month_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from nenep.meetings.querysets import MeetingQuerySet
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class ThematicSheets(Sheets):
    """With the theme and who presented it; both may be missing, and then the meeting does not count (R119)."""

    question: str = ""
    presenter: Member | None = None


def thematic_of(body_id: int) -> MeetingQuerySet:
    return Meeting.objects.standing().filter(body_id=body_id, kind=MeetingKind.THEMATIC)


def thematic_without_minutes(body_id: int) -> list[Meeting]:
    """Planned, called or known in figures only, the latest first: any of them may have been held on paper."""
    found = thematic_of(body_id).order_by("-starts_at")
    return [meeting for meeting in found if meeting.takes_paper]


@transaction.atomic
def enter_thematic_from_paper(
    body_id: int,
    sheets: ThematicSheets,
    *,
    meeting: Meeting | None = None,
    beside: Callable[[Meeting], None],
    by: Viewer | None,
) -> Meeting:
    """Write a thematic meeting down as held and adopted, by the rules of its day; returns it.

    `meeting` is the one of the program that the sheets tell of, wherever it was planned to be; without it, the one
    that stands on their day, or a new one. Refused where that day has another, or one that is under way or has
    minutes, where the month has one in figures, on a day that the branch did not live, and for all that a regular
    meeting is refused for.

    `beside` writes what higher modules keep of the same sheets (`adopt_sheets`): whatever it leaves out, the meeting
    lacks (`providers.shortfalls`).
    """
    take_turns(body_id)
    day = timezone.localdate(sheets.began_at)
    _require_day(body_id, day)
    require_end(sheets.began_at, sheets.ended_at, field="ended")
    meeting = _the_one(body_id, day, meeting)
    is_new, was = meeting.pk is None, state_before(meeting)
    meeting.month, meeting.focus_question = month_start(day), sheets.question
    write_lines(meeting, sheets)
    write_parts(meeting, sheets)
    if is_new:
        providers.born.call(meeting)
    _require_there(meeting, sheets)
    meeting.items.filter(step__in=presented_steps(meeting)).update(presenter=sheets.presenter)
    write_roll(meeting, sheets, was=was, by=by)
    adopt_sheets(meeting, sheets, was=was, beside=beside, by=by)
    return meeting


def _the_one(body_id: int, day: date, chosen: Meeting | None) -> Meeting:
    of_day = thematic_of(body_id).on(day)
    if chosen and of_day.exclude(pk=chosen.pk).exists():
        raise Refused(_another(day), field="day")
    meeting = chosen or of_day.first()
    if meeting is None:
        _require_no_figures(body_id, day)
        return Meeting(body_id=body_id, kind=MeetingKind.THEMATIC)
    hold(meeting)
    if not meeting.takes_paper or meeting.is_cancelled:
        raise Refused(_another(day), field="day")
    if meeting.is_imported and meeting.month != month_start(day):
        raise Refused(
            _("Con số đã nạp của kỳ này tính cho tháng %(month)s. Đồng chí xem lại ngày.")
            % {"month": month_words(meeting.month)},
            field="day",
        )
    return meeting


def _require_no_figures(body_id: int, day: date) -> None:
    """Figures of a past month are those of its one thematic meeting, on a day that the sheet may not have known."""
    known = thematic_of(body_id).filter(month=month_start(day), is_imported=True).first()
    if known:
        raise Refused(
            _(
                "Tháng này phần mềm đã có con số của kỳ chuyên đề ngày %(day)s. "
                "Đồng chí mở trang các kỳ chưa có biên bản, chọn kỳ ấy rồi nhập."
            )
            % {"day": day_words(known.starts_at)},
            field="day",
        )


def _require_there(meeting: Meeting, sheets: ThematicSheets) -> None:
    """Whoever presented was there."""
    if (presenter := sheets.presenter) is None:
        return
    require_summoned(meeting, [presenter], field="presenter")
    mark = sheets.marks.get(presenter.pk)
    if mark and mark.presence.is_absence:
        raise Refused(
            _("Đồng chí %(name)s ghi là vắng nên không trình bày chuyên đề được.")
            % {"name": presenter.full_name},
            field="presenter",
        )


def _another(day: date) -> str:
    return _(
        "Ngày %(day)s chi bộ đã có một kỳ sinh hoạt chuyên đề có biên bản hoặc đang họp. Đồng chí xem lại ngày."
    ) % {"day": day_words(day)}


def _require_day(body_id: int, day: date) -> None:
    body = Body.objects.get(pk=body_id)
    if not body.founded_on <= day <= body.last_day:
        raise Refused(
            _("Ngày họp phải từ ngày %(first)s đến ngày %(last)s. Đồng chí xem lại ngày.")
            % {"first": day_words(body.founded_on), "last": day_words(body.last_day)},
            field="day",
        )
