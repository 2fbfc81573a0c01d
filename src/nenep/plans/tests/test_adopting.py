"""The branch discusses and votes on the plan that its committee drafted (R139)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.attendance import call_the_rest_present
from nenep.meetings.models import MeetingStatus, Vote
from nenep.meetings.operations import call_meeting, open_meeting
from nenep.meetings.suggesting import suggested_for, take_suggestion
from nenep.meetings.tests.make import make_meeting
from nenep.meetings.voting import count_vote
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.plans.adopting import LONGEST, adoption_of, suggestions
from nenep.plans.models import Plan
from nenep.plans.operations import change_entry, publish_plan
from nenep.plans.tests.make import MADE_AT, YEAR, make_plan, thematic
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db
HELD = MADE_AT + timedelta(days=10)


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def member(bloc, secretary):
    return make_member(bloc.branch, name="Trần Đảng Viên")


@pytest.fixture
def meeting(bloc, secretary, member):
    return make_meeting(bloc.branch, chair=secretary, at=HELD)


@pytest.fixture(autouse=True)
def _december():
    with clock_at(MADE_AT):
        yield


def themed(body, month=2, theme="Làm gì để hồ sơ không quá hạn?"):
    plan = make_plan(body)
    entry = thematic(plan, month)
    change_entry(
        entry, starts_at=entry.starts_at, place="", content=theme, presenter=None, reason="", by=None
    )
    return plan


def taken(meeting, plan):
    take_suggestion(meeting, key=f"plan:{plan.pk}", by=None)
    return meeting.items.get(origin_id=plan.pk)


def voted(meeting, item, votes_for):
    """The meeting is called, opened and votes on the item."""
    call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
    with clock_at(HELD):
        open_meeting(meeting, by=None)
        call_the_rest_present(meeting, by=None)
        return count_vote(
            meeting, subject=item.title, kind="ordinary_resolution", votes_for=votes_for, item=item, by=None
        )


def offered(meeting):
    found = suggested_for(meeting, meeting.items.all()).offers
    return [offer.key for offer in found if offer.key.startswith("plan:")]


def page(client, plan):
    return client.get(reverse("plans:page", args=[plan.body_id, plan.year])).content.decode()


def test_a_draft_is_suggested_with_its_themes_until_it_is_taken(bloc, meeting):
    plan = themed(bloc.branch)
    themed(bloc.other_branch)  # of another branch
    assert offered(meeting) == [f"plan:{plan.pk}"]
    item = taken(meeting, plan)
    assert item.title == f"Biểu quyết kế hoạch sinh hoạt năm {YEAR}"
    assert item.question_lines[0] == f"Chuyên đề tháng 02/{YEAR}: Làm gì để hồ sơ không quá hạn?"
    assert len(item.question_lines) == 2
    assert offered(meeting) == []


def test_a_published_plan_needs_no_vote_any_more(bloc, meeting):
    plan = themed(bloc.branch)
    publish_plan(plan, by=None)
    assert suggestions(meeting) == []


def test_long_themes_are_cut_so_that_all_have_room(bloc, meeting):
    plan = themed(bloc.branch)
    for number, entry in enumerate(plan.entries.filter(kind="thematic")):
        entry.content = f"{number}" + "à" * 299
        entry.save()
    questions = suggestions(meeting)[0].questions
    assert len(questions) <= LONGEST
    assert questions.endswith("chuyên đề nào?")
    assert questions.count("…\n") == 4


@pytest.mark.parametrize(("votes_for", "passed"), [(2, True), (1, False)])
def test_the_vote_stands_on_the_plan_and_a_failed_one_brings_it_back(
    client, bloc, secretary, member, meeting, votes_for, passed
):
    plan = themed(bloc.branch)
    item = taken(meeting, plan)
    sign_in(client, secretary)
    assert "để chi bộ biểu quyết" in page(client, plan)
    vote = voted(meeting, item, votes_for)
    assert (vote.base, vote.passed) == (2, passed)
    assert adoption_of(plan).vote == vote
    words = "thông qua" if passed else "không thông qua"
    assert f"{votes_for}/2 đảng viên chính thức tán thành, {words}." in page(client, plan)
    later = make_meeting(bloc.branch, chair=secretary, at=HELD + timedelta(days=31))
    assert (f"plan:{plan.pk}" in offered(later)) is not passed


def test_publishing_without_a_vote_is_told_and_not_barred(client, bloc, secretary, meeting):
    plan = themed(bloc.branch)
    sign_in(client, secretary)
    address = reverse("plans:publication", args=[plan.pk])
    sentence = "Chi bộ chưa biểu quyết kế hoạch này."
    assert sentence in client.get(address).content.decode()
    voted(meeting, taken(meeting, plan), votes_for=2)
    assert sentence not in client.get(address).content.decode()
    client.post(address)
    assert Plan.objects.get(pk=plan.pk).is_published


def test_members_read_the_draft_once_the_notice_puts_it_to_them(client, bloc, member, meeting):
    plan = themed(bloc.branch)
    sign_in(client, member)
    item = taken(meeting, plan)
    assert item.title not in page(client, plan)
    assert "Làm gì để hồ sơ" not in page(client, plan)
    call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
    assert "Làm gì để hồ sơ" in page(client, plan)
    sign_in(client, make_member(bloc.other_branch))
    answer = client.get(reverse("plans:page", args=[plan.body_id, plan.year]))
    assert answer.status_code == 404


def test_a_meeting_that_was_called_off_asked_nobody(bloc, meeting):
    plan = themed(bloc.branch)
    taken(meeting, plan)
    assert adoption_of(plan).meeting == meeting
    meeting.status = MeetingStatus.CANCELLED
    meeting.save(update_fields=["status"])
    assert adoption_of(plan) is None
    assert not Vote.objects.exists()
