import pytest

from nenep.search import measures as module
from nenep.search.measures import measures
from nenep.search.models import Entry
from nenep.search.tests.make import make_document

pytestmark = pytest.mark.django_db


def test_measurements_on_made_up_entries_leave_nothing_behind(bloc, monkeypatch):
    monkeypatch.setattr(module, "FOR_EACH_BRANCH", 5)
    found = {}
    for measure in measures():
        found[measure.name] = len(measure.run().found)
        assert Entry.objects.exists()
    assert not Entry.objects.exists()
    assert found["search.common.root"] > found["search.common.leaf"] > 0
    assert found["search.rare.root"] > 0
    assert found["search.none.root"] == found["search.apart.root"] == 0


def test_on_entries_that_are_there_these_are_asked(bloc):
    make_document(bloc.branch, "Kế hoạch của chi bộ")
    found = {measure.name: len(measure.run().found) for measure in measures()}
    assert found["search.common.root"] == 1
    assert Entry.objects.count() == 1


def test_nothing_is_measured_without_a_tree():
    assert list(measures()) == []
