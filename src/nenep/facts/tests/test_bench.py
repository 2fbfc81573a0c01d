import pytest

from nenep.facts.bench import measures
from nenep.facts.models import BranchMonth, Dirty, NodeMonthWas
from nenep.facts.tests.make import make_fact
from nenep.organizations.tests.make import make_small_bloc

pytestmark = pytest.mark.django_db


def test_measurements_on_made_up_figures_leave_nothing_behind():
    make_small_bloc()
    names = []
    for measure in measures():
        measure.run()
        names.append(measure.name)
        assert NodeMonthWas.objects.exists()
    assert {"facts.trend_was.root", "facts.trend_now.leaf", "facts.drain_1000", "facts.nothing_to_do"} <= set(
        names
    )
    assert not any(table.objects.exists() for table in (BranchMonth, NodeMonthWas, Dirty))


def test_on_figures_that_are_there_only_reads_are_measured():
    make_fact(make_small_bloc().branch)
    assert all(measure.name.startswith("facts.trend_") for measure in measures())


def test_nothing_is_measured_without_a_tree():
    assert list(measures()) == []
