"""What higher modules do with a counted vote by name, and what else was decided: functions registered in `ready()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer
    from nenep.votes.models import NamedVote

    Counted = Callable[[NamedVote, Viewer | None], None]
    Decided = Callable[[Meeting], list[str]]

# (closed vote, who closed it), in the transaction of the closing
COUNTED: list[Counted] = []
# meeting -> the subjects that it has decided otherwise than by a `meetings` vote
DECIDED: list[Decided] = []


def when_counted(function: Counted) -> None:
    if function not in COUNTED:
        COUNTED.append(function)


def when_decided(function: Decided) -> None:
    if function not in DECIDED:
        DECIDED.append(function)
