from datetime import date, datetime, time

import pytest

from nenep.importers import columns
from nenep.importers.columns import CellRefused
from nenep.organizations.kinds import Kind
from nenep.people.loading import Stay
from nenep.people.models import Status
from nenep.shared.dates import FOREVER


@pytest.mark.parametrize(
    "cell",
    [
        "04/12/2026",
        "4/12/2026",
        "04-12-2026",
        "4.12.2026",
        "2026-12-04",
        datetime(2026, 12, 4),
        date(2026, 12, 4),
    ],
)
def test_a_day_is_read_day_first_or_real(cell):
    assert columns.read_day(cell) == date(2026, 12, 4)


@pytest.mark.parametrize("cell", ["31/02/2026", "12/31/2026", "hôm qua", "04/12/26", 45000, ""])
def test_what_is_no_day_is_refused_with_a_sentence(cell):
    with pytest.raises(CellRefused, match=r"\.$"):
        columns.read_day(cell)


@pytest.mark.parametrize("cell", ["11/2014", "11-2014", "tháng 11/2014", date(2014, 11, 30)])
def test_a_month_is_its_first_day(cell):
    assert columns.read_month(cell) == date(2014, 11, 1)


def test_a_month_that_is_none_is_refused():
    for cell in ("13/2014", "2014", "0/2014"):
        with pytest.raises(CellRefused):
            columns.read_month(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("14:00", time(14)), ("7h30", time(7, 30)), (time(8, 5), time(8, 5)), ("14h", time(14))],
)
def test_a_time_is_read_as_people_write_it(cell, value):
    assert columns.read_time(cell) == value


@pytest.mark.parametrize(("cell", "value"), [(12, 12), (12.0, 12), (" 12 ", 12), ("0", 0)])
def test_a_number_is_whole(cell, value):
    assert columns.read_number(cell) == value


@pytest.mark.parametrize("cell", [-1, 1.5, "12a", "40000", "mười"])
def test_what_is_no_count_is_refused(cell):
    with pytest.raises(CellRefused):
        columns.read_number(cell)


@pytest.mark.parametrize(
    ("cell", "value"), [("x", True), ("X", True), ("có", True), (True, True), ("", False), ("không", False)]
)
def test_a_tick(cell, value):
    column = columns.tick("any", "Cột")
    assert column.read(cell) is value


@pytest.mark.parametrize("cell", ["Chi bộ cơ sở", "chi bo co so", "CHI BỘ CƠ SỞ", "grassroots_branch"])
def test_a_choice_ignores_marks_and_case(cell):
    column = columns.choice("kind", "Loại", Kind)
    assert column.read(cell) == Kind.GRASSROOTS_BRANCH


def test_a_choice_outside_the_list_names_the_sheet_of_words():
    with pytest.raises(CellRefused, match="Giá trị được dùng"):
        columns.choice("kind", "Loại", Kind).read("Chi đoàn")


def test_a_code_typed_as_a_number_is_what_the_eye_sees():
    assert columns.read_text(12.0) == "12"
    assert columns.read_text("'=12") == "=12"


def test_stays_come_back_as_they_were_written():
    written = (
        Stay(Status.EXEMPT, date(2015, 2, 1), date(2015, 8, 1)),
        Stay(Status.AWAY, date(2016, 2, 1), FOREVER, "A-01.2"),
    )
    shown = columns.show_stays(written)
    assert shown == (
        "Miễn công tác và sinh hoạt: 01/02/2015 - 01/08/2015; "
        "Sinh hoạt tạm thời nơi khác (A-01.2): 01/02/2016 -"
    )
    assert columns.read_stays(shown) == written


@pytest.mark.parametrize(
    "cell", ["miễn", "Ốm: 01/02/2015 -", "Ở nước ngoài: 01/13/2015 -", "Chính thức: 01/01/2015 -"]
)
def test_a_stay_that_is_not_clear_is_refused(cell):
    with pytest.raises(CellRefused):
        columns.read_stays(cell)


def test_an_empty_cell_is_the_default_or_refused():
    assert columns.end_day("valid_to", "Đến trước ngày").read(None) == FOREVER
    assert columns.text("code", "Mã").read("  ") == ""
    with pytest.raises(CellRefused, match="không được để trống"):
        columns.text("code", "Mã", required=True).read(" ")
