"""The program is read and filled in by forms: it answers GET, HEAD, OPTIONS and POST, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseNotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

ANSWERED = ("GET", "HEAD", "OPTIONS", "POST")


class OnlyFormMethods:
    """A view that asks `request.method == "POST"` would take any other word for GET."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        return None if request.method in ANSWERED else HttpResponseNotAllowed(ANSWERED)
