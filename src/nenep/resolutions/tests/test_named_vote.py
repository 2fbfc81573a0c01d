"""A draft that the branch votes on by name."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.minutes import compose
from nenep.meetings.models import Meeting
from nenep.organizations.tests.make import make_body
from nenep.resolutions import operations
from nenep.resolutions.models import Resolution, ResolutionStatus
from nenep.shared.dates import now
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew
from nenep.votes.models import Choice, NamedVote
from nenep.votes.operations import close_vote, withdraw_vote
from nenep.votes.tests.make import cast, make_room

pytestmark = pytest.mark.django_db


def save(meeting, revision=0):
    return operations.draft(
        Meeting.objects.get(pk=meeting.pk),
        title="Nghị quyết tháng",
        review="Đã xét.",
        direction="Làm xong.",
        organization="Chi bộ thực hiện.",
        targets=[],
        seen_revision=revision,
        by=None,
    )


@pytest.fixture(scope="module")
def room_once(database_of_the_file):
    return make_room(make_body(), at=now())


@pytest.fixture
def room(room_once):
    return anew(room_once)


@pytest.fixture
def resolution(room):
    return save(room[0])


def test_closing_adopts_the_draft_with_the_count(room, resolution):
    meeting, secretary, members = room
    vote = operations.put_to_named_vote(resolution, by=None)
    for member in [secretary, *members[:3]]:
        cast(vote, member)
    result = close_vote(vote, by=None)
    resolution.refresh_from_db()
    assert (resolution.status, resolution.vote) == (ResolutionStatus.ADOPTED, result)
    assert resolution.document is not None
    assert str(compose(Meeting.objects.get(pk=meeting.pk))).count("tán thành 4/6") == 1


def test_half_is_not_enough_and_the_amended_draft_is_voted_on_again(room, resolution):
    meeting, secretary, members = room
    vote = operations.put_to_named_vote(resolution, by=None)
    for member in [secretary, *members[:2]]:
        cast(vote, member)
    close_vote(vote, by=None)
    resolution.refresh_from_db()
    assert resolution.status == ResolutionStatus.REJECTED
    again = operations.put_to_named_vote(save(meeting, revision=1), by=None)
    for member in members:
        cast(again, member, Choice.FOR)
    close_vote(again, by=None)
    assert Resolution.objects.get().status == ResolutionStatus.ADOPTED


def test_while_it_is_open_the_draft_neither_changes_nor_is_counted_by_hands(room, resolution):
    vote = operations.put_to_named_vote(resolution, by=None)
    with pytest.raises(Refused, match="đang biểu quyết ghi tên"):
        save(room[0], revision=1)
    with pytest.raises(Refused, match="đang biểu quyết ghi tên"):
        operations.put_to_vote(resolution, votes_for=4, votes_against=0, votes_other=0, by=None)
    withdraw_vote(vote, by=None)
    save(room[0], revision=1)


def test_without_the_guard_the_branch_adopts_words_it_did_not_see(room, resolution, monkeypatch):
    """The twin: what the guard prevents."""
    monkeypatch.setattr(operations, "_require_no_open_vote", lambda resolution: None)
    operations.put_to_named_vote(resolution, by=None)
    assert save(room[0], revision=1).revision == 2


def test_one_tap_on_the_page_of_the_vote_opens_it(client, room, resolution):
    meeting, secretary, _members = room
    sign_in(client, secretary)
    address = reverse("resolutions:named_vote", args=[meeting.pk])
    assert address in client.get(reverse("resolutions:adoption", args=[meeting.pk])).content.decode()
    answer = client.post(address)
    assert answer.url == reverse("votes:page", args=[NamedVote.objects.get().pk])
