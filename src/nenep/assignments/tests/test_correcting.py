"""Work given wrongly is corrected or taken back, and no longer once the branch has adopted the minutes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments import correcting, operations
from nenep.assignments.correcting import correct, withdraw
from nenep.assignments.models import Assignment, AssignmentStatus
from nenep.assignments.operations import report_progress
from nenep.assignments.tests.make import DUE, make_past_work, make_review, make_running, make_work
from nenep.journal.models import Event
from nenep.meetings.minutes import adopt_minutes, compose
from nenep.meetings.operations import close_meeting
from nenep.notices.models import Notice
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.resolutions.tests.make import make_draft, make_vote
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew, parts

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running_once(database_of_the_file):
    bloc = make_small_bloc()
    secretary = make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)
    owner = make_member(bloc.branch, name="Trần Thị Bình")
    return bloc, secretary, owner, make_running(bloc.branch, secretary)


@pytest.fixture
def running(running_once):
    return anew(running_once)


bloc, secretary, owner, meeting = parts("running", 4)


@pytest.fixture
def work(meeting, owner):
    return make_work(meeting, owner)


def corrected(work, **fields):
    usual = {"what": work.what, "owner": work.owner, "due_on": work.due_on, "measure": "", "by": None}
    return correct(work, **{**usual, **fields})


def adopted(meeting):
    close_meeting(meeting, by=None)
    adopt_minutes(meeting, votes_for=2, by=None)


def told(member):
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))


def test_work_is_corrected_and_whom_it_concerns_is_told(secretary, owner, work):
    corrected(work, what="Rà soát 12 hồ sơ", owner=secretary, due_on=DUE + timedelta(days=1))
    found = Assignment.objects.get()
    assert (found.what, found.owner, found.due_on) == ("Rà soát 12 hồ sơ", secretary, DUE + timedelta(days=1))
    assert told(owner)[-1] == "assignment.withdrawn"
    assert told(secretary)[-1] == "assignment.given"
    corrected(work, due_on=DUE)
    assert told(secretary)[-1] == "assignment.corrected"
    assert Event.objects.filter(verb="assignment.corrected", object_id=work.pk).count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"due_on": today()}, "phải sau ngày họp"), ({"owner": "stranger"}, "không thuộc danh sách")],
)
def test_a_correction_keeps_to_the_rules_of_giving(bloc, work, fields, sentence):
    stranger = make_member(bloc.other_branch)
    fields = {name: stranger if value == "stranger" else value for name, value in fields.items()}
    with pytest.raises(Refused, match=sentence):
        corrected(work, **fields)
    assert Assignment.objects.get().due_on == DUE


def test_withdrawn_work_is_in_no_list_and_not_in_the_minutes(client, secretary, meeting, work):
    withdraw(work, by=None)
    assert work.what not in str(compose(meeting).blocks)
    sign_in(client, secretary)
    for address in ("?all=1", ""):
        assert work.what not in client.get(reverse("assignments:list") + address).content.decode()
    assert work.what not in client.get(reverse("assignments:handing_out", args=[meeting.pk])).content.decode()
    assert told(work.owner)[-1] == "assignment.withdrawn"
    assert Event.objects.filter(verb="assignment.withdrawn", object_id=work.pk).exists()
    with pytest.raises(Refused):
        report_progress(work, status=AssignmentStatus.DOING, by=None)


def test_a_target_may_be_given_anew_after_it_was_withdrawn(meeting, owner):
    make_vote(make_draft(meeting, {"what": "Mua máy", "lead": owner, "due_on": DUE}), votes_for=2)
    (first,), _left = operations.hand_out_targets(meeting, by=None)
    withdraw(first, by=None)
    (second,), _left = operations.hand_out_targets(meeting, by=None)
    assert second.what == "Mua máy"


def test_after_the_minutes_are_adopted_work_stays_as_it_is(client, secretary, meeting, work):
    adopted(meeting)
    for act in (corrected, lambda row: withdraw(row, by=None)):
        with pytest.raises(Refused, match="biên bản được thông qua"):
            act(work)
    sign_in(client, secretary)
    for name in ("correction", "withdrawal"):
        answer = client.post(reverse(f"assignments:{name}", args=[work.pk]))
        assert answer["Location"] == reverse("assignments:page", args=[work.pk])
    typed = {"what": "Rà soát cả năm", "due_on": "04/12/2026"}
    answer = client.post(reverse("assignments:correction", args=[work.pk]), typed)
    assert answer.status_code == 409
    assert "Rà soát cả năm" in answer.content.decode()
    assert "Sửa việc" not in client.get(reverse("assignments:page", args=[work.pk])).content.decode()


def test_a_page_loaded_before_the_adoption_changes_nothing(meeting, work):
    stale = Assignment.objects.select_related("meeting").get()
    adopted(meeting)
    with pytest.raises(Refused):
        withdraw(stale, by=None)


def test_without_the_lock_it_would_have(meeting, work, monkeypatch):
    stale = Assignment.objects.select_related("meeting__minutes").get()
    adopted(meeting)
    monkeypatch.setattr(correcting, "hold", lambda _row: None)
    withdraw(stale, by=None)
    assert Assignment.objects.get().status == AssignmentStatus.WITHDRAWN


def test_work_given_after_the_adoption_is_corrected_until_its_owner_reports(meeting, owner):
    adopted(meeting)
    late = make_work(meeting, owner)
    corrected(late, what="Rà soát 12 hồ sơ")
    report_progress(late, status=AssignmentStatus.DOING, by=None)
    with pytest.raises(Refused, match="đã có báo cáo"):
        corrected(late)


def test_reviewed_work_stays_as_it_was_judged(bloc, secretary, owner, meeting):
    old = make_past_work(bloc.branch, secretary, owner)
    make_review(old, meeting)
    with pytest.raises(Refused):
        withdraw(old, by=None)


def test_both_stand_beside_the_work_and_the_room_and_the_reading_back_lead_there(
    client, secretary, meeting, work
):
    sign_in(client, secretary)
    listed = client.get(reverse("assignments:handing_out", args=[meeting.pk])).content.decode()
    for name in ("assignments:correction", "assignments:withdrawal"):
        assert reverse(name, args=[work.pk]) in listed
    assert (
        "Việc đã giao tại kỳ này (1)"
        in client.get(reverse("meetings:room", args=[meeting.pk])).content.decode()
    )
    close_meeting(meeting, by=None)
    read_back = client.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
    assert "Việc đã giao tại kỳ này (1)" in read_back
