"""Measurements that modules offer to `./nenep bench`: each is a name and something to run."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WARM_UPS = 2
SECONDS_PER_MEASURE = 1.0
FEWEST, MOST = 5, 200


@dataclass(frozen=True, slots=True)
class Measure:
    """`run` is called again and again; what it does must not depend on earlier calls."""

    name: str
    run: Callable[[], object]


_providers: list[Callable[[], Iterator[Measure]]] = []


def register(provider: Callable[[], Iterator[Measure]]) -> None:
    """Called once, in `AppConfig.ready()`; the provider looks at the data of the moment it is asked."""
    if provider not in _providers:
        _providers.append(provider)


def offered() -> Iterator[Measure]:
    for provider in _providers:
        yield from provider()


def milliseconds(run: Callable[[], object]) -> float:
    """The median time of one call, over about a second of calls."""
    for _number in range(WARM_UPS):
        run()
    taken: list[float] = []
    while len(taken) < FEWEST or (sum(taken) < SECONDS_PER_MEASURE and len(taken) < MOST):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000
