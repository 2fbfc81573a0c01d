import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nenep.access.tests.make import make_account, sign_in
from nenep.journal.models import Event
from nenep.meetings import voting
from nenep.meetings.attendance import Mark, count, lines_of, record_attendance
from nenep.meetings.minutes import compose
from nenep.meetings.models import MeetingStatus, Presence, Vote
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.meetings.tests.test_at_once import at_once
from nenep.meetings.voting import count_vote, hand_votes
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post, Status
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at, now
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    """Ten official members, one of them exempt, one away, one suspended; two probationary."""
    branch = make_body()
    make_member(branch, name="Bí Thư", post=Post.SECRETARY)
    make_members(branch, 6)
    for status in (Status.EXEMPT, Status.AWAY, Status.SUSPENDED):
        member = make_member(branch, name=f"Người {status.label}")
        change_status(member, status=status, start=date(2026, 1, 1), by=None)
    make_members(branch, 2, official=False)
    return branch


def opened(branch):
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=branch.memberships.first().member)


def vote(meeting, **hands):
    with clock_at(HELD_AT):
        return count_vote(meeting, subject="Chương trình", kind="ordinary_resolution", by=None, **hands)


def test_the_base_leaves_out_exempt_away_and_suspended_who_are_absent(branch):
    meeting = opened(branch)
    found = vote(meeting, votes_for=4)
    assert (found.official, found.exempt_absent, found.away_absent, found.suspended) == (10, 1, 1, 1)
    assert found.base == 7
    assert found.passed


def test_exactly_half_of_the_base_does_not_pass(branch):
    make_member(branch, name="Thêm Một")
    meeting = opened(branch)
    assert not vote(meeting, votes_for=4).passed
    assert vote(meeting, votes_for=5).passed


def test_an_exempt_member_who_comes_is_counted(branch):
    meeting = opened(branch)
    exempt = meeting.attendance.get(presence=Presence.EXEMPT).member_id
    record_attendance(meeting, marks={exempt: Mark(Presence.PRESENT)}, by=None)
    found = vote(meeting, votes_for=4)
    assert (found.exempt_absent, found.base, found.passed) == (0, 8, False)


@pytest.mark.parametrize("presence", [Presence.EXEMPT, Presence.AWAY, Presence.PRESENT])
def test_the_suspended_are_called_as_nothing_else(branch, presence):
    meeting = opened(branch)
    suspended = meeting.attendance.get(presence=Presence.SUSPENDED).member_id
    with pytest.raises(Refused, match="đang bị đình chỉ sinh hoạt"):
        record_attendance(meeting, marks={suspended: Mark(presence)}, by=None)
    counts = count(meeting)
    assert (counts.suspended, counts.exempt, counts.away) == (1, 1, 1)
    assert counts.expected == counts.members - counts.suspended - counts.exempt - counts.away == 9
    assert vote(meeting, votes_for=4).base == 7


def test_more_hands_than_official_members_present_are_refused(branch):
    meeting = opened(branch)
    assert count(meeting).present_official == 7
    with pytest.raises(Refused, match="8 ý kiến nhưng chỉ có 7"):
        vote(meeting, votes_for=7, votes_against=1)
    assert not meeting.votes.exists()


def test_probationary_members_do_not_count(branch):
    counts = count(opened(branch))
    assert (counts.members, counts.official, counts.expected, counts.present) == (12, 10, 9, 9)


def test_a_vote_before_the_opening_is_refused(branch):
    meeting = make_meeting(branch, chair=branch.memberships.first().member)
    with pytest.raises(Refused, match="đang diễn ra"):
        vote(meeting, votes_for=5)


def test_a_kind_that_needs_a_secret_ballot_is_refused(branch):
    meeting = opened(branch)
    assert "election" not in {rule.kind for rule in hand_votes(meeting)}
    with pytest.raises(Refused, match="bỏ phiếu kín"):
        count_vote(meeting, subject="Bầu bí thư", kind="election", votes_for=7, by=None)


def test_a_vote_keeps_its_base_when_the_roll_changes_later(branch):
    meeting = opened(branch)
    found = vote(meeting, votes_for=4)
    make_member(branch, name="Đến Sau")
    found.refresh_from_db()
    assert found.base == 7


