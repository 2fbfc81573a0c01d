from datetime import date

import pytest

from nenep.facts.models import BranchMonth, Dirty
from nenep.facts.operations import Fact, write_fact, write_facts
from nenep.facts.tests.make import MONTH, make_fact
from nenep.organizations.models import Kind
from nenep.organizations.operations import dissolve_body, move_body
from nenep.organizations.tests.make import make_body, make_small_bloc

pytestmark = pytest.mark.django_db


def stamps(branch, month=MONTH):
    row = BranchMonth.objects.get(body=branch, month=month)
    return row.grassroots, row.committee, row.province


def test_a_fact_is_written_with_its_stamps_and_a_mark():
    bloc = make_small_bloc()
    write_fact(bloc.section_branch.pk, date(2015, 3, 17), meetings_held=1, present=7)
    row = BranchMonth.objects.get()
    assert (row.month, row.meetings_held, row.present, row.expected) == (MONTH, 1, 7, 0)
    assert stamps(bloc.section_branch) == (bloc.organization.pk, bloc.bloc.pk, None)
    assert list(Dirty.objects.values_list("body_id", "month")) == [(bloc.section_branch.pk, MONTH)]


def test_measures_that_are_not_named_stay():
    branch = make_body()
    make_fact(branch, thematic_held=1)
    write_fact(branch.pk, MONTH, present=4)
    row = BranchMonth.objects.get()
    assert (row.present, row.expected, row.thematic_held) == (4, 10, 1)


def test_a_month_counts_for_the_parent_of_its_last_day():
    bloc = make_small_bloc()
    move_body(bloc.branch, parent=bloc.neighbour, day=date(2015, 3, 31), by=None)
    for month in (date(2015, 2, 1), MONTH):
        make_fact(bloc.branch, month)
    assert stamps(bloc.branch, date(2015, 2, 1))[0] == bloc.organization.pk
    assert stamps(bloc.branch)[0] == bloc.neighbour.pk


def test_the_last_month_of_an_ended_branch_counts_for_its_last_parent_and_later_ones_for_nobody():
    bloc = make_small_bloc()
    dissolve_body(bloc.branch, day=date(2015, 3, 12), by=None)
    for month in (MONTH, date(2015, 4, 1)):
        make_fact(bloc.branch, month)
    assert stamps(bloc.branch) == (bloc.organization.pk, bloc.bloc.pk, None)
    assert stamps(bloc.branch, date(2015, 4, 1)) == (None, None, None)


def test_a_province_above_the_committee_is_stamped():
    province = make_body(kind=Kind.PROVINCE)
    committee = make_body(kind=Kind.COMMITTEE, parent=province)
    branch = make_body(kind=Kind.GRASSROOTS_BRANCH, parent=committee)
    make_fact(branch)
    # A grassroots branch is its own grassroots body: its rows are found by its own key.
    assert stamps(branch) == (None, committee.pk, province.pk)


def test_unknown_and_repeated_measures_are_refused():
    branch = make_body()
    with pytest.raises(ValueError, match="applause"):
        write_fact(branch.pk, MONTH, applause=1)
    with pytest.raises(ValueError, match="twice"):
        write_facts([Fact(branch.pk, date(2015, 3, day), {"present": 1}) for day in (1, 2)])
    write_facts([Fact(branch.pk, MONTH, {"present": 1}), Fact(branch.pk, MONTH, {"thematic_held": 1})])
    assert not BranchMonth.objects.exclude(present=1, thematic_held=1).exists()


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_the_transaction_of_its_change_is_refused():
    with pytest.raises(RuntimeError, match="in the transaction"):
        write_fact(1, MONTH, present=1)


def test_writing_many_costs_no_more_statements_than_writing_one(django_assert_max_num_queries):
    bloc = make_small_bloc()
    branches = [bloc.branch, bloc.other_branch, bloc.section_branch, bloc.neighbour_branch]
    with django_assert_max_num_queries(7):
        write_facts([Fact(bloc.section_branch.pk, date(2015, 1, 1), {"present": 1})])
    with django_assert_max_num_queries(7):
        write_facts([Fact(branch.pk, MONTH, {"present": 1}) for branch in branches])
