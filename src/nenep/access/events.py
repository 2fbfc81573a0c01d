"""Writes to the journal what allauth's own pages change, inside the transaction of the page.

allauth tells about passwords and sign-ins by signals at once, but about second factors only after the commit;
there we compare before and after.
"""

from __future__ import annotations

import json
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from django.db import transaction

from nenep.access.reach import home_of
from nenep.access.viewers import viewer_of
from nenep.journal.operations import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from nenep.access.models import Account

    Page = Callable[..., HttpResponse]


def listen() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="access.signed_in")
    password_changed.connect(_password_changed, dispatch_uid="access.password_changed")


def journal_factors(view: Page) -> Page:
    """A page that may add, remove or change a second factor; each of these is one event."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        account = request.user
        with transaction.atomic():
            before = _factors(account)
            answer = view(request, *args, **kwargs)
            _write_differences(account, before, _factors(account))
        return answer

    return page


def write(verb: str, account: Account, **details: Any) -> None:
    """One event about the own account."""
    record(
        verb, by=viewer_of(account), body=home_of(account), obj=account, subject=account.member_id, **details
    )


def _signed_in(user: Account, **_facts: Any) -> None:
    write("account.signed_in", user)


def _password_changed(user: Account, **_facts: Any) -> None:
    write("account.password_changed", user)


def _factors(account: Account) -> dict[tuple[int, str], str]:
    found = Authenticator.objects.filter(user=account)
    return {(factor.pk, str(factor.type)): json.dumps(factor.data, sort_keys=True) for factor in found}


def _write_differences(
    account: Account, before: dict[tuple[int, str], str], after: dict[tuple[int, str], str]
) -> None:
    for pk, kind in sorted(after.keys() - before.keys()):
        write("account.factor_added", account, factor=pk, kind=kind)
    for pk, kind in sorted(before.keys() - after.keys()):
        write("account.factor_removed", account, factor=pk, kind=kind)
    for pk, kind in sorted(before.keys() & after.keys()):
        if before[pk, kind] != after[pk, kind]:
            write("account.factor_changed", account, factor=pk, kind=kind)
