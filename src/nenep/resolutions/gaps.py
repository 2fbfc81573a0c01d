"""What a target still lacks before it can be given to somebody: said when the draft is saved, and before the vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.meetings.progress import meeting_day

if TYPE_CHECKING:
    from datetime import date

    from nenep.resolutions.models import Resolution, Target


def gaps(resolution: Resolution) -> list[str]:
    """One sentence for each target that cannot be given yet, by its place in the draft."""
    day = meeting_day(resolution.meeting)
    return [
        _("Việc %(number)d %(lacks)s.") % {"number": number, "lacks": words}
        for number, target in enumerate(resolution.targets.all(), 1)
        if (words := lacks(target, day))
    ]


def lacks(target: Target, day: date) -> str:
    """In words, or nothing; `day` is that of the meeting, which a deadline lies after."""
    words = []
    if target.lead_id is None:
        words.append(_("chưa có người chủ trì"))
    if target.due_on is None:
        words.append(_("chưa có thời hạn"))
    elif target.due_on <= day:
        words.append(_("có thời hạn không sau ngày họp"))
    return ", ".join(words)
