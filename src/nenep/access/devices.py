"""Where an account is signed in, in words that its owner recognizes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.access.sessions import USED, why_over
from nenep.shared.dates import now

if TYPE_CHECKING:
    from nenep.access.models import Account
    from nenep.shared.viewer import Viewer

# What a browser says of its machine; the first that fits.
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": gettext_lazy("Điện thoại hoặc máy tính bảng Android"),
    "Windows": gettext_lazy("Máy tính Windows"),
    "Macintosh": gettext_lazy("Máy tính Mac"),
    "Linux": gettext_lazy("Máy tính Linux"),
}


@dataclass(frozen=True, slots=True)
class Device:
    pk: int
    machine: str
    since: datetime
    used: datetime
    ip: str
    is_current: bool


def devices_of(account: Account, viewer: Viewer, *, current: str) -> list[Device]:
    """The devices whose sign-in still holds, the latest first; `current` is the key of the session that asks."""
    rows = UserSession.objects.filter(user=account).order_by("-created_at")
    stored = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=now())
    sessions = {session.session_key: session.get_decoded() for session in stored}
    return [
        Device(
            pk=row.pk,
            machine=machine_of(row.user_agent),
            since=row.created_at,
            used=datetime.fromtimestamp(session.get(USED, row.created_at.timestamp()), UTC),
            ip=row.ip,
            is_current=row.session_key == current,
        )
        for row in rows
        if (session := sessions.get(row.session_key))
        and session.get(HASH_SESSION_KEY) == account.get_session_auth_hash()
        and not why_over(session, viewer)
    ]


def machine_of(user_agent: str) -> str:
    return next((str(words) for part, words in MACHINES.items() if part in user_agent), _("Thiết bị khác"))
