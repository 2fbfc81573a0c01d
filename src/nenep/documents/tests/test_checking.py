import random
from datetime import date
from itertools import pairwise

import pytest

from nenep.documents.checking import check, doubled, missing, same_symbols
from nenep.documents.models import Document
from nenep.documents.tests.test_operations import issue
from nenep.organizations.tests.make import make_body
from nenep.people.models import Term
from nenep.shared.states import Refused


def test_gaps_and_what_is_there_make_up_the_whole_run():
    rng = random.Random(7)
    for _round in range(300):
        numbers = rng.sample(range(1, 60), rng.randint(0, 40))
        runs = missing(numbers)
        gone = [number for first, last in runs for number in range(first, last + 1)]
        assert sorted([*gone, *numbers]) == list(range(1, max(numbers, default=0) + 1))
        assert all(after[0] > before[1] + 1 for before, after in pairwise(runs))


def test_doubles_are_those_whose_count_is_above_one():
    rng = random.Random(7)
    for _round in range(300):
        values = [rng.randint(1, 12) for _place in range(rng.randint(0, 20))]
        assert set(doubled(values)) == {value for value in values if values.count(value) > 1}


@pytest.mark.django_db
def test_a_number_from_the_paper_register_shows_the_gap_before_it(branch):
    issue(branch)
    issue(branch, number=5)
    assert issue(branch).number == 6
    issue(branch, number=3)
    issue(branch, "BB")
    minutes, resolutions = check(Document.objects.all())
    assert (minutes.missing, minutes.count, minutes.last) == ([], 1, 1)
    assert (resolutions.missing, resolutions.count, resolutions.last) == ([(2, 2), (4, 4)], 4, 6)


@pytest.mark.django_db
def test_a_number_is_not_given_twice_by_hand_either(branch):
    issue(branch)
    with pytest.raises(Refused, match="đã có trong sổ"):
        issue(branch, number=1)
    assert issue(branch).number == 2


@pytest.mark.django_db
def test_a_paper_dated_before_its_neighbour_is_named(branch):
    issue(branch, day=date(2026, 9, 5))
    issue(branch, day=date(2026, 8, 1))
    issue(branch, day=date(2026, 9, 7))
    assert check(Document.objects.all())[0].out_of_order == ["02-NQ/CB"]


@pytest.mark.django_db
def test_one_symbol_on_two_papers_of_a_body_is_named_and_of_two_bodies_is_not(branch):
    Term.objects.create(body=branch, name="2020-2025", valid_from=date(2020, 1, 1), valid_to=date(2026, 6, 1))
    Term.objects.create(body=branch, name="2025-2030", valid_from=date(2026, 6, 1))
    issue(branch, day=date(2026, 3, 5))
    issue(make_body(), day=date(2026, 3, 5))
    assert same_symbols(Document.objects.all()) == []
    issue(branch, day=date(2026, 9, 5))
    assert same_symbols(Document.objects.all()) == ["01-NQ/CB"]
