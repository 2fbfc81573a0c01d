"""A place in another branch gives rights there, so it waits until that branch agrees."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import make_account, sign_in, viewer_for
from nenep.access.viewers import viewer_of
from nenep.journal.models import Event
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.organizations.operations import merge_bodies
from nenep.organizations.tests.make import make_small_bloc
from nenep.people import operations
from nenep.people.access import MemberAccess
from nenep.people.introductions import accept, effective_day, introduce, refuse, withdraw
from nenep.people.models import (
    Introduction,
    IntroductionKind,
    IntroductionState,
    Post,
    Status,
    StatusPeriod,
    Transfer,
)
from nenep.people.operations import change_status, leave, rejoin, transfer
from nenep.people.reads import branch_on, office_holders
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at, today
from nenep.shared.states import IllegalMove, Refused

pytestmark = pytest.mark.django_db

TOMORROW = timedelta(days=1)


@pytest.fixture
def tree():
    return make_small_bloc()


@pytest.fixture
def secretary(tree):
    return make_member(tree.branch, name="Nguyễn Thị Bí", post=Post.SECRETARY)


@pytest.fixture
def host(tree):
    """The secretary of the branch that is asked."""
    return make_member(tree.neighbour_branch, name="Lê Thị Tiếp", post=Post.SECRETARY)


@pytest.fixture
def officer(tree):
    person = make_member(tree.other_branch, name="Lê Cán Bộ")
    make_office(person, tree.organization, Post.DEPUTY)
    return person


@pytest.fixture
def member(tree):
    return make_member(tree.branch, name="Trần Văn Thường", phone="0912000111")


def at(name, *args):
    return reverse(f"people:{name}", args=args)


def text(answer):
    return answer.content.decode()


def written(day):
    return day.strftime("%d/%m/%Y")


def send(member, to, *, by=None, **facts):
    return introduce(member, to=to, day=facts.pop("day", today()), by=by and viewer_for(by), **facts)


def stay(member, to, *, by=None, **facts):
    return send(member, to, by=by, kind=IntroductionKind.STAY, **facts)


def reads_meetings_of(member):
    return set(viewer_for(member).where("meetings.read").own)


def minutes_of(branch):
    return make_meeting(branch, status=MeetingStatus.ADOPTED, chair=make_member(branch))


# --- what the attack tried ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["status", "transfer"])
def test_a_secretary_reads_nothing_of_another_branch_by_sending_somebody_there(
    client, tree, secretary, host, member, path
):
    """The could-leak rule: there are minutes, and their own secretary reads them."""
    meeting = minutes_of(tree.neighbour_branch)
    address = reverse("meetings:minutes", args=[meeting.pk])
    sign_in(client, host)
    assert client.get(address).status_code == 200
    typed = {
        "status": {"status": "away", "start": written(today()), "host": tree.neighbour_branch.code},
        "transfer": {"to": tree.neighbour_branch.code, "day": written(today()), "step": "do"},
    }[path]
    sign_in(client, secretary)
    refused = client.post(at(path, secretary.pk), typed)
    assert refused.status_code == (403 if path == "transfer" else 422)
    assert client.post(at(path, member.pk), typed).status_code == 302
    for person in (secretary, member):
        sign_in(client, person)
        assert client.get(address).status_code == 404
        assert reads_meetings_of(person) == {tree.branch.pk}
    assert not StatusPeriod.objects.exists()
    assert not Transfer.objects.exists()
    assert Introduction.objects.get().member == member


@pytest.mark.parametrize("path", ["status", "transfer"])
def test_without_the_guard_the_same_request_opens_the_minutes(client, tree, secretary, monkeypatch, path):
    """Twin: with every destination settled by whoever sends, the attack succeeds."""
    monkeypatch.setattr(operations, "_refuse_alone", lambda *_: None)
    monkeypatch.setattr(MemberAccess, "settles", lambda *_: True)
    monkeypatch.setattr(MemberAccess, "move", True)
    address = reverse("meetings:minutes", args=[minutes_of(tree.neighbour_branch).pk])
    typed = {
        "status": {"status": "away", "start": written(today()), "host": tree.neighbour_branch.code},
        "transfer": {"to": tree.neighbour_branch.code, "day": written(today()), "step": "do"},
    }[path]
    sign_in(client, secretary)
    assert client.post(at(path, secretary.pk), typed).status_code == 302
    client.logout()  # a move ends the sign-in
    sign_in(client, secretary)
    assert client.get(address).status_code == 200


def test_the_verbs_themselves_refuse_a_destination_that_has_no_say(tree, secretary, member):
    by = viewer_for(secretary)
    with pytest.raises(Refused, match="phải tiếp nhận"):
        transfer(member, to=tree.other_branch, day=today(), by=by)
    with pytest.raises(Refused, match="phải tiếp nhận"):
        change_status(member, status=Status.AWAY, start=today(), host=tree.other_branch, by=by)
    change_status(member, status=Status.EXEMPT, start=today(), by=by)


def test_nobody_moves_the_own_person_even_where_both_sides_are_in_reach(client, tree, officer):
    by = viewer_for(officer)
    with pytest.raises(Refused, match="không tự ghi"):
        transfer(officer, to=tree.branch, day=today(), by=by)
    with pytest.raises(Refused, match="không tự ghi"):
        change_status(officer, status=Status.AWAY, start=today(), host=tree.branch, by=by)
    with pytest.raises(Refused, match="không tự ghi"):
        send(officer, tree.branch, by=officer)
    leave(officer, day=today() + TOMORROW, by=by)
    with pytest.raises(Refused, match="không tự ghi"):
        rejoin(officer, branch=tree.branch, day=today() + TOMORROW, by=by)
    sign_in(client, officer)
    assert client.get(at("transfer", officer.pk)).status_code == 403
    assert at("transfer", officer.pk) not in text(client.get(at("member", officer.pk)))


def test_nobody_accepts_the_own_person(client, tree, officer, secretary):
    """The deputy of the organization belongs to one of its branches and would agree to come into another."""
    row = send(officer, tree.branch)
    sign_in(client, officer)
    assert client.post(at("acceptance", row.pk)).status_code == 403
    with pytest.raises(Refused, match="không tự ghi"):
        accept(row, by=viewer_for(officer))
    sign_in(client, secretary)
    assert client.post(at("acceptance", row.pk)).status_code == 302
    assert branch_on(officer.pk, today()) == tree.branch.pk


# --- the two steps --------------------------------------------------------------------------------------


def test_a_body_above_both_moves_at_once_and_both_sides_know(tree, officer, secretary, member):
    other = make_member(tree.other_branch, post=Post.SECRETARY)
    transfer(member, to=tree.other_branch, day=today(), by=viewer_for(officer))
    assert branch_on(member.pk, today()) == tree.other_branch.pk
    events = Event.objects.filter(verb="member.transferred").values_list("body", "subject")
    assert set(events) == {(tree.other_branch.pk, member.pk), (tree.branch.pk, None)}
    told = Notice.objects.filter(kind="member.moved").values_list("member", flat=True)
    assert set(told) == {secretary.pk, other.pk, member.pk}


def test_until_it_is_accepted_everything_stays_as_it_was(tree, secretary, host, member):
    make_office(member, tree.branch, Post.DEPUTY)
    row = send(member, tree.neighbour_branch, by=secretary, letter="12-GGT")
    assert branch_on(member.pk, today()) == tree.branch.pk
    assert reads_meetings_of(member) == {tree.branch.pk}
    assert office_holders(tree.branch.pk, Post.DEPUTY, today()) == [member.pk]
    accept(row, by=viewer_for(host))
    assert branch_on(member.pk, today()) == tree.neighbour_branch.pk
    assert reads_meetings_of(member) == {tree.neighbour_branch.pk}
    assert office_holders(tree.branch.pk, Post.DEPUTY, today()) == []
    assert Transfer.objects.get().letter == "12-GGT"


def test_a_stay_gives_rights_only_once_the_host_accepts(tree, secretary, host, member):
    row = stay(member, tree.neighbour_branch, by=secretary, end=today() + 9 * TOMORROW)
    assert reads_meetings_of(member) == {tree.branch.pk}
    accept(row, by=viewer_for(host))
    assert reads_meetings_of(member) == {tree.branch.pk, tree.neighbour_branch.pk}
    period = StatusPeriod.objects.get()
    assert (period.status, period.host, period.valid_from) == (Status.AWAY, tree.neighbour_branch, today())
    assert period.valid_to == today() + 9 * TOMORROW


@pytest.mark.parametrize(("stated", "holds"), [(-30, 0), (0, 0), (5, 5)])
def test_the_move_holds_from_the_acceptance_or_from_the_later_stated_day(tree, member, stated, holds):
    accept(send(member, tree.other_branch, day=today() + stated * TOMORROW), by=None)
    begins = today() + holds * TOMORROW
    assert branch_on(member.pk, begins - TOMORROW) == tree.branch.pk
    assert branch_on(member.pk, begins) == tree.other_branch.pk


def test_each_step_stands_in_both_chains_and_is_told_to_the_other_side(tree, secretary, host, member):
    accept(send(member, tree.neighbour_branch, by=secretary), by=viewer_for(host))
    for verb in ("introduction.stated", "introduction.accepted", "member.transferred"):
        events = Event.objects.filter(verb=verb)
        assert {event.body for event in events} == {tree.branch.pk, tree.neighbour_branch.pk}
        assert {event.chain for event in events} == {tree.organization.pk, tree.neighbour.pk}
        assert sorted(event.subject or 0 for event in events) == [0, member.pk]
    told = Notice.objects.values_list("kind", "member")
    assert set(told) == {
        ("introduction.stated", host.pk),
        ("introduction.stated", member.pk),
        ("member.moved", secretary.pk),
        ("member.moved", member.pk),
    }
    assert all(member.full_name not in notice.title for notice in Notice.objects.all())


def test_a_refusal_needs_a_reason_and_changes_nothing(tree, secretary, host, member):
    row = send(member, tree.neighbour_branch, by=secretary)
    with pytest.raises(Refused, match="lý do"):
        refuse(row, reason="  ", by=viewer_for(host))
    refuse(row, reason="Chưa có giấy giới thiệu", by=viewer_for(host))
    assert branch_on(member.pk, today()) == tree.branch.pk
    told = Notice.objects.filter(kind="introduction.refused")
    assert {(notice.member_id, notice.text) for notice in told} == {
        (secretary.pk, "Lý do: Chưa có giấy giới thiệu"),
        (member.pk, "Lý do: Chưa có giấy giới thiệu"),
    }
    with pytest.raises(IllegalMove):
        accept(row, by=viewer_for(host))
    assert branch_on(member.pk, today()) == tree.branch.pk


def test_the_origin_takes_it_back_and_may_send_again(tree, secretary, host, member):
    row = send(member, tree.neighbour_branch, by=secretary)
    with pytest.raises(Refused, match="rút việc ấy trước"):
        send(member, tree.other_branch, by=secretary)
    withdraw(row, by=viewer_for(secretary))
    with pytest.raises(IllegalMove):
        accept(row, by=viewer_for(host))
    assert send(member, tree.other_branch, by=secretary).state == IntroductionState.WAITING


@pytest.mark.parametrize("what", ["transfer", "leave", "merge", "end"])
def test_what_overtakes_an_introduction_lets_it_lapse(tree, member, host, what):
    row = send(member, tree.neighbour_branch)
    if what == "transfer":
        transfer(member, to=tree.other_branch, day=today(), by=None)
    elif what == "leave":
        leave(member, day=today(), by=None)
    elif what == "merge":
        merge_bodies([tree.branch], into=tree.other_branch, day=today(), by=None)
    else:
        merge_bodies([tree.neighbour_branch], into=tree.branch, day=today(), by=None)
    row.refresh_from_db()
    assert row.state == IntroductionState.LAPSED
    assert Event.objects.filter(verb="introduction.lapsed").count() == 2
    with pytest.raises(IllegalMove):
        accept(row, by=None)


def test_a_stay_whose_time_is_over_is_not_accepted_any_more(tree, member):
    row = stay(member, tree.other_branch, end=today() + 3 * TOMORROW)
    with clock_at(timezone.now() + 4 * TOMORROW), pytest.raises(Refused, match="đã qua"):
        accept(row, by=None)
    assert not StatusPeriod.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"to": "branch"}, "ở chính chi bộ đó"),
        ({"to": "organization"}, "chi bộ đang hoạt động"),
        ({"to": "other_branch", "kind": IntroductionKind.STAY, "end": date(2020, 1, 1)}, "đã qua"),
    ],
)
def test_what_could_never_be_accepted_is_not_sent(tree, member, facts, sentence):
    day = date(2019, 1, 1)
    with pytest.raises(Refused, match=sentence):
        introduce(member, **{**facts, "to": getattr(tree, facts["to"])}, day=day, by=None)


def test_a_second_status_is_not_sent_either(tree, member):
    change_status(member, status=Status.EXEMPT, start=today(), by=None)
    with pytest.raises(Refused, match="một tình trạng khác"):
        stay(member, tree.other_branch)


# --- the pages ------------------------------------------------------------------------------------------


def test_the_destination_sees_who_comes_and_answers(client, tree, secretary, host, member):
    row = send(member, tree.neighbour_branch, by=secretary)
    sign_in(client, host)
    assert at("introductions") in text(client.get(at("body", tree.neighbour_branch.pk)))
    assert member.full_name in text(client.get(at("introductions")))
    page = text(client.get(at("introduction", row.pk)))
    assert member.full_name in page
    assert tree.branch.code not in page
    assert member.phone not in page
    assert client.get(at("member", member.pk)).status_code == 404
    looks = Event.objects.filter(verb="introduction.read")
    assert list(looks.values_list("actor", "subject")) == [(f"member:{host.pk}", member.pk)]
    wrong = client.post(at("refusal", row.pk), {"reason": ""})
    assert wrong.status_code == 422
    assert client.post(at("acceptance", row.pk)).status_code == 302
    assert member.full_name in text(client.get(at("body", tree.neighbour_branch.pk)))
    assert client.get(at("introduction", row.pk)).status_code == 404


def test_each_side_does_its_own_and_others_see_nothing(client, tree, secretary, host, member):
    row = send(member, tree.neighbour_branch, by=secretary)
    third = make_member(tree.lone_branch, post=Post.SECRETARY)
    refused = {
        secretary: {"acceptance": 403, "refusal": 403},
        host: {"withdrawal": 403},
        third: {"acceptance": 404, "refusal": 404, "withdrawal": 404},
        member: {"acceptance": 404, "refusal": 404, "withdrawal": 404},
    }
    for person, answers in refused.items():
        sign_in(client, person)
        for name, expected in answers.items():
            assert client.post(at(name, row.pk), {"reason": "x"}).status_code == expected, (person, name)
    sign_in(client, secretary)
    assert client.post(at("withdrawal", row.pk)).status_code == 302
    row.refresh_from_db()
    assert row.state == IntroductionState.WITHDRAWN


def test_the_member_reads_on_the_own_page_that_it_waits(client, tree, member):
    row = send(member, tree.neighbour_branch)
    sign_in(client, member)
    page = text(client.get(at("member", member.pk)))
    assert "đang chờ chi bộ ấy tiếp nhận" in page
    assert at("introduction", row.pk) not in page


def test_the_check_page_says_that_it_will_wait(client, tree, secretary, officer, member):
    typed = {"to": tree.other_branch.code, "day": written(today()), "step": "check"}
    for person, waits in ((secretary, True), (officer, False)):
        sign_in(client, person)
        page = text(client.post(at("transfer", member.pk), typed))
        assert ("Gửi giới thiệu" in page) is waits


def test_the_list_costs_the_same_for_one_and_for_many(client, tree, host, django_assert_max_num_queries):
    sign_in(client, host)
    client.get(at("introductions"))  # the first page of a sign-in notes it
    costs = []
    for more in (1, 4):
        for _ in range(more):
            send(make_member(tree.branch), tree.neighbour_branch)
        with django_assert_max_num_queries(40) as queries:
            client.get(at("introductions"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_rights_of_a_day_follow_the_day_of_effect(tree, member):
    """Rights are asked by day: those of the destination begin with the acceptance, not with the stated day."""
    row = send(member, tree.other_branch, day=today() - 30 * TOMORROW)
    accept(row, by=None)
    account = make_account(member)
    before, after = (viewer_of(account, day) for day in (today() - TOMORROW, today()))
    assert before.where("meetings.read").own == {tree.branch.pk}
    assert after.where("meetings.read").own == {tree.other_branch.pk}


def test_the_effective_day_is_that_of_vietnam(tree, member):
    row = send(member, tree.other_branch, day=date(2026, 11, 24))
    late = datetime(2026, 12, 1, 18, 0, tzinfo=timezone.get_fixed_timezone(0))  # already the 2nd in Vietnam
    with clock_at(late):
        assert effective_day(row) == date(2026, 12, 2)
