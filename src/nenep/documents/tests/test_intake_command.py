"""`./nenep intake`: one JSON document, one sentence for a file that is not read, and limits for a hostile one."""

import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.core.management import call_command

from nenep.documents.intake.tests.specimens import specimen
from nenep.files.tests.make import (
    make_bomb,
    make_crowded_word,
    make_pdf,
    make_sheet,
    make_wide_png,
    make_word,
    repacked,
    with_link,
)

pytestmark = pytest.mark.either_database

ROOT = Path(__file__).parents[4]
SHAPE = {
    "kind", "number", "issuer", "place", "date", "subject", "stamp", "opening", "sections", "recipients", "signer", "signed_as",
    "citations", "figures", "suspects", "checks", "elapsed_ms",
}  # fmt: skip


def run(capsys, *arguments):
    try:
        call_command("intake", *map(str, arguments))
        code = 0
    except SystemExit as ended:
        code = ended.code
    return code, capsys.readouterr()


def written(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    return file


def objects_in(value):
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects_in(part)


def test_json_is_one_document_in_the_agreed_shape(capsys, tmp_path):
    file = written(tmp_path, "cong-van.txt", specimen("cong-van")["text"].encode())
    code, said = run(capsys, file, "--json")
    found = json.loads(said.out)
    assert (code, said.err) == (0, "")
    assert set(found) == SHAPE
    assert [one["unit"] for one in found["figures"]] == ["ngày"]
    assert found["checks"] == []
    assert [
        one for one in objects_in(found) if {"key", "value"} <= one.keys()
    ] == []  # only figures of the program
    assert set(found["number"]) == {"as_read", "uncertain"}
    assert set(found["stamp"]) == {"receiver", "number", "date", "routed_to"}


def test_a_word_file_reads_like_its_text(capsys, tmp_path):
    text = specimen("nghi-quyet")["text"]
    as_text = written(tmp_path, "nghi-quyet.txt", text.rstrip("\n").encode())
    as_word = written(tmp_path, "nghi-quyet.docx", make_word(*text.rstrip("\n").split("\n")))
    first, second = (json.loads(run(capsys, file, "--json")[1].out) for file in (as_text, as_word))
    assert first | {"elapsed_ms": 0} == second | {"elapsed_ms": 0}


def test_without_json_the_fields_are_told(capsys, tmp_path):
    text = specimen("cong-van")["text"].replace("Số 08-CV/VP", "Số O8-CV/VP")
    text = text.replace(
        "Đề nghị các chi bộ quan tâm", "Có 27/30 chi bộ, đạt 80%. Đề nghị các chi bộ quan tâm"
    )
    code, said = run(capsys, written(tmp_path, "cong-van.txt", text.encode()))
    assert code == 0
    assert "Loại: Công văn\nSố: O8-CV/VP (chưa chắc, đọc sao ghi vậy)\n" in said.out
    assert "Dòng 24: 27 trên 30 là 90%, nhưng ghi 80%.\n" in said.out
    assert "Dấu đến: CHI BỘ TRƯỜNG TIỂU HỌC LONG TÂN, 15, --02-09, đ/c Hạnh, đ/c Phúc" in said.out


def test_a_missing_file_is_bad_use_and_an_unread_one_a_finding(capsys, tmp_path):
    code, said = run(capsys, tmp_path / "khong-co.txt", "--json")
    assert (code, said.out) == (2, "")
    assert "Không có tệp" in said.err
    code, said = run(capsys, written(tmp_path, "la.rtf", b"{\\rtf1 a}"), "--json")
    assert (code, said.out) == (1, "")
    assert said.err == (
        "Tệp RTF chưa đọc được ở đây; hiện chỉ đọc tệp chữ (.txt), Word (.docx), Excel (.xlsx), "
        "PDF và ảnh (PNG, JPEG, TIFF).\n"
    )


def test_a_pdf_is_read(capsys, tmp_path):
    code, said = run(
        capsys, written(tmp_path, "a.pdf", make_pdf("ĐẢNG BỘ X", "Số 05-KH/TU", "KẾ HOẠCH")), "--json"
    )
    found = json.loads(said.out)
    assert (code, found["kind"], found["number"]["as_read"]) == (0, "Kế hoạch", "05-KH/TU")


def test_a_secret_paper_is_not_read(capsys, tmp_path):
    code, said = run(
        capsys, written(tmp_path, "a.docx", make_word("ĐẢNG BỘ X", "TỐI MẬT", "Số 1-BC/X")), "--json"
    )
    assert (code, said.out) == (1, "")
    assert "bí mật nhà nước" in said.err


def huge(tmp_path):
    file = tmp_path / "lon.txt"
    with file.open("wb") as opened:
        opened.truncate(100 * 1024 * 1024)
    return file


def paper(content, *, kids=1, filters=b"/Filter/FlateDecode"):
    """A PDF of one page with this content, which stands in its tree `kids` times."""
    stream = zlib.compress(content, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (kids, b" ".join([b"3 0 R"] * kids)),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), filters, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(parts, start=1))
    return b"%PDF-1.5\n" + objects + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF"


