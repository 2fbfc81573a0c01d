"""The verbs of the tree. Each is one decision: dated rows, successions, the closure, one journal event.

`day` is the first day of the new state. A decision may lie in the past or the future, but not before a change
of the same body that is recorded already: history is written in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.organizations import closure, endings, rules
from nenep.organizations.history import close_last, last, lock_tree, save, succeed_last
from nenep.organizations.kinds import Kind, UnitType
from nenep.organizations.models import (
    Body,
    BodyKind,
    BodyName,
    Change,
    Closure,
    Cluster,
    ClusterPlace,
    Edge,
    RuleScope,
    Succession,
)
from nenep.shared.dates import FOREVER, valid_on
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body that a merge, a split or a succession is to found."""

    code: str
    name: str
    kind: Kind
    parent: Body | None
    unit_type: UnitType = UnitType.OTHER
    short_name: str = ""
    locality: str = ""


@transaction.atomic
def create_body(
    *,
    code: str,
    name: str,
    kind: Kind,
    parent: Body | None,
    day: date,
    short_name: str = "",
    locality: str = "",
    unit_type: UnitType = UnitType.OTHER,
    decision: str = "",
    by: Viewer | None,
) -> Body:
    """Found a body under `parent` (None: at the top, where only some kinds may stand)."""
    lock_tree()
    new = NewBody(code, name, kind, parent, unit_type, short_name, locality)
    body = _found(new, day, decision)
    closure.refresh([body.pk])
    record("body.created", by=by, body=body.pk, obj=body, day=f"{day}", decision=decision)
    return body


@transaction.atomic
def rename_body(
    body: Body, *, name: str, day: date, short_name: str = "", decision: str = "", by: Viewer | None
) -> BodyName:
    lock_tree()
    rules.require_living(body, day)
    row = succeed_last(BodyName.spelled(name, short_name, _last_name(body).locality, body=body), day)
    _note(body, Change.What.RENAMED, day, decision)
    record("body.renamed", by=by, body=body.pk, obj=body, day=f"{day}", decision=decision)
    return row


@transaction.atomic
def change_locality(
    body: Body, *, locality: str, day: date, decision: str = "", by: Viewer | None
) -> BodyName:
    """From `day` on the papers of the body are dated from another place; "": from that of the body above."""
    lock_tree()
    rules.require_living(body, day)
    was = _last_name(body)
    row = BodyName.spelled(was.name, was.short_name, locality, body=body)
    if row.locality == was.locality:
        raise Refused(_("Địa danh không có gì thay đổi."))
    succeed_last(row, day)
    _note(body, Change.What.LOCALITY_CHANGED, day, decision)
    record("body.locality_changed", by=by, body=body.pk, obj=body, day=f"{day}", decision=decision)
    return row


@transaction.atomic
def correct_locality(body: Body, *, locality: str, day: date, by: Viewer | None) -> BodyName:
    """Put right the place that was typed wrong, or never typed, in the whole period of the name that holds `day`."""
    lock_tree()
    row = body.names.filter(valid_on(day)).first()
    if row is None:
        raise Refused(_("Tổ chức này không hoạt động vào ngày đó. Đồng chí chọn ngày khác."))
    if row.locality == clean(locality):
        raise Refused(_("Địa danh không có gì thay đổi."))
    row.locality = clean(locality)
    save(row)
    record("body.locality_corrected", by=by, body=body.pk, obj=body, day=f"{day}")
    return row


@transaction.atomic
def change_rules(
    body: Body, *, scope: str, day: date, decision: str = "", by: Viewer | None
) -> RuleScope | None:
    """From `day` on the local rules of `scope` hold in this body and all below it; "": those of the bodies above.

    The days before keep the rules that they had. Refused for a scope that no rule pack knows.
    """
    lock_tree()
    rules.require_living(body, day)
    rules.require_known_scope(scope)
    was = last(RuleScope, body)
    if scope == (was.code if was and was.valid_to > day else ""):
        raise Refused(_("Quy định riêng không có gì thay đổi."))
    if scope:
        row: RuleScope | None = succeed_last(RuleScope(body=body, code=scope), day)
    else:
        row = close_last(RuleScope, body, day)
    _note(body, Change.What.RULES_CHANGED, day, decision)
    record("body.rules_changed", by=by, body=body.pk, obj=body, day=f"{day}", decision=decision, scope=scope)
    return row


