"""What higher modules do with a vote by name once it is counted: each registers a function in `ready()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from nenep.shared.viewer import Viewer
    from nenep.votes.models import NamedVote

    Counted = Callable[[NamedVote, Viewer | None], None]

# (closed vote, who closed it), in the transaction of the closing
COUNTED: list[Counted] = []


def when_counted(function: Counted) -> None:
    if function not in COUNTED:
        COUNTED.append(function)
