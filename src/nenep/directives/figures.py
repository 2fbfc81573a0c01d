"""The state of a directive in numbers, each with its base and the list behind it; the delay on its way down (R64)."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from django.utils.functional import Promise

    from nenep.directives.models import Directive
    from nenep.directives.reads import BodyState


@dataclass(frozen=True, slots=True)
class Which:
    """A list of bodies: its words, whom it counts among (branches only or all), and who stands on it."""

    label: str | Promise
    holds: Callable[[BodyState], bool]
    of_branches: bool = False


LISTS: Mapping[str, Which] = {
    "all": Which(_("Nơi nhận"), lambda _one: True),
    "acknowledged": Which(_("Đã tiếp nhận"), lambda one: one.acknowledged_on is not None),
    "waiting": Which(_("Chưa tiếp nhận"), lambda one: one.acknowledged_on is None),
    "discussed": Which(_("Chi bộ đã bàn"), lambda one: one.discussed_on is not None, of_branches=True),
    "undiscussed": Which(_("Chi bộ chưa bàn"), lambda one: one.discussed_on is None, of_branches=True),
    "disseminated": Which(
        _("Đã phổ biến đến mọi đảng viên"), lambda one: one.disseminated_on is not None, of_branches=True
    ),
    "acting": Which(_("Đã có kế hoạch, việc làm"), lambda one: not one.is_idle),
    "idle": Which(_("Chưa có kế hoạch, việc làm"), lambda one: one.is_idle),
    "implemented": Which(_("Đã thực hiện xong"), lambda one: one.implemented_on is not None),
    "nothing": Which(_("Chưa bàn, chưa phổ biến, chưa thực hiện"), lambda one: one.has_no_fact),
}
# What the page shows in large, in this order.
SHOWN = ("acknowledged", "discussed", "disseminated", "acting", "implemented", "idle", "nothing")
MEMBERS: Mapping[str, str | Promise] = {
    "delivered": _("Được báo"),
    "opened": _("Đã mở xem"),
    "took_part": _("Dự kỳ sinh hoạt đã bàn"),
    "studied": _("Dự học tập, quán triệt"),
    "confirmed": _("Xác nhận đã nắm"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` of `base`; `key` names the list of bodies behind it."""

    key: str
    label: str
    value: int
    base: int
    of_what: str

    @property
    def base_words(self) -> str:
        return f"{self.base} {self.of_what}"


@dataclass(frozen=True, slots=True)
class Delay:
    """Days from the issue to one stage: of the middle and of the slowest body there, of how many; None of none."""

    key: str
    label: str
    reached: int
    base: int
    middle: int | None
    slowest: int | None


def listed(states: Sequence[BodyState], key: str) -> list[BodyState]:
    which = LISTS[key]
    return [one for one in states if which.holds(one) and (one.receipt.is_branch or not which.of_branches)]


def figures_of(states: Sequence[BodyState]) -> list[Figure]:
    branches = sum(one.receipt.is_branch for one in states)
    return [
        Figure(
            key,
            str(LISTS[key].label),
            len(listed(states, key)),
            branches if LISTS[key].of_branches else len(states),
            str(_("chi bộ") if LISTS[key].of_branches else _("nơi nhận")),
        )
        for key in SHOWN
    ]


def member_figures(states: Sequence[BodyState]) -> list[Figure]:
    """Sums over the branches; behind each stand branches with their counts, nobody's name."""
    base = sum(len(one.members) for one in states)
    return [
        Figure(key, str(label), sum(one.count(key) for one in states), base, str(_("đồng chí")))
        for key, label in MEMBERS.items()
    ]


STAGES: Mapping[str, tuple[str | Promise, Callable[[BodyState], date | None]]] = {
    "arrival": (_("Chi bộ tiếp nhận"), lambda one: one.acknowledged_on),
    "meeting": (_("Chi bộ họp bàn"), lambda one: one.discussed_on),
    "members": (_("Mọi đảng viên xác nhận đã nắm"), lambda one: one.last_confirmed_on),
}


def days_to(directive: Directive, state: BodyState, stage: str) -> int | None:
    """Whole days from the issue to this stage in this branch; None while it has not come so far."""
    day = STAGES[stage][1](state)
    if day is None or directive.issued_at is None:
        return None
    return max(0, (day - timezone.localdate(directive.issued_at)).days)


def delays_of(directive: Directive, states: Sequence[BodyState]) -> list[Delay]:
    """Of the branches among `states`."""
    branches = [one for one in states if one.receipt.is_branch]
    found = []
    for key, (label, _day) in STAGES.items():
        days = [n for one in branches if (n := days_to(directive, one, key)) is not None]
        middle = median_low(days) if days else None
        found.append(Delay(key, str(label), len(days), len(branches), middle, max(days, default=None)))
    return found


def by_delay(
    directive: Directive, states: Sequence[BodyState], stage: str
) -> list[tuple[BodyState, int | None]]:
    """The branches, those that have not come so far first, then the slowest."""
    rows = [(one, days_to(directive, one, stage)) for one in states if one.receipt.is_branch]
    return sorted(rows, key=lambda row: (row[1] is not None, -(row[1] or 0)))
