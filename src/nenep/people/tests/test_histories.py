"""Over random histories nobody is counted twice or lost: on any day the branches add up to the members."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nenep.journal.verification import verify
from nenep.organizations.models import Body
from nenep.organizations.operations import merge_bodies, move_body
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.introductions import accept, introduce, refuse, withdraw
from nenep.people.models import Introduction, IntroductionKind, Member, Office, Post
from nenep.people.offices import appoint
from nenep.people.operations import leave, rejoin, transfer
from nenep.people.reads import branch_on, member_count, roster
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

START = date(2012, 1, 1)
choices = st.integers(min_value=0, max_value=3)
# Often the same day: that is where half-open periods go wrong.
steps = st.sampled_from([0, 0, 0, 1, 13])
answers = st.sampled_from([None, accept, accept, withdraw, lambda row, by: refuse(row, reason="x", by=by)])
kinds = st.sampled_from([IntroductionKind.TRANSFER, IntroductionKind.TRANSFER, IntroductionKind.STAY])


class Histories(RuleBasedStateMachine):
    """Random verbs at random days; refusals are answers, wrong sums are not.

    The model beside it is a list of (member, branch, day) facts that knows nothing of rows and periods, and who
    waits to be received where.
    """

    def __init__(self):
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()

    @initialize()
    def plant(self):
        self.tree = make_small_bloc()
        self.day = START
        self.facts: dict[int, list[tuple[date, int | None]]] = {}
        self.waiting: dict[int, tuple[int, int, date]] = {}
        self.branches = list(Body.objects.on(START).branches().order_by("pk"))
        for number in range(3):
            self.admit(number, 0)

    @rule(branch=choices, later=steps)
    def admit(self, branch, later):
        self._pass(later)
        where = self._living(branch)
        member = make_member(where, since=self.day)
        self.facts[member.pk] = [(self.day, where.pk)]

    @rule(member=choices, branch=choices, later=steps)
    def transfer(self, member, branch, later):
        self._pass(later)
        self._change(member, self._living(branch))

    @rule(member=choices, later=steps)
    def leave(self, member, later):
        self._pass(later)
        self._change(member, None)

    @rule(member=choices, branch=choices, ahead=st.sampled_from([-9, 0, 5]), kind=kinds, answer=answers)
    def introduce(self, member, branch, ahead, kind, answer):
        """Introduced, and perhaps answered a day later; else it waits, or something overtakes it."""
        person, to = self._pick(member), self._living(branch)
        day = self.day + timedelta(days=ahead)
        row = person and self._try(lambda: introduce(person, to=to, day=day, kind=kind, by=None))
        if row:
            self.waiting[person.pk] = (self._expected(person.pk, self.day), to.pk, day)
            self._pass(1)
            self._answer(row, answer)

    @precondition(lambda self: self.waiting)
    @rule(member=choices, answer=answers, later=steps)
    def answer(self, member, answer, later):
        self._pass(later)
        waiting = sorted(self.waiting)
        row = Introduction.objects.waiting().get(member=waiting[member % len(waiting)])
        self._answer(row, answer)

    @rule(member=choices, later=steps)
    def appoint(self, member, later):
        self._pass(later)
        if person := self._pick(member):
            where = branch_on(person.pk, self.day)
            body = Body.objects.filter(pk=where).first()
            self._try(
                lambda: appoint(person, body=body, post=Post.CLERK, day=self.day, by=None) if body else None
            )

    @precondition(lambda self: Body.objects.on(self.day).branches().count() > 2)
    @rule(first=choices, second=choices, later=steps)
    def merge(self, first, second, later):
        self._pass(later)
        one, other = self._living(first), self._living(second)
        if self._try(lambda: merge_bodies([one], into=other, day=self.day, by=None)):
            for member, history in self.facts.items():
                if self._expected(member, self.day) == one.pk:
                    history.append((self.day, other.pk))
            self.waiting = {
                member: (origin, to, day)
                for member, (origin, to, day) in self.waiting.items()
                if one.pk not in (origin, to)
            }

    @rule(branch=choices, later=steps)
    def move(self, branch, later):
        self._pass(later)
        self._try(lambda: move_body(self._living(branch), parent=self.tree.neighbour, day=self.day, by=None))

    @invariant()
    def the_branches_add_up_to_the_members(self):
        if getattr(self, "facts", None):
            self._add_up([self.day])

    @invariant()
    def those_who_wait_are_where_they_were(self):
        rows = Introduction.objects.waiting().values_list("member", "origin", "destination")
        model = {(member, origin, to) for member, (origin, to, _day) in getattr(self, "waiting", {}).items()}
        assert set(rows) == model
        assert all(branch_on(member, self.day) == origin for member, origin, _to in rows)

    def teardown(self):
        try:
            turns = {since for facts in self.facts.values() for since, _where in facts}
            self._add_up(sorted({day - timedelta(days=back) for day in turns for back in (0, 1)}))
            assert verify().ok
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def _add_up(self, days):
        for day in days:
            expected = [self._expected(member, day) for member in self.facts]
            for body in self.branches:
                own = [entry for entry in roster(body.pk, day) if not entry.is_guest]
                assert len(own) == expected.count(body.pk)
            # A sum over branches is a sum over the tree only while every branch stands in it.
            living = Body.objects.on(day).branches()
            assert member_count(self.tree.bloc.pk, day) == sum(expected.count(body.pk) for body in living)
            for member in self.facts:
                assert branch_on(member, day) == self._expected(member, day)
            strangers = [
                office
                for office in Office.objects.on(day)
                if branch_on(office.member_id, day) != office.body_id
            ]
            assert strangers == []

    def _expected(self, member, day):
        known = [fact for fact in self.facts[member] if fact[0] <= day]
        return max(reversed(known), key=lambda fact: fact[0])[1] if known else None

    def _change(self, number, where):
        person = self._pick(number)
        if person is None:
            return
        now = self._expected(person.pk, self.day)
        if where is None:
            done = self._try(lambda: leave(person, day=self.day, by=None) or True)
        elif now is None:
            done = self._try(lambda: rejoin(person, branch=where, day=self.day, by=None))
        else:
            done = self._try(lambda: transfer(person, to=where, day=self.day, by=None))
        if done:
            self.facts[person.pk].append((self.day, where and where.pk))
            self.waiting.pop(person.pk, None)

    def _pick(self, number):
        members = sorted(self.facts)
        return Member.objects.get(pk=members[number % len(members)]) if members else None

    def _answer(self, row, answer):
        if answer and self._try(lambda: answer(row, by=None) or True):
            _origin, to, day = self.waiting.pop(row.member_id)
            if answer is accept and row.kind == IntroductionKind.TRANSFER:
                self.facts[row.member_id].append((max(day, self.day), to))

    def _living(self, number):
        living = list(Body.objects.on(self.day).branches().order_by("pk"))
        return living[number % len(living)]

    def _pass(self, later):
        self.day += timedelta(days=later)

    def _try(self, verb):
        with clock_at(timezone.make_aware(datetime.combine(self.day, time(9)))):
            try:
                return verb()
            except Refused:
                return None


def test_on_any_day_of_any_history_the_branches_add_up_to_the_members():
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
