"""Who is behind the cookies of a connection that passes no middleware: the same as on a page."""

from datetime import timedelta

import pytest

from nenep.access.cookies import viewer_of_cookies
from nenep.access.operations import close_account
from nenep.access.tests.make import sign_in, viewer_for
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.viewer import NOBODY

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_member(make_small_bloc().branch, post=Post.SECRETARY)


def cookies(client):
    return {name: morsel.value for name, morsel in client.cookies.items()}


def test_a_session_gives_the_viewer_of_its_account(client, secretary):
    sign_in(client, secretary)
    assert viewer_of_cookies(cookies(client)) == viewer_for(secretary)


def test_without_a_session_or_after_signing_out_it_is_nobody(client, secretary):
    assert viewer_of_cookies({}) == NOBODY
    assert viewer_of_cookies({"sessionid": "x" * 32}) == NOBODY
    sign_in(client, secretary)
    kept = cookies(client)
    client.logout()
    assert viewer_of_cookies(kept) == NOBODY


def test_a_closed_account_is_nobody_at_once(client, secretary):
    account = sign_in(client, secretary)
    close_account(account, by=None)
    assert viewer_of_cookies(cookies(client)) == NOBODY


@pytest.mark.parametrize(("demanded", "is_nobody"), [(True, True), (False, False)])
def test_a_missing_second_factor_is_missing_here_too(client, secretary, settings, demanded, is_nobody):
    settings.SECOND_FACTOR_DEMANDED = demanded
    sign_in(client, secretary)
    assert (viewer_of_cookies(cookies(client)) == NOBODY) is is_nobody


def test_a_sign_in_that_was_not_used_for_long_is_nobody(client, secretary, settings):
    sign_in(client, secretary)
    client.get("/")
    kept = cookies(client)
    assert viewer_of_cookies(kept) != NOBODY
    settings.SESSION_IDLE = settings.SHORT_SESSION_IDLE = timedelta(seconds=-1)
    assert viewer_of_cookies(kept) == NOBODY
