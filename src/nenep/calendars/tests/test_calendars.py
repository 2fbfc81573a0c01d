"""Calendars that leave the program: what stands in them, who gets them, and what becomes of an address."""

import logging
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.db.models import CharField, TextField
from django.urls import reverse
from icalendar import Calendar

from nenep.access.models import ReadingGrant, ReadingState
from nenep.access.operations import close_account
from nenep.access.tests.make import make_account, sign_in, viewer_for
from nenep.calendars.models import Feed, PublicCalendar
from nenep.calendars.operations import close_calendar, make_feed, open_calendar, revoke_feed
from nenep.journal.models import Event
from nenep.meetings import exports, operations
from nenep.meetings.calling_off import cancel_meeting
from nenep.meetings.models import AgendaItem, Meeting, MeetingKind, MeetingStatus
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.people.models import Post
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db

BEFORE = HELD_AT - timedelta(days=2)
# Whatever stands in a calendar beside these has left the program for good.
ALLOWED = {"UID", "SEQUENCE", "STATUS", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "URL"}
NEEDED_AS_THEY_ARE = {"kind", "status", "ref"}


@pytest.fixture(autouse=True)
def _before():
    with clock_at(BEFORE):
        yield


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def member(bloc, secretary):
    return make_member(bloc.branch, name="Trần Đảng Viên")


@pytest.fixture
def meeting(bloc, secretary, member):
    return make_meeting(bloc.branch, status=MeetingStatus.CALLED, chair=secretary)


def address_for(person, *, shows_place=True):
    by = viewer_for(person)
    return reverse("calendars:feed", args=[make_feed(by.account_id, shows_place=shows_place, by=by)])


