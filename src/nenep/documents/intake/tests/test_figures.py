"""Figures with their units and meanings, and the numbers that are none."""

import re

import pytest

from nenep.documents.intake.figures import figures_of
from nenep.documents.intake.numerals import value_of
from nenep.documents.intake.paragraphs import Paragraph
from nenep.documents.intake.tests.specimens import FOUNDING, damaged_text, line_of, read_text, specimen
from nenep.shared.vietnamese import clean

pytestmark = pytest.mark.either_database


def figures(text):
    return figures_of([(Paragraph(text, [(0, 1)]), [])])


def read(text):
    return [(one.as_read, one.value, one.unit) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("có 3.918 đảng viên", [("3.918", 3918, "đảng viên")]),
        ("có 1.031 hộ, 1.000 người", [("1.031", 1031, "hộ"), ("1.000", 1000, "người")]),
        ("đạt 94,6%", [("94,6", 94.6, "%")]),
        ("đạt 94.6 phần trăm", [("94.6", 94.6, "%")]),
        ("thu 1.234,5 triệu đồng", [("1.234,5", 1234.5, "triệu đồng")]),
        ("12/15 chi bộ", [("12/15", 12, "chi bộ")]),
        ("Số lượng: 264 chi bộ.", [("264", 264, "chi bộ")]),
        ("01 Đảng bộ bộ phận", [("01", 1, "đảng bộ bộ phận")]),
        ("318 đ/c dự", [("318", 318, "đồng chí")]),
        (
            "Tổng số đảng viên: 31; đảng viên (cả dự bị) là 5.",
            [("31", 31, "đảng viên"), ("5", 5, "đảng viên")],
        ),
        ("61 (đảng bộ 36, chi bộ 25)", [("61", 61, None), ("36", 36, "đảng bộ"), ("25", 25, "chi bộ")]),
        ("tổ 5 người, ấp 4 có 12 hộ", [("5", 5, "người"), ("12", 12, "hộ")]),
        (
            "10/12 đồng chí; 10/12 (83,3%)",
            [("10/12", 10, "đồng chí"), ("10/12", 10, None), ("83,3", 83.3, "%")],
        ),
        ("2015 đảng viên", [("2015", 2015, "đảng viên")]),
        ("1. 100% đảng viên dự", [("100", 100, "%")]),
    ],
)
def test_figures_are_read_as_vietnamese_writes_them(text, wanted):
    assert read(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 17/7/2006, ngày 5/9, từ 01/8 đến 30/11, 17.7.2006, tháng 9/2026, ngày 05 tháng 9 năm 2026.",
        "Tháng 8, 9 và 10 năm 2026; giai đoạn 2010-2015; nhiệm kỳ 2015 - 2020; năm 2015; quý 3; trong 2014.",
        "Lúc 14 giờ 30, 7h30, 8 giờ 00 phút; vào 15 giờ.",
        "Điều 5, khoản 2, trang 14, khóa 12, lần thứ 4, Phụ lục 2.",
        "Ấp 4, khu phố 3, Tổ 7 họp, chi bộ 2 báo cáo, mẫu 5, đợt 2.",
        "1.2. Kết quả", "3) Kết quả", "(1) Họp; (2) gửi.",
        "Mã F0, khổ A4, COVID-19, QL1A, 24/7, ĐT: 0274 3822 123, fax 0274.3822.123.",
        "Số 12-QĐ/ABC, 05/QĐ-UBND.",
    ],
)  # fmt: skip
def test_other_numbers_are_no_figures(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Có mười đồng chí", [("mười", 10, "đồng chí")]),
        ("mười lăm đồng chí dự", [("mười lăm", 15, "đồng chí")]),
        ("hai mươi mốt chi bộ", [("hai mươi mốt", 21, "chi bộ")]),
        ("năm mươi tư  người", [("năm mươi tư", 54, "người")]),
        ("Một trăm hai mươi đảng viên", [("Một trăm hai mươi", 120, "đảng viên")]),
        ("hai trăm linh bốn hộ", [("hai trăm linh bốn", 204, "hộ")]),
        ("ba nghìn chín trăm mười tám đảng viên", [("ba nghìn chín trăm mười tám", 3918, "đảng viên")]),
        ("một nghìn không trăm linh năm người", [("một nghìn không trăm linh năm", 1005, "người")]),
        ("một trăm phần trăm đảng viên", [("một trăm", 100, "%")]),
        ("ba trăm nghìn đồng, mười lăm triệu đồng", [("ba trăm nghìn", 300_000, "đồng"), ("mười lăm", 15, "triệu đồng")]),
        ("mười hai chi bộ và 5 đảng bộ", [("mười hai", 12, "chi bộ"), ("5", 5, "đảng bộ")]),
    ],
)  # fmt: skip
def test_a_number_in_words_is_read_where_nothing_else_can_be_meant(text, wanted):
    assert read(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Một đồng chí, hai chi bộ, năm đảng viên, không đồng chí nào.",
        "Một trăm năm chi bộ, một trăm hai chi bộ, ba nghìn hai đảng viên.",
        "Hai ba mươi người; bốn, năm mươi người; vài mươi người, mấy trăm người, chục người.",
        "Ngày mười lăm tháng mười hai; tháng mười một đảng viên họp; ba mươi tháng tư; mười năm qua, hai mươi năm.",
        "Khóa mười ba đảng viên, lớp mười hai học sinh, điều mười lăm nhiệm vụ, lần thứ mười hội nghị.",
        "Mười lăm là số chẵn; đồng chí Nguyễn Thị Mười; mườì hai chi bộ; muoi lam chi bo.",
    ],
)
def test_words_that_may_mean_something_else_are_no_figures(text):
    assert read(text) == []


