"""A program of its own (see `stamping`): a stamp is laid over the first page of a PDF.

On standard input the length of the stamp, the stamp and the PDF, on standard output the PDF with the stamp on it.
"""

import contextlib
import io
import logging
import struct
import sys

CPU_SECONDS = 12
MEMORY = 768 * 1024 * 1024
# Where the stamp stands on the page, in millimetres from its upper left corner.
LEFT_MM, TOP_MM = 30, 3
POINTS = 72 / 25.4


def main() -> None:
    _limit()
    from pypdf import PdfReader, PdfWriter, Transformation  # noqa: PLC0415  # after the limits

    logging.disable(logging.CRITICAL)
    given = sys.stdin.buffer.read()
    (length,) = struct.unpack(">Q", given[:8])
    stamp = PdfReader(io.BytesIO(given[8 : 8 + length])).pages[0]
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(given[8 + length :]), strict=False))
    page = writer.pages[0]
    if page.rotation:
        page.transfer_rotation_to_content()
    left = page.cropbox.left + _indent(page.cropbox.width, stamp.mediabox.width)
    bottom = page.cropbox.top - TOP_MM * POINTS - stamp.mediabox.height
    page.merge_transformed_page(stamp, Transformation().translate(float(left), float(bottom)))
    made = io.BytesIO()  # the writer asks where it is, which a pipe does not know
    writer.write(made)
    sys.stdout.buffer.write(made.getvalue())


def _indent(page: float, stamp: float) -> float:
    """The usual left margin; on a narrow page as far left as the stamp needs."""
    return max(0.0, min(LEFT_MM * POINTS, float(page) - float(stamp)))


def _limit() -> None:
    """Where the system has limits (not on Windows); some systems refuse one of them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
