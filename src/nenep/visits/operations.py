"""The verbs of a roster: the committee arranges it whole, the officer says what came of each visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.organizations.turns import take_turns
from nenep.shared.dates import now
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.visits.models import Roster, Visit, VisitStatus
from nenep.visits.months import month_of
from nenep.visits.slots import slots_of
from nenep.visits.telling import tell_changes, tell_missed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from nenep.shared.viewer import Viewer
    from nenep.visits.slots import Slot

ANSWERABLE = (VisitStatus.ASSIGNED, VisitStatus.ATTENDED, VisitStatus.MISSED)


@transaction.atomic
def arrange(
    body_id: int,
    month: date,
    *,
    chosen: Mapping[int, int | None],
    each: int,
    seen: int,
    by: Viewer | None,
) -> int:
    """Let the roster say this of these branches: branch -> officer, None for nobody; returns how many changed.

    `seen` is the revision that the page showed. The same choices sent again change nothing. Officers and secretaries
    of the branches that changed are told.
    Refused at the field "officer_<branch>" with a sentence that says what to do (see `Month.problem`).
    """
    take_turns(body_id)
    known = month_of(body_id, month, chosen)
    if known.is_over:
        raise Refused(_("Tháng này đã qua nên không sửa lịch dự được nữa."))
    changes = known.changes(chosen)
    roster = known.roster or Roster(body_id=body_id, month=month)
    if not changes and roster.pk and roster.each == each:
        return 0
    if known.revision != seen:
        raise Refused(
            _("Trong lúc đồng chí sửa, đồng chí khác đã lưu lịch này. Đồng chí xem lại từng chi bộ rồi lưu.")
        )
    picture = known.picture(chosen)
    for branch_id, officer_id in changes.items():
        if officer_id and (sentence := known.problem(branch_id, officer_id, picture)):
            raise Refused(sentence, field=f"officer_{branch_id}")
    roster.each, roster.arranged_by_id = each, member_of(by)
    roster.revision += 1
    roster.full_clean()
    roster.save()
    dropped = [known.standing[branch_id] for branch_id in changes if branch_id in known.standing]
    for visit in dropped:
        move(visit, VisitStatus.DROPPED)
    added = [
        Visit(roster=roster, branch_id=branch_id, officer_id=officer_id)
        for branch_id, officer_id in changes.items()
        if officer_id
    ]
    for visit in added:
        visit.full_clean()
        visit.save()
    record("visits.arranged", by=by, body=body_id, obj=roster, added=len(added), dropped=len(dropped))
    tell_changes(known, added, dropped, by=by)
    return len(changes)


@transaction.atomic
def mark_attended(visit: Visit, *, remark: str = "", by: Viewer | None) -> None:
    """The officer was there; `remark` is one line about the meeting, at most 500 characters. Said again, it changes."""
    slot = _hold(visit)
    if slot.is_off:
        raise Refused(_("Chi bộ không họp tháng này nên không ghi là đã dự được."))
    if not slot.has_begun(visit.roster.month):
        raise Refused(_("Chưa đến giờ họp. Họp xong, đồng chí ghi là đã dự."))
    if (visit.is_attended, visit.remark) == (True, remark):
        return
    standing = Visit.objects.standing().filter(roster=visit.roster_id, branch=visit.branch_id)
    if standing.exclude(pk=visit.pk).exists():
        raise Refused(_("Cấp ủy đã phân công đồng chí khác dự thay. Đồng chí báo cấp ủy sửa lịch trước."))
    _say(visit, VisitStatus.ATTENDED, remark=remark, reason="")
    record("visit.attended", by=by, body=visit.roster.body_id, obj=visit)


@transaction.atomic
def mark_missed(visit: Visit, *, reason: str, by: Viewer | None) -> None:
    """The officer cannot come, or did not; whoever arranged the roster and the branch's secretary are told."""
    slot = _hold(visit)
    if (visit.is_missed, visit.reason) == (True, reason):
        return
    if not reason:
        raise Refused(_("Đồng chí ghi lý do không dự được."), field="reason")
    _say(visit, VisitStatus.MISSED, remark="", reason=reason)
    record("visit.missed", by=by, body=visit.roster.body_id, obj=visit)
    tell_missed(visit, slot, by=by)


def _hold(visit: Visit) -> Slot:
    """Lock the roster's committee and the visit; returns the hour of the meeting as it stands now."""
    take_turns(visit.roster.body_id)
    hold(visit, *ANSWERABLE, says=_("Cấp ủy đã thôi phân công đồng chí dự buổi này."))
    return slots_of(visit.roster.body_id, [visit.branch_id], visit.roster.month)[visit.branch_id]


def _say(visit: Visit, to: VisitStatus, **words: str) -> None:
    for name, value in words.items():
        setattr(visit, name, value)
    visit.answered_at = now()
    visit.clean_fields()
    # Whoever arranges at this moment has not seen it: the save is refused, and the page shows it.
    Roster.objects.filter(pk=visit.roster_id).update(revision=F("revision") + 1)
    if visit.status == to:
        visit.save(update_fields=[*words, "answered_at"])
    else:
        move(visit, to, answered_at=visit.answered_at, **words)
