"""The last step on paper: minutes and resolution are printed and signed, and somebody ticks that off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from nenep.journal.operations import record
from nenep.shared.dates import now
from nenep.shared.states import hold

if TYPE_CHECKING:
    from nenep.meetings.models import Minutes
    from nenep.shared.viewer import Viewer


@transaction.atomic
def mark_signed(minutes: Minutes, *, by: Viewer | None) -> None:
    """The papers are signed; ticking them off a second time changes nothing."""
    hold(minutes)
    if minutes.signed_at is None:
        minutes.signed_at = now()
        minutes.save(update_fields=["signed_at"])
        record("minutes.signed", by=by, body=minutes.meeting.body_id, obj=minutes)


@transaction.atomic
def take_signature_back(minutes: Minutes, *, by: Viewer | None) -> None:
    """The tick was a mistake."""
    hold(minutes)
    if minutes.signed_at is not None:
        minutes.signed_at = None
        minutes.save(update_fields=["signed_at"])
        record("minutes.signature_taken_back", by=by, body=minutes.meeting.body_id, obj=minutes)
