"""How long a sign-in lasts, by role; what ends it at once; and where the person then lands."""

from datetime import datetime, time, timedelta

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import make_aware

from nenep.access import middleware, operations
from nenep.access.models import GrantedRole
from nenep.access.operations import close_account, end_sessions
from nenep.access.sessions import limits
from nenep.access.tests.make import (
    PASSWORD,
    make_account,
    make_administrator,
    make_grant,
    sign_in,
    viewer_for,
)
from nenep.people.models import Post, Status
from nenep.people.offices import release
from nenep.people.operations import change_status, transfer
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at, now, today

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MINE = "/accounts/mine/"


def people_of(bloc):
    """One person of each role, and whether that role is signed out soon."""
    officer = make_member(bloc.other_branch)
    make_office(officer, bloc.organization, Post.DEPUTY)
    upper = make_member(bloc.lone_branch)
    make_office(upper, bloc.bloc, Post.OFFICER)
    both = make_member(bloc.other_branch, post=Post.SECRETARY)
    make_office(both, bloc.organization, Post.COMMITTEE_MEMBER)
    clerk = make_account(make_member(bloc.lone_branch))
    make_grant(clerk, GrantedRole.CLERK, bloc.bloc)
    return {
        "member": (make_member(bloc.branch), False),
        "secretary": (make_member(bloc.branch, post=Post.SECRETARY), False),
        "deputy": (make_member(bloc.branch, post=Post.DEPUTY), False),
        "committee member": (make_member(bloc.branch, post=Post.COMMITTEE_MEMBER), False),
        "officer": (officer, True),
        "upper officer": (upper, True),
        "secretary in the committee above": (both, True),
        "clerk": (clerk, True),
        "administrator": (make_administrator(bloc.bloc), True),
    }


def use(client, person):
    """A new sign-in, used once."""
    client.logout()
    account = sign_in(client, person)
    client.get(MINE)
    return account


def lets_in(client, after, path=MINE):
    with clock_at(now() + after):
        return client.get(path).status_code == 200


def used_every(client, step, until):
    """Open a page again and again; after how long the sign-in was over, or None."""
    at = timedelta()
    while at < until:
        at += step
        if not lets_in(client, at):
            return at
    return None


def test_each_role_is_signed_out_after_its_own_time_without_use(client, bloc):
    for role, (person, soon) in people_of(bloc).items():
        for after, expected in [(0.45, True), (0.55, not soon), (11.9, not soon), (12.1, False)]:
            use(client, person)
            assert lets_in(client, after * HOUR) == expected, (role, after)


def test_use_keeps_a_sign_in_alive_up_to_its_longest(client, bloc):
    people = people_of(bloc)
    use(client, people["officer"][0])
    assert 12 * HOUR < used_every(client, 0.45 * HOUR, 24 * HOUR) < 13 * HOUR
    use(client, people["secretary"][0])
    assert 720 * HOUR < used_every(client, 11 * HOUR, 800 * HOUR) < 732 * HOUR


def test_a_page_that_asks_by_itself_keeps_no_sign_in_alive(client, bloc):
    """A page left open all day asks every few seconds; typing (POST) is a use, and so is whatever a person asks for."""
    people, path = people_of(bloc), reverse("access:branch", args=[bloc.branch.pk])
    for method, aside, expected in [("get", True, False), ("get", False, True), ("post", True, True)]:
        use(client, people["officer"][0])
        with clock_at(now() + 0.45 * HOUR):
            getattr(client, method)(path, headers={"X-Aside": "1"} if aside else {})
        assert lets_in(client, 0.9 * HOUR) == expected, (method, aside)


def test_limits_follow_the_offices_of_now(client, bloc):
    member = make_member(bloc.branch)
    use(client, member)
    assert lets_in(client, HOUR)
    office = make_office(member, bloc.organization, Post.DEPUTY)
    assert not lets_in(client, 2 * HOUR)
    release(office, day=today(), by=None)
    use(client, member)
    assert lets_in(client, 2 * HOUR)


