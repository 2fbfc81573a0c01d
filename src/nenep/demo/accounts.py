"""The accounts that the demo prints: one for each role of the design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from nenep.access.operations import open_account, open_administrator
from nenep.demo import PASSWORD
from nenep.demo.bodies import SUCCESSOR
from nenep.demo.branches import BOARD, ORGANIZATION, SHOWN
from nenep.organizations.models import Body
from nenep.people.models import Member, Post
from nenep.people.reads import office_holders, roster

if TYPE_CHECKING:
    from datetime import date

    from nenep.access.models import Account


@dataclass(frozen=True, slots=True)
class DemoAccount:
    username: str
    role: str


ACCOUNTS = (
    DemoAccount("bithu", "bí thư chi bộ"),
    DemoAccount("phobithu", "phó bí thư chi bộ"),
    DemoAccount("dangvien", "đảng viên"),
    DemoAccount("canbo", "cán bộ đảng ủy cơ sở"),
    DemoAccount("chuyenvien", "chuyên viên ban của đảng ủy cấp trên"),
    DemoAccount("vanthu", "văn thư"),
    DemoAccount("quantri", "quản trị phần mềm"),
)


@transaction.atomic
def open_accounts(today: date) -> None:
    """Open the printed accounts with the known password, and one for everybody else of the shown branch."""
    members = dict(_holders(today))
    for username, member_id in members.items():
        _let_in(open_account(Member.objects.get(pk=member_id), by=None, username=username))
    branch = Body.objects.get(code=SHOWN)
    for entry in roster(branch.pk, today)[::2]:
        if entry.member_id not in members.values():
            open_account(Member.objects.get(pk=entry.member_id), by=None)
    top = Body.objects.get(code=SUCCESSOR)
    _let_in(open_administrator(username="quantri", name="Quản trị viên", body=top, by=None))


def _holders(today: date) -> list[tuple[str, int]]:
    branch, organization, board = (Body.objects.get(code=code).pk for code in (SHOWN, ORGANIZATION, BOARD))
    secretary = office_holders(branch, Post.SECRETARY, today)[0]
    deputy = office_holders(branch, Post.DEPUTY, today)[0]
    officer = office_holders(organization, Post.OFFICER, today)[0]
    clerk = office_holders(organization, Post.CLERK, today)[0]
    taken = {secretary, deputy, officer, clerk, *_office_holders_of(branch, today)}
    plain = next(
        entry.member_id
        for entry in roster(branch, today)
        if entry.member_id not in taken and entry.is_official
    )
    return [
        ("bithu", secretary),
        ("phobithu", deputy),
        ("dangvien", plain),
        ("canbo", officer),
        ("chuyenvien", office_holders(board, Post.OFFICER, today)[0]),
        ("vanthu", clerk),
    ]


def _office_holders_of(branch: int, today: date) -> list[int]:
    return office_holders(branch, Post.COMMITTEE_MEMBER, today)


def _let_in(account: Account) -> None:
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