def test_numbers_in_words_add_up_with_the_others():
    text = (
        "Chi bộ báo cáo.\n\nKiểm tra mười tám chi bộ, gồm 7 chi bộ khu dân cư và mười hai chi bộ cơ quan.\n"
    )
    assert [(one["expected"], one["found"]) for one in read_text(text)["checks"]] == [(18, 19)]


def test_every_number_in_words_below_ten_thousand_has_its_value():
    from nenep.documents.intake.number_words import written_out

    for number in [*range(10, 1000), *range(1000, 10_000, 37)]:
        said = spoken(number)
        assert list(written_out(said)) == [(0, len(said), number)], said


def spoken(number):
    """As it is said in full; no function of the program writes numbers out."""
    ones = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
    if number >= 1000:
        rest = number % 1000
        behind = "" if not rest else f" {spoken(rest)}" if rest >= 100 else f" không trăm {_tail(rest, ones)}"
        return f"{ones[number // 1000]} nghìn{behind}"
    if number >= 100:
        return f"{ones[number // 100]} trăm {_tail(number % 100, ones)}".strip()
    return _tail(number, ones)


def _tail(number, ones):
    if number < 10:
        return f"linh {ones[number]}" if number else ""
    ten, one = divmod(number, 10)
    last = {0: "", 1: " mốt" if ten > 1 else " một", 5: " lăm"}.get(one, f" {ones[one]}")
    return f"{'mười' if ten == 1 else f'{ones[ten]} mươi'}{last}"


def test_symbols_and_numbered_papers_are_no_figures():
    text = (
        "Theo Nghị định số 356/2025/NĐ-CP, các quy định 97, 98 và 165 của Ban Bí thư, Chỉ thị số 10-CT/TW.\n"
    )
    assert read_text(text)["figures"] == []


@pytest.mark.parametrize(
    ("text", "as_read", "bound"),
    [
        ("trên 90% dự", "90", "above"),
        ("từ 85% trở lên", "85", "at_least"),
        ("ít nhất 3 ngày", "3", "at_least"),
        ("không quá 5 phút", "5", "at_most"),
        ("khoảng 20 người", "20", "about"),
        ("dưới 10 hộ", "10", "below"),
        ("có 20 người", "20", None),
    ],
)
def test_a_bound_is_told(text, as_read, bound):
    assert [(one.as_read, one.bound) for one in figures(text)] == [(as_read, bound)]


@pytest.mark.parametrize("text", ["từ 10 đến 15 ý kiến", "10-15 ý kiến", "10 – 15 ý kiến"])
def test_a_range_is_two_figures_with_one_unit(text):
    found = [(one.value, one.unit, one.bound) for one in figures(text)]
    assert found == [(10, "ý kiến", "from"), (15, "ý kiến", "to")]


@pytest.mark.parametrize(
    ("text", "as_read", "suggestion"),
    [
        ("có 3.9l8 đảng viên", "3.9l8", "3.918"),
        ("có 2O đồng chí", "2O", "20"),
        ("có 3. 918 đảng viên", "3. 918", "3.918"),
    ],
)
def test_damaged_digits_have_no_value_and_are_suspected(text, as_read, suggestion):
    found = read_text(f"{text}.\n")
    assert [(one["as_read"], one["value"]) for one in found["figures"]] == [(as_read, None)]
    assert [(one["as_read"], one["suggestion"]) for one in found["suspects"]] == [(as_read, suggestion)]


