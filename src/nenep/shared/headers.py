"""Headers that Django has no setting for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class PermissionsPolicy:
    """Tells browsers which of a device's powers our pages never use; a script that got in cannot ask for them."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.answer(request)
        answer["Permissions-Policy"] = ", ".join(f"{power}=()" for power in settings.POWERS_NOT_USED)
        return answer
