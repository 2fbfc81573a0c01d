"""A new code for an account that has been opened takes two: one asks and prints, another one confirms in between.

Otherwise whoever may print codes could alone become anybody. The holder is told at once and may stop it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.access.models import OPEN_REQUEST, Account, ActivationCode, CodeRequest, RequestState
from nenep.access.reach import home_of
from nenep.access.roles import role_table
from nenep.access.standing import refuse_stronger
from nenep.access.viewers import role_for
from nenep.journal.operations import record
from nenep.organizations.models import ClusterPlace
from nenep.organizations.reads import ancestors_on, kind_on
from nenep.people.models import Office, Post, Status, StatusPeriod
from nenep.people.telling import tell
from nenep.shared.dates import now, today, valid_on
from nenep.shared.states import Refused, move

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.shared.viewer import Viewer

REQUEST_LIVES = timedelta(days=3)
# An account that the asker has just let in may be the asker in another's name.
TRUSTED_AFTER = timedelta(days=7)
CONFIRM = "access.confirm"


@transaction.atomic
def ask_code(account: Account, *, by: Viewer, drops_second_factor: bool = False) -> CodeRequest:
    """Ask for a new code; whoever may confirm, and the person concerned, are told."""
    if not account.is_active:
        raise Refused(_("Tài khoản đang bị khóa. Đồng chí mở khóa rồi đề nghị cấp mã."))
    refuse_stronger(account, by=by)
    Account.objects.select_for_update(of=("self",)).get(
        pk=account.pk
    )  # two at once: the second finds the first's
    for old in CodeRequest.objects.filter(account=account, state__in=OPEN_REQUEST, expires_at__lte=now()):
        move(old, RequestState.LAPSED, field="state")
    request = CodeRequest(
        account=account,
        asked_by=Account.objects.get(pk=by.account_id or 0),
        asked_at=now(),
        expires_at=now() + REQUEST_LIVES,
        drops_second_factor=drops_second_factor,
    )
    try:
        request.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    request.save()
    _record("account.code_asked", request, by=by, drops_second_factor=drops_second_factor)
    _tell_holder(request, by=by)
    _tell_who_confirms(request, by=by)
    return request


@transaction.atomic
def confirm_code(request: CodeRequest, *, by: Viewer) -> None:
    """The second person vouches that the holder asked for it; now the first may print."""
    if by.account_id in {request.asked_by_id, request.account_id}:
        raise Refused(_("Đồng chí không tự xác nhận được. Đồng chí nhờ một đồng chí khác."))
    if not request.is_open():
        raise Refused(_("Đề nghị này đã quá hạn. Người đề nghị cần gửi lại."))
    _refuse_newcomer(request, by=by)
    move(request, RequestState.CONFIRMED, field="state", decided_by_id=by.account_id, decided_at=now())
    _record("account.code_confirmed", request, by=by)
    _tell_asker(
        request,
        title=_("Đề nghị cấp mã của đồng chí đã được xác nhận"),
        text=_("Đồng chí mở mục này để in mã cho đồng chí %(name)s, rồi trao tận tay.")
        % {"name": request.account.shown_name},
        by=by,
    )


@transaction.atomic
def refuse_code(request: CodeRequest, *, by: Viewer) -> None:
    """The second person, or the holder, stops it; also after it was confirmed, as long as nothing is printed."""
    move(request, RequestState.REFUSED, field="state", decided_by_id=by.account_id, decided_at=now())
    _record("account.code_refused", request, by=by)
    _tell_asker(
        request,
        title=_("Đề nghị cấp mã của đồng chí không được đồng ý"),
        text=_("Đồng chí %(by)s không đồng ý cấp mã mới cho đồng chí %(name)s.")
        % {"by": by.name, "name": request.account.shown_name},
        by=by,
    )


@transaction.atomic
def withdraw_code(request: CodeRequest, *, by: Viewer) -> None:
    move(request, RequestState.WITHDRAWN, field="state")
    _record("account.code_withdrawn", request, by=by)


def spend(request: CodeRequest | None, *, account: Account, by: Viewer) -> CodeRequest:
    """The confirmed request that lets `by` print one code for this account; afterwards it lets nobody."""
    if request is None or request.account_id != account.pk or request.asked_by_id != by.account_id:
        raise Refused(
            _("Tài khoản này đã mở; mã mới cần một đồng chí khác xác nhận. Đồng chí gửi đề nghị cấp mã.")
        )
    if not request.is_open():
        raise Refused(_("Đề nghị này đã quá hạn. Đồng chí gửi lại đề nghị."))
    move(request, RequestState.PRINTED, field="state")
    return request


def who_confirms(request: CodeRequest) -> list[Office]:
    """Offices whose holders may confirm: of the branch, and of the nearest body above that has any.

    A help for whom to ask; whether somebody may is decided by `CodeRequestAccess`.
    """
    home, day = home_of(request.account), today()
    if home is None:
        return []
    verb, line = role_table().verbs[CONFIRM], [home, *ancestors_on(home, day)]
    clusters = set(ClusterPlace.objects.filter(valid_on(day), body=home).values_list("cluster_id", flat=True))
    kinds = {body: kind_on(body, day) for body in line}
    found: dict[int, list[Office]] = {body: [] for body in line}
    for office in _leading_offices(request, line):
        allowed = verb.own if office.body_id == home else verb.below
        has_role = role_for(office.post, kinds[office.body_id]) in allowed
        if has_role and (office.cluster_id is None or office.cluster_id in clusters):
            found[office.body_id].append(office)
    known = {office.member_id for office in found[home]}
    above: list[Office] = next((found[body] for body in line[1:] if found[body]), [])
    return found[home] + [office for office in above if office.member_id not in known]


def _leading_offices(request: CodeRequest, bodies: Iterable[int]) -> Iterable[Office]:
    """Offices held today by others who sign in; above the branch only those whom one calls at such an hour."""
    suspended = StatusPeriod.objects.filter(
        valid_on(today()), member=OuterRef("member"), status=Status.SUSPENDED
    )
    named = [Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER, Post.OFFICER]
    return (
        Office.objects.on(today())
        .with_kind()
        .filter(~Exists(suspended), body__in=bodies, post__in=named, member__account__is_active=True)
        .exclude(member__account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .exclude(member__account__in=[request.account_id, request.asked_by_id])
        .select_related("member__account")
        .order_by("body", "member__sort_key")
    )


def _refuse_newcomer(request: CodeRequest, *, by: Viewer) -> None:
    let_in = ActivationCode.objects.filter(
        account=by.account_id, issued_by=request.asked_by.actor, used_at__gt=now() - TRUSTED_AFTER
    )
    if let_in.exists():
        raise Refused(
            _(
                "Tài khoản của đồng chí vừa được mở bằng mã do chính người đề nghị in. "
                "Trong 7 ngày đầu, đồng chí nhờ một đồng chí khác xác nhận."
            )
        )


def _record(verb: str, request: CodeRequest, *, by: Viewer, **details: Any) -> None:
    account = request.account
    record(verb, by=by, body=home_of(account), obj=request, subject=account.member_id, **details)


def _tell_holder(request: CodeRequest, *, by: Viewer) -> None:
    if request.account.member_id is None or request.account_id == request.asked_by_id:
        return
    _tell(
        [request.account.member_id],
        request,
        title=_("Có đề nghị cấp mã mới cho tài khoản của đồng chí"),
        text=_(
            "Đồng chí %(by)s đề nghị. Nếu không nhờ, đồng chí mở mục này rồi bấm “Tôi không nhờ việc này”."
        )
        % {"by": by.name},
        by=by,
    )


def _tell_who_confirms(request: CodeRequest, *, by: Viewer) -> None:
    """Those of the branch; where there is nobody else in it, those above."""
    offices = who_confirms(request)
    nearest = [office.member_id for office in offices if office.body_id == offices[0].body_id]
    _tell(
        nearest,
        request,
        title=_("Cần đồng chí xác nhận một đề nghị cấp mã mới"),
        text=_("Đồng chí %(by)s đề nghị cấp mã mới cho đồng chí %(name)s.")
        % {"by": by.name, "name": request.account.shown_name},
        by=by,
    )


def _tell_asker(request: CodeRequest, *, title: str, text: str, by: Viewer) -> None:
    if request.asked_by.member_id is not None:
        _tell([request.asked_by.member_id], request, title=title, text=text, by=by)


def _tell(members: list[int], request: CodeRequest, *, title: str, text: str, by: Viewer) -> None:
    tell(
        members,
        kind="account.code_request",
        title=title,
        text=text,
        url=reverse("access:code_request", args=[request.pk]),
        body=home_of(request.account),
        by=by,
    )
