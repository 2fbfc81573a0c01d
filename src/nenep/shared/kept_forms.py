"""Forms that the browser sends by script, so that a lost connection loses no typing (static/js/kept.js).

A saved form is acknowledged where a redirect would be: the script erases what it kept and goes there itself, so
sentences for the next page are shown on that page and not swallowed by a request that nobody sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

ASKED, ONWARD = "X-Kept", "X-Kept-Onward"
# Where a person is sent to prove something first; nothing was saved on the way there.
_ASKS_FIRST = "/accounts/"
_SALT = "nenep.shared.kept_forms"


class KeptForms:
    """Answers such a form with 204 and where to go when it was saved, with 401 when nobody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_kept = request.method == "POST" and ASKED in request.headers
        answer = self.get_response(request)
        if not is_kept:
            return answer
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        if answer.status_code not in {301, 302, 303}:
            return answer
        if answer["Location"].startswith(_ASKS_FIRST):
            return HttpResponse(status=403)
        onward = HttpResponse(status=204, headers={ONWARD: answer["Location"]})
        onward.cookies = answer.cookies
        return onward


def key_of(account_id: int) -> str:
    """The key, 32 bytes in hexadecimal, that makes typing kept in a browser readable to this account alone."""
    return salted_hmac(_SALT, str(account_id), algorithm="sha256").hexdigest()
