"""What a page asks several times of one row, read once and kept on that very instance.

For pages only: a verb that changes what was read would go on seeing it as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

Found = TypeVar("Found")


def kept_on(row: Model, key: str, read: Callable[[], Found]) -> Found:
    """What was kept under `key`; the first time what `read` gives."""
    name = _name(key)
    found: Found = row.__dict__[name] if name in row.__dict__ else keep_on(row, key, read())
    return found


def keep_on(row: Model, key: str, found: Found) -> Found:
    """Keep what was just read, in the place of what is there."""
    row.__dict__[_name(key)] = found
    return found


def _name(key: str) -> str:
    return f"_kept_{key}"
