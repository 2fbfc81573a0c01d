"""Who is summoned to a meeting, and so may chair it, write its minutes, present in it or be given work there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.meetings.progress import meeting_day
from nenep.people.reads import roster
from nenep.shared.states import Refused
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from nenep.meetings.models import Meeting
    from nenep.people.models import Member


def summoned(meeting: Meeting) -> set[int]:
    """Member ids of the roster of the meeting's day without those who are suspended."""
    return summoned_on(meeting.body_id, meeting_day(meeting))


def summoned_on(branch_id: int, day: date) -> set[int]:
    """The same for a meeting of the branch that is not made yet."""
    return {entry.member_id for entry in roster(branch_id, day) if not entry.is_suspended}


def require_summoned(meeting: Meeting, people: Iterable[Member | None], *, field: str) -> None:
    """Refuse, beside `field`, the first of `people` who is not summoned; None is nobody."""
    require_summoned_on(meeting.body_id, meeting_day(meeting), people, field=field)


def require_summoned_on(branch_id: int, day: date, people: Iterable[Member | None], *, field: str) -> None:
    """The same for the branch on a day that need not be one of a meeting."""
    named = [person for person in people if person is not None]
    known = summoned_on(branch_id, day) if named else set()
    for person in named:
        if person.pk not in known:
            sentence = _(
                "Đồng chí %(name)s không thuộc danh sách dự họp của chi bộ ngày %(day)s. "
                "Đồng chí chọn người khác."
            )
            raise Refused(sentence % {"name": person.full_name, "day": day_words(day)}, field=field)
