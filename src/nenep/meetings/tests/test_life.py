from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nenep.assignments.tests.make import make_past_work, make_review
from nenep.facts.models import BranchMonth, Dirty
from nenep.facts.rebuilding import check
from nenep.journal import triggers
from nenep.journal.chains import INSTALLATION
from nenep.journal.heads import head_in
from nenep.journal.models import START, Chain, Event
from nenep.journal.operations import record
from nenep.journal.verification import verify
from nenep.meetings import answers, operations, preparation
from nenep.meetings.agenda import add_item, change_item
from nenep.meetings.attendance import Mark, call_the_rest_present, count, lines_of, record_attendance
from nenep.meetings.minutes import adopt_minutes, compose, content_of, correct_minutes
from nenep.meetings.models import AgendaItem, Answer, Meeting, MeetingStatus, Presence
from nenep.meetings.progress import meeting_day, steps_of
from nenep.meetings.recording import record_item
from nenep.meetings.tests.make import HELD_AT, acting, make_meeting, press
from nenep.notices.models import Notice
from nenep.organizations.kinds import Kind
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at
from nenep.shared.stale import Stale
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def branch_once(database_of_the_file):
    branch = make_body(kind=Kind.GRASSROOTS_BRANCH, name="Chi bộ Hội D")
    make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    make_members(branch, 6)
    return branch


@pytest.fixture
def branch(branch_once):
    return anew(branch_once)


@pytest.fixture
def secretary(branch):
    return branch.offices.get(post=Post.SECRETARY).member


def meeting_in(branch, secretary, status):
    return make_meeting(branch, status=status, chair=secretary, note_taker=secretary)


def texts(meeting):
    return "\n".join(str(block) for block in compose(meeting).blocks)


class TestPlanning:
    def test_a_month_is_planned_once(self, branch):
        first = operations.open_month(branch.pk, month=date(2026, 12, 9), by=None)
        assert operations.open_month(branch.pk, month=date(2026, 12, 1), by=None) == first
        assert Event.objects.filter(verb="meeting.planned").count() == 1

    def test_the_fixed_day_of_the_pack_is_the_third(self, branch):
        with clock_at(
            HELD_AT - timedelta(days=10)
        ):  # within the month the day that has passed is no more proposed
            meeting = operations.open_month(branch.pk, month=date(2026, 12, 1), by=None)
        assert timezone.localdate(meeting.starts_at) == date(2026, 12, 3)

    def test_before_the_rule_the_day_of_the_last_meeting_is_kept(self, branch):
        make_meeting(branch, at=timezone.make_aware(datetime(2014, 5, 17, 8, 30)))
        following = operations.open_month(branch.pk, month=date(2014, 6, 1), by=None)
        assert timezone.localtime(following.starts_at).strftime("%d/%m %H:%M") == "17/06 08:30"

    def test_a_thematic_meeting_decides_nothing_about_the_next_regular_one(self, branch):
        make_meeting(branch, at=timezone.make_aware(datetime(2014, 5, 17, 8, 30)))
        at = timezone.make_aware(datetime(2014, 6, 25, 15, 0))
        with clock_at(at - timedelta(days=3)):
            operations.plan_thematic(branch.pk, starts_at=at, focus_question="Vì sao?", by=None)
        following = operations.open_month(branch.pk, month=date(2014, 7, 1), by=None)
        assert timezone.localtime(following.starts_at).strftime("%d/%m %H:%M") == "17/07 08:30"
        assert following.place == "Phòng họp"

    def test_a_meeting_of_2012_gets_the_agenda_of_2012(self, branch):
        old = operations.open_month(branch.pk, month=date(2012, 3, 1), by=None)
        new = operations.open_month(branch.pk, month=date(2026, 12, 1), by=None)
        assert not old.items.filter(step="E4").exists()
        assert new.items.filter(step="E4").exists()
        assert old.items.filter(title__contains="thời sự").exists()

    def test_every_item_says_why_it_is_there(self, branch):
        meeting = operations.open_month(branch.pk, month=date(2026, 12, 1), by=None)
        assert all("HD 42-HD/BTCTW" in item.why for item in meeting.items.all())