@transaction.atomic
def reclassify_body(
    body: Body,
    *,
    day: date,
    kind: Kind | None = None,
    unit_type: UnitType | None = None,
    decision: str = "",
    by: Viewer | None,
) -> BodyKind:
    """Change what a body is; what is not given stays. A body is upgraded before its children are."""
    lock_tree()
    rules.require_living(body, day)
    was = last(BodyKind, body)
    assert was, "every body has a kind"
    row = BodyKind(body=body, kind=kind or was.kind, unit_type=unit_type or was.unit_type)
    if (row.kind, row.unit_type) == (was.kind, was.unit_type):
        raise Refused(_("Loại tổ chức và loại hình không có gì thay đổi."))
    if kind and kind != was.kind:
        rules.require_kind_fits(body, kind, day)
    succeed_last(row, day)
    _note(body, Change.What.RECLASSIFIED, day, decision)
    record("body.reclassified", by=by, body=body.pk, obj=body, day=f"{day}", decision=decision, kind=row.kind)
    return row


@transaction.atomic
def move_body(
    body: Body, *, parent: Body | None, day: date, decision: str = "", by: Viewer | None
) -> Edge | None:
    """Place a body, with everything under it, under another one; None makes it a top of its own."""
    lock_tree()
    edge = _place(body, parent, day)
    closure.refresh([body.pk])
    _note(body, Change.What.MOVED, day, decision)
    record(
        "body.moved",
        by=by,
        body=body.pk,
        obj=body,
        day=f"{day}",
        decision=decision,
        parent=parent.pk if parent else None,
    )
    return edge


@transaction.atomic
def merge_bodies(
    bodies: Sequence[Body], *, into: Body | NewBody, day: date, decision: str = "", by: Viewer | None
) -> Body:
    """End `bodies` and let `into` continue them all: one of them, another body, or a new one.

    Everything directly under them moves under `into`. Members follow through `endings`.
    """
    ending = [body for body in bodies if body != into]
    if len({body.pk for body in bodies} | ({into.pk} if isinstance(into, Body) else set())) < 2:
        raise Refused(_("Hợp nhất cần ít nhất hai tổ chức. Đồng chí chọn thêm tổ chức."))
    lock_tree()
    return _hand_over(ending, into, day, decision, Change.What.MERGED, by)


@transaction.atomic
def succeed_body(
    body: Body, *, into: Body | NewBody, day: date, decision: str = "", by: Viewer | None
) -> Body:
    """End a body and let `into` continue it with all under it: a bloc that becomes another committee."""
    lock_tree()
    return _hand_over([body], into, day, decision, Change.What.SUCCEEDED, by)


@transaction.atomic
def split_body(
    body: Body,
    *,
    parts: Sequence[NewBody],
    day: date,
    children: Mapping[int, str] | None = None,
    keeps: bool = False,
    decision: str = "",
    by: Viewer | None,
) -> list[Body]:
    """Found `parts` out of a body, which ends, or goes on when it `keeps`.

    `children` says which bodies directly under it go to which part: {key of the child: code of the part}.
    A body that ends must hand on all of them.
    """
    lock_tree()
    rules.require_living(body, day)
    if not parts or (len(parts) < 2 and not keeps):
        raise Refused(_("Chia tách cần ít nhất hai phần. Đồng chí thêm một phần nữa."))
    founded = {part.code: _found(part, day, decision) for part in parts}
    closure.refresh([new.pk for new in founded.values()])
    _move_children(body, day, {child: founded[code] for child, code in (children or {}).items()})
    for new in founded.values():
        save(Succession(predecessor=body, successor=new, day=day))
    if not keeps:
        _end(body, day, tuple(founded.values()), by)
    _note(body, Change.What.SPLIT, day, decision)
    keys = [new.pk for new in founded.values()]
    record("body.split", by=by, body=body.pk, obj=body, day=f"{day}", decision=decision, parts=keys)
    return list(founded.values())


@transaction.atomic
def dissolve_body(body: Body, *, day: date, decision: str = "", by: Viewer | None) -> None:
    """End a body without successor. Refused while anything stands under it."""
    lock_tree()
    rules.require_living(body, day)
    _end(body, day, (), by)
    _note(body, Change.What.DISSOLVED, day, decision)
    record("body.dissolved", by=by, body=body.pk, obj=body, day=f"{day}", decision=decision)


@transaction.atomic
def form_cluster(owner: Body, *, code: str, name: str, day: date, by: Viewer | None) -> Cluster:
    """A committee groups bodies below it for follow-up and exchange (cụm)."""
    rules.require_living(owner, day)
    cluster = Cluster(owner=owner, code=clean(code), name=clean(name), valid_from=day)
    save(cluster)
    record("cluster.formed", by=by, body=owner.pk, obj=cluster, day=f"{day}")
    return cluster


