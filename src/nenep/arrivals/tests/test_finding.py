"""A paper that was sent inside the system is found by its receiver by its words. Each "not" stands beside its twin."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.arrivals.models import Arrival
from nenep.arrivals.tests.make import make_arrival, make_outside, make_sent, make_waiting
from nenep.documents.content import OfficialDocument, Paragraph, Table
from nenep.documents.issuing import Sent, keep_content, send
from nenep.documents.operations import issue_number
from nenep.documents.tests.make import make_resolution
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.search import finding
from nenep.search.finding import Found, find
from nenep.search.matching import WORDS
from nenep.search.models import Entry
from nenep.search.questions import read
from nenep.search.rebuilding import rebuild
from nenep.search.tests.make import reader
from nenep.shared.dates import today

pytestmark = pytest.mark.django_db
WORDS_OF_IT = "Giao tổ công tác rà soát hồ sơ lưu trữ; báo cáo trước ngày 15."
VERB = "arrivals.read"


@pytest.fixture(params=[50, 0], ids=["places", "rows"], autouse=True)
def both_ways(request, monkeypatch):
    """A reader of few bodies asks the index for them, one of many looks at each row: they see the same."""
    monkeypatch.setattr(WORDS[connection.vendor], "few_bodies", request.param)


def found(viewer, typed, **narrowed):
    return [(one.type, one.object_id) for one in find(viewer, read(typed), **narrowed).found]


def test_the_receiver_finds_the_words_and_nobody_else_does(bloc):
    arrival = make_arrival(bloc.bloc, bloc.organization, text=WORDS_OF_IT)
    assert found(reader(bloc.organization, verb=VERB), "ho so luu tru") == [("arrival", arrival.pk)]
    assert found(reader(bloc.organization, verb=VERB), '"rà soát hồ sơ"') == [("arrival", arrival.pk)]
    assert found(reader(bloc.neighbour, verb=VERB), "ho so luu tru") == []
    assert found(reader(bloc.organization, verb="meetings.read"), "ho so luu tru") == []
    assert found(reader(bloc.organization), "ho so luu tru") == []  # reads what goes out, not what came


def test_it_would_leak_without_the_rows_of_the_reader(bloc, monkeypatch):
    make_arrival(bloc.bloc, bloc.organization, text=WORDS_OF_IT)
    monkeypatch.setattr(finding, "_opened", lambda one: one.source.through.opened())
    assert found(reader(bloc.neighbour, verb=VERB), "hồ sơ lưu trữ")


def test_it_waits_and_is_found_already(bloc):
    arrival = make_waiting(bloc.bloc, bloc.branch, text=WORDS_OF_IT)
    assert found(reader(bloc.branch, verb=VERB), "lưu trữ") == [("arrival", arrival.pk)]


def test_what_has_its_number_and_was_not_sent_yet_is_not_found(bloc):
    document = issue_number(
        bloc.bloc, "KH", day=today(), subject="phân công", by=None, organization="ĐUK", text=WORDS_OF_IT
    )
    viewer = reader(bloc.organization, verb=VERB)
    assert found(viewer, "lưu trữ") == []
    send(document, [Sent("Đảng ủy Sở", "carry_out", body_id=bloc.organization.pk)], by=None)
    assert len(found(viewer, "lưu trữ")) == 1


def test_a_paper_entered_by_hand_opens_no_words_of_ours(bloc):
    """Another body sent it elsewhere; whoever has a copy on paper has what is in the own register."""
    document = make_sent(bloc.bloc, bloc.neighbour, text=WORDS_OF_IT)
    arrival = make_outside(bloc.organization, symbol=document.symbol)
    Arrival.objects.filter(pk=arrival.pk).update(document=document)
    viewer = reader(bloc.organization, verb=VERB)
    assert found(viewer, "lưu trữ") == []
    Arrival.objects.filter(pk=arrival.pk).update(sent_on=today())
    assert len(found(viewer, "lưu trữ")) == 1


def test_words_kept_for_good_are_found_and_read_too(bloc, client):
    document = make_sent(bloc.bloc, bloc.organization)
    table = Table(("TT", "Việc"), (("1", "Kiểm kê máy móc"),))
    content = OfficialDocument(
        kind="KH",
        kind_name="Kế hoạch",
        superior="Đảng bộ tỉnh",
        issuer="Đảng ủy Khối",
        place="Long Tân",
        day=today(),
        title=("phân công kiểm tra",),
        blocks=(Paragraph("Tổ công tác làm việc theo lịch.", lead="Điều hành:"), table),
    )
    keep_content(document, content)
    arrival = Arrival.objects.get(document=document)
    for words in ("tổ công tác", "kiểm kê máy móc", '"điều hành tổ công tác"'):
        assert found(reader(bloc.organization, verb=VERB), words) == [("arrival", arrival.pk)], words
    assert found(reader(bloc.bloc), "kiểm kê máy móc") == [("document", document.pk)]
    assert rebuild() == []
    member = make_member(bloc.other_branch)
    make_office(member, bloc.organization, Post.CLERK)
    sign_in(client, member)
    shown = client.get(reverse("arrivals:page", args=[arrival.pk])).content.decode()
    assert shown.count("Kiểm kê máy móc") == 1
    hits = client.get("/search/", {"q": "kiểm kê máy móc"}).content.decode()
    assert "<mark>Kiểm kê máy móc</mark>" in hits
    assert reverse("arrivals:page", args=[arrival.pk]) in hits


@pytest.mark.parametrize(("source", "is_found"), [("resolutions.resolution", False), ("visits.visit", True)])
def test_what_is_found_as_its_record_has_its_words_once(branch, source, is_found):
    document = issue_number(
        branch, "NQ", day=today(), subject="tháng", by=None, organization="CB", term_key=""
    )
    document.source_type, document.source_id = source, 1
    document.save()
    keep_content(document, make_resolution())
    document.refresh_from_db()
    assert ("chuyên đề về kỷ luật phát ngôn" in document.text) is is_found


def test_the_words_are_in_the_index_once_however_many_get_the_paper(bloc):
    make_sent(bloc.bloc, bloc.organization, bloc.neighbour, bloc.branch, text=WORDS_OF_IT)
    assert Entry.objects.filter(plain__contains="luu tru").count() == 1
    assert Entry.objects.filter(type="arrival").count() == 3


def test_a_record_found_in_two_ways_is_one_and_a_title_stands_before_a_text(bloc):
    said = make_arrival(bloc.bloc, bloc.branch, subject="kiểm tra hồ sơ lưu trữ", text=WORDS_OF_IT)
    told = make_arrival(bloc.bloc, bloc.branch, subject="việc khác", text=WORDS_OF_IT)
    assert found(reader(bloc.branch, verb=VERB), "hồ sơ lưu trữ") == [
        ("arrival", said.pk),
        ("arrival", told.pk),
    ]


def test_kind_and_year_narrow_it_as_they_narrow_the_rest(bloc):
    day = today() - timedelta(days=400)
    arrival = make_arrival(bloc.bloc, bloc.branch, day=day, text=WORDS_OF_IT)
    viewer = reader(bloc.branch, verb=VERB)
    assert found(viewer, "lưu trữ", year=day.year) == [("arrival", arrival.pk)]
    assert found(viewer, "lưu trữ", year=day.year - 1) == []
    assert found(viewer, "lưu trữ", types=["arrival"]) == [("arrival", arrival.pk)]
    assert found(viewer, "lưu trữ", types=["document"]) == []


def test_there_are_more_is_said_of_what_others_hold_too(bloc, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    viewer = reader(bloc.branch, verb=VERB)
    for _number in range(2):
        make_arrival(bloc.bloc, bloc.branch, text=WORDS_OF_IT)
    assert find(viewer, read("lưu trữ")).is_cut
    assert not find(viewer, read("xe đạp")).is_cut


def test_the_number_of_statements_does_not_grow_with_what_is_found(bloc, client):
    member = make_member(bloc.branch, post=Post.SECRETARY)
    sign_in(client, member)
    make_arrival(bloc.bloc, bloc.branch, text=WORDS_OF_IT)
    client.get("/search/", {"q": "lưu trữ"})
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/", {"q": "lưu trữ"})
        counts.append(len(captured))
        for _number in range(4):
            make_arrival(bloc.bloc, bloc.branch, text=WORDS_OF_IT)
    assert counts[0] == counts[1]


def test_a_handler_reads_the_words_of_the_one_paper_on_its_page_alone(bloc):
    """The search asks for the register: a handler has one paper of it."""
    arrival = make_arrival(bloc.bloc, bloc.organization, text=WORDS_OF_IT)
    assert Found("arrival", arrival.pk) not in find(reader(verb=VERB), read("lưu trữ")).found
