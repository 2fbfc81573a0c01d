"""Drafted with its requirements, issued to the bodies of that day, withdrawn: never changed once it is issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.directives.audience import receivers
from nenep.directives.found import index
from nenep.directives.models import Directive, DirectiveStatus, Made, Receipt, Requirement
from nenep.journal.operations import record
from nenep.notices.operations import notify
from nenep.organizations.kinds import BRANCH_KINDS
from nenep.organizations.reads import committee_name_on
from nenep.organizations.turns import take_turns
from nenep.people.models import LEADERS, Office
from nenep.shared.dates import now, today, valid_on
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold, move

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from nenep.organizations.models import Body
    from nenep.shared.viewer import Viewer

ROWS_PER_INSERT = 500
# A body cannot carry out more paragraphs than it can hold in mind; longer papers are several directives.
MOST_REQUIREMENTS = 30


@transaction.atomic
def draft_directive(
    body_id: int,
    *,
    words: Mapping[str, Any],
    chosen: Iterable[Body] = (),
    carries_out: tuple[Receipt, Collection[Requirement]] | None = None,
    once: UUID | None = None,
    by: Viewer | None,
) -> Directive:
    """A draft of a body. `words`: the fields of `Directive` that are typed; `chosen`: the bodies of its list.

    `carries_out`: what the body received and hands down by it, with the paragraphs (none: the whole).
    """
    take_turns(body_id)
    found: Directive | None = made_before(Directive.objects.filter(body=body_id), once)
    if found:
        return found
    directive = Directive(body_id=body_id, keeper_id=body_id, once=once, **words)
    directive.full_clean()
    directive.save()
    directive.chosen.set(chosen)
    if carries_out:
        receipt, requirements = carries_out
        if receipt.body_id != body_id:
            raise ValueError(f"receipt {receipt.pk} is of body {receipt.body_id}, not {body_id}")
        carried: list[Requirement | None] = [*requirements] or [None]
        for requirement in carried:
            Made.objects.create(receipt=receipt, requirement=requirement, handed_down=directive, at=now())
    record("directive.drafted", by=by, body=body_id, obj=directive)
    return directive


@transaction.atomic
def revise_directive(
    directive: Directive, *, words: Mapping[str, Any], chosen: Iterable[Body] = (), by: Viewer | None
) -> None:
    hold_draft(directive)
    for name, value in words.items():
        setattr(directive, name, value)
    directive.full_clean()
    directive.save()
    directive.chosen.set(chosen)
    record("directive.revised", by=by, body=directive.keeper_id, obj=directive)


@transaction.atomic
def add_requirement(
    directive: Directive, *, once: UUID | None = None, by: Viewer | None, **words: Any
) -> Requirement:
    """A paragraph to a draft; `words`: mark, quote, what, doers, due_on."""
    hold_draft(directive)
    found: Requirement | None = made_before(directive.requirements.all(), once)
    if found:
        return found
    if directive.requirements.count() >= MOST_REQUIREMENTS:
        raise Refused(_("Một chỉ đạo nhiều nhất %(count)d việc.") % {"count": MOST_REQUIREMENTS})
    row = Requirement(directive=directive, once=once, **words)
    row.full_clean()
    row.save()
    record("directive.revised", by=by, body=directive.keeper_id, obj=directive)
    return row


@transaction.atomic
def drop_requirement(directive: Directive, key: int, *, by: Viewer | None) -> None:
    """A second time changes nothing."""
    hold_draft(directive)
    if directive.requirements.filter(pk=key).delete()[0]:
        record("directive.revised", by=by, body=directive.keeper_id, obj=directive)


@transaction.atomic
def issue_directive(directive: Directive, *, by: Viewer | None) -> int:
    """Give it to every body of today that it is meant for, and tell who leads these; returns how many bodies."""
    hold(directive)
    bodies = list(receivers(directive, today()).values_list("pk", "kind"))  # type: ignore[misc]  # of `on`
    if not bodies:
        raise Refused(_("Không có tổ chức nào thuộc diện này. Đồng chí chọn lại nơi nhận."))
    at = now()
    move(directive, DirectiveStatus.ISSUED, issued_at=at)
    rows = [receipt_of(directive, body, kind, at) for body, kind in bodies]
    index(directive, Receipt.objects.bulk_create(rows, batch_size=ROWS_PER_INSERT))
    record("directive.issued", by=by, body=directive.keeper_id, obj=directive, bodies=len(rows))
    tell_leaders(directive, {body for body, _kind in bodies}, _("Chỉ đạo mới: %(title)s"), by=by)
    return len(rows)


@transaction.atomic
def withdraw_directive(directive: Directive, *, reason: str, by: Viewer | None) -> None:
    """Take it back; what was discussed, planned and given because of it stays. Who leads its bodies is told."""
    hold(directive)
    was_issued = directive.is_issued
    move(directive, DirectiveStatus.WITHDRAWN, withdrawn_at=now(), withdrawal_reason=reason)
    index(directive, directive.receipts.all())
    record("directive.withdrawn", by=by, body=directive.keeper_id, obj=directive)
    if was_issued:
        bodies = set(directive.receipts.filter(ended_at=None).values_list("body_id", flat=True))
        tell_leaders(directive, bodies, _("Cấp trên thu hồi chỉ đạo: %(title)s"), text=reason, by=by)


def receipt_of(directive: Directive, body_id: int, kind: str, at: datetime) -> Receipt:
    return Receipt(
        directive=directive,
        body_id=body_id,
        is_branch=kind in {one.value for one in BRANCH_KINDS},
        arrived_at=at,
    )


def tell_leaders(
    directive: Directive,
    bodies: Collection[int],
    title: str,
    *,
    kind: str = "directive.told",
    text: str = "",
    by: Viewer | None,
) -> None:
    """One notice to each secretary and deputy of these bodies today, whoever leads several of them once."""
    held = Office.objects.filter(valid_on(today()), post__in=LEADERS, body__in=bodies)
    notify(
        held.order_by("body", "member").values_list("member_id", flat=True),
        kind=kind,
        title=(title % {"title": directive.title})[:200],
        text=text or committee_name_on(directive.keeper_id, today()),
        url=reverse("directives:page", args=[directive.pk]),
        body=directive.keeper_id,
        about=directive,
        by_hand=False,
        by=by,
    )


def hold_draft(directive: Directive) -> None:
    hold(
        directive,
        DirectiveStatus.DRAFT,
        says=_("Chỉ đạo này đã ban hành hoặc thu hồi nên không sửa được nữa."),
    )
