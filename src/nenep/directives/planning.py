"""A paragraph of a directive becomes an entry of the plan of a year, and stays linked to it (R143)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.directives.answering import hold_in_force, link_made
from nenep.plans.models import Plan
from nenep.plans.operations import add_entry
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from nenep.directives.models import Receipt, Requirement
    from nenep.plans.models import Entry, EntryKind
    from nenep.shared.viewer import Viewer


@transaction.atomic
def put_into_plan(
    receipt: Receipt,
    requirement: Requirement,
    *,
    kind: EntryKind,
    starts_at: datetime,
    place: str,
    content: str,
    once: UUID | None = None,
    by: Viewer | None,
) -> Entry:
    """An entry in the body's plan of the year in which it is held, linked to the paragraph: both or neither.

    Refused while the body has no plan of that year; sent again it is the same entry.
    """
    hold_in_force(receipt)
    year = timezone.localdate(starts_at).year
    plan = Plan.objects.filter(body=receipt.body_id, year=year).first()
    if plan is None:
        says = _("Chưa có kế hoạch sinh hoạt năm %(year)d. Đồng chí soạn kế hoạch năm ấy trước.")
        raise Refused(says % {"year": year}, field="starts_at")
    entry = add_entry(plan, kind=kind, starts_at=starts_at, place=place, content=content, once=once, by=by)
    link_made(receipt, requirement=requirement, entry=entry, by=by)
    return entry
