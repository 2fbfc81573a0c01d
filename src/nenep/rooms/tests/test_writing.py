"""“Đang ghi: đồng chí …”: the others who write see it on that item, for as long as somebody writes."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.journal.models import Event
from nenep.meetings import operations as meetings
from nenep.meetings import recording
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.rooms import writing
from nenep.shared.dates import clock_at, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def note_taker(branch):
    return make_member(branch, name="Trần Thư Ký")


@pytest.fixture
def meeting(branch, secretary, note_taker):
    at = now() - timedelta(hours=1)
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, note_taker=note_taker, at=at)


@pytest.fixture
def item(meeting):
    return meeting.items.all()[2]


def shown(client, meeting):
    return client.get(reverse("rooms:writers", args=[meeting.pk])).content.decode()


def names_at(item, viewer):
    return writing.writers_in(item.meeting, viewer=viewer)[item.pk]


def test_the_others_see_it_on_that_item_and_oneself_does_not(client, meeting, item, secretary, note_taker):
    sign_in(client, note_taker)
    assert client.post(reverse("rooms:writing", args=[item.pk])).status_code == 204
    assert "Đang ghi" not in shown(client, meeting)
    sign_in(client, secretary)
    line = f'<span id="writing-{item.pk}" class="hint" role="status" hx-swap-oob="true">'
    page = shown(client, meeting)
    assert f"{line}Đang ghi: đồng chí Trần Thư Ký</span>" in page
    assert page.count("Đang ghi") == 1


def test_it_ends_when_saved_and_not_for_another_who_still_writes(meeting, item, secretary, note_taker):
    outsider = viewer_for(make_member(meeting.body, name="Lê Phó", post=Post.DEPUTY))
    for member in (secretary, note_taker):
        writing.show_life(item, by=viewer_for(member))
    assert names_at(item, outsider) == ["Nguyễn Bí Thư", "Trần Thư Ký"]
    recording.record_item(
        item,
        notes="Đã bàn.",
        conclusion="",
        decision="",
        seen_revision=item.revision,
        by=viewer_for(note_taker),
    )
    assert names_at(item, outsider) == ["Nguyễn Bí Thư"]


def test_it_ends_a_minute_after_the_last_sign_of_life(item, secretary, note_taker):
    began = now()
    by = viewer_for(note_taker)
    with clock_at(began):
        writing.show_life(item, by=by)
    with clock_at(began + timedelta(seconds=40)):
        writing.show_life(item, by=by)
    with clock_at(began + timedelta(seconds=99)):
        assert names_at(item, viewer_for(secretary)) == ["Trần Thư Ký"]
    with clock_at(began + timedelta(seconds=100)):
        assert names_at(item, viewer_for(secretary)) == []


def test_it_goes_with_the_meeting_and_leaves_no_event(client, meeting, item, secretary, note_taker):
    sign_in(client, note_taker)
    events = Event.objects.count()
    client.post(reverse("rooms:writing", args=[item.pk]))
    assert Event.objects.count() == events
    meetings.close_meeting(meeting, by=None)
    assert cache.get(f"rooms.writing:{item.pk}") is None
    # A page that was left open sends one more, and asks once more: neither brings it back.
    client.post(reverse("rooms:writing", args=[item.pk]))
    assert cache.get(f"rooms.writing:{item.pk}") is None
    assert client.get(reverse("rooms:writers", args=[meeting.pk])).status_code == 286


def test_the_phones_of_the_other_members_neither_ask_nor_are_told(client, branch, meeting, item, secretary):
    sign_in(client, make_member(branch, name="Vũ Dự Họp"))
    assert client.get(reverse("rooms:writers", args=[meeting.pk])).status_code == 403
    assert client.post(reverse("rooms:writing", args=[item.pk])).status_code == 403
    asking = reverse("rooms:writers", args=[meeting.pk])
    for page in ("rooms:seat", "rooms:screen"):
        assert asking not in client.get(reverse(page, args=[meeting.pk])).content.decode()
    sign_in(client, secretary)
    for page, pk in (
        ("meetings:room", meeting.pk),
        ("meetings:item_record", item.pk),
        ("rooms:guide", meeting.pk),
    ):
        shown = client.get(reverse(page, args=[pk])).content.decode()
        asked = client.get(unescape(re.search(f'hx-get="({asking}[^"]*)"', shown)[1])).content.decode()
        lines = re.findall(r'id="writing-\d+"', asked)
        assert lines, page
        assert set(lines) <= set(re.findall(r'id="writing-\d+"', shown)), page  # htmx finds a place for each


def test_the_sign_of_life_stands_outside_the_form_that_is_kept(client, item, secretary):
    """Inside it, its answer would be taken for the saving of the text."""
    sign_in(client, secretary)
    page = client.get(reverse("meetings:item_record", args=[item.pk])).content.decode()
    sign = page.index(reverse("rooms:writing", args=[item.pk]))
    assert page.rindex("</form>", 0, sign) > page.rindex("<form", 0, sign)


def test_pages_ask_so_that_nobody_is_led_away_while_typing(client, meeting, item, secretary):
    sign_in(client, secretary)
    for page, pk in (("meetings:item_record", item.pk), ("rooms:guide", meeting.pk)):
        shown = unescape(client.get(reverse(page, args=[pk])).content.decode())
        asks = re.findall(r"<div [^>]*hx-(?:get|post)=[^>]*>", shown)
        assert len(asks) >= 2, page
        assert all('{"X-Aside": "1"}' in ask for ask in asks), page
