"""What the worker does for facts, in every round: a mark reaches the top of the tree within seconds."""

from __future__ import annotations

from nenep.facts.summing import bring_up_to_date
from nenep.notices.jobs import register_round

# Long enough for those who wait to save.
PAUSE = 0.03


def register_jobs() -> None:
    register_round("facts.sum", sum_upward)


def sum_upward() -> None:
    bring_up_to_date(pause=PAUSE)