def test_an_ended_sign_in_says_why_and_leads_back_to_the_page(client, bloc):
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    account = sign_in(client, secretary)
    path = reverse("access:branch", args=[bloc.branch.pk])
    client.get(path)
    with clock_at(now() + 13 * HOUR):
        sent = client.get(path)
        assert sent.url == f"{reverse('account_login')}?next={path}"
        page = client.get(sent.url).content.decode()
        assert "Đã lâu không dùng" in page
        assert "Đang dùng: đồng chí" not in page
        words = {"login": account.username, "password": PASSWORD, "next": path}
        assert client.post(reverse("account_login"), words).url == path
        assert client.get(path).status_code == 200


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client, bloc):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/organizations/?day=1"}
    answer = client.get(reverse("organizations:level", args=[bloc.bloc.pk]), headers=headers)
    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next=/organizations/%3Fday%3D1"


def test_a_page_that_asks_by_itself_leads_nobody_away(client, bloc):
    """Somebody types on it: the next press of a button says that the sign-in has ended."""
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/organizations/", "X-Aside": "1"}
    answer = client.get(reverse("organizations:level", args=[bloc.bloc.pk]), headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "HX-Redirect" not in answer


def test_the_page_that_ends_a_sign_in_shows_nothing_of_the_person(client, bloc):
    """A page that needs no sign-in, asked for with a sign-in that is over."""
    use(client, make_member(bloc.branch, name="Trần Thị Bình"))
    with clock_at(now() + 13 * HOUR):
        assert "Bình" not in client.get(reverse("access:activation")).content.decode()


ENDINGS = {
    "closed": lambda account, bloc: close_account(account, by=None),
    "signed out elsewhere": lambda account, bloc: end_sessions(account, by=None),
    "moved": lambda account, bloc: transfer(account.member, to=bloc.neighbour_branch, day=today(), by=None),
    "suspended": lambda account, bloc: change_status(
        account.member, status=Status.SUSPENDED, start=today(), by=None
    ),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_sign_in_ends_at_once_when_the_account_or_the_membership_does(client, bloc, ending):
    account = signed_in_for_long(client, bloc)
    ENDINGS[ending](account, bloc)
    assert not lets_in(client, timedelta())


def test_a_move_entered_beforehand_ends_the_sign_in_on_its_day(client, bloc):
    with clock_at(make_aware(datetime.combine(today(), time(22)))):
        account = signed_in_for_long(client, bloc)
        transfer(account.member, to=bloc.neighbour_branch, day=today() + timedelta(days=1), by=None)
        assert lets_in(client, HOUR)
        assert not lets_in(client, 3 * HOUR)


@pytest.mark.parametrize("ending", ["moved", "suspended"])
def test_only_the_watch_on_the_branch_ends_it(client, bloc, ending, monkeypatch):
    """Twin: without it the page still opens."""
    monkeypatch.setattr(middleware, "why_over", lambda session, viewer: "")
    account = signed_in_for_long(client, bloc)
    ENDINGS[ending](account, bloc)
    assert lets_in(client, timedelta())


def test_only_the_guards_of_closing_end_it(client, bloc, monkeypatch):
    """Twin: without ending sessions, watching the branch and refusing closed accounts the page still opens."""
    monkeypatch.setattr(middleware, "why_over", lambda session, viewer: "")
    monkeypatch.setattr(operations, "_drop_sessions", lambda account, keep="": 0)
    monkeypatch.setattr(AuthenticationBackend, "user_can_authenticate", lambda self, user: True)
    account = signed_in_for_long(client, bloc)
    end_sessions(account, by=None)
    assert lets_in(client, timedelta())
    close_account(account, by=None)
    assert lets_in(client, timedelta())


def signed_in_for_long(client, bloc):
    """A member who signed in through the real page and has used it since."""
    account = make_account(make_member(bloc.branch))
    client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    assert client.get(MINE).status_code == 200
    return account


def test_watching_over_a_sign_in_asks_nothing_more_of_a_page(client, bloc, monkeypatch):
    use(client, make_member(bloc.branch, post=Post.SECRETARY))
    with CaptureQueriesContext(connection) as watched:
        client.get(MINE)
    monkeypatch.setattr(middleware, "why_over", lambda session, viewer: "")
    monkeypatch.setattr(middleware, "note_use", lambda session, viewer: None)
    with CaptureQueriesContext(connection) as unwatched:
        client.get(MINE)
    assert len(watched) == len(unwatched)


def test_limits_are_settings(bloc, settings):
    settings.SHORT_SESSION_IDLE = timedelta(minutes=5)
    assert limits(viewer_for(make_administrator(bloc.bloc)))[0] == timedelta(minutes=5)
    assert limits(viewer_for(make_member(bloc.branch)))[0] == 12 * HOUR
