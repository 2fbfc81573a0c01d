"""What happens to a member: admission, transfer, status, leaving. Offices and terms: `offices`.

A day is the first on which the change holds. It may lie in the past while nothing later is contradicted.
A place in another branch gives rights there: whoever lacks a say on both sides introduces (`introductions`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.organizations.kinds import BRANCH_KINDS
from nenep.organizations.models import Body, BodyKind, Closure
from nenep.organizations.reach import may
from nenep.people.checking import checked
from nenep.people.models import Member, Membership, Office, Status, StatusPeriod, Transfer
from nenep.people.sides import let_lapse, record_sides, tell_leaders, tell_member
from nenep.shared.dates import FOREVER, overlaps, valid_on
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean, name_sort_key, search_key
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from nenep.people.querysets import OfficeQuerySet
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberData:
    """What is kept about a member, as typed."""

    code: str
    full_name: str
    admitted_on: date
    birth_year: int | None = None
    official_on: date | None = None
    email: str = ""
    phone: str = ""
    wants_paper: bool = False


@transaction.atomic
def admit(data: MemberData, *, branch: Body, day: date, by: Viewer | None) -> Member:
    """Enter a member into the program and into a branch from `day` on.

    For the newly admitted and for those who come from outside the program alike.
    """
    refuse_no_branch(branch, day)
    if day < data.admitted_on:
        raise Refused(_("Ngày vào danh sách chi bộ không được trước ngày vào Đảng."))
    if Member.objects.filter(code=data.code).exists():
        raise Refused(_("Mã đảng viên này đã có. Đồng chí tìm đảng viên ấy để chuyển sinh hoạt về chi bộ."))
    member = Member(**asdict(data))
    write_keys(member)
    checked(member).save()
    Membership.objects.create(member=member, branch=branch, valid_from=day)
    record("member.admitted", by=by, body=branch.pk, obj=member, subject=member.pk)
    return member


@transaction.atomic
def correct(member: Member, *, by: Viewer | None, **changes: Any) -> None:
    """Put right what was typed about a member; only the names of the fields go to the journal."""
    changed = [name for name, value in changes.items() if getattr(member, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(member, name, changes[name])
    write_keys(member)
    checked(member).save()
    record(
        "member.corrected", by=by, body=_last_branch(member), obj=member, subject=member.pk, fields=changed
    )


@transaction.atomic
def recognize_official(member: Member, *, day: date, by: Viewer | None) -> None:
    """The member is official from `day` on."""
    if member.official_on is not None:
        raise Refused(_("Đồng chí này đã là đảng viên chính thức."))
    if day <= member.admitted_on:
        raise Refused(_("Ngày công nhận chính thức phải sau ngày vào Đảng."))
    membership = membership_to_change(member, day)
    member.official_on = day
    checked(member).save(update_fields=["official_on"])
    record("member.recognized", by=by, body=membership.branch_id, obj=member, subject=member.pk)


@transaction.atomic
def transfer(member: Member, *, to: Body, day: date, letter: str = "", by: Viewer | None) -> Transfer:
    """Move a member to another branch from `day` on.

    Offices in the branch that is left, and in bodies that the new branch does not stand under, end that day,
    and with them the rights (requirement of flows.md 6.4 C7). A stay as a guest of the new branch ends too,
    and an introduction that waits lapses.
    """
    old = membership_to_change(member, day)
    _refuse_alone(member, to, by)
    if old.branch_id == to.pk:
        raise Refused(_("Đồng chí này đang sinh hoạt ở chính chi bộ đó. Đồng chí chọn chi bộ khác."))
    if old.valid_from >= day:
        raise Refused(_("Ngày chuyển phải sau ngày vào chi bộ hiện nay. Đồng chí xem lại ngày chuyển."))
    refuse_no_branch(to, day)
    end_at(Membership.objects.filter(pk=old.pk), day)
    Membership.objects.create(member=member, branch=to, valid_from=day, valid_to=old.valid_to)
    let_lapse(member.introductions.all(), by=by)
    ended = end_at(offices_lost([member.pk], origin=old.branch_id, destination=to.pk, day=day), day)
    end_at(StatusPeriod.objects.filter(member=member, host=to, valid_to__gt=day), day)
    row = checked(
        Transfer(member=member, origin_id=old.branch_id, destination=to, day=day, letter=clean(letter))
    )
    row.save()
    facts = {"origin": old.branch_id, "destination": to.pk, "day": day.isoformat(), "offices_ended": ended}
    sides = (to.pk, old.branch_id)
    record_sides("member.transferred", row, member_id=member.pk, sides=sides, by=by, **facts)
    _tell_moved(member, sides, title=_("Một đảng viên chuyển sinh hoạt đã được tiếp nhận"), by=by)
    return row


@transaction.atomic
def leave(member: Member, *, day: date, by: Viewer | None) -> None:
    """End the membership on `day`, with offices and statuses. No reason is kept."""
    old = membership_to_change(member, day)
    if old.valid_from >= day:
        raise Refused(_("Ngày thôi sinh hoạt phải sau ngày vào chi bộ. Đồng chí xem lại ngày."))
    end_at(Membership.objects.filter(pk=old.pk), day)
    end_at(Office.objects.filter(member=member, valid_to__gt=day), day)
    end_at(StatusPeriod.objects.filter(member=member, valid_to__gt=day), day)
    let_lapse(member.introductions.all(), by=by)
    record("member.left", by=by, body=old.branch_id, obj=member, subject=member.pk, day=day.isoformat())


@transaction.atomic
def rejoin(member: Member, *, branch: Body, day: date, by: Viewer | None) -> Membership:
    """A member who had left the branches of this program comes (back) to one of them from `day` on."""
    _lock(member)
    refuse_oneself(member, by)
    if Membership.objects.filter(member=member, valid_to__gt=day).exists():
        raise Refused(
            _("Đồng chí này đang sinh hoạt ở một chi bộ khác. Đồng chí dùng việc chuyển sinh hoạt.")
        )
    if day < member.admitted_on:
        raise Refused(_("Ngày vào danh sách chi bộ không được trước ngày vào Đảng."))
    refuse_no_branch(branch, day)
    row = checked(Membership(member=member, branch=branch, valid_from=day))
    row.save()
    record("member.rejoined", by=by, body=branch.pk, obj=member, subject=member.pk, day=day.isoformat())
    return row


@transaction.atomic
def change_status(
    member: Member,
    *,
    status: Status,
    start: date,
    end: date = FOREVER,
    host: Body | None = None,
    by: Viewer | None,
) -> StatusPeriod:
    """State that the member is exempt, suspended, away or abroad during [start, end).

    The membership and the count stay with the own branch (regulations.md 7.2 T-03, T-05).
    """
    membership = membership_to_change(member, start)
    if not status.is_stated:
        raise Refused(
            _("Chính thức hay dự bị do ngày công nhận quyết định. Đồng chí ghi ngày công nhận chính thức.")
        )
    refuse_second_status(member, start, end)
    if host is not None:
        _refuse_alone(member, host, by)
        refuse_no_branch(host, start)
        if host.pk == membership.branch_id:
            raise Refused(_("Chi bộ nơi đến phải khác chi bộ đang sinh hoạt chính thức."))
    row = checked(StatusPeriod(member=member, status=status, host=host, valid_from=start, valid_to=end))
    row.save()
    sides = (membership.branch_id, *([host.pk] if host else []))
    record_sides("status.stated", row, member_id=member.pk, sides=sides, by=by, status=status.value)
    if host is not None:
        title = _("Một đảng viên sinh hoạt tạm thời đã được tiếp nhận")
        _tell_moved(member, sides, title=title, by=by)
    return row


@transaction.atomic
def end_status(period: StatusPeriod, *, day: date, by: Viewer | None) -> None:
    """End a stated status on `day`; on its very first day it is taken back as if it had not been stated."""
    if not period.valid_from <= day < period.valid_to:
        raise Refused(_("Ngày kết thúc phải nằm trong thời gian của tình trạng này."))
    sides = [body for body in (_last_branch(period.member), period.host_id) if body]
    facts = {"day": day.isoformat()}
    record_sides("status.ended", period, member_id=period.member_id, sides=sides, by=by, **facts)
    end_at(StatusPeriod.objects.filter(pk=period.pk), day)


def end_at(rows: QuerySet[Any], day: date) -> int:
    """End periods on `day`; those that begin on or after it never hold and go. Returns how many."""
    never, _counts = rows.filter(valid_from__gte=day).delete()
    return never + rows.filter(valid_from__lt=day, valid_to__gt=day).update(valid_to=day)


def offices_lost(members: Iterable[int], *, origin: int, destination: int, day: date) -> OfficeQuerySet:
    """Offices that do not survive a move: those of the branch left, and of bodies left with it."""
    kept = Closure.objects.filter(valid_on(day), descendant=destination).values("ancestor")
    # An advisory unit works for the body above it: whoever stays under that body stays in the unit.
    units = Closure.objects.filter(valid_on(day), depth=1, ancestor__in=kept).filter(
        valid_on(day, prefix="descendant__kinds__"), descendant__kinds__kind="advisory_unit"
    )
    held = Office.objects.filter(member__in=members, valid_to__gt=day).exclude(
        body__in=units.values("descendant")
    )
    return held.exclude(body__in=kept) | held.filter(body=origin)


def write_keys(member: Member) -> None:
    """Fill the columns for sorting and searching from the name."""
    member.full_name = clean(member.full_name)
    member.sort_key = name_sort_key(member.full_name)
    member.search_key = search_key(member.full_name)


def refuse_second_status(member: Member, start: date, end: date) -> None:
    if StatusPeriod.objects.filter(overlaps(start, end), member=member).exists():
        raise Refused(
            _("Trong thời gian này đã ghi một tình trạng khác. Đồng chí kết thúc tình trạng ấy trước.")
        )


def refuse_oneself(member: Member, by: Viewer | None) -> None:
    """A place in a branch gives rights there, and nobody gives rights to the own person."""
    if by is not None and by.member_id == member.pk:
        raise Refused(
            _(
                "Đồng chí không tự ghi việc chuyển sinh hoạt, sinh hoạt tạm thời của chính mình. Đồng chí nhờ "
                "đồng chí khác trong chi ủy hoặc đảng ủy cấp trên."
            )
        )


def membership_to_change(member: Member, day: date) -> Membership:
    """The membership of `day`, locked; refused when there is none or a later one already follows."""
    _lock(member)
    found = Membership.objects.filter(valid_on(day), member=member).first()
    if found is None:
        raise Refused(
            _("Vào ngày %(day)s đồng chí này không sinh hoạt ở chi bộ nào. Đồng chí xem lại ngày.")
            % {"day": day_words(day)}
        )
    if Membership.objects.filter(member=member, valid_from__gt=day).exists():
        raise Refused(_("Sau ngày này đồng chí ấy đã có lần chuyển sinh hoạt khác. Đồng chí xem lại ngày."))
    return found


def _lock(member: Member) -> None:
    """Two changes of one member wait for each other."""
    Member.objects.select_for_update().get(pk=member.pk)


def refuse_no_branch(branch: Body, day: date) -> None:
    if not BodyKind.objects.filter(valid_on(day), body=branch, kind__in=BRANCH_KINDS).exists():
        raise Refused(
            _("Đảng viên chỉ sinh hoạt ở chi bộ đang hoạt động vào ngày ấy. Đồng chí chọn một chi bộ.")
        )
    if not branch.founded_on <= day < branch.dissolved_on:
        raise Refused(_("Vào ngày ấy chi bộ này chưa thành lập hoặc đã kết thúc hoạt động."))


def _refuse_alone(member: Member, to: Body, by: Viewer | None) -> None:
    refuse_oneself(member, by)
    if by is not None and not may(by, "people.change", to.pk):
        raise Refused(
            _("Chi bộ nơi đến phải tiếp nhận thì việc này mới có hiệu lực. Đồng chí gửi giới thiệu.")
        )


def _tell_moved(member: Member, sides: Sequence[int], *, title: str, by: Viewer | None) -> None:
    """Both branches and the member, once a place is settled."""
    tell_leaders(sides, kind="member.moved", title=title, by=by)
    own = _("Việc sinh hoạt của đồng chí ở chi bộ nơi đến đã được ghi")
    tell_member(member.pk, kind="member.moved", title=own, body=sides[0], by=by)


def _last_branch(member: Member) -> int | None:
    rows = Membership.objects.filter(member=member).order_by("-valid_from")
    return rows.values_list("branch_id", flat=True).first()
