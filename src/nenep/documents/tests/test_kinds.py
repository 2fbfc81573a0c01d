"""The ten kinds in the layouts of 2018 and 2026, as PDF and as Word."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from nenep.documents import pdf, word, word_page
from nenep.documents.composition import compose
from nenep.documents.content import Article, Authority, Grounds, Invitation
from nenep.documents.layout import layout_on
from nenep.documents.storing import as_json, from_json
from nenep.documents.tests.looking import MM, placed, words_of_pdf, words_of_word
from nenep.documents.tests.make import LAYOUT, make_resolution
from nenep.documents.tests.papers import PAPERS

DAYS = (date(2018, 9, 7), date(2026, 9, 7))
EVERY = [pytest.param(kind, day, id=f"{kind}-{day.year}") for kind in PAPERS for day in DAYS]


def texts(paper, layout=LAYOUT):
    return [f"{piece['lead']}|{piece['text']}".strip("|") for piece in compose(paper, layout)["pieces"]]


def test_there_are_ten_kinds():
    assert set(PAPERS) == {"NQ", "BB", "BC", "KH", "GM", "TB", "TTr", "CV", "QĐ", "HD"}


@pytest.mark.parametrize(("kind", "day"), EVERY)
def test_pdf_and_word_say_the_same_words_in_the_same_order(kind, day):
    paper, layout = replace(PAPERS[kind], day=day), layout_on(day)
    said = words_of_pdf(pdf.render(paper, layout))
    assert said == words_of_word(word.render(paper, layout))
    assert len(said) > 60


@pytest.mark.parametrize(("kind", "day"), EVERY)
def test_the_page_keeps_its_margins_and_its_fonts(kind, day):
    layout = layout_on(day)
    made = pdf.render(replace(PAPERS[kind], day=day), layout)
    runs = placed(made)
    for run in runs:
        is_number = run.page > 1 and run.text == str(run.page)
        assert layout.left_mm * MM - 0.5 <= run.x <= (210 - layout.right_mm) * MM, run
        assert run.y >= layout.bottom_mm * MM, run
        assert is_number or run.y + 0.8 * run.size <= (297 - layout.top_mm) * MM + 0.5, run
        assert run.font.startswith("LiberationSerif"), run
    assert b"pdfaid:part>2<" in PdfReader(io.BytesIO(made)).trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.parametrize("kind", PAPERS)
def test_the_head_has_two_columns_with_sizes_as_the_guide_says(kind):
    paper, layout = PAPERS[kind], layout_on(DAYS[1])
    runs = placed(pdf.render(paper, layout))
    party = next(run for run in runs if run.text == layout.party)
    star = next(run for run in runs if run.text == "*")
    assert (party.size, party.font) == (15, "LiberationSerif-Bold")
    assert star.x < party.x
    superior = runs[0]
    assert superior.text.startswith("ĐẢNG BỘ")
    assert (superior.size, superior.font) == (14, "LiberationSerif")
    if paper.number_line:
        number = next(run for run in runs if run.text == paper.number_line)
        assert number.y < star.y
        assert number.x < party.x
    if kind != "CV":
        name = next(run for run in runs if run.text == paper.kind_name.upper())
        rule = next(run for run in runs if run.text == "-----")
        assert (name.size, name.font) == (16, "LiberationSerif-Bold")
        assert rule.y < name.y < star.y


def test_a_letter_has_no_kind_name_but_its_subject_under_the_number():
    runs = placed(pdf.render(PAPERS["CV"], layout_on(DAYS[1])))
    place = {run.text: run for run in runs}
    assert "CÔNG VĂN" not in " ".join(place)
    assert "-----" not in place
    subject = next(run for run in runs if run.text.startswith("về việc cử"))
    assert (subject.size, subject.font) == (12, "LiberationSerif-Italic")
    assert place["Số 08-CV/CB"].y > subject.y > place["Kính gửi:"].y
    assert subject.x < place["ĐẢNG CỘNG SẢN VIỆT NAM"].x
    made = docx.Document(io.BytesIO(word.render(PAPERS["CV"], LAYOUT)))
    assert made.core_properties.title.startswith("CÔNG VĂN về việc cử đảng viên")
    assert [p.style.name for p in made.tables[0].cell(0, 0).paragraphs][-2:] == [
        word_page.NUMBER,
        word_page.LETTER_SUMMARY,
    ]
    assert [p.style.name for p in made.paragraphs][1:4] == [
        word_page.ADDRESSED,
        word_page.ADDRESSEE,
        word_page.ADDRESSEE,
    ]


def test_a_letter_without_a_subject_has_no_title_either():
    letter = replace(PAPERS["CV"], title=())
    said = words_of_pdf(pdf.render(letter, LAYOUT))
    assert "-----" not in said
    assert "VĂN" not in said
    assert said == words_of_word(word.render(letter, LAYOUT))


def test_one_addressee_stands_in_the_line_of_the_opening_word():
    assert compose(PAPERS["TTr"], LAYOUT)["salutation"] == ["Kính trình: Đảng ủy xã Long Tân"]
    assert compose(PAPERS["CV"], LAYOUT)["salutation"] == [
        "Kính gửi:",
        "- Ban Xây dựng Đảng Đảng ủy xã Long Tân,",
        "- Trung tâm Chính trị khu vực.",
    ]


def test_a_kind_without_an_opening_word_takes_no_addressees():
    with pytest.raises(ValueError, match="'NQ'"):
        compose(make_resolution(addressees=("Đảng ủy",)), LAYOUT)
    assert compose(make_resolution(addressees=(" ",)), LAYOUT)["salutation"] == []


def test_a_decision_rests_on_grounds_and_counts_its_articles():
    blocks = (
        Grounds(("Căn cứ Điều lệ Đảng,", "Xét đề nghị của chi ủy")),
        Authority("Chi bộ quyết định"),
        Article("Phân công."),
        Article("Báo cáo.\nMỗi quý.", title="Chế độ báo cáo"),
    )
    assert texts(make_resolution(blocks=blocks)) == [
        "- Căn cứ Điều lệ Đảng;",
        "- Xét đề nghị của chi ủy;",
        "CHI BỘ QUYẾT ĐỊNH",
        "Điều 1.|Phân công.",
        "Điều 2. Chế độ báo cáo",
        "Báo cáo.",
        "Mỗi quý.",
    ]
    authority = next(
        run
        for run in placed(pdf.render(PAPERS["QĐ"], LAYOUT))
        if run.text.endswith("QUYẾT ĐỊNH") and run.size == 14
    )
    assert authority.font == "LiberationSerif-Bold"
    grounds = next(run for run in placed(pdf.render(PAPERS["QĐ"], LAYOUT)) if "Căn cứ Điều lệ" in run.text)
    assert grounds.font == "LiberationSerif"  # upright


def test_an_invitation_leaves_out_what_is_empty():
    asked = Invitation(host="Chi bộ A", guests="đồng chí B", event="họp", time="8 giờ", place="phòng 2")
    assert texts(make_resolution(blocks=(asked,))) == [
        "Chi bộ A trân trọng kính mời:|đồng chí B",
        "Đến dự:|họp",
        "Thời gian:|8 giờ",
        "Địa điểm:|phòng 2",
    ]


def test_sections_are_numbered_as_the_guide_of_the_day_says():
    marks = [
        text.split()[0]
        for text in texts(PAPERS["BC"], layout_on(DAYS[0]))
        if text.startswith(("I", "1-", "1.", "2-", "a)"))
    ]
    assert marks[:3] == ["I-", "1-", "2-"]
    assert "1. Công tác chính trị, tư tưởng" in texts(PAPERS["BC"], layout_on(DAYS[1]))


def test_a_top_body_has_no_line_above_its_own_name():
    runs = placed(pdf.render(replace(PAPERS["BC"], superior=""), LAYOUT))
    assert runs[0].text.startswith("CHI BỘ")
    made = docx.Document(io.BytesIO(word.render(replace(PAPERS["BC"], superior=""), LAYOUT)))
    assert made.tables[0].cell(0, 0).paragraphs[0].style.name == word_page.ISSUER


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_is_kept_and_comes_back_equal(kind):
    assert from_json(as_json(PAPERS[kind])) == PAPERS[kind]


def test_a_paper_of_a_time_whose_layout_was_never_read_says_whose_it_has():
    day = date(2012, 5, 3)
    words = " ".join(words_of_word(word.render(replace(PAPERS["CV"], day=day), layout_on(day))))
    assert words.endswith("Trình bày theo thể thức của HD 36-HD/VPTW, gần nhất sau thời điểm ban hành.")
    assert "CÔNG VĂN" not in words


@pytest.mark.parametrize("kind", PAPERS)
def test_recipients_are_underlined_and_the_office_is_not_bold(kind):
    made = docx.Document(io.BytesIO(word.render(PAPERS[kind], layout_on(DAYS[1]))))
    cells = made.tables[-1].rows[0].cells
    if PAPERS[kind].recipients:
        assert cells[0].paragraphs[0].text == "Nơi nhận:"
        assert cells[0].paragraphs[0].runs[0].underline
    if PAPERS[kind].signatures[0].capacity:
        capacity, office, name = cells[1].paragraphs
        assert [made.styles[p.style.name].font.bold for p in (capacity, office, name)] == [True, False, True]
    # Without padding, so that lines break as in the PDF.
    sides = made.tables[0]._tbl.tblPr.find(qn("w:tblCellMar"))
    assert {side.get(qn("w:w")) for side in sides} == {"0"}
