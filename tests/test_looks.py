"""Who looked at me: every page with a colleague's data leaves a trace on that colleague's page, and only there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nenep.access.models import ReadingGrant
from nenep.access.tests.make import make_account, sign_in, viewer_for
from nenep.assignments.operations import hand_out
from nenep.journal.models import Event
from nenep.meetings.answers import write_opinion
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.reads import name_on
from nenep.people.models import Post, Status
from nenep.people.operations import change_status, transfer
from nenep.people.tests.make import make_member, make_office
from nenep.privacy import looks as looks_module
from nenep.privacy.looks import events_about, looks
from nenep.shared.dates import clock_at, now, today

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Thị Bí", post=Post.SECRETARY)


@pytest.fixture
def member(bloc):
    return make_member(bloc.branch, name="Trần Văn Thường", phone="0912000111")


@pytest.fixture
def third(bloc):
    return make_member(bloc.branch, name="Phạm Người Thứ Ba")


def seen_by(member):
    """What people did that stands on the member's page, oldest first."""
    return [look.what for look in reversed(looks(events_about(member.pk))) if look.who != "Phần mềm"]


def page_of(client, member):
    sign_in(client, member)
    return client.get(reverse("privacy:looks")).content.decode()


def work_of(owner, branch, chair):
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=chair)
    return hand_out(meeting, what="Rà soát", owner=owner, due_on=today() + 40 * DAY, by=None)


# --- each page writes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form", ["details", "contact", "transfer", "departure", "recognition", "status", "office"]
)
def test_each_form_about_a_colleague_is_one_look_of_the_colleague(client, secretary, member, form):
    sign_in(client, secretary, proven=True)
    for _time in range(2):
        assert client.get(reverse(f"people:{form}", args=[member.pk])).status_code == 200
    assert seen_by(member) == ["Xem trang đảng viên"]
    assert seen_by(secretary) == []


def test_the_own_contact_form_is_no_look(client, member):
    sign_in(client, member)
    assert "0912000111" in client.get(reverse("people:contact", args=[member.pk])).content.decode()
    assert not Event.objects.filter(verb="member.read").exists()


def test_work_is_a_look_of_its_owner_and_the_list_one_of_the_whole_branch(
    client, bloc, secretary, member, third
):
    work = work_of(member, bloc.branch, secretary)
    sign_in(client, third)
    client.get(reverse("assignments:page", args=[work.pk]))
    client.get(reverse("assignments:list"))
    listed = f"Xem danh sách phân công: {name_on(bloc.branch.pk, today())}"
    assert seen_by(member)[-2:] == ["Xem việc được giao", listed]
    assert seen_by(secretary) == [listed]
    assert Event.objects.filter(verb="assignments.listed").count() == 1


def test_a_list_without_anybody_elses_work_is_no_look(client, bloc, secretary, member):
    work_of(member, bloc.branch, secretary)
    sign_in(client, member)
    assert "Rà soát" in client.get(reverse("assignments:list")).content.decode()
    assert not Event.objects.filter(verb="assignments.listed").exists()


def test_opinions_beforehand_are_a_look_of_each_author_and_of_nobody_else(
    client, bloc, secretary, member, third
):
    meeting = make_meeting(bloc.branch, chair=secretary)
    silent = make_member(bloc.branch)
    for author in (member, member, third):
        write_opinion(meeting, text="Bàn kỹ hơn.", item_id=None, by=viewer_for(author))
    sign_in(client, secretary)
    for _time in range(2):
        client.get(reverse("meetings:opinion_inbox", args=[meeting.pk]))
    assert seen_by(member) == seen_by(third) == ["Xem ý kiến gửi trước"]
    assert seen_by(silent) == []


def test_the_inbox_costs_the_same_for_few_and_many_authors(client, bloc, secretary):
    meeting = make_meeting(bloc.branch, chair=secretary)
    sign_in(client, secretary)
    client.get(reverse("meetings:opinion_inbox", args=[meeting.pk]))
    costs = []
    for more in (1, 4):
        for author in [make_member(bloc.branch) for _ in range(more)]:
            write_opinion(meeting, text="Ý kiến", item_id=None, by=viewer_for(author))
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("meetings:opinion_inbox", args=[meeting.pk]))
        costs.append(len(found))
    assert costs[0] == costs[1]


def test_forms_that_offer_the_names_of_the_branch_are_a_look_at_its_list(client, bloc, secretary, member):
    meeting = make_meeting(bloc.branch, chair=secretary)
    sign_in(client, secretary)
    for name in ("meetings:plan", "meetings:item_addition", "meetings:call", "resolutions:draft"):
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 200
        assert Event.objects.filter(verb="members.listed", body=bloc.branch.pk).count() == 1, name
    assert len(seen_by(member)) == 1