def test_a_vote_keeps_its_threshold_when_the_rules_change_later(branch, monkeypatch):
    """Ours is kept in the row; asked anew of changed rules, the same seven hands would not have been enough."""
    meeting = opened(branch)
    found = vote(meeting, votes_for=4, votes_against=3)
    rule = voting.rule_for(meeting, found.kind)
    assert (found.num, found.den, found.strict) == (rule.num, rule.den, rule.strict)
    assert found.citation == rule.citation
    stricter = replace(rule, num=2, den=3, strict=False)
    monkeypatch.setattr(voting, "rule_for", lambda *_args: stricter)
    kept = Vote.objects.get()
    assert (kept.needed, kept.passed) == (4, True)
    assert (vote(meeting, votes_for=4).needed, stricter.passes(4, 7)) == (5, False)


def test_the_database_takes_no_half_of_a_threshold(branch):
    vote(opened(branch), votes_for=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.update(citation="")


def test_the_minutes_name_unanimity_and_what_was_missing(branch):
    meeting = opened(branch)
    for hands in (7, 4, 3):
        vote(meeting, votes_for=hands, votes_against=7 - hands)
    official = next(line for line in lines_of(meeting) if line.entry.is_official and line.is_there)
    record_attendance(meeting, marks={official.entry.member_id: Mark(Presence.UNEXCUSED)}, by=None)
    vote(meeting, votes_for=6)
    told = str(compose(meeting))
    assert "tán thành 7/7 đảng viên chính thức, nhất trí 100%. Kết quả: thông qua" in told
    assert "tán thành 6/7 đảng viên chính thức, nhất trí 100% đảng viên chính thức có mặt. Kết quả" in told
    assert (
        "4/7 đảng viên chính thức, không tán thành 3, ý kiến khác 0, không biểu quyết 0. Kết quả: thông"
        in told
    )
    assert "không thông qua, cần ít nhất 4 tán thành" in told
    assert told.count("nhất trí") == 2


class TestSentTwice:
    """A lost answer or a double tap is one count; `test_two_pages` is the twin."""

    @pytest.fixture
    def meeting(self, branch):
        return make_meeting(
            branch, status=MeetingStatus.OPENED, chair=branch.memberships.first().member, at=now()
        )

    def typed(self, client, meeting):
        """What a browser sends: the fields and the key that the page gave it."""
        page = client.get(reverse("meetings:vote", args=[meeting.pk])).content.decode()
        key = re.search(r'name="once" value="([0-9a-f-]{36})"', page).group(1)
        hands = {"votes_for": 7, "votes_against": 0, "votes_other": 0}
        return {"once": key, "subject": "Mua máy", "kind": "ordinary_resolution", **hands}

    def send(self, client, meeting, typed):
        return client.post(reverse("meetings:vote", args=[meeting.pk]), typed, follow=True)

    def test_one_page_is_one_count_with_one_answer(self, client, meeting):
        sign_in(client, meeting.chair)
        typed = self.typed(client, meeting)
        answers = [self.send(client, meeting, typed) for _time in range(2)]
        assert Vote.objects.count() == Event.objects.filter(verb="vote.counted").count() == 1
        assert answers[0].redirect_chain == answers[1].redirect_chain
        assert answers[0].context["messages"]._loaded_data == answers[1].context["messages"]._loaded_data
        assert str(compose(meeting)).count("Mua máy") == 1

    def test_two_pages_are_two_counts(self, client, meeting):
        sign_in(client, meeting.chair)
        for _time in range(2):
            self.send(client, meeting, self.typed(client, meeting))
        assert Vote.objects.count() == 2

    def test_other_numbers_from_the_same_page_are_refused_with_what_was_counted(self, client, meeting):
        sign_in(client, meeting.chair)
        typed = self.typed(client, meeting)
        self.send(client, meeting, typed)
        refused = self.send(client, meeting, typed | {"votes_for": 6, "votes_against": 1})
        assert refused.status_code == 422
        assert "đã ghi kết quả “Mua máy”: 7/7" in refused.content.decode()
        assert Vote.objects.get().votes_for == 7


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_the_same_moment_are_one_count(shared_database, branch):
    meeting = make_meeting(
        branch, status=MeetingStatus.OPENED, chair=branch.memberships.first().member, at=now()
    )
    make_account(meeting.chair)
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client, meeting.chair)
    sent = TestSentTwice()
    typed = sent.typed(clients[0], meeting)
    answers = at_once(*(lambda c=client: sent.send(c, meeting, typed).status_code for client in clients))
    assert answers == [200, 200]
    assert Vote.objects.count() == 1
