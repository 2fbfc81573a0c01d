"""Every page that a secretary can reach, in each state of the month. Apart from those of the roles: two workers share them."""

import pytest

from tests.browser.casting import cast_branch
from tests.browser.walking import Walk

pytestmark = pytest.mark.slow


# The last branches of a state are those that the demo shows close up: with votes, ballots, self-check, late duties.
STATES = [("", 0), ("planned", -1), ("opened", -1), ("opened", -2), ("closed", -1), ("adopted", -1)]


@pytest.mark.parametrize(("status", "place"), STATES)
def test_every_page_of_a_secretary_is_whole_in_each_state_of_the_month(
    server, open_page, seen, status, place
):
    cast = cast_branch(server, status=status, place=place, with_resolution=status == "adopted")
    page = open_page(cast["secretary"]["username"])
    walk = Walk(page, seen).from_(page.url)
    assert not walk.wrong, "\n".join(walk.wrong)
