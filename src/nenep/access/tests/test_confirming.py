"""A new code for an opened account takes two people; the first code of one that was never opened takes one."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from nenep.access import operations
from nenep.access.access import CodeRequestAccess
from nenep.access.confirming import ask_code, confirm_code, refuse_code, who_confirms, withdraw_code
from nenep.access.models import ActivationCode, CodeRequest, RequestState
from nenep.access.operations import issue_code, open_account, usable_code, use_code
from nenep.access.tests.make import make_account, make_administrator, sign_in, viewer_for
from nenep.journal.models import Event
from nenep.people import telling
from nenep.people.models import Post
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import IllegalMove, Refused

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")
NEW_PASSWORD = "lua-chin-dong-xa"


@pytest.fixture
def member(bloc):
    return make_account(make_member(bloc.branch, name="Trần Thị Bình"))


@pytest.fixture
def secretary(bloc):
    return make_account(make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY))


@pytest.fixture
def deputy(bloc):
    return make_account(make_member(bloc.branch, name="Lê Văn Phó", post=Post.DEPUTY))


@pytest.fixture
def told(monkeypatch):
    """What people were told: member -> titles."""
    sent = {}

    def deliver(members, *, title, **_facts):
        for one in members:
            sent.setdefault(one, []).append(title)

    monkeypatch.setattr(telling, "_notify", deliver)
    return sent


def signed_in(account):
    client = Client()
    sign_in(client, account, proven=True)
    return client


def ask(account, asker, **facts):
    return ask_code(account, by=viewer_for(asker), **facts)


# --- one alone ------------------------------------------------------------------------------------------


def codes_got_alone(attacker, target):
    """Every way in which one signed-in person tries to get a code for another's opened account."""
    client = signed_in(attacker)
    yield from CODE.findall(client.post(reverse("access:code", args=[target.pk])).content.decode())
    yield from CODE.findall(client.post(reverse("access:slip", args=[target.member_id])).content.decode())
    client.post(reverse("access:code_asking", args=[target.pk]), {"lost_device": "on"})
    request = CodeRequest.objects.filter(account=target).last()
    if request is None:
        return
    for step in ("slip", "confirmation", "slip"):
        answer = client.post(reverse(f"access:code_{step}", args=[request.pk]))
        yield from CODE.findall(answer.content.decode())
    for verb in (lambda by: confirm_code(request, by=by), lambda by: issue_code(target, by=by)):
        try:
            yield from CODE.findall(verb(viewer_for(attacker)) or "")
        except (Refused, IntegrityError):
            continue


@pytest.fixture
def attackers(bloc, secretary, deputy):
    officer = make_member(bloc.other_branch)
    make_office(officer, bloc.organization, Post.DEPUTY)
    return {
        "secretary": secretary,
        "deputy": deputy,
        "officer": make_account(officer),
        "administrator": make_administrator(bloc.bloc),
    }


def takeovers(attackers, targets):
    for name, attacker in attackers.items():
        for target in targets:
            if target != attacker and (got := list(codes_got_alone(attacker, target))):
                yield name, target, got


def test_nobody_alone_gets_a_code_for_an_account_that_has_been_opened(attackers, member, secretary):
    assert list(takeovers(attackers, [member, secretary])) == []
    assert CodeRequest.objects.count() == 2  # they could ask; the second asker found the first's request


def test_code_without_a_second_person_would_be_noticed(attackers, member, secretary, monkeypatch):
    """Twin: the verb as it was, which took nobody's word."""

    def anybodys(_confirmed, *, account, by):
        return CodeRequest(account=account)

    monkeypatch.setattr(operations, "spend", anybodys)
    monkeypatch.setattr(CodeRequestAccess, "print", property(lambda can: can.is_asker))
    found = {(name, target) for name, target, _got in takeovers(attackers, [member, secretary])}
    assert found >= {("secretary", member), ("deputy", secretary), ("administrator", secretary)}


def test_database_too_refuses_a_confirmation_by_asker_or_holder(member, secretary):
    request = ask(member, secretary)
    for person in (secretary, member):
        with pytest.raises(IntegrityError), transaction.atomic():
            CodeRequest.objects.filter(pk=request.pk).update(state="confirmed", decided_by=person)


def test_who_was_let_in_by_the_asker_confirms_only_after_a_week(bloc, secretary, member):
    """The first code takes one person only: the asker could have opened the second account too."""
    puppet = open_account(make_member(bloc.branch, post=Post.DEPUTY), by=None)
    use_code(usable_code(issue_code(puppet, by=viewer_for(secretary))), password=NEW_PASSWORD)
    request = ask(member, secretary)
    with pytest.raises(Refused, match="7 ngày"):
        confirm_code(request, by=viewer_for(puppet))
    ActivationCode.objects.filter(account=puppet).update(used_at=now() - timedelta(days=8))
    confirm_code(request, by=viewer_for(puppet))


# --- two together ---------------------------------------------------------------------------------------


