"""Scan errors that are pointed at, and sound texts in which nothing is."""

import time
from random import Random

import pytest

from nenep.documents.intake.lexicon import confusions, lexicon
from nenep.documents.intake.paragraphs import Paragraph
from nenep.documents.intake.suspects import suspects_of
from nenep.documents.intake.syllables import distance, folded, is_possible
from nenep.documents.intake.tests.specimens import FOUNDING, NAMES, damaged_text, line_of, read_text, specimen
from nenep.shared.vietnamese import search_key

pytestmark = pytest.mark.either_database


def suspected(*texts):
    found = suspects_of([(Paragraph(text, [(0, line)]), []) for line, text in enumerate(texts, start=1)])
    return [(one.as_read, one.suggestion) for one in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_document_raises_no_suspicion(name):
    assert read_text(specimen(name)["text"])["suspects"] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_damage_is_pointed_at_and_nothing_else(name):
    made = specimen(name)
    found = read_text(damaged_text(made))["suspects"]
    assert [[one["as_read"], one["suggestion"]] for one in found] == made["suspects"]


def test_a_suspicion_has_its_line_and_three_words_on_each_side():
    text = specimen("ke-hoach")["text"].replace("kiểm tra phải thiết thực", "kiêm tra phải thiết thực")
    assert read_text(text)["suspects"] == [
        {
            "as_read": "kiêm tra",
            "suggestion": "kiểm tra",
            "context": "2. Việc kiêm tra phải thiết thực,",
            "line": line_of(text, "kiêm tra"),
        }
    ]


def test_a_word_in_the_second_part_of_a_cut_paragraph_has_the_line_of_that_part():
    found = read_text("Chi bộ giữ vững kỷ luật của tổ\n\n2\n\nchức đảng và chât lượng sinh hoạt.\n")[
        "suspects"
    ]
    assert [(one["as_read"], one["line"]) for one in found] == [("chât lượng", 5)]


def test_nothing_is_corrected():
    text = damaged_text(specimen("ke-hoach"))
    assert "C0ng tác" in str(read_text(text)["sections"])


@pytest.mark.parametrize(
    "sound",
    [
        "Đồng chí Lê Vân Anh, Đỗ Thị Hường và Y Blok Niê dự họp ở Đắk Lắk, Pleiku.",
        "Cơ quan trong tỉnh đều có sở trường; chỉ tiêu của các chỉ bộ môn là khác nhau.",
        "Gửi qua email, Zalo, website; mã F0, khổ A4, 4G, 12 km2, 5l xăng, QL1A, COVID19.",
        "UBKT, BTCTW, TNCS, CTr, BTVĐU, HĐND và TCCSĐ đều có ý kiến.",
        "Uỷ ban và Ủy ban, kỹ thuật và kĩ thuật, hoà bình và hòa bình là một.",
        "Trong năm được cấp trên khen, hiệu trưởng Trường Đại học phát biểu.",
        "Đề cao vai trò. Đề nghị các chi bộ. Đề án tốt. Vấn đề này khó.",
        "Sở Nội vụ, Sở Y tế và Sở Ngoại vụ phối hợp với Kho bạc Nhà nước.",
        "Dùng lại tài liệu cũ; mẫu biểu có sẵn; đồng chí Khôi phục vụ tốt.",
        "Năm 2015 có 3.918 đảng viên, 94,6% dự, từ 01/8 đến 30/11.",
        "Phần I, II; mục 1I thôi.",
        "Hằng ngày, hằng tháng; phía nam 3 ấp, nam 20, nữ 12, cho co lại; họp ngay sau đó; chỉ bộ phận này.",
    ],
)
def test_sound_words_raise_nothing(sound):
    assert suspected(sound) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chi bộ nâng cao chat luong sinh hoat.", [("chat luong sinh hoat", "chất lượng sinh hoạt")]),
        ("NÂNG CAO CHÂT LƯỢNG SINH HOẠT", [("CHÂT LƯỢNG", "CHẤT LƯỢNG")]),
        ("Công tác kiềm điềm đảng viên.", [("kiềm điềm", "kiểm điểm")]),
        ("Kể những mẫu chuyện nhỏ.", [("mẫu chuyện", "mẩu chuyện")]),
        ("Cần thường xuyên năm được tình hình.", [("năm được", "nắm được")]),
        ("Đề giữ vững kỷ luật, chi bộ họp đều.", [("Đề", "Để")]),
        ("Truyền thống chỉ dùng lại ở lời nói.", [("dùng lại", "dừng lại")]),
        ("Khen Sở Ngoại, Kho bạc Nhà nước.", [("Sở Ngoại", "Sở Ngoại vụ")]),
        ("Có 2O đồng chí và l5 đồng chí.", [("2O", "20"), ("l5", "15")]),
        ("Có 3.9l8 đảng viên.", [("3.9l8", "3.918")]),
        ("Chi bộ c0ng tác tốt, 1ãnh đạo tốt.", [("c0ng", "công"), ("1ãnh", "lãnh")]),
        (
            "Họp ngay 5 thang 9 nam 2026, co 3 ý kiến.",
            [("ngay", "ngày"), ("thang", "tháng"), ("nam", "năm"), ("co", "có")],
        ),
        ("Các chỉ bộ, Ban Tổ chúc báo cao.", [("chỉ bộ", "chi bộ"), ("Tổ chúc báo cao", "Tổ chức báo cáo")]),
        ("Có 2l đồng chí và 2l xăng.", [("2l", "21")]),
        ("Thực hiện nhiệm vu chính trị.", [("nhiệm vu chính", "nhiệm vụ chính")]),
        ("Ở ấp Bàu thoảt nước.", [("thoảt", None)]),
        ("Thực hiện nghiẽm túc cac nghị quyết.", [("nghiẽm túc cac", "nghiêm túc các")]),
    ],
)
def test_damage_is_found(text, wanted):
    assert suspected(text) == wanted


