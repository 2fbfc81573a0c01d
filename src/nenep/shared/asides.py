"""What a page asks by itself while somebody reads or types on it (header X-Aside): such an ask leads nobody away.

Whoever must sign in again, or comes too late, learns it from the next press of a button, not amid a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

ASKED = "X-Aside"


def is_aside(request: HttpRequest) -> bool:
    """Whether the page asks, and no person."""
    return ASKED in request.headers


class Asides:
    """Answers with 204, "nothing new", where the page would be led elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        leads_away = "HX-Redirect" in answer or "Location" in answer
        return HttpResponse(status=204) if is_aside(request) and leads_away else answer
