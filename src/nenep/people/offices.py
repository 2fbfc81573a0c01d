"""Verbs about posts and terms: `appoint`, `release`, `open_term`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nenep.journal.operations import record
from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body, BodyKind, Edge
from nenep.people.checking import checked
from nenep.people.models import Membership, Office, Post, Term
from nenep.people.operations import end_at
from nenep.shared.dates import FOREVER, overlaps, valid_on
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from datetime import date

    from nenep.organizations.models import Cluster
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer

OWN_OFFICE = _("Không ai tự ghi chức vụ cho mình. Đồng chí nhờ người khác có quyền ghi chức vụ.")
BRANCH_POSTS = frozenset({Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER, Post.CLERK})


@transaction.atomic
def appoint(
    member: Member, *, body: Body, post: Post, day: date, cluster: Cluster | None = None, by: Viewer | None
) -> Office:
    """Give a member a post in a body from `day` on.

    A post of a branch is for its own members; elected posts are for official members; one secretary a body.
    An office gives rights, so nobody records the own one.
    """
    if by and by.member_id == member.pk:
        raise Refused(OWN_OFFICE)
    kind = _kind(body, day)
    _refuse_stranger(member, body, kind, day)
    if post.is_elected and (member.official_on is None or member.official_on > day):
        raise Refused(
            _("Chức vụ trong cấp ủy do đảng viên chính thức giữ; đồng chí này còn dự bị vào ngày ấy.")
        )
    if kind.is_branch and post not in BRANCH_POSTS:
        raise Refused(_("Chi bộ không có chức vụ này. Đồng chí chọn tổ chức cấp trên."))
    held = Office.objects.filter(overlaps(day, FOREVER), body=body, post=post)
    if held.filter(member=member).exists():
        raise Refused(_("Đồng chí này đang giữ chính chức vụ đó ở tổ chức này."))
    if post == Post.SECRETARY and held.exists():
        raise Refused(_("Tổ chức này đã có bí thư. Đồng chí ghi ngày thôi giữ chức vụ của người trước."))
    _refuse_wrong_cluster(cluster, body, post, kind, day)
    office = checked(Office(member=member, body=body, post=post, cluster=cluster, valid_from=day))
    office.save()
    record("office.appointed", by=by, body=body.pk, obj=office, subject=member.pk, post=post.value)
    return office


@transaction.atomic
def release(office: Office, *, day: date, by: Viewer | None) -> None:
    """End the office on `day`: from that day on its rights are gone. On its first day it is taken back."""
    if not office.valid_from <= day < office.valid_to:
        raise Refused(_("Ngày thôi giữ chức vụ phải nằm trong thời gian đang giữ. Đồng chí xem lại ngày."))
    facts = {"post": office.post, "day": day.isoformat()}
    record("office.ended", by=by, body=office.body_id, obj=office, subject=office.member_id, **facts)
    end_at(Office.objects.filter(pk=office.pk), day)


@transaction.atomic
def open_term(body: Body, *, name: str, day: date, by: Viewer | None) -> Term:
    """The term that a congress opens on `day`; the one before ends then. Offices are another matter."""
    last = Term.objects.select_for_update().filter(body=body).order_by("-valid_from").first()
    if last is not None and last.valid_from >= day:
        raise Refused(_("Ngày mở nhiệm kỳ phải sau ngày mở nhiệm kỳ trước."))
    end_at(Term.objects.filter(body=body), day)
    term = checked(Term(body=body, name=clean(name), valid_from=day))
    term.save()
    record("term.opened", by=by, body=body.pk, obj=term, day=day.isoformat())
    return term


def _kind(body: Body, day: date) -> Kind:
    kind = BodyKind.objects.filter(valid_on(day), body=body).values_list("kind", flat=True).first()
    if kind is None or not body.founded_on <= day < body.dissolved_on:
        raise Refused(_("Vào ngày ấy tổ chức này chưa thành lập hoặc đã kết thúc hoạt động."))
    return Kind(kind)


def _refuse_stranger(member: Member, body: Body, kind: Kind, day: date) -> None:
    membership = Membership.objects.filter(valid_on(day), member=member).first()
    if membership is None:
        raise Refused(_("Vào ngày ấy đồng chí này không sinh hoạt ở chi bộ nào."))
    if kind.is_branch and membership.branch_id != body.pk:
        raise Refused(_("Chức vụ của chi bộ do đảng viên chính chi bộ giữ. Đồng chí chuyển sinh hoạt trước."))


def _refuse_wrong_cluster(cluster: Cluster | None, body: Body, post: Post, kind: Kind, day: date) -> None:
    if cluster is None:
        return
    if post != Post.OFFICER:
        raise Refused(_("Chỉ cán bộ theo dõi mới được giao một cụm."))
    owners = {body.pk}
    if kind == Kind.ADVISORY_UNIT:
        owners |= set(Edge.objects.filter(valid_on(day), child=body).values_list("parent_id", flat=True))
    if cluster.owner_id not in owners:
        raise Refused(_("Cụm này không thuộc tổ chức ấy. Đồng chí chọn một cụm của chính tổ chức."))
