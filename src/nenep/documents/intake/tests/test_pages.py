"""PDF files with a text layer: the same fields as from the text, paragraphs over pages, and what is no text."""

import io

import pytest
from PIL import Image

from nenep.documents.intake.lines import lines_of
from nenep.documents.intake.paragraphs import paragraphs_of
from nenep.documents.intake.reading import read_lines
from nenep.documents.intake.tests.papers import make_paper
from nenep.documents.intake.tests.specimens import NAMES, damaged_text, read_text, specimen
from nenep.files.marking import SecretMarking
from nenep.files.tests.make import make_pdf
from nenep.rulebook import rules_on
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.either_database


def read_paper(text):
    return read_lines(lines_of("van-ban.pdf", make_paper(text)), rules_on(today()).numbering)


def unpaged(text):
    """The page number inside a specimen is that of its own paper."""
    return text.replace("\n\n2\n\n", " ")


def outline(sections):
    return [(one["marker"], one["title"], one["text"], outline(one["sections"])) for one in sections]


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_reads_like_its_text(name):
    made = specimen(name)
    as_text, as_paper = read_text(unpaged(made["text"])), read_paper(unpaged(made["text"]))
    assert {field: as_paper[field] for field in made["fields"]} == made["fields"]
    assert outline(as_paper["sections"]) == outline(as_text["sections"])
    assert [one["as_read"] for one in as_paper["figures"]] == [one["as_read"] for one in as_text["figures"]]
    assert (as_paper["suspects"], as_paper["checks"]) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_a_damaged_paper_is_suspected_like_its_text(name):
    found = read_paper(unpaged(damaged_text(specimen(name))))["suspects"]
    assert [[one["as_read"], one["suggestion"]] for one in found] == specimen(name)["suspects"]


LONG = "Chi bộ giữ vững nền nếp sinh hoạt, kỷ luật của tổ chức đảng và đoàn kết nội bộ trong mọi hoàn cảnh. "


def test_a_paragraph_that_a_page_parts_is_one_and_its_lines_know_their_pages():
    lines = lines_of("a.pdf", make_paper("\n\n".join([(LONG * 12).strip()] * 9)))
    made = paragraphs_of(lines)
    assert [one.text for one in made] == [(LONG * 12).strip()] * 9
    assert {line.page for line in lines} == {1, 2, 3, 4}
    parted = [one for one in made if len({lines[number - 1].page for _start, number in one.starts}) > 1]
    assert len(parted) >= 2
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


def test_numbers_of_pages_go_and_other_numbers_stay():
    text = "\n\n".join(["Họp chi bộ."] * 30 + ["31"] + ["Họp chi bộ."] * 30)
    lines = [line.text.strip() for line in lines_of("a.pdf", make_paper(text)) if line.text.strip()]
    assert "31" in lines
    assert "2" not in lines
    first = [line.text.strip() for line in lines_of("a.pdf", make_paper("45\n\nHọp chi bộ."))]
    assert first[0] == "45"


def test_a_full_line_goes_on_after_a_sentence_and_a_short_one_does_not():
    ended = "Chi bộ giữ vững nền nếp sinh hoạt, kỷ luật của tổ chức đảng và đoàn kết tốt."
    text = f"{LONG * 3}\n\n{ended}\nĐảng viên đọc trước tài liệu.\nChi ủy họp trước."
    assert [one.text for one in paragraphs_of(lines_of("a.pdf", make_paper(text)))][1:] == [
        f"{ended} Đảng viên đọc trước tài liệu.",
        "Chi ủy họp trước.",
    ]


@pytest.mark.parametrize("line", ["TỐI MẬT", "Mật", "T U Y Ệ T  M Ậ T"])
def test_a_secret_paper_is_refused(line):
    with pytest.raises(SecretMarking):
        lines_of("a.pdf", make_paper(f"ĐẢNG BỘ X                  {line}\n\nSố 1-BC/X\n\n{LONG}"))


def make_scan(*, text=""):
    made = io.BytesIO()
    Image.new("L", (300, 400), 255).save(made, "PDF")
    return made.getvalue()


def test_a_scan_has_no_letters():
    with pytest.raises(Refused, match="ảnh quét"):
        lines_of("a.pdf", make_scan())


def test_a_page_that_is_blank_is_no_scan():
    lines = lines_of("a.pdf", make_paper("Họp chi bộ.", before="#pagebreak()"))
    assert [(line.page, line.text) for line in lines if line.text.strip()] == [(2, "Họp chi bộ.")]
    with pytest.raises(Refused, match="không có chữ nào"):
        lines_of("a.pdf", make_pdf(" "))
