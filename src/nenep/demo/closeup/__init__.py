"""A few branches and their committees, seen close up: what they do besides the month that every branch plays.

Plans of the year, the focus of the month, a directive on its way down, briefings of a cluster, visits of officers,
what members raise, the preparation of a meeting, votes, ballots, self-checks, the notebook and reports, past meetings
that did not take place.
Every action takes its choices from an order, never from the branch's `rng`, so that the month itself stays as it is;
and none changes how far a meeting has come. Beside the branch of the demo accounts these are the last of each stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.demo.branches import BOARD
from nenep.demo.closeup import (
    briefing,
    calling_off,
    concerning,
    concluding,
    directing,
    guiding,
    papering,
    planning,
    preparing,
    visiting,
    voting,
)
from nenep.demo.closeup.cast import Cast
from nenep.organizations.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nenep.demo.branches import Action, Branch

REPORTING = 4  # branches of the committee on top whose reports stand differently


def actions(branches: list[Branch], today: date) -> Iterator[Action]:
    """What is done close up, and when."""
    cast = Cast(branches, today)
    yield from calling_off.actions(cast)
    yield from planning.actions(cast)
    yield from guiding.actions(cast)
    yield from directing.actions(cast)
    yield from briefing.actions(cast)
    yield from concerning.actions(cast)
    yield from visiting.actions(cast)
    yield from papering.actions(cast)
    yield from preparing.well(cast.shown)
    (planned,), (closed,), (adopted,) = (cast.last(stage) for stage in ("planned", "closed", "adopted"))
    yield from preparing.weakly(planned)
    running, balloting = cast.last("opened", 2)
    yield from voting.by_name(running, goes_on=True)
    yield from voting.on_paper(balloting)
    yield from voting.electing(closed)
    yield from voting.by_name(adopted, goes_on=False)
    reporting = cast.last("adopted", REPORTING, kind=Kind.GRASSROOTS_BRANCH)
    yield from concluding.checking([*reporting, adopted, closed])
    yield from concluding.answering([*reporting, adopted])
    yield from concluding.noting(cast.shown)
    yield from concluding.reporting(reporting, cast.officer(BOARD))
