"""One question after a meeting: counted once for each who was there, told late and in groups, linked to nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings.attendance import Mark, record_attendance
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import MeetingStatus
from nenep.meetings.operations import close_meeting, resume_meeting
from nenep.meetings.rules import rules_of
from nenep.meetings.states import Presence
from nenep.meetings.tests.make import HELD_AT, acting, make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.quality.models import Feeling, PulseCount, PulseTaken
from nenep.quality.pulse import answer_pulse, forget_pulses, told
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db
SENT_LATE = "Đồng chí đã trả lời câu hỏi của kỳ sinh hoạt này"


@pytest.fixture(autouse=True)
def _next_day():
    with clock_at(HELD_AT + timedelta(days=1)):
        yield


@pytest.fixture(scope="module")
def meeting_once(database_of_the_file):
    branch = make_body()
    members = make_members(branch, 6)
    secretary = make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    made = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)
    record_attendance(made, marks={members[-1].pk: Mark(Presence.EXCUSED, "Ốm")}, by=None)
    with clock_at(HELD_AT + timedelta(minutes=92)):
        close_meeting(made, by=None)
    return made, members


@pytest.fixture
def meeting(meeting_once):
    return anew(meeting_once[0])


@pytest.fixture
def members(meeting_once):
    return anew(meeting_once[1])


@pytest.fixture
def branch(meeting):
    return meeting.body


def address(meeting):
    return reverse("quality:pulse", args=[meeting.pk])


def shown(meeting):
    least = rules_of(meeting).meeting.least_group
    return list(told(least).values_list("free", "held_back", "nothing"))


def test_a_member_answers_once_from_the_page_of_the_meeting(client, meeting, members):
    sign_in(client, members[0])
    assert address(meeting) in client.get("/").content.decode()
    asked = client.get(address(meeting)).content.decode()
    assert " checked" not in asked
    assert client.post(address(meeting), {"feeling": ""}).status_code == 422
    sent = client.post(address(meeting), {"feeling": "held_back"})
    assert sent.url == reverse("meetings:page", args=[meeting.pk])
    again = client.post(address(meeting), {"feeling": "free"}, follow=True).content.decode()
    assert SENT_LATE in again
    assert address(meeting) not in client.get("/").content.decode()
    assert list(PulseCount.objects.values_list("free", "held_back", "nothing")) == [(0, 1, 0)]


def test_who_was_not_there_has_nothing_to_answer(client, branch, meeting, members):
    newcomer = make_member(branch, since=HELD_AT.date() + timedelta(days=1))
    for outsider in (members[-1], newcomer):
        sign_in(client, outsider)
        assert client.post(address(meeting), {"feeling": "free"}).status_code == 403
        with pytest.raises(Refused):
            answer_pulse(meeting, Feeling.FREE, by=acting(outsider))
        assert address(meeting) not in client.get("/").content.decode()
    stranger = make_member(make_body())
    sign_in(client, stranger)
    assert client.get(address(meeting)).status_code == 404
    assert not PulseTaken.objects.exists()


def test_nothing_is_told_while_somebody_may_answer_or_by_fewer_than_five(meeting, members):
    after = HELD_AT + timedelta(days=rules_of(meeting).meeting.pulse_days.number + 1)
    for member in members[:4]:
        answer_pulse(meeting, Feeling.HELD_BACK, by=acting(member))
    with clock_at(after):
        assert shown(meeting) == []
        with pytest.raises(Refused):
            answer_pulse(meeting, Feeling.FREE, by=acting(members[4]))
    answer_pulse(meeting, Feeling.FREE, by=acting(members[4]))
    assert shown(meeting) == []
    with clock_at(after - timedelta(days=1)):
        assert shown(meeting) == []
    with clock_at(after):
        assert shown(meeting) == [(1, 4, 0)]


def test_no_row_and_no_event_links_an_answer_to_who_gave_it(client, meeting, members):
    sign_in(client, members[0])
    before = set(Event.objects.values_list("pk", flat=True))
    client.post(address(meeting), {"feeling": "held_back"})
    (event,) = Event.objects.exclude(pk__in=before).filter(verb="pulse.answered")
    assert event.actor == "system"
    assert event.subject is None
    assert "held_back" not in str(vars(event))
    # Who has answered is forgotten; what remains names nobody.
    assert {field.name for field in PulseTaken._meta.fields} == {"id", "meeting", "member"}
    assert {field.related_model for field in PulseCount._meta.fields} == {None, type(meeting)}
    until = meeting.pulse.until
    assert forget_pulses(until) == 0
    assert forget_pulses(until + timedelta(days=1)) == 1
    assert (PulseTaken.objects.count(), PulseCount.objects.count()) == (0, 1)


def test_the_chair_is_asked_too_also_once_the_minutes_are_adopted(client, meeting):
    sign_in(client, meeting.chair)
    assert address(meeting) in client.get("/").content.decode()
    adopt_minutes(meeting, votes_for=meeting.present, by=None)
    assert address(meeting) in client.get("/").content.decode()


def test_a_meeting_that_goes_on_waits_with_its_question(client, meeting):
    sign_in(client, meeting.chair)
    assert address(meeting) in client.get("/").content.decode()
    resume_meeting(meeting, by=None)
    assert address(meeting) not in client.get("/").content.decode()
    assert client.post(address(meeting), {"feeling": "free"}).status_code == 302
    assert not PulseTaken.objects.exists()
