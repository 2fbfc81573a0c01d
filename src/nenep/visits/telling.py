"""Who is told of a visit: the officer, and the secretary of the branch that will have a guest.

Also which officer above is told of a branch's meeting: who attends it, and who is responsible for its cluster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.models import MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.notices.operations import notify
from nenep.organizations.reads import lineage, names_on
from nenep.people.models import Office, Post
from nenep.shared.dates import month_end, today, valid_on
from nenep.shared.words import moment_words, month_words
from nenep.visits.models import Visit, VisitStatus
from nenep.visits.slots import Slot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer
    from nenep.visits.months import Month


def when_words(slot: Slot) -> str:
    """ "lúc 14:00 ngày 03/12/2026 tại Phòng họp", to stand after a comma."""
    if slot.is_off:
        return _("chi bộ không họp tháng này")
    if slot.starts_at is None:
        return _("chưa có lịch họp")
    words = {"time": moment_words(slot.starts_at), "place": slot.place}
    if slot.is_planned:
        return _("theo kế hoạch năm lúc %(time)s") % words
    return _("lúc %(time)s tại %(place)s") % words if slot.place else _("lúc %(time)s") % words


def tell_changes(
    known: Month, added: Collection[Visit], dropped: Collection[Visit], *, by: Viewer | None
) -> None:
    """Each officer of each visit; each secretary once for the branch, whoever came in whose place."""
    secretaries = _secretaries(visit.branch_id for visit in [*added, *dropped])
    replaced = {visit.branch_id for visit in dropped}
    for visit in dropped:
        text = _("Cấp ủy thôi phân công đồng chí dự sinh hoạt %(branch)s.")
        _tell([visit.officer_id], visit, text % {"branch": known.names[visit.branch_id]}, by=by)
    for visit in added:
        branch, slot = known.names[visit.branch_id], known.slots[visit.branch_id]
        text = _("Đồng chí được phân công dự sinh hoạt %(branch)s, %(when)s.")
        _tell([visit.officer_id], visit, text % {"branch": branch, "when": when_words(slot)}, by=by)
        officer = known.officers[visit.officer_id]
        text = _("Đồng chí %(name)s (%(posts)s) dự sinh hoạt chi bộ.")
        if visit.branch_id in replaced:
            text = _("Đổi người dự sinh hoạt chi bộ: nay là đồng chí %(name)s (%(posts)s).")
        words = {"name": officer.name, "posts": officer.posts}
        _tell(secretaries.get(visit.branch_id, []), visit, text % words, by=by)
    for visit in dropped:
        if visit.branch_id not in {one.branch_id for one in added}:
            text = _("Đồng chí %(name)s không dự sinh hoạt chi bộ như đã báo.")
            told = secretaries.get(visit.branch_id, [])
            _tell(told, visit, text % {"name": visit.officer.full_name}, by=by)


def tell_missed(visit: Visit, slot: Slot, *, by: Viewer | None) -> None:
    """Whoever arranged, to find somebody else; the secretary while the meeting is still to come."""
    branch = names_on([visit.branch_id], month_end(visit.roster.month))[visit.branch_id]
    words = {"name": visit.officer.full_name, "branch": branch, "reason": visit.reason.rstrip(".")}
    if visit.roster.arranged_by_id:
        text = _("Đồng chí %(name)s không dự được sinh hoạt %(branch)s. Lý do: %(reason)s.") % words
        _tell([visit.roster.arranged_by_id], visit, text, by=by)
    if not slot.has_begun(visit.roster.month):
        text = _("Đồng chí %(name)s không dự sinh hoạt chi bộ như đã báo.") % words
        _tell(_secretaries([visit.branch_id]).get(visit.branch_id, []), visit, text, by=by)


def tell_of_meeting(meeting: Meeting) -> None:
    """The meeting was called, got another hour or place, or is off: the officers whom it concerns (hook `announced`).

    Whoever was to attend it; of a thematic one, whoever attends the branch that month. Whoever is responsible for the
    branch's cluster hears of every meeting once people were called to it (regulations.md 1.3, P3).
    """
    told = _tell_visitors(meeting)
    if meeting.called_at:
        _tell_in_charge(meeting, without=told)


def _tell_visitors(meeting: Meeting) -> set[int]:
    rows = Visit.objects.of_month(meeting.month).filter(branch=meeting.body_id, status=VisitStatus.ASSIGNED)
    told = set()
    for visit in rows.for_page():
        text = _("%(meeting)s Đồng chí được phân công dự.")
        if meeting.kind != MeetingKind.REGULAR:
            text = _("%(meeting)s Đồng chí được phân công dự sinh hoạt thường kỳ tháng này.")
        _tell([visit.officer_id], visit, text % {"meeting": _said_of(meeting)}, by=None)
        told.add(visit.officer_id)
    return told


def _tell_in_charge(meeting: Meeting, *, without: Collection[int]) -> None:
    above = lineage(meeting.body_id, meeting_day(meeting))
    held = Office.objects.filter(
        valid_on(today()),
        valid_on(meeting_day(meeting), prefix="cluster__places__"),
        cluster__places__body__in=above,
    )
    first = meeting.month
    notify(
        set(held.values_list("member_id", flat=True)) - set(without),
        kind="visit.cluster_meeting",
        title=_("Lịch sinh hoạt chi bộ trong cụm"),
        text=_said_of(meeting),
        url=reverse("home:branch_month", args=[meeting.body_id, first.year, first.month]),
        body=meeting.body_id,
        about=meeting,
        by_hand=False,
        by=None,
    )


def _said_of(meeting: Meeting) -> str:
    """Which branch meets when and where, or no longer meets, as a sentence."""
    text = _("%(branch)s họp %(when)s.")
    if meeting.kind != MeetingKind.REGULAR:
        text = _("%(branch)s họp chuyên đề %(when)s.")
    if meeting.is_called_off:
        text = _("%(branch)s đã hủy kỳ sinh hoạt lúc %(time)s.")
    return text % {
        "branch": names_on([meeting.body_id], month_end(meeting.month))[meeting.body_id],
        "when": when_words(Slot(meeting.starts_at, meeting.place)),
        "time": moment_words(meeting.starts_at),
    }


def _secretaries(branch_ids: Iterable[int]) -> dict[int, list[int]]:
    held = Office.objects.filter(valid_on(today()), post=Post.SECRETARY, body__in=set(branch_ids))
    return {branch: [member] for branch, member in held.values_list("body_id", "member_id")}


def _tell(members: Iterable[int], visit: Visit, text: str, *, by: Viewer | None) -> None:
    notify(
        members,
        kind="visit.changed",
        title=_("Lịch dự sinh hoạt tháng %(month)s") % {"month": month_words(visit.roster.month)},
        text=text,
        url=reverse("visits:page", args=[visit.pk]),
        body=visit.roster.body_id,
        about=visit,
        by_hand=False,
        by=by,
    )
