"""A meeting that was held on paper, typed in afterwards from its sheets: all of it, or nothing.

The regular meeting of a month; what a thematic one shares with it is `write_lines` to `adopt_sheets`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.documents.storing import as_json
from nenep.journal.operations import record
from nenep.meetings.agenda import MANY, fill_agenda, steps_for
from nenep.meetings.attendance import Mark, count, freeze, lines_of, starting_marks, write_marks
from nenep.meetings.circle import require_summoned
from nenep.meetings.days import last_day
from nenep.meetings.hours import require_end
from nenep.meetings.minutes import compose, journal_head, keep_figures, require_majority, tell_members
from nenep.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingFigures,
    MeetingStatus,
    Minutes,
    PaperEntry,
    Presence,
)
from nenep.meetings.operations import open_month
from nenep.meetings.voting import write_vote
from nenep.organizations.turns import take_turns
from nenep.people.reads import roster
from nenep.search.operations import put
from nenep.shared.dates import month_start, next_month, now, today
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.shared.words import day_words, month_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from nenep.meetings.voting import Hands
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer

# Planned minutes of the pack are the program's suggestion: of a meeting nobody planned here they say nothing.
UNKNOWN_MINUTES = {
    f"minutes_{part}": 0 for part in ("information", "political_task", "party_building", "discussion")
}


@dataclass(frozen=True, slots=True)
class Part:
    """What the sheets say about a part: its conclusion, or why it was not dealt with; `notes` are what was said."""

    conclusion: str = ""
    skipped_because: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """A meeting as its signed minutes tell it. Counts are of persons; `parts` by the id of the pack's step."""

    began_at: datetime
    ended_at: datetime
    place: str
    chair: Member
    note_taker: Member
    marks: Mapping[int, Mark] = field(default_factory=dict)
    """By member id, the exceptions; whoever is not named was there, unless the standing of the day says otherwise."""
    parts: Mapping[str, Part]
    votes: Sequence[Hands] = ()
    resolution: str = ""
    votes_for: int
    speakers: int | None = None
    committee_met: bool = False
    draft_prepared: bool = False
    is_signed: bool = False


def regular_meeting(body_id: int, month: date) -> Meeting | None:
    return Meeting.objects.regular().standing().for_page().filter(body_id=body_id, month=month).first()


@transaction.atomic
def enter_from_paper(body_id: int, month: date, sheets: Sheets, *, by: Viewer | None) -> Meeting:
    """Write a month's regular meeting down as held and adopted, by the rules of its day; returns it.

    The month may be empty, planned, called, recorded as not held, or known in imported figures only; otherwise
    Refused. So is a day outside the month, a chair or note-taker who was absent, a required part without a word,
    and counts beyond those present; nothing stays then.
    """
    take_turns(body_id)
    meeting = regular_meeting(body_id, month) or Meeting(body_id=body_id, month=month)
    if meeting.pk:
        hold(meeting)
    if month > today():
        raise Refused(_("Tháng này chưa tới nên chưa nhập được."))
    if not meeting.takes_paper:
        raise Refused(_("Tháng này đã có biên bản hoặc đang họp trong phần mềm nên không nhập lại được."))
    _require_time(meeting, sheets)
    was = state_before(meeting)
    write_lines(meeting, sheets)
    write_parts(meeting, sheets)
    write_roll(meeting, sheets, was=was, by=by)
    # Before the event: planning locks the branch and then its chain, and so must everybody.
    open_month(body_id, month=max(next_month(month), month_start(today())), by=by)
    adopt_sheets(meeting, sheets, was=was, by=by)
    return meeting


def state_before(meeting: Meeting) -> str:
    """For `PaperEntry.was`: ask before anything is written."""
    if not meeting.pk:
        return ""
    return "imported" if meeting.is_imported else meeting.status


def _require_time(meeting: Meeting, sheets: Sheets) -> None:
    last = last_day(meeting.body_id, meeting.month)
    if not meeting.month <= timezone.localdate(sheets.began_at) <= last:
        raise Refused(
            _("Ngày họp phải trong tháng %(month)s, chậm nhất ngày %(last)s. Đồng chí xem lại ngày.")
            % {"month": month_words(meeting.month), "last": day_words(last)},
            field="day",
        )
    require_end(sheets.began_at, sheets.ended_at, field="ended")


def write_lines(meeting: Meeting, sheets: Sheets) -> None:
    """When, where, who led. What was imported in figures gives way to what the sheets say."""
    meeting.starts_at = meeting.began_at = sheets.began_at
    meeting.ended_at, meeting.place = sheets.ended_at, sheets.place
    meeting.chair, meeting.note_taker = sheets.chair, sheets.note_taker
    meeting.is_time_proposed = False
    for name in ("chair", "note_taker"):
        require_summoned(meeting, [getattr(meeting, name)], field=name)
    if meeting.is_imported:
        MeetingFigures.objects.filter(meeting=meeting).delete()
        meeting.is_imported, meeting.status = False, MeetingStatus.PLANNED
    meeting.full_clean()
    meeting.save()


