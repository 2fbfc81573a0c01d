"""Every page that a role can reach by links, seen as that role."""

import pytest

from nenep.demo.accounts import ACCOUNTS
from tests.browser.walking import Walk

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("username", [account.username for account in ACCOUNTS])
def test_every_page_of_a_role_is_whole(open_page, seen, username):
    page = open_page(username)
    walk = Walk(page, seen).from_(page.url)
    assert len(walk.visited) >= 5
    assert not walk.wrong, "\n".join(walk.wrong)


def test_pages_before_signing_in_are_whole(open_page, server, seen):
    page = open_page()
    walk = Walk(page, seen).from_(page.url, f"{server.address}/accounts/activation/")
    assert not walk.wrong, "\n".join(walk.wrong)
