"""The closure against a naive reference, over random histories made by the real operations."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenep.organizations import closure, operations
from nenep.organizations.kinds import PARENTS
from nenep.organizations.loading import TreeRow, load_tree
from nenep.organizations.models import Body, Closure, Edge, Kind
from nenep.organizations.operations import NewBody
from nenep.organizations.tests.make import make_small_bloc
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

START = date(2010, 1, 1)
_codes = count(1)
VERBS = ["create", "create", "move", "move", "move", "merge", "succeed", "split", "dissolve"]
numbers = st.integers(0, 1000)
steps = st.lists(
    st.tuples(st.sampled_from(VERBS), numbers, numbers, st.integers(0, 9)), min_size=6, max_size=20
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_the_closure_equals_the_recursive_answer_after_any_history(steps):
    with transaction.atomic():
        done = live_through(steps)
        last = max(Edge.objects.values_list("valid_from", flat=True))
        edges = list(Edge.objects.all())
        stored = list(Closure.objects.all())
        for day in {START, last, *(START + timedelta(days=offset) for offset in range(0, 180, 11))}:
            for body in Body.objects.all():
                found = {
                    (row.ancestor_id, row.depth)
                    for row in stored
                    if row.descendant_id == body.pk and row.valid_from <= day < row.valid_to
                }
                assert found == naive_ancestors(body, day, edges), (done, body.code, day)
        assert rows() == {tuple(row) for row in closure.derived()}
        kept = rows()
        closure.rebuild()
        assert rows() == kept
        transaction.set_rollback(True)


def live_through(steps):
    """Carry the steps out on a small bloc as far as the operations allow; a gap of 0 days runs into what is known."""
    load_tree(list(seed()), by=None)
    day, done = START, []
    for verb, first, second, gap in steps:
        day += timedelta(days=gap)
        living = list(Body.objects.on(day).order_by("pk"))
        if living:
            with suppress(Refused), transaction.atomic():
                take(verb, living[first % len(living)], living, second, day)
                done.append(verb)
    return done


def seed():
    """Two committees with everything that can stand under them, in the cheapest way there is."""
    for top in ("K1", "K2"):
        yield TreeRow(top, top, Kind.COMMITTEE, "", START)
        yield TreeRow(f"{top}B", "CB", Kind.GRASSROOTS_BRANCH, top, START)
        for number in ("1", "2"):
            org = top + number
            yield TreeRow(org, org, Kind.GRASSROOTS_ORGANIZATION, top, START)
            yield TreeRow(f"{org}S", "BP", Kind.SECTIONAL_ORGANIZATION, org, START)
            yield TreeRow(f"{org}SB", "CB", Kind.SUBORDINATE_BRANCH, f"{org}S", START)
            yield TreeRow(f"{org}B", "CB", Kind.SUBORDINATE_BRANCH, org, START)


def take(verb, one, living, number, day):
    kind = Kind(one.kind)
    fitting = [body for body in living if body.kind in PARENTS[kind]]
    peers = [body for body in living if body.kind == kind and body != one]
    match verb:
        case "create":
            kinds = [child for child in Kind if kind in PARENTS[child]]
            pick(kinds, number, lambda child: found(child, one, day))
        case "move":
            pick(fitting, number, lambda parent: operations.move_body(one, parent=parent, day=day, by=None))
        case "merge":
            pick(peers, number, lambda peer: merge(one, peer, plan(one, day), day))
        case "succeed":
            pick(peers, number, lambda peer: operations.succeed_body(one, into=peer, day=day, by=None))
        case "split":
            children = Body.objects.children_of(one.pk, day).values_list("pk", flat=True)
            parts = [plan(one, day), plan(one, day)]
            places = {child: parts[place % 2].code for place, child in enumerate(children)}
            operations.split_body(one, parts=parts, children=places, day=day, by=None)
        case "dissolve":
            operations.dissolve_body(one, day=day, by=None)


def pick(choices, number, act):
    if choices:
        act(choices[number % len(choices)])


def found(kind, parent, day):
    operations.create_body(code=f"H{next(_codes)}", name="Mới", kind=kind, parent=parent, day=day, by=None)


def merge(one, peer, into, day):
    operations.merge_bodies([one, peer], into=into, day=day, by=None)


def plan(like, day):
    edge = Edge.objects.filter(child=like, valid_from__lte=day, valid_to__gt=day).first()
    return NewBody(f"H{next(_codes)}", "Mới", Kind(like.kind), edge and edge.parent)


def naive_ancestors(body, day, edges):
    """One step at a time over the edges of that day."""
    if not body.founded_on <= day < body.dissolved_on:
        return set()
    parents = {edge.child_id: edge.parent_id for edge in edges if edge.valid_from <= day < edge.valid_to}
    found, key, depth = {(body.pk, 0)}, body.pk, 0
    while key in parents:
        key, depth = parents[key], depth + 1
        found.add((key, depth))
    return found


def rows():
    return set(Closure.objects.values_list(*closure.COLUMNS))


def test_touching_periods_of_the_same_ancestor_are_one_row():
    bloc = make_small_bloc()
    operations.move_body(bloc.branch, parent=bloc.neighbour, day=date(2015, 1, 1), by=None)
    through = Closure.objects.get(ancestor=bloc.bloc, descendant=bloc.branch)
    assert (through.valid_from, through.valid_to) == (START, date(9999, 12, 31))


def test_a_move_writes_only_the_rows_that_differ():
    bloc = make_small_bloc()
    Edge.objects.filter(child=bloc.section).update(parent=bloc.neighbour)
    # For the section and its branch: the row of the old parent goes, that of the new one comes.
    assert closure.refresh([bloc.section.pk]) == 4
    assert closure.refresh([bloc.section.pk]) == 0


def test_the_reference_notices_a_missing_refresh():
    bloc = make_small_bloc()
    Edge.objects.filter(child=bloc.section).update(parent=bloc.neighbour)
    assert rows() != {tuple(row) for row in closure.derived()}


def test_edges_that_go_in_a_circle_are_named():
    bloc = make_small_bloc()
    Edge.objects.create(child=bloc.bloc, parent=bloc.branch, valid_from=START)
    with pytest.raises(closure.Circle):
        closure.rebuild()
