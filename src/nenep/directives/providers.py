"""What higher modules tell a directive without being imported: each registers a typed function in `ready()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.shared.registries import Registry

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from nenep.directives.models import Directive
    from nenep.meetings.providers import Link
    from nenep.shared.viewer import Viewer

# Pages that belong beside its own
beside: Registry[[Viewer, Directive], Link] = Registry()
# Ids of directives -> (member, day) of who studied one of them outside the meetings of a branch, the earliest first
studied: Registry[[Collection[int]], tuple[int, date]] = Registry()