def test_a_rare_variant_of_what_the_document_says_often_is_found():
    often = ["Tổ dân vận khéo ở ấp Bàu Sen họp."] * 3
    assert suspected(*often, "Tổ ấp Bảu Sen họp, ấp bàu sen vui.") == []
    often = ["Việc phủ xanh đồi trọc được làm tốt."] * 3
    assert suspected(*often, "Việc phủ xanh đối trọc chưa xong.") == [("đối", "đồi")]
    assert suspected(*often[:2], "Việc phủ xanh đối trọc chưa xong.") == []
    assert suspected(*often, *["Việc phủ xanh đối trọc chưa xong."] * 2) == []


@pytest.mark.parametrize(
    "syllable",
    [
        "nghiêng",
        "quyết",
        "giếng",
        "gì",
        "khuỷu",
        "thuở",
        "uống",
        "yêu",
        "ngoằn",
        "xuyên",
        "ý",
        "Kỳ",
        "uỷ",
        "quốc",
    ],
)
def test_syllables_that_can_be(syllable):
    assert is_possible(syllable)


@pytest.mark.parametrize(
    "syllable", ["cac", "nghiep", "luong", "kiẹpt", "ngê", "cê", "ghà", "chướng̣", "hoat", "bđ", "qăo", "thựk"]
)
def test_syllables_that_cannot_be(syllable):
    assert not is_possible(syllable)


def test_distances_follow_what_a_scanner_spoils():
    assert [distance("khôi", "khối"), distance("tô", "tổ"), distance("bo", "bộ")] == [1, 1, 2]
    assert [distance("kiêng", "kiểm"), distance("ủy", "uỷ")] == [3, 0]
    assert distance("viên", "văn") == distance("căn", "dân") == 9


def test_the_lexicon_and_the_confusions_are_sound():
    """No word is impossible, every confusion has as many syllables read as meant, and its reason."""
    assert [key for key, spelled in lexicon().spelled.items() if not is_possible(spelled)] == []
    for entries in confusions().values():
        for one in entries:
            assert len(one.read) == len(one.meant)
            assert one.read != tuple(map(folded, one.meant))
            assert one.why


def test_a_long_text_full_of_damage_is_read_in_reasonable_time():
    """A hundred thousand letters, thirty pages; half of the words have lost their marks. 5 s for half a million."""
    by_chance, read = Random(1), []
    while sum(map(len, read)) < 100_000:
        words = specimen(by_chance.choice(NAMES))["text"].split(" ")
        read += [search_key(word) if by_chance.random() < 0.5 else word for word in words]
    began = time.process_time()
    assert len(read_text(" ".join(read))["suspects"]) > 1000
    assert time.process_time() - began < 2.5


def test_the_founding_report_or_its_stand_in_is_suspected_where_it_is_damaged():
    if FOUNDING.exists():
        found = read_text(FOUNDING.read_text(encoding="utf-8"))["suspects"]
        damaged = {
            5: 1,
            10: 1,
            13: 1,
            15: 1,
            33: 1,
            63: 3,
            67: 3,
            85: 5,
            117: 1,
            121: 1,
            147: 1,
            169: 1,
            171: 1,
        }
    else:
        found = read_text(damaged_text(specimen("bao-cao")))["suspects"]
        damaged = {1: 1, 5: 1, 8: 1, 10: 1, 26: 1, 28: 3, 34: 3}
    lines = [one["line"] for one in found]
    assert {line: lines.count(line) for line in sorted(set(lines))} == damaged
    assert all(one["as_read"] in one["context"] and one["as_read"] != one["suggestion"] for one in found)
