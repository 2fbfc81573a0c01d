"""Images and scanned PDF files, read by an engine; here a small program stands in for it."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from nenep.documents.intake import scans
from nenep.documents.intake.lines import lines_of
from nenep.documents.intake.reading import read
from nenep.documents.intake.tests.papers import make_paper
from nenep.documents.intake.tests.specimens import specimen
from nenep.files.marking import SecretMarking
from nenep.files.tests.make import make_image, make_wide_png
from nenep.files.tests.test_tiff import make_tiff
from nenep.rulebook import rules_on
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.either_database


@pytest.fixture
def engine(tmp_path, settings):
    """Sets a program as the engine: `write(code)`, Python with the arguments in `sys.argv`."""

    def write(code):
        program = tmp_path / "engine"
        program.write_text(f"#!{sys.executable}\nimport sys, os, time\n{code}\n", encoding="utf-8")
        program.chmod(0o755)
        settings.OCR_ENGINE = (str(program), "--psm", "4")

    return write


def saying(text):
    return f"sys.stdout.buffer.write({text.encode()!r})"


def make_scan(*sizes):
    made = io.BytesIO()
    first, *others = [Image.new("L", size, 255) for size in sizes or [(300, 400)]]
    first.save(made, "PDF", save_all=True, append_images=others)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"), [("a.png", make_image()), ("a.jpg", make_image("JPEG")), ("a.pdf", make_scan())]
)
def test_what_the_engine_reads_is_read_like_a_text(name, content, engine):
    made = specimen("ke-hoach")
    engine(saying(made["text"]))
    found = read(name, content, rules_on(today()).numbering)
    assert {field: found[field] for field in made["fields"]} == made["fields"]


def test_a_tiff_is_read_page_by_page_like_a_scanned_pdf(engine):
    engine("print('Trang', os.path.getsize(sys.argv[1]) > 0)")
    found = lines_of("a.tif", make_tiff(pages=3))
    assert [(line.page, line.text) for line in found if line.text] == [
        (page, "Trang True") for page in (1, 2, 3)
    ]


def test_the_engine_gets_a_list_of_arguments_an_image_drawn_anew_and_little_else(
    engine, monkeypatch, tmp_path
):
    monkeypatch.setenv("NENEP_MAIL_PASSWORD", "CANARY")
    engine(
        "print(' '.join(sys.argv[2:])); print('CANARY' in str(os.environ), open(sys.argv[1], 'rb').read(4));"
        "print(os.path.dirname(sys.argv[1]) == os.getcwd())"
    )
    content = make_image("JPEG", comment=b"CANARY-COMMENT")
    assert [line.text for line in lines_of("$(touch x); a.jpg", content)] == [
        "stdout -l vie -c preserve_interword_spaces=1 --psm 4", r"False b'\xff\xd8\xff\xe0'", "True",
    ]  # fmt: skip


def test_the_folder_of_the_engine_goes_with_its_answer(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    engine("open('left', 'w').write('x'); print(os.getcwd())")
    (line,) = lines_of("a.png", make_image())
    assert line.text.startswith(str(tmp_path))
    assert not Path(line.text).exists()


def test_each_scanned_page_has_its_lines_beside_pages_with_text(engine):
    engine("from PIL import Image; print(Image.open(sys.argv[1]).size[0])")
    writer, made = PdfWriter(), io.BytesIO()
    for content in (make_scan((310, 400)), make_paper("Họp chi bộ."), make_scan((320, 400), (330, 400))):
        for page in PdfReader(io.BytesIO(content)).pages:
            writer.add_page(page)
    writer.write(made)
    found = [(line.page, line.text) for line in lines_of("a.pdf", made.getvalue()) if line.text.strip()]
    assert found == [(1, "310"), (2, "Họp chi bộ."), (3, "320"), (4, "330")]


@pytest.mark.parametrize(("name", "content"), [("a.png", make_image()), ("a.pdf", make_scan())])
def test_without_an_engine_the_program_says_what_to_do(name, content, settings):
    settings.OCR_ENGINE = ()
    with pytest.raises(Refused, match=r"chưa có chương trình nhận dạng chữ.*NENEP_OCR"):
        lines_of(name, content)
    settings.OCR_ENGINE = ("khong-co-chuong-trinh-nay",)
    with pytest.raises(Refused, match="Không thấy chương trình"):
        lines_of(name, content)


@pytest.mark.parametrize("line", ["TỐI MẬT", "TÔI MÂT", "MẶT", "Độ mật: Tối mật"])
@pytest.mark.parametrize(("name", "content"), [("a.png", make_image()), ("a.pdf", make_scan())])
def test_a_secret_scan_is_refused(name, content, line, engine):
    engine(saying(f"ĐẢNG BỘ X\n\n{line}\n\nSố 1-BC/X\n"))
    with pytest.raises(SecretMarking):
        lines_of(name, content)


def test_a_secret_marking_on_a_later_page_is_seen(engine):
    engine("from PIL import Image; print('TUYET MAT' if Image.open(sys.argv[1]).size[0] == 320 else 'Họp')")
    with pytest.raises(SecretMarking):
        lines_of("a.pdf", make_scan((310, 400), (320, 400)))


@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(1)",
        "x = bytearray(2_000_000_000)",
        "[sys.stdout.write('a' * 1000) for _ in range(100_000)]",
        "time.sleep(60)",
        "while True: pass",
    ],
)
def test_an_engine_that_fails_or_takes_too_much_is_ended(code, engine, monkeypatch):
    monkeypatch.setattr(scans, "SECONDS", 3)
    monkeypatch.setattr(scans, "CPU_SECONDS", 1)
    engine(code)
    with pytest.raises(Refused, match="không đọc được ảnh"):
        lines_of("a.png", make_image())


def test_what_the_engine_started_ends_with_it(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(scans, "SECONDS", 2)
    mark = tmp_path / "mark"
    later = f"import time; time.sleep(2.5); open({str(mark)!r}, 'w')"
    engine(f"import subprocess; subprocess.Popen([{sys.executable!r}, '-c', {later!r}]); time.sleep(60)")
    with pytest.raises(Refused):
        lines_of("a.png", make_image())
    subprocess.run([sys.executable, "-c", "import time; time.sleep(2)"], check=True)
    assert not mark.exists()


def test_a_hostile_image_never_reaches_the_engine(engine):
    engine("sys.exit(1)")
    with pytest.raises(Refused, match="triệu điểm ảnh"):
        lines_of("a.png", make_wide_png())
    with pytest.raises(Refused, match="hỏng"):
        lines_of("a.png", make_image()[:40])
    with pytest.raises(Refused, match="trang ảnh"):
        lines_of("a.pdf", make_scan(*[(30, 40)] * (scans.MAX_PAGES + 1)))
