"""A program of its own (see `reading`): a PDF on standard input, on standard output what stands in it as JSON.

The first argument says what is asked, the others are the names that must not occur; the answer says whether one does.

first: `{"active", "text"}`, the text of the first page.
all: `{"active", "pages": [{"text", "images"}]}`, each page as it is laid out, with a blank line for each tenth of a
letter's height between two lines, and how many images it draws. `{"refused": "pages" or "long"}` above the limits.
images FOLDER [PAGE]: the largest image of each page that has no text, or of this one, as a file in FOLDER:
`{"files": [[page from 1, name]]}`.
"""

import contextlib
import io
import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

CPU_SECONDS = 6
MEMORY = 512 * 1024 * 1024
MAX_TEXT = 20_000
# Longer papers are walked as far as this goes; the raw search has seen all of them.
WALK_SECONDS = 2
# What may not happen by itself when the file or a page opens; behind a link that somebody presses it may.
LEAD_OUT = {"/GoToR", "/Thread", "/URI"}
MAX_CHAINED = 50
# For reading all of it: a paper of more pages is no official document, and a page is never so large.
ALL_MEMORY, ALL_CPU_SECONDS, ALL_WALK_SECONDS = 224 * 1024 * 1024, 15, 0.5
STEP_SECONDS = 0.8
MAX_PAGES, MAX_CONTENT, MAX_ALL_TEXT = 150, 4 * 1024 * 1024, 2 * 1024 * 1024
IMAGE_MEMORY, IMAGE_CPU_SECONDS, MAX_PIXELS = 512 * 1024 * 1024, 60, 40_000_000


def main() -> None:
    asked, *names = sys.argv[1:]
    answer = {"first": _first, "all": _all, "images": _images}[asked]
    sys.stdout.write(json.dumps(answer(names)))


def _first(names: list[str]) -> dict[str, Any]:
    reader = _opened(CPU_SECONDS, MEMORY)
    text = reader.pages[0].extract_text() if reader.pages else ""
    return {"active": _is_active(reader, names, WALK_SECONDS), "text": text[:MAX_TEXT]}


def _all(names: list[str]) -> dict[str, Any]:
    _end_after(STEP_SECONDS)
    reader = _opened(ALL_CPU_SECONDS, ALL_MEMORY)
    if len(reader.pages) > MAX_PAGES:
        return {"refused": "pages"}
    active = _is_active(reader, names, ALL_WALK_SECONDS)
    _end_after(STEP_SECONDS)
    drawn = 0
    for page in reader.pages:
        content = page.get_contents()
        drawn += len(content.get_data()) if content is not None else 0
        if drawn > MAX_CONTENT:
            return {"refused": "long"}
    pages, length = [], 0
    for page in reader.pages:
        _end_after(STEP_SECONDS)
        text = page.extract_text(extraction_mode="layout", layout_mode_font_height_weight=0.1)
        length += len(text)
        if length > MAX_ALL_TEXT:
            return {"refused": "long"}
        pages.append({"text": text, "images": len(_drawn(page))})
    return {"active": active, "pages": pages}


def _images(arguments: list[str]) -> dict[str, Any]:
    reader, files = _opened(IMAGE_CPU_SECONDS, IMAGE_MEMORY), []
    only = int(arguments[1]) if len(arguments) > 1 else 0
    for number, page in enumerate(reader.pages, start=1):
        drawn = _drawn(page) if only in {0, number} else {}
        if not drawn or page.extract_text().strip():
            continue
        key, size = max(drawn.items(), key=lambda one: one[1])
        if size > MAX_PIXELS:
            return {"refused": "pixels"}
        image = page.images[key].image
        name = f"{number:04}.png"
        (image if image.mode in {"1", "L", "RGB"} else image.convert("RGB")).save(Path(arguments[0]) / name)
        files.append([number, name])
    return {"files": files}


def _drawn(page: Any) -> dict[str, int]:
    """{name: pixels} of the images of a page."""
    found = {}
    with contextlib.suppress(KeyError, AttributeError, TypeError):
        for key, reference in page["/Resources"]["/XObject"].items():
            drawn = reference.get_object()
            if drawn["/Subtype"] == "/Image":
                found[key] = int(drawn["/Width"]) * int(drawn["/Height"])
    return found


def _opened(seconds: int, memory: int) -> Any:
    _limit(seconds, memory)
    from pypdf import PdfReader  # noqa: PLC0415  # after the limits

    logging.disable(logging.CRITICAL)
    return PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False)


def _end_after(seconds: float) -> None:
    """This program ends when the step that begins now takes more time of the processor."""
    with contextlib.suppress(ImportError, AttributeError):
        import signal  # noqa: PLC0415

        signal.setitimer(signal.ITIMER_PROF, seconds)


def _is_active(reader: Any, words: list[str], seconds: float) -> bool:
    """Whether an object that the cross-reference table leads to has one of the names as a key or a value, or acts."""
    names = {f"/{word}" for word in words}
    until = time.monotonic() + seconds
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    for number in [None, *sorted(numbers)]:
        if time.monotonic() > until:
            break
        with contextlib.suppress(Exception):  # a broken object is not read by anybody
            if _has(reader.root_object if number is None else reader.get_object(number), names):
                return True
    return False


def _has(value: Any, names: set[str]) -> bool:
    """Inside one object; references lead to objects that are walked anyway."""
    left = [value]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            if _acts(part):
                return True
            left += [*part.keys(), *(dict.__getitem__(part, key) for key in part)]
        elif isinstance(part, list):
            left += list.__iter__(part)
        elif isinstance(part, str) and part in names:
            return True
    return False


def _acts(part: Any) -> bool:
    """Whether it leads out of the file by itself; an action may name those that follow it."""
    left = [part["/OpenAction"]] if "/OpenAction" in part else []
    if "/AA" in part and isinstance(part["/AA"], dict):
        left += part["/AA"].values()
    for _number in range(MAX_CHAINED):
        if not left:
            return False
        action = left.pop().get_object()
        if isinstance(action, dict):
            if "/S" in action and action["/S"] in LEAD_OUT:
                return True
            if "/Next" in action:
                following = action["/Next"]
                left += list.__iter__(following) if isinstance(following, list) else [following]
    return True


def _limit(seconds: int, memory: int) -> None:
    """Where the system has limits (not on Windows); some systems refuse one of them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main()
