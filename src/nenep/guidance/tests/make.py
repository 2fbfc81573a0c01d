"""Guidance for tests, by the real verbs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from nenep.guidance.operations import draft_guidance, publish_guidance
from nenep.shared.dates import month_start, today

if TYPE_CHECKING:
    from nenep.guidance.models import Guidance

WORDS = {
    "title": "Phòng cháy, chữa cháy mùa khô",
    "why_it_matters": "Trụ sở có kho hồ sơ.",
    "questions": "Ai giữ chìa khóa?\nBình chữa cháy còn hạn không?",
    "source_issuer": "Đảng ủy Sở A",
    "source_number": "5-HD/ĐU",
    "source_date": date(2026, 11, 2),
}


def make_guidance(body, *, published=False, month=None, words=None, **frame) -> Guidance:
    """For the branches below `body` in `month` (this one); `frame` as in `draft_guidance`."""
    month = month_start(month or today())
    frame = {"first_month": month, "last_month": month, **frame}
    guidance = draft_guidance(body.pk, frame=frame, words=WORDS | (words or {}), by=None)
    if published:
        publish_guidance(guidance, by=None)
    return guidance