def test_who_may_read_the_branch_is_written_down_for_those_who_look(client, bloc, member):
    officer = make_member(bloc.lone_branch)
    make_office(officer, bloc.bloc, Post.OFFICER)
    account = make_account(officer)
    ReadingGrant.objects.create(
        account=account,
        body=bloc.branch,
        purpose="Kiểm tra",
        asked_at=now(),
        valid_from=today(),
        valid_to=today() + DAY,
    )
    for person in (officer, member):
        sign_in(client, person)
        assert "Kiểm tra" in client.get(reverse("access:readings")).content.decode()
    reads = Event.objects.filter(verb="readings.listed").values_list("actor", "body")
    assert list(reads) == [(f"member:{member.pk}", bloc.branch.pk)]


# --- lists and minutes of the own branch ----------------------------------------------------------------


def test_lists_and_minutes_of_the_own_branch_stand_on_everybodys_page_once(
    client, bloc, secretary, member, third
):
    minutes = make_meeting(bloc.branch, status=MeetingStatus.ADOPTED, chair=secretary)
    sign_in(client, secretary)
    for _time in range(2):
        client.get(reverse("people:body", args=[bloc.branch.pk]))
        client.get(reverse("meetings:minutes", args=[minutes.pk]))
    name = name_on(bloc.branch.pk, today())
    for person in (member, third):
        assert seen_by(person) == [f"Xem danh sách chi bộ: {name}", f"Xem biên bản: {name}"]
    assert seen_by(secretary) == []
    assert seen_by(make_member(bloc.other_branch)) == []


def test_a_list_counts_for_whoever_belonged_to_the_branch_on_the_day_of_the_look(
    client, bloc, secretary, member
):
    guest = make_member(bloc.lone_branch)
    change_status(guest, status=Status.AWAY, start=today(), host=bloc.branch, by=None)
    transfer(member, to=bloc.other_branch, day=today() + DAY, by=None)
    later = make_member(bloc.branch, since=today() + DAY)
    sign_in(client, secretary)
    client.get(reverse("people:body", args=[bloc.branch.pk]))
    assert [len(seen_by(person)) for person in (member, guest, later)] == [1, 1, 0]
    client.logout()
    with clock_at(timezone.now() + DAY):
        sign_in(client, secretary)
        client.get(reverse("people:body", args=[bloc.branch.pk]))
    assert [len(seen_by(person)) for person in (member, guest, later)] == [1, 2, 1]


def test_without_the_registered_lists_nobody_would_learn_of_them(
    client, bloc, secretary, member, monkeypatch
):
    """Twin: the same look, were lists not counted as looks of the branch's members."""
    monkeypatch.setattr(looks_module, "_list_reads", set())
    sign_in(client, secretary)
    client.get(reverse("people:body", args=[bloc.branch.pk]))
    assert Event.objects.filter(verb="members.listed").exists()
    assert seen_by(member) == []


def test_the_page_never_shows_a_third_person(client, bloc, secretary, member, third):
    """The could-leak rule: there are looks at the third person and words of that person in the same branch."""
    meeting = make_meeting(bloc.branch, chair=secretary)
    for author in (member, third):
        write_opinion(meeting, text="Bàn kỹ hơn.", item_id=None, by=viewer_for(author))
    sign_in(client, secretary)
    client.get(reverse("meetings:opinion_inbox", args=[meeting.pk]))
    client.get(reverse("people:body", args=[bloc.branch.pk]))
    for person in (member, third):
        client.get(reverse("people:details", args=[person.pk]))
    assert len(seen_by(third)) == 3
    page = page_of(client, member)
    assert page.count(f"<p>{secretary.full_name}") == 3
    assert secretary.full_name in page
    assert third.full_name not in page
    download = client.get(reverse("privacy:download")).content.decode()
    assert "Xem danh sách chi bộ" in download
    assert third.full_name not in download


def test_the_page_costs_the_same_for_few_and_many_lists(client, bloc, secretary, member):
    sign_in(client, secretary)
    client.get(reverse("people:body", args=[bloc.branch.pk]))
    costs = []
    for hours in (1, 5):
        for hour in range(hours):
            with clock_at(timezone.now() - (hour + 1) * timedelta(hours=1)):
                client.get(reverse("people:body", args=[bloc.branch.pk]))
        with CaptureQueriesContext(connection) as found:
            looks(events_about(member.pk))
        costs.append(len(found))
    assert costs[0] == costs[1]
