"""Over random histories nobody is counted twice or lost: on any day the branches add up to the members."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from nenep.journal.verification import verify
from nenep.organizations.models import Body
from nenep.organizations.operations import merge_bodies, move_body
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Member, Office, Post
from nenep.people.offices import appoint
from nenep.people.operations import leave, rejoin, transfer
from nenep.people.reads import branch_on, member_count, roster
from nenep.people.tests.make import make_member
from nenep.shared.states import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

START = date(2012, 1, 1)
choices = st.integers(min_value=0, max_value=3)
# Often the same day: that is where half-open periods go wrong.
steps = st.sampled_from([0, 0, 0, 1, 13])


class Histories(RuleBasedStateMachine):
    """Random verbs at random days; refusals are answers, wrong sums are not.

    The model beside it is a list of (member, branch, day) facts that knows nothing of rows and periods.
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
        self.branches = list(Body.objects.on(START).branches().order_by("pk"))

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

    @rule(member=choices, later=steps)
    def appoint(self, member, later):
        self._pass(later)
        if person := self._pick(member):
            where = branch_on(person.pk, self.day)
            body = Body.objects.filter(pk=where).first()
            self._try(
                lambda: appoint(person, body=body, post=Post.CLERK, day=self.day, by=None) if body else None
            )

    @rule(first=choices, second=choices, later=steps)
    def merge(self, first, second, later):
        self._pass(later)
        one, other = self._living(first), self._living(second)
        if self._try(lambda: merge_bodies([one], into=other, day=self.day, by=None)):
            for history in self.facts.values():
                if history[-1][1] == one.pk:
                    history.append((self.day, other.pk))

    @rule(branch=choices, later=steps)
    def move(self, branch, later):
        self._pass(later)
        self._try(lambda: move_body(self._living(branch), parent=self.tree.neighbour, day=self.day, by=None))

    @invariant()
    def the_branches_add_up_to_the_members(self):
        if not getattr(self, "facts", None):
            return
        days = {START, self.day, self.day - timedelta(days=1), START + (self.day - START) / 2}
        for day in days:
            expected = [self._expected(member, day) for member in self.facts]
            for body in self.branches:
                assert len(roster(body.pk, day)) == expected.count(body.pk)
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

    def teardown(self):
        try:
            assert verify().ok
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def _expected(self, member, day):
        known = [where for since, where in self.facts[member] if since <= day]
        return known[-1] if known else None

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

    def _pick(self, number):
        members = sorted(self.facts)
        return Member.objects.get(pk=members[number % len(members)]) if members else None

    def _living(self, number):
        living = list(Body.objects.on(self.day).branches().order_by("pk"))
        return living[number % len(living)]

    def _pass(self, later):
        self.day += timedelta(days=later)

    def _try(self, verb):
        try:
            return verb()
        except Refused:
            return None


def test_on_any_day_of_any_history_the_branches_add_up_to_the_members():
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
