"""Every page that a secretary can reach, in each state of the month. Apart from those of the roles: two workers share them."""

import pytest

from tests.browser.casting import cast_branch
from tests.browser.walking import Walk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("status", ["", "planned", "opened", "closed", "adopted"])
def test_every_page_of_a_secretary_is_whole_in_each_state_of_the_month(server, open_page, seen, status):
    page = open_page(
        cast_branch(server, status=status, with_resolution=status == "adopted")["secretary"]["username"]
    )
    walk = Walk(page, seen).from_(page.url)
    assert not walk.wrong, "\n".join(walk.wrong)
