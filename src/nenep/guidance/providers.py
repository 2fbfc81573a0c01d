"""What higher modules tell a guidance without being imported: each registers a typed function in `ready()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.shared.registries import Registry

if TYPE_CHECKING:
    from nenep.guidance.models import Guidance
    from nenep.meetings.providers import Link
    from nenep.shared.viewer import Viewer

# Pages that belong beside its own
beside: Registry[[Viewer, Guidance], Link] = Registry()
