"""Figures on a page, and what each of them counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def figures(request: Request) -> HttpResponse:
    raise Http404


def trace(request: Request, key: str) -> HttpResponse:
    raise Http404
