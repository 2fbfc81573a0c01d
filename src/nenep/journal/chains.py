"""Which chain an event belongs to. The journal knows numbers only; `organizations` tells it the tree."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

# Events of the installation itself: accounts without a body, settings, backups.
INSTALLATION = 0


class ChainMap(Protocol):
    def chain_of(self, body: int) -> int:
        """The chain of a body today: its grassroots body, or itself when it stands above those."""

    def chain_above(self, chain: int) -> int:
        """The chain that keeps the daily head of `chain`; INSTALLATION at the top."""


class _Alone:
    """Before any tree is known each body is its own chain."""

    def chain_of(self, body: int) -> int:
        return body

    def chain_above(self, chain: int) -> int:  # noqa: ARG002
        return INSTALLATION


_map: ChainMap = _Alone()
_memory: ContextVar[dict[int, int] | None] = ContextVar("chains", default=None)


def follow(chain_map: ChainMap) -> None:
    """Called once, in `ready()` of the module that knows the tree."""
    global _map  # noqa: PLW0603
    _map = chain_map


def chain_of(body: int | None) -> int:
    if body is None:
        return INSTALLATION
    memory = _memory.get()
    if memory is None:
        return _map.chain_of(body)
    if body not in memory:
        memory[body] = _map.chain_of(body)
    return memory[body]


@contextmanager
def remembered() -> Iterator[None]:
    """Ask for each body's chain once: for long runs of operations during which the tree does not change."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def chain_above(chain: int) -> int:
    return INSTALLATION if chain == INSTALLATION else _map.chain_above(chain)
