"""What the worker does for facts."""

from __future__ import annotations

from nenep.facts.summing import restate_now, resum
from nenep.notices.jobs import register_job


def register_jobs() -> None:
    register_job("facts.resum", every="minute", run=bring_up_to_date)


def bring_up_to_date() -> None:
    """Drain the dirty marks, then restate the as-now sums if the tree has changed."""
    while resum():
        pass
    restate_now()
