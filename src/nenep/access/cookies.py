"""The viewer behind the cookies of a connection that passes no middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from nenep.access.middleware import lacks_second_factor
from nenep.access.models import Account
from nenep.access.sessions import why_over
from nenep.access.viewers import viewer_of
from nenep.shared.viewer import NOBODY, Viewer

if TYPE_CHECKING:
    from collections.abc import Mapping


def viewer_of_cookies(cookies: Mapping[str, str]) -> Viewer:
    """Who is signed in with this session now; nobody when it is over or a demanded second factor is missing."""
    request = HttpRequest()
    request.COOKIES = dict(cookies)
    SessionMiddleware(lambda _request: HttpResponse()).process_request(request)
    account = get_user(request)
    if not isinstance(account, Account):
        return NOBODY
    viewer = viewer_of(account)
    lacks_factor = settings.SECOND_FACTOR_DEMANDED and lacks_second_factor(viewer)
    return NOBODY if lacks_factor or why_over(request.session, viewer) else viewer
