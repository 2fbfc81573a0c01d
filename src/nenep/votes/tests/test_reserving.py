"""Opinions reserved on what was decided by hands or on paper."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.ballots.tests.make import figures, make_confirmed, make_question
from nenep.journal.models import Event
from nenep.meetings import operations as meetings
from nenep.meetings.attendance import Mark, record_attendance
from nenep.meetings.minutes import adopt_minutes, compose
from nenep.meetings.models import Presence, Vote
from nenep.meetings.tests.make import acting
from nenep.meetings.voting import count_vote, withdraw_vote
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member
from nenep.privacy.retention import forget_what_is_over
from nenep.shared.dates import clock_at, now
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew, parts
from nenep.votes import operations, reserving
from nenep.votes.models import Choice, Reservation
from nenep.votes.tests.make import cast, make_room, make_vote

pytestmark = pytest.mark.django_db

TEXT = "Nên làm sau vụ mùa."


@pytest.fixture(scope="module")
def room_once(database_of_the_file):
    branch = make_body()
    make_member(branch, name="Lê Dự Bị", official=False)
    return make_room(branch, at=now() - timedelta(hours=1))


@pytest.fixture
def room(room_once):
    return anew(room_once)


meeting, secretary, members = parts("room", 3)


def count(meeting, subject="Mua máy"):
    return count_vote(meeting, subject=subject, kind="ordinary_resolution", votes_for=5, by=None)


def reserve(meeting, member, subject="Mua máy", text=TEXT):
    reserving.reserve_opinion_on(meeting, subject=subject, text=text, by=acting(member))


def test_after_hands_the_minutes_say_how_many_and_never_who_or_what(meeting, members):
    count(meeting)
    reserve(meeting, members[0])
    reserve(meeting, members[1])
    reserve(meeting, members[0], text="Nên mua hai máy.")  # in place of the first
    told = str(compose(meeting))
    assert "Mua máy: 2 đồng chí bảo lưu ý kiến" in told
    assert "hai máy" not in told
    reserve(meeting, members[1], text="")  # taken back
    assert "Mua máy: 1 đồng chí bảo lưu ý kiến" in str(compose(meeting))


def test_after_a_secret_ballot_nothing_tells_what_it_was_about(meeting, members):
    ballot = make_question(meeting, head=members[1])
    title = ballot.title
    with pytest.raises(Refused, match="chưa có kết quả"):
        reserve(meeting, members[0], subject=title)
    make_confirmed(ballot, figures((4, 1, 1), issued=6))
    reserve(meeting, members[0], subject=title)
    assert f"{title}: 1 đồng chí bảo lưu ý kiến" in str(compose(meeting))
    event = Event.objects.get(verb="opinion.reserved")
    assert (event.object_id, event.details) == (meeting.pk, {})


def test_who_was_absent_or_is_on_probation_or_comes_too_late_is_told_why(meeting, members):
    count(meeting)
    record_attendance(meeting, marks={members[0].pk: Mark(Presence.UNEXCUSED)}, by=None)
    on_probation = meeting.body.memberships.get(member__full_name="Lê Dự Bị").member
    for member in (members[0], on_probation):
        with pytest.raises(Refused, match="chính thức có mặt"):
            reserve(meeting, member)
    meetings.close_meeting(meeting, by=None)
    reserve(meeting, members[1])
    adopt_minutes(meeting, votes_for=meeting.present, by=None)
    with pytest.raises(Refused, match="Biên bản đã thông qua"):
        reserve(meeting, members[2])
    assert meeting.figures.opinions_reserved == Reservation.objects.count() == 1


def test_who_voted_by_name_reserves_at_that_vote_and_who_did_not_here(meeting, members):
    vote = make_vote(meeting)
    cast(vote, members[0], Choice.AGAINST)
    operations.close_vote(vote, by=None)
    assert reserving.open_to(meeting, members[0].pk) == []
    operations.reserve_opinion(vote, text=TEXT, by=acting(members[0]))
    reserve(meeting, members[1], subject=vote.subject)
    assert f"{vote.subject}: 2 đồng chí bảo lưu ý kiến" in str(compose(meeting))


def test_a_count_taken_back_takes_its_line_along_and_made_anew_brings_it_back(meeting, members):
    vote = count(meeting)
    reserve(meeting, members[0])
    withdraw_vote(vote, by=None)
    assert "bảo lưu" not in str(compose(meeting))
    count(meeting)
    assert "1 đồng chí bảo lưu ý kiến" in str(compose(meeting))


def test_a_member_writes_on_the_phone_and_only_who_answers_for_it_reads(client, meeting, members):
    count(meeting)
    address = reverse("votes:reservations", args=[meeting.pk])
    sign_in(client, members[0])
    assert address in client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
    wrong = client.post(address, {"text": TEXT})
    assert wrong.status_code == 422
    assert TEXT in wrong.content.decode()
    answer = client.post(address, {"subject": "Mua máy", "text": TEXT}, follow=True)
    assert TEXT in answer.content.decode()
    assert not Event.objects.filter(verb="reserved_opinions.read").exists()
    sign_in(client, members[1])
    assert TEXT not in client.get(address).content.decode()
    sign_in(client, meeting.chair)
    assert TEXT in client.get(address).content.decode()
    assert Event.objects.filter(verb="reserved_opinions.read").count() == 1


def test_no_field_of_the_row_leads_to_a_vote():
    to_votes = [f.name for f in Reservation._meta.get_fields() if f.related_model is Vote]
    assert to_votes == []
    assert {f.name for f in Reservation._meta.fields} == {"id", "meeting", "member", "subject", "text", "at"}


def test_it_is_forgotten_after_two_years(meeting, members):
    count(meeting)
    reserve(meeting, members[0])
    with clock_at(now() + timedelta(days=729)):
        forget_what_is_over()
    assert Reservation.objects.exists()
    with clock_at(now() + timedelta(days=740)):
        forget_what_is_over()
    assert not Reservation.objects.exists()
