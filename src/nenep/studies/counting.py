"""How many of how many have studied, branch by branch; and the check in counts, when nobody can be known by them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.directives.reads import counted_members
from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.organizations.reads import names_on, rules_for
from nenep.shared.dates import today
from nenep.studies.access import SessionAccess

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer
    from nenep.studies.models import CheckQuestion, Session


@dataclass(frozen=True, slots=True)
class BranchCount:
    body_id: int
    name: str
    present: int
    members: int


def branches_of(viewer: Viewer, session: Session) -> list[BranchCount]:
    """The branches in or under the body today that the viewer looks after; all of them for whoever held it.

    Members are those counted for a directive too: not the exempt, those who are away and the suspended.
    """
    day = today()
    bodies = Body.objects.on(day).branches()
    below = bodies.under(session.body_id, day) | bodies.filter(pk=session.body_id)
    if not SessionAccess(viewer, session).count:
        below = below.filter(within(viewer, "studies.follow", "studies.mark", field="pk"))
    keys = list(below.distinct().in_order().values_list("pk", flat=True))
    members = counted_members(keys, day)
    listed = Counter(branch for branch, _member in members)
    places = {member: branch for branch, member in members}
    there = session.present.values_list("member_id", flat=True)
    present = Counter(places[member] for member in there if member in places)
    names = names_on(keys, day)
    return [BranchCount(key, names[key], present[key], listed[key]) for key in keys]


def told_questions(session: Session) -> list[CheckQuestion]:
    """With their options and counts: once it is closed and enough have answered; [] before.

    While answers come in, each would be seen to come from whoever has just answered.
    """
    least = rules_for(session.body_id, today()).meeting.least_group
    if session.closed_at is None or least.value is None or session.taken.count() < least.number:
        return []
    return list(session.check_questions.prefetch_related("options"))
