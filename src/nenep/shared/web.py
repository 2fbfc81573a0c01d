"""What every view shares: the viewer on the request, refusals shown as sentences beside what was typed."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from nenep.shared.stale import Stale, at_revision
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.forms import BaseForm
    from django_htmx.middleware import HtmxDetails

    from nenep.shared.viewer import Viewer

LONGEST_NUMBER = 19  # digits; longer ones fit no key
T = TypeVar("T")
View = TypeVar("View", bound="Callable[..., HttpResponse]")


class Request(HttpRequest):
    """A request after our middleware; used as a type only."""

    viewer: Viewer
    htmx: HtmxDetails


def number_in(request: HttpRequest, name: str) -> int:
    """The whole number that address or form give under `name`; 0 for none, and for anything that is not one."""
    text = request.GET.get(name) or request.POST.get(name) or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else 0


@contextmanager
def refused_into(form: BaseForm) -> Iterator[None]:
    """Turn a refusal of the verb inside into an error of `form`, so that the page comes back with all that was typed.

    if form.is_valid():
        with refused_into(form):
            call_meeting(...)
            return redirect(...)
    return render(...)  # reached with an error on the form when the verb refused

    Where somebody saved in between, the page shows what (`form.clash`), and what was typed may be saved over it.
    """
    try:
        yield
    except Stale as refusal:
        form.data = at_revision(form.data, refusal.revision)  # type: ignore[arg-type]  # what a request brought
        form.clash = refusal  # type: ignore[attr-defined]  # for ui/form_errors.html
        form.add_error(None, str(refusal))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def refusals_shown(view: View) -> View:
    """Show a refused step's sentence on the page that the person came from. For buttons; forms: `refused_into`."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal))
            address = came_from(request)
            # Not the part that was asked for but the page as it stands now, with the sentence.
            return HttpResponseClientRedirect(address) if is_part(request) else redirect(address)

    return wrapped  # type: ignore[return-value]


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page that it stands on."""
    return bool(getattr(request, "htmx", False))


def came_from(request: HttpRequest, default: str = "/") -> str:
    """The address of the page that sent this request, if it is one of ours."""
    address = request.META.get("HTTP_REFERER", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else default