TINY = b"BT /F1 9 Tf 10 10 Td " + b"(a)Tj 1 1 Td " * 70_000 + b"ET"
HOSTILE = {
    "100 MB": (huge, "Tệp lớn hơn"),
    "bomb": (lambda folder: written(folder, "bom.docx", make_bomb()), "bung ra quá lớn"),
    "crowd": (lambda folder: written(folder, "day.docx", make_crowded_word()), "quá dài"),
    "macro": (
        lambda folder: written(
            folder, "macro.docx", repacked(make_word(), add={"word/vbaProject.bin": b"x"})
        ),
        "macro",
    ),
    "link": (
        lambda folder: written(
            folder, "noi.docx", with_link(make_word(), "image", "https://a.example/x.png")
        ),
        "nối tới",
    ),
    "PDF that unpacks": (
        lambda folder: written(folder, "bung.pdf", paper(bytes(150_000_000))),
        "bung ra quá lớn",
    ),
    "PDF that unpacks below the bound": (
        lambda folder: written(folder, "vua.pdf", paper(bytes(90_000_000))),
        "quá phức tạp",
    ),
    "PDF with pages without end": (
        lambda folder: written(folder, "trang.pdf", paper(b"BT ET", kids=100_000)),
        "quá phức tạp",
    ),
    "PDF with too many pages": (
        lambda folder: written(folder, "dai.pdf", paper(b"BT ET", kids=200)),
        "quá dài",
    ),
    "PDF that draws without end": (lambda folder: written(folder, "ve.pdf", paper(TINY)), "quá phức tạp"),
    "PDF that draws much on each page": (
        lambda folder: written(folder, "nhieu.pdf", paper(TINY[:300_000] + b" ET", kids=140)),
        "quá dài",
    ),
    "PDF with a script": (
        lambda folder: written(
            folder, "ma.pdf", paper(b"BT ET", filters=b"/Filter/FlateDecode/JavaScript(a)")
        ),
        "tự chạy",
    ),
    "PDF that is locked": (
        lambda folder: written(folder, "khoa.pdf", paper(b"", filters=b"/Filter/FlateDecode/Encrypt 9 0 R")),
        "mật khẩu",
    ),
    "sheet that unpacks": (
        lambda folder: written(
            folder, "bung.xlsx", repacked(make_sheet(), add={"xl/media/a.bin": bytes(150_000_000)})
        ),
        "bung ra quá lớn",
    ),
    "sheet with a macro": (
        lambda folder: written(folder, "macro.xlsx", repacked(make_sheet(), add={"xl/vbaProject.bin": b"x"})),
        "macro",
    ),
    "sheet with a link": (
        lambda folder: written(
            folder, "noi.xlsx", repacked(make_sheet(), add={"xl/externalLinks/externalLink1.xml": b"<a/>"})
        ),
        "macro hoặc đối tượng nhúng",
    ),
    "sheet that is full": (
        lambda folder: written(folder, "day.xlsx", make_sheet(*[(1,) * 60] * 5_001)),
        "quá dài",
    ),
    "image of 900 million points": (
        lambda folder: written(folder, "rong.png", make_wide_png()),
        "chưa có chương trình nhận dạng",
    ),
    "program": (
        lambda folder: written(folder, "chay.docx", b"MZ\x90\x00" + bytes(5000)),
        "không phải tệp chữ",
    ),
}


# Its own time and that of its children, whatever else the machine does; peak memory with the whole program loaded. `getrusage` would count the
# memory of the test process too, which the child had until it became another program.
CHILD = """
import io, json, os, re, resource, sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
sys.path.insert(0, "src")
import django
django.setup()
from django.core.management import call_command
answers = []
for file in sys.argv[1:]:
    said, began, code = io.StringIO(), sum(os.times()[:4]), 0
    with redirect_stderr(said), redirect_stdout(io.StringIO()) as out:
        try:
            call_command("intake", file, "--json")
        except SystemExit as ended:
            code = ended.code
    answers.append([code, out.getvalue(), said.getvalue(), sum(os.times()[:4]) - began])
status = Path("/proc/self/status")
peak = re.search("VmHWM:[ \\t]*([0-9]+)", status.read_text()) if status.exists() else None
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([answers, peak and int(peak[1]) / 1024, children / 1024]))
"""


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """What the command answers to each of HOSTILE in turn, and the most memory that it took, in MB; None: not known."""
    folder = tmp_path_factory.mktemp("hostile")
    files = [str(make(folder)) for make, _reason in HOSTILE.values()]
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *files],
        cwd=ROOT,
        env={
            **os.environ,
            "NENEP_OCR": "",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "NENEP_PROFILE": "demo",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(child.stdout)


def test_hostile_files_are_refused_in_little_time(refused):
    for (_make, reason), (code, out, err, seconds) in zip(HOSTILE.values(), refused[0], strict=True):
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert reason in err
        assert seconds < 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the highest use of memory from /proc")
def test_hostile_files_are_refused_with_little_memory(refused):
    assert refused[1] < 256
    # What reads a PDF begins as a copy of this program, and may not grow beyond 224 MB of addresses.
    assert refused[2] < 256