def test_secretary_asks_deputy_confirms_secretary_prints_member_signs_in(secretary, deputy, member, told):
    first, second = signed_in(secretary), signed_in(deputy)
    page = first.post(reverse("access:code_asking", args=[member.pk]), follow=True).content.decode()
    assert "Đang chờ một đồng chí khác xác nhận" in page
    assert "Lê Văn Phó" in page  # whom to call
    assert told[deputy.member_id] == ["Cần đồng chí xác nhận một đề nghị cấp mã mới"]
    assert told[member.member_id] == ["Có đề nghị cấp mã mới cho tài khoản của đồng chí"]
    request = CodeRequest.objects.get()
    assert "Nguyễn Thị Hòa" in second.get(reverse("access:code_request", args=[request.pk])).content.decode()
    second.post(reverse("access:code_confirmation", args=[request.pk]))
    assert told[secretary.member_id] == ["Đề nghị cấp mã của đồng chí đã được xác nhận"]
    printed = CODE.findall(first.post(reverse("access:code_slip", args=[request.pk])).content.decode())
    use_code(usable_code(printed[0]), password=NEW_PASSWORD)
    member.refresh_from_db()
    assert member.check_password(NEW_PASSWORD)


def test_confirmation_is_good_for_one_code(secretary, deputy, member):
    request = ask(member, secretary)
    confirm_code(request, by=viewer_for(deputy))
    issue_code(member, by=viewer_for(secretary), confirmed=request)
    assert signed_in(secretary).post(reverse("access:code_slip", args=[request.pk])).status_code == 403
    with pytest.raises(Refused):
        issue_code(member, by=viewer_for(secretary), confirmed=request)


def test_confirmation_serves_its_asker_and_its_account_only(secretary, deputy, member, bloc):
    request = ask(member, secretary)
    confirm_code(request, by=viewer_for(deputy))
    other = make_account(make_member(bloc.branch))
    for account, person in ((member, deputy), (other, secretary)):
        with pytest.raises(Refused, match="một đồng chí khác xác nhận"):
            issue_code(account, by=viewer_for(person), confirmed=request)


def test_lost_device_goes_only_with_a_request_that_said_so(secretary, deputy, member):
    for lost in (False, True):
        request = ask(member, secretary, drops_second_factor=lost)
        confirm_code(request, by=viewer_for(deputy))
        issue_code(member, by=viewer_for(secretary), confirmed=request, drops_second_factor=True)
        assert ActivationCode.objects.get(account=member).drops_second_factor is lost


def test_request_ends_after_three_days_and_makes_room_for_the_next(secretary, deputy, member):
    waiting, confirmed = ask(member, secretary), None
    later = now() + timedelta(days=3, seconds=1)
    with clock_at(later):
        assert waiting.shown_state == RequestState.LAPSED
        with pytest.raises(Refused, match="quá hạn"):
            confirm_code(waiting, by=viewer_for(deputy))
        confirmed = ask(member, secretary)
        confirm_code(confirmed, by=viewer_for(deputy))
    with clock_at(later + timedelta(days=4)), pytest.raises(Refused, match="quá hạn"):
        issue_code(member, by=viewer_for(secretary), confirmed=confirmed)
    waiting.refresh_from_db()
    assert waiting.state == RequestState.LAPSED


def test_second_press_leads_to_the_request_that_waits(secretary, deputy, member):
    addresses = {
        signed_in(person).post(reverse("access:code_asking", args=[member.pk])).url
        for person in (secretary, secretary, deputy)
    }
    assert addresses == {reverse("access:code_request", args=[CodeRequest.objects.get().pk])}
    with pytest.raises(Refused, match="chưa xong"):
        ask(member, deputy)


def test_second_person_or_holder_stops_it_and_the_asker_hears(secretary, deputy, member, told):
    for person in (deputy, member):
        request = ask(member, secretary)
        answer = signed_in(person).post(reverse("access:code_refusal", args=[request.pk]), follow=True)
        assert "Không có mã nào được in" in answer.content.decode()
        request.refresh_from_db()
        assert (request.state, request.decided_by) == (RequestState.REFUSED, person)
    assert told[secretary.member_id] == ["Đề nghị cấp mã của đồng chí không được đồng ý"] * 2


def test_confirmed_request_is_still_stopped_before_printing(secretary, deputy, member):
    request = ask(member, secretary)
    confirm_code(request, by=viewer_for(deputy))
    refuse_code(request, by=viewer_for(member))
    with pytest.raises(Refused):
        issue_code(member, by=viewer_for(secretary), confirmed=request)
    with pytest.raises(IllegalMove):
        withdraw_code(request, by=viewer_for(secretary))


def test_member_who_moves_meanwhile_is_out_of_the_old_secretarys_hand(secretary, deputy, member, bloc):
    request = ask(member, secretary)
    confirm_code(request, by=viewer_for(deputy))
    transfer(member.member, to=bloc.neighbour_branch, day=today(), by=None)
    assert signed_in(secretary).post(reverse("access:code_slip", args=[request.pk])).status_code == 403
    assert signed_in(deputy).get(reverse("access:code_request", args=[request.pk])).status_code == 404


