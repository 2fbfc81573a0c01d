"""How far the preparation of a meeting has come, in a figure and in words (founding report line 31)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.meetings import providers
from nenep.meetings.preparation import steps_before_notice
from nenep.shared.dates import today
from nenep.shared.vietnamese import lower_first

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.meetings.providers import Due, PreparationStep


@dataclass(frozen=True, slots=True)
class Line:
    """A step with who does it by when; nothing is known of those that nobody can be given."""

    step: PreparationStep
    due: Due | None

    @property
    def is_overdue(self) -> bool:
        due_on = self.due.due_on if self.due else None
        return not self.step.is_done and due_on is not None and due_on < today()


@dataclass(frozen=True, slots=True)
class Readiness:
    """`lines`: those that are overdue first, then in the order of work."""

    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(line.step.is_done for line in self.lines)

    @property
    def percent(self) -> int:
        """Rounded down: 100 only when nothing is missing."""
        return 100 * self.done // len(self.lines)

    @property
    def lacks(self) -> list[str]:
        return [lower_first(line.step.label) for line in self.lines if not line.step.is_done]


def readiness_of(meeting: Meeting) -> Readiness:
    """Of a meeting that is being prepared or about to be opened."""
    dues = dict(providers.duties.ask(meeting))
    lines = [Line(step, dues.get(step.key)) for step in steps_before_notice(meeting)]
    return Readiness(sorted(lines, key=lambda line: not line.is_overdue))
