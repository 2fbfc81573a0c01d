"""What the board costs a viewer at every level of the largest way down: the states of all branches in reach."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nenep.home.board import VERB, branches_of, counts_of, with_states
from nenep.organizations.measures import largest_way
from nenep.organizations.models import Body
from nenep.shared.dates import month_start, today
from nenep.shared.measuring import Measure
from nenep.shared.viewer import Reach, Viewer

if TYPE_CHECKING:
    from collections.abc import Iterator


def measures() -> Iterator[Measure]:
    """Nothing on an installation without bodies."""
    if not Body.objects.on(today()).exists():
        return
    for level, key in largest_way(today()).items():
        yield Measure(f"board.{level}", partial(_counts, key))


def _counts(key: int) -> int:
    month = month_start(today())
    viewer = Viewer(reach={VERB: Reach(own=frozenset({key}), below=frozenset({key}))})
    return counts_of(with_states(branches_of(viewer, month), month, today()), is_coming=False).all
