"""A vote by name from its opening to what stays of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.journal.models import Event
from nenep.meetings import operations as meetings
from nenep.meetings.attendance import Mark, record_attendance
from nenep.meetings.minutes import adopt_minutes, compose
from nenep.meetings.models import Presence, Vote
from nenep.meetings.tests.make import acting
from nenep.meetings.voting import withdraw_vote as withdraw_count
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member
from nenep.privacy.retention import forget_what_is_over
from nenep.rooms.reads import scene_of
from nenep.rooms.screen import regions
from nenep.shared.dates import clock_at, now
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew, parts
from nenep.votes import operations
from nenep.votes.models import Cast, Choice, NamedVote
from nenep.votes.tests.make import cast, make_room, make_vote

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def room_once(database_of_the_file):
    return make_room(make_body(), at=now() - timedelta(hours=1))


@pytest.fixture
def room(room_once):
    return anew(room_once)


meeting, secretary, members = parts("room", 3)


class TestCasting:
    def test_the_last_choice_before_closing_counts_once(self, meeting, members):
        vote = make_vote(meeting)
        cast(vote, members[0], Choice.AGAINST)
        cast(vote, members[0], Choice.FOR)
        cast(vote, members[1], Choice.OTHER)
        result = operations.close_vote(vote, by=None)
        assert (result.votes_for, result.votes_against, result.votes_other, result.base) == (1, 0, 1, 6)
        assert not result.passed

    def test_the_same_again_writes_no_event(self, meeting, members):
        vote = make_vote(meeting)
        cast(vote, members[0])
        cast(vote, members[0])
        event = Event.objects.get(verb="named_vote.cast")
        assert "for" not in str(event.details)

    def test_only_official_members_who_are_there_vote(self, meeting, members):
        guest = make_member(make_body(), name="Trần Ngoài")
        record_attendance(meeting, marks={members[0].pk: Mark(Presence.UNEXCUSED)}, by=None)
        vote = make_vote(meeting)
        for member in (members[0], guest):
            with pytest.raises(Refused, match="đã điểm danh có mặt"):
                cast(vote, member)

    def test_a_probationary_member_does_not_vote(self, branch):
        newcomer = make_member(branch, name="Lê Dự Bị", official=False)
        meeting, _secretary, _members = make_room(branch)
        with pytest.raises(Refused, match="đảng viên chính thức"):
            cast(make_vote(meeting), newcomer)

    def test_nothing_is_cast_after_closing(self, meeting, members):
        vote = make_vote(meeting)
        stale = NamedVote.objects.get(pk=vote.pk)
        operations.close_vote(vote, by=None)
        for verb in (
            lambda: operations.cast_vote(stale, choice=Choice.FOR, by=acting(members[0])),
            lambda: operations.write_down_cast(stale, member_id=members[0].pk, choice=Choice.FOR, by=None),
            lambda: operations.close_vote(stale, by=None),
            lambda: operations.withdraw_vote(stale, by=None),
        ):
            with pytest.raises(Refused, match="đã kết thúc"):
                verb()
        assert not Cast.objects.exists()
        assert Vote.objects.count() == 1

    def test_without_the_lock_a_stale_page_casts_after_closing(self, meeting, members, monkeypatch):
        """The twin: what the guard prevents."""
        vote = make_vote(meeting)
        stale = NamedVote.objects.get(pk=vote.pk)
        result = operations.close_vote(vote, by=None)
        monkeypatch.setattr(operations, "hold", lambda *args, **kwargs: None)
        operations.cast_vote(stale, choice=Choice.FOR, by=acting(members[0]))
        assert Cast.objects.count() != result.votes_for

    def test_the_database_takes_one_vote_of_a_member(self, meeting, members):
        vote = make_vote(meeting)
        cast(vote, members[0])
        with pytest.raises(IntegrityError), transaction.atomic():
            Cast.objects.create(vote=vote, member=members[0], choice=Choice.FOR, at=now())

    def test_the_database_takes_no_closed_vote_without_a_count(self, meeting):
        make_vote(meeting)
        with pytest.raises(IntegrityError), transaction.atomic():
            NamedVote.objects.update(status="closed")


class TestWritingDown:
    def test_the_journal_says_who_wrote_for_whom(self, meeting, secretary, members):
        vote, by = make_vote(meeting), viewer_for(secretary)
        operations.write_down_cast(vote, member_id=members[0].pk, choice=Choice.AGAINST, by=by)
        event = Event.objects.get(verb="named_vote.written_down")
        assert (event.actor, event.subject) == (by.actor, members[0].pk)
        assert vote.casts.get().written_by == secretary

    def test_what_a_member_cast_is_not_written_over(self, meeting, members):
        vote = make_vote(meeting)
        cast(vote, members[0], Choice.AGAINST)
        with pytest.raises(Refused, match="đã tự biểu quyết"):
            operations.write_down_cast(vote, member_id=members[0].pk, choice=Choice.FOR, by=None)
        assert vote.casts.get().choice == Choice.AGAINST

    def test_the_member_may_still_change_what_was_written(self, meeting, secretary, members):
        vote = make_vote(meeting)
        by = acting(secretary)
        operations.write_down_cast(vote, member_id=members[0].pk, choice=Choice.FOR, by=by)
        cast(vote, members[0], Choice.FOR)
        assert vote.casts.get().written_by is None


class TestOpeningAndClosing:
    def test_one_vote_is_open_at_a_time(self, meeting):
        make_vote(meeting)
        with pytest.raises(Refused, match="chưa kết thúc"):
            make_vote(meeting, subject="Khác")

    def test_an_election_needs_paper(self, meeting):
        with pytest.raises(Refused, match="phiếu kín"):
            make_vote(meeting, kind="election")

    def test_a_meeting_with_an_open_vote_is_not_closed_nor_taken_back(self, meeting):
        vote = make_vote(meeting)
        with pytest.raises(Refused, match=r"Nhất trí kế hoạch tháng.*chưa kết thúc"):
            meetings.close_meeting(meeting, by=None)
        with pytest.raises(Refused, match="đã có nội dung"):
            meetings.take_opening_back(meeting, by=None)
        operations.close_vote(vote, by=None)
        meetings.close_meeting(meeting, by=None)

    def test_whoever_voted_and_is_marked_absent_is_named_before_counting(self, meeting, members):
        vote = make_vote(meeting)
        cast(vote, members[0])
        record_attendance(meeting, marks={members[0].pk: Mark(Presence.UNEXCUSED)}, by=None)
        with pytest.raises(Refused, match=members[0].full_name):
            operations.close_vote(vote, by=None)
        assert vote.casts.count() == 1

    def test_a_vote_opened_by_mistake_goes_while_nobody_has_voted(self, meeting, members):
        operations.withdraw_vote(make_vote(meeting), by=None)
        vote = make_vote(meeting)
        cast(vote, members[0])
        with pytest.raises(Refused, match="Đã có đồng chí biểu quyết"):
            operations.withdraw_vote(vote, by=None)

    def test_its_count_is_not_taken_back_alone(self, meeting):
        result = operations.close_vote(make_vote(meeting), by=None)
        with pytest.raises(Refused, match="biểu quyết ghi tên"):
            withdraw_count(result, by=None)

    def test_the_base_is_the_branch_less_those_the_pack_leaves_out(self, branch):
        """D-ex: 9 of 20 pass when 3 are exempt and 1 is introduced elsewhere, all of them absent (base 16)."""
        meeting, secretary, members = make_room(branch, members=19)
        marks = dict.fromkeys([m.pk for m in members[:3]], Mark(Presence.EXEMPT))
        record_attendance(meeting, marks=marks | {members[3].pk: Mark(Presence.AWAY)}, by=None)
        vote = make_vote(meeting)
        for member in [secretary, *members[4:12]]:
            cast(vote, member)
        result = operations.close_vote(vote, by=None)
        assert (result.votes_for, result.base, result.exempt_absent, result.away_absent) == (9, 16, 3, 1)
        assert result.passed


class TestReservedOpinions:
    def test_the_minutes_say_how_many_and_never_who(self, meeting, members):
        vote = make_vote(meeting)
        cast(vote, members[0], Choice.AGAINST)
        operations.close_vote(vote, by=None)
        operations.reserve_opinion(vote, text="Nên làm sau vụ mùa.", by=acting(members[0]))
        told = str(compose(meeting))
        assert "1 đồng chí bảo lưu ý kiến" in told
        assert "vụ mùa" not in told

    def test_it_is_for_who_voted_and_until_the_minutes_are_adopted(self, meeting, members):
        vote = make_vote(meeting)
        cast(vote, members[0])
        with pytest.raises(Refused, match="chưa kết thúc"):
            operations.reserve_opinion(vote, text="Khác", by=acting(members[0]))
        operations.close_vote(vote, by=None)
        with pytest.raises(Refused, match="không biểu quyết"):
            operations.reserve_opinion(vote, text="Khác", by=acting(members[1]))
        meetings.close_meeting(meeting, by=None)
        operations.reserve_opinion(vote, text="Khác", by=acting(members[0]))
        adopt_minutes(meeting, votes_for=meeting.present, by=None)
        with pytest.raises(Refused, match="Biên bản đã thông qua"):
            operations.reserve_opinion(vote, text="Khác nữa", by=acting(members[0]))
        assert Cast.objects.get().reserved == "Khác"
        Cast.objects.all().delete()  # as its time of keeping ends: the count stays
        assert meeting.figures.opinions_reserved == 1

    def test_others_do_not_read_it_and_who_prepares_does_with_an_event(
        self, client, meeting, secretary, members
    ):
        vote = make_vote(meeting)
        cast(vote, members[0], Choice.AGAINST)
        operations.close_vote(vote, by=None)
        operations.reserve_opinion(vote, text="Nên làm sau vụ mùa.", by=acting(members[0]))
        address = reverse("votes:page", args=[vote.pk])
        sign_in(client, members[1])
        assert "vụ mùa" not in client.get(address).content.decode()
        sign_in(client, secretary)
        assert "vụ mùa" in client.get(address).content.decode()
        assert Event.objects.filter(verb="reserved_opinions.read").count() == 1


class TestWhatIsShown:
    def test_while_open_nobody_sees_a_choice_of_another(self, client, meeting, secretary, members):
        vote = make_vote(meeting)
        cast(vote, members[0], Choice.AGAINST)
        for name in ("votes:page", "votes:closing"):
            sign_in(client, secretary)
            page = client.get(reverse(name, args=[vote.pk])).content.decode()
            assert members[0].full_name not in page
        assert members[1].full_name in page  # who has not voted, before closing
        scene = regions(meeting.body_id)["scene"]
        assert vote.subject in scene
        assert "1/6" in scene
        assert members[0].full_name not in scene

    def test_before_casting_the_page_says_that_it_is_by_name_and_who_sees_it(self, client, meeting, members):
        vote = make_vote(meeting)
        sign_in(client, members[0])
        page = client.get(reverse("votes:page", args=[vote.pk])).content.decode()
        assert "ghi tên" in page
        assert "danh sách dự kỳ sinh hoạt này xem được" in page

    def test_the_seat_and_the_meeting_lead_there(self, client, meeting, members):
        vote = make_vote(meeting)
        sign_in(client, members[0])
        address = reverse("votes:page", args=[vote.pk])
        for name in ("rooms:seat", "meetings:page"):
            assert address in client.get(reverse(name, args=[meeting.pk])).content.decode()

    def test_casting_on_the_phone_in_two_taps(self, client, meeting, members):
        vote = make_vote(meeting)
        sign_in(client, members[0])
        answer = client.post(reverse("votes:cast", args=[vote.pk]), {"choice": "against"}, follow=True)
        assert "Đã ghi: đồng chí không tán thành" in answer.content.decode()
        empty = client.post(reverse("votes:cast", args=[vote.pk]), {})
        assert empty.status_code == 422
        assert "chọn một trong ba ô" in empty.content.decode()

    def test_the_count_stands_in_room_screen_and_minutes(self, client, meeting, secretary, members):
        vote = make_vote(meeting)
        for member in [secretary, *members[:4]]:
            cast(vote, member)
        result = operations.close_vote(vote, by=None)
        assert "tán thành 5/6 đảng viên chính thức" in str(compose(meeting))
        assert scene_of(meeting).last_vote == result
        sign_in(client, secretary)
        assert "5/6" in client.get(reverse("meetings:room", args=[meeting.pk])).content.decode()

    def test_a_page_of_names_costs_the_same_for_few_and_many(self, client, branch):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        meeting, secretary, members = make_room(branch, members=12, at=now() - timedelta(hours=1))
        sign_in(client, secretary)
        costs = []
        for count in (1, 12):
            vote = make_vote(meeting)
            for member in members[:count]:
                cast(vote, member)
            operations.close_vote(vote, by=None)
            address = reverse("votes:page", args=[vote.pk])
            client.get(address)  # writes that it was read
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            costs.append(len(queries))
        assert costs[0] == costs[1]


def test_names_are_forgotten_after_two_years_and_the_count_stays(meeting, members):
    vote = make_vote(meeting)
    cast(vote, members[0])
    operations.close_vote(vote, by=None)
    with clock_at(now() + timedelta(days=729)):
        forget_what_is_over()
    assert Cast.objects.exists()
    with clock_at(now() + timedelta(days=740)):
        forget_what_is_over()
    assert not Cast.objects.exists()
    assert NamedVote.objects.get().result.votes_for == 1
