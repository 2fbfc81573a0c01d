import io
import os
import re
import resource
import subprocess
import sys
import zipfile
import zlib
from functools import cache

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from nenep.files.checking import check
from nenep.files.models import FileType
from nenep.files.tests.make import (
    make_active_pdf,
    make_bomb,
    make_crowded_word,
    make_image,
    make_located_photo,
    make_pdf,
    make_sheet,
    make_wide_png,
    make_word,
    make_zip,
    packed_pdf,
    repacked,
    with_content_type,
    with_field,
    with_link,
)
from nenep.shared.states import Refused

WORD, SHEET = make_word(), make_sheet()
MAIN = b"wordprocessingml.document.main+xml"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF_SCRIPT = b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)"


def doctype(code, before=""):
    text = f'{before}<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    return repacked(WORD, add={"word/extra.xml": text.encode(code)})


def overlapping():
    """Two entries of the directory that read the same bytes."""
    package = bytearray(WORD)
    directory = [found.start() for found in re.finditer(b"PK\x01\x02", WORD)]
    package[directory[1] + 42 : directory[1] + 46] = package[directory[0] + 42 : directory[0] + 46]
    return bytes(package)


def link_entry():
    made = io.BytesIO(WORD)
    with zipfile.ZipFile(made, "a") as package:
        entry = zipfile.ZipInfo("word/media/x")
        entry.external_attr = 0o120777 << 16
        package.writestr(entry, "/etc/passwd")
    return made.getvalue()


def action(name, key):
    def add(writer):
        parts = {NameObject("/S"): NameObject(name), NameObject(key): TextStringObject("x")}
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(parts))

    return add


def encrypted_pdf():
    writer, made = PdfWriter(clone_from=io.BytesIO(make_pdf())), io.BytesIO()
    writer.encrypt("khoa")
    writer.write(made)
    return made.getvalue()


def flooded_pdf():
    """Half a million starts of streams."""
    return make_pdf().replace(b"%%EOF", b"stream\n" * 500_000 + b"%%EOF", 1)


def swelling_pdf():
    return packed_pdf(bytes(300_000_000), packed=lambda inner: zlib.compress(inner, 1))


