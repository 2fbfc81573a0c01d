"""The first draft of a year: from the rulebook's template, on days that can be, with the meetings that are there."""

from collections import Counter
from datetime import date, datetime

import pytest
from django.utils import timezone

from nenep.meetings.tests.make import make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.plans.drafting import lines_of
from nenep.plans.operations import draft_plan
from nenep.plans.tests.make import MADE_AT, YEAR, at, make_plan, regular, thematic
from nenep.rulebook import rules_on
from nenep.rulebook.calendar import is_working
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


def test_one_tap_makes_the_year_of_a_branch(bloc):
    plan = make_plan(bloc.branch)
    entries = list(plan.entries.order_by("starts_at"))
    assert Counter(entry.kind for entry in entries) == {
        "regular": 12, "committee": 12, "thematic": 4, "study": 1, "midterm": 1, "final": 1,
    }  # fmt: skip
    assert all(is_working(entry.day) for entry in entries)
    days = [entry.day for entry in entries if entry.kind == "regular"]
    # The fixed day is the 3rd, to the 7th at the latest: 3 January is a Sunday, 3 April a Saturday.
    assert [day.day for day in days[:5]] == [4, 3, 3, 5, 3]
    assert all(3 <= day.day <= 7 for day in days)
    committee = next(
        entry for entry in entries if entry.kind == "committee" and entry.month == date(2027, 1, 1)
    )
    assert committee.day == date(2026, 12, 30)  # two working days before 4 January, New Year is none


def test_a_day_in_tet_is_moved_behind_it(bloc):
    """20 February 2026 is a Friday and the last day of Tet: without the lunar days it would be fine."""
    plan = make_plan(bloc.branch, year=2026, when=timezone.make_aware(datetime(2026, 1, 2)))
    assert thematic(plan, 2).day == date(2026, 2, 23)
    tet = rules_on(date(2026, 2, 20), ()).calendar.holiday(date(2026, 2, 20))
    assert tet.says == "Tết Nguyên đán 2026"
    assert date(2026, 2, 20).weekday() == 4


def test_the_template_depends_on_the_kind_of_body(bloc):
    kinds = {name: set(make_plan(getattr(bloc, name)).entries.values_list("kind", flat=True)) for name in ("organization", "bloc")}  # fmt: skip
    assert kinds["organization"] == {"committee", "study", "midterm", "final"}
    assert kinds["bloc"] == {"cluster_briefing", "study", "midterm", "final"}


def test_a_study_session_is_offered_as_the_programs_own_proposal(bloc):
    """The founding report has the work (R33) and no day: the secretary reads that nobody prescribes it."""
    (study,) = [line for line in lines_of(bloc.branch.pk, YEAR) if line.kind == "study"]
    assert study.needs_review
    assert "chưa kiểm chứng" in study.citation
    entry = make_plan(bloc.branch).entries.get(kind="study")
    assert (entry.day, entry.content) == (date(2027, 4, 15), study.content)


def test_hour_and_place_are_those_of_the_last_regular_meeting(bloc):
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    make_meeting(bloc.branch, chair=secretary, at=at(3, 12, hour=8, year=2026))
    entry = regular(make_plan(bloc.branch), 3)
    assert (timezone.localtime(entry.starts_at).hour, entry.place) == (8, "Phòng họp")


def test_a_meeting_that_is_there_is_taken_up_and_what_is_over_is_left_out(bloc):
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    held = make_meeting(bloc.branch, chair=secretary, at=at(9, 12, year=2026))
    with clock_at(at(20, 11, year=2026)):
        plan = draft_plan(bloc.branch.pk, year=2026, by=None)
    entries = list(plan.entries.order_by("starts_at"))
    assert {entry.month for entry in entries if entry.kind == "regular"} == {date(2026, 12, 1)}
    entry = regular(plan, 12)
    assert (entry.made, entry.at) == (held, held.starts_at)
    assert all(one.at > at(20, 11, year=2026) for one in entries)


def test_a_second_tap_finds_the_first_plan(bloc):
    first = make_plan(bloc.branch)
    assert make_plan(bloc.branch) == first
    assert first.entries.count() == 31


@pytest.mark.parametrize("year", [2025, 2028])
def test_only_this_year_and_the_next_are_planned(bloc, year):
    with clock_at(MADE_AT), pytest.raises(Refused, match="năm nay và năm sau"):
        draft_plan(bloc.branch.pk, year=year, by=None)
