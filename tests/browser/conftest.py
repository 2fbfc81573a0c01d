"""Fixtures of the browser tests. A test asks for `open_page` and says who looks, how wide and in which light.

    def test_the_secretary_sees_this_month(open_page):
        page = open_page("bithu", width=360)

Every test here is marked `browser`; one that the gate shall play on PostgreSQL too is marked `both_databases`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.browsing import FLAGS, new_page, sign_in
from tests.browser.serving import copied, prepare, serving
from tests.browser.walking import Seen
from tools import chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.browsing import Faults
    from tests.browser.serving import Demo, Server

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    assert path, "There is no Chromium here; ./nenep test browser finds or installs one."
    # Playwright's own loop makes Django believe that a test's query would block an event loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def prepared_demo(tmp_path_factory) -> Demo:
    """The demo as it is after loading; nobody serves or changes this one."""
    return prepare(_shared(tmp_path_factory))


@pytest.fixture(scope="session")
def seen(tmp_path_factory) -> Seen:
    return Seen(_shared(tmp_path_factory) / "seen-by-axe")


@pytest.fixture(scope="module")
def server(prepared_demo, tmp_path_factory) -> Iterator[Server]:
    """A server over a copy of the demo that lives as long as the test module."""
    with copied(prepared_demo, tmp_path_factory.mktemp("served") / "data") as demo, serving(demo) as running:
        yield running


@pytest.fixture(scope="module")
def signed_in(browser, server) -> Callable[[str], dict]:
    """The cookies of a demo account; each account signs in once a module, as sign-in is rightly slow."""
    states: dict[str, dict] = {}

    def state_of(username: str) -> dict:
        if username not in states:
            page, _ = new_page(browser, server.address)
            sign_in(page, username)
            states[username] = page.context.storage_state()
            page.context.close()
        return states[username]

    return state_of


@pytest.fixture
def open_page(browser, server, signed_in) -> Iterator[Callable[..., Page]]:
    """`open_page(username=None, *, width=1280, scheme="light", javascript=True)`: a page at the first address.

    When the test ends, no page may have had a fault that a person does not see.
    """
    opened: list[tuple[Page, Faults]] = []

    def open_for(username: str | None = None, **view) -> Page:
        state = signed_in(username) if username else None
        opened.append(new_page(browser, server.address, state=state, **view))
        page = opened[-1][0]
        page.goto("/")
        return page

    yield open_for
    faults = [f"{page.url}: {fault}" for page, found in opened for fault in found]
    for page, _ in opened:
        page.context.close()
    assert not faults, "\n".join(faults)


def _shared(tmp_path_factory) -> Path:
    """A folder that all workers of this run have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
