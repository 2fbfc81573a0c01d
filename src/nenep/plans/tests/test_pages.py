"""The pages of a plan: who sees what, what they cost, what is typed and kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings.models import Meeting, MeetingStatus, Postponement
from nenep.notices.models import Notice
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.plans.models import Entry, EntryKind, Plan
from nenep.plans.operations import add_entry, drop_entry, make_meeting
from nenep.plans.tests.make import MADE_AT, YEAR, at, make_plan, regular, thematic
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def member(bloc, secretary):
    return make_member(bloc.branch, name="Trần Đảng Viên")


@pytest.fixture(autouse=True)
def _december():
    with clock_at(MADE_AT):
        yield


def page(client, body, year=YEAR):
    answer = client.get(reverse("plans:page", args=[body.pk, year]))
    return answer.status_code, answer.content.decode()


def test_the_secretary_drafts_changes_and_publishes_and_the_members_read(client, bloc, secretary, member):
    sign_in(client, secretary)
    _status, before = page(client, bloc.branch)
    assert "theo CT 50-CT/TW" in before
    assert "chưa kiểm chứng" in before
    client.post(reverse("plans:drafting", args=[bloc.branch.pk, YEAR]))
    plan = Plan.objects.get()
    entry = thematic(plan, 2)
    typed = {
        "starts_at_0": "25/02/2027",
        "starts_at_1": "15:30",
        "place": "Hội trường",
        "content": "Việc gì trước?",
    }
    assert client.post(reverse("plans:entry_change", args=[entry.pk]), typed).status_code == 302
    sign_in(client, member)
    assert "Năm này chưa công bố kế hoạch." in page(client, bloc.branch)[1]
    assert client.get(reverse("plans:entry_change", args=[entry.pk])).status_code == 404
    sign_in(client, secretary)
    assert (
        "Kỳ chuyên đề chưa nêu câu hỏi"
        in client.get(reverse("plans:publication", args=[plan.pk])).content.decode()
    )
    client.post(reverse("plans:publication", args=[plan.pk]))
    sign_in(client, member)
    _status, read = page(client, bloc.branch)
    assert "Việc gì trước?" in read
    assert "15:30 ngày 25/02/2027" in read
    assert "Công bố kế hoạch" not in read
    assert "Cần xem lại" not in read
    assert Notice.objects.get(member=member).read_at is not None
    assert client.get(reverse("plans:entry_change", args=[entry.pk])).status_code == 403


def test_a_wrong_day_is_said_beside_it_and_what_was_typed_stays(client, bloc, secretary):
    sign_in(client, secretary)
    entry = regular(make_plan(bloc.branch), 3)
    typed = {"starts_at_0": "25/05/2027", "starts_at_1": "15:30", "place": "Hội trường"}
    answer = client.post(reverse("plans:entry_change", args=[entry.pk]), typed)
    assert answer.status_code == 422
    assert "Ngày phải từ 01/03/2027 đến 07/04/2027" in answer.content.decode()
    assert "Hội trường" in answer.content.decode()


def test_a_dropped_entry_leads_back_to_the_plan_that_says_why(client, bloc, secretary):
    sign_in(client, secretary)
    plan = make_plan(bloc.branch, published=True)
    entry = thematic(plan, 5)
    drop_entry(entry, reason="Gộp vào quý sau", by=None)
    address = reverse("plans:page", args=[bloc.branch.pk, YEAR])
    for name in ("entry_change", "entry_removal"):
        assert client.get(reverse(f"plans:{name}", args=[entry.pk])).url == address
    assert client.get(reverse("plans:publication", args=[plan.pk])).url == address
    assert "Gộp vào quý sau" in page(client, bloc.branch)[1]


def test_the_meeting_is_made_from_the_plan_and_linked(client, bloc, secretary):
    sign_in(client, secretary)
    entry = regular(make_plan(bloc.branch, published=True), 1)
    assert "Lập kỳ" in page(client, bloc.branch)[1]
    answer = client.post(reverse("plans:meeting", args=[entry.pk]))
    made = Meeting.objects.get()
    assert answer.url == reverse("meetings:page", args=[made.pk])
    assert answer.url in page(client, bloc.branch)[1]
    assert reverse("plans:page", args=[bloc.branch.pk, YEAR]) in client.get(answer.url).content.decode()
    Entry.objects.filter(kind=EntryKind.THEMATIC).update(content="Việc gì trước?")
    form = client.get(reverse("meetings:thematic", args=[bloc.branch.pk])).content.decode()
    assert "Việc gì trước?" in form
    assert 'value="22/02/2027"' in form


def test_whoever_may_not_call_a_meeting_does_not_move_a_called_one_through_the_plan(client, bloc, secretary):
    helper = make_member(bloc.branch, name="Lê Chi Ủy", post=Post.COMMITTEE_MEMBER)
    entry = regular(make_plan(bloc.branch), 1)  # a draft, which a committee member changes
    made = make_meeting(entry, by=None)
    Meeting.objects.filter(pk=made.pk).update(status=MeetingStatus.CALLED)
    address = reverse("plans:entry_change", args=[entry.pk])
    sent = {
        "starts_at_0": "08/01/2027",
        "starts_at_1": "14:00",
        "place": made.place,
        "reason": "Trùng hội nghị.",
    }
    # The twin: the secretary, who may call it, moves it by the very same sending.
    for person, status, times in ((helper, 422, 0), (secretary, 302, 1)):
        sign_in(client, person)
        assert client.post(address, sent).status_code == status
        assert Postponement.objects.count() == times
        assert Notice.objects.filter(kind="meeting.postponed").exists() == bool(times)


def test_a_form_with_the_names_of_the_branch_is_written_down(client, bloc, secretary):
    sign_in(client, secretary)
    client.get(reverse("plans:entry_addition", args=[make_plan(bloc.branch).pk]))
    assert Event.objects.filter(verb="members.listed", body=bloc.branch.pk).count() == 1


def test_officers_see_how_many_branches_have_a_plan_and_no_content(client, bloc, member):
    officer = make_member(bloc.lone_branch)
    make_office(officer, bloc.organization, Post.DEPUTY)
    sign_in(client, officer)
    plan = make_plan(bloc.branch, published=True)
    plan.entries.filter(kind=EntryKind.THEMATIC).update(content="Nội dung của chi bộ")
    make_plan(bloc.other_branch)
    answer = client.get(reverse("plans:branches"), {"year": YEAR}).content.decode()
    assert "1/4 chi bộ đã công bố, 1 chi bộ đang soạn" in answer
    assert "Nội dung của chi bộ" not in answer
    missing = client.get(reverse("plans:branches"), {"year": YEAR, "state": "missing"}).content.decode()
    assert ("Chi bộ Văn phòng Sở A" in answer, "Chi bộ Văn phòng Sở A" in missing) == (True, False)
    assert page(client, bloc.branch)[0] == 404
    month = client.get(reverse("home:branch_month", args=[bloc.branch.pk, YEAR, 1])).content.decode()
    assert "12 kỳ thường kỳ, 4 kỳ chuyên đề" in month


def test_the_plan_costs_the_same_for_few_and_many_entries(client, bloc, secretary):
    sign_in(client, secretary)
    plan = make_plan(bloc.branch, published=True)
    address, counts = reverse("plans:page", args=[bloc.branch.pk, YEAR]), []
    client.get(address)
    for day in (10, 11):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
        for month in range(1, 13):
            add_entry(plan, kind=EntryKind.STUDY, starts_at=at(day, month), presenter=secretary, by=None)
            client.post(reverse("plans:meeting", args=[regular(plan, month).pk]))
    client.get(address)  # marks the notices of what was added
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    counts.append(len(captured))
    assert Meeting.objects.count() == 12
    assert counts[2] - counts[0] <= 2  # the meetings' postponements and why they were called off
