"""What the worker carries out: files that are too long to be read within a request."""

from __future__ import annotations

from django_tasks import task


@task  # type: ignore[untyped-decorator]
def read_intake(intake_id: int) -> None:
    """One step of reading (`reading.read_on`); the step after it is a task of its own."""
    from nenep.arrivals.reading import read_on  # noqa: PLC0415  # no start of the program waits for what reads files

    read_on(intake_id)
