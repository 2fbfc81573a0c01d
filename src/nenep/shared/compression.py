"""Pages go out compressed; downloads do not: they are compressed formats already, and their length should show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.middleware.gzip import GZipMiddleware

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml")


class CompressedPages(GZipMiddleware):
    """Django's own compression, with its random padding against guessing secrets, for text alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
