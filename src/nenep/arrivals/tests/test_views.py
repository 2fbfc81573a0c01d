"""The register of arrivals on the screen, as a clerk and a handler use it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.arrivals.models import Arrival
from nenep.arrivals.operations import finish, route
from nenep.arrivals.tests.make import make_arrival, make_outside, make_sent, make_waiting
from nenep.documents.models import Document
from nenep.files.models import Attachment, RefusedUpload
from nenep.files.operations import attach
from nenep.files.tests.make import make_pdf, make_upload
from nenep.journal.models import Event
from nenep.notices.models import Notice
from nenep.people.models import Post, Status
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at, now, today
from nenep.shared.words import day_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, bloc):
    member = make_member(bloc.other_branch, name="Lê Văn Thư")
    make_office(member, bloc.organization, Post.CLERK)
    sign_in(client, member)
    return client


def text_of(answer):
    return answer.content.decode()


def listed(client, which, **more):
    return text_of(client.get(reverse("arrivals:register"), {"which": which, **more}))


def at(name, arrival):
    return reverse(f"arrivals:{name}", args=[arrival.pk])


def typed(**changes):
    return {
        "arrived": day_words(today()),
        "issuer_name": "Ban Thường vụ Tỉnh ủy",
        "kind": "CTr",
        "symbol": "A7 -CTr/TU",
        "symbol_is_doubtful": "on",
        "issued": "2/2026",
        "subject": "hành động thực hiện nghị quyết",
        "purpose": "carry_out",
        **changes,
    }


def test_what_was_sent_waits_and_is_entered_with_one_button(clerk, bloc):
    arrival = make_waiting(bloc.bloc, bloc.organization)
    make_waiting(bloc.bloc, bloc.neighbour, subject="của nơi khác")
    page = listed(clerk, "waiting")
    assert "phân công kiểm tra" in page
    assert "của nơi khác" not in page
    assert "có việc phải thực hiện" in text_of(clerk.get(at("page", arrival)))
    answer = clerk.post(at("entry", arrival), {"arrived": f"{today().day}/{today().month}"})
    shown = text_of(clerk.get(answer.url))
    assert "Đã vào sổ, số đến 1." in shown
    assert "năm do phần mềm suy ra" in shown
    assert "Không có văn bản nào chờ vào sổ" in listed(clerk, "waiting")
    assert "Số đến 1" in listed(clerk, "so")


def test_who_opens_the_page_of_entry_too_late_is_told(clerk, bloc):
    arrival = make_arrival(bloc.bloc, bloc.organization)
    answer = clerk.get(at("entry", arrival), follow=True)
    assert "đã vào sổ, số đến 1" in text_of(answer)


def test_a_paper_from_outside_is_entered_as_it_was_read(clerk, bloc):
    address = reverse("arrivals:outside", args=[bloc.organization.pk])
    answer = clerk.post(address, typed(file=make_upload(make_pdf("CHƯƠNG TRÌNH")), is_open="on"))
    document, arrival = Document.objects.get(), Arrival.objects.get()
    assert (document.symbol, document.symbol_is_doubtful, document.issued_as_read) == (
        "A7 -CTr/TU",
        True,
        "2026-02",
    )
    assert Attachment.objects.of(arrival).count() == 1
    shown = text_of(clerk.get(answer.url))
    for words in (
        "Chương trình A7 -CTr/TU",
        "Đọc chưa chắc",
        "tháng 2/2026",
        "Ban Thường vụ Tỉnh ủy",
        "Tải bản PDF có dấu đến",
    ):
        assert words in shown, words


@pytest.mark.parametrize(
    "wrong",
    [{"arrived": "tháng 9/2026"}, {"arrived": "mai"}, {"issuer_name": ""}, {"issued": "?"}, {"number": "0"}],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(clerk, bloc, wrong):
    address = reverse("arrivals:outside", args=[bloc.organization.pk])
    assert clerk.post(address, typed(**wrong)).status_code == 422
    assert not Arrival.objects.exists()


def test_a_file_with_a_secret_marking_enters_nothing(clerk, bloc):
    address = reverse("arrivals:outside", args=[bloc.organization.pk])
    file = make_upload(make_pdf("TUYỆT MẬT", "CHƯƠNG TRÌNH"))
    answer = clerk.post(address, typed(file=file, is_open="on"))
    assert answer.status_code == 422
    assert (Arrival.objects.count(), Document.objects.count(), RefusedUpload.objects.count()) == (0, 0, 1)


def test_a_file_needs_the_word_that_it_holds_no_secret(clerk, bloc):
    address = reverse("arrivals:outside", args=[bloc.organization.pk])
    assert clerk.post(address, typed(file=make_upload(make_pdf("x")))).status_code == 422
    assert not Arrival.objects.exists()


def test_a_handler_is_named_told_and_finishes(client, clerk, bloc):
    handler = make_member(bloc.branch, name="Ngô Thị Phượng")
    make_office(handler, bloc.organization, Post.OFFICER)
    arrival = make_arrival(bloc.bloc, bloc.organization)
    due = today() + timedelta(days=3)
    clerk.post(at("routing", arrival), {"handler": handler.pk, "due_on": day_words(due)})
    assert "Ngô Thị Phượng" in listed(clerk, "so")
    sign_in(client, handler)
    assert f"Hạn {day_words(due)}" in text_of(client.get(at("page", arrival)))
    assert not Notice.objects.unread().filter(member=handler).exists()
    client.post(at("done", arrival), {"note": "Đã tham mưu kế hoạch"})
    assert "Đã tham mưu kế hoạch" in text_of(client.get(at("page", arrival)))
    assert client.get(at("scan", arrival)).status_code == 403


def test_whoever_reads_no_register_finds_what_to_handle_and_nothing_else(client, bloc):
    handler = make_member(bloc.branch)
    mine, other = (make_arrival(bloc.bloc, bloc.branch, subject=words) for words in ("giao tôi", "giao bạn"))
    route(mine, handler=handler, due_on=None, by=None)
    route(other, handler=make_member(bloc.branch), due_on=None, by=None)
    sign_in(client, handler)
    assert "1 văn bản đến giao tôi xử lý" in text_of(client.get("/"))
    for which in ("", "entered", "waiting", "mine"):
        page = listed(client, which)
        assert "giao tôi" in page
        assert "giao bạn" not in page
    finish(mine, note="", by=None)
    assert "văn bản đến giao tôi" not in text_of(client.get("/"))
    assert "không còn văn bản nào" in listed(client, "")


def test_the_first_page_of_each_role_says_what_waits(client, bloc):
    """The secretary, the clerk and the head of the committee, each for the own body."""
    for body in (bloc.branch, bloc.organization, bloc.organization):
        make_waiting(bloc.bloc, body)
    late = make_arrival(bloc.bloc, bloc.organization)
    Arrival.objects.filter(pk=late.pk).update(due_on=today() - timedelta(days=1))
    clerk, head = make_member(bloc.neighbour_branch), make_member(bloc.neighbour_branch)
    make_office(clerk, bloc.organization, Post.CLERK)
    make_office(head, bloc.organization, Post.SECRETARY)
    for member, waiting, overdue in (
        (make_member(bloc.branch, post=Post.SECRETARY), 1, 0),
        (clerk, 2, 1),
        (head, 2, 1),
        (make_member(bloc.other_branch, post=Post.SECRETARY), 0, 0),
    ):
        sign_in(client, member)
        page = text_of(client.get("/", follow=True))
        assert (f"{waiting} văn bản đến chờ vào sổ" in page) == bool(waiting)
        assert (f"{overdue} văn bản đến quá hạn" in page) == bool(overdue)
        assert reverse("arrivals:register") in page


def test_an_officer_of_an_advisory_unit_may_be_named_and_a_stranger_not(client, bloc):
    clerk, officer = (
        make_member(bloc.lone_branch, name="Vũ Văn Thư"),
        make_member(bloc.branch, name="Lý Văn Phòng"),
    )
    make_office(clerk, bloc.bloc, Post.CLERK)
    make_office(officer, bloc.office, Post.OFFICER)
    stranger = make_member(bloc.neighbour_branch, name="Lê Người Ngoài")
    arrival = make_outside(bloc.bloc)
    sign_in(client, clerk)
    resting = make_member(bloc.branch, name="Tạ Đình Chỉ")
    make_office(resting, bloc.bloc, Post.OFFICER)
    assert "Tạ Đình Chỉ" in text_of(client.get(at("routing", arrival)))
    change_status(resting, status=Status.SUSPENDED, start=today(), by=None)
    page = text_of(client.get(at("routing", arrival)))
    assert "Tạ Đình Chỉ" not in page
    assert "Lý Văn Phòng" in page
    assert "Lê Người Ngoài" not in page
    assert client.post(at("routing", arrival), {"handler": stranger.pk}).status_code == 422


def test_what_is_late_stands_in_a_list_of_its_own_for_the_head_of_the_committee(client, bloc):
    head = make_member(bloc.other_branch, name="Phạm Bí Thư")
    make_office(head, bloc.organization, Post.SECRETARY)
    handler = make_member(bloc.branch)
    late, ready = (
        make_arrival(bloc.bloc, bloc.organization, subject=words) for words in ("trễ hạn", "kịp hạn")
    )
    for arrival in (late, ready):
        route(arrival, handler=handler, due_on=today() + timedelta(days=1), by=None)
    finish(ready, note="", by=None)
    sign_in(client, head)
    with clock_at(now() + timedelta(days=2)):
        sign_in(client, head)
        page = listed(client, "overdue")
    assert "trễ hạn" in page
    assert "kịp hạn" not in page
    assert "Quá hạn xử lý (1)" in page


def test_a_gap_in_the_register_is_named(clerk, bloc):
    make_outside(bloc.organization)
    assert "thiếu số đến" not in listed(clerk, "so")
    make_outside(bloc.organization, symbol="50-CTr/TU", number=5)
    make_outside(bloc.neighbour, number=9)
    assert "Đảng bộ Sở A: sổ thiếu số đến 2 đến 4." in listed(clerk, "so")


def test_the_stamped_copy_is_a_download_and_is_journalled(clerk, bloc):
    arrival = make_outside(bloc.organization)
    assert clerk.get(at("stamped", arrival)).status_code == 404
    attach(arrival, make_upload(make_pdf("CHƯƠNG TRÌNH")), body_id=bloc.organization.pk, by=None)
    answer = clerk.get(at("stamped", arrival))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.startswith(b"%PDF")
    assert Event.objects.filter(verb="arrival.stamped", object_id=arrival.pk).count() == 1


def test_a_paper_without_a_file_has_a_slip(clerk, bloc):
    arrival = make_outside(bloc.organization)
    page = text_of(clerk.get(at("page", arrival)))
    assert "Tải bản PDF có dấu đến" not in page
    assert at("slip", arrival) in page
    assert "49-CTr/TU" in text_of(clerk.get(at("slip", arrival)))


def test_the_issuer_follows_how_far_each_body_has_come(client, bloc):
    document = make_sent(bloc.bloc, bloc.organization, bloc.neighbour)
    finish_one = Arrival.objects.get(document=document, body=bloc.organization)
    officer = make_member(bloc.lone_branch)
    make_office(officer, bloc.bloc, Post.CLERK)
    sign_in(client, officer)
    page = reverse("documents:page", args=[document.pk])
    assert text_of(client.get(page)).count("Chờ vào sổ") == 2
    from nenep.arrivals.operations import register

    register(finish_one, arrived=today().isoformat(), by=None)
    shown = text_of(client.get(page))
    assert f"Đã vào sổ {day_words(today())}" in shown
    assert shown.count("Chờ vào sổ") == 1
    receiver = make_member(bloc.branch)
    make_office(receiver, bloc.organization, Post.CLERK)
    sign_in(client, receiver)
    seen = text_of(client.get(page))
    assert "Chờ vào sổ" not in seen
    assert "Nơi nhận 2 (T/h)" in seen
    assert "Đảng bộ Sở B" not in seen
    assert "Đảng bộ Sở B" in shown


def test_a_secretary_without_a_clerk_enters_papers_and_a_member_does_not(client, bloc):
    arrival = make_waiting(bloc.bloc, bloc.branch)
    sign_in(client, make_member(bloc.branch))
    assert "phân công kiểm tra" not in text_of(client.get(reverse("arrivals:register")))
    assert client.get(at("page", arrival)).status_code == 404
    sign_in(client, make_member(bloc.branch, post=Post.SECRETARY))
    assert client.post(at("entry", arrival), {"arrived": day_words(today())}).status_code == 302


def test_more_papers_cost_no_more_queries(clerk, bloc, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(60) as taken:
            listed(clerk, "so")
        return len(taken)

    make_arrival(bloc.bloc, bloc.organization)
    count()
    one = count()
    make_arrival(bloc.bloc, bloc.organization)
    make_outside(bloc.organization, kind="NQ")
    assert count() == one
