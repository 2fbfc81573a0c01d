"""On which days the meeting of a month may be held."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.organizations.reads import rules_for
from nenep.rulebook.calendar import after_working_days
from nenep.shared.dates import next_month, now
from nenep.shared.states import Refused
from nenep.shared.words import day_words, month_words

if TYPE_CHECKING:
    from datetime import date

    from nenep.meetings.models import Meeting

# Where the rules of the day name no last day for a meeting that is put off.
FIRST_DAYS = 7


def last_day(body_id: int, month: date) -> date:
    """A month's meeting may slip into the first days of the next, as far as the fixed day may be moved."""
    following = next_month(month)
    fallback = rules_for(body_id, month).meeting.fixed_day_fallback
    return following.replace(day=fallback.number if fallback.value is not None else FIRST_DAYS)


def require_day(meeting: Meeting, at: datetime, *, field: str) -> None:
    """Refuse a time that is past, or outside the meeting's month and the first days of the next."""
    if at <= now():
        raise Refused(_("Thời gian họp phải sau lúc này. Đồng chí chọn ngày giờ khác."), field=field)
    last = last_day(meeting.body_id, meeting.month)
    if not meeting.month <= timezone.localdate(at) <= last:
        raise Refused(
            _("Ngày họp phải trong tháng %(month)s, chậm nhất ngày %(last)s. Đồng chí xem lại ngày.")
            % {"month": month_words(meeting.month), "last": day_words(last)},
            field=field,
        )


def first_day_ahead(usual: datetime, last: date) -> datetime | None:
    """At the usual hour, the first working day after today; None when that is later than `last`."""
    local = timezone.localtime(usual)
    day = after_working_days(timezone.localdate(now()), 1)
    return timezone.make_aware(datetime.combine(day, local.time())) if day <= last else None
