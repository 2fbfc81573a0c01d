"""What a page weighs on the network, as compressed: the first load, and a later page with the same styles and scripts."""

from __future__ import annotations

import re

import pytest

from nenep.demo.accounts import ACCOUNTS
from tests.browser.browsing import MOST_BYTES, press

MOST_LATER_BYTES = 30 * 1024
MOST_SCRIPT_BYTES = 60 * 1024


def weigh(page, address, *, is_first=False):
    """Bytes by kind of resource ("Document", "Script" ...) that cross the network when the page is opened.

    `is_first`: as somebody opens it who has never been here; otherwise the browser may use what it kept.
    """
    kinds, weights = {}, {}
    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on(
        "Network.loadingFinished",
        lambda event: weights.update({event["requestId"]: event["encodedDataLength"]}),
    )
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": is_first})
    page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready")
    network.detach()
    sums = dict.fromkeys(kinds.values(), 0)
    for request, weight in weights.items():
        if request in kinds:  # what the page before still loads is not counted
            sums[kinds[request]] += round(weight)
    return sums


def places(page):
    """The pages a person of any role opens first: home, then what the navigation offers, then a meeting if there is one."""
    links = [link.get_attribute("href") for link in page.locator(".main-nav a").all()]
    meeting = page.locator("main a[href^='/meetings/']")
    shown = [meeting.first.get_attribute("href")] if meeting.count() else []
    return ["/", *[href for href in links if href != "/"], *shown]


@pytest.mark.parametrize("username", [account.username for account in ACCOUNTS])
def test_a_role_opens_its_first_pages_lightly(open_page, username):
    page = open_page(username)
    for place in places(page):
        first = weigh(page, place, is_first=True)
        assert {"Document", "Stylesheet", "Script", "Font"} <= {kind for kind, size in first.items() if size}
        assert sum(first.values()) <= MOST_BYTES, (place, first)
        assert first["Script"] <= MOST_SCRIPT_BYTES, (place, first)


@pytest.mark.parametrize("username", [account.username for account in ACCOUNTS])
def test_later_pages_of_a_role_are_lighter_still(open_page, username):
    page = open_page(username)
    for place in places(page)[1:]:
        later = weigh(page, place)
        assert later["Document"] > 0, place
        assert sum(later.values()) <= MOST_LATER_BYTES, (place, later)


def test_a_member_page_opens_lightly(open_page):
    page = open_page("bithu")
    press(page, page.get_by_role("link", name="Đảng viên", exact=True))
    person = page.locator("main a[href^='/members/']").evaluate_all(
        "links => links.map(a => a.getAttribute('href'))"
    )
    address = next(href for href in person if re.fullmatch(r"/members/\d+/", href))
    assert sum(weigh(page, address, is_first=True).values()) <= MOST_BYTES