@pytest.mark.parametrize(
    "text", ["có 1,234 người", "thu 1,234 triệu đồng", "có 12,5 đảng viên", "có 1.23.4 hộ"]
)
def test_what_may_be_read_in_two_ways_has_no_value(text):
    assert [one.value for one in figures(text)] == [None]


def test_values_are_whole_or_decimal():
    assert [value_of(text) for text in ("007", "1.204", "0,9", "12.5", "1.204,25")] == [
        7,
        1204,
        0.9,
        12.5,
        1204.25,
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("7 lớp tập huấn cho 318 đ/c", [["training_classes"], ["trainees"]]),
        ("hoàn thành tốt nhiệm vụ đạt 91,3%; hoàn thành nhiệm vụ đạt 8,1%; không hoàn thành nhiệm vụ 0,6%",
         [["members_well_pct"], ["members_completed_pct"], ["members_rest_pct"]]),
        ("biểu dương 04 tổ chức cơ sở đảng", [["commended_bodies", "grassroots_bodies"]]),
        ("Trong sạch vững mạnh đạt 88,5%, không có cơ sở đảng yếu kém",
         [["clean_and_strong_mean_pct"], ["weak_bodies"]]),
        ("không có đồng chí nào vắng, thu 3 triệu đồng", [[]]),
        ("28 đảng bộ cơ sở với 174 chi bộ trực thuộc và 15 chi bộ cơ sở",
         [["grassroots_organizations"], ["subordinate_branches"], ["grassroots_branches"]]),
    ],
)  # fmt: skip
def test_a_figure_names_what_it_may_mean(text, wanted):
    assert [list(one.meanings) for one in figures(text)] == wanted


def test_a_figure_knows_the_place_in_its_line():
    text = "Chi bộ trong\nđợt này có tất cả  1.204 đảng viên, hoàn thành tốt nhiệm vụ với\n\n2\n\nnhiều việc và 7 lớp.\n"
    paragraphs = [clean(line) for line in text.split("\n")]
    for one in figures_of_text(text):
        assert [paragraphs[span.line - 1][span.start : span.end] for span in one.spans] == [one.as_read]


def figures_of_text(text):
    from nenep.documents.intake.lines import lines_of
    from nenep.documents.intake.reading import reading_of
    from nenep.rulebook import rules_on
    from nenep.shared.dates import today

    found = reading_of(lines_of("a.txt", text.encode()), rules_on(today()).numbering).figures
    assert len(found) == 2
    return found


def test_a_figure_in_the_answer_has_its_shape():
    text = specimen("bao-cao")["text"]
    (found,) = [one for one in read_text(text)["figures"] if one["as_read"] == "1.204"]
    assert found == {
        "as_read": "1.204", "value": 1204, "base": None, "unit": "đảng viên", "bound": None, "meanings": ["members"],
        "line": line_of(text, "1.204"), "context": "cơ sở) với 1.204 đảng viên. Chất",
    } | {"context": found["context"]}  # fmt: skip
    assert "với 1.204 đảng viên" in found["context"]


def test_the_founding_report_or_its_stand_in_gives_all_its_figures():
    text = FOUNDING.read_text(encoding="utf-8") if FOUNDING.exists() else damaged_text(specimen("bao-cao"))
    found = read_text(text)["figures"]
    told = {key for one in found for key in one["meanings"]}
    wanted = {
        "grassroots_bodies", "grassroots_organizations", "grassroots_branches", "members", "training_classes", "trainees",
        "members_well_pct", "members_completed_pct",
    }  # fmt: skip
    if FOUNDING.exists():
        wanted |= {
            "subordinate_branches", "sectional_organizations", "clean_and_strong_mean_pct", "weak_bodies",
            "members_reviewed_pct", "commended_bodies",
        }  # fmt: skip
        assert sorted(one["value"] for one in found) == [
            0, 1, 2.7, 3, 3, 5, 5, 5, 5, 25, 36, 61, 94.6, 96.8, 97, 239, 504, 3918
        ]  # fmt: skip
    assert wanted <= told
    assert not [one for one in found if one["unit"] == "%" and not re.search(r"\d", one["as_read"])]
