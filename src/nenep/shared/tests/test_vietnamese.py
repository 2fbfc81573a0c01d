import random

from nenep.shared.vietnamese import clean, name_sort_key, search_key, sort_key

IN_ORDER = ["An", "Ánh", "Bình", "Dũng", "Đạt", "Đức", "Em", "Ê", "Oanh", "Ô", "Ơn", "Uyên", "Ưng", "Yên"]


def test_search_key_folds_marks_case_and_d():
    assert search_key("HỌP Đảng ỦY") == search_key("họp đảng uỷ") == "hop dang uy"


def test_search_key_folds_decomposed_text():
    assert search_key("Họp") == "hop"


def test_sort_key_follows_the_vietnamese_alphabet():
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_tones_only_break_ties():
    assert sorted(["mạ", "mà", "ma", "mã", "má", "mả", "man"], key=sort_key) == [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "man",
    ]


def test_name_sort_key_puts_the_given_name_first():
    names = ["Trần Văn Bình", "Nguyễn Thị Ánh", "Lê Văn Đạt", "Bùi Thị Ánh"]
    assert sorted(names, key=name_sort_key) == [
        "Bùi Thị Ánh",
        "Nguyễn Thị Ánh",
        "Trần Văn Bình",
        "Lê Văn Đạt",
    ]


def test_clean_composes_and_trims():
    assert clean("  Họp   chi bộ ") == "Họp chi bộ"
