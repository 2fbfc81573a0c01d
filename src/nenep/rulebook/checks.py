"""System check for `check` and the gate; a command that needs the rules calls `library()`, which raises by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Error, register

from nenep.rulebook.loader import Library, PackError, library

if TYPE_CHECKING:
    from collections.abc import Callable


@register("rulebook")
def packs_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    return errors_of(library)


def errors_of(read: Callable[[], Library]) -> list[CheckMessage]:
    """One error for each problem that `read` meets."""
    try:
        read()
    except PackError as wrong:
        return [Error(problem, id="rulebook.E001") for problem in wrong.problems]
    return []
