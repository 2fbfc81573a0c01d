"""Thematic meetings: planned by the secretary on a page, counted by quarter, never two on a day."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings import operations
from nenep.meetings.models import Meeting, MeetingKind
from nenep.meetings.quarter import quarter_of
from nenep.meetings.tests.make import make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

QUESTION = "Vì sao hồ sơ trả chậm và ai sửa?"
AT = timezone.make_aware(datetime(2026, 12, 10, 15, 0))


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


def address(branch):
    return reverse("meetings:thematic", args=[branch.pk])


def typed(day, **more):
    return {"focus_question": QUESTION, "starts_at_0": f"{day:%d/%m/%Y}", "starts_at_1": "15:30"} | more


def plan(branch, at=AT):
    with clock_at(at - timedelta(days=3)):
        return operations.plan_thematic(branch.pk, starts_at=at, focus_question=QUESTION, by=None)


def test_the_secretary_plans_a_thematic_meeting_and_goes_on_to_prepare_it(client, bloc, secretary):
    presenter = make_member(bloc.branch, name="Lê Ánh")
    sign_in(client, secretary)
    day = today() + timedelta(days=9)
    answer = client.post(address(bloc.branch), typed(day, place="Hội trường", presenter=presenter.pk))
    meeting = Meeting.objects.get()
    assert answer.url == reverse("meetings:preparation", args=[meeting.pk])
    assert (meeting.kind, meeting.month, meeting.place) == (
        MeetingKind.THEMATIC,
        day.replace(day=1),
        "Hội trường",
    )
    assert (meeting.focus_question, meeting.chair) == (QUESTION, secretary)
    presented = meeting.items.exclude(presenter=None).get()
    assert (presented.title, presented.presenter) == ("Trình bày chuyên đề", presenter)
    assert Event.objects.filter(verb="meeting.planned", body=bloc.branch.pk).count() == 1
    assert "chuyên đề" in client.get(answer.url).content.decode()


def test_it_is_the_own_branch_only_and_not_for_every_member(client, bloc, secretary):
    sign_in(client, secretary)
    assert client.get(address(bloc.other_branch)).status_code == 404
    sign_in(client, make_member(bloc.branch))
    assert client.get(address(bloc.branch)).status_code == 403
    assert not Meeting.objects.exists()


def test_a_presenter_is_of_the_branch(client, bloc, secretary):
    sign_in(client, secretary)
    stranger = make_member(bloc.other_branch)
    answer = client.post(address(bloc.branch), typed(today() + timedelta(days=9), presenter=stranger.pk))
    assert answer.status_code == 422
    assert not Meeting.objects.exists()


def test_a_second_one_on_the_same_day_is_refused_and_what_was_typed_is_kept(client, bloc, secretary):
    sign_in(client, secretary)
    day = today() + timedelta(days=9)
    client.post(address(bloc.branch), typed(day))
    answer = client.post(address(bloc.branch), typed(day, starts_at_1="08:00", focus_question="Câu khác?"))
    assert answer.status_code == 422
    assert "đã có một kỳ sinh hoạt chuyên đề" in answer.content.decode()
    assert 'value="Câu khác?"' in answer.content.decode()
    assert Meeting.objects.count() == 1
    assert client.post(address(bloc.branch), typed(day + timedelta(days=1))).status_code == 302


def test_it_may_follow_the_regular_meeting_on_the_same_day(bloc):
    make_meeting(bloc.branch, at=AT - timedelta(hours=2))
    assert plan(bloc.branch).kind == MeetingKind.THEMATIC


def test_a_time_that_is_past_is_refused(bloc):
    with pytest.raises(Refused, match="đã qua"):
        operations.plan_thematic(
            bloc.branch.pk, starts_at=now() - timedelta(minutes=1), focus_question=QUESTION, by=None
        )


def test_a_quarter_lacks_what_its_rule_asks_for(bloc):
    december = date(2026, 12, 31)
    assert quarter_of(bloc.branch.pk, december).lacks_meetings
    meeting = plan(bloc.branch)
    quarter = quarter_of(bloc.branch.pk, date(2026, 10, 1))
    assert (quarter.name, quarter.meetings, quarter.lacks_meetings) == ("quý IV/2026", [meeting], False)
    assert quarter_of(bloc.branch.pk, date(2027, 1, 1)).lacks_meetings
    assert quarter_of(bloc.other_branch.pk, december).lacks_meetings


def test_before_there_was_a_rule_no_quarter_lacks_anything(bloc):
    assert not quarter_of(bloc.branch.pk, date(2012, 5, 1)).lacks_meetings


def test_the_first_page_asks_for_the_meeting_that_the_quarter_lacks(client, bloc, secretary):
    sign_in(client, secretary)
    with clock_at(AT - timedelta(days=9)):
        lacking = client.get("/").content.decode()
        assert "Quý IV/2026 chi bộ chưa có kỳ sinh hoạt chuyên đề" in lacking
        assert "theo HD 42-HD/BTCTW" in lacking
        assert address(bloc.branch) in lacking
        meeting = plan(bloc.branch)
        planned = client.get("/").content.decode()
    assert "chưa có kỳ sinh hoạt chuyên đề" not in planned
    assert address(bloc.branch) not in planned
    assert reverse("meetings:page", args=[meeting.pk]) in planned


def test_the_first_page_of_who_only_helps_to_prepare_asks_for_nothing(client, bloc, secretary):
    helper = make_member(bloc.branch, post=Post.COMMITTEE_MEMBER)
    sign_in(client, helper)
    assert address(bloc.branch) not in client.get("/").content.decode()


def test_the_list_shows_the_question_and_leads_to_planning(client, bloc, secretary):
    plan(bloc.branch)
    member = make_member(bloc.branch)
    for person, leads in ((secretary, True), (member, False)):
        sign_in(client, person)
        shown = client.get(reverse("meetings:list"), {"year": 2026}).content.decode()
        assert QUESTION in shown
        assert ">Chuyên đề<" in shown
        assert (address(bloc.branch) in shown) is leads


def test_the_least_length_of_a_regular_meeting_is_no_measure_of_a_thematic_one(client, bloc, secretary):
    sign_in(client, secretary)
    thematic, regular = plan(bloc.branch), make_meeting(bloc.branch, at=AT - timedelta(days=5))
    shown = {}
    for meeting in (thematic, regular):
        meeting.items.filter(category="discussion").update(minutes=1)
        address_ = reverse("meetings:preparation", args=[meeting.pk])
        shown[meeting.kind] = client.get(address_).content.decode()
    assert "ngắn hơn quy định" in shown["regular"]
    assert "ngắn hơn quy định" not in shown["thematic"]
