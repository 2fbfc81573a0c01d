"""What the figures of a day cost, today, at every level of the largest way down."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nenep.organizations.measures import largest_way
from nenep.organizations.models import Body
from nenep.reports.standing import figures_on
from nenep.shared.dates import today
from nenep.shared.measuring import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator


def measures() -> Iterator[Measure]:
    """Nothing on an installation without bodies."""
    day = today()
    if not Body.objects.on(day).exists():
        return
    for level, key in largest_way(day).items():
        yield Measure(f"figures.{level}", partial(figures_on, Body.objects.on(day).get(pk=key), day))