class TestAgenda:
    def test_an_added_item_stands_before_the_closing_part(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.PLANNED)
        added = add_item(meeting, title="Góp ý dự thảo quy chế", minutes=15, category="discussion", by=None)
        after = [item.category for item in meeting.items.filter(position__gt=added.position)]
        assert set(after) == {"closing"}
        places = list(meeting.items.values_list("position", flat=True))
        assert places == list(range(1, len(places) + 1))

    def test_a_required_part_stays(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.PLANNED)
        with pytest.raises(Refused, match="bắt buộc"):
            press(meeting.items.get(step="C2"), "remove")

    def test_removing_closes_the_gap(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.PLANNED)
        added = add_item(meeting, title="Việc riêng", minutes=5, category="discussion", by=None)
        press(added, "remove")
        places = list(meeting.items.values_list("position", flat=True))
        assert places == list(range(1, len(places) + 1))

    def test_moving_swaps_two_neighbours_and_stops_at_the_ends(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.PLANNED)
        first, second = meeting.items.all()[:2]
        press(first, "down")
        assert list(meeting.items.all()[:2]) == [second, first]
        press(second, "up")
        assert meeting.items.first() == second

    def test_a_meeting_has_one_focus(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.PLANNED)
        one, two = meeting.items.all()[5:7]
        change_item(one, is_focus=True, by=None)
        change_item(two, is_focus=True, by=None)
        assert list(meeting.items.filter(is_focus=True)) == [two]

    def test_after_the_opening_the_agenda_stays(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        with pytest.raises(Refused, match="khai mạc"):
            add_item(meeting, title="Muộn", minutes=5, category="discussion", by=None)


class TestCalling:
    def test_everybody_on_the_roster_is_told_once(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CALLED)
        assert Notice.objects.filter(kind="meeting.called").count() == 7
        with clock_at(HELD_AT - timedelta(days=2)), pytest.raises(Refused, match="thông báo rồi"):
            operations.call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
        assert Notice.objects.filter(kind="meeting.called").count() == 7

    @pytest.mark.parametrize(("missing", "sentence"), [("place", "địa điểm"), ("chair", "chủ trì")])
    def test_without_place_or_chair_nobody_is_told(self, branch, secretary, missing, sentence):
        meeting = meeting_in(branch, secretary, MeetingStatus.PLANNED)
        setattr(meeting, missing, None if missing == "chair" else "")
        meeting.save()
        with clock_at(HELD_AT - timedelta(days=2)), pytest.raises(Refused, match=sentence):
            operations.call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
        assert not Notice.objects.exists()

    def test_a_short_notice_is_said_and_does_not_block(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.PLANNED)
        with clock_at(HELD_AT - timedelta(hours=3)):
            assert any("chưa đủ 1 ngày" in line for line in preparation.warnings(meeting))
            operations.call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)

    def test_postponing_tells_everybody_again_and_counts_up(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CALLED)
        with clock_at(HELD_AT - timedelta(days=2)):
            operations.postpone(meeting, to=HELD_AT + timedelta(days=2), reason="Trùng họp sở", by=None)
        assert meeting.sequence == 1
        assert Notice.objects.filter(kind="meeting.postponed").count() == 7

    def test_the_time_of_a_called_meeting_moves_only_with_a_reason(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CALLED)
        with pytest.raises(Refused, match="Hoãn hoặc đổi ngày"):
            operations.plan(meeting, starts_at=HELD_AT + timedelta(days=1), by=None)


