"""The first minute of an installation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from nenep.access.models import Account
from nenep.access.operations import issue_code, open_administrator
from nenep.journal.operations import record
from nenep.organizations.models import Body, Kind
from nenep.organizations.operations import create_body
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class FirstBody:
    code: str
    name: str
    short_name: str
    kind: Kind
    founded_on: date
    locality: str = ""


@transaction.atomic
def set_up(first: FirstBody, *, username: str, name: str) -> str:
    """Make the first body and its administrator; returns the activation code, which is kept nowhere.

    Raises Refused when there is an installation already.
    """
    if Body.objects.exists() or Account.objects.exists():
        raise Refused("Nơi này đã được cài đặt rồi; không có gì thay đổi. Hãy chạy ./nenep serve.")
    body = create_body(
        code=first.code,
        name=first.name,
        short_name=first.short_name,
        locality=first.locality,
        kind=first.kind,
        parent=None,
        day=first.founded_on,
        by=None,
    )
    account = open_administrator(username=username, name=name, body=body, by=None)
    record("installation.set_up", by=None, body=None)
    return issue_code(account, by=None)
