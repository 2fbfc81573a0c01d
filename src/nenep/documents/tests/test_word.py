import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from nenep.documents import pdf, word
from nenep.documents.composition import compose
from nenep.documents.content import Paragraph, Table
from nenep.documents.tests.looking import words_of_pdf, words_of_word
from nenep.documents.tests.make import LAYOUT, make_minutes, make_resolution
from nenep.documents.tests.test_pdf import HOSTILE


def opened(document):
    return docx.Document(io.BytesIO(word.render(document, LAYOUT)))


def words_of(made):
    """Every text of the body in order, tables included."""
    shown = (node.text for node in made.element.body.iter(qn("w:t")) if node.text)
    return re.sub(r"\s+", " ", " ".join(shown).replace("\u00a0", " "))


@pytest.mark.parametrize(
    "document",
    [make_resolution(), make_minutes(added=(Paragraph("Sai họ.", lead="Đính chính:"),))],
    ids=["resolution", "corrected minutes"],
)
def test_the_word_file_says_what_the_pdf_says(document):
    assert words_of_pdf(pdf.render(document, LAYOUT)) == words_of_word(word.render(document, LAYOUT))


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_type_stays_as_typed(words):
    assert words in words_of(opened(make_resolution(blocks=(Paragraph(words, lead=words),))))


def test_a_character_that_no_font_of_ours_has_stays_in_the_word_file():
    assert "漢 😀" in words_of(opened(make_resolution(blocks=(Paragraph("漢 😀"),))))


def test_paragraphs_have_real_styles_with_the_font_for_every_script():
    made = opened(make_resolution())
    used = {paragraph.style.name for paragraph in made.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Body Text"} <= used
    for name in used:
        fonts = made.styles[name].element.find(qn("w:rPr")).find(qn("w:rFonts"))
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            assert fonts.get(qn(f"w:{script}")) == LAYOUT.font, name


def test_pages_are_a4_with_the_margins_and_numbered_from_page_2():
    section = opened(make_resolution()).sections[0]
    assert [round(size.mm) for size in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_head_is_a_table_without_lines_and_data_are_a_table_with_lines():
    head, data, foot = opened(make_resolution()).tables
    assert head.style.name == foot.style.name == "Normal Table"
    assert data.style.name == "Table Grid"
    assert data.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in data.rows[1].cells] == [
        "1",
        "Rà soát hồ sơ lưu trữ năm 2025",
        "đang triển khai",
        "Hoàn thành",
    ]


def test_the_file_has_the_format_of_today_and_plain_style_keys():
    made = opened(make_resolution())
    modes = [
        setting.get(qn("w:val"))
        for setting in made.settings.element.iter(qn("w:compatSetting"))
        if setting.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]
    assert all(style.style_id.isascii() and "," not in style.name for style in made.styles)


def test_nothing_in_the_file_is_active_or_points_outside():
    packed = zipfile.ZipFile(io.BytesIO(word.render(make_resolution(), LAYOUT)))
    assert not [
        name for name in packed.namelist() if "thumbnail" in name
    ]  # of the template, not of this paper
    assert not [name for name in packed.namelist() if "vba" in name.lower() or "embed" in name.lower()]
    for name in packed.namelist():
        if name.endswith(".rels"):
            assert b"External" not in packed.read(name)


def test_the_same_content_gives_the_same_bytes():
    assert word.render(make_minutes(), LAYOUT) == word.render(make_minutes(), LAYOUT)


def test_the_file_tells_its_title_and_no_maker():
    properties = opened(make_resolution()).core_properties
    assert properties.title == "NGHỊ QUYẾT lãnh đạo thực hiện nhiệm vụ tháng 9/2026"
    assert properties.author == "CHI BỘ VĂN PHÒNG"
    assert "python" not in properties.comments


def test_a_line_break_in_a_cell_is_a_new_paragraph():
    document = make_resolution(blocks=(Table(header=("Việc",), rows=(("một\nhai",),)),))
    cell = opened(document).tables[1].rows[1].cells[0]
    assert [paragraph.text for paragraph in cell.paragraphs] == ["một", "hai"]


def test_compose_is_the_only_source_of_words():
    composed = compose(make_resolution(), LAYOUT)
    assert composed["pieces"][1]["text"] == "I- ĐÁNH GIÁ KẾT QUẢ LÃNH ĐẠO THÁNG 8"
