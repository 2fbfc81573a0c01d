import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import make_account, sign_in, viewer_for
from nenep.journal.models import Event
from nenep.notices.models import Delivery, DeliveryState, Notice
from nenep.notices.operations import mark_told
from nenep.notices.tests.make import make_notice
from nenep.organizations.tests.make import make_body, make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_small_bloc().branch


@pytest.fixture
def member(branch, client):
    member = make_member(branch)
    sign_in(client, member)
    return member


def post(client, name, *arguments):
    return client.post(reverse(f"notices:{name}", args=arguments))


def test_the_inbox_shows_unread_notices_first(client, member):
    old, new = make_notice(member, title="Cũ"), make_notice(member, title="Mới")
    post(client, "read", new.pk)
    page = client.get(reverse("notices:list"))
    assert [notice.pk for notice in page.context["page"]] == [old.pk, new.pk]
    assert "Chưa đọc" in page.content.decode()


def test_an_empty_inbox_says_what_will_stand_there(client, member):
    assert "Chưa có thông báo nào" in client.get(reverse("notices:list")).content.decode()


def test_looking_changes_nothing_and_opening_marks_it_read(client, member):
    notice = make_notice(member, text="Họp lúc 14 giờ.", url="/members/")
    page = client.get(reverse("notices:page", args=[notice.pk]))
    assert "Họp lúc 14 giờ." in page.content.decode()
    assert Notice.objects.get().is_unread
    answer = post(client, "read", notice.pk)
    assert (answer.status_code, answer["Location"]) == (302, "/members/")
    assert not Notice.objects.get().is_unread


@pytest.mark.parametrize(("method", "name"), [("get", "page"), ("post", "read")])
def test_the_notice_of_another_member_is_not_there(client, member, branch, method, name):
    notice = make_notice(make_member(branch))
    assert getattr(client, method)(reverse(f"notices:{name}", args=[notice.pk])).status_code == 404
    assert Notice.objects.get().is_unread


def test_everything_can_be_marked_read_at_once(client, member):
    make_notice(member)
    make_notice(member)
    assert "Đánh dấu tất cả" in client.get(reverse("notices:list")).content.decode()
    post(client, "all_read")
    assert "Đánh dấu tất cả" not in client.get(reverse("notices:list")).content.decode()


@pytest.mark.parametrize("name", ["read", "all_read", "told", "reopened"])
def test_a_link_changes_nothing(client, member, name):
    arguments = [] if name == "all_read" else [make_notice(member).pk]
    assert client.get(reverse(f"notices:{name}", args=arguments)).status_code == 405


@pytest.mark.parametrize("name", ["list", "by_hand"])
def test_nobody_sees_a_page_without_signing_in(client, name):
    assert client.get(reverse(f"notices:{name}")).status_code == 302


def test_the_secretary_ticks_off_who_was_told(client, branch):
    sign_in(client, make_member(branch, post=Post.SECRETARY))
    make_notice(make_member(branch, name="Lê Thị Giấy", phone="0912345678"), body=branch.pk)
    delivery = Delivery.objects.get()
    page = client.get(reverse("notices:by_hand")).content.decode()
    assert "Lê Thị Giấy" in page
    assert "0912345678" in page
    post(client, "told", delivery.pk)
    page = client.get(reverse("notices:by_hand")).content.decode()
    assert "Không còn ai phải báo" in page
    assert "Bỏ đánh dấu" in page
    post(client, "reopened", delivery.pk)
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert Event.objects.filter(verb="delivery.listed").count() == 1


def test_ticking_twice_is_answered_with_a_sentence(client, branch):
    secretary = make_member(branch, post=Post.SECRETARY)
    sign_in(client, secretary)
    make_notice(make_member(branch), body=branch.pk)
    mark_told(Delivery.objects.get(), by=viewer_for(secretary))
    answer = client.post(reverse("notices:told", args=[Delivery.objects.get().pk]), follow=True)
    assert "Không thể chuyển" in answer.content.decode()


def test_a_member_may_not_see_who_must_be_told(client, member):
    assert client.get(reverse("notices:by_hand")).status_code == 403


def test_the_secretary_of_another_branch_finds_nothing(client, branch):
    other = make_body()
    sign_in(client, make_member(other, post=Post.SECRETARY))
    make_notice(make_member(branch, name="Lê Thị Giấy"), body=branch.pk)
    assert "Lê Thị Giấy" not in client.get(reverse("notices:by_hand")).content.decode()
    assert post(client, "told", Delivery.objects.get().pk).status_code == 404


def queries(client, name):
    client.get(reverse(f"notices:{name}"))
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse(f"notices:{name}"))
    return len(captured)


@pytest.mark.parametrize("name", ["list", "by_hand"])
def test_the_number_of_queries_does_not_grow_with_the_list(client, branch, name):
    secretary = make_member(branch, post=Post.SECRETARY)
    sign_in(client, secretary)
    counts = []
    for rows in (1, 2):
        for _row in range(rows):
            make_notice(secretary, body=branch.pk)
            make_notice(make_member(branch), body=branch.pk)
        counts.append(queries(client, name))
    assert counts[0] == counts[1]


def test_an_account_that_is_no_member_has_an_empty_inbox(client, branch):
    make_notice(make_member(branch))
    account = make_account(make_member(branch))
    account.member, account.name = None, "Lê Quản Trị"
    account.save()
    sign_in(client, account)
    assert client.get(reverse("notices:list")).status_code == 200
