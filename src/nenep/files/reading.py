"""A PDF as a reader sees it, in a child process with little time and memory: hostile files end there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from nenep.files.portable import ACTIVE, refuse_active
from nenep.shared.states import Refused

SECONDS = 10
_CHILD = Path(__file__).with_name("pdf_child.py")


def first_lines(content: bytes) -> list[str]:
    """The lines of the first page; none for a scan. Refused when it is active or unreadable within the limits."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program, no argument from outside
            [sys.executable, "-I", str(_CHILD), *ACTIVE],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        read = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, json.JSONDecodeError) as failed:
        raise Refused(
            _("Tệp PDF này bị hỏng hoặc quá phức tạp. Đồng chí in ra tệp PDF mới rồi tải lại.")
        ) from failed
    refuse_active(found=read["active"])
    return [str(line) for line in read["text"].splitlines()]
