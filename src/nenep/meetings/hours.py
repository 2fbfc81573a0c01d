"""When a meeting may have begun and ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.meetings.progress import meeting_day
from nenep.shared.dates import now
from nenep.shared.states import Refused
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from datetime import datetime

    from nenep.meetings.models import Meeting

# Whatever lasts longer is a day typed wrong.
LONGEST = timedelta(days=1)


def require_beginning(meeting: Meeting, began_at: datetime) -> None:
    """Refuse a beginning that is not on the day of the meeting, or still to come."""
    if timezone.localdate(began_at) != meeting_day(meeting) or began_at > now():
        raise Refused(
            _("Giờ khai mạc phải trong ngày họp %(day)s và không sau lúc này.")
            % {"day": day_words(meeting_day(meeting))}
        )


def require_end(began_at: datetime, ended_at: datetime, *, field: str) -> None:
    """Refuse an end before the beginning, still to come, or more than a day later; `field` is where it was typed."""
    if not began_at <= ended_at <= now():
        raise Refused(_("Giờ kết thúc phải từ giờ khai mạc trở đi và không sau lúc này."), field=field)
    if ended_at - began_at > LONGEST:
        raise Refused(_("Giờ kết thúc cách giờ khai mạc hơn một ngày. Đồng chí xem lại ngày."), field=field)
