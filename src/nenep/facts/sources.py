"""Modules that write facts also tell how to count them again from their records (see `rebuilding`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nenep.facts.operations import Fact

_sources: list[Callable[[], Iterable[Fact]]] = []


def register(source: Callable[[], Iterable[Fact]]) -> None:
    """`source()` gives every fact of the module, counted from its records. Called in `ready()`."""
    if source not in _sources:
        _sources.append(source)


def counted_again() -> Iterator[Fact]:
    for source in _sources:
        yield from source()
