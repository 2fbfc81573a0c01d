"""Work given in the very form in which an item is written: with its text or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.models import Assignment
from nenep.meetings.models import MeetingStatus
from nenep.meetings.recording import record_item
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.notices.models import Notice
from nenep.people.tests.make import make_member

pytestmark = pytest.mark.django_db
WORK = "Lập danh sách hồ sơ quá hạn"
DUE = HELD_AT.date() + timedelta(days=14)


@pytest.fixture
def meeting(branch, secretary, owner):
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)


@pytest.fixture
def item(meeting):
    return meeting.items.get(step="C5")


@pytest.fixture
def owner(branch):
    return make_member(branch)


def send(client, item, *, part=False, **fields):
    typed = {"revision": item.revision, "notes": "Đã bàn", "conclusion": "", "decision": "", **fields}
    headers = {"HX-Request": "true"} if part else {}
    return client.post(reverse("meetings:item_record", args=[item.pk]), typed, headers=headers)


def work(owner, due=DUE, **fields):
    fields = {"what": WORK, "owner": owner.pk, "due_on": f"{due:%d/%m/%Y}", "once": uuid4(), **fields}
    return {f"give-{name}": value for name, value in fields.items()}


@pytest.mark.parametrize("part", [True, False])
def test_text_and_work_are_saved_with_one_press(client, secretary, item, owner, part):
    sign_in(client, secretary)
    assert send(client, item, part=part, **work(owner)).status_code == (200 if part else 302)
    item.refresh_from_db()
    given = Assignment.objects.get()
    assert item.notes == "Đã bàn"
    assert (given.what, given.owner, given.due_on, given.item) == (WORK, owner, DUE, item)
    assert Notice.objects.filter(member=owner, title__contains="giao một việc").exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"give-due_on": ""}, "Thời hạn: "),
        ({"give-owner": ""}, "Người thực hiện: "),
        ({"give-what": ""}, "Việc"),
        ({"give-due_on": f"{HELD_AT - timedelta(days=1):%d/%m/%Y}"}, "Thời hạn: "),
    ],
)
@pytest.mark.parametrize("part", [True, False])
def test_work_that_is_not_whole_saves_nothing_and_keeps_all_that_was_typed(
    client, secretary, item, owner, part, wrong, says
):
    sign_in(client, secretary)
    answer = send(client, item, part=part, **(work(owner) | wrong))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert "Đã bàn</textarea>" in text
    item.refresh_from_db()
    assert (item.notes, item.revision) == ("", 0)
    assert not Assignment.objects.exists()


def test_left_empty_it_gives_nothing(client, secretary, item):
    sign_in(client, secretary)
    fields = {"give-what": "", "give-owner": "", "give-due_on": "", "give-once": uuid4()}
    assert send(client, item, **fields).status_code == 302
    assert not Assignment.objects.exists()


def test_a_text_saved_by_another_meanwhile_holds_the_work_back_too(client, secretary, item, owner):
    record_item(item, notes="Bản của đồng chí khác", conclusion="", decision="", seen_revision=0, by=None)
    sign_in(client, secretary)
    answer = send(client, item, part=True, revision=0, **work(owner))
    assert answer.status_code == 422
    assert "Bản của đồng chí khác" in answer.content.decode()
    assert f'value="{WORK}"' in answer.content.decode()
    assert not Assignment.objects.exists()


def test_sent_twice_it_is_given_once(client, secretary, item, owner):
    sign_in(client, secretary)
    typed = work(owner)
    assert [send(client, item, **typed).status_code for _ in range(2)] == [302, 302]
    assert Assignment.objects.count() == 1


def test_whoever_writes_without_the_right_to_give_work_is_not_asked_and_gives_none(
    client, branch, item, owner
):
    writer = make_member(branch)
    item.meeting.note_taker = writer
    item.meeting.save()
    sign_in(client, writer)
    page = client.get(reverse("meetings:room", args=[item.meeting_id]), {"at": item.pk}).content.decode()
    assert 'name="notes"' in page
    assert 'name="give-what"' not in page
    assert send(client, item, **work(owner)).status_code == 302
    assert not Assignment.objects.exists()


def test_the_form_stays_open_for_more_work_where_one_does_not_go_on(client, secretary, item, owner):
    sign_in(client, secretary)
    room = reverse("meetings:room", args=[item.meeting_id])
    assert (
        send(client, item, onward="1", stay="1", **work(owner)).url == f"{room}?at={item.pk}#item-{item.pk}"
    )
    page = client.get(room, {"at": item.pk}).content.decode()
    assert f"{WORK}, hạn" in page
    assert 'name="give-what"' in page
