"""Sensitive acts ask again for the password or the second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from allauth.account.decorators import reauthentication_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

View = TypeVar("View", bound="Callable[..., HttpResponse]")


def step_up(view: View) -> View:
    """Whoever has not proved who they are in the last 5 minutes is asked first; then the act goes on.

    What was sent is kept meanwhile, so nothing is typed twice.
    """
    return cast("View", reauthentication_required(view))
