"""Session and term of a paper, as its words say them and never guessed."""

from datetime import date

import pytest

from nenep.documents.facets import Facets, facets_of, label_of, read_facets
from nenep.documents.models import Document
from nenep.documents.providing import title


def paper(subject, *, text="", day=date(2016, 10, 30)):
    return Document(symbol="04-NQ/TW", subject=subject, text=text, issued_on=day)


@pytest.mark.parametrize(
    ("text", "session", "term"),
    [
        ("Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII", 4, "XII"),
        ("Nghị quyết Hội nghị lần thứ Tư Ban Chấp hành Trung ương Đảng (khoá XI)", 4, "XI"),
        ("Hội nghị lần thứ 13 Ban Chấp hành Trung ương khóa 11", 13, "XI"),
        ("Hội nghị Trung ương 7 khóa XIII về công tác cán bộ", 7, "XIII"),
        ("Hội nghị lần thứ mười hai, khóa XII", 12, "XII"),
        ("HỘI NGHỊ LẦN THỨ MƯỜI BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XII", 10, "XII"),
        ("về tăng cường xây dựng, chỉnh đốn Đảng", None, ""),
        ("triển khai bầu cử đại biểu Quốc hội khóa XV và đại biểu HĐND các cấp khóa XV", None, ""),
        ("bầu cử Quốc hội khóa XV theo nghị quyết Trung ương khóa XIII", None, "XIII"),
        ("Hội nghị ba ngày về cán bộ", None, ""),
        ("tổ chức hội nghị 20 tháng 3", None, ""),
        ("mở khóa bồi dưỡng 12 lớp", None, ""),
    ],
)
def test_it_is_read_as_it_is_written(text, session, term):
    assert read_facets(text) == Facets(session, term)


def test_the_head_of_the_text_says_it_where_the_subject_does_not():
    head = "NGHỊ QUYẾT HỘI NGHỊ LẦN THỨ TƯ BAN CHẤP HÀNH TRUNG ƯƠNG ĐẢNG KHÓA XII về chỉnh đốn Đảng"
    assert facets_of(paper("về chỉnh đốn Đảng", text=head)) == Facets(4, "XII")
    # Further down others are cited, and half of it may belong to another paper.
    assert facets_of(paper("về chỉnh đốn Đảng", text="x" * 300 + head)) == Facets()
    assert facets_of(paper("về chỉnh đốn Đảng", text="Căn cứ Điều lệ Đảng khóa XI")) == Facets()
    assert facets_of(paper("nghị quyết khóa XI", text=head)) == Facets(None, "XI")


def test_two_papers_of_one_number_are_told_apart():
    older = paper("Hội nghị lần thứ tư khóa XI về xây dựng Đảng", day=date(2011, 12, 30))
    newer = paper("về chỉnh đốn Đảng", text="HỘI NGHỊ LẦN THỨ TƯ BAN CHẤP HÀNH TRUNG ƯƠNG KHÓA XII")
    assert label_of(older) == "04-NQ/TW ngày 30/12/2011: Hội nghị lần thứ tư khóa XI về xây dựng Đảng"
    assert label_of(newer) == "04-NQ/TW ngày 30/10/2016 (Hội nghị lần thứ 4, khóa XII): về chỉnh đốn Đảng"
    assert title(newer) == "04-NQ/TW về chỉnh đốn Đảng (Hội nghị lần thứ 4, khóa XII)"
