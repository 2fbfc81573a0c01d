"""Plans of the year: two published ones of branches, those of the committees above, one still a draft."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from nenep.demo import words
from nenep.demo.bodies import SUCCESSOR
from nenep.demo.branches import BOARD, ORGANIZATION, SHOWN, shown_member, viewer
from nenep.demo.closeup.cast import DRAFTING, PLANNING, on
from nenep.notices.operations import mark_seen
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.plans.models import EntryKind, Plan
from nenep.plans.operations import change_entry, draft_plan, drop_entry, publish_plan
from nenep.plans.outcomes import may_be_said, outcomes_of, say_held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.demo.branches import Action
    from nenep.demo.closeup.cast import Cast

DAYS_UNTIL_MOVED = 21
# Whose plan is written by the officer of which body.
COMMITTEES = ((ORGANIZATION, ORGANIZATION), (SUCCESSOR, BOARD))


def actions(cast: Cast) -> Iterator[Action]:
    """Written before the year begins, from its first meeting on."""
    year = cast.today.year
    yield on(date(year - 1, 12, 15), 8), lambda: _draft_plans(cast)
    yield on(date(year - 1, 12, 18), 8), lambda: _publish_plans(cast)
    yield on(date(year - 1, 12, 28), 9), lambda: _change_plans(cast)
    if (day := date(year, 7, 15)) < cast.today:
        yield on(day, 8), lambda: _say_what_was_held(cast, day)


def _draft_plans(cast: Cast) -> None:
    for code in (SHOWN, PLANNING, DRAFTING):
        branch = cast.coded(code)
        draft_plan(branch.body.pk, year=cast.today.year, by=branch.secretary)
    for code, office in COMMITTEES:
        draft_plan(Body.objects.get(code=code).pk, year=cast.today.year, by=cast.officer(office))


def _publish_plans(cast: Cast) -> None:
    authors = {code: cast.coded(code).secretary for code in (SHOWN, PLANNING)}
    authors |= {code: cast.officer(office) for code, office in COMMITTEES}
    for code, author in authors.items():
        publish_plan(_plan_of(code, cast.today), by=author)
    for member in (shown_member(), cast.shown.secretary.member_id, cast.shown.deputy.member_id):
        if member:
            mark_seen(_plan_of(SHOWN, cast.today), by=viewer(member))


def _change_plans(cast: Cast) -> None:
    """The last theme of the year is moved, and gets its question; a neighbour drops its last committee meeting."""
    branch = cast.shown
    theme = _plan_of(SHOWN, cast.today).entries.filter(kind=EntryKind.THEMATIC).latest("starts_at")
    change_entry(
        theme,
        starts_at=theme.at + timedelta(days=DAYS_UNTIL_MOVED),
        place=words.PLACES[1],
        reason=words.PLAN_MOVED,
        content=words.THEME,
        presenter=Member.objects.get(pk=branch.deputy.member_id or 0),
        by=branch.secretary,
    )
    entries = _plan_of(PLANNING, cast.today).entries.filter(kind=EntryKind.COMMITTEE)
    drop_entry(entries.latest("starts_at"), reason=words.PLAN_DROPPED, by=cast.coded(PLANNING).secretary)


def _say_what_was_held(cast: Cast, day: date) -> None:
    """After the mid-year conference: the conferences, courses and meetings of committees of the first half."""
    authors = {code: cast.coded(code).secretary for code in (SHOWN, PLANNING)}
    authors |= {code: cast.officer(office) for code, office in COMMITTEES}
    for code, author in authors.items():
        plan = _plan_of(code, cast.today)
        entries = [entry for entry in plan.entries.for_page() if entry.day <= day]
        outcomes = outcomes_of(plan, entries)
        for entry in entries:
            if may_be_said(entry, outcomes[entry.pk]) and entry.kind != EntryKind.CLUSTER_BRIEFING:
                say_held(entry, on=entry.day, by=author)


def _plan_of(code: str, today: date) -> Plan:
    return Plan.objects.get(body__code=code, year=today.year)
