"""The verbs of accounts, roles and readings: what they write, what they refuse, whom they tell."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from nenep.access import codes
from nenep.access.confirming import ask_code, confirm_code
from nenep.access.grants import ask_reading, end_role, give_reading, give_role, withdraw_reading
from nenep.access.models import AccountState, ActivationCode, GrantedRole
from nenep.access.operations import (
    close_account,
    free_username,
    issue_code,
    open_account,
    open_administrator,
    reopen_account,
    usable_code,
    use_code,
)
from nenep.access.tests.make import PASSWORD, make_account, make_administrator, make_grant, viewer_for
from nenep.journal.models import Event
from nenep.organizations.reach import may
from nenep.people import telling
from nenep.people.models import Office, Post
from nenep.people.offices import release
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import FOREVER, now, today
from nenep.shared.states import IllegalMove, Refused

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "lua-chin-dong-xa"


@pytest.fixture
def member(bloc):
    return make_member(bloc.branch, name="Trần Thị Bình")


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def told(monkeypatch):
    """What people were told, by whoever delivers notices."""
    sent = []
    monkeypatch.setattr(telling, "_notify", lambda members, **facts: sent.append((list(members), facts)))
    return sent


def test_new_account_lets_nobody_in_until_the_code_is_used(member):
    account = open_account(member, by=None)
    assert account.state == AccountState.WAITING
    code = issue_code(account, by=None)
    use_code(usable_code(code), password=NEW_PASSWORD)
    account.refresh_from_db()
    assert account.state == AccountState.OPEN
    assert account.check_password(NEW_PASSWORD)


def test_second_account_for_a_member_is_refused(member):
    open_account(member, by=None)
    with pytest.raises(Refused, match="đã có tài khoản"):
        open_account(member, by=None)


def test_usernames_are_the_name_without_marks_and_never_twice(bloc):
    names = [open_account(make_member(bloc.branch, name="Đỗ Thị Hường"), by=None).username for _ in range(3)]
    assert names == ["dothihuong", "dothihuong2", "dothihuong3"]
    assert free_username("…") == "dangvien"


def test_code_works_once(member):
    code = issue_code(open_account(member, by=None), by=None)
    found = usable_code(code)
    use_code(found, password=NEW_PASSWORD)
    assert usable_code(code) is None
    with pytest.raises(Refused, match="mã mới"):
        use_code(found, password=NEW_PASSWORD)


def test_new_code_kills_the_old_one(member):
    account = open_account(member, by=None)
    old, new = issue_code(account, by=None), issue_code(account, by=None)
    assert usable_code(old) is None
    assert usable_code(new) is not None


def test_code_expires(member):
    code = issue_code(open_account(member, by=None), by=None)
    ActivationCode.objects.update(expires_at=now() - timedelta(seconds=1))
    assert usable_code(code) is None


def test_code_itself_is_not_kept(member):
    code = issue_code(open_account(member, by=None), by=None)
    kept = ActivationCode.objects.get()
    assert code.replace("-", "") not in str(vars(kept))
    assert not Event.objects.filter(details__icontains=code).exists()


def test_weak_password_is_refused_and_the_code_stays_good(member):
    code = issue_code(open_account(member, by=None), by=None)
    with pytest.raises(ValidationError):
        use_code(usable_code(code), password="123456789012")
    assert usable_code(code) is not None


def test_way_back_in_ends_sessions_and_tells_the_person(client, bloc, member, secretary, told):
    account = make_account(member)
    client.post("/accounts/login/", {"login": account.username, "password": PASSWORD})
    request = ask_code(account, by=viewer_for(secretary))
    confirm_code(request, by=viewer_for(make_member(bloc.branch, post=Post.DEPUTY)))
    told.clear()
    code = issue_code(account, by=viewer_for(secretary), confirmed=request)
    assert [members for members, _facts in told] == [[member.pk]]
    assert client.get("/accounts/mine/").status_code == 200  # printing alone ends nothing
    use_code(usable_code(code), password=NEW_PASSWORD)
    assert client.get("/accounts/mine/").status_code == 302


def test_first_code_tells_nobody(member, secretary, told):
    issue_code(open_account(member, by=viewer_for(secretary)), by=viewer_for(secretary))
    assert told == []


def test_lost_device_is_dropped_only_when_said_so(member):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    account = make_account(member)
    TOTP.activate(account, generate_totp_secret())
    use_code(usable_code(issue_code(account, by=None)), password=NEW_PASSWORD)
    assert Authenticator.objects.filter(user=account).count() == 1
    use_code(usable_code(issue_code(account, by=None, drops_second_factor=True)), password=NEW_PASSWORD)
    assert not Authenticator.objects.filter(user=account).exists()


def test_secretary_cannot_take_over_an_account_that_reaches_further(bloc, secretary):
    officer = make_member(bloc.branch)
    make_office(officer, bloc.bloc, Post.OFFICER)
    account = make_account(officer)
    for verb in (issue_code, ask_code, close_account):
        with pytest.raises(Refused, match="quyền rộng hơn"):
            verb(account, by=viewer_for(secretary))
    assert ask_code(account, by=viewer_for(make_administrator(bloc.bloc)))


def test_closed_account_loses_its_code_and_gets_no_new_one(member):
    account = open_account(member, by=None)
    code = issue_code(account, by=None)
    close_account(account, by=None)
    assert usable_code(code) is None
    with pytest.raises(Refused, match="khóa"):
        issue_code(account, by=None)
    reopen_account(account, by=None)
    assert issue_code(account, by=None)


def test_nobody_locks_oneself_out(bloc):
    administrator = make_administrator(bloc.bloc)
    with pytest.raises(Refused, match="tự khóa"):
        close_account(administrator, by=viewer_for(administrator))
    with pytest.raises(Refused, match="tự thôi"):
        end_role(administrator.grants.get(), by=viewer_for(administrator))


def test_administrator_needs_a_free_name(bloc):
    make_administrator(bloc.bloc, username="quantri")
    with pytest.raises(Refused):
        open_administrator(username="QuanTri", name="Người khác", body=bloc.bloc, by=None)


def test_role_is_given_once_at_a_time(bloc, member):
    account = make_account(member)
    facts = {"role": GrantedRole.CLERK, "body": bloc.organization, "by": None}
    grant = give_role(account, valid_from=today() - timedelta(days=5), **facts)
    with pytest.raises(Refused, match="đã có vai trò"):
        give_role(account, valid_from=today(), **facts)
    end_role(grant, by=None)
    assert give_role(account, valid_from=today(), **facts).valid_to == FOREVER


def officer_of(bloc):
    officer = make_member(bloc.lone_branch)
    make_office(officer, bloc.bloc, Post.OFFICER)
    return make_account(officer)


def ask(account, body, days=3):
    return ask_reading(
        account,
        body=body,
        purpose="Kiểm tra việc thực hiện nghị quyết",
        valid_from=today(),
        valid_to=today() + timedelta(days=days),
        by=viewer_for(account),
    )


def test_reading_opens_meetings_of_that_body_for_its_days_only(bloc, secretary):
    account = officer_of(bloc)
    reading = ask(account, bloc.branch)
    assert not may(viewer_for(account), "meetings.read", bloc.branch.pk)
    give_reading(reading, giver=make_account(secretary), by=viewer_for(secretary))
    assert may(viewer_for(account), "meetings.read", bloc.branch.pk)
    assert not may(viewer_for(account), "meetings.read", bloc.other_branch.pk)
    assert not may(viewer_for(account), "resolutions.read", bloc.branch.pk)
    assert not viewer_for(account, reading.valid_to).where("meetings.read").below
    withdraw_reading(reading, by=viewer_for(secretary))
    assert not may(viewer_for(account), "meetings.read", bloc.branch.pk)


def test_reading_ends_with_the_office_it_was_given_to(bloc, secretary):
    account = officer_of(bloc)
    give_reading(ask(account, bloc.branch), giver=make_account(secretary), by=viewer_for(secretary))
    assert may(viewer_for(account), "meetings.read", bloc.branch.pk)
    release(Office.objects.get(member=account.member), day=today(), by=None)
    assert not may(viewer_for(account), "meetings.read", bloc.branch.pk)


def test_reading_lasts_fourteen_days_at_most(bloc):
    account = officer_of(bloc)
    assert ask(account, bloc.branch, days=14)
    with pytest.raises(Refused, match="14 ngày"):
        ask(account, bloc.branch, days=15)


def test_nobody_agrees_to_the_own_request_and_nobody_asks_upward(bloc, secretary):
    account = officer_of(bloc)
    with pytest.raises(Refused, match="tự đồng ý"):
        give_reading(ask(account, bloc.branch), giver=account, by=viewer_for(account))
    with pytest.raises(Refused, match="cấp dưới"):
        ask(make_account(secretary), bloc.organization)


def test_withdrawn_reading_is_not_given_again(bloc, secretary):
    reading = ask(officer_of(bloc), bloc.branch)
    withdraw_reading(reading, by=viewer_for(secretary))
    with pytest.raises(IllegalMove):
        give_reading(reading, giver=make_account(secretary), by=viewer_for(secretary))


def test_each_verb_writes_one_event_with_its_subject(bloc, member):
    account = open_account(member, by=None)
    issue_code(account, by=None)
    close_account(account, by=None)
    reopen_account(account, by=None)
    make_grant(account, GrantedRole.CLERK, bloc.organization)
    written = Event.objects.filter(subject=member.pk, verb__startswith="account.").order_by("seq")
    assert [(event.verb, event.body) for event in written] == [
        ("account.opened", bloc.branch.pk),
        ("account.code_issued", bloc.branch.pk),
        ("account.closed", bloc.branch.pk),
        ("account.reopened", bloc.branch.pk),
    ]


def test_new_codes_are_all_different_and_read_back_as_themselves():
    made = {codes.new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(codes.grouped(codes.as_meant(code)) == code for code in made)


@settings(deadline=None)
@given(st.text(alphabet=codes.SIGNS, min_size=12, max_size=12), st.randoms())
def test_code_is_understood_however_it_is_typed(code, chance):
    lookalikes = {
        "Q": "QO0DoĐd",
        "L": "LlI1i",
        "8": "8Bb",
        "5": "5Ss",
        "2": "2Zz",
        "6": "6Gg",
        "V": "VvUuYÙý",
    }
    typed = "".join(chance.choice(lookalikes.get(sign, sign + sign.lower())) for sign in code)
    spaced = "".join(sign + chance.choice(["", "", " ", "-", " . "]) for sign in typed)
    assert codes.as_meant(spaced) == code


@pytest.mark.parametrize("typed", ["", "ABC", "K7MQ-X2PT-94F", "K7MQ-X2PT-94FHH", "K7MQ-X2PT-94FẸ"])
def test_what_cannot_be_a_code_is_none(typed):
    assert codes.as_meant(typed) == ""
    assert usable_code(typed) is None
