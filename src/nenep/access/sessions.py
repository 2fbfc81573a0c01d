"""How long a sign-in lasts: so long without use, so long altogether, and while one belongs to the same branches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from nenep.access.roles import role_table
from nenep.shared.dates import now

if TYPE_CHECKING:
    from datetime import timedelta

    from django.contrib.sessions.backends.base import SessionBase

    from nenep.shared.viewer import Viewer

STARTED, USED, BRANCHES = "access.started", "access.used", "access.branches"
# A use is noted once in this part of the time that is allowed without one: not every page shall write.
PARTS = 30


def why_over(session: SessionBase | dict[str, Any], viewer: Viewer) -> str:
    """Why this sign-in has ended, as a sentence for the person; "" while it lasts."""
    if STARTED not in session:
        return ""
    if session[BRANCHES] != _branches(viewer):
        return _(
            "Nơi hoặc tình trạng sinh hoạt đảng của đồng chí đã thay đổi, nên đồng chí cần đăng nhập lại."
        )
    idle, longest = limits(viewer)
    at = now().timestamp()
    if at - session[USED] > idle.total_seconds():
        return _("Đã lâu không dùng nên phần mềm tự đăng xuất để giữ an toàn. Đồng chí đăng nhập lại.")
    if at - session[STARTED] > longest.total_seconds():
        return _("Lần đăng nhập trước đã hết hạn. Đồng chí đăng nhập lại.")
    return ""


def note_use(session: SessionBase, viewer: Viewer) -> None:
    """Keep when this sign-in began and was used last."""
    at = now().timestamp()
    if STARTED not in session:
        session.update({STARTED: at, USED: at, BRANCHES: _branches(viewer)})
    elif at - session[USED] > limits(viewer)[0].total_seconds() / PARTS:
        session[USED] = at


def limits(viewer: Viewer) -> tuple[timedelta, timedelta]:
    """How long without use, and how long altogether; the shortest that one of the roles of the day asks for."""
    if any(role_table().roles[role].short_session for role in viewer.roles):
        return settings.SHORT_SESSION_IDLE, settings.SHORT_SESSION_LONGEST
    return settings.SESSION_IDLE, settings.SESSION_LONGEST


def _branches(viewer: Viewer) -> list[int]:
    return sorted(viewer.roles.get("member", ()))
