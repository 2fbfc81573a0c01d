"""The text that a branch copies into the members' electronic handbook: time, place, topics, numbers; no names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.shared.words import moment_words

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting


def handbook_blocks(meeting: Meeting) -> list[tuple[str, str, str]]:
    """(id, label, text) of each block; what was counted comes once the meeting is closed. One statement."""
    blocks = [
        ("schedule", _("Thời gian, địa điểm"), _schedule(meeting)),
        ("topics", _("Nội dung"), _topics(meeting)),
    ]
    if meeting.is_over:
        counts = _(
            "Phải triệu tập %(expected)d, có mặt %(present)d, vắng có lý do %(excused)d, "
            "vắng không lý do %(unexcused)d."
        )
        words = {name: getattr(meeting, name) for name in ("expected", "present", "excused", "unexcused")}
        blocks.append(("attendance", _("Số dự họp"), counts % words))
    return blocks


def _schedule(meeting: Meeting) -> str:
    at = timezone.localtime(meeting.began_at or meeting.starts_at)
    return _("%(kind)s lúc %(time)s, tại %(place)s.") % {
        "kind": meeting.get_kind_display(),
        "time": moment_words(at),
        "place": meeting.place,
    }


def _topics(meeting: Meeting) -> str:
    titles = meeting.items.exclude(category__in=("opening", "closing")).filter(skipped_because="")
    topics = [meeting.focus_question, *titles.values_list("title", flat=True)]
    return "\n".join(filter(None, topics))
