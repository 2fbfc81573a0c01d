"""A program of its own (see `reading`): a PDF on standard input, on standard output what stands in it as JSON.

The arguments are the names that must not occur. `{"active": whether one does, "text": the text of the first page}`.
"""

import contextlib
import io
import json
import logging
import sys
import time

CPU_SECONDS = 6
MEMORY = 512 * 1024 * 1024
MAX_TEXT = 20_000
# Longer papers are walked as far as this goes; the raw search has seen all of them.
WALK_SECONDS = 2
# What may not happen by itself when the file or a page opens; behind a link that somebody presses it may.
LEAD_OUT = {"/GoToR", "/Thread", "/URI"}
MAX_CHAINED = 50


def main() -> None:
    _limit()
    from pypdf import PdfReader  # noqa: PLC0415  # after the limits

    logging.disable(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False)
    text = reader.pages[0].extract_text() if reader.pages else ""
    found = _is_active(reader, {f"/{name}" for name in sys.argv[1:]})
    said = json.dumps({"active": found, "text": text[:MAX_TEXT]})
    sys.stdout.write(said)


def _is_active(reader, names) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Whether an object that the cross-reference table leads to has one of the names as a key or a value, or acts."""
    until = time.monotonic() + WALK_SECONDS
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    for number in [None, *sorted(numbers)]:
        if time.monotonic() > until:
            break
        with contextlib.suppress(Exception):  # a broken object is not read by anybody
            if _has(reader.root_object if number is None else reader.get_object(number), names):
                return True
    return False


def _has(value, names) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001
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


def _acts(part) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001
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


def _limit() -> None:
    """Where the system has limits (not on Windows); some systems refuse one of them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
