"""What the number of members asks of a branch (regulations.md 3.1); the numbers are dated rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.organizations.reads import rules_for
from nenep.people.models import Post
from nenep.people.reads import office_holders, official_count

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence for the branch and the body above it; `rule` names the rule that says so."""

    rule: str
    text: str


def structure_notes(branch_id: int, day: date) -> list[Note]:
    """Where the branch's structure does not fit its number of official members; empty when it fits."""
    rules = rules_for(branch_id, day)
    official = official_count(branch_id, day)
    least = int(rules.rule("structure.min_official_members").value)  # type: ignore[arg-type]
    committee_from = int(rules.rule("structure.committee_from").value)  # type: ignore[arg-type]
    notes = []
    if official < least:
        text = _(
            "Chi bộ có %(count)d đảng viên chính thức, dưới mức %(least)d; cấp ủy cấp trên cần xem xét hợp "
            "nhất chi bộ hoặc chuyển sinh hoạt."
        )
        notes.append(Note("structure.min_official_members", text % {"count": official, "least": least}))
    has_committee = bool(office_holders(branch_id, Post.COMMITTEE_MEMBER, day))
    numbers = {"count": official, "from": committee_from}
    if official >= committee_from and not has_committee:
        text = _(
            "Chi bộ có %(count)d đảng viên chính thức, từ %(from)d trở lên thì bầu chi ủy; chưa ghi chi ủy."
        )
        notes.append(Note("structure.committee_from", text % numbers))
    if official < committee_from and has_committee:
        text = _(
            "Chi bộ có %(count)d đảng viên chính thức, dưới %(from)d thì không bầu chi ủy. "
            "Đồng chí xem lại chức vụ."
        )
        notes.append(Note("structure.committee_from", text % numbers))
    return notes
