"""What a plan lacks by the rules of its days. Told, never a bar: the members may still be told of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.meetings.models import Meeting
from nenep.meetings.quarter import ROMAN, place_in_year
from nenep.organizations.kinds import Kind
from nenep.organizations.reads import kind_on
from nenep.people.models import Office, Post
from nenep.plans.models import EntryKind
from nenep.plans.reads import day_in, months_of, rules_of_months
from nenep.shared.dates import month_start, today, valid_on
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from nenep.plans.models import Entry, Plan
    from nenep.rulebook.rules import Rules
    from nenep.rulebook.values import Rule

CONFERENCES = (EntryKind.MIDTERM, EntryKind.FINAL)
LAST_OF_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """`rule` is the one that asks for it, None where only the plan itself does.

    `may_be_on_paper`: a thematic meeting of a quarter that has begun, which the branch may have held on paper.
    """

    sentence: str
    rule: Rule | None = None
    may_be_on_paper: bool = False


@dataclass(frozen=True, slots=True)
class _Year:
    """`held`: the (kind, month) of meetings that stand without being in the plan."""

    body_id: int
    entries: Sequence[Entry]
    rules: Mapping[date, Rules]
    held: Sequence[tuple[str, date]]

    def months_with(self, kind: EntryKind) -> list[date]:
        """The months for which one of the kind is there; a month stands as often as it has some."""
        planned = [entry.month for entry in self.entries if entry.kind == kind]
        return planned + [month for name, month in self.held if name == kind]

    def months_without(self, kind: EntryKind) -> list[date]:
        known = set(self.months_with(kind))
        return [month for month in self.rules if month >= month_start(today()) and month not in known]


def gaps_of(plan: Plan, entries: Iterable[Entry]) -> list[Gap]:
    """Of the standing `entries` of the plan, in any order; months and quarters that are over are let alone."""
    meetings = Meeting.objects.standing().filter(body_id=plan.body_id, month__year=plan.year)
    known = meetings.values_list("pk", "kind", "month", "figures__thematic_lacks")
    # Held as thematic meetings and counted as none, for want of a part.
    lacking = {pk for pk, _kind, _month, lacks in known if lacks}
    standing = [
        entry
        for entry in entries
        if not entry.is_dropped and not entry.not_held_reason and entry.meeting_id not in lacking
    ]
    standing.sort(key=lambda entry: entry.month)
    linked = {entry.meeting_id for entry in standing} | lacking
    year = _Year(
        body_id=plan.body_id,
        entries=standing,
        rules=rules_of_months(plan.body_id, months_of(plan.year)),
        held=[(kind, month) for pk, kind, month, _lacks in known if pk not in linked],
    )
    kind = kind_on(plan.body_id, day_in(plan.year))
    if kind.is_branch:
        return [*_of_branch(year), *_days(year)]
    return [*_of_committee(year, kind), *_days(year)]


def _of_branch(year: _Year) -> Iterator[Gap]:
    for names, rule in _months_missing(year, EntryKind.REGULAR, "meet.frequency.branch"):
        yield Gap(_("Chưa có kỳ sinh hoạt thường kỳ: tháng %(months)s.") % {"months": names}, rule)
    yield from _quarters(year)
    if _has_committee(year):
        for names, rule in _months_missing(year, EntryKind.COMMITTEE, "meet.frequency.branch_committee"):
            yield Gap(_("Chưa có cuộc họp chi ủy: tháng %(months)s.") % {"months": names}, rule)
    if without := [_month(entry.month) for entry in year.entries if entry.lacks_question]:
        yield Gap(
            _("Kỳ chuyên đề chưa nêu câu hỏi cần bàn: tháng %(months)s.") % {"months": ", ".join(without)}
        )


def _of_committee(year: _Year, kind: Kind) -> Iterator[Gap]:
    if kind != Kind.GRASSROOTS_ORGANIZATION:
        return
    for names, rule in _months_missing(year, EntryKind.COMMITTEE, "meet.frequency.grassroots_committee"):
        yield Gap(_("Chưa có cuộc họp đảng ủy: tháng %(months)s.") % {"months": names}, rule)
    plenary = year.rules[max(year.rules)].rule("meet.frequency.grassroots_plenary")
    planned = sum(entry.kind in CONFERENCES for entry in year.entries)
    if plenary.value is not None and planned < plenary.number:
        words = {"planned": planned, "needed": plenary.number}
        yield Gap(
            _("Hội nghị toàn đảng bộ: mới có %(planned)d trong %(needed)d lần của năm.") % words, plenary
        )


def _months_missing(year: _Year, kind: EntryKind, rule_id: str) -> Iterator[tuple[str, Rule]]:
    """The months without one, in words, together with the rule; one of several where the rule changes in the year."""
    without: dict[Rule, list[str]] = {}
    for month in year.months_without(kind):
        rule = year.rules[month].rule(rule_id)
        if rule.value is not None:
            without.setdefault(rule, []).append(_month(month))
    for rule, months in without.items():
        yield ", ".join(months), rule


def _quarters(year: _Year) -> Iterator[Gap]:
    months = year.months_with(EntryKind.THEMATIC)
    for last in list(year.rules)[LAST_OF_QUARTER - 1 :: LAST_OF_QUARTER]:
        rule = year.rules[last].meeting.thematic_per_quarter
        found = sum(place_in_year(month) == place_in_year(last) for month in months)
        if last < month_start(today()) or rule.value is None or found >= rule.number:
            continue
        words = {"quarter": ROMAN[place_in_year(last)], "found": found, "needed": rule.number}
        sentence = _("Sinh hoạt chuyên đề quý %(quarter)s: mới có %(found)d/%(needed)d kỳ.") % words
        has_begun = last.replace(month=last.month - LAST_OF_QUARTER + 1) <= today()
        yield Gap(sentence, rule, may_be_on_paper=has_begun)


def _days(year: _Year) -> Iterator[Gap]:
    """Entries ahead that stand on a holiday, or outside the days of the fixed day."""
    for entry in year.entries:
        day = entry.day
        if day < today():
            continue
        rules = year.rules.get(month_start(day), year.rules[max(year.rules)])
        if holiday := rules.calendar.holiday(day):
            words = {
                "day": day_words(day),
                "holiday": holiday.says,
                "kind": entry.get_kind_display(),
            }
            yield Gap(_("%(kind)s ngày %(day)s trùng ngày nghỉ: %(holiday)s.") % words)
        elif entry.kind == EntryKind.REGULAR:
            yield from _outside(entry, rules)
    if not any(
        holiday.days
        for holiday, _days_off in year.rules[max(year.rules)].calendar.of_year(max(year.rules).year)
    ):
        yield Gap(_("Phần mềm chưa có ngày nghỉ Tết của năm này. Đồng chí tự xem lại các ngày đầu năm."))


def _outside(entry: Entry, rules: Rules) -> Iterator[Gap]:
    fixed, fallback = rules.meeting.fixed_day, rules.meeting.fixed_day_fallback
    if fixed.value is None:
        return
    last = fallback.number if fallback.value is not None else fixed.number
    if not fixed.number <= entry.day.day <= last:
        words = {"day": day_words(entry.day), "fixed": fixed.number, "last": last}
        sentence = _(
            "Sinh hoạt thường kỳ ngày %(day)s không nằm trong các ngày %(fixed)d đến %(last)d của tháng."
        )
        yield Gap(sentence % words, fixed)


def _has_committee(year: _Year) -> bool:
    """Where nobody is a committee member, secretary and deputy consult each other."""
    day = day_in(max(year.rules).year)
    return Office.objects.filter(valid_on(day), body=year.body_id, post=Post.COMMITTEE_MEMBER).exists()


def _month(month: date) -> str:
    return str(month.month)
