"""How often one person may do something that is harmless now and then, and a way to copy the data when not."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.utils.functional import Promise

    from nenep.shared.web import Request

MINUTE = 60
DAY = 24 * 60 * MINUTE


def is_too_often(request: Request, action: str, *, most: int, seconds: int, who: str = "") -> bool:
    """Count this time; whether the same person has now done it more than `most` times in the running period.

    `who`: what to count by where nobody is signed in.
    """
    key = f"limit:{action}:{who or request.viewer.actor}:{int(time()) // seconds}"
    done = cache.get(key, 0) + 1
    cache.set(key, done, seconds)
    return bool(done > most)


def too_often(request: Request, sentence: str | Promise) -> HttpResponse:
    """`sentence` says what is limited and when it goes on."""
    return render(request, "429.html", {"sentence": sentence}, status=429)
