"""Writes to the journal what allauth's own pages change; each runs inside the transaction of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset

from nenep.access.operations import home_of
from nenep.access.viewers import viewer_of
from nenep.journal.operations import record

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

    from nenep.access.models import Account


def listen() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="access.signed_in")
    password_changed.connect(_password_changed, dispatch_uid="access.password_changed")
    authenticator_added.connect(_factor_added, dispatch_uid="access.factor_added")
    authenticator_reset.connect(_factor_added, dispatch_uid="access.factor_reset")
    authenticator_removed.connect(_factor_removed, dispatch_uid="access.factor_removed")


def _signed_in(user: Account, **_facts: Any) -> None:
    _write("account.signed_in", user)


def _password_changed(user: Account, **_facts: Any) -> None:
    _write("account.password_changed", user)


def _factor_added(user: Account, authenticator: Authenticator, **_facts: Any) -> None:
    _write("account.factor_added", user, type=str(authenticator.type))


def _factor_removed(user: Account, authenticator: Authenticator, **_facts: Any) -> None:
    _write("account.factor_removed", user, type=str(authenticator.type))


def _write(verb: str, account: Account, **details: Any) -> None:
    record(
        verb,
        by=viewer_of(account),
        body=home_of(account),
        obj=account,
        subject=account.member_id,
        **details,
    )
