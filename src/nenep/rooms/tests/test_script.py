"""The script of a meeting: what its chair practises beforehand and may take along on paper (R109)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.meetings.models import MeetingStatus
from nenep.meetings.rules import rules_of
from nenep.meetings.tests.make import make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.rooms.reads import cues_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(branch, secretary):
    return make_meeting(branch, chair=secretary)


def page(client, meeting):
    return client.get(reverse("rooms:script", args=[meeting.pk]))


def test_each_part_begins_where_the_one_before_it_ends(meeting):
    cues = cues_of(meeting)
    assert [cue.item for cue in cues] == list(meeting.items.order_by("position"))
    assert cues[0].starts_at == meeting.starts_at
    assert [cue.starts_at for cue in cues[1:]] == [cue.ends_at for cue in cues[:-1]]
    assert cues[-1].ends_at - meeting.starts_at == timedelta(minutes=sum(cue.item.minutes for cue in cues))


def test_it_says_when_who_and_what_to_say(client, meeting, secretary):
    item = meeting.items.get(step="C5")
    item.questions, item.presenter = "Việc nào trễ?", secretary
    item.save()
    sign_in(client, secretary)
    text = page(client, meeting).content.decode()
    cue = next(cue for cue in cues_of(meeting) if cue.item == item)
    assert f"{timezone.localtime(cue.starts_at):%H:%M} đến {timezone.localtime(cue.ends_at):%H:%M}" in text
    assert f"đồng chí {secretary.full_name} trình bày" in text
    assert "Việc nào trễ?" in text
    for said in rules_of(meeting).phrases(item.category).says:
        assert said in text
    # Once for the parts of a kind that follow one another.
    opening = rules_of(meeting).phrases("opening").says[0]
    assert len(meeting.items.filter(category="opening")) > 1
    assert text.count(opening) == 1
    preparation = client.get(reverse("meetings:preparation", args=[meeting.pk])).content.decode()
    assert reverse("rooms:script", args=[meeting.pk]) in preparation


def test_an_empty_agenda_has_no_script(client, meeting, secretary):
    meeting.items.all().delete()
    sign_in(client, secretary)
    assert "Chương trình chưa có nội dung nào" in page(client, meeting).content.decode()


def test_whoever_prepares_finds_it_there(client, branch, meeting):
    helper = make_member(branch)
    make_office(helper, branch, Post.COMMITTEE_MEMBER)
    sign_in(client, helper)
    preparation = client.get(reverse("meetings:preparation", args=[meeting.pk])).content.decode()
    assert reverse("rooms:script", args=[meeting.pk]) in preparation
    assert page(client, meeting).status_code == 200


@pytest.mark.parametrize("chosen", [True, False])
def test_it_is_for_whoever_leads_the_meeting(client, branch, meeting, chosen):
    member = make_member(branch)
    if chosen:
        meeting.chair = member
        meeting.save()
    sign_in(client, member)
    assert page(client, meeting).status_code == (200 if chosen else 403)


def test_it_stays_when_the_meeting_is_over(client, branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.ADOPTED, chair=secretary)
    sign_in(client, secretary)
    assert page(client, meeting).status_code == 200
