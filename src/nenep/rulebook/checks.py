"""System check: the program does not start with packs that have a gap, an overlap or an unmarked doubt."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from nenep.rulebook.loader import PackError, library


@register("rulebook")
def packs_are_sound(**_kwargs: Any) -> list[CheckMessage]:
    try:
        library()
    except PackError as wrong:
        return [Error(problem, id="rulebook.E001") for problem in wrong.problems]
    return []
