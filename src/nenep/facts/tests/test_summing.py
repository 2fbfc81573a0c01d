import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from nenep.facts import summing
from nenep.facts.measures import MEASURES
from nenep.facts.models import BranchMonth, Dirty, NodeMonthNow, NodeMonthWas
from nenep.facts.reads import sums, trend
from nenep.facts.summing import bring_up_to_date, follow_tree, is_up_to_date, resum
from nenep.facts.tests.make import MONTH, make_fact
from nenep.notices.worker import Worker
from nenep.organizations.models import Body, Kind
from nenep.organizations.operations import (
    dissolve_body,
    merge_bodies,
    move_body,
    reclassify_body,
    rename_body,
)
from nenep.organizations.tests.make import make_body, make_small_bloc
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db
NEXT = date(2015, 4, 1)


def held(body, as_of="was", start=date(2010, 1, 1), end=date(2030, 1, 1)):
    return sums(body.pk, start, end, as_of=as_of)["meetings_held"]


@pytest.fixture
def bloc():
    bloc = make_small_bloc()
    bring_up_to_date()
    return bloc


def test_every_body_above_gets_the_sum_and_the_marks_go(bloc):
    for branch in (bloc.branch, bloc.section_branch, bloc.lone_branch, bloc.neighbour_branch):
        make_fact(branch)
    assert not is_up_to_date()
    bring_up_to_date()
    assert is_up_to_date()
    for as_of in ("was", "now"):
        counted = [held(body, as_of) for body in (bloc.bloc, bloc.organization, bloc.section, bloc.neighbour)]
        assert counted == [4, 2, 1, 1]
    assert sums(bloc.bloc.pk, MONTH, MONTH)["branch_months"] == 4


def test_a_branch_has_its_own_months(bloc):
    make_fact(bloc.lone_branch)
    assert trend(bloc.lone_branch.pk, MONTH, NEXT)[MONTH]["present"] == 9
    assert sums(bloc.lone_branch.pk, NEXT, NEXT)["branch_months"] == 0


def test_summing_again_writes_nothing(bloc, django_assert_max_num_queries):
    make_fact(bloc.branch)
    bring_up_to_date()
    kept = list(NodeMonthWas.objects.values())
    make_fact(bloc.branch)
    bring_up_to_date()
    assert list(NodeMonthWas.objects.values()) == kept
    with django_assert_max_num_queries(3):
        bring_up_to_date()


def test_a_lower_number_is_taken_back_above(bloc):
    make_fact(bloc.branch, held=3)
    bring_up_to_date()
    make_fact(bloc.branch, held=1)
    bring_up_to_date()
    assert held(bloc.bloc) == held(bloc.bloc, "now") == 1


def test_a_move_after_the_meeting_moves_its_month_and_leaves_earlier_ones(bloc):
    for month in (MONTH, NEXT):
        make_fact(bloc.branch, month)
    bring_up_to_date()
    move_body(bloc.branch, parent=bloc.neighbour, day=date(2015, 4, 20), by=None)
    bring_up_to_date()
    assert (held(bloc.organization), held(bloc.neighbour), held(bloc.bloc)) == (1, 1, 2)
    assert [held(body, "now") for body in (bloc.organization, bloc.neighbour)] == [0, 2]
    stamps = BranchMonth.objects.order_by("month").values_list("grassroots", flat=True)
    assert list(stamps) == [bloc.organization.pk, bloc.neighbour.pk]


def test_a_merger_leaves_old_figures_where_they_were_earned(bloc):
    for branch in (bloc.branch, bloc.neighbour_branch):
        make_fact(branch)
    bring_up_to_date()
    merge_bodies([bloc.neighbour], into=bloc.organization, day=date(2016, 1, 1), by=None)
    bring_up_to_date()
    assert (held(bloc.organization), held(bloc.neighbour)) == (1, 1)
    assert (held(bloc.organization, "now"), held(bloc.neighbour, "now")) == (2, 0)


