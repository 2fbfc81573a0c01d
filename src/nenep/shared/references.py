"""How a row names a row of a module above or beside it, without a foreign key: its type and its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model


def reference_to(row: Model | None) -> tuple[str, int | None]:
    """("meetings.meeting", 7); ("", None) for nothing."""
    return (row._meta.label_lower, row.pk) if row is not None else ("", None)
