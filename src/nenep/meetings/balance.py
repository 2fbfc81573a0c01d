"""How the time of an agenda is shared out, and whether it is enough (R32, R106, R107, R117)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.meetings.models import MeetingKind
from nenep.meetings.rules import least_minutes, rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.meetings.models import AgendaItem, Meeting
    from nenep.rulebook.values import Rule

PROFESSIONAL = "political_task"
# What the branch does besides its professional work: leading, teaching, criticizing.
FORMATIVE = ("information", "party_building")
CATEGORIES = {
    PROFESSIONAL: gettext_lazy("Nhiệm vụ chính trị, chuyên môn"),
    "information": gettext_lazy("Thông tin, giáo dục, tư tưởng"),
    "party_building": gettext_lazy("Xây dựng Đảng, tự phê bình và phê bình"),
    "discussion": gettext_lazy("Thảo luận"),
}


@dataclass(frozen=True, slots=True)
class Share:
    label: str
    minutes: int
    percent: int


@dataclass(frozen=True, slots=True)
class Balance:
    """`total`: minutes of all items; `shares`: of those between opening and closing, in percent of these.

    `least`: the rule about the length, None for a kind of meeting that has none. `warnings`: sentences.
    """

    total: int
    shares: list[Share]
    least: Rule | None
    warnings: list[str]
    unassigned: int


def balance_of(meeting: Meeting, items: Sequence[AgendaItem]) -> Balance:
    least = least_minutes(meeting) if meeting.kind == MeetingKind.REGULAR else None
    total = sum(item.minutes for item in items)
    spent = {key: sum(item.minutes for item in items if item.category == key) for key in CATEGORIES}
    content = sum(spent.values())
    shares = [
        Share(str(label), spent[key], round(100 * spent[key] / content))
        for key, label in CATEGORIES.items()
        if spent[key]
    ]
    warnings = [*_too_short(total, least), *_leaning(meeting, spent, content)]
    inner = [item for item in items if item.category in CATEGORIES]
    return Balance(total, shares, least, warnings, sum(item.presenter_id is None for item in inner))


def _too_short(total: int, least: Rule | None) -> list[str]:
    if least is None or least.value is None or total >= least.number:
        return []
    words = {"total": total, "least": least.number, "missing": least.number - total}
    return [
        _(
            "Chương trình mới có %(total)d phút, ngắn hơn quy định %(least)d phút. "
            "Đồng chí thêm %(missing)d phút, trước hết cho phần thảo luận."
        )
        % words
    ]


def _leaning(meeting: Meeting, spent: dict[str, int], content: int) -> list[str]:
    """Whether the professional work crowds out the rest. A theme is what a thematic meeting is for."""
    if meeting.kind != MeetingKind.REGULAR or not content:
        return []
    if not any(spent[key] for key in FORMATIVE):
        return [
            _(
                "Chương trình chỉ có công việc chuyên môn. Chi bộ cần có thời gian cho thông tin, giáo dục, "
                "xây dựng Đảng, tự phê bình và phê bình."
            )
        ]
    most = rules_of(meeting).meeting.professional_percent
    percent = round(100 * spent[PROFESSIONAL] / content)
    if most.value is None or percent <= most.number:
        return []
    return [
        _(
            "Công việc chuyên môn chiếm %(percent)d%% thời gian bàn. "
            "Đồng chí dành thêm thời gian cho giáo dục, xây dựng Đảng, tự phê bình và phê bình."
        )
        % {"percent": percent}
    ]
