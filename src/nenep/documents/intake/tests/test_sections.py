"""Paragraphs that a page cut, the hierarchy of sections, and the documents that a text cites."""

import re

import pytest

from nenep.documents.intake.lines import lines_of
from nenep.documents.intake.paragraphs import paragraphs_of
from nenep.documents.intake.tests.specimens import FOUNDING, NAMES, damaged_text, line_of, read_text, specimen

pytestmark = pytest.mark.either_database


def paragraphs(text):
    return paragraphs_of(lines_of("a.txt", text.encode()))


def outline(sections):
    return [(one["marker"], one["title"], outline(one["sections"])) for one in sections]


def test_a_paragraph_cut_by_a_page_is_one_and_knows_its_lines():
    (made,) = paragraphs("Chi bộ giữ vững kỷ luật của tổ\n\n2\n\nchức đảng ở cơ sở.\n")
    assert made.text == "Chi bộ giữ vững kỷ luật của tổ chức đảng ở cơ sở."
    assert [made.line_at(made.text.index(word)) for word in ("Chi", "tổ", "chức")] == [1, 1, 5]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chi bộ họp.\n\nmở đầu bằng", ["Chi bộ họp.", "mở đầu bằng"]),
        ("Chi bộ họp\n\nĐảng viên dự", ["Chi bộ họp", "Đảng viên dự"]),
        ("Chi bộ họp và\n\na) báo cáo", ["Chi bộ họp và", "a) báo cáo"]),
        ("Có 12 đồng chí dự\n- Vắng một", ["Có 12 đồng chí dự", "- Vắng một"]),
        ("I- KẾT QUẢ\ncủa chi bộ", ["I- KẾT QUẢ", "của chi bộ"]),
        ("Nghị quyết số 02-\n\nNQ/ĐU của Đảng ủy", ["Nghị quyết số 02- NQ/ĐU của Đảng ủy"]),
        ("Chi bộ họp,\nĐảng viên dự", ["Chi bộ họp, Đảng viên dự"]),
        ("Họp.\n\n7\n\nHết.", ["Họp.", "7", "Hết."]),
        ("Họp.\n\n- 2 -\n\nHết.", ["Họp.", "Hết."]),
    ],
)
def test_only_what_goes_on_is_joined(text, wanted):
    assert [made.text for made in paragraphs(text)] == wanted


def test_each_mark_stands_under_the_marks_above_it():
    text = (
        "I- TÌNH HÌNH:\n\n1- Thuận lợi\n\na) Về tổ chức\n\n- Có 3 tổ đảng.\n+ Tổ một.\n\n2- Khó khăn\n\n"
        "II- ĐÁNH GIÁ\n\n** ƯU ĐIỂM:**\n\n1. Chi bộ họp đều.\n\nNguyên nhân ưu điểm:\n\n- Chi ủy chuẩn bị kỹ.\n\n"
        "HẠN CHẾ CÒN LẠI\n\n1.1. Ít phát biểu.\n"
    )
    assert outline(read_text(text)["sections"]) == [
        (
            "I-",
            "TÌNH HÌNH",
            [
                ("1-", "Thuận lợi", [("a)", "Về tổ chức", [("-", None, [("+", None, [])])])]),
                ("2-", "Khó khăn", []),
            ],
        ),
        (
            "II-",
            "ĐÁNH GIÁ",
            [
                ("**", "ƯU ĐIỂM", [("1.", None, [])]),
                (None, "Nguyên nhân ưu điểm", [("-", None, [])]),
                (None, "HẠN CHẾ CÒN LẠI", [("1.1.", None, [])]),
            ],
        ),
    ]


def test_numbers_at_the_start_of_a_sentence_are_no_marks():
    text = "I- KẾT QUẢ\n\n3.918 đảng viên dự.\n\n5-10 phút cho mỗi ý kiến.\n\n17/7 họp chi ủy.\n"
    (section,) = read_text(text)["sections"]
    assert section["sections"] == []
    assert section["text"].count("\n") == 2


def test_the_text_before_the_first_section_is_the_opening_and_the_foot_is_none_of_it():
    found = read_text(specimen("ke-hoach")["text"])
    assert found["opening"].startswith("Căn cứ Hướng dẫn")
    assert [one["marker"] for one in found["sections"]] == ["I-", "II-", "III-"]
    assert found["sections"][-1]["text"].endswith("tổng hợp kết quả.")


def test_the_founding_report_or_its_stand_in_has_its_sections_in_order():
    text = FOUNDING.read_text(encoding="utf-8") if FOUNDING.exists() else damaged_text(specimen("bao-cao"))
    romans = re.findall(r"^([IVX]+[-.]) *[A-ZĐ]", text, re.MULTILINE)
    found = read_text(text)
    assert [one["marker"] for one in found["sections"]] == romans
    assert len(romans) >= 3
    # A page ended within a sentence.
    assert not [part for part in parts_of(found["sections"]) if part[0].islower()]


def parts_of(sections):
    for one in sections:
        yield from filter(None, one["text"].split("\n"))
        yield from parts_of(one["sections"])


def cited_line_by_line(text):
    """The slow way: symbols without gaps, whatever stands around them, less the document's own."""
    found = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.startswith("Số "):
            for symbol in re.findall(r"\d+-[A-ZĐ][A-Za-zĐ]+/[A-ZĐ.]+[A-ZĐ]", line.replace("- ", "-")):
                found.setdefault(symbol, []).append(number)
    return {symbol: sorted(set(lines)) for symbol, lines in found.items()}


@pytest.mark.parametrize("name", [*NAMES, "founding"])
def test_every_cited_document_is_found_with_all_its_lines(name):
    text = FOUNDING.read_text(encoding="utf-8") if FOUNDING.exists() else ""
    text = (
        text if text and name == "founding" else specimen("bao-cao" if name == "founding" else name)["text"]
    )
    cited = {one["symbol"]: one["lines"] for one in read_text(text)["citations"] if "-" in one["symbol"]}
    assert cited == cited_line_by_line(text)


def test_a_citation_that_the_end_of_a_line_parts_is_one():
    found = read_text("Thực hiện Nghị quyết số 02-\nNQ/ĐUK và Chỉ thị số 10 – CT/TW.\n")
    assert found["citations"] == [{"symbol": "02-NQ/ĐUK", "lines": [1]}, {"symbol": "10-CT/TW", "lines": [2]}]


def test_a_doubtful_symbol_is_cited_as_read():
    assert read_text("Theo Kế hoạch số O3-KH/ĐU.\n")["citations"] == [{"symbol": "O3-KH/ĐU", "lines": [1]}]


def test_papers_of_the_state_and_numbers_in_a_row_are_cited():
    text = "Theo Luật số 91/2025/QH15, Nghị định 356/2025/NĐ-CP; các quy định 12, 15 và 17 của Ban Bí thư.\n"
    symbols = [one["symbol"] for one in read_text(text)["citations"]]
    assert symbols == ["91/2025/QH15", "356/2025/NĐ-CP", "Quy định 12", "Quy định 15", "Quy định 17"]


def test_other_numbers_are_no_citations():
    assert (
        read_text("Kế hoạch 5 năm của tỉnh, ngày 17/7/2006, nghị quyết 3 nội dung, A4-B5.\n")["citations"]
        == []
    )


def test_the_line_of_a_section_is_that_of_its_mark():
    text = specimen("nghi-quyet")["text"]
    assert read_text(text)["sections"][1]["line"] == line_of(text, "II- NHIỆM VỤ")
