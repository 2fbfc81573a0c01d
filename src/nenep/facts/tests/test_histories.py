"""Sums against a naive recursive reference, over random histories of the tree with facts in between."""

from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenep.facts.models import BranchMonth, NodeMonthNow, NodeMonthWas
from nenep.facts.operations import write_fact
from nenep.facts.rebuilding import _rows
from nenep.facts.summing import bring_up_to_date, resum_everything
from nenep.organizations.loading import load_tree
from nenep.organizations.models import Body, BodyKind, Edge
from nenep.organizations.tests.test_closure import START, VERBS, seed, take
from nenep.shared.dates import month_end, month_start, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

numbers = st.integers(0, 1000)
steps = st.lists(
    st.tuples(st.sampled_from([*VERBS, *["fact"] * 8, "sum"]), numbers, numbers, st.integers(0, 25)),
    min_size=8,
    max_size=24,
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_as_was_and_as_now_equal_the_recursive_answer_after_any_history(steps):
    with transaction.atomic():
        live_through(steps)
        bring_up_to_date()
        records = list(BranchMonth.objects.values_list("body_id", "month", "present"))
        edges = list(Edge.objects.select_related("child"))
        for table, as_of in ((NodeMonthWas, "was"), (NodeMonthNow, "now")):
            rows = table.objects.values_list("node_id", "month", "branches", "present")
            counted = {(node, month): sums for node, month, *sums in rows}
            assert counted == naive(records, edges, as_of), as_of
        kinds = list(BodyKind.objects.order_by("valid_from"))
        for row in BranchMonth.objects.all():
            kept = (row.grassroots, row.committee, row.province)
            assert kept == stamps(row.body_id, row.month, edges, kinds), row
        kept = _rows()
        resum_everything()
        assert _rows() == kept
        transaction.set_rollback(True)


def live_through(steps):
    load_tree(list(seed()), by=None)
    bring_up_to_date()
    day = START
    for verb, first, second, gap in steps:
        day += timedelta(days=gap)
        living = list(Body.objects.on(day).order_by("pk"))
        if verb == "sum":
            bring_up_to_date()
        elif verb == "fact":
            record(first, second, day)
        elif living:
            with suppress(Refused), transaction.atomic():
                take(verb, living[first % len(living)], living, second, day)


def record(first, second, day):
    """A number of this month or of the one before, for any body that lived then: branches change their kind."""
    day -= timedelta(days=31 * (second % 2))
    living = list(Body.objects.on(max(day, START)).order_by("pk"))
    if living:
        write_fact(living[first % len(living)].pk, max(day, START), present=second)


def naive(records, edges, as_of):
    """(body, month) -> [rows, present]: each record walks up one edge at a time."""
    totals = defaultdict(lambda: [0, 0])
    for body, month, present in records:
        for node in walk(body, month, edges, as_of):
            totals[node, month][0] += 1
            totals[node, month][1] += present
    return dict(totals)


def walk(body, month, edges, as_of):
    while True:
        body = next(
            (edge.parent_id for edge in edges if edge.child_id == body and counts(edge, month, as_of)), None
        )
        if body is None:
            return
        yield body


def stamps(body, month, edges, kinds):
    found = dict.fromkeys(("grassroots_organization", "committee", "province"))
    for node in walk(body, month, edges, "was"):
        kind = next(
            row.kind for row in reversed(kinds) if row.body_id == node and row.valid_from <= month_end(month)
        )
        found[kind] = node
    return tuple(found.values())[:3]


def counts(edge, month, as_of):
    if as_of == "now":
        return edge.valid_from <= today() < edge.valid_to
    day = min(month_end(month), edge.child.dissolved_on - timedelta(days=1))
    return edge.valid_from <= day < edge.valid_to and day >= month_start(month)
