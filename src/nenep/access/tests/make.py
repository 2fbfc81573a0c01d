"""Accounts and viewers for tests, made with the real verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from nenep.access.models import Account, Grant, GrantedRole
from nenep.access.operations import open_account, open_administrator
from nenep.access.sessions import note_use
from nenep.access.viewers import viewer_of
from nenep.shared.dates import FOREVER, today

if TYPE_CHECKING:
    from datetime import date

    from django.test import Client

    from nenep.organizations.models import Body
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer

PASSWORD = "hoa-sen-no-thang-sau"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make_account(member: Member, *, password: str = PASSWORD) -> Account:
    """An open account of the member, with a password; the one that exists already if there is one."""
    account = Account.objects.filter(member=member).first() or open_account(member, by=None)
    return _opened(account, password)


def make_administrator(body: Body, *, username: str = "quantri", name: str = "Lê Quản Trị") -> Account:
    """An administrator who is no member, over `body` and all below it."""
    return _opened(open_administrator(username=username, name=name, body=body, by=None), PASSWORD)


def make_grant(
    account: Account, role: GrantedRole, body: Body, *, since: date | None = None, until: date = FOREVER
) -> Grant:
    return Grant.objects.create(
        account=account, role=role, body=body, valid_from=since or today(), valid_to=until
    )


def sign_in(client: Client, person: Member | Account, *, proven: bool = False) -> Account:
    """Sign the client in as this member or account, past the sign-in page.

    `proven`: the password was typed again just now, as acts behind `step_up` ask for.
    """
    account = person if isinstance(person, Account) else make_account(person)
    client.force_login(account, backend=BACKEND)
    if proven:
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return account


def make_device(account: Account, user_agent: str = "Mozilla/5.0 (Linux; Android 14)") -> UserSession:
    """Another device where the account is signed in and in use."""
    session = SessionStore()
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), BACKEND
    note_use(session, viewer_of(account))
    session.save()
    device: UserSession = UserSession.objects.create(
        user=account, session_key=session.session_key, ip="127.0.0.1", user_agent=user_agent
    )
    return device


def viewer_for(person: Member | Account, day: date | None = None) -> Viewer:
    """The viewer that a page would see for this member or account."""
    return viewer_of(person if isinstance(person, Account) else make_account(person), day)


def _opened(account: Account, password: str) -> Account:
    if not account.has_usable_password():
        account.set_password(password)
    account.last_seen_on = today()  # so that no page of a test has to note it
    account.save(update_fields=["password", "last_seen_on"])
    return account
