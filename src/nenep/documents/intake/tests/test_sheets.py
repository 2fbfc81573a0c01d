"""Spreadsheets: rows as lines, numbers as figures that their column names, and the row of totals."""

from datetime import date

import pytest

from nenep.documents.intake import sheets
from nenep.documents.intake.reading import read, reading_from
from nenep.files.marking import SecretMarking
from nenep.files.tests.make import make_book, make_sheet, with_main_part
from nenep.rulebook import rules_on
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean

pytestmark = pytest.mark.either_database

ROWS = (
    ("BẢNG TỔNG HỢP",),
    (),
    ("TT", "Tên đơn vị", "Số đảng viên", "Tỷ lệ dự sinh hoạt (%)", "Ghi chú"),
    (1, "Chi bộ Một", 1031, 94.6, "họp đều, có 3 đồng chí mới"),
    (2, "Chi bộ Hai", 12, 100, None),
    (None, "Tổng cộng", 1043, None, None),
)


def read_rows(*rows):
    return read("bang.xlsx", make_sheet(*rows), rules_on(today()).numbering)


def figures(found):
    return [
        (one["as_read"], one["value"], one["unit"], one["meanings"], one["line"]) for one in found["figures"]
    ]


def test_a_sheet_has_rows_as_lines_and_no_head():
    found = read_rows(*ROWS)
    (section,) = found["sections"]
    assert (section["title"], section["line"]) == ("Sheet", 1)
    assert section["text"].split("\n")[2] == "1 | Chi bộ Một | 1031 | 94,6 | họp đều, có 3 đồng chí mới"
    assert (found["kind"], found["issuer"], found["subject"], found["signer"]) == (None, None, None, None)
    assert found["number"] == {"as_read": None, "uncertain": False}
    assert (found["recipients"], found["suspects"], found["checks"]) == ([], [], [])


def test_a_number_is_named_by_its_column_and_its_row():
    assert figures(read_rows(*ROWS)) == [
        ("1031", 1031, "đảng viên", ["members"], 4),
        ("94,6", 94.6, "%", ["attendance_pct"], 4),
        ("3", 3, "đồng chí", [], 4),
        ("12", 12, "đảng viên", ["members"], 5),
        ("100", 100, "%", ["attendance_pct"], 5),
        ("1043", 1043, "đảng viên", ["members"], 6),
    ]
    assert read_rows(*ROWS)["figures"][0]["context"] == "Chi bộ Một: Số đảng viên: 1031"


def test_shares_days_and_years_are_told_apart():
    def fill(book):
        sheet = book.active
        sheet.append(["Họ tên", "Ngày vào Đảng", "Năm sinh", "Kết quả", "Đã đọc"])
        sheet.append(["Lê Văn An", date(2020, 5, 19), 1970, 0.946, True])
        sheet["D2"].number_format = "0.0%"
        sheet.append([None, None, None, 12345])
        sheet["D3"].number_format = "#,##0"
        other = book.create_sheet("Phụ lục")
        other.append(["Nội dung", "Số lớp"])
        other.append(["Bồi dưỡng", 5])

    found = read("a.xlsx", make_book(fill), rules_on(today()).numbering)
    assert figures(found) == [
        ("94,6%", 94.6, "%", [], 2),
        ("12.345", 12345, None, [], 3),
        ("5", 5, "lớp", ["training_classes"], 5),
    ]
    assert "19/05/2020 | 1970 | 94,6%" in found["sections"][0]["text"]
    assert [(one["title"], one["line"]) for one in found["sections"]] == [("Sheet", 1), ("Phụ lục", 4)]


def test_words_in_cells_are_suspected_and_know_their_place():
    content = make_sheet(("Đơn vị", "Kết quả"), ("Chi bộ Một", "nâng cao chât lượng, theo Chỉ thị 10-CT/TW"))
    found = reading_from("a.xlsx", content, rules_on(today()).numbering)
    (one,) = found.suspects
    (span,) = one.spans
    line = clean(found.lines[span.line - 1].text)
    assert (one.suggestion, line[span.start : span.end]) == ("chất lượng", "chât lượng")
    assert found.as_json()["citations"] == [{"symbol": "10-CT/TW", "lines": [2]}]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ((*ROWS[:-1], (None, "Tổng cộng", 1045, None, None)), [("sum", 1045, 1043, [4, 5, 6])]),
        (ROWS, []),
        # Groups with their own numbers, and a part that is only named.
        ((("TT", "Đơn vị", "Số đảng viên"), ("I", "Khối Một", 30), (1, "Chi bộ A", 10), (2, "Chi bộ B", 20), ("II", "Khối Hai", 5),
          (None, "Tổng cộng", 35)), []),
        ((("TT", "Đơn vị", "Số đảng viên"), ("I", "Khối Một", 30), (1, "Chi bộ A", 10), (2, "Chi bộ B", 20), ("II", "Khối Hai", 5),
          (None, "Tổng cộng", 65)), [("sum", 65, 35, [2, 5, 6])]),
        ((("Đơn vị", "Số đảng viên"), ("Chi bộ A", 10), ("Trong đó: nữ", 4), ("Chi bộ B", 20), ("Tổng cộng", 30)), []),
        ((("Đơn vị", "Số đảng viên"), ("Chi bộ A", 10), ("Chi bộ B", "chưa có"), ("Chi bộ C", 1), ("Tổng cộng", 30)), []),
        ((("Đơn vị", "Tỷ lệ %"), ("Chi bộ A", 90), ("Chi bộ B", 100), ("Tổng cộng", 95)), []),
    ],
)  # fmt: skip
def test_a_row_of_totals_is_added_up(rows, wanted):
    found = read_rows(*rows)["checks"]
    assert [(one["what"], one["expected"], one["found"], one["lines"]) for one in found] == wanted


def test_a_secret_sheet_is_refused():
    with pytest.raises(SecretMarking):
        read_rows(("ĐẢNG ỦY X", "TỐI MẬT"), ("Tên", "Số"), ("A", 1))
    with pytest.raises(SecretMarking):
        read("Danh sách tối mật.xlsx", make_sheet(*ROWS), rules_on(today()).numbering)


def test_a_sheet_that_is_too_long_empty_or_elsewhere():
    with pytest.raises(Refused, match="quá dài"):
        read_rows(*[("a", 1)] * (sheets.MAX_ROWS + 1))
    with pytest.raises(Refused, match="quá dài"):
        read(
            "a.xlsx", make_book(lambda book: book.active.cell(1_000_000, 1, "a")), rules_on(today()).numbering
        )
    with pytest.raises(Refused, match="quá rộng"):
        read_rows((1,) * (sheets.MAX_COLUMNS + 1))
    with pytest.raises(Refused, match="không có chữ nào"):
        read("a.xlsx", make_book(lambda book: None), rules_on(today()).numbering)
    moved = with_main_part(make_sheet(*ROWS), "xl/workbook.xml", "xl/other.xml")
    with pytest.raises(Refused, match="hỏng"):
        read("a.xlsx", moved, rules_on(today()).numbering)
