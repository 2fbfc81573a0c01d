"""What the branches said of the three qualities of their meetings: sums of answers with their questions, no score."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.models import Body
from nenep.organizations.reads import rules_for
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.quality.models import Judgement
from nenep.quality.operations import answer_self_check, questions_of
from nenep.reports.qualities import qualities_of
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db
HELD_AT = timezone.make_aware(datetime(2026, 10, 5, 14))


@pytest.fixture(autouse=True)
def _november():
    with clock_at(timezone.make_aware(datetime(2026, 11, 28, 9))):
        yield


def held(branch, chair, *, is_adopted=True, **judged):
    """A meeting whose self-check says that all is met but what is given."""
    meeting = make_meeting(branch, status=MeetingStatus.CLOSED, chair=chair, at=HELD_AT)
    said = {term.code: (judged.get(term.code, Judgement.MET), "") for term in questions_of(meeting)}
    answer_self_check(meeting, said, by=None)
    if is_adopted:
        adopt_minutes(meeting, votes_for=meeting.present, by=None)


def sums(*branches, year=2026):
    vocabulary = rules_for(branches[0].pk, date(year, 11, 1)).vocabulary
    found = qualities_of(Body.objects.filter(pk__in=[one.pk for one in branches]), year, vocabulary)
    return {one.term.code: (one.met, one.partly, one.not_met, one.base) for one in found}


def test_answers_are_summed_by_the_quality_that_their_question_shows(bloc):
    first = make_member(bloc.branch, post=Post.SECRETARY)
    held(bloc.branch, first, democracy=Judgement.PARTLY, criticism=Judgement.NOT_MET, time=Judgement.NOT_MET)
    said = {"education": (1, 0, 0, 1), "combativeness": (1, 1, 1, 3), "leadership": (2, 0, 0, 2)}
    assert sums(bloc.branch) == said
    other = make_member(bloc.neighbour_branch, post=Post.SECRETARY)
    held(bloc.neighbour_branch, other, is_adopted=False)
    assert sums(bloc.branch, bloc.neighbour_branch) == said  # not before the minutes are adopted
    assert sums(bloc.branch, year=2025) == dict.fromkeys(said, (0, 0, 0, 0))


def test_branch_and_committee_see_the_counts_with_their_questions(client, bloc):
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    held(bloc.branch, secretary, review=Judgement.PARTLY)
    officer = make_member(bloc.lone_branch)
    make_office(officer, bloc.bloc, Post.OFFICER)
    for person, address in (
        (secretary, reverse("home:branch_year", args=[bloc.branch.pk, 2026])),
        (officer, reverse("home:democracy_year", args=[bloc.bloc.pk, 2026])),
    ):
        sign_in(client, person)
        page = client.get(address).content.decode()
        assert "Đạt 1, đạt một phần 1, chưa đạt 0, trên 2 câu trả lời" in page
        assert "“Kết luận rõ việc, rõ người, rõ thời hạn”" in page
        assert "chưa kiểm chứng" in page
