"""Images of pages, read by the program that the administrator has installed for it (NENEP_OCR)."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.conf import settings

from nenep.files import images, reading
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHILD = Path(__file__).with_name("engine_child.py")
# For one page: a slow machine takes 20 s for a page of small letters.
CPU_SECONDS, SECONDS = 60, 120
MEMORY, MAX_OUTPUT = 1024 * 1024 * 1024, 2 * 1024 * 1024
MAX_PAGES = 40
_IMAGE, _SCANNED = "Ảnh", "Tệp PDF này là ảnh quét, không có lớp chữ,"
# The columns of the head and of the foot stay apart.
_APART = ("-c", "preserve_interword_spaces=1")
# What the engine is told about this machine, and nothing else.
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SYSTEMROOT")


def read_image(content: bytes) -> list[str]:
    """The lines of a PNG or JPEG image. Refused without an engine, and for an image that is broken or too large."""
    engine = _engine(_IMAGE)
    with TemporaryDirectory(prefix="nenep-scan-") as folder:
        return _lines_in(engine, content, Path(folder))


def read_pages(content: bytes) -> dict[int, list[str]]:
    """The lines of each page, from 1, of a PDF that `files.portable` has taken and that has an image and no text."""
    engine = _engine(_SCANNED)
    with TemporaryDirectory(prefix="nenep-scan-") as folder:
        scanned = reading.scanned_pages(content, Path(folder))
        refuse_many(len(scanned))
        return {number: _lines_in(engine, file.read_bytes(), Path(folder)) for number, file in scanned}


def read_page(content: bytes, number: int) -> list[str]:
    """The lines of one of these pages, by its number from 1."""
    engine = _engine(_SCANNED)
    with TemporaryDirectory(prefix="nenep-scan-") as folder:
        scanned = reading.scanned_pages(content, Path(folder), only=number)
        return [row for _page, file in scanned for row in _lines_in(engine, file.read_bytes(), Path(folder))]


def refuse_many(pages: int) -> None:
    if pages > MAX_PAGES:
        raise Refused(f"Tệp có hơn {MAX_PAGES} trang ảnh. Đồng chí chia nhỏ tệp.")


def require_engine(*, is_image: bool) -> None:
    """Refused where no engine reads an image, or a PDF of images."""
    _engine(_IMAGE if is_image else _SCANNED)


def _engine(what: str) -> Sequence[str]:
    """The program and its own options. Refused where there is none, with what can be done."""
    if not settings.OCR_ENGINE:
        raise Refused(
            f"{what} chưa đọc được: máy này chưa có chương trình nhận dạng chữ. Đồng chí dùng tệp Word hoặc PDF có "
            "lớp chữ, hoặc nhờ người quản trị cài tesseract với dữ liệu tiếng Việt và đặt NENEP_OCR."
        )
    program, *options = settings.OCR_ENGINE
    found = shutil.which(program)
    if not found:
        raise Refused(
            f"Không thấy chương trình nhận dạng chữ “{program}”. Đồng chí báo người quản trị xem lại NENEP_OCR."
        )
    return [found, *options]


def _lines_in(engine: Sequence[str], content: bytes, folder: Path) -> list[str]:
    _kind, drawn = images.checked(content)  # drawn anew: the engine never sees what somebody made
    image, told = folder / "page.img", folder / "page.txt"
    image.write_bytes(drawn)
    program, *options = engine
    limits = [str(CPU_SECONDS), str(MEMORY), str(MAX_OUTPUT)]
    command = [
        sys.executable,
        "-I",
        str(_CHILD),
        *limits,
        program,
        str(image),
        "stdout",
        "-l",
        "vie",
        *_APART,
        *options,
    ]
    with told.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603  # our own program, then the one that the administrator set
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"OMP_THREAD_LIMIT": "1"}
            | {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            start_new_session=True,
        )
        try:
            failed = child.wait(SECONDS) != 0
        except subprocess.TimeoutExpired:
            failed = True
        finally:
            _end(child)
    if failed:
        raise Refused("Chương trình nhận dạng chữ không đọc được ảnh này. Đồng chí quét lại rõ hơn.")
    return told.read_text(encoding="utf-8", errors="replace").replace("\f", "").splitlines()


def _end(child: subprocess.Popen[bytes]) -> None:
    """With whatever it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):
        os.killpg(child.pid, signal.SIGKILL)
    if child.poll() is None:
        child.kill()
    child.wait()
