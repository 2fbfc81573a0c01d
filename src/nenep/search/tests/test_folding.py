"""What people and scanners write for the same word meets; what is another word does not."""

import pytest

from nenep.rulebook import rules_on
from nenep.search.abbreviations import folded_words, known, occurrences
from nenep.search.folding import folded, marked, words_of
from nenep.search.questions import read
from nenep.shared.dates import today


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("KHỐI", "khối"),
        ("khôi", "khối"),
        ("uỷ", "ủy"),
        ("Đảng", "dang"),
        ("đ0ng", "đông"),
        ("1ãnh", "lãnh"),
        ("Iãnh", "lãnh"),
        ("tlnh", "tỉnh"),
        ("rnột", "một"),
        ("kĩ", "kỹ"),
        ("quí", "quý"),
        ("2O26", "2026"),
        ("05", "5"),
        ("ho\u0323p", "họp"),
        ("ﬁle", "file"),
    ],
)
def test_two_ways_of_writing_meet(written, meant):
    assert folded(written) == folded(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tuy", "tui"),
        ("T10", "to"),
        ("t1", "ti"),
        ("KL", "ký"),
        ("NQ01", "nqoi"),
        ("lan", "in"),
        ("12", "120"),
        ("mai", "mal1"),
    ],
)
def test_two_words_stay_two(one, other):
    assert folded(one) != folded(other)


def test_marks_tell_words_apart_that_are_folded_alike():
    assert marked("khối") == "khoois"
    assert marked("uỷ") == marked("ủy") == marked("ỦY")
    assert len({marked(word) for word in ("khối", "khôi", "khói", "khoi", "khổi")}) == 5
    assert marked("đảng") != marked("dảng")


def test_words_hold_nothing_but_letters_and_digits():
    assert [word.folded for word in words_of('Số 12-NQ/TW; "đ/c" – (họp) * 5% ^')] == [
        "so",
        "12",
        "nq",
        "tw",
        "d",
        "c",
        "hop",
        "5",
    ]
    assert list(words_of("… — ♥ 漢")) == []


def written_short(text, **how):
    return {found.abbreviation.short for found in occurrences(text, list(words_of(text)), **how)}


@pytest.mark.parametrize(
    ("text", "shorts"),
    [
        ("504 đ/c là cấp ủy viên", {"đ/c"}),
        ("Đ/c Bí thư", {"đ/c"}),
        ("theo a.c. và d, c", set()),
        ("Hướng dẫn 03-HD/BTC.ĐUK", {"HD", "BTC", "ĐUK"}),
        ("Kế hoạch 12-KH/TU của tỉnh", {"KH", "TU"}),
        ("tu dưỡng, tự phê bình", set()),
        ("CHÍNH TRỊ, TƯ TƯỞNG", set()),
        ("chỉ đạo của TƯ", {"TƯ"}),
        ("HD sử dụng máy, CT mới", set()),
        ("duk, ubkt", {"ĐUK", "UBKT"}),
    ],
)
def test_short_forms_are_known_where_they_stand(text, shorts):
    assert written_short(text) == shorts


def test_every_kind_of_document_is_known_short_and_long():
    known_as = {(one.short, long) for one in known() for long in one.longs}
    kinds = rules_on(today(), ()).numbering.kinds.values()
    assert kinds
    missing = [
        kind.abbreviation for kind in kinds if (kind.abbreviation, folded_words(kind.name)) not in known_as
    ]
    assert missing == []


def test_every_short_form_has_a_source_and_stands_once():
    assert all(one.source and one.longs for one in known())
    assert len({one.short for one in known()}) == len(known())


def ways(typed):
    return [term.ways for term in read(typed).terms]


def test_a_question_is_all_its_words_and_a_quoted_part_is_a_phrase():
    assert ways('cải cách "chi bộ"') == [(("cai",),), (("cach",),), (("chi", "bo"),)]
    assert ways("12-NQ/TW") == [(("12", "nq", "tw"),)]
    assert ways("“Chi bộ” chi") == [(("chi", "bo"),), (("chi",),)]


def test_a_short_form_is_asked_for_in_full_too():
    assert ways("ubkt") == [(("ubkt",), ("uy", "ban", "kiem", "tra"))]
    assert ways("đ/c") == [(("d", "c"), ("dong", "chi"))]
    assert ways("TU") == [(("tinh", "uy"), ("thanh", "uy"))]
    assert ways("tu") == [(("tu",),)]
    assert ways("TƯ TƯỞNG") == [(("tu",),), (("tuong",),)]


def test_what_is_too_long_is_cut_and_nothing_is_nothing():
    assert len(read("a " * 500).text) <= 200
    assert len(read(" ".join(f"w{number}x" for number in range(60))).terms) == 20
    assert read("?! … (*)").terms == ()
