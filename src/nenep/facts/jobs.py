"""What the worker does for facts, in every round: a mark reaches the top of the tree within seconds."""

from __future__ import annotations

from nenep.facts.summing import bring_up_to_date
from nenep.notices.jobs import register_round


def register_jobs() -> None:
    register_round("facts.sum", bring_up_to_date)
