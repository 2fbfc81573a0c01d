"""What a reader finds and in which order, the same on both databases; and that a question is never an operator."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenep.access.tests.make import viewer_for
from nenep.organizations.operations import move_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.search import finding
from nenep.search.finding import find
from nenep.search.matching import WORDS
from nenep.search.models import Entry
from nenep.search.operations import put
from nenep.search.questions import LONGEST, read
from nenep.search.tests.make import make_document, reader, subjects
from nenep.shared.dates import today

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "khối",
        "khoi",
        "KHÔI",
        "quán triệt",
        "triệt quán",
        '"quán triệt nghị quyết"',
        "uỷ ban kiểm tra",
        "UBKT",
        "ubkt ĐUK",
        "đảng ủy khối",
        "duk",
        "12-NQ/ĐUK",
        "12 nq đuk",
        "nghị quyết 12",
        "quán triệt 12-NQ/ĐUK",
    ],
)
def test_a_document_is_found_however_it_is_asked_for(branch, typed):
    make_document(branch, "Quán triệt Nghị quyết 12-NQ/ĐUK; giao UBKT Đảng ủy khối theo dõi")
    make_document(branch, "Mua sắm máy in")
    assert subjects(reader(branch), typed) == [
        "Quán triệt Nghị quyết 12-NQ/ĐUK; giao UBKT Đảng ủy khối theo dõi"
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "quán triệt xe đạp",
        '"triệt quán"',
        '"kiểm tra ủy ban"',
        "13-NQ/ĐUK",
        "12-CT/ĐUK",
        "khoi12",
        "",
        "?",
        "quá*",
    ],
)
def test_what_is_not_there_is_not_found(branch, typed):
    make_document(branch, "Quán triệt Nghị quyết 12-NQ/ĐUK; giao UBKT Đảng ủy khối theo dõi")
    assert subjects(reader(branch), typed) == []


def test_long_finds_short_and_short_finds_long(branch):
    make_document(branch, "Kế hoạch của UBKT")
    make_document(branch, "Báo cáo của ủy ban kiểm tra")
    for typed in ("UBKT", "ủy ban kiểm tra", '"uy ban kiem tra"'):
        assert len(subjects(reader(branch), typed)) == 2, typed


def test_the_very_marks_come_first_then_titles_then_the_newest(branch):
    day = today()
    make_document(branch, "Khôi phục sổ sách", day=day)
    make_document(branch, "Đảng bộ khối năm cũ", day=day - timedelta(days=900))
    make_document(branch, "Đảng bộ khối năm nay", day=day - timedelta(days=1))
    make_document(branch, "Khói bếp", day=day - timedelta(days=2))
    newest_first = ["Khôi phục sổ sách", "Đảng bộ khối năm nay", "Khói bếp", "Đảng bộ khối năm cũ"]
    assert subjects(reader(branch), "khoi") == newest_first
    assert subjects(reader(branch), "khối")[:2] == ["Đảng bộ khối năm nay", "Đảng bộ khối năm cũ"]
    assert len(subjects(reader(branch), "khối")) == 4


def test_marks_of_one_word_do_not_free_the_others(branch):
    make_document(branch, "Khối văn phòng")
    assert subjects(reader(branch), "khối 2027") == []


def test_only_the_chosen_kind_and_year(branch):
    make_document(branch, "Việc năm 2025", day=date(2025, 12, 31))
    make_document(branch, "Việc năm 2026", day=date(2026, 1, 1))
    assert subjects(reader(branch), "việc", year=2025) == ["Việc năm 2025"]
    assert subjects(reader(branch), "việc", year=2026) == ["Việc năm 2026"]
    assert subjects(reader(branch), "việc", types=["document"]) == ["Việc năm 2026", "Việc năm 2025"]
    assert subjects(reader(branch), "việc", types=["resolution"]) == []


@pytest.fixture(params=[50, 0], ids=["places", "rows"])
def both_ways(request, monkeypatch):
    """A reader of few bodies asks the index for them, one of many looks at each row: they see the same."""
    monkeypatch.setattr(WORDS[connection.vendor], "few_bodies", request.param)


def test_only_what_lies_within_reach(bloc, both_ways):
    for body in (bloc.organization, bloc.branch, bloc.section_branch, bloc.neighbour_branch):
        make_document(body, f"Kế hoạch {body.code}")
    codes = {
        name: f"Kế hoạch {getattr(bloc, name).code}" for name in ("organization", "branch", "section_branch")
    }
    assert subjects(reader(bloc.branch), "kế hoạch") == [codes["branch"]]
    assert set(subjects(reader(below=[bloc.organization]), "kế hoạch")) == {
        codes["branch"],
        codes["section_branch"],
    }
    assert set(subjects(reader(bloc.organization, below=[bloc.organization]), "kế hoạch")) == set(
        codes.values()
    )
    assert len(subjects(reader(below=[bloc.bloc]), "kế hoạch")) == 4
    assert subjects(reader(bloc.branch, verb="meetings.read"), "kế hoạch") == []
    assert subjects(reader(), "kế hoạch") == []


def test_a_branch_that_moved_is_found_where_it_is_now(bloc, both_ways):
    make_document(bloc.branch, "Trước khi chuyển", day=today() - timedelta(days=90))
    move_body(bloc.branch, parent=bloc.neighbour, day=today() - timedelta(days=30), by=None)
    assert subjects(reader(below=[bloc.organization]), "chuyển") == []
    assert subjects(reader(below=[bloc.neighbour]), "chuyển") == ["Trước khi chuyển"]
    assert subjects(reader(bloc.branch), "chuyển") == ["Trước khi chuyển"]


def test_a_count_is_of_what_is_seen(bloc, both_ways, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    make_document(bloc.branch, "Kế hoạch")
    for _number in range(3):
        make_document(bloc.neighbour_branch, "Kế hoạch")
    answer = find(reader(bloc.branch), read("kế hoạch"))
    assert (len(answer.found), answer.is_cut) == (1, False)
    answer = find(reader(bloc.neighbour_branch), read("kế hoạch"))
    assert (len(answer.found), answer.is_cut) == (2, True)


def test_the_newest_are_kept_when_there_are_too_many(branch, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    for back in (3, 1, 2):
        make_document(branch, f"Kế hoạch lùi {back}", day=today() - timedelta(days=back))
    assert subjects(reader(branch), "kế hoạch") == ["Kế hoạch lùi 1", "Kế hoạch lùi 2"]


def test_years_back_are_looked_at_while_too_few_are_found(branch, monkeypatch):
    """PostgreSQL looks at the last months first: what is older, or of a day to come, is found all the same."""
    monkeypatch.setattr(finding, "MOST", 4)
    for back in (1500, 5000, -20, 3, 250):
        make_document(branch, f"Lùi {back}", day=today() - timedelta(days=back))
    assert subjects(reader(branch), "lùi") == ["Lùi -20", "Lùi 3", "Lùi 250", "Lùi 1500"]
    assert subjects(reader(branch), "5000") == ["Lùi 5000"]


def test_an_old_document_with_the_very_marks_stands_before_many_new_ones(branch, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    make_document(branch, "Khối cũ", day=today() - timedelta(days=2000))
    for back in (1, 2, 3):
        make_document(branch, f"Khôi {back}", day=today() - timedelta(days=back))
    assert subjects(reader(branch), "khối") == ["Khối cũ", "Khôi 1", "Khôi 2"]
    assert subjects(reader(branch), "khoi") == ["Khôi 1", "Khôi 2"]


def test_a_record_put_twice_is_one_and_a_changed_one_is_found_by_its_new_words(branch):
    document = make_document(branch, "Chữ cũ")
    put(document)
    document.subject, document.issued_on = "Chữ mới", document.issued_on - timedelta(days=400)
    document.save()
    put(document)
    assert Entry.objects.count() == 1
    assert (subjects(reader(branch), "cũ"), subjects(reader(branch), "mới")) == ([], ["Chữ mới"])


OPERATORS = [
    '"',
    "'",
    "*",
    "^",
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    ")",
    ":",
    "head:",
    "<->",
    "&",
    "|",
    "!",
    "\\",
    "--",
    ";",
    "\x00",
    "%s",
    "%",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(
    typed=st.one_of(
        st.text(max_size=LONGEST),
        st.lists(st.sampled_from([*OPERATORS, "chi", "bộ", "12-NQ/TW", "đ/c", "TU"]), max_size=12).map(
            " ".join
        ),
        st.lists(st.sampled_from([*OPERATORS, "chi", "0", "_"]), max_size=12).map("".join),
    )
)
def test_nothing_that_is_typed_is_an_operator_or_raises(branch, typed):
    if not Entry.objects.exists():
        make_document(branch, "Kế hoạch của chi bộ")
    found = subjects(reader(branch), typed)
    words = [word for term in read(typed).terms for way in term.ways for word in way]
    assert found == [] or all(set(word) <= set("abcdefghijklmnopqrstuvwxyz0123456789") for word in words)
    # The same words without any sign find the same, unless they were side by side.
    assert subjects(reader(branch), f'{typed}"" chibo') == []


def test_the_word_or_is_a_word(branch):
    make_document(branch, "Kế hoạch")
    assert subjects(reader(branch), "kế OR xe") == []
    assert subjects(reader(branch), "NOT xe") == []


def test_the_number_of_statements_does_not_grow(bloc, django_assert_max_num_queries):
    for _number in range(5):
        make_document(bloc.branch, "Kế hoạch khối")
    with django_assert_max_num_queries(8 if connection.vendor == "sqlite" else 25):
        find(reader(below=[bloc.bloc]), read("khối"))


class TestRealRights:
    """The rights of people as the role table gives them."""

    def test_a_secretary_finds_the_documents_of_the_own_branch_and_a_member_none(self, bloc):
        make_document(bloc.branch, "Của chi bộ")
        make_document(bloc.other_branch, "Của chi bộ khác")
        secretary = make_member(bloc.branch, post=Post.SECRETARY)
        member = make_member(bloc.branch)
        assert subjects(viewer_for(secretary), "của") == ["Của chi bộ"]
        assert subjects(viewer_for(member), "của") == []
