from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.importers.loading import VERB

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


def may_import(viewer: Viewer) -> bool:
    """Whether the viewer loads sheets anywhere; which rows, the load itself decides body by body."""
    reach = viewer.where(VERB)
    return viewer.account_id is not None and bool(reach.own or reach.below)
