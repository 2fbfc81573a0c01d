"""A TIFF becomes a PDF of its pages, drawn anew in a child process; what is broken, huge or endless ends there."""

import io
import resource
import struct

import pytest
from PIL import Image

from nenep.files import reading, tiff, tiff_child
from nenep.files.checking import check
from nenep.files.images import MAX_PIXELS
from nenep.files.models import FileType
from nenep.shared.states import Refused


def make_tiff(mode="1", *, pages=2, size=(300, 400), compression="group4", **more):
    made = io.BytesIO()
    first, *others = [Image.new(mode, size) for _page in range(pages)]
    first.save(made, "TIFF", save_all=True, append_images=others, compression=compression, **more)
    return made.getvalue()


def header(*entries, following=0):
    """A little-endian TIFF whose only directory has these (tag, type, count, value)."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\x00" + struct.pack("<IH", 8, len(entries)) + body + struct.pack("<I", following)


def of_size(width, height):
    return header(
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, 100),
    )


@pytest.mark.parametrize(
    ("mode", "compression"),
    [
        ("1", "group4"),
        ("L", "tiff_lzw"),
        ("RGB", "jpeg"),
        ("RGB", "tiff_adobe_deflate"),
        ("P", None),
        ("RGBA", None),
        ("CMYK", None),
    ],
)
def test_its_pages_become_a_pdf_that_can_be_read(tmp_path, mode, compression):
    kept = check("Bản quét.TIF", make_tiff(mode, pages=3, compression=compression))
    assert (kept.name, kept.content_type) == ("Bản quét.pdf", FileType.PDF)
    scanned = reading.scanned_pages(kept.content, tmp_path)
    assert [number for number, _file in scanned] == [1, 2, 3]
    assert [Image.open(io.BytesIO(file.read_bytes())).size for _number, file in scanned] == [(300, 400)] * 3


def test_what_is_drawn_stays(tmp_path):
    page = Image.new("L", (60, 40), 255)
    page.paste(0, (10, 10, 30, 30))
    made = io.BytesIO()
    page.save(made, "TIFF")
    [(_number, file)] = reading.scanned_pages(check("a.tiff", made.getvalue()).content, tmp_path)
    shown = Image.open(io.BytesIO(file.read_bytes())).convert("L")
    assert (shown.getpixel((20, 20)) < 40, shown.getpixel((50, 20)) > 215) == (True, True)


def test_nothing_of_the_file_but_its_pixels_is_kept_and_twice_is_the_same():
    content = make_tiff("L", compression=None, software="CANARY-SOFTWARE", artist="CANARY-NAME")
    assert b"CANARY" in content
    kept = check("a.tif", content + b"CANARY-BEHIND").content
    assert b"CANARY" not in kept
    assert check("a.tif", content + b"CANARY-BEHIND").content == kept


HOSTILE = {
    "broken": (b"II*\x00" + bytes(100), "hỏng"),
    "cut off": (make_tiff("L", compression="tiff_lzw")[:-300], "hỏng"),
    "other order of bytes, broken": (b"MM\x00*" + bytes(100), "hỏng"),
    "too many pages": (make_tiff(pages=tiff.MAX_PAGES + 1, size=(8, 8)), "hơn 40 trang"),
    "huge": (lambda: make_tiff(pages=1, size=(8000, MAX_PIXELS // 8000 + 1)), "lớn hơn 40 triệu"),
    "a bomb": (of_size(60_000, 60_000), "lớn hơn 40 triệu"),
    "pages in a ring": (header((256, 4, 1, 8), (257, 4, 1, 8), following=8), "hỏng"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_one_is_refused_with_its_reason_within_two_seconds(case):
    made, reason = HOSTILE[case]
    content = made() if callable(made) else made
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(Refused, match=reason):
        check("a.tif", content)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2


def test_a_child_that_takes_too_long_is_ended(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time; time.sleep(30)")
    monkeypatch.setattr(tiff, "_CHILD", slow)
    monkeypatch.setattr(tiff, "SECONDS", 0.5)
    with pytest.raises(Refused, match="quá phức tạp"):
        check("a.tif", make_tiff())


def test_both_sides_of_the_child_have_the_same_limits():
    assert (tiff_child.MAX_PAGES, tiff_child.MAX_PIXELS) == (tiff.MAX_PAGES, MAX_PIXELS)
    assert tiff_child.CPU_SECONDS < tiff.SECONDS
