"""What other modules owe a body that ends: members to hand over, records to close.

Modules above register here in `ready()`; the operations tell them, inside their transaction, before closing
the body's own rows. A handler that finds something in the way raises Refused, and nothing has happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from nenep.organizations.models import Body
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Ending:
    """`body` ends before `day`; `successors` take over (none: it is dissolved outright)."""

    body: Body
    day: date
    successors: tuple[Body, ...]
    by: Viewer | None


_handlers: list[Callable[[Ending], None]] = []


def register(handler: Callable[[Ending], None]) -> None:
    """Called once per handler, in `AppConfig.ready()`."""
    if handler not in _handlers:
        _handlers.append(handler)


def announce(ending: Ending) -> None:
    for handler in _handlers:
        handler(ending)
