"""Typed text becomes the blocks of a paper, by the marks that clerks write."""

import pytest

from nenep.documents.content import Article, Authority, Grounds, Heading, Paragraph, Table
from nenep.documents.drafting.tests.make import PLAN
from nenep.documents.drafting.wording import blocks_of, rows_of, unfilled

pytestmark = pytest.mark.either_database


def heading(text, level):
    return Heading(text, level=level, is_numbered=False)


def test_marks_at_the_beginning_of_a_line_are_headings_and_a_sentence_is_none():
    text = "I- KẾT QUẢ\n1. Chính trị, tư tưởng\na) Về tổ chức\n- Có 3 tổ đảng.\n1.1. Học tập\n2. Họp đều.\nHẠN CHẾ CÒN LẠI\nLưu ý:"
    assert blocks_of("BC", text) == (
        heading("I- KẾT QUẢ", 1),
        heading("1. Chính trị, tư tưởng", 2),
        heading("a) Về tổ chức", 3),
        Paragraph("- Có 3 tổ đảng."),
        heading("1.1. Học tập", 3),
        Paragraph("2. Họp đều."),
        heading("HẠN CHẾ CÒN LẠI", 1),
        Paragraph("Lưu ý:"),
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Một.\nHai.", ["Một.", "Hai."]),
        ("Chi bộ họp và\nthảo luận", ["Chi bộ họp và thảo luận"]),
        ("Chi bộ họp và\n\nthảo luận", ["Chi bộ họp và", "thảo luận"]),
        ("Gồm:\nđồng chí An", ["Gồm:", "đồng chí An"]),
        ("Họp.\n\n2\n\nHết.", ["Họp.", "2", "Hết."]),
        ("a | b\nvà c", ["a | b", "và c"]),
        ("I- MỤC ĐÍCH\ncủa chi bộ", ["I- MỤC ĐÍCH", "của chi bộ"]),
        # A title of any length stays apart from what stands below it.
        (
            "1. " + "Quán triệt nghị quyết " * 4 + "\nChi bộ họp.",
            ["1. " + ("Quán triệt nghị quyết " * 4).strip(), "Chi bộ họp."],
        ),
    ],
)
def test_a_line_is_a_paragraph_but_for_what_goes_on_in_small_letters(text, wanted):
    assert [row.text for row in rows_of(text)] == wanted


def test_no_word_is_lost_whatever_is_typed():
    text = PLAN + "\n* lạ\n| |\n---\n12\n(a\n<b>đậm</b>\t#set page"
    typed = {word for word in text.replace("|", " ").split() if any(sign.isalnum() for sign in word)}
    blocks = blocks_of("KH", text)
    told = set()
    for block in blocks:
        texts = (
            [cell for row in (block.header, *block.rows) for cell in row]
            if isinstance(block, Table)
            else [block.text]
        )
        told |= {word for text in texts for word in text.split()}
    assert typed <= told


def test_rows_with_bars_or_tabs_are_a_table_and_another_width_begins_another():
    (table, other) = blocks_of("KH", "| TT | Việc |\n1\tRà hồ sơ\nA | B | C")
    assert table == Table(("TT", "Việc"), (("1", "Rà hồ sơ"),), widths=(1, 2), aligned=("center", "left"))
    assert other.header == ("A", "B", "C")


DECISION = """Căn cứ Điều lệ Đảng;
- Căn cứ Quy chế làm việc,
Xét đề nghị của chi ủy;
CHI BỘ VĂN PHÒNG QUYẾT ĐỊNH:
Điều 1. Phân công đồng chí An.
Điều 2. Trách nhiệm
Đồng chí An báo cáo mỗi quý.
Căn cứ kết quả, chi bộ xem xét."""


def test_a_decision_has_its_grounds_who_decides_and_articles():
    assert blocks_of("QĐ", DECISION) == (
        Grounds(("Căn cứ Điều lệ Đảng;", "Căn cứ Quy chế làm việc,", "Xét đề nghị của chi ủy;")),
        Authority("CHI BỘ VĂN PHÒNG QUYẾT ĐỊNH"),
        Article("Phân công đồng chí An."),
        Article("", title="Trách nhiệm"),
        Paragraph("Đồng chí An báo cáo mỗi quý."),
        Paragraph("Căn cứ kết quả, chi bộ xem xét."),
    )
    assert not any(isinstance(block, Grounds) for block in blocks_of("KH", DECISION))


def test_an_invitation_has_labels():
    text = "Chi bộ Văn phòng trân trọng kính mời: đồng chí An.\nThời gian: 14 giờ, ngày 11/9.\nRất mong đồng chí đến dự."
    blocks = blocks_of("GM", text)
    assert blocks[:2] == (
        Paragraph("đồng chí An.", lead="Chi bộ Văn phòng trân trọng kính mời:"),
        Paragraph("14 giờ, ngày 11/9.", lead="Thời gian:"),
    )
    assert blocks[2] == Paragraph("Rất mong đồng chí đến dự.")
    assert blocks_of("TB", text)[1] == Paragraph("Thời gian: 14 giờ, ngày 11/9.")


def test_places_to_fill_are_found_by_their_signs():
    assert unfilled("Đồng chí … chủ trì\nHọp lúc 14.30.\nHạn ....\nBàn, ghế v.v...\nSách v.v…", "xong") == [
        "Đồng chí … chủ trì",
        "Hạn ....",
    ]
