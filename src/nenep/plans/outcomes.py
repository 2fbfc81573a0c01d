"""What became of the entries of a plan: from the program's own records where it has them, else as somebody said.

Records are the meetings of the branch, what its committee did before each, and briefings (`providers.records`). Of
courses, conferences and meetings of other committees the program knows nothing, so whoever may change the plan says it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.models import BEING_PREPARED, Meeting, MeetingStatus
from nenep.plans.models import Entry, EntryKind, EntryStatus
from nenep.plans.providers import records
from nenep.plans.reads import days_of, is_branch
from nenep.shared.dates import now, today
from nenep.shared.states import Refused, hold
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from nenep.plans.models import Plan
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an entry; neither `held_on` nor `reason`: not known.

    `reason`: why it was not held. `is_recorded`: a record of the program tells or will tell it, so nobody says it here.
    `prepares_id`: the meeting at whose pages the branch's committee is to record that it has met.
    """

    held_on: date | None = None
    reason: str = ""
    is_recorded: bool = False
    prepares_id: int | None = None

    @property
    def is_known(self) -> bool:
        return self.held_on is not None or bool(self.reason)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the `planned` entries were held, were not, and are past without a word of it."""

    planned: int
    held: int
    not_held: int
    unsaid: int


def outcomes_of(plan: Plan, entries: Sequence[Entry]) -> dict[int, Outcome]:
    """By key of the entry, all of one plan and read with their meetings; at most two statements."""
    kinds = {entry.kind for entry in entries}
    recorded: dict[int, Outcome] = {}
    if EntryKind.COMMITTEE in kinds and is_branch(plan.body_id, plan.year):
        recorded |= _of_committee(plan, entries)
    if EntryKind.CLUSTER_BRIEFING in kinds:
        recorded |= _of_records(plan)
    return {entry.pk: _outcome(entry, recorded) for entry in entries}


def outcome_of(entry: Entry) -> Outcome:
    """Of one entry, asked beside the others of its month: a record there belongs to the nearest."""
    beside = entry.plan.entries.filter(kind=entry.kind, month=entry.month)
    return outcomes_of(entry.plan, list(beside.for_page()))[entry.pk]


def tally(entries: Iterable[Entry], outcomes: Mapping[int, Outcome]) -> Tally:
    """Of the standing ones."""
    standing = [(entry, outcomes[entry.pk]) for entry in entries if not entry.is_dropped]
    return Tally(
        planned=len(standing),
        held=sum(outcome.held_on is not None for _entry, outcome in standing),
        not_held=sum(bool(outcome.reason) for _entry, outcome in standing),
        unsaid=sum(entry.day < today() and not outcome.is_known for entry, outcome in standing),
    )


def may_be_said(entry: Entry, outcome: Outcome) -> bool:
    """Whether its day has come and the program has no record that would tell it."""
    is_past = entry.day <= today()
    return is_past and not (entry.is_dropped or entry.becomes_meeting or outcome.is_recorded)


def recorded_words() -> str:
    return _("Cuộc này phần mềm có bản ghi riêng nên không phải ghi ở kế hoạch.")


@transaction.atomic
def say_held(entry: Entry, *, on: date | None, by: Viewer | None) -> None:
    """It was held on that day. Refused ahead of its day and where the program has a record of its own.

    The day may lie behind the planned one without a limit: what was held late was held.
    """
    _hold_past(entry)
    if on is None:
        raise Refused(_("Đồng chí ghi ngày đã tổ chức."), field="held_on")
    first, _last = days_of(entry)
    if not first <= on <= today():
        words = {"first": day_words(first), "today": day_words(today())}
        sentence = _("Ngày đã tổ chức phải từ %(first)s đến hôm nay, %(today)s.")
        raise Refused(sentence % words, field="held_on")
    _say(entry, "plan_entry.held", held_on=on, by=by)


@transaction.atomic
def say_not_held(entry: Entry, *, reason: str, by: Viewer | None) -> None:
    """It was not held, and why. What is only put off is moved instead (`operations.change_entry`)."""
    _hold_past(entry)
    if not reason:
        raise Refused(_("Đồng chí ghi lý do không tổ chức."), field="reason")
    _say(entry, "plan_entry.not_held", reason=reason, by=by)


@transaction.atomic
def take_back(entry: Entry, *, by: Viewer | None) -> None:
    """What was said of it was a mistake."""
    _hold_past(entry)
    _say(entry, "plan_entry.unsaid", by=by)


def _say(
    entry: Entry, verb: str, *, held_on: date | None = None, reason: str = "", by: Viewer | None
) -> None:
    if (entry.held_on, entry.not_held_reason) == (held_on, reason):
        return
    entry.held_on, entry.not_held_reason = held_on, reason
    entry.full_clean()
    entry.save(update_fields=["held_on", "not_held_reason"])
    record(verb, by=by, body=entry.plan.body_id, obj=entry)


def _hold_past(entry: Entry) -> None:
    hold(entry.plan)
    hold(entry, EntryStatus.STANDING, says=_("Kỳ này đã bỏ khỏi kế hoạch."))
    if entry.day > today():
        raise Refused(_("Chưa đến ngày của cuộc này. Đồng chí ghi khi đã tổ chức."))
    if not may_be_said(entry, outcome_of(entry)):
        raise Refused(recorded_words())


def _outcome(entry: Entry, recorded: Mapping[int, Outcome]) -> Outcome:
    if entry.becomes_meeting:
        return _of_meeting(entry.made)
    return recorded.get(entry.pk) or Outcome(entry.held_on, entry.not_held_reason)


def _of_meeting(meeting: Meeting | None) -> Outcome:
    if meeting and meeting.is_over:
        return Outcome(timezone.localdate(meeting.starts_at), is_recorded=True)
    if meeting and meeting.status == MeetingStatus.NOT_HELD:
        return Outcome(reason=meeting.called_off.words, is_recorded=True)
    return Outcome(is_recorded=True)


def _of_committee(plan: Plan, entries: Iterable[Entry]) -> dict[int, Outcome]:
    """What the committee did before the regular meeting of the month. Of several entries of a month it is the nearest.

    While that meeting is still prepared its own page waits for the record; afterwards without one it may be said here.
    """
    meetings = Meeting.objects.regular().standing().filter(body=plan.body_id, month__year=plan.year)
    rows = meetings.values_list("month", "pk", "status", "starts_at", "committee_meeting__held_at")
    of_month: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == EntryKind.COMMITTEE and not entry.is_dropped:
            of_month[entry.month].append(entry)
    found = {}
    for month, pk, status, starts_at, held_at in rows:
        if month not in of_month or not (held_at or status in BEING_PREPARED):
            continue
        at = held_at or starts_at
        entry = min(of_month[month], key=lambda one: abs(one.starts_at - at))
        met = timezone.localdate(held_at) if held_at and held_at <= now() else None
        asks = met is None and entry.day <= today()
        found[entry.pk] = Outcome(met, is_recorded=True, prepares_id=pk if asks else None)
    return found


def _of_records(plan: Plan) -> dict[int, Outcome]:
    """One entry may stand for several meetings: it was held once none of those that were opened is still open."""
    days: dict[int, list[date | None]] = defaultdict(list)
    for each in records.ask(plan.body_id, plan.year):
        days[each.entry_id].append(each.held_on)
    return {
        entry_id: Outcome(None if None in held else max(day for day in held if day), is_recorded=True)
        for entry_id, held in days.items()
    }
