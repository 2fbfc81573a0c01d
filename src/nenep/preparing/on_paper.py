"""A thematic meeting that was held on paper, with what only this floor keeps of it: its paper and the work given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.assignments.operations import hand_out
from nenep.meetings.thematic_from_paper import enter_thematic_from_paper
from nenep.preparing.materials import keep_presented
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nenep.meetings.models import Meeting
    from nenep.meetings.thematic_from_paper import ThematicSheets
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work that the sheets give to somebody; `row` is its place on the page, from 0."""

    row: int
    what: str
    owner: Member
    due_on: date


def enter_thematic(
    body_id: int,
    sheets: ThematicSheets,
    *,
    has_paper: bool,
    work: Sequence[Work],
    meeting: Meeting | None = None,
    by: Viewer | None,
) -> Meeting:
    """`enter_thematic_from_paper` with the written paper and the follow-up, all or nothing.

    Without them the meeting is entered all the same and does not count (`thematic.lacks`; R119, R120). A piece of
    work is refused as `hand_out` refuses it, beside the row of the page.
    """

    def beside(entered: Meeting) -> None:
        if has_paper:
            keep_presented(entered, by=by)
        for one in work:
            try:
                hand_out(entered, what=one.what, owner=one.owner, due_on=one.due_on, by=by)
            except Refused as refusal:
                raise Refused(str(refusal), field=f"w{one.row}_{refusal.field}") from refusal

    return enter_thematic_from_paper(body_id, sheets, meeting=meeting, beside=beside, by=by)
