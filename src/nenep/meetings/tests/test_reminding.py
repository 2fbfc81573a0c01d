"""The secretary reminds those whom the notice has not reached: them alone, once a day, by their own ways."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from nenep.access.tests.make import make_account, sign_in, viewer_for
from nenep.journal.models import Event
from nenep.meetings import operations
from nenep.meetings.answers import respond
from nenep.meetings.models import Answer, MeetingStatus
from nenep.meetings.notice import REMINDER, deliveries_of, told_members
from nenep.meetings.reminding import remind_unseen
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Channel, Notice
from nenep.notices.operations import mark_read, mark_seen, tell_also
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at, now
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(branch):
    """Five with an account: who sees, who answers, who is called, who does nothing, and who has no account."""
    people = {name: make_member(branch, name=name) for name in ("Xem", "Trả Lời", "Được Gọi", "Im")}
    for member in people.values():
        make_account(member)
    return people | {"Không Máy": make_member(branch, name="Không Máy")}


@pytest.fixture
def meeting(branch, secretary, people):
    return make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary, at=now() + timedelta(days=3))


def reminded(meeting):
    return [notice.member.full_name for notice in Notice.objects.filter(kind=REMINDER).about(meeting)]


def test_only_those_who_neither_opened_nor_answered_nor_were_told_are_reminded(secretary, people, meeting):
    mark_seen(meeting, by=viewer_for(people["Xem"]))
    respond(meeting, answer=Answer.WILL_COME, by=viewer_for(people["Trả Lời"]))
    told = Notice.objects.about(meeting).get(member=people["Được Gọi"])
    tell_also(told, Channel.PHONE, by=viewer_for(secretary))
    assert remind_unseen(meeting, by=viewer_for(secretary)) == 1
    assert reminded(meeting) == ["Im"]
    event = Event.objects.get(verb="meeting.reminded")
    assert (event.object_id, event.subject, event.details) == (meeting.pk, None, {"members": 1})


def test_a_reminder_says_day_and_place_by_the_ways_of_the_member(
    secretary, people, meeting, mailoutbox, django_capture_on_commit_callbacks
):
    type(secretary).objects.filter(pk=people["Im"].pk).update(email="im@example.vn")
    operations.plan(meeting, place="Hội trường tầng hai", by=None)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        remind_unseen(meeting, by=viewer_for(secretary))
    notice = Notice.objects.about(meeting).get(kind=REMINDER, member=people["Im"])
    assert notice.text == operations.call_text(meeting)
    assert sorted(notice.deliveries.values_list("channel", flat=True)) == ["email", "inbox"]
    # What a person has to carry out stays one task, that of the notice itself.
    assert not Notice.objects.filter(kind=REMINDER, member=people["Không Máy"]).exists()


def test_once_a_day_and_again_tomorrow(client, secretary, meeting):
    sign_in(client, secretary)
    address = reverse("meetings:reminder", args=[meeting.pk])
    client.post(address)
    sent = len(reminded(meeting))
    page = client.post(address, follow=True).content.decode()
    assert re.search(r"Hôm nay đã nhắc lúc \d\d:\d\d\. Mỗi ngày chỉ nhắc một lần", page)
    assert len(reminded(meeting)) == sent == 4
    with clock_at(now() + timedelta(days=1)):
        assert remind_unseen(meeting, by=viewer_for(secretary)) == sent


def test_nobody_left_and_the_hour_of_the_meeting_refuse_in_a_sentence(secretary, people, meeting):
    with clock_at(meeting.starts_at), pytest.raises(Refused, match="Đã đến giờ họp"):
        remind_unseen(meeting, by=viewer_for(secretary))
    for member in people.values():
        mark_seen(meeting, by=viewer_for(member))
    with pytest.raises(Refused, match="Không còn đồng chí nào phải nhắc"):
        remind_unseen(meeting, by=viewer_for(secretary))
    assert not Event.objects.filter(verb="meeting.reminded").exists()


def test_whoever_opens_the_reminder_is_reached_until_the_day_moves(secretary, people, meeting):
    remind_unseen(meeting, by=viewer_for(secretary))
    mark_read(Notice.objects.get(kind=REMINDER, member=people["Im"]), by=viewer_for(people["Im"]))
    assert row_of(meeting, people["Im"]).is_reached
    operations.postpone(meeting, to=meeting.starts_at + timedelta(hours=2), reason="Mưa bão", by=None)
    row = row_of(meeting, people["Im"])
    assert [telling.label for telling in row.earlier] == ["Nhắc lại", "Thông báo họp"]
    assert not row.is_reached


def test_a_reminder_does_not_make_the_notice_changed_nor_hide_what_is_still_to_be_carried(
    client, secretary, people, meeting
):
    before = told_members(meeting)
    sign_in(client, secretary)
    page = client.get(reverse("meetings:notice", args=[meeting.pk])).content.decode()
    assert "Nhắc những đồng chí chưa xem</button>" in page
    client.post(reverse("meetings:reminder", args=[meeting.pk]))
    page = client.get(reverse("meetings:notice", args=[meeting.pk])).content.decode()
    assert "Hôm nay đã nhắc 4 đồng chí" in page
    assert "Nhắc những đồng chí chưa xem</button>" not in page
    assert "Ai mới biết ngày, nơi họp cũ" not in page
    assert row_of(meeting, people["Không Máy"]).by_hand is not None
    assert told_members(meeting) == before


def row_of(meeting, member):
    return next(row for row in deliveries_of(meeting) if row.entry.member_id == member.pk)
