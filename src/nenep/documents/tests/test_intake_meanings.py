"""What a figure of a paper may mean is a figure that the program has."""

import pytest

from nenep.documents.intake.measures import measures
from nenep.reports import attending, pending, periods, standing

pytestmark = pytest.mark.either_database


def test_every_meaning_is_a_figure_of_the_program():
    known = {*standing.KEYS, *periods.PERIOD_KEYS, *pending.PENDING, attending.KEY}
    assert {one.key for one in measures().measures} <= known
