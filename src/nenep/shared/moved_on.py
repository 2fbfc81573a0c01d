"""The right is there but the time has passed: one answer for every page that somebody opens or sends too late.

A view raises `MovedOn`, mostly by `require_verb`; the middleware leads to the page that shows how things stand and says
what happened. What was typed is shown again, so that it can be copied. A missing right stays what it is:
PermissionDenied, 403.
"""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, Protocol, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model, TextChoices
    from django.http import HttpRequest, HttpResponse

    Row = TypeVar("Row", bound=Model)

# Keys, codes of lists and plain numbers, which nobody typed as text.
_MACHINE_WORD = re.compile(r"[a-z0-9_|:-]{0,30}")
_MACHINE_FIELDS = {"csrfmiddlewaretoken", "once", "next"}


class MovedOn(Exception):
    """`sentence` says what happened meanwhile; `url` is the page that shows it, `back` the words that lead there."""

    def __init__(self, sentence: str, url: str, back: str) -> None:
        super().__init__(sentence)
        self.sentence, self.url, self.back = sentence, url, back


class MovedOnMiddleware:
    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, MovedOn):
            return None
        if typed := texts_typed(request):
            context = {"moved_on": exception, "typed": typed}
            return render(request, "moved_on.html", context, status=409)
        messages.warning(request, exception.sentence)
        return redirect(exception.url)


class Access(Protocol):
    """One attribute for each verb says whether the viewer may do it now."""

    def sometime(self, verb: str) -> bool:
        """Whether the viewer may do it at another time: the right alone."""
        ...


def require_verb(can: Access, verb: str, late: Callable[[], MovedOn]) -> None:
    """PermissionDenied without the right to `verb`; what `late` returns is raised with it, when it is not the time."""
    if getattr(can, verb):
        return
    if can.sometime(verb):
        raise late()
    raise PermissionDenied


def is_allowed_sometime(ask: Callable[[Row], bool], row: Row, states: type[TextChoices]) -> bool:
    """Whether `ask` says yes of `row` in any of its states: then the right is there and only the time is wrong."""
    for state in states:
        twin = copy(row)
        twin.status = state  # type: ignore[attr-defined]
        if ask(twin):
            return True
    return False


def texts_typed(request: HttpRequest) -> list[str]:
    """What a person wrote into the form that was sent, without the form's own keys and codes."""
    sent = [
        value.strip()
        for name, values in request.POST.lists()
        if name.rpartition("-")[2] not in _MACHINE_FIELDS  # a form within a form has a prefix
        for value in values
    ]
    return [value for value in sent if not _MACHINE_WORD.fullmatch(value)]