def test_a_branch_that_ends_in_a_month_keeps_that_month_as_was(bloc):
    make_fact(bloc.branch)
    dissolve_body(bloc.branch, day=date(2015, 3, 20), by=None)
    bring_up_to_date()
    assert (held(bloc.bloc), held(bloc.organization), held(bloc.bloc, "now")) == (1, 1, 0)


def test_a_decision_for_a_later_day_moves_the_as_now_sums_on_that_day(bloc):
    make_fact(bloc.branch)
    day = date(2031, 5, 1)
    move_body(bloc.branch, parent=bloc.neighbour, day=day, by=None)
    bring_up_to_date()
    assert held(bloc.organization, "now") == 1
    with clock_at(datetime(2031, 5, 1, 12, tzinfo=UTC)):
        bring_up_to_date()
        assert (held(bloc.organization, "now"), held(bloc.neighbour, "now")) == (0, 1)
        assert not follow_tree()


def test_a_reorganization_sums_everything_again(bloc, monkeypatch):
    make_fact(bloc.branch)
    bring_up_to_date()
    monkeypatch.setattr(summing, "BODIES_AT_ONCE", 0)
    move_body(bloc.branch, parent=bloc.neighbour, day=date(2015, 3, 2), by=None)
    bring_up_to_date()
    assert (held(bloc.organization), held(bloc.neighbour), held(bloc.neighbour, "now")) == (0, 1, 1)


def test_the_first_time_sums_what_is_there():
    bloc = make_small_bloc()
    make_fact(bloc.branch)
    Dirty.objects.all().delete()
    bring_up_to_date()
    assert held(bloc.bloc) == 1


def test_marks_are_taken_in_parts(bloc):
    for branch in (bloc.branch, bloc.other_branch, bloc.neighbour_branch):
        make_fact(branch)
    assert [resum(limit=2), resum(limit=2), resum(limit=2)] == [2, 1, 0]
    assert held(bloc.bloc) == 3


def test_the_worker_sums_in_its_round(bloc):
    make_fact(bloc.branch)
    Worker().work_once()
    assert held(bloc.bloc) == 1


def test_a_part_is_of_one_month_the_latest_first(bloc):
    for month in (NEXT, MONTH):
        for branch in (bloc.branch, bloc.neighbour_branch):
            make_fact(branch, month)
    assert resum() == 2
    assert set(Dirty.objects.values_list("month", flat=True)) == {MONTH}
    assert (held(bloc.bloc, start=NEXT), held(bloc.bloc)) == (2, 2)


def test_what_happens_while_a_reorganization_is_summed_comes_first(bloc, monkeypatch):
    for month in (MONTH, NEXT):
        make_fact(bloc.branch, month)
    bring_up_to_date()
    monkeypatch.setattr(summing, "BODIES_AT_ONCE", 0)
    move_body(bloc.branch, parent=bloc.neighbour, day=MONTH, by=None)
    assert follow_tree()
    make_fact(bloc.lone_branch, NEXT)
    assert resum() == 1
    assert sums(bloc.bloc.pk, NEXT, NEXT)["meetings_held"] == 2
    assert not is_up_to_date()
    bring_up_to_date()
    assert (held(bloc.organization), held(bloc.neighbour)) == (0, 2)
    assert set(BranchMonth.objects.filter(body=bloc.branch).values_list("grassroots", flat=True)) == {
        bloc.neighbour.pk
    }


def test_a_month_that_lost_its_only_record_above_leaves_no_row(bloc):
    make_fact(bloc.branch)
    bring_up_to_date()
    move_body(bloc.branch, parent=bloc.neighbour, day=date(2015, 3, 2), by=None)
    bring_up_to_date()
    for table in (NodeMonthWas, NodeMonthNow):
        assert set(table.objects.values_list("node", flat=True)) == {bloc.neighbour.pk, bloc.bloc.pk}


def test_a_new_name_moves_no_figures(bloc):
    make_fact(bloc.branch)
    bring_up_to_date()
    rename_body(bloc.organization, name="Đảng bộ mới", day=date(2016, 1, 1), by=None)
    assert follow_tree()
    assert is_up_to_date()


