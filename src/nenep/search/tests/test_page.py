"""The page “Tìm kiếm”, as people see it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access import middleware
from nenep.access.tests.make import make_administrator, sign_in, viewer_for
from nenep.journal.models import Event
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.search import finding, views
from nenep.search.excerpts import LENGTH, excerpt, whole
from nenep.search.questions import read
from nenep.search.sources import SOURCES
from nenep.search.tests.make import make_document
from nenep.shared.viewer import Reach

pytestmark = pytest.mark.django_db
PAGE = "/search/"


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, post=Post.SECRETARY)


def text_of(client, **asked):
    answer = client.get(PAGE, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_found_is_shown_with_its_words_marked(client, bloc, secretary):
    document = make_document(bloc.branch, "Kế hoạch <b>cải cách</b> của UBKT", day=date(2026, 3, 2))
    sign_in(client, secretary)
    page = text_of(client, q="cai cach uy ban kiem tra")
    assert "&lt;b&gt;<mark>cải cách</mark>&lt;/b&gt; của <mark>UBKT</mark>" in page
    assert "1 kết quả" in page
    assert "Văn bản đi · Chi bộ Văn phòng Sở A · 02/03/2026" in page
    assert f'href="{reverse("documents:page", args=[document.pk])}"' in page
    assert 'value="cai cach uy ban kiem tra"' in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "Gõ có dấu hay không dấu đều được"),
        ({"q": "xe đạp"}, "Không tìm thấy. Đồng chí bớt một từ"),
        ({"q": "?!"}, "Câu hỏi chưa có chữ hay số nào"),
        ({"q": "cải cách", "year": "2020"}, "Không có kết quả nào trong phần đã chọn"),
        ({"q": "cải cách " + "a" * 300}, "chỉ phần đầu được tìm"),
    ],
)
def test_a_page_without_results_says_what_to_do(client, bloc, secretary, asked, sentence):
    make_document(bloc.branch, "Cải cách")
    sign_in(client, secretary)
    assert sentence in text_of(client, **asked)


def test_kind_and_year_narrow_and_what_is_no_kind_or_year_does_not(client, bloc, secretary):
    make_document(bloc.branch, "Việc một", day=date(2025, 5, 5))
    make_document(bloc.branch, "Việc hai", day=date(2026, 5, 5))
    sign_in(client, secretary)
    assert "1 kết quả" in text_of(client, q="việc", year="2025", kind="document")
    assert "Không có kết quả" in text_of(client, q="việc", kind="minutes")
    for strange in ({"year": "99999"}, {"year": "x"}, {"kind": "members"}, {"page": "7000"}):
        assert "2 kết quả" in text_of(client, q="việc", **strange), strange


def test_who_may_read_nothing_is_told_so_and_offered_nothing(client, bloc):
    sign_in(client, make_administrator(bloc.bloc))
    page = text_of(client, q="việc")
    assert "chưa được xem nghị quyết, biên bản hay văn bản nào" in page
    assert 'name="q"' not in page
    assert f'href="{PAGE}"' not in page


def test_nobody_elses_records_are_shown_counted_or_offered(client, bloc, secretary):
    make_document(bloc.other_branch, "Việc kín")
    sign_in(client, secretary)
    page = text_of(client, q="việc kín")
    assert "Không tìm thấy" in page
    assert "<mark>" not in page
    sign_in(client, make_member(bloc.other_branch, post=Post.SECRETARY))
    assert "1 kết quả" in text_of(client, q="việc kín")


def test_the_pages_go_on_and_too_many_are_said(client, bloc, secretary, monkeypatch):
    monkeypatch.setattr(views, "PER_PAGE", 2)
    for number in range(5):
        make_document(bloc.branch, f"Việc {number}")
    sign_in(client, secretary)
    assert "page=2" in text_of(client, q="việc")
    assert "page=2" in text_of(client, q="việc", page="3")
    monkeypatch.setattr(finding, "MOST", 3)
    assert "Hơn 3 kết quả" in text_of(client, q="việc")


def test_the_journal_holds_no_question_and_no_event_of_the_own_branch(client, bloc, secretary):
    make_document(bloc.branch, "Việc riêng")
    sign_in(client, secretary)
    before = Event.objects.count()
    assert "1 kết quả" in text_of(client, q="việc riêng")
    assert Event.objects.count() == before


def test_whoever_reads_a_body_without_a_role_there_is_seen_reading_it_once(
    client, bloc, secretary, monkeypatch
):
    """As an officer to whom a branch gave its texts to read."""
    make_document(bloc.other_branch, "Việc được cho xem")
    account = sign_in(client, secretary)
    viewer = viewer_for(secretary)
    wider = replace(
        viewer,
        reach={
            **viewer.reach,
            "documents.read": Reach(own=frozenset({bloc.branch.pk, bloc.other_branch.pk})),
        },
    )
    monkeypatch.setattr(middleware, "viewer_of", lambda *_args, **_more: wider)
    for _time in range(2):
        assert "1 kết quả" in text_of(client, q="được cho xem")
    events = Event.objects.filter(verb="search.read")
    assert [(event.body, event.actor, event.details) for event in events] == [
        (bloc.other_branch.pk, account.actor, {})
    ]


def test_asking_very_often_is_stopped_for_a_minute(client, bloc, secretary, monkeypatch):
    monkeypatch.setattr(views, "MOST_IN_A_MINUTE", 2)
    sign_in(client, secretary)
    assert [client.get(PAGE, {"q": "việc"}).status_code for _time in range(3)] == [200, 200, 429]
    assert client.get(PAGE).status_code == 200


def test_the_number_of_statements_does_not_grow_with_what_is_found(client, bloc, secretary):
    sign_in(client, secretary)
    make_document(bloc.branch, "Việc 0")
    client.get(PAGE, {"q": "việc"})
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE, {"q": "việc"})
        counts.append(len(captured))
        for number in range(6):
            make_document(bloc.branch, f"Việc {number}")
    assert counts[0] == counts[1]


def test_persons_are_no_kind_of_thing_that_is_searched():
    """P2: nothing that is registered is about a person, and the address has no name for one."""
    assert {source.model for source in SOURCES.values()} == {
        "arrivals.arrival",
        "directives.directive",
        "directives.receipt",
        "documents.document",
        "meetings.minutes",
        "resolutions.resolution",
    }
    for source in SOURCES.values():
        fields = {field.name for field in source.records().model._meta.get_fields()}
        assert not fields & {"member", "speaker"}, source.key


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


def test_an_excerpt_is_cut_out_where_the_words_stand():
    text = "Mở đầu. " * 60 + "Chi bộ quán triệt 12-NQ/TW; đ/c Bí thư chủ trì. " + "Kết thúc. " * 60
    made = shown(excerpt(text, read("bí thư đồng chí 12-NQ/TW")))
    assert made.startswith("… ")
    assert made.endswith(" …")
    assert "bộ quán triệt [12-NQ/TW]; [đ/c Bí thư] chủ trì." in made
    assert len(made) < LENGTH + 60


def test_an_excerpt_without_a_hit_is_the_beginning_and_of_nothing_is_nothing():
    assert shown(excerpt("Đầu tiên. " + "x " * 400, read("xe"))).startswith("Đầu tiên. x")
    assert excerpt("", read("xe")) == []
    assert shown(whole("Họp chi bộ", read('"chi bộ"'))) == "Họp [chi bộ]"
    assert len(shown(excerpt("a" * 5000, read("b")))) <= LENGTH + 2
