"""What browser tests do with a page: open it as somebody, sign in, look for barriers, weigh it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Locator, Page, Response

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHTS = {360: 740, 768: 1024, 1280: 800}  # a phone, a tablet, a desktop
WIDTHS = tuple(HEIGHTS)
SCHEMES = ("light", "dark")
VARIANTS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
MOST_BYTES = 150 * 1024  # first load, compressed
# The rules of axe that answer by size, place and colour. All others answer by the elements that a person can see.
RULES_OF_APPEARANCE = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")


class Faults(list[str]):
    """What went wrong on a page without showing: script errors, refused content, foreign addresses, 5xx."""

    def watch(self, page: Page, address: str) -> None:
        page.on("pageerror", lambda error: self.append(f"script error: {error}"))
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("request", lambda request: self._asked(request.url, address))
        page.on("response", self._answered)

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "Content Security Policy" in text:
            self.append(f"refused by the content policy: {text}")
        if kind == "warning" and "Permissions-Policy" in text:
            self.append(f"a header that the browser does not know: {text}")

    def _asked(self, url: str, address: str) -> None:
        if url.startswith("http") and not url.startswith(address):
            self.append(f"loaded from elsewhere: {url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.append(f"answered {response.status}: {response.url}")


def new_page(
    browser: Browser,
    address: str,
    *,
    width: int = 1280,
    scheme: str = "light",
    javascript: bool = True,
    state: dict | None = None,
) -> tuple[Page, Faults]:
    """A page in a browser profile of its own, as `state` left it (cookies of somebody signed in)."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": HEIGHTS[width]},
        is_mobile=width == min(WIDTHS),
        has_touch=width == min(WIDTHS),
        color_scheme=scheme,
        java_script_enabled=javascript,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        storage_state=state,
    )
    page = context.new_page()
    faults = Faults()
    faults.watch(page, address)
    return page, faults


def press(page: Page, target: Locator) -> None:
    """Click what leads to a page and wait until that page is there; the old one would answer a little longer."""
    with page.expect_event("load"):
        target.click()


def sign_in(page: Page, username: str) -> None:
    """Sign in with a demo account through the real form; leaves the page where a person would land."""
    from nenep.demo import PASSWORD

    page.goto("/")
    door = page.url.split("?")[0]
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    press(page, page.locator("form:has(input[name=password]) [type=submit]").first)
    if page.url.split("?")[0] == door:
        raise AssertionError(f"{username} could not sign in: {page.locator('main, body').first.inner_text()}")


def prove(page: Page) -> None:
    """Type the password again where a page asks for it, as it does when the sign-in was a while ago."""
    from nenep.demo import PASSWORD

    if "/reauthenticate/" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        press(page, page.locator("form:has(input[name=password]) [type=submit]").first)


def axe_violations(page: Page, *, only: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
    """Barriers that axe finds on the page as it stands, one sentence each; needs a page with JavaScript.

    Asks all rules that axe asks by itself and those of appearance, or these `only`, or all `without` these.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe().axe_script)
    asked: dict[str, object] = {
        "rules": {rule: {"enabled": rule not in without} for rule in RULES_OF_APPEARANCE}
    }
    if only:
        asked = {"runOnly": {"type": "rule", "values": list(only)}}
    found = page.evaluate(
        # No rule that is asked reads the stylesheets, so they need not be fetched again for axe.
        "asked => axe.run({resultTypes: ['violations'], preload: false, ...asked}).then(found => found.violations)",
        asked,
    )
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}"
        for rule in found
        for node in rule["nodes"]
    ]


def tab_to(page: Page, target: Locator, *, most: int = 80) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse would."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"The keyboard does not reach {target} in {most} steps.")


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen; 0 is what a person expects."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def byte_weight(page: Page, url: str) -> int:
    """Bytes that cross the network when the page is opened for the first time, as compressed, with headers."""
    finished: list[float] = []
    network = page.context.new_cdp_session(page)
    network.on("Network.loadingFinished", lambda event: finished.append(event["encodedDataLength"]))
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.send("Network.setBypassServiceWorker", {"bypass": True})
    page.goto(url, wait_until="load")
    page.wait_for_timeout(
        500
    )  # fonts and swapped-in parts; an event stream never ends, so no waiting for quiet
    network.detach()
    return round(sum(finished))


@cache
def _axe() -> Axe:
    return Axe()
