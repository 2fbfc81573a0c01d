from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from nenep.access.models import Account
from nenep.access.operations import open_account
from nenep.journal.models import Event
from nenep.notices.models import Channel, Delivery, DeliveryState, Notice
from nenep.notices.operations import (
    KEPT,
    forget_old,
    mark_all_read,
    mark_read,
    mark_told,
    notify,
    reopen_delivery,
)
from nenep.notices.tests.make import make_notice
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.shared.dates import now, today
from nenep.shared.states import IllegalMove
from nenep.shared.vietnamese import name_sort_key, search_key
from nenep.shared.viewer import Viewer

pytestmark = pytest.mark.django_db


def member_of(code, *, account=False, **facts):
    name = facts.pop("full_name", f"Nguyễn Văn {code}")
    member = Member.objects.create(
        code=code,
        full_name=name,
        admitted_on=today(),
        sort_key=name_sort_key(name),
        search_key=search_key(name),
        **facts,
    )
    if account:
        Account.objects.create(username=code, member=member)
    return member


def ways(notice):
    return dict(notice.deliveries.values_list("channel", "state"))


@pytest.fixture
def body():
    return Body.objects.create(code="CB1", founded_on=today())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"account": True}, {"inbox": "sent"}),
        ({"account": True, "email": "a@example.vn"}, {"inbox": "sent", "email": "waiting"}),
        ({"email": "a@example.vn"}, {"email": "waiting"}),
        ({"account": True, "wants_paper": True}, {"inbox": "sent", "paper": "waiting"}),
        ({"wants_paper": True, "phone": "0912"}, {"paper": "waiting"}),
        ({"phone": "0912"}, {"phone": "waiting"}),
        ({}, {"paper": "waiting"}),
    ],
)
def test_every_member_is_reached_by_some_way(facts, expected):
    assert ways(make_notice(member_of("A", **facts))) == expected


def test_without_a_mail_server_the_member_is_told_by_hand(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    notice = make_notice(member_of("A", email="a@example.vn", phone="0912"))
    assert ways(notice) == {"email": "not_possible", "phone": "waiting"}
    assert "máy chủ thư" in notice.deliveries.get(channel=Channel.EMAIL).reason


def test_an_account_whose_code_was_never_used_is_no_inbox():
    member = member_of("A")
    open_account(member, by=None)
    assert ways(make_notice(member)) == {"paper": "waiting"}


def test_old_notices_are_forgotten_and_the_journal_says_how_many():
    member = member_of("A")
    old, kept = make_notice(member), make_notice(member)
    Notice.objects.filter(pk=old.pk).update(created_at=now() - KEPT - timedelta(days=1))
    assert forget_old() == 1
    assert list(Notice.objects.all()) == [kept]
    assert Event.objects.get(verb="notice.forgotten").details == {"notices": 1}
    assert forget_old() == 0
    assert Event.objects.filter(verb="notice.forgotten").count() == 1


def test_a_closed_account_is_no_inbox():
    member = member_of("A", account=True)
    Account.objects.update(is_active=False)
    assert ways(make_notice(member)) == {"paper": "waiting"}


def test_a_member_named_twice_is_told_once_in_one_event(body):
    first, second = member_of("A"), member_of("B")
    notices = notify([second.pk, first.pk, second.pk], kind="x.y", title="Mời họp", body=body.pk, by=None)
    assert [notice.member_id for notice in notices] == [second.pk, first.pk]
    event = Event.objects.get(verb="notice.sent")
    assert (event.body, event.details) == (body.pk, {"kind": "x.y", "members": 2})


def test_telling_nobody_writes_nothing():
    assert notify([], kind="x.y", title="Mời họp", body=None, by=None) == []
    assert not Event.objects.exists()


@pytest.mark.parametrize("url", ["https://example.vn/", "//example.vn/", "meetings/7/"])
def test_an_address_that_is_not_ours_is_refused(url):
    with pytest.raises(ValidationError, match="trong chương trình"):
        make_notice(member_of("A"), url=url)


def test_the_number_of_queries_does_not_grow_with_members():
    ids = [member_of(f"M{n}", email=f"{n}@example.vn", account=True).pk for n in range(40)]
    notify(ids[:1], kind="x.y", title="Mời họp", body=None, by=None)  # the first opens the chain
    with CaptureQueriesContext(connection) as for_one:
        notify(ids[:1], kind="x.y", title="Mời họp", body=None, by=None)
    with CaptureQueriesContext(connection) as for_many:
        notify(ids, kind="x.y", title="Mời họp", body=None, by=None)
    assert len(for_many) == len(for_one)


def test_mails_are_queued_in_parts_after_the_commit(django_capture_on_commit_callbacks):
    ids = [member_of(f"M{n}", email=f"{n}@example.vn").pk for n in range(60)]
    with django_capture_on_commit_callbacks(execute=True):
        notify(ids, kind="x.y", title="Mời họp", body=None, by=None)
        assert not DBTaskResult.objects.exists()
    assert sorted(len(row.args_kwargs["args"][0]) for row in DBTaskResult.objects.all()) == [10, 50]


def test_reading_twice_is_one_event():
    member = member_of("A", account=True)
    notice, me = make_notice(member), Viewer(actor="member:1", member_id=member.pk)
    mark_read(notice, by=me)
    first = Notice.objects.get().read_at
    mark_read(notice, by=me)
    assert Notice.objects.get().read_at == first
    assert Event.objects.filter(verb="notice.read").count() == 1


def test_reading_all_leaves_the_notices_of_others():
    one, other = member_of("A"), member_of("B")
    for member in (one, one, other):
        make_notice(member)
    assert mark_all_read(by=Viewer(actor="member:1", member_id=one.pk)) == 2
    assert list(Notice.objects.unread().values_list("member", flat=True)) == [other.pk]


def test_a_call_is_ticked_once_and_can_be_unticked(body):
    delivery = make_notice(member_of("A", phone="0912"), body=body.pk).deliveries.get()
    secretary = Viewer(actor="member:9", member_id=9)
    mark_told(delivery, by=secretary)
    with pytest.raises(IllegalMove):
        mark_told(Delivery.objects.get(), by=secretary)
    reopen_delivery(Delivery.objects.get(), by=secretary)
    assert Delivery.objects.get().state == DeliveryState.WAITING
    events = Event.objects.filter(verb__startswith="delivery.").order_by("seq")
    assert [event.verb for event in events] == ["delivery.told", "delivery.reopened"]
