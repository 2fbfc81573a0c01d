"""How bytes leave: always as a file to keep, with headers under which nothing in them can run."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, TypeVar

from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    Response = TypeVar("Response", bound=HttpResponseBase)

NAME_MAX = 160
FALLBACK = "tep"
# Characters that some system gives a meaning in file names.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def as_download(response: Response, name: str) -> Response:
    """Give the answer its file name (RFC 5987, Vietnamese letters kept) and shut its content in."""
    response["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=safe_name(name))
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def safe_name(name: str) -> str:
    """The last part of a path without controls, direction marks and characters that systems reserve.

    The extension stays whole; the stem is cut to fit.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(
        char for char in last if not unicodedata.category(char).startswith(("C", "Z")) or char == " "
    )
    shown = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", shown)).strip(" .")
    stem, dot, extension = shown.rpartition(".")
    if not dot:
        stem, extension = shown, ""
    stem = stem.strip(" .")[: NAME_MAX - len(extension) - 1] or FALLBACK
    if _DEVICES.fullmatch(stem):
        stem = f"{FALLBACK}-{stem}"
    return f"{stem}{dot}{extension}"
