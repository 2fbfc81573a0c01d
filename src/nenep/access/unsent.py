"""A form that came without a valid sign-in: what was typed travels inside the pages of sign-in and is sent again after.

It is kept nowhere, neither by the server nor in the browser's storage; a page that is closed forgets it.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.views.decorators.cache import never_cache

from nenep.access.viewers import viewer_of
from nenep.shared.web import came_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from nenep.access.models import Account

    Page = Callable[..., HttpResponse]

# The hidden field that carries the form. Signed: what comes back is what a person sent to one of our addresses.
FIELD = "unsent"
SIGNED_FOR = "access.unsent"


def is_kept(request: HttpRequest) -> bool:
    """Whether this is a form whose content may travel. allauth's pages, alone without a namespace, take secrets."""
    match = request.resolver_match
    return request.method == "POST" and match is not None and bool(match.namespace)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page in answer to a form, which comes along."""
    _pack(request)
    answer = _shown(request, reverse("account_login"))
    answer.status_code = 403
    return answer


def carried(view: Page) -> Page:
    """A step of signing in: the form goes along from page to page, where a redirect would drop it."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if FIELD not in request.POST or answer.status_code != 302:
            return answer
        return send_again(request) if request.user.is_authenticated else _shown(request, answer["Location"])

    return page


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django's signature
    """A page that is older than the last sign-in of this browser, or a form that some other site sent."""
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if ours and request.user.is_authenticated and FIELD in request.POST:
        return send_again(request)
    if not ours or not is_kept(request):
        return render(request, "403_csrf.html", status=403)
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    _pack(request)
    return send_again(request)


@never_cache
def send_again(request: HttpRequest) -> HttpResponse:
    """What was typed, and the button that sends it under the name of whoever has just signed in."""
    request.viewer = viewer_of(cast("Account", request.user))  # type: ignore[attr-defined]
    try:
        unsent = signing.loads(request.POST[FIELD], salt=SIGNED_FOR)
    except signing.BadSignature:
        return redirect("/")
    fields = [(name, value) for name, values in QueryDict(unsent["fields"]).lists() for value in values]
    typed = [value for _name, value in fields if len(value.split()) > 1]
    return render(request, "access/unsent.html", {**unsent, "fields": fields, "typed": typed})


def _pack(request: HttpRequest) -> None:
    """Let the request look like one of the sign-in page that carries the form."""
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    unsent = {
        "to": request.get_full_path(),
        "back": came_from(request),
        "fields": fields.urlencode(),
        "has_files": bool(request.FILES),
    }
    carrier = urlencode({FIELD: signing.dumps(unsent, salt=SIGNED_FOR, compress=True)})
    request.POST = QueryDict(carrier)


def _shown(request: HttpRequest, address: str) -> HttpResponse:
    """Another page of ours in answer to this very request."""
    request.method = "GET"
    answer: HttpResponse = resolve(urlsplit(address).path).func(request)
    return answer