@pytest.mark.parametrize("months", [1, 4])
def test_reading_costs_one_statement(bloc, django_assert_num_queries, months):
    for number in range(months):
        make_fact(bloc.branch, MONTH + timedelta(days=31 * number))
    bring_up_to_date()
    with django_assert_num_queries(1):
        assert held(bloc.bloc) == months


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_leaves_its_marks_to_the_next(monkeypatch):
    with transaction.atomic():
        bloc = make_small_bloc()
        make_fact(bloc.branch)
    bring_up_to_date()
    make_in_transaction(bloc.branch)

    def die(*_arguments, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(summing, "climb", die)
        with pytest.raises(KeyboardInterrupt):
            resum()
    assert Dirty.objects.count() == 1
    bring_up_to_date()
    assert (Dirty.objects.count(), held(bloc.bloc)) == (0, 5)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql_only  # SQLite has one writer
def test_two_workers_never_sum_at_once():
    with transaction.atomic():
        bloc = make_small_bloc()
    follow_tree()
    make_in_transaction(bloc.branch)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [summing.SUMMING_LOCK])
            assert resum() == 0
            cursor.execute("ROLLBACK")
        assert resum() == 1
    finally:
        other.close()
    assert held(bloc.bloc) == 5


def make_in_transaction(branch):
    with transaction.atomic():
        make_fact(branch, held=5)


def test_a_body_that_became_an_organization_keeps_its_own_months(bloc):
    make_fact(bloc.lone_branch)
    make_fact(bloc.lone_branch, NEXT)
    reclassify_body(bloc.lone_branch, kind=Kind.GRASSROOTS_ORGANIZATION, day=date(2015, 3, 2), by=None)
    below = make_body(parent=bloc.lone_branch, day=date(2015, 3, 2))
    make_fact(below)
    bring_up_to_date()
    months = trend(bloc.lone_branch.pk, MONTH, NEXT)
    assert {month: (row["branch_months"], row["meetings_held"]) for month, row in months.items()} == {
        MONTH: (2, 2),
        NEXT: (1, 1),
    }


def test_reads_and_sums_go_by_index(bloc):
    make_fact(bloc.branch)
    statements = []

    def note(execute, sql, values, many, context):
        if "facts_dirty" not in sql and sql.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "WITH")):
            statements.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(note):
        assert resum() == 1
        trend(bloc.bloc.pk, MONTH, NEXT)
    assert len(statements) > 8
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql, values in statements:
            how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{how} {sql}", values)
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
            assert not re.search(r"(SCAN|Seq Scan on) (facts|organizations|edge|kept|below)", plan), plan
            assert "(month=?)" not in plan, f"a whole month is read for one branch: {plan}"


def test_the_number_of_statements_of_a_drain_does_not_grow_with_the_branches(
    bloc, django_assert_max_num_queries
):
    organization = make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=Body.objects.get(pk=bloc.bloc.pk))
    branches = [make_body(parent=organization) for _more in range(30)]
    follow_tree()
    for branch in branches:
        make_fact(branch)
    with django_assert_max_num_queries(40):
        assert resum() == 30
    assert held(organization) == 30


def test_the_largest_sums_of_a_country_fit_the_columns(bloc):
    """A body above may count up to two thousand million; a span of months is added in a wider number."""
    for month in (MONTH, NEXT):
        for branch in (bloc.branch, bloc.section_branch):
            make_fact(branch, month, held=1_000_000_000)
    bring_up_to_date()
    assert [held(bloc.organization, as_of) for as_of in ("was", "now")] == [4_000_000_000] * 2


@pytest.mark.postgresql_only  # SQLite keeps whole numbers by their size
@pytest.mark.parametrize("model", [BranchMonth, NodeMonthWas, NodeMonthNow])
def test_a_measure_takes_four_bytes(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT data_type FROM information_schema.columns "
            "WHERE table_name = %s AND column_name = ANY(%s)",
            [model._meta.db_table, list(MEASURES)],
        )
        assert cursor.fetchall() == [("integer",)]
