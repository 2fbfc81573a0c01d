"""Who may see a file: the module of the record that it belongs to says so. Nobody sees what nobody answers for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from nenep.shared.viewer import Viewer

    Visible = Callable[[Viewer, int], bool]

_owners: dict[str, Visible] = {}
OWNERS = MappingProxyType(_owners)


def register_owner(type_label: str, visible: Visible) -> None:
    """Called in `ready()`: `visible(viewer, id)` for records of "meetings.meeting" (their `label_lower`)."""
    if _owners.setdefault(type_label, visible) is not visible:
        raise ValueError(f"files of {type_label!r} have an owner already")


def may_see(viewer: Viewer, type_label: str, object_id: int) -> bool:
    visible = _owners.get(type_label)
    return visible is not None and visible(viewer, object_id)
