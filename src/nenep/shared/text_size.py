"""The size of text that a person chose, kept in a cookie: works before signing in and without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

if TYPE_CHECKING:
    from django.http import HttpRequest

SIZES = (16, 18, 20, 24)
DEFAULT_SIZE = 18
COOKIE = "text_size"
_YEAR = timedelta(days=365)


def size_in(request: HttpRequest) -> int:
    """The chosen size; the default for no cookie and for nonsense in it."""
    chosen = request.COOKIES.get(COOKIE, "")
    return int(chosen) if chosen in map(str, SIZES) else DEFAULT_SIZE


@login_not_required
@require_POST
def choose_text_size(request: HttpRequest) -> HttpResponse:
    """Remembers the size and leads back to the page that the person was reading."""
    address = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(address if ours else "/")
    size = request.POST.get("size", "")
    if size in map(str, SIZES):
        response.set_cookie(
            COOKIE, size, max_age=_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    return response
