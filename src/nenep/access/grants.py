"""The verbs of roles that are no office, and of reading grants for a purpose."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nenep.access.models import Grant, ReadingGrant, ReadingState
from nenep.access.reach import may_give
from nenep.journal.operations import record
from nenep.organizations.reach import may
from nenep.shared.dates import FOREVER, now, today
from nenep.shared.states import Refused, move
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from datetime import date

    from nenep.access.models import Account, GrantedRole
    from nenep.organizations.models import Body
    from nenep.shared.viewer import Viewer

READING_LASTS_AT_MOST = timedelta(days=14)


@transaction.atomic
def give_role(
    account: Account,
    *,
    role: GrantedRole,
    body: Body,
    valid_from: date,
    by: Viewer | None,
    valid_to: date = FOREVER,
    decision: str = "",
) -> Grant:
    """A role in a body without an office, by decision; it ends by itself on `valid_to`.

    Given where the giver administers, and never to oneself: who hands out rights takes none.
    """
    if by and by.account_id == account.pk:
        raise Refused(
            _("Đồng chí không tự giao vai trò cho mình được. Đồng chí nhờ một người quản trị khác.")
        )
    if by and not may_give(by, role, body.pk):
        raise Refused(_("Đồng chí chỉ giao vai trò ở tổ chức mình quản trị và các cấp dưới của nó."))
    held = Grant.objects.filter(account=account, role=role, body=body, valid_to__gt=valid_from)
    if held.filter(valid_from__lt=valid_to).exists():
        raise Refused(_("Người này đã có vai trò đó ở tổ chức này trong thời gian đã nhập."))
    grant = Grant(
        account=account,
        role=role,
        body=body,
        valid_from=valid_from,
        valid_to=valid_to,
        decision=clean(decision),
    )
    _save(grant)
    record("grant.given", by=by, body=body.pk, obj=grant, subject=account.member_id, role=str(grant.role))
    return grant


@transaction.atomic
def end_role(grant: Grant, *, by: Viewer | None, day: date | None = None) -> None:
    """The role ends at the start of `day` (today); rights go at once."""
    day = day or today()
    if grant.valid_to <= day:
        raise Refused(_("Vai trò này đã kết thúc."))
    if by and by.account_id == grant.account_id and grant.role == "administrator":
        raise Refused(_("Đồng chí không thể tự thôi vai trò quản trị. Đồng chí nhờ một người quản trị khác."))
    if grant.valid_from >= day:  # never began
        body, subject, pk = grant.body_id, grant.account.member_id, grant.pk
        grant.delete()
        record("grant.ended", by=by, body=body, subject=subject, grant=pk)
        return
    grant.valid_to = day
    grant.save(update_fields=["valid_to"])
    record("grant.ended", by=by, body=grant.body_id, obj=grant, subject=grant.account.member_id)


@transaction.atomic
def ask_reading(
    account: Account, *, body: Body, purpose: str, valid_from: date, valid_to: date, by: Viewer
) -> ReadingGrant:
    """Ask the branch to let this account read its meetings for a stated purpose; `valid_to` is the day after."""
    if not may(by, "readings.ask", body.pk):
        raise Refused(_("Đồng chí chỉ xin xem được nội dung của tổ chức cấp dưới mình theo dõi."))
    if valid_to - valid_from > READING_LASTS_AT_MOST:
        raise Refused(_("Mỗi lần chỉ xin xem nhiều nhất 14 ngày. Đồng chí rút ngắn thời gian."))
    reading = ReadingGrant(
        account=account,
        body=body,
        purpose=clean(purpose),
        valid_from=valid_from,
        valid_to=valid_to,
        asked_at=now(),
    )
    _save(reading)
    record("reading.asked", by=by, body=body.pk, obj=reading)
    return reading


@transaction.atomic
def give_reading(reading: ReadingGrant, *, giver: Account, by: Viewer) -> None:
    """Agree; nobody agrees to the own request."""
    if giver.pk == reading.account_id:
        raise Refused(_("Người xin xem không thể tự đồng ý. Đồng chí nhờ người khác."))
    if reading.valid_to <= today():
        raise Refused(_("Thời gian xin xem đã qua."))
    move(reading, ReadingState.GIVEN, field="state", given_by=giver)
    record("reading.given", by=by, body=reading.body_id, obj=reading)


@transaction.atomic
def refuse_reading(reading: ReadingGrant, *, by: Viewer) -> None:
    move(reading, ReadingState.REFUSED, field="state")
    record("reading.refused", by=by, body=reading.body_id, obj=reading)


@transaction.atomic
def withdraw_reading(reading: ReadingGrant, *, by: Viewer) -> None:
    """The branch takes it back, or the reader needs it no more; reading stops at once."""
    move(reading, ReadingState.WITHDRAWN, field="state")
    record("reading.withdrawn", by=by, body=reading.body_id, obj=reading)


def _save(row: Grant | ReadingGrant) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save()
