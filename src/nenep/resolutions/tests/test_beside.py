"""Beside a new draft stand the last resolution's results, and one press takes a target of it over (R54, R100, R118)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.correcting import correct
from nenep.assignments.operations import hand_out_targets
from nenep.assignments.tests.make import make_review, make_running, make_work
from nenep.facts.operations import write_fact
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member, make_members
from nenep.resolutions.beside import beside
from nenep.resolutions.models import Resolution, Target
from nenep.resolutions.tests.make import make_draft, make_vote
from nenep.rulebook import rules_on
from nenep.shared.dates import clock_at, now, today

pytestmark = pytest.mark.django_db
TYPED = {"title": "việc tháng tới", "direction": "Làm xong.", "revision": 0}


@pytest.fixture
def owner(branch):
    make_members(branch, 2)
    return make_member(branch, name="Trần Thị Lan")


@pytest.fixture
def past(branch, secretary, owner):
    """The resolution of forty days ago: one target done, one not, one given to nobody."""
    at = now() - timedelta(days=40)
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, at=at)
    with clock_at(at + timedelta(minutes=30)):
        due = today() + timedelta(days=20)
        row = make_draft(
            meeting,
            {"what": "Rà soát kho", "lead": owner, "due_on": due, "measure": "2.000 hồ sơ"},
            {"what": "Lập sổ", "lead": owner, "due_on": due},
            {"what": "Mua máy"},
        )
        make_vote(row, votes_for=row.meeting.attendance.count())
        hand_out_targets(row.meeting, by=None)
        make_work(meeting, owner, what="Việc ngoài nghị quyết", due_on=due)
    return Resolution.objects.get(pk=row.pk)


@pytest.fixture
def meeting(branch, secretary, past):
    meeting = make_running(branch, secretary)
    cause = rules_on(today()).vocabulary.causes[0].code
    kho, so = (target.assignment for target in past.targets.all()[:2])
    make_review(kho, meeting, cause=cause, cause_text="thiếu người", actual="1.500 hồ sơ")
    make_review(so, meeting, result="met", cause=cause)
    return meeting


def test_results_causes_open_work_and_figures_stand_beside_the_draft(
    client, branch, secretary, past, meeting
):
    write_fact(branch.pk, past.meeting.month, expected=4, present=3, reviewed=5, reviewed_met=3)
    sign_in(client, secretary)
    page = client.get(reverse("resolutions:draft", args=[meeting.pk])).content.decode()
    month = f"{past.meeting.month:%m/%Y}"
    for said in (
        "Đạt một phần: 1.500 hồ sơ. Nguyên nhân: ",
        "thiếu người.",
        "Trần Thị Lan, hạn ",
        "2.000 hồ sơ.",
        "Chưa giao cho ai.",
        "Việc ngoài nghị quyết</a>: giao đồng chí Trần Thị Lan",
        f"Kỳ {month}: 3/4 lượt đảng viên dự.",
        f"Kỳ {month} kiểm điểm 5 việc: đạt 3",
    ):
        assert said in page, said
    assert page.count("Nguyên nhân: ") == 1  # what was met needs none


def test_open_work_is_what_comes_of_no_target_whatever_it_is_called(branch, secretary, past):
    first = past.targets.first().assignment
    correct(first, what="Rà soát kho số 2", owner=first.owner, due_on=first.due_on, measure="", by=None)
    with clock_at(past.meeting.starts_at + timedelta(minutes=40)):
        make_work(past.meeting, first.owner, what="Mua máy")
    meeting = make_running(branch, secretary)
    assert {work.title for work in beside(meeting, None).open_work} == {"Việc ngoài nghị quyết", "Mua máy"}


def test_what_carries_a_target_over_stands_beside_it_and_not_among_the_other_work(branch, secretary, past):
    work = past.targets.first().assignment
    make_review(work, make_running(branch, secretary), carry_to=today() + timedelta(days=60))
    work = work.continued_by
    correct(work, what="Rà nốt kho", owner=work.owner, due_on=work.due_on, measure="", by=None)
    later = make_meeting(branch, at=now() + timedelta(days=40))
    assert {work.title for work in beside(later, None).open_work} == {"Việc ngoài nghị quyết"}


def test_one_press_takes_a_target_over_with_its_owner_and_measure_and_keeps_what_was_typed(
    client, secretary, owner, past, meeting
):
    sign_in(client, secretary)
    address = reverse("resolutions:draft", args=[meeting.pk])
    kho = past.targets.first()
    typed = TYPED | {"t0-what": "Việc mới", "carry": kho.pk}
    for _press in range(2):  # a double tap
        assert client.post(address, typed)["Location"] == address + "#targets"
    new, taken = meeting.resolution.targets.all()
    assert new.what == "Việc mới"
    assert (taken.what, taken.lead, taken.measure) == ("Rà soát kho", owner, "2.000 hồ sơ")
    assert (taken.due_on, taken.carried_from) == (None, kho)
    page = client.get(address).content.decode()
    assert "Việc 2 (chuyển từ nghị quyết trước)" in page
    assert "Đã chuyển" in page
    assert f'name="carry" value="{kho.pk}"' not in page
    # Changed afterwards it is still the one that was taken over.
    again = TYPED | {"revision": 1, "t0-id": taken.pk, "t0-what": "Rà soát nốt kho", "t0-lead": owner.pk}
    client.post(address, again)
    changed = Target.objects.get(resolution__meeting=meeting)
    assert (changed.what, changed.carried_from) == ("Rà soát nốt kho", kho)


def test_a_target_of_another_branch_is_not_taken_over(client, secretary, past, meeting):
    sign_in(client, secretary)
    other = make_draft(make_meeting(make_body(), at=now() + timedelta(days=3)), {"what": "Của chi bộ khác"})
    stranger = other.targets.get()
    address = reverse("resolutions:draft", args=[meeting.pk])
    client.post(address, TYPED | {"carry": stranger.pk})
    assert not meeting.resolution.targets.exists()
    assert not Target.objects.filter(carried_from=stranger).exists()


def test_a_full_draft_takes_no_more_and_says_so(client, secretary, past, meeting):
    sign_in(client, secretary)
    typed = TYPED | {f"t{n}-what": f"Việc {n}" for n in range(8)} | {"carry": past.targets.first().pk}
    answer = client.post(reverse("resolutions:draft", args=[meeting.pk]), typed)
    assert answer.status_code == 422
    assert "Dự thảo đã có 8 việc." in answer.content.decode()
