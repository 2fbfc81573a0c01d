"""Numbers in addresses that no key can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LARGEST_KEY = 2**63 - 1


class KeysThatExist:
    """A number beyond 64 bits is the key of nothing: 404, where a database would refuse to look."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, _request: HttpRequest, _view: Any, _args: Any, named: dict[str, Any]) -> None:
        if any(isinstance(value, int) and value > LARGEST_KEY for value in named.values()):
            raise Http404
