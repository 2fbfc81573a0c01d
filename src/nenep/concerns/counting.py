"""How many concerns of which theme, and what became of them, for a committee: never a text, a name or a branch (R114).

No number stands for fewer concerns, or for concerns of fewer branches, than `meet.bands.least`. Small groups are put
together instead of left out, so that no difference from the sum tells one of them; where even together they are too
few, the smallest of the others joins them. There is no division by branch, and no sum for a part of the tree that
could be subtracted from that of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.concerns.models import Concern, ConcernStatus, Theme
from nenep.organizations.models import Body
from nenep.organizations.reads import rules_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Group:
    """`branches`: those that its concerns come from; only their number matters, and it is never shown."""

    label: str
    count: int
    branches: frozenset[int]

    def hides_each(self, least: int) -> bool:
        return self.count >= least and len(self.branches) >= least


@dataclass(frozen=True, slots=True)
class Counts:
    """Empty lists: too few to say anything. Each list adds up to `total`."""

    themes: list[Group]
    states: list[Group]
    least: int | None

    @property
    def total(self) -> int:
        return sum(group.count for group in self.themes)


def counts_of(body_id: int, start: date, end: date) -> Counts:
    """Of the branches below the body at the end, for concerns raised in [start, end) and not taken back."""
    least: int | None = rules_for(body_id, end).meeting.least_group.value  # type: ignore[assignment]
    if least is None:
        return Counts([], [], None)
    below = Body.objects.on(end).branches().under(body_id, end).values("pk")
    raised = Concern.objects.filter(
        body__in=below, raised_at__date__gte=start, raised_at__date__lt=end
    ).exclude(status=ConcernStatus.TAKEN_BACK)
    themes: dict[str, list[int]] = defaultdict(list)
    states: dict[str, list[int]] = defaultdict(list)
    for theme, state, branch in raised.values_list("theme", "status", "body_id").order_by():
        themes[theme].append(branch)
        states[state].append(branch)
    return Counts(
        safe_groups(_groups(Theme.choices, themes), least, _("Các việc ít được nêu, cộng lại")),
        safe_groups(_groups(ConcernStatus.choices, states), least, _("Các tình trạng ít gặp, cộng lại")),
        least,
    )


def safe_groups(groups: list[Group], least: int, together: str) -> list[Group]:
    """The groups that hide each of their branches, the others put together as `together`; or none at all."""
    shown = [group for group in groups if group.hides_each(least)]
    rest = [group for group in groups if group not in shown]
    merged = Group(together, sum(g.count for g in rest), frozenset().union(*(g.branches for g in rest)))
    while rest and shown and not merged.hides_each(least):
        smallest = min(shown, key=lambda group: group.count)
        shown.remove(smallest)
        merged = Group(together, merged.count + smallest.count, merged.branches | smallest.branches)
    if not rest:
        return shown
    return [*shown, merged] if merged.hides_each(least) else []


def _groups(choices: Iterable[tuple[str, str]], found: Mapping[str, list[int]]) -> list[Group]:
    return [
        Group(label, len(found[code]), frozenset(found[code])) for code, label in choices if code in found
    ]
