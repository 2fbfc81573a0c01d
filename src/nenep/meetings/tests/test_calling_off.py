"""A month that was not held, and a meeting that is given up: recorded with a reason, told, counted as what it is."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.facts.models import BranchMonth
from nenep.facts.rebuilding import check
from nenep.home.next_thing import current_meeting
from nenep.journal.models import Event
from nenep.meetings import operations
from nenep.meetings.calling_off import cancel_meeting, mark_not_held
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import Meeting, MeetingKind, MeetingStatus
from nenep.meetings.states import OffReason
from nenep.meetings.tests.make import HELD_AT, acting, make_meeting
from nenep.notices.models import Notice
from nenep.organizations.operations import merge_bodies
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

BEFORE, AFTER = HELD_AT - timedelta(days=1), HELD_AT + timedelta(days=40)
UNFINISHED = [MeetingStatus.OPENED, MeetingStatus.CLOSED, MeetingStatus.ADOPTED]


@pytest.fixture
def secretary(bloc):
    make_members(bloc.branch, 2)
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


def meeting_of(bloc, secretary, status=MeetingStatus.CALLED, **more):
    return make_meeting(bloc.branch, status=status, chair=secretary, **more)


class TestNotHeld:
    @pytest.mark.parametrize("status", [MeetingStatus.PLANNED, MeetingStatus.CALLED])
    def test_the_month_is_counted_as_not_held_and_never_as_held(self, bloc, secretary, status):
        meeting = meeting_of(bloc, secretary, status)
        with clock_at(AFTER):
            following = mark_not_held(meeting, reason="disaster", note="Bão số 5.", by=acting(secretary))
        fact = BranchMonth.objects.get(body=bloc.branch, month=meeting.month)
        assert (fact.meetings_not_held, fact.meetings_held, fact.expected) == (1, 0, 0)
        assert check() == []
        assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.NOT_HELD
        assert meeting.called_off.words == "Thiên tai, dịch bệnh: Bão số 5"
        assert following.month == date(2027, 1, 1)
        assert Event.objects.filter(verb="meeting.not_held", body=bloc.branch.pk).count() == 1

    def test_before_the_time_of_the_meeting_it_is_refused(self, bloc, secretary):
        meeting = meeting_of(bloc, secretary)
        with clock_at(BEFORE), pytest.raises(Refused, match="Hủy kỳ sinh hoạt"):
            mark_not_held(meeting, reason="few", by=None)
        assert Meeting.objects.get().status == MeetingStatus.CALLED

    @pytest.mark.parametrize("status", UNFINISHED)
    def test_what_has_been_opened_was_held(self, bloc, secretary, status):
        meeting = meeting_of(bloc, secretary, status)
        for verb in (mark_not_held, cancel_meeting):
            with clock_at(AFTER), pytest.raises(Refused, match="đã khai mạc"):
                verb(meeting, reason="few", by=None)

    def test_another_reason_says_which(self, client, bloc, secretary):
        meeting = meeting_of(bloc, secretary)
        sign_in(client, secretary)
        with clock_at(AFTER):
            answer = client.post(
                reverse("meetings:non_holding", args=[meeting.pk]), {"reason": "other", "note": ""}
            )
        assert answer.status_code == 422
        assert "Lý do khác thì phải ghi rõ." in answer.content.decode()

    def test_the_first_page_asks_and_goes_on_with_the_present_month(self, client, bloc, secretary):
        """The month that nobody held stood on the first page for ever."""
        meeting = meeting_of(bloc, secretary)
        sign_in(client, secretary)
        with clock_at(AFTER):
            asked = client.get("/").content.decode()
            assert "Kỳ sinh hoạt tháng 12/2026 chưa khai mạc. Chi bộ có họp không?" in asked
            page = reverse("meetings:non_holding", args=[meeting.pk])
            assert page in asked
            assert reverse("meetings:opening", args=[meeting.pk]) in asked
            assert client.post(page, {"reason": "duty", "note": ""}).url == "/"
            after = client.get("/").content.decode()
            assert current_meeting(bloc.branch.pk, AFTER.date()).month == date(2027, 1, 1)
        assert "Đã ghi chi bộ không họp tháng 12/2026. Kỳ tới: " in after

    def test_members_read_why(self, client, bloc, secretary):
        meeting = meeting_of(bloc, secretary)
        with clock_at(AFTER):
            mark_not_held(meeting, reason="few", by=None)
        sign_in(client, make_member(bloc.branch))
        shown = client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
        assert "Không đủ đảng viên dự họp." in shown


class TestCancelled:
    def test_everybody_who_was_told_is_told_and_nobody_else(self, bloc, secretary):
        meeting = meeting_of(bloc, secretary)
        told = set(Notice.objects.filter(kind="meeting.called").values_list("member_id", flat=True))
        make_member(bloc.branch, name="Vào sau")
        with clock_at(BEFORE):
            assert cancel_meeting(meeting, reason="superior", by=None) == len(told) == 3
        cancelled = Notice.objects.filter(kind="meeting.cancelled")
        assert set(cancelled.values_list("member_id", flat=True)) == told
        assert "Trùng hội nghị" in cancelled[0].text
        assert Meeting.objects.get().sequence == 1

    def test_a_meeting_nobody_was_told_of_goes_silently(self, bloc, secretary):
        meeting = meeting_of(bloc, secretary, MeetingStatus.PLANNED)
        with clock_at(BEFORE):
            assert cancel_meeting(meeting, reason="duty", by=None) == 0
        assert not Notice.objects.filter(kind="meeting.cancelled").exists()

    def test_the_month_may_be_planned_again_and_counts_nothing(self, bloc, secretary):
        meeting = meeting_of(bloc, secretary)
        with clock_at(BEFORE):
            cancel_meeting(meeting, reason="duty", by=None)
            assert current_meeting(bloc.branch.pk, BEFORE.date()) is None
            again = operations.open_month(bloc.branch.pk, month=meeting.month, by=None)
        assert again != meeting
        assert not BranchMonth.objects.filter(body=bloc.branch).exists()

    def test_the_page_asks_first_and_is_not_for_members(self, client, bloc, secretary):
        meeting = meeting_of(bloc, secretary)
        page = reverse("meetings:cancellation", args=[meeting.pk])
        with clock_at(BEFORE):
            sign_in(client, make_member(bloc.branch))
            assert client.post(page, {"reason": "duty"}).status_code == 403
            sign_in(client, secretary)
            assert "3 đồng chí đã biết ngày họp sẽ được báo" in client.get(page).content.decode()
            assert client.post(page, {"reason": ""}).status_code == 422
            client.post(page, {"reason": "duty"})
        assert Meeting.objects.get().is_cancelled


class TestEnding:
    def test_a_branch_that_ends_cancels_what_was_ahead_and_keeps_what_was(self, bloc, secretary):
        held = meeting_of(bloc, secretary, MeetingStatus.CLOSED, at=HELD_AT - timedelta(days=35))
        ahead = meeting_of(bloc, secretary)
        with clock_at(BEFORE):
            merge_bodies([bloc.branch], into=bloc.other_branch, day=BEFORE.date(), by=None)
        assert Meeting.objects.get(pk=ahead.pk).is_cancelled
        assert ahead.called_off.reason == OffReason.REORGANIZED
        assert Meeting.objects.get(pk=held.pk).status == MeetingStatus.CLOSED
        assert Notice.objects.filter(kind="meeting.cancelled").count() == 3


def test_a_thematic_meeting_opens_no_regular_month(bloc, secretary):
    meeting = meeting_of(bloc, secretary, MeetingStatus.CLOSED)
    Meeting.objects.filter(pk=meeting.pk).update(kind=MeetingKind.THEMATIC)
    with clock_at(HELD_AT + timedelta(hours=2)):
        assert adopt_minutes(meeting, votes_for=3, by=None) is None
    assert not Meeting.objects.regular().exists()