def write_parts(meeting: Meeting, sheets: Sheets) -> None:
    """The parts that the pack of the day asks for, each with its conclusion; those planned here beforehand stay."""
    steps = {step.id for step in steps_for(meeting) if step.is_item}
    if steps != set(meeting.items.exclude(step="").values_list("step", flat=True)):
        own = list(meeting.items.filter(step="").order_by("position"))
        meeting.items.exclude(step="").delete()
        meeting.items.update(position=F("position") + MANY)
        fill_agenda(meeting)
        for item in own:
            item.position = meeting.items.filter(position__lt=MANY).count() + 1
            item.save(update_fields=["position"])
    items = list(meeting.items.all())
    for item in items:
        said = sheets.parts.get(item.step, Part())
        item.conclusion, item.skipped_because = said.conclusion.strip(), said.skipped_because.strip()
        item.notes = said.notes.strip() or item.notes
        if item.awaits_text:
            raise Refused(
                _("“%(title)s” là phần bắt buộc: đồng chí ghi kết luận, hoặc ghi vì sao không bàn.")
                % {"title": item.title},
                field=f"p{item.step}_conclusion",
            )
    AgendaItem.objects.bulk_update(items, ["notes", "conclusion", "skipped_because"])


def write_roll(meeting: Meeting, sheets: Sheets, *, was: str, by: Viewer | None) -> None:
    """Who was there and how they voted, and that all of it comes from paper."""
    PaperEntry.objects.create(
        meeting=meeting, was=was, resolution=sheets.resolution, at=now(), by_id=member_of(by)
    )
    _mark(meeting, sheets)
    for number, hands in enumerate(sheets.votes):
        try:
            write_vote(meeting, hands, by=by)
        except Refused as refusal:
            raise Refused(str(refusal), field=f"v{number}_for") from refusal


def _mark(meeting: Meeting, sheets: Sheets) -> None:
    everybody = [entry.member_id for entry in roster(meeting.body_id, timezone.localdate(meeting.starts_at))]
    marks = dict.fromkeys(everybody, Mark(Presence.PRESENT)) | starting_marks(meeting) | dict(sheets.marks)
    write_marks(meeting, marks)
    for name, member in (("chair", sheets.chair), ("note_taker", sheets.note_taker)):
        if marks[member.pk].presence.is_absence:
            raise Refused(
                _("Đồng chí %(name)s ghi là vắng nên không chủ trì, không ghi biên bản được.")
                % {"name": member.full_name},
                field=name,
            )


def adopt_sheets(
    meeting: Meeting,
    sheets: Sheets,
    *,
    was: str,
    beside: Callable[[Meeting], None] | None = None,
    by: Viewer | None,
) -> None:
    """Adopt, count and tell. `beside` writes what higher modules keep of the same sheets, before it is all counted."""
    lines = lines_of(meeting)
    counts = count(meeting, lines)
    was_not_held = meeting.status == MeetingStatus.NOT_HELD
    move(
        meeting,
        MeetingStatus.ADOPTED,
        expected=counts.expected,
        present=counts.present,
        excused=counts.excused,
        unexcused=counts.unexcused,
        roll=freeze(meeting, lines),
    )
    require_majority(meeting, votes_for=sheets.votes_for, speakers=sheets.speakers)
    if beside:
        beside(meeting)
    content = replace(compose(meeting, votes_for=sheets.votes_for), note=journal_head())
    minutes = Minutes.objects.create(
        meeting=meeting,
        content=as_json(content),
        adopted_at=sheets.ended_at,
        votes_for=sheets.votes_for,
        signed_at=now() if sheets.is_signed else None,
    )
    put(minutes)
    known: dict[str, int | date] = {} if meeting.called_at else dict(UNKNOWN_MINUTES)
    known["adopted_on"] = timezone.localdate(sheets.ended_at)
    if sheets.speakers is not None:
        known["speakers"] = sheets.speakers
    if sheets.committee_met:
        known["committee_met"] = True
    if sheets.draft_prepared:
        known["draft_prepared"] = True
    keep_figures(meeting, **known)
    if was_not_held:
        meeting.called_off.taken_back_at = now()
        meeting.called_off.save(update_fields=["taken_back_at"])
        record("meeting.not_holding_taken_back", by=by, body=meeting.body_id, obj=meeting)
    record("meeting.entered_from_paper", by=by, body=meeting.body_id, obj=meeting, was=was)
    tell_members(meeting, by=by)
