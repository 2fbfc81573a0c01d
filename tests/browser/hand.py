"""A hand that counts: the only way in which a test of interactions touches a page."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# Card, Moran and Newell, The psychology of human-computer interaction (1983), in seconds: a key of somebody who types
# forty words a minute, pressing and letting go, pointing at something, going between pointing and keys, making up
# one's mind.
KEY, CLICK, POINT, HOME, MIND = 0.28, 0.2, 1.1, 0.4, 1.35
SENIOR = 1.43  # how much slower people over sixty are (Nielsen Norman Group)


class Hand:
    """One person at one page. The page is kept from the test: what is done on it goes through here and is counted.

    An interaction is one press of a link, a button or a fold; one choice from a list; one answer ticked; and one press
    into a field that is about to be written, unless the page has put the cursor there already. Keys are not
    interactions, and neither are opening the program at its first page and swiping; both take their time.
    The time is that of the keystroke-level model: for each interaction making up one's mind, a swipe for each screen
    between here and there, pointing and pressing; twice that for a list; for each text the way to the keys and back
    and every key, marks of Vietnamese letters each being one (as in Telex); all of it by `SENIOR`.
    Reading is in neither.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.step = ""
        self.interactions: Counter[str] = Counter()
        self._seconds: Counter[str] = Counter()

    @property
    def seconds(self) -> dict[str, float]:
        """Of each step, by the keystroke-level model."""
        return {step: seconds * SENIOR for step, seconds in self._seconds.items()}

    def come(self, address: str = "/") -> None:
        """Open the program at its first page, or be at a page that was left open since."""
        self._page.goto(address)
        self._spend(MIND + POINT + CLICK)

    def press(self, words: str) -> None:
        """A link or a button that carries exactly these words and leads to a page; that page is there afterwards."""
        with self._page.expect_event("load"):
            self.press_here(words)

    def press_here(self, words: str) -> None:
        """The same where the page stays and only a part of it changes."""
        main = self._page.locator("main")
        target = main.get_by_role("button", name=words, exact=True)
        self._touch(target.or_(main.get_by_role("link", name=words, exact=True)))

    def press_for_file(self, words: str) -> None:
        """A link that fetches a paper to print."""
        with self._page.expect_download() as waiting:
            self._touch(self._page.locator("main").get_by_role("link", name=words, exact=True))
        assert waiting.value.path().stat().st_size

    def choose(self, label: str, option: str, *, group: str = "") -> None:
        """One option of a list: pressing the list and the option is one choice, and twice the way."""
        target = self._field(label, group)
        self._reach(target)
        self._spend(POINT + CLICK)
        target.select_option(label=option)

    def answer(self, question: str, option: str) -> None:
        """One of the answers that stand below a question."""
        self._touch(self._page.get_by_role("group", name=question).get_by_text(option, exact=True))

    def write(self, label: str, text: str, *, group: str = "") -> None:
        """Type into a field, over what it holds."""
        target = self._field(label, group)
        if not target.evaluate("node => node === document.activeElement"):
            self._touch(target)
        target.fill(text)
        self._spend(2 * HOME + KEY * keys_of(text))

    def sees(self, *texts: str) -> None:
        """Look, without touching anything; costs nothing, as reading is not in the model."""
        for text in texts:
            expect(self._page.locator("body")).to_contain_text(text)

    def is_shown(self, heading: str) -> None:
        expect(self._page.locator("h1")).to_have_text(heading)

    def holds(self, label: str) -> str:
        """What a field holds before anybody has written into it."""
        return self._field(label, "").input_value()

    def _field(self, label: str, group: str) -> Locator:
        around = self._page.get_by_role("group", name=group) if group else self._page.locator("main")
        return around.get_by_label(re.compile(rf"^{re.escape(label)}( \(không bắt buộc\))?$"))

    def _touch(self, target: Locator) -> None:
        self._reach(target)
        target.click()

    def _reach(self, target: Locator) -> None:
        expect(target).to_have_count(1)
        self.interactions[self.step] += 1
        away = target.evaluate(
            "node => { const box = node.getBoundingClientRect();"
            " return Math.max(-box.top, box.bottom - innerHeight, 0) / innerHeight }"
        )
        self._spend(MIND + POINT * math.ceil(away) + POINT + CLICK)

    def _spend(self, seconds: float) -> None:
        self._seconds[self.step] += seconds


def keys_of(text: str) -> int:
    """How many keys a text takes: Telex types a mark with a key of its own, and đ with two."""
    return len(unicodedata.normalize("NFD", text)) + text.lower().count("đ")