@transaction.atomic
def place_in_cluster(
    body: Body, *, cluster: Cluster | None, day: date, by: Viewer | None
) -> ClusterPlace | None:
    """Put a body into one cluster from `day` on, out of any other; None takes it out."""
    lock_tree()
    rules.require_living(body, day)
    if cluster is None:
        close_last(ClusterPlace, body, day)
        record("cluster.left", by=by, body=body.pk, obj=body, day=f"{day}")
        return None
    below = Closure.objects.filter(ancestor=cluster.owner_id, descendant=body, valid_to__gt=day)
    if not (cluster.valid_from <= day < cluster.valid_to and below.exists()):
        raise Refused(_("Cụm này không có hoặc không thuộc cấp trên của tổ chức vào ngày đó."))
    place = succeed_last(ClusterPlace(cluster=cluster, body=body), day)
    record("cluster.placed", by=by, body=body.pk, obj=cluster, day=f"{day}")
    return place


def _found(new: NewBody, day: date, decision: str) -> Body:
    rules.require_place(new.kind, new.parent, day)
    body = Body(code=clean(new.code), founded_on=day)
    save(body)
    save(BodyName.spelled(new.name, new.short_name, new.locality, body=body, valid_from=day), is_first=True)
    save(BodyKind(body=body, kind=new.kind, unit_type=new.unit_type, valid_from=day), is_first=True)
    if new.parent:
        save(Edge(child=body, parent=new.parent, valid_from=day), is_first=True)
    _note(body, Change.What.CREATED, day, decision)
    return body


def _last_name(body: Body) -> BodyName:
    was = last(BodyName, body)
    assert was, "every body has a name"
    return was


def _place(body: Body, parent: Body | None, day: date) -> Edge | None:
    rules.require_living(body, day)
    kind, was = last(BodyKind, body), last(Edge, body)
    assert kind, "every body has a kind"
    rules.require_place(Kind(kind.kind), parent, day)
    if parent is None:
        close_last(Edge, body, day)
        return None
    if was and was.valid_to == FOREVER and was.parent_id == parent.pk:
        raise Refused(_("Tổ chức mã %(code)s đang ở đúng nơi đó rồi.") % {"code": body.code})
    rules.require_no_circle(body, parent, day)
    return succeed_last(Edge(child=body, parent=parent), day)


def _hand_over(
    ending: Sequence[Body],
    into: Body | NewBody,
    day: date,
    decision: str,
    what: Change.What,
    by: Viewer | None,
) -> Body:
    for body in ending:
        rules.require_living(body, day)
    if isinstance(into, NewBody):
        successor = _found(into, day, decision)
        closure.refresh([successor.pk])
    else:
        rules.require_living(into, day)
        successor = into
    for body in ending:
        _move_children(body, day, dict.fromkeys(_children(body, day), successor))
        save(Succession(predecessor=body, successor=successor, day=day))
        _end(body, day, (successor,), by)
        _note(body, what, day, decision)
    _note(successor, what, day, decision)
    verb = "bodies.merged" if what is Change.What.MERGED else "body.succeeded"
    keys = [body.pk for body in ending]
    record(verb, by=by, body=successor.pk, obj=successor, day=f"{day}", decision=decision, predecessors=keys)
    return successor


def _children(body: Body, day: date) -> Iterable[int]:
    edges = Edge.objects.filter(parent=body, valid_from__lte=day, valid_to__gt=day)
    return edges.order_by("child").values_list("child_id", flat=True)


def _move_children(body: Body, day: date, places: Mapping[int, Body]) -> None:
    """Move some of the bodies directly under `body`, each to its new parent."""
    moving = Body.objects.in_bulk(places)
    strangers = set(places) - set(_children(body, day))
    if strangers:
        raise Refused(_("Có tổ chức được chọn không trực thuộc tổ chức này. Đồng chí chọn lại."))
    for key, child in moving.items():
        _place(child, places[key], day)
    closure.refresh(places)


def _end(body: Body, day: date, successors: tuple[Body, ...], by: Viewer | None) -> None:
    rules.require_childless(body, day)
    endings.announce(endings.Ending(body, day, successors, by))
    close_last(BodyName, body, day)
    close_last(BodyKind, body, day)
    close_last(Edge, body, day)
    close_last(ClusterPlace, body, day)
    close_last(RuleScope, body, day)
    body.clusters.filter(valid_from__lt=day, valid_to__gt=day).update(valid_to=day)
    body.dissolved_on = day
    save(body)
    closure.refresh([body.pk])


def _note(body: Body, what: Change.What, day: date, decision: str) -> None:
    save(Change(body=body, what=what, day=day, decision=clean(decision)))
