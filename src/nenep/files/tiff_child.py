"""A program of its own (see `tiff`): a TIFF image on standard input, on standard output its pages as a PDF of images.

`pages`, `pixels` or `broken` on the other output say why there is none.
"""

import contextlib
import io
import sys

CPU_SECONDS = 6
MEMORY = 512 * 1024 * 1024
MAX_PAGES, MAX_PIXELS = 40, 40_000_000
_MODES = {"1", "L", "RGB"}
_RESOLUTION = 200.0


class Refused(Exception):
    """Says which limit."""


def main() -> None:
    _limit()
    from PIL import Image  # noqa: PLC0415  # after the limits

    Image.MAX_IMAGE_PIXELS = None  # looked at below, before a page is unpacked, with a sentence of our own
    try:
        made = _drawn_anew(sys.stdin.buffer.read())
    except Refused as refused:
        sys.exit(str(refused))
    except Exception:  # noqa: BLE001  # whatever a broken image raises
        sys.exit("broken")
    sys.stdout.buffer.write(made)


def _drawn_anew(content: bytes) -> bytes:
    """Each page is unpacked, and packed again without the rest of what the file carried; sizes are looked at before."""
    from PIL import Image  # noqa: PLC0415
    from pypdf import PdfWriter  # noqa: PLC0415

    writer = PdfWriter()
    with Image.open(io.BytesIO(content), formats=["TIFF"]) as image:
        for number in range(MAX_PAGES + 1):
            with contextlib.suppress(EOFError):
                image.seek(number)
            if image.tell() != number:
                break
            if number == MAX_PAGES:
                raise Refused("pages")
            if image.width * image.height > MAX_PIXELS:
                raise Refused("pixels")
            page = image if image.mode in _MODES else image.convert("RGB")
            drawn, made = Image.new(page.mode, page.size), io.BytesIO()
            drawn.paste(page)
            drawn.save(made, "PDF", resolution=_RESOLUTION)
            writer.append(made)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def _limit() -> None:
    """Where the system has limits (not on Windows); some systems refuse one of them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