class TestRoom:
    def test_leave_asked_beforehand_is_in_the_roll_call(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CALLED)
        member = branch.memberships.exclude(member=secretary).first().member
        with clock_at(HELD_AT - timedelta(days=1)):
            answers.respond(meeting, answer=Answer.ASKS_LEAVE, reason="mission", by=acting(member))
        with clock_at(HELD_AT):
            operations.open_meeting(meeting, by=None)
        assert meeting.attendance.get().member == member
        assert meeting.attendance.get().presence == Presence.EXCUSED

    def test_an_excuse_needs_a_reason_and_nothing_is_half_saved(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        one, two = branch.memberships.exclude(member=secretary)[:2]
        marks = {one.member_id: Mark(Presence.LATE), two.member_id: Mark(Presence.EXCUSED)}
        with pytest.raises(Refused, match="lý do vắng"):
            record_attendance(meeting, marks=marks, by=None)
        assert not meeting.attendance.exclude(presence=Presence.PRESENT).exists()

    def test_a_stranger_is_not_on_the_roll(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        stranger = make_member(make_body(kind=Kind.GRASSROOTS_BRANCH))
        with pytest.raises(Refused, match="không thuộc danh sách"):
            record_attendance(meeting, marks={stranger.pk: Mark(Presence.LATE)}, by=None)

    def test_the_second_writer_keeps_the_first_writers_text(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        item = meeting.items.get(step="C5")
        record_item(item, notes="Bản một", conclusion="", decision="", seen_revision=0, by=None)
        with pytest.raises(Stale) as stale:
            record_item(
                AgendaItem.objects.get(pk=item.pk),
                notes="Bản hai",
                conclusion="",
                decision="",
                seen_revision=0,
                by=None,
            )
        assert dict(stale.value.rows)["Diễn biến, ý kiến"] == "Bản một"

    def test_opening_before_the_day_is_refused(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CALLED)
        with clock_at(HELD_AT - timedelta(days=1)), pytest.raises(Refused, match="Chưa đến ngày"):
            operations.open_meeting(meeting, by=None)

    def test_late_members_are_present(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        late = branch.memberships.exclude(member=secretary).first().member_id
        record_attendance(meeting, marks={late: Mark(Presence.LATE)}, by=None)
        counts = count(meeting)
        assert (counts.present, counts.expected, counts.late) == (7, 7, 1)


class TestConcluding:
    def test_the_counts_are_frozen_at_closing(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CLOSED)
        make_member(branch, name="Người Đến Sau", since=date(2026, 11, 1))
        meeting.refresh_from_db()
        assert (meeting.expected, meeting.present) == (7, 7)
        assert len(lines_of(meeting)) == 7
        assert "Có mặt: 7" in texts(meeting)

    def test_minutes_name_the_absent_with_their_reason(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        absent = branch.memberships.exclude(member=secretary).first().member
        record_attendance(meeting, marks={absent.pk: Mark(Presence.EXCUSED, "Đi công tác")}, by=None)
        assert f"Đồng chí {absent.full_name}: vắng có lý do (Đi công tác)" in texts(meeting)

    def test_minutes_do_not_say_another_reason_without_saying_which(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        absent = lines_of(meeting)[2].entry
        marks = {absent.member_id: Mark(Presence.EXCUSED, "Lý do khác")}
        record_attendance(meeting, marks=marks, by=None)
        assert f"Đồng chí {absent.name}: vắng có lý do." in texts(meeting)

    def test_adopted_minutes_never_change(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CLOSED)
        with clock_at(HELD_AT + timedelta(minutes=100)):
            adopt_minutes(meeting, votes_for=7, by=None)
        before = content_of(meeting)
        Meeting.objects.filter(pk=meeting.pk).update(place="Nơi khác")
        AgendaItem.objects.filter(meeting=meeting).update(notes="Sửa lén")
        meeting.refresh_from_db()
        assert content_of(meeting) == before
        kept = meeting.minutes
        kept.content["day"] = None  # as kept by an earlier version
        assert content_of(meeting, kept).day == before.day == meeting_day(meeting)
        assert compose(meeting) != before

    def test_adopted_minutes_end_with_a_head_of_the_journal(self, branch, secretary):
        """Kept on paper, it finds a journal that was rewritten whole; the twin without it does not."""
        with transaction.atomic():
            written = record("journal.witnessed", by=None, body=None, chain=9, length=0, head=START)
        meeting = meeting_in(branch, secretary, MeetingStatus.CLOSED)
        assert content_of(meeting).note == "Dự thảo, chi bộ chưa thông qua."
        adopt_minutes(meeting, votes_for=7, by=None)
        note = content_of(meeting).note
        with transaction.atomic():
            record("journal.witnessed", by=None, body=None, chain=9, length=0, head=START)
        assert content_of(meeting).note == note
        assert verify([head_in(note)]).ok
        triggers.remove(connection)
        Event.objects.filter(chain=INSTALLATION).exclude(pk=written.pk).delete()
        written.actor = "member:8"
        written.hash = written.computed_hash()
        written.save()
        Chain.objects.filter(key=INSTALLATION).update(length=1, head=written.hash)
        assert verify().ok
        assert verify([head_in(note)]).broken.number == 1

    def test_a_correction_is_a_note_below(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.ADOPTED)
        before = content_of(meeting)
        correct_minutes(meeting.minutes, text="Sai họ của một đồng chí.", by=acting(secretary))
        after = content_of(meeting)
        assert replace(after, added=()) == before
        assert meeting.minutes.corrections.get().by == secretary
        assert [paragraph.text for paragraph in after.added] == ["Sai họ của một đồng chí."]
        assert f"đồng chí {secretary.full_name}" in after.added[0].lead

    def test_a_correction_sent_twice_is_one(self, branch, secretary):
        minutes = meeting_in(branch, secretary, MeetingStatus.ADOPTED).minutes
        page, other = uuid4(), uuid4()
        for once in (page, page, other):
            correct_minutes(minutes, text="Sai họ.", once=once, by=acting(secretary))
        assert sorted(minutes.corrections.values_list("once", flat=True)) == sorted([page, other])

    def test_minutes_that_are_not_adopted_take_no_correction(self, branch, secretary):
        minutes = meeting_in(branch, secretary, MeetingStatus.ADOPTED).minutes
        Meeting.objects.filter(pk=minutes.meeting_id).update(status=MeetingStatus.CLOSED)
        with pytest.raises(Refused, match="sửa ngay trong biên bản"):
            correct_minutes(minutes, text="Sai họ.", by=acting(secretary))

    @pytest.mark.parametrize(("hands", "sentence"), [(3, "quá nửa"), (8, "không thể là 8")])
    def test_minutes_need_more_than_half_of_those_present(self, branch, secretary, hands, sentence):
        meeting = meeting_in(branch, secretary, MeetingStatus.CLOSED)
        with pytest.raises(Refused, match=sentence):
            adopt_minutes(meeting, votes_for=hands, by=None)
        meeting.refresh_from_db()
        assert meeting.status == MeetingStatus.CLOSED

    def test_the_next_month_is_there_and_the_facts_are_written(self, branch, secretary):
        meeting_in(branch, secretary, MeetingStatus.ADOPTED)
        assert Meeting.objects.filter(body=branch, month=date(2027, 1, 1), status="planned").exists()
        fact = BranchMonth.objects.get(body=branch)
        assert (fact.month, fact.expected, fact.present, fact.duration_minutes) == (
            date(2026, 12, 1),
            7,
            7,
            92,
        )
        assert Dirty.objects.filter(body=branch, month=date(2026, 12, 1)).exists()

    def test_two_thematic_meetings_of_a_month_add_up(self, branch, secretary):
        for day in (10, 20):
            at = timezone.make_aware(datetime(2026, 12, day, 8, 0))
            with clock_at(at - timedelta(days=3)):
                meeting = operations.plan_thematic(branch.pk, starts_at=at, focus_question="Vì sao?", by=None)
                operations.plan(meeting, place="Phòng họp", chair=secretary, note_taker=secretary, by=None)
                operations.call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
            with clock_at(at):
                operations.open_meeting(meeting, by=None)
                call_the_rest_present(meeting, by=None)
                make_review(make_past_work(branch, secretary, secretary), meeting)
                operations.close_meeting(meeting, by=None)
                adopt_minutes(meeting, votes_for=7, by=None)
        fact = BranchMonth.objects.get(body=branch)
        # Nothing was presented or concluded: they took place and do not count (preparing.thematic).
        assert (fact.thematic_held, fact.thematic_incomplete, fact.meetings_held) == (0, 2, 0)
        assert fact.thematic_silent == 2
        assert (fact.reviewed, fact.reviewed_partly) == (2, 2)  # work judged there was judged all the same
        assert check() == []

    def test_nothing_links_a_person_to_having_spoken(self, branch, secretary):
        """Could-leak: the number is planted; the only place it appears is one column of counts."""
        meeting = meeting_in(branch, secretary, MeetingStatus.CLOSED)
        adopt_minutes(meeting, votes_for=7, speakers=5, by=None)
        assert meeting.figures.speakers == 5
        columns = {field.name for field in meeting.figures._meta.get_fields() if field.is_relation}
        assert columns == {"meeting"}


class TestSteps:
    def test_a_month_without_a_meeting_is_overdue(self):
        assert steps_of(None, date(2026, 12, 1))[0].state == "overdue"

    @given(days=st.integers(-40, 40))
    def test_no_day_breaks_the_steps(self, days):
        meeting = Meeting(starts_at=HELD_AT, month=date(2026, 12, 1), status=MeetingStatus.CLOSED)
        steps = steps_of(meeting, HELD_AT.date() + timedelta(days=days))
        assert steps[3].state == ("overdue" if days > 2 else "doing")
