"""When a body ends, its people go on to the one successor, or the ending waits until they have been moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.organizations.kinds import Kind
from nenep.organizations.models import BodyKind
from nenep.people.models import Introduction, Member, Membership, Office, StatusPeriod, Term
from nenep.people.operations import end_at, offices_lost
from nenep.people.sides import let_lapse
from nenep.shared.dates import valid_on
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.organizations.endings import Ending
    from nenep.organizations.models import Body


def hand_over_people(ending: Ending) -> None:
    """Members and guests of an ending branch pass to its successor on the day; offices in the body end.

    Introductions from it or to it lapse: nobody has agreed to what comes after.
    Refused when there are members and no single successor branch: who goes where is for people to say.
    """
    staying = Membership.objects.filter(branch=ending.body, valid_to__gt=ending.day)
    if staying.exists():
        successor = _successor(ending, staying)
        members = Member.objects.filter(memberships__in=staying)
        moving = list(members.values_list("pk", flat=True))
        count = _move_memberships(staying, successor, ending)
        lost = offices_lost(moving, origin=ending.body.pk, destination=successor.pk, day=ending.day)
        end_at(lost, ending.day)
        facts: dict[str, Any] = {"origin": ending.body.pk, "count": count, "day": ending.day.isoformat()}
        record("members.handed_over", by=ending.by, body=successor.pk, obj=successor, **facts)
    _move_guests(ending)
    end_at(Office.objects.filter(body=ending.body, valid_to__gt=ending.day), ending.day)
    end_at(Term.objects.filter(body=ending.body, valid_to__gt=ending.day), ending.day)
    let_lapse(Introduction.objects.of_body(ending.body.pk), by=ending.by)


def _successor(ending: Ending, staying: QuerySet[Membership]) -> Body:
    if len(ending.successors) != 1 or not _is_branch(ending.successors[0], ending):
        raise Refused(
            _(
                "Tổ chức mã %(code)s còn %(count)d đảng viên. Đồng chí chuyển sinh hoạt cho họ về các chi bộ "
                "khác, rồi mới kết thúc hoạt động của tổ chức này."
            )
            % {"code": ending.body.code, "count": staying.count()}
        )
    if staying.filter(valid_from__gt=ending.day).exists():
        raise Refused(
            _("Sau ngày này tổ chức mã %(code)s đã ghi đảng viên chuyển đến. Đồng chí xem lại ngày.")
            % {"code": ending.body.code}
        )
    return ending.successors[0]


def _is_branch(body: Body, ending: Ending) -> bool:
    kind = BodyKind.objects.filter(valid_on(ending.day), body=body).first()
    return kind is not None and Kind(kind.kind).is_branch


def _move_memberships(staying: QuerySet[Membership], successor: Body, ending: Ending) -> int:
    """Close the rows and open new ones; whoever was to come on the very day comes to the successor."""
    begun = list(staying.filter(valid_from__lt=ending.day))
    new = [
        Membership(member_id=row.member_id, branch=successor, valid_from=ending.day, valid_to=row.valid_to)
        for row in begun
    ]
    coming = staying.filter(valid_from=ending.day).update(branch=successor)
    Membership.objects.filter(pk__in=[row.pk for row in begun]).update(valid_to=ending.day)
    Membership.objects.bulk_create(new, batch_size=500)
    return len(begun) + coming


def _move_guests(ending: Ending) -> None:
    """A stay goes on at the successor; without one, or at the guest's own branch, it ends."""
    stays = list(StatusPeriod.objects.filter(host=ending.body, valid_to__gt=ending.day))
    end_at(StatusPeriod.objects.filter(pk__in=[stay.pk for stay in stays]), ending.day)
    if len(ending.successors) != 1:
        return
    successor = ending.successors[0]
    at_home = set(
        Membership.objects.filter(valid_on(ending.day), branch=successor).values_list("member_id", flat=True)
    )
    StatusPeriod.objects.bulk_create(
        StatusPeriod(
            member_id=stay.member_id,
            status=stay.status,
            host=successor,
            valid_from=max(stay.valid_from, ending.day),
            valid_to=stay.valid_to,
        )
        for stay in stays
        if stay.member_id not in at_home
    )
