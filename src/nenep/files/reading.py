"""A PDF as a reader sees it, in a child process with little time and memory: hostile files end there."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nenep.files.portable import ACTIVE, refuse_active
from nenep.shared.states import Refused

SECONDS, ALL_SECONDS = 10, 60
_CHILD = Path(__file__).with_name("pdf_child.py")


@dataclass(frozen=True, slots=True)
class Page:
    """`text` as it is laid out, with a blank line for each tenth of a letter's height; `images`: how many it draws."""

    text: str
    images: int


def first_lines(content: bytes) -> list[str]:
    """The lines of the first page; none for a scan. Refused when it is active or unreadable within the limits."""
    read = _asked("first", *ACTIVE, content=content, seconds=SECONDS)
    refuse_active(found=read["active"])
    return [str(line) for line in read["text"].splitlines()]


def all_pages(content: bytes) -> list[Page]:
    """Refused when it is active, unreadable within the limits, or longer than an official document."""
    read = _asked("all", *ACTIVE, content=content, seconds=ALL_SECONDS)
    if "refused" in read:
        raise Refused(_("Tệp PDF quá dài hoặc có trang quá lớn để đọc. Đồng chí chia nhỏ tệp."))
    refuse_active(found=read["active"])
    return [Page(**page) for page in read["pages"]]


def scanned_pages(content: bytes, folder: Path, *, only: int = 0) -> list[tuple[int, Path]]:
    """The pages without text, numbered from 1, each with a file in `folder` that holds its largest image.

    `only`: this page and no other, as long as it has none either.
    """
    read = _asked("images", str(folder), *([str(only)] if only else []), content=content, seconds=ALL_SECONDS)
    if "refused" in read:
        raise Refused(_("Ảnh trong tệp PDF quá lớn để đọc. Đồng chí quét lại với độ phân giải thấp hơn."))
    return [(number, folder / name) for number, name in read["files"]]


def _asked(*arguments: str, content: bytes, seconds: int) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603  # our own program, no argument from outside
            [sys.executable, "-I", str(_CHILD), *arguments],
            input=content,
            capture_output=True,
            timeout=seconds,
            check=True,
        )
        read: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, json.JSONDecodeError) as failed:
        raise Refused(
            _("Tệp PDF này bị hỏng hoặc quá phức tạp. Đồng chí in ra tệp PDF mới rồi tải lại.")
        ) from failed
    return read
