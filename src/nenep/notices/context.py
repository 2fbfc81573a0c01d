"""The small number beside "Thông báo" in the header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import SimpleLazyObject

from nenep.notices.models import Notice
from nenep.shared.viewer import NOBODY

if TYPE_CHECKING:
    from django.http import HttpRequest


def unread_notices(request: HttpRequest) -> dict[str, Any]:
    """`unread_notices`: how many the member has not read; asked for only by a page that shows it."""
    viewer = getattr(request, "viewer", NOBODY)
    return {"unread_notices": SimpleLazyObject(lambda: Notice.objects.visible_to(viewer).unread().count())}
