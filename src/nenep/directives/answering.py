"""What a body says of a directive that it received, and a member of what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.directives.lineage import key_of, uppers_of
from nenep.directives.models import Confirmation, Fulfilment, Made, Receipt
from nenep.journal.operations import record
from nenep.meetings.suggesting import take_suggestion
from nenep.notices.models import Notice
from nenep.notices.operations import notify
from nenep.organizations.reads import committee_name_on
from nenep.people.reads import branch_on, roster
from nenep.shared.dates import now, today
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from nenep.directives.models import Directive, Requirement
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer

TOLD_MEMBERS = "directive.spread"


@transaction.atomic
def acknowledge(receipt: Receipt, *, by: Viewer | None) -> int:
    """The body has it in hand, and with it what it carries out from above.

    A branch tells its members by that: returns how many; a second time nobody.
    """
    hold_in_force(receipt)
    if receipt.acknowledged_at:
        return 0
    for row in [receipt, *uppers_of(receipt)]:
        if row.acknowledged_at is None:
            row.acknowledged_at, row.acknowledged_by_id = now(), member_of(by)
            row.save(update_fields=["acknowledged_at", "acknowledged_by"])
            record("directive.acknowledged", by=by, body=row.body_id, obj=row)
    return _tell_members(receipt, by=by) if receipt.is_branch else 0


@transaction.atomic
def put_on_agenda(receipt: Receipt, meeting: Meeting, *, by: Viewer | None) -> None:
    """Acknowledge it and take it onto the agenda of a meeting that is being prepared: both or neither."""
    acknowledge(receipt, by=by)
    take_suggestion(meeting, key=key_of(receipt.directive), by=by)


@transaction.atomic
def link_made(
    receipt: Receipt,
    *,
    requirement: Requirement | None = None,
    words: str = "",
    once: UUID | None = None,
    by: Viewer | None,
    **link: object,
) -> Made:
    """Say what the body made of it: one of the links of `Made` (document=, resolution= ...), or `words` of a paper.

    The same said twice is one row. ValueError without any link or with several.
    """
    if len(link) + bool(words) != 1:
        raise ValueError(f"one link or words, not {sorted(link)} and {words!r}")
    hold_in_force(receipt)
    if found := made_before(Made.objects.filter(receipt=receipt), once):
        return found
    if requirement and requirement.directive_id != receipt.directive_id:
        raise ValueError(f"requirement {requirement.pk} is not of directive {receipt.directive_id}")
    same = Made.objects.filter(receipt=receipt, requirement=requirement, words=words, **link)
    if found := same.first():
        return found
    row = Made(receipt=receipt, requirement=requirement, words=words, once=once, at=now(), **link)
    row.full_clean()
    row.save()
    record("directive.carried_out", by=by, body=receipt.body_id, obj=receipt, kind=row.kind)
    return row


@transaction.atomic
def unlink_made(receipt: Receipt, key: int, *, by: Viewer | None) -> None:
    """It was linked by mistake; what it links to stays. Not a directive handed down: that is withdrawn instead."""
    hold_in_force(receipt)
    if receipt.made.filter(pk=key, handed_down=None).delete()[0]:
        record("directive.unlinked", by=by, body=receipt.body_id, obj=receipt)


@transaction.atomic
def say_implemented(
    receipt: Receipt, *, day: date, words: str, requirement: Requirement | None = None, by: Viewer | None
) -> None:
    """The body has done what was asked, or what one paragraph asks; said again it replaces what was said.

    ValueError for a paragraph of another directive.
    """
    hold_in_force(receipt)
    if day > today():
        raise Refused(_("Ngày thực hiện xong không thể sau hôm nay."), field="day")
    issued_at = receipt.directive.issued_at
    if issued_at and day < receipt.directive.source_date:
        raise Refused(_("Ngày thực hiện xong không thể trước ngày của văn bản."), field="day")
    if not words.strip():
        raise Refused(_("Đồng chí ghi kết quả thực hiện."), field="words")
    if requirement and requirement.directive_id != receipt.directive_id:
        raise ValueError(f"requirement {requirement.pk} is not of directive {receipt.directive_id}")
    if requirement:
        said = {"done_on": day, "words": words.strip()}
        Fulfilment.objects.update_or_create(receipt=receipt, requirement=requirement, defaults=said)
        record("directive.fulfilled", by=by, body=receipt.body_id, obj=receipt)
        return
    receipt.implemented_on, receipt.implemented_words = day, words.strip()
    receipt.save(update_fields=["implemented_on", "implemented_words"])
    record("directive.implemented", by=by, body=receipt.body_id, obj=receipt)


@transaction.atomic
def confirm_understood(directive: Directive, *, by: Viewer) -> None:
    """The acting member has understood it; only of a branch that received it. A second tap changes nothing."""
    hold(directive)
    branch = branch_on(by.member_id or 0, today())
    if not directive.is_issued or not directive.receipts.filter(body=branch, ended_at=None).exists():
        raise Refused(_("Chỉ đạo này không gửi tới chi bộ của đồng chí, hoặc đã thu hồi."))
    made = Confirmation.objects.get_or_create(
        directive=directive, member_id=by.member_id, defaults={"at": now()}
    )[1]
    if made:
        # The event names nobody: who has not confirmed would be all the others.
        record("directive.understood", by=None, body=branch, obj=directive)


def hold_in_force(receipt: Receipt) -> None:
    """Refused once the body has ended or the directive was withdrawn."""
    hold(receipt.directive)
    directive = receipt.directive
    hold(receipt)
    receipt.directive = directive
    if receipt.ended_at or not directive.is_issued:
        raise Refused(
            _("Chỉ đạo này đã thu hồi, hoặc tổ chức đã kết thúc hoạt động, nên không ghi thêm được.")
        )


def _tell_members(receipt: Receipt, *, by: Viewer | None) -> int:
    """Each of the branch once, and nobody a second time who was told of it as its leader."""
    directive = receipt.directive
    known = set(Notice.objects.about(directive).values_list("member_id", flat=True))
    told = notify(
        [entry.member_id for entry in roster(receipt.body_id, today()) if entry.member_id not in known],
        kind=TOLD_MEMBERS,
        title=(_("Chỉ đạo mới: %(title)s") % {"title": directive.title})[:200],
        text=committee_name_on(directive.body_id, today()),
        url=reverse("directives:page", args=[directive.pk]),
        body=receipt.body_id,
        about=directive,
        by_hand=False,
        by=by,
    )
    return len(told)
