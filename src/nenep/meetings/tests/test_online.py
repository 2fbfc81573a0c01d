"""Taking part from afar needs a paper that allows it (R156): asked for at the end, named in the minutes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.attendance import Mark, record_attendance
from nenep.meetings.minutes import compose
from nenep.meetings.models import MeetingStatus, PaperEntry, Presence
from nenep.meetings.rules import online_rule
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db
LATER = HELD_AT + timedelta(minutes=95)


@pytest.fixture
def meeting(branch, secretary):
    make_member(branch)
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)


@pytest.fixture
def from_afar(meeting, secretary):
    with clock_at(HELD_AT):
        far = meeting.attendance.exclude(member=secretary).get().member_id
        record_attendance(meeting, marks={far: Mark(Presence.ONLINE)}, by=None)
    return meeting


def closing(client, meeting, **typed):
    address = reverse("meetings:closing", args=[meeting.pk])
    with clock_at(LATER):
        if not typed:
            return client.get(address)
        skipped = {f"s{item.pk}": "hết giờ" for item in meeting.items.all() if item.awaits_text}
        ended = {"ended_at_0": f"{LATER:%d/%m/%Y}", "ended_at_1": "15:30"}
        return client.post(address, skipped | ended | typed)


def said(meeting):
    meeting.refresh_from_db()
    return [block.text for block in compose(meeting).blocks if "Dự trực tuyến" in getattr(block, "text", "")]


def test_the_paper_is_asked_for_and_named_in_the_minutes(client, secretary, from_afar):
    assert online_rule(from_afar).reference
    sign_in(client, secretary)
    page = closing(client, from_afar)
    assert "phải có văn bản cho phép. Căn cứ" in page.content.decode()
    answer = closing(client, from_afar, online_basis="Công văn 12-CV/ĐU ngày 02/11/2026")
    assert answer.status_code == 302
    assert said(from_afar) == ["Dự trực tuyến: 1, theo Công văn 12-CV/ĐU ngày 02/11/2026."]
    again = closing(client, from_afar, online_basis="Công văn 12-CV/ĐU ngày 02/11/2026")
    assert again["Location"] == answer["Location"]


def test_without_one_the_minutes_say_so_and_nothing_is_held_up(client, secretary, from_afar):
    sign_in(client, secretary)
    assert closing(client, from_afar, online_basis="").status_code == 302
    assert said(from_afar) == ["Dự trực tuyến: 1, chưa ghi văn bản cho phép."]


def test_of_a_meeting_held_on_paper_the_sheet_says_it(from_afar):
    PaperEntry.objects.create(meeting=from_afar, at=LATER)
    assert said(from_afar) == ["Dự trực tuyến: 1."]


def test_the_next_meeting_offers_the_last_paper(client, branch, secretary, from_afar):
    from_afar.online_basis = "Công văn 12-CV/ĐU"
    from_afar.status = MeetingStatus.CLOSED
    from_afar.save()
    following = make_meeting(
        branch, status=MeetingStatus.OPENED, chair=secretary, at=HELD_AT + timedelta(days=32)
    )
    far = following.attendance.exclude(member=secretary).get().member_id
    with clock_at(HELD_AT + timedelta(days=32)):
        record_attendance(following, marks={far: Mark(Presence.ONLINE)}, by=None)
    sign_in(client, secretary)
    with clock_at(HELD_AT + timedelta(days=32, minutes=90)):
        form = client.get(reverse("meetings:closing", args=[following.pk])).context["form"]
    assert form["online_basis"].value() == "Công văn 12-CV/ĐU"


def test_where_everybody_sits_in_the_room_nothing_is_asked(client, secretary, meeting):
    sign_in(client, secretary)
    page = closing(client, meeting)
    assert "online_basis" not in page.context["form"].fields
    assert "trực tuyến" not in page.content.decode()
    closing(client, meeting, none="")
    assert said(meeting) == []
