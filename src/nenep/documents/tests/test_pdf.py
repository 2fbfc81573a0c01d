import io
import re
import statistics
import time
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from nenep.documents import glyphs, pdf
from nenep.documents.content import Heading, NumberedList, Paragraph, Recipient, Speech, Table
from nenep.documents.layout import layout_on
from nenep.documents.tests.make import EVERY_LETTER, LAYOUT, make_minutes, make_resolution

HOSTILE = (
    '#read("/etc/passwd")',
    "$x$",
    "*b*",
    "- x",
    "@a",
    '<b>&"',
    "= tiêu đề",
    "\\",
    "//x",
    "`raw`",
    "#import",
    "]]]",
    "{{x}}",
    "https://a.vn",
)


def text_of(made):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def flat(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def read(document, layout=LAYOUT):
    return flat(text_of(pdf.render(document, layout)))


def test_the_head_has_both_columns_number_and_date():
    text = read(make_resolution())
    for words in (
        "ĐẢNG BỘ SỞ NÔNG NGHIỆP",
        "CHI BỘ VĂN PHÒNG",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 05-NQ/CB",
        "Thủ Dầu Một, ngày 05 tháng 9 năm 2026",
        "NGHỊ QUYẾT",
        "-----",
        "I- ĐÁNH GIÁ",
        "II- PHƯƠNG HƯỚNG",
        "a) Cải cách",
        "- Đảng ủy Sở (B/c),",
        "- Lưu Chi bộ.",
        "T/M CHI BỘ BÍ THƯ Nguyễn Thị Ánh Nguyệt",
    ):
        assert words in text, words


def test_minutes_have_no_date_in_the_head():
    text = read(make_minutes())
    assert "ngày 05 tháng 9 năm 2026" not in text
    assert "NGƯỜI GHI BIÊN BẢN" in text
    assert "Đồng chí Trần Văn Dũng 24: Nhất trí" in text


def test_every_vietnamese_letter_comes_back_from_the_file():
    assert EVERY_LETTER in read(make_resolution(blocks=(Paragraph(EVERY_LETTER),)))


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_type_is_never_read_as_markup(words):
    document = make_resolution(
        title=(words,),
        superior=words,
        number_line=words,
        note=words,
        recipients=(Recipient(words, words),),
        blocks=(
            Paragraph(words, lead=words),
            Heading(words),
            NumberedList((words,)),
            Speech(words, words),
            Table(header=(words,), rows=((words,),)),
        ),
    )
    text = read(document)
    assert text.count(words) + text.count(words.upper()) >= 10
    assert "root:" not in text


def test_the_same_content_gives_the_same_bytes():
    assert pdf.render(make_resolution(), LAYOUT) == pdf.render(make_resolution(), LAYOUT)
    assert pdf.render(make_resolution(day=None), LAYOUT) == pdf.render(make_resolution(day=None), LAYOUT)


def test_the_file_is_pdf_a_2b_with_its_fonts_inside():
    made = pdf.render(make_resolution(), LAYOUT)
    reader = PdfReader(io.BytesIO(made))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        below = font["/DescendantFonts"][0].get_object()
        assert "LiberationSerif" in below["/BaseFont"]
        assert {"/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"].get_object())


def test_the_page_is_a4_and_numbered_from_page_2():
    pages = PdfReader(io.BytesIO(pdf.render(make_minutes(), LAYOUT))).pages
    assert [round(float(size)) for size in pages[0].mediabox[2:]] == [595, 842]
    assert len(pages) == 3
    first_lines = [page.extract_text().strip().splitlines()[0].strip() for page in pages]
    assert first_lines[1:] == ["2", "3"]
    assert first_lines[0] != "1"


def test_a_signature_never_stands_alone_on_a_page():
    for sentences in range(1, 60):
        document = make_resolution(blocks=tuple(Paragraph(f"Câu số {n}.") for n in range(sentences)))
        last = PdfReader(io.BytesIO(pdf.render(document, LAYOUT))).pages[-1].extract_text()
        assert f"Câu số {sentences - 1}." in last


def test_characters_without_a_glyph_become_an_empty_box():
    text = read(make_resolution(blocks=(Paragraph("Ý kiến 漢 và 😀 giữ nguyên"),)))
    assert f"Ý kiến {glyphs.MISSING} và {glyphs.MISSING} giữ nguyên" in text


def test_the_symbols_of_forms_are_shown():
    symbols = " ".join(map(chr, sorted(glyphs.SYMBOLS)))
    assert symbols in read(make_resolution(blocks=(Paragraph(symbols),)))


def test_controls_and_direction_marks_leave_no_trace():
    text = read(make_resolution(blocks=(Paragraph("trước\u202e\x00\x0bgiữa\ud800\u200bsau"),)))
    assert "trước giữa sau" in text


def test_every_layout_of_the_rulebook_can_be_set():
    for day in (date(2012, 5, 3), date(2018, 5, 3), date(2026, 2, 3), date(2026, 9, 5)):
        text = read(make_resolution(day=day), layout_on(day))
        assert f"năm {day.year}" in text
    assert "ngày 03 tháng 02 năm 2026" in read(
        make_resolution(day=date(2026, 2, 3)), layout_on(date(2026, 2, 3))
    )


def test_a_document_older_than_the_known_layouts_says_whose_layout_it_has():
    layout = layout_on(date(2012, 5, 3))
    assert f"Trình bày theo thể thức của {layout.name}" in read(make_resolution(), layout)
    assert "Trình bày theo thể thức" not in read(make_resolution(), layout_on(date(2026, 9, 5)))


def test_what_is_under_the_signature_is_not_cut_when_much_is_written():
    long = make_resolution(
        superior="Đảng bộ " + "rất dài " * 30,
        title=("trích yếu " * 60,),
        recipients=(Recipient("Nơi " * 80),) * 12,
    )
    assert "Nguyễn Thị Ánh Nguyệt" in read(long)


def test_an_empty_document_can_be_set():
    assert pdf.render(make_resolution(blocks=(), recipients=(), signatures=(), title=()), LAYOUT)


def test_minutes_of_three_pages_take_at_most_250_ms():
    pdf.render(make_resolution(), LAYOUT)
    taken = []
    for number in range(5):
        document = replace(make_minutes(), place=f"Nơi {number}", superior=f"Đảng bộ {number}")
        start = time.perf_counter()
        pdf.render(document, LAYOUT)
        taken.append(time.perf_counter() - start)
    assert statistics.median(taken) <= 0.25


def test_what_was_added_after_signing_stands_below_the_signatures():
    paper = make_resolution(added=(Paragraph("Sai họ của một đồng chí.", lead="Đính chính lúc 9:00:"),))
    text = read(paper)
    assert text.index("Lưu Chi bộ") < text.index("Đính chính lúc 9:00: Sai họ của một đồng chí.")