# What takes long to make is a function: each process that collects tests imports this.
HOSTILE = {
    "empty": (b"", "trống"),
    "svg": (SVG, "loại khác"),
    "html": (b"<!doctype html><script>alert(1)</script>", "loại khác"),
    "gif with script": (GIF_SCRIPT, "loại khác"),
    "program": (b"MZ" + bytes(100), "loại khác"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(50), "loại khác"),
    "old or encrypted Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "đời cũ"),
    "plain zip": (make_zip([("a.txt", "a")]), "loại khác"),
    "zip with a wrong tail": (b"PK\x03\x04" + bytes(300), "bị hỏng"),
    "truncated Word": (WORD[: len(WORD) // 2], "bị hỏng"),
    "zip of many entries": (lambda: make_zip([(f"{n}", "") for n in range(10_000)]), "quá nhiều phần"),
    "zip bomb": (make_bomb, "bung ra quá lớn"),
    "zip bomb below 200 MB": (
        lambda: make_zip([("[Content_Types].xml", bytes(100_000_000))]),
        "bung ra quá lớn",
    ),
    "zip that leads out": (repacked(WORD, add={"../../etc/x.xml": "<x/>"}), "bất thường"),
    "zip with a link": (link_entry(), "bất thường"),
    "zip with overlaps": (overlapping(), "bất thường"),
    "zip with a name twice": (repacked(WORD, add={"WORD/Document.xml": "<x/>"}), "bất thường"),
    "zip packed oddly": (make_zip([("[Content_Types].xml", "<x/>")], method=zipfile.ZIP_LZMA), "bất thường"),
    "encrypted entries": (repacked(WORD, flags=1), "mật khẩu"),
    "docm renamed": (
        with_content_type(
            WORD,
            b"application/vnd.openxmlformats-officedocument." + MAIN,
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        "macro",
    ),
    "template renamed": (
        with_content_type(WORD, MAIN, b"wordprocessingml.template.main+xml"),
        "thông thường",
    ),
    "presentation": (
        with_content_type(WORD, b"wordprocessingml.document", b"presentationml.presentation"),
        "thông thường",
    ),
    "macro part": (repacked(WORD, add={"word/vbaProject.bin": b"x"}), "macro"),
    "active control": (repacked(WORD, add={"word/activeX/activeX1.xml": "<x/>"}), "macro"),
    "embedded object": (repacked(WORD, add={"word/embeddings/oleObject1.bin": b"x"}), "macro"),
    "sheet of old macros": (repacked(SHEET, add={"xl/macrosheets/sheet1.xml": "<x/>"}), "macro"),
    "sheet linked outside": (repacked(SHEET, add={"xl/externalLinks/externalLink1.xml": "<x/>"}), "macro"),
    "template from elsewhere": (with_link(WORD, "attachedTemplate", "https://a.example/t.dotm"), "nối tới"),
    "picture from elsewhere": (with_link(WORD, "image", "https://a.example/p.png"), "nối tới"),
    "link to a file": (with_link(WORD, "hyperlink", "file:////a.example/share/x"), "nối tới"),
    "foreign text part": (with_link(WORD, "aFChunk", "x.html", mode=""), "nối tới"),
    "entities": (doctype("utf-8"), "khai báo lạ"),
    "entities in UTF-16": (doctype("utf-16"), "khai báo lạ"),
    "entities after a long comment": (
        lambda: doctype("utf-8", before=f"<!--{'x' * 2_000_000}-->"),
        "khai báo lạ",
    ),
    "field that starts something": (with_field(WORD, "DDEAUTO cmd x"), "nối tới"),
    "field cut into runs": (with_field(WORD, " DD", "EAU", 'TO "cmd" '), "nối tới"),
    "field that fetches": (with_field(WORD, 'INCLUDEPICTURE "https://a.example/x.png"'), "nối tới"),
    "broken XML": (repacked(WORD, add={"word/_rels/x.rels": "<a><b>"}), "bị hỏng"),
    "broken sheet": (
        repacked(SHEET, change=lambda _name, part: part.replace(b"<sheetData>", b"<sheetData><a></b>")),
        "bị hỏng",
    ),
    "damaged bytes": (WORD[:900] + bytes(40) + WORD[940:], "bị hỏng"),
    "PDF without end": (make_pdf()[:-3000], "hỏng"),
    "PDF of nothing": (b"%PDF-1.7\nobj\n%%EOF", "hỏng"),
    "PDF with script": (make_active_pdf(action("/JavaScript", "/JS")), "tự chạy"),
    "PDF that launches": (make_active_pdf(action("/Launch", "/F")), "tự chạy"),
    "PDF with a file": (make_active_pdf(lambda writer: writer.add_attachment("x.exe", b"MZ")), "tự chạy"),
    "PDF with an escaped name": (
        make_pdf().replace(b"%%EOF", b"9 0 obj <</S /J#61vaScrip#74>> endobj %%EOF", 1),
        "tự chạy",
    ),
    "PDF with packed script": (packed_pdf(b"1 0 <</S /JavaScript /JS (x)>>"), "tự chạy"),
    "PDF with a packed escaped name": (packed_pdf(b"1 0 <</S /#4CaunCH /S /#4Caunc#68>>"), "tự chạy"),
    "PDF packed oddly": (packed_pdf(b"x", filters=b"/Filter /LZWDecode"), "nén theo cách lạ"),
    "PDF packed twice": (
        packed_pdf(b"x", filters=b"/Filter [/FlateDecode /FlateDecode]"),
        "nén theo cách lạ",
    ),
    "PDF packed with a predictor": (
        packed_pdf(b"x", filters=b"/Filter /FlateDecode /DecodeParms <</Predictor 12>>"),
        "nén theo cách lạ",
    ),
    "PDF with a password": (encrypted_pdf(), "mật khẩu"),
    "PDF that swells": (swelling_pdf, "bung ra quá lớn"),
    "PDF flooded with streams": (flooded_pdf, "bung ra quá lớn"),
    "PDF behind a web page": (b"<script>alert(1)</script>" + make_pdf(), "loại khác"),
    "huge image": (make_wide_png, "triệu điểm ảnh"),
    "image just too large": (lambda: make_image(size=(8_000, 5_001), mode="1"), "triệu điểm ảnh"),
    "broken image": (make_image()[:60], "bị hỏng"),
    "JPEG of nothing": (b"\xff\xd8\xff\xe0" + bytes(100), "bị hỏng"),
}


@cache
def hostile(case):
    content, _reason = HOSTILE[case]
    return content() if callable(content) else content


def processor_seconds():
    """Of this process and of the readers it started: what a busy machine does not distort."""
    own, readers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + readers.ru_utime + readers.ru_stime


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason_within_two_seconds(case):
    content, reason = hostile(case), HOSTILE[case][1]
    start = processor_seconds()
    with pytest.raises(Refused, match=reason) as refused:
        check("văn bản.pdf", content)
    assert processor_seconds() - start < 2
    assert str(refused.value).endswith(".")


HEAVY = (
    "zip of many entries",
    "zip bomb",
    "zip bomb below 200 MB",
    "entities after a long comment",
    "PDF that swells",
    "PDF flooded with streams",
    "huge image",
)
MEASURE = """
import re, sys
import django
django.setup()
from nenep.files.checking import check
from nenep.shared.states import Refused
def highest():
    return int(re.search("VmHWM: *([0-9]+)", open("/proc/self/status").read().replace("\t", " "))[1])
before = highest()
for path in sys.argv[1:]:
    try:
        check("x", open(path, "rb").read())
    except Refused:
        pass
print(highest() - before)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the highest use of memory from /proc")
def test_no_file_needs_more_than_256_megabytes(tmp_path):
    """In a process of its own, which nothing else has swollen before; the largest files that are taken too."""
    cases = [hostile(case) for case in HEAVY]
    taken = [make_image("JPEG", size=(8_000, 5_000)), make_crowded_word()]
    for number, content in enumerate([*cases, *taken]):
        (tmp_path / str(number)).write_bytes(content)
    paths = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *map(str, tmp_path.iterdir())],
        env={**os.environ, **paths, "NENEP_DATA": str(tmp_path / "data"), "NENEP_PROFILE": "demo"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert 100 * 1024 < int(done.stdout) < 256 * 1024


def test_a_file_above_the_limit_is_refused(settings):
    settings.FILE_MAX_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="lớn hơn 1 MB"):
        check("x.png", make_image() + bytes(1024 * 1024))


@pytest.mark.parametrize(
    ("name", "content", "content_type", "kept_name"),
    [
        ("Nghị quyết.pdf", make_pdf(), FileType.PDF, "Nghị quyết.pdf"),
        ("Nghị quyết.docx", WORD, FileType.DOCX, "Nghị quyết.docx"),
        ("danh sách.XLSX", SHEET, FileType.XLSX, "danh sách.XLSX"),
        ("ảnh.jpeg", make_image("JPEG"), FileType.JPEG, "ảnh.jpeg"),
        ("ảnh.jpg", make_image(), FileType.PNG, "ảnh.png"),
        ("virus.exe", make_image(), FileType.PNG, "virus.exe.png"),
        ("không đuôi", make_image(), FileType.PNG, "không đuôi.png"),
        ("..\\..\\etc\\ảnh.png", make_image(), FileType.PNG, "ảnh.png"),
        ("ảnh\u202egnp.exe", make_image(), FileType.PNG, "ảnhgnp.exe.png"),
    ],
)
def test_an_honest_file_is_taken_and_named_for_its_content(name, content, content_type, kept_name):
    checked = check(name, content)
    assert (checked.content_type, checked.name) == (content_type, kept_name)


@pytest.mark.parametrize("content", [make_pdf(), WORD, SHEET], ids=["pdf", "docx", "xlsx"])
def test_documents_are_kept_byte_for_byte(content):
    assert check("x", content).content == content


def test_a_link_to_a_web_page_is_no_harm():
    assert check("x.docx", with_link(WORD, "hyperlink", "https://a.example/")).content_type == FileType.DOCX


def test_a_photo_loses_place_time_and_camera_and_stands_upright():
    photo = make_located_photo()
    assert b"CANARY-CAMERA" in photo
    assert b"CANARY-COMMENT" in photo
    kept = check("ảnh.jpg", photo).content
    assert b"CANARY" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert image.size == (30, 40)


def test_what_is_hung_on_an_image_is_gone():
    for kind in ("PNG", "JPEG"):
        kept = check("x", make_image(kind) + b"<script>alert(1)</script>PK\x03\x04").content
        assert b"script" not in kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_drawn_anew(mode):
    with Image.open(io.BytesIO(check("x", make_image(mode=mode)).content)) as image:
        assert image.size == (40, 30)


def test_a_print_jpeg_becomes_a_screen_jpeg():
    with Image.open(io.BytesIO(check("x", make_image("JPEG", mode="CMYK")).content)) as image:
        assert image.mode == "RGB"
