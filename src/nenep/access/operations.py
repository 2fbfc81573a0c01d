"""The verbs of accounts: open, print a code, use it, close, end sessions."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nenep.access import codes
from nenep.access.confirming import spend
from nenep.access.models import Account, ActivationCode, Grant, GrantedRole
from nenep.access.reach import home_of
from nenep.access.signing_out import ended_elsewhere
from nenep.access.standing import refuse_stronger
from nenep.access.viewers import viewer_of
from nenep.journal.operations import record
from nenep.people.telling import tell
from nenep.shared.dates import FOREVER, now, today
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean, search_key

if TYPE_CHECKING:
    from nenep.access.models import CodeRequest
    from nenep.organizations.models import Body
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer

CODE_LIVES = timedelta(days=30)


@transaction.atomic
def open_account(member: Member, *, by: Viewer | None, username: str = "") -> Account:
    """An account for a member; it lets nobody in until a printed code has been used."""
    if Account.objects.filter(member=member).exists():
        raise Refused(_("%(name)s đã có tài khoản.") % {"name": member.full_name})
    account = Account(member=member, username=username or free_username(member.full_name))
    _save_new(account)
    record("account.opened", by=by, body=home_of(account), obj=account, subject=member.pk)
    return account


@transaction.atomic
def open_administrator(
    *, username: str, name: str, body: Body, by: Viewer | None, decision: str = ""
) -> Account:
    """An administrator of the installation who need not be a member, responsible for `body` and all below it."""
    account = Account(username=clean(username).lower(), name=clean(name))
    _save_new(account)
    Grant.objects.create(
        account=account,
        role=GrantedRole.ADMINISTRATOR,
        body=body,
        valid_from=today(),
        valid_to=FOREVER,
        decision=decision,
    )
    record("account.opened", by=by, body=body.pk, obj=account, role=GrantedRole.ADMINISTRATOR.value)
    return account


@transaction.atomic
def issue_code(
    account: Account,
    *,
    by: Viewer | None,
    confirmed: CodeRequest | None = None,
    drops_second_factor: bool = False,
) -> str:
    """A new printed code for this account; any older one stops working. Returns the code, which is not kept.

    For an account that has been opened it is the way back after a forgotten password or a lost phone: it takes
    a request that a second person has `confirmed`; when it is used, all sessions end, and with
    `drops_second_factor` (asked for in the request) the lost device goes. The person is told at once.
    """
    if not account.is_active:
        raise Refused(_("Tài khoản đang bị khóa. Đồng chí mở khóa rồi in mã."))
    refuse_stronger(account, by=by)
    if by and Account.objects.select_for_update(of=("self",)).get(pk=account.pk).has_usable_password():
        drops_second_factor = spend(confirmed, account=account, by=by).drops_second_factor
    code = codes.new_code()
    ActivationCode.objects.update_or_create(
        account=account,
        defaults={
            "digest": codes.digest(code),
            "issued_by": by.actor if by else "system",
            "issued_at": now(),
            "expires_at": now() + CODE_LIVES,
            "drops_second_factor": drops_second_factor,
            "used_at": None,
        },
    )
    body = home_of(account)
    record(
        "account.code_issued",
        by=by,
        body=body,
        obj=account,
        subject=account.member_id,
        drops_second_factor=drops_second_factor,
    )
    if account.has_usable_password():
        _tell_about_code(account, body=body, by=by)
    return code


def usable_code(typed: str) -> ActivationCode | None:
    """The code that was typed, if it may be used now."""
    code = (
        ActivationCode.objects.select_related("account__member").filter(digest=codes.digest(typed)).first()
        if codes.as_meant(typed)
        else None
    )
    return code if code and code.is_usable() else None


@transaction.atomic
def use_code(code: ActivationCode, *, password: str) -> Account:
    """Set the password that the holder of the code chose; every older session ends.

    Raises Refused when the code was used or replaced meanwhile, ValidationError when the password is too weak.
    """
    account = code.account
    validate_password(password, account)
    taken = ActivationCode.objects.filter(
        pk=code.pk, digest=code.digest, used_at=None, expires_at__gt=now(), account__is_active=True
    ).update(used_at=now())
    if not taken:
        raise Refused(_("Mã này không còn dùng được. Đồng chí xin mã mới ở bí thư chi bộ."))
    account.set_password(password)
    account.save(update_fields=["password"])
    _drop_sessions(account)
    if code.drops_second_factor:
        Authenticator.objects.filter(user=account).delete()
    record(
        "account.activated",
        by=viewer_of(account),
        body=home_of(account),
        obj=account,
        subject=account.member_id,
        drops_second_factor=code.drops_second_factor,
    )
    return account


@transaction.atomic
def close_account(account: Account, *, by: Viewer | None) -> None:
    """Nobody signs in with it any more; open sessions end at once and an unused code dies."""
    if not account.is_active:
        raise Refused(_("Tài khoản này đã khóa rồi."))
    if by and by.account_id == account.pk:
        raise Refused(_("Đồng chí không thể tự khóa tài khoản của mình. Đồng chí nhờ người quản trị."))
    refuse_stronger(account, by=by)
    account.is_active = False
    account.save(update_fields=["is_active"])
    ActivationCode.objects.filter(account=account, used_at=None).delete()
    _drop_sessions(account)
    record("account.closed", by=by, body=home_of(account), obj=account, subject=account.member_id)


@transaction.atomic
def reopen_account(account: Account, *, by: Viewer | None) -> None:
    """The person signs in again with the old password, or with a new code."""
    if account.is_active:
        raise Refused(_("Tài khoản này đang mở."))
    refuse_stronger(account, by=by)
    account.is_active = True
    account.save(update_fields=["is_active"])
    record("account.reopened", by=by, body=home_of(account), obj=account, subject=account.member_id)


@transaction.atomic
def end_sessions(account: Account, *, by: Viewer | None, keep: str = "") -> int:
    """Sign this account out of every device but the one whose session key is `keep`; returns of how many."""
    refuse_stronger(account, by=by)
    ended = _drop_sessions(account, keep=keep)
    record(
        "account.sessions_ended",
        by=by,
        body=home_of(account),
        obj=account,
        subject=account.member_id,
        sessions=ended,
    )
    return ended


@transaction.atomic
def end_session(session: UserSession, *, by: Viewer | None) -> None:
    """Sign one device out."""
    session.end()
    account = session.user
    ended_elsewhere(account.pk)
    record("account.session_ended", by=by, body=home_of(account), obj=account, subject=account.member_id)


@transaction.atomic
def choose_text_size(account: Account, *, size: int, by: Viewer | None) -> None:
    account.text_size = size
    account.full_clean()
    account.save(update_fields=["text_size"])
    record("account.changed", by=by, body=home_of(account), obj=account, subject=account.member_id)


def free_username(full_name: str) -> str:
    """A sign-in name made of the name without marks: "nguyenthihoa", the next one "nguyenthihoa2"."""
    stem = (
        "".join(char for char in search_key(full_name) if char.isalnum() and char.isascii())[:50]
        or "dangvien"
    )
    taken = set(Account.objects.filter(username__startswith=stem).values_list("username", flat=True))
    names = (stem if number == 1 else f"{stem}{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _save_new(account: Account) -> None:
    account.set_unusable_password()
    try:
        account.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    account.save()


def _drop_sessions(account: Account, *, keep: str = "") -> int:
    sessions = list(UserSession.objects.filter(user=account).exclude(session_key=keep))
    for session in sessions:
        session.end()
    ended_elsewhere(account.pk)
    return len(sessions)


def _tell_about_code(account: Account, *, body: int | None, by: Viewer | None) -> None:
    if account.member_id is None:
        return
    tell(
        [account.member_id],
        kind="account.code_issued",
        title=_("Mã kích hoạt mới đã được in cho tài khoản của đồng chí"),
        text=_("Nếu không đề nghị, đồng chí báo ngay cho bí thư chi bộ và người quản trị phần mềm."),
        url="/accounts/mine/",
        body=body,
        by=by,
    )
