"""Giving work in the very form in which an item is written (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.assignments.access import may_hand_out
from nenep.assignments.operations import hand_out
from nenep.meetings.providers import ItemPart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nenep.meetings.models import AgendaItem
    from nenep.shared.viewer import Viewer


def item_parts(
    viewer: Viewer, item: AgendaItem, people: Callable[[], Iterable[int]], typed: Mapping[str, str] | None
) -> list[ItemPart]:
    """What, who and by when, for whoever may give work; how it is measured and who helps stand on a page of its own."""
    from nenep.assignments.forms import GivingForm  # noqa: PLC0415  # forms are made after the start

    if not may_hand_out(viewer, item.meeting.body_id):
        return []
    form = GivingForm(typed, roster=people(), prefix="give")

    def record() -> None:
        hand_out(item.meeting, item=item, by=viewer, **form.cleaned_data)

    return [ItemPart(_("Giao việc (nếu có)"), form, record)]
