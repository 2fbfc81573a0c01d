"""What is settled with the management of the unit, and the regulation by which both work together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.models import BEING_PREPARED, Meeting
from nenep.meetings.progress import meeting_day
from nenep.preparing.models import Agreement, Regulation, SharedMatter
from nenep.shared.dates import now, today
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold
from nenep.shared.viewer import member_of
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from nenep.meetings.models import AgendaItem
    from nenep.shared.viewer import Viewer


@transaction.atomic
def record_agreement(
    meeting: Meeting,
    *,
    held_on: date,
    whom: str,
    agreed: str,
    not_agreed: str,
    matters: Iterable[SharedMatter] = (),
    once: UUID | None = None,
    by: Viewer | None,
) -> Agreement:
    """Log a talk with the management; `matters` are the marked parts of the agenda that are settled by it."""
    _hold(meeting)
    if found := made_before(Agreement.objects.filter(meeting=meeting), once):
        return found
    if held_on > min(today(), meeting_day(meeting)):
        raise Refused(_("Ngày bàn không thể sau hôm nay hoặc sau ngày họp."), field="held_on")
    row = Agreement(
        meeting=meeting,
        held_on=held_on,
        whom=whom,
        agreed=agreed,
        not_agreed=not_agreed,
        once=once,
        recorded_at=now(),
        recorded_by_id=member_of(by),
    )
    row.full_clean()
    row.save()
    keys = [matter.pk for matter in matters]
    SharedMatter.objects.filter(pk__in=keys, item__meeting=meeting).update(agreement=row)
    record("agreement.recorded", by=by, body=meeting.body_id, obj=row, matters=len(keys))
    return row


@transaction.atomic
def remove_agreement(agreement: Agreement, *, by: Viewer | None) -> None:
    """Logged by mistake: what it settled is open again."""
    _hold(agreement.meeting)
    record("agreement.removed", by=by, body=agreement.meeting.body_id, obj=agreement)
    agreement.delete()


@transaction.atomic
def mark_shared(item: AgendaItem, *, is_shared: bool, by: Viewer | None) -> None:
    """Say that a part of the agenda needs the management's agreement, or that it does not (R162)."""
    _hold(item.meeting)
    if SharedMatter.objects.filter(item=item).exists() == is_shared:
        return
    if is_shared:
        SharedMatter.objects.create(item=item)
    else:
        SharedMatter.objects.filter(item=item).delete()
    verb = "agreement.needed" if is_shared else "agreement.not_needed"
    record(verb, by=by, body=item.meeting.body_id, obj=item)


@transaction.atomic
def keep_regulation(
    body_id: int,
    *,
    regulation: Regulation | None = None,
    once: UUID | None = None,
    by: Viewer | None,
    **fields: Any,
) -> Regulation:
    """Keep a coordination regulation with the branch (R104), or change the one given."""
    if regulation is None and (found := made_before(Regulation.objects.filter(body=body_id), once)):
        return found
    row = regulation or Regulation(body_id=body_id, once=once)
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    record("regulation.kept", by=by, body=body_id, obj=row)
    return row


def regulation_on(body_id: int, day: date) -> Regulation | None:
    """The one in force on a day: the latest, where several overlap."""
    return Regulation.objects.filter(body=body_id).on(day).first()


def regulation_words(regulation: Regulation | None, day: date) -> str:
    """How it stands on a day, as one sentence."""
    if regulation is None:
        return _("Chưa có quy chế phối hợp còn hiệu lực.")
    words = {"title": regulation.title, "day": day_words(regulation.valid_from)}
    if regulation.review_on and regulation.review_on <= day:
        words["review"] = day_words(regulation.review_on)
        return _("%(title)s có hiệu lực từ ngày %(day)s, đã đến hạn rà soát ngày %(review)s.") % words
    return _("%(title)s có hiệu lực từ ngày %(day)s.") % words


def _hold(meeting: Meeting) -> None:
    hold(
        meeting,
        *BEING_PREPARED,
        says=_("Kỳ sinh hoạt đã khai mạc nên không ghi việc bàn với lãnh đạo cơ quan được nữa."),
    )
