"""Where an administrator may give roles: in the body of the own role and below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.organizations.models import Body
from nenep.organizations.reach import may
from nenep.organizations.reads import root_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer

MANAGE = "installation.manage"


def administers_root(viewer: Viewer) -> bool:
    """Whether the viewer administers the top of the tree, and with it the whole installation."""
    if not viewer.is_administrator:
        return False
    try:
        return may(viewer, MANAGE, root_on(today()).pk)
    except Body.DoesNotExist:
        return False


def may_give(viewer: Viewer, role: str, body_id: int) -> bool:
    """Within the own reach; from the top an administrator anywhere, also where nobody administers yet."""
    return may(viewer, MANAGE, body_id) or (role == "administrator" and administers_root(viewer))