def test_first_code_takes_one_person_and_tells_nobody(bloc, secretary, told):
    newcomer = open_account(make_member(bloc.branch), by=None)
    answer = signed_in(secretary).post(reverse("access:code", args=[newcomer.pk]))
    assert CODE.findall(answer.content.decode())
    assert told == {}


def test_each_step_is_in_the_journal_with_the_person_concerned(secretary, deputy, member):
    request = ask(member, secretary)
    confirm_code(request, by=viewer_for(deputy))
    issue_code(member, by=viewer_for(secretary), confirmed=request)
    refuse_code(ask(member, secretary), by=viewer_for(deputy))
    withdraw_code(ask(member, secretary), by=viewer_for(secretary))
    written = Event.objects.filter(subject=member.member_id, verb__startswith="account.code").order_by("seq")
    steps = ["asked", "confirmed", "issued", "asked", "refused", "asked", "withdrawn"]
    assert [event.verb for event in written] == [f"account.code_{step}" for step in steps]
    assert written[1].actor == deputy.actor


# --- who the second person is ---------------------------------------------------------------------------


def named(request):
    return [(office.member.full_name, office.get_post_display()) for office in who_confirms(request)]


def test_small_branch_without_deputy_turns_to_the_committee_above(bloc, secretary, member, told):
    officer = make_member(bloc.other_branch, name="Phạm Đảng Ủy")
    make_office(officer, bloc.organization, Post.OFFICER)
    asleep = make_member(bloc.branch, name="Đỗ Chưa Mở", post=Post.COMMITTEE_MEMBER)
    open_account(asleep, by=None)
    make_account(officer)
    request = ask(member, secretary)
    assert named(request) == [("Phạm Đảng Ủy", "Cán bộ theo dõi")]
    assert [officer.pk, member.member_id] == sorted(told, key=lambda pk: pk != officer.pk)
    confirm_code(request, by=viewer_for(officer))


def test_committee_member_confirms_and_is_told_before_those_above(bloc, secretary, member, told):
    helper = make_account(make_member(bloc.branch, name="Vũ Chi Ủy", post=Post.COMMITTEE_MEMBER))
    officer = make_member(bloc.other_branch, name="Phạm Đảng Ủy")
    make_office(officer, bloc.organization, Post.OFFICER)
    make_office(helper.member, bloc.organization, Post.OFFICER)
    make_account(officer)
    request = ask(member, secretary)
    assert [name for name, _post in named(request)] == ["Vũ Chi Ủy", "Phạm Đảng Ủy"]
    assert set(told) == {helper.member_id, member.member_id}
    confirm_code(request, by=viewer_for(helper))


def test_lone_branch_turns_to_the_officers_of_the_bloc_or_an_administrator(bloc):
    secretary = make_account(make_member(bloc.lone_branch, post=Post.SECRETARY))
    member = make_account(make_member(bloc.lone_branch))
    request = ask(member, secretary)
    assert named(request) == []
    administrator = make_administrator(bloc.bloc)
    page = signed_in(secretary).get(reverse("access:code_request", args=[request.pk])).content.decode()
    assert "gọi người quản trị" in page
    upper = make_member(bloc.branch, name="Vũ Cấp Trên")
    make_office(upper, bloc.bloc, Post.DEPUTY)
    make_account(upper)
    assert [name for name, _post in named(request)] == ["Vũ Cấp Trên"]
    assert CodeRequestAccess(viewer_for(upper), request).confirm
    assert CodeRequestAccess(viewer_for(administrator), request).confirm


def test_whoever_is_named_may_confirm(bloc, secretary, deputy, member):
    """The list of whom to ask and the rule agree."""
    for post, body in ((Post.SECRETARY, bloc.organization), (Post.OFFICER, bloc.organization)):
        officer = make_member(bloc.other_branch)
        make_office(officer, body, post)
        make_account(officer)
    request = ask(member, secretary)
    offices = who_confirms(request)
    assert len(offices) == 3
    assert all(CodeRequestAccess(viewer_for(office.member), request).confirm for office in offices)


def test_plain_member_and_neighbour_neither_see_nor_confirm(bloc, secretary, member):
    request = ask(member, secretary)
    for branch, post in ((bloc.branch, None), (bloc.neighbour_branch, Post.SECRETARY)):
        client = signed_in(make_account(make_member(branch, post=post)))
        assert client.get(reverse("access:code_request", args=[request.pk])).status_code == 404
        assert client.post(reverse("access:code_confirmation", args=[request.pk])).status_code == 404


def test_own_account_page_counts_the_requests_that_wait(secretary, deputy, member):
    ask(member, secretary)
    assert "1 đề nghị đang chờ" in signed_in(deputy).get(reverse("access:mine")).content.decode()
    assert "đề nghị đang chờ" in signed_in(member).get(reverse("access:mine")).content.decode()


def test_page_and_list_cost_the_same_for_one_request_and_many(
    bloc, secretary, member, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(secretary)
    ask(member, secretary)
    address = reverse("access:code_requests")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(3):
        ask(make_account(make_member(bloc.branch)), secretary)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)
