"""Work that was judged at a meeting held on paper: entered after its minutes, counted in its month."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.models import AssignmentStatus, Result
from nenep.assignments.tests.make import make_review, make_running, make_work
from nenep.facts.models import BranchMonth
from nenep.facts.rebuilding import check
from nenep.meetings.models import MeetingStatus, PaperEntry
from nenep.meetings.tests.make import make_meeting
from nenep.people.tests.make import make_member
from nenep.shared.dates import now
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(branch):
    return make_member(branch)


@pytest.fixture
def work(branch, secretary, owner):
    """Given two months ago and more, at a meeting that is long over."""
    at = now() - timedelta(days=75)
    meeting = make_meeting(branch, status=MeetingStatus.ADOPTED, chair=secretary, at=at)
    return make_work(meeting, owner)


@pytest.fixture
def adopted(branch, secretary, work):
    """The meeting of last month, with adopted minutes; nothing says yet that it was held on paper."""
    at = now() - timedelta(days=35)
    return make_meeting(branch, status=MeetingStatus.ADOPTED, chair=secretary, at=at)


@pytest.fixture
def on_paper(adopted):
    PaperEntry.objects.create(meeting=adopted, at=now())
    adopted.refresh_from_db()
    return adopted


def reviewed(meeting):
    fact = BranchMonth.objects.get(body=meeting.body_id, month=meeting.month)
    return fact.reviewed, fact.reviewed_partly


def test_it_is_counted_in_the_month_of_the_meeting(work, on_paper):
    assert reviewed(on_paper) == (0, 0)
    present = on_paper.figures.conclusions
    make_review(work, on_paper)
    work.refresh_from_db()
    assert work.status == AssignmentStatus.REVIEWED
    assert reviewed(on_paper) == (1, 1)
    on_paper.figures.refresh_from_db()
    assert (on_paper.figures.reviewed, on_paper.figures.conclusions) == (1, present)
    assert check() == []


def test_minutes_adopted_in_the_program_take_no_judgement_more(work, adopted):
    """The twin: the same meeting without the mark of a paper entry."""
    with pytest.raises(Refused, match="trước khi thông qua biên bản"):
        make_review(work, adopted)
    assert reviewed(adopted) == (0, 0)


def test_work_given_later_was_not_judged_there(branch, secretary, owner, on_paper):
    later = make_work(make_running(branch, secretary), owner)
    with pytest.raises(Refused, match="giao sau kỳ sinh hoạt ấy"):
        make_review(later, on_paper)


def test_the_secretary_is_led_there_and_says_at_which_meeting(client, secretary, work, on_paper):
    sign_in(client, secretary)
    page = client.get(reverse("meetings:page", args=[on_paper.pk])).content.decode()
    assert "Ghi kết quả kiểm điểm theo biên bản giấy (1 việc chưa ghi)" in page
    address = reverse("assignments:review", args=[work.pk])
    form = client.get(address).context["form"]
    assert [pk for pk, _day in form.fields["meeting"].choices] == [on_paper.pk]
    cause = form.fields["cause"].choices[1][1][0][0]
    typed = {"result": Result.PARTLY, "cause": cause, "meeting": on_paper.pk}
    assert client.post(address, typed | {"meeting": work.meeting_id}).status_code == 422
    assert client.post(address, typed)["Location"] == reverse("meetings:page", args=[on_paper.pk])
    assert reviewed(on_paper) == (1, 1)
    page = client.get(reverse("meetings:page", args=[on_paper.pk])).content.decode()
    assert "Ghi kết quả kiểm điểm" not in page


def test_while_a_meeting_runs_it_is_the_place(client, branch, secretary, work, on_paper):
    running = make_running(branch, secretary)
    sign_in(client, secretary)
    page = client.get(reverse("assignments:review", args=[work.pk]))
    assert "meeting" not in page.context["form"].fields
    assert page.context["meeting"] == running
