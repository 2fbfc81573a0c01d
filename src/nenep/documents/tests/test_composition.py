from datetime import date

import pytest

from nenep.documents.composition import compose, line, lines
from nenep.documents.content import Heading, NumberedList, Paragraph, Speech, Table
from nenep.documents.tests.make import LAYOUT, make_resolution


def texts(*blocks):
    pieces = compose(make_resolution(blocks=blocks), LAYOUT)["pieces"]
    return [f"{piece['lead']}|{piece['text']}" if piece["lead"] else piece["text"] for piece in pieces]


def test_headings_are_numbered_by_level_and_start_again_below_the_next():
    numbered = texts(
        Heading("A"),
        Heading("b", level=2),
        Heading("c", level=3),
        Heading("d", level=3),
        Heading("E"),
        Heading("f", level=2),
        Heading("không số", is_numbered=False),
    )
    assert numbered == ["I- A", "1. b", "a) c", "b) d", "II- E", "1. f", "không số"]


def test_letters_follow_the_vietnamese_order_without_f_and_j():
    shown = texts(NumberedList(tuple("x" * 11), style="a)"))
    assert [text.split(")")[0] for text in shown] == ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "aa"]


@pytest.mark.parametrize(("number", "roman"), [(4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (49, "XLIX")])
def test_sections_have_roman_numbers(number, roman):
    assert texts(*[Heading("x")] * number)[-1] == f"{roman}- x"


def test_a_line_break_starts_a_new_paragraph_and_the_lead_stands_before_the_first():
    assert texts(Speech("Đồng chí An", "Một.\r\n\r\nHai.")) == ["Đồng chí An:|Một.", "Hai."]
    assert texts(NumberedList(("Một\nHai",))) == ["1. Một", "Hai"]
    assert texts(Paragraph("  \n ")) == []


def test_lines_are_cleaned_of_what_no_page_can_show():
    assert line("a\x00b\u202ec\t d  e\ufeff") == "a b c d e"
    assert line("ho\u0323p") == "họp"
    assert lines("một\n\n hai ") == ["một", "hai"]


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_the_date_has_a_zero_below_ten_and_for_january_and_february(day, shown):
    assert (
        compose(make_resolution(day=day), LAYOUT)["date_line"].replace("\u00a0", " ")
        == f"Thủ Dầu Một, {shown}"
    )


def test_a_draft_leaves_room_for_the_day():
    assert "ngày\u00a0...." in compose(make_resolution(day=None), LAYOUT)["date_line"]


def test_without_a_place_the_line_begins_with_the_day():
    line = compose(make_resolution(place=" "), LAYOUT)["date_line"].replace("\u00a0", " ")
    assert line == "Ngày 05 tháng 9 năm 2026"


def test_a_table_with_an_uneven_row_is_refused():
    with pytest.raises(ValueError, match="2 cells"):
        Table(header=("a", "b"), rows=(("một",),))
    with pytest.raises(ValueError, match="widths"):
        Table(header=("a", "b"), rows=(), widths=(1,))
