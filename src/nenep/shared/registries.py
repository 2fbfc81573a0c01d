"""Where higher modules tell a lower one what it may not import: typed functions, registered in `AppConfig.ready()`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


class Registry(Generic[P, T]):
    """Functions in the order of their registration, each asked in turn with the same arguments."""

    def __init__(self) -> None:
        self._functions: list[Callable[P, list[T]]] = []

    def register(self, function: Callable[P, list[T]]) -> None:
        if function not in self._functions:
            self._functions.append(function)

    def ask(self, *args: P.args, **kwargs: P.kwargs) -> list[T]:
        return [answer for function in self._functions for answer in function(*args, **kwargs)]


class Hook(Generic[T]):
    """Functions that are called with a record or what befell it, in the transaction of its change."""

    def __init__(self) -> None:
        self._functions: list[Callable[[T], None]] = []

    def register(self, function: Callable[[T], None]) -> None:
        if function not in self._functions:
            self._functions.append(function)

    def call(self, change: T) -> None:
        for function in self._functions:
            function(change)
