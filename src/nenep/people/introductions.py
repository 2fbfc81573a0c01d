"""A move that one side states and the other has yet to agree to: `introduce`, `accept`, `refuse`, `withdraw`.

The member stays where he or she is, with unchanged rights, until the destination accepts; from that day on, or from
the stated one if it is later, the move holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.people.checking import checked
from nenep.people.models import Introduction, IntroductionKind, IntroductionState, Member, Status
from nenep.people.operations import (
    change_status,
    membership_to_change,
    refuse_no_branch,
    refuse_oneself,
    refuse_second_status,
    transfer,
)
from nenep.people.sides import record_sides, tell_leaders, tell_member
from nenep.shared.dates import FOREVER, now, today
from nenep.shared.states import Refused, move
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from datetime import date

    from nenep.organizations.models import Body
    from nenep.shared.viewer import Viewer


@transaction.atomic
def introduce(
    member: Member,
    *,
    to: Body,
    day: date,
    kind: IntroductionKind = IntroductionKind.TRANSFER,
    end: date = FOREVER,
    letter: str = "",
    by: Viewer | None,
) -> Introduction:
    """Ask the branch `to` to receive the member, for good or as a guest until `end`; nothing else changes."""
    start = max(day, today())
    origin = membership_to_change(member, start).branch_id
    refuse_oneself(member, by)
    refuse_no_branch(to, start)
    if origin == to.pk:
        raise Refused(_("Đồng chí này đang sinh hoạt ở chính chi bộ đó. Đồng chí chọn chi bộ khác."))
    if kind == IntroductionKind.STAY:
        _refuse_past(start, end)
        refuse_second_status(member, start, end)
    row = Introduction(member=member, kind=kind, origin_id=origin, destination=to, day=day, end=end)
    row.letter, row.stated_at = clean(letter), now()
    checked(row).save()
    _record("introduction.stated", row, by=by)
    kind_told, waits = (
        "introduction.stated",
        _("Một đảng viên được giới thiệu đến chi bộ, đang chờ tiếp nhận"),
    )
    tell_leaders([to.pk], kind=kind_told, title=waits, by=by)
    own = _("Đồng chí được giới thiệu sang chi bộ khác, đang chờ chi bộ ấy tiếp nhận")
    tell_member(member.pk, kind=kind_told, title=own, body=origin, by=by)
    return row


@transaction.atomic
def accept(introduction: Introduction, *, by: Viewer | None) -> None:
    """The destination agrees: the move holds from today on, or from the stated day if it is later."""
    # The member first, as every verb that lets introductions lapse locks them.
    member = Member.objects.select_for_update().get(pk=introduction.member_id)
    day, to = effective_day(introduction), introduction.destination
    move(introduction, IntroductionState.ACCEPTED, field="state", answered_at=now())
    _record("introduction.accepted", introduction, by=by, day=day.isoformat())
    if introduction.kind == IntroductionKind.TRANSFER:
        transfer(member, to=to, day=day, letter=introduction.letter, by=by)
        return
    _refuse_past(day, introduction.end)
    change_status(member, status=Status.AWAY, start=day, end=introduction.end, host=to, by=by)


@transaction.atomic
def refuse(introduction: Introduction, *, reason: str, by: Viewer | None) -> None:
    """The destination does not agree; the origin and the member are told why."""
    reason = clean(reason)
    if not reason:
        raise Refused(_("Không tiếp nhận thì phải nói rõ lý do."))
    move(introduction, IntroductionState.REFUSED, field="state", reason=reason, answered_at=now())
    _record("introduction.refused", introduction, by=by)
    facts = {"kind": "introduction.refused", "title": _("Việc giới thiệu sinh hoạt không được tiếp nhận")}
    text = _("Lý do: %(reason)s") % {"reason": reason}
    tell_leaders([introduction.origin_id], text=text, by=by, **facts)
    tell_member(introduction.member_id, text=text, body=introduction.destination_id, by=by, **facts)


@transaction.atomic
def withdraw(introduction: Introduction, *, by: Viewer | None) -> None:
    """The origin takes it back."""
    move(introduction, IntroductionState.WITHDRAWN, field="state", answered_at=now())
    _record("introduction.withdrawn", introduction, by=by)
    facts = {"kind": "introduction.withdrawn", "title": _("Một giới thiệu sinh hoạt đang chờ đã được rút")}
    tell_leaders([introduction.destination_id], by=by, **facts)
    tell_member(introduction.member_id, body=introduction.origin_id, by=by, **facts)


def effective_day(introduction: Introduction) -> date:
    """The first day on which the move would hold if it were accepted now."""
    return max(introduction.day, today())


def _refuse_past(start: date, end: date) -> None:
    if end <= start:
        raise Refused(_("Thời gian sinh hoạt tạm thời này đã qua. Đồng chí ghi lại ngày kết thúc."))


def _record(verb: str, row: Introduction, *, by: Viewer | None, **details: str) -> None:
    sides = (row.origin_id, row.destination_id)
    record_sides(verb, row, member_id=row.member_id, sides=sides, by=by, **details)