def events(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def with_canaries(meeting):
    """Something to be found in every text of the meeting and of its agenda, present and future ones alike."""
    planted = {}
    texts = [field for field in Meeting._meta.concrete_fields if isinstance(field, (CharField, TextField))]
    for field in texts:
        if field.name not in NEEDED_AS_THEY_ARE:
            planted[field.name] = f"CANARY-{field.name}-{uuid4().hex[:8]}"
    Meeting.objects.filter(pk=meeting.pk).update(**planted)
    planted["item"] = f"CANARY-item-{uuid4().hex[:8]}"
    AgendaItem.objects.filter(meeting=meeting).update(title=planted["item"], notes=planted["item"])
    assert {"place", "focus_question", "guests", "fee_note"} <= set(planted)
    return planted | {"chair": meeting.chair.full_name}


def leaks(client, address, planted):
    """What of the planted, and which fields beside the allowed, stand in the calendar or page at the address."""
    content = client.get(address).content
    text = content.decode().replace("\r\n ", "")
    found = {name for name, canary in planted.items() if canary in text}
    if address.endswith(".ics"):
        found |= {name for event in Calendar.from_ical(content).walk("VEVENT") for name in event} - ALLOWED
    return found


def test_only_kind_time_place_and_link_leave(client, bloc, member, meeting):
    planted = with_canaries(meeting)
    assert leaks(client, address_for(member), planted) == {"place"}
    assert leaks(client, address_for(member, shows_place=False), planted) == set()
    for shows_place, expected in ((True, {"place"}), (False, set())):
        calendar = open_calendar(
            bloc.branch.pk, kinds=[MeetingKind.REGULAR], shows_place=shows_place, by=None
        )
        for name in ("calendars:public", "calendars:public_feed"):
            assert leaks(client, reverse(name, args=[calendar.ref]), planted) == expected


def test_a_writer_that_says_more_would_be_found(client, member, meeting, monkeypatch):
    """Twin: the same search where somebody adds what the meeting is about."""
    planted = with_canaries(meeting)
    spoken = exports.event_of

    def talkative(meeting, address, **options):
        event = spoken(meeting, address, **options)
        event.add("description", meeting.focus_question)
        return event

    monkeypatch.setattr("nenep.calendars.views.event_of", talkative)
    assert leaks(client, address_for(member), planted) == {"place", "focus_question", "DESCRIPTION"}


def test_a_moved_meeting_raises_its_number_and_a_cancelled_one_says_so(client, member, meeting):
    address = address_for(member)
    before = events(client, address)[0]
    operations.postpone(meeting, to=HELD_AT + timedelta(days=2), reason="Bão", by=None)
    moved = events(client, address)[0]
    assert (moved["UID"], moved["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)
    assert moved["DTSTART"].dt == HELD_AT + timedelta(days=2)
    assert before["UID"] == f"{meeting.ref}@nenep"
    cancel_meeting(Meeting.objects.get(pk=meeting.pk), reason="duty", by=None)
    gone = events(client, address)[0]
    assert (before["STATUS"], gone["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert (gone["UID"], gone["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 2)


def test_what_nobody_was_told_of_stands_in_no_calendar(client, bloc, secretary, member):
    make_meeting(bloc.branch, chair=secretary)
    assert events(client, address_for(member)) == []


def test_an_address_that_was_taken_back_or_replaced_is_not_found(client, member, meeting):
    first, second = address_for(member), address_for(member)
    assert (client.get(first).status_code, len(events(client, second))) == (404, 1)
    by = viewer_for(member)
    revoke_feed(by.account_id, by=by)
    assert client.get(second).status_code == 404
    third = address_for(member)
    close_account(make_account(member), by=None)
    assert client.get(third).status_code == 404
    verbs = list(Event.objects.filter(verb__startswith="calendar_feed").values_list("verb", flat=True))
    assert sorted(verbs) == ["calendar_feed.made"] * 3 + ["calendar_feed.revoked"]


def test_the_token_is_kept_nowhere(member):
    token = address_for(member).rpartition("/")[2].removesuffix(".ics")
    feed = Feed.objects.get()
    assert len(token) >= 43
    assert token not in str(vars(feed))
    assert token not in str(list(Event.objects.values()))


def test_whoever_leaves_the_branch_no_longer_gets_its_meetings(client, bloc, member, meeting):
    address = address_for(member)
    assert len(events(client, address)) == 1
    transfer(member, to=bloc.neighbour_branch, day=BEFORE.date(), by=None)
    assert events(client, address) == []


def test_a_meeting_that_somebody_may_only_read_is_not_in_the_own_calendar(client, bloc, meeting):
    officer = make_member(bloc.lone_branch)
    make_office(officer, bloc.bloc, Post.OFFICER)
    ReadingGrant.objects.create(
        account=make_account(officer), body=bloc.branch, purpose="Kiểm tra", asked_at=BEFORE,
        given_by=make_account(meeting.chair),
        state=ReadingState.GIVEN, valid_from=BEFORE.date(), valid_to=HELD_AT.date(),
    )  # fmt: skip
    assert meeting in Meeting.objects.visible_to(viewer_for(officer))
    assert events(client, address_for(officer)) == []


def test_an_address_is_asked_sixty_times_an_hour(client, member, meeting, monkeypatch):
    monkeypatch.setattr("nenep.shared.limits.time", lambda: 1_800_000_000)
    address, other = address_for(member), address_for(meeting.chair)
    assert {client.get(address).status_code for _time in range(60)} == {200}
    assert client.get(address).status_code == 429
    assert client.get(other).status_code == 200


def test_the_page_shows_the_address_once_and_takes_it_back(client, member, meeting):
    sign_in(client, member)
    made = client.post(reverse("calendars:feed_making"), {"shows_place": "on"})
    token = made.content.decode().partition("/calendars/private/")[2].partition(".ics")[0]
    assert len(events(client, reverse("calendars:feed", args=[token]))) == 1
    assert token not in client.get(reverse("calendars:mine")).content.decode()
    client.post(reverse("calendars:feed_revocation"))
    assert client.get(reverse("calendars:feed", args=[token])).status_code == 404


def test_only_chosen_kinds_are_public_and_a_closed_calendar_is_not_found(client, bloc, secretary, meeting):
    sign_in(client, secretary)
    address = reverse("calendars:publication", args=[bloc.branch.pk])
    assert client.post(address, {"shows_place": "on"}).status_code == 422
    assert not PublicCalendar.objects.exists()
    client.post(address, {"kinds": ["thematic"]})
    first = PublicCalendar.objects.get()
    client.logout()
    assert events(client, reverse("calendars:public_feed", args=[first.ref])) == []
    open_calendar(bloc.branch.pk, kinds=list(MeetingKind), shows_place=False, by=None)
    page = client.get(reverse("calendars:public", args=[first.ref])).content.decode()
    assert "14:00 ngày 03/12/2026" in page
    assert "Đang dùng" not in page
    close_calendar(bloc.branch.pk, by=None)
    for name in ("calendars:public", "calendars:public_feed"):
        assert client.get(reverse(name, args=[first.ref])).status_code == 404
    again = open_calendar(bloc.branch.pk, kinds=[MeetingKind.REGULAR], shows_place=False, by=None)
    assert again.ref != first.ref


def test_no_refusal_writes_a_private_address_into_the_log(client, monkeypatch, member):
    """405 to what calendar programs ask first, 429 to a valid address asked too often."""
    address = address_for(member)
    token = address.removeprefix("/calendars/private/").removesuffix(".ics")
    monkeypatch.setattr("nenep.calendars.views.FEED_AN_HOUR", 0)
    [handler] = [one for one in logging.getLogger().handlers if one.name == "stderr"]
    for masks in (handler.filters, []):  # the twin: without the filter the address stands there
        written = StringIO()
        monkeypatch.setattr(handler, "stream", written)
        monkeypatch.setattr(handler, "filters", masks)
        assert [client.post(address).status_code, client.get(address).status_code] == [405, 429]
        assert written.getvalue().count("/calendars/private/") >= 2
        assert (token in written.getvalue()) == (not masks)
