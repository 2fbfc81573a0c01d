"""A walk along the links of the program: each page has no barrier, no sideways scrolling, no dead end."""

from __future__ import annotations

import fcntl
import hashlib
import re
from collections import deque
from urllib.parse import parse_qsl, urlsplit

from django.urls import resolve
from playwright.sync_api import Error

from tests.browser.browsing import HEIGHTS, RULES_OF_APPEARANCE, VARIANTS, axe_violations, overflow

MOST_PAGES = 200  # of some 300 addresses; an officer who leads a branch meets most
DOOR = "account_login"  # the first page of all: nothing lies behind it
# Each element with its tags and classes, from the body down.
PATHS = """const paths = new Map([[document.body, ""]]);
  for (const element of document.querySelectorAll("body *"))
    paths.set(element, `${paths.get(element.parentElement)} ${element.tagName}.${element.className}`);"""
# What a page must have so that nobody is lost on it; asked in the page itself.
SHAPE = f"""() => {{
  {PATHS}
  return {{
    h1: [...document.querySelectorAll("h1")].map(e => e.textContent.trim()),
    title: document.title,
    ways: document.querySelectorAll(".main-nav a, main .back a").length,
    help: !!document.querySelector("#help-title")?.checkVisibility(),
    lost: [...document.querySelectorAll("form:not([data-kept]) textarea[name]")].map(e => e.name),
    parts: [...new Set(paths.values())]
  }};
}}"""

NAVIGATION = "document.querySelector('.main-nav')?.offsetHeight || 0"
SHOWN = "[...document.querySelectorAll('body *')].map(e => +e.checkVisibility()).join('')"
# A row of a table or list shows something new when one of its innermost elements has a path that three elements before
# it have not had. The other rows are hidden: what they look like has been seen.
FEWER = f"""() => {{
  {PATHS}
  const counts = new Map(), rows = new Map();
  paths.forEach((path, element) => {{
    const row = element.closest("tr, li");
    if (!row || element.children.length) return;
    const count = counts.get(path) || 0;
    counts.set(path, count + 1);
    rows.set(row, rows.get(row) || count < 3);
  }});
  rows.forEach((isNew, row) => {{ if (!isNew && !row.querySelector("tr, li")) row.style.display = "none"; }});
}}"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map(a => a.href.split('#')[0])"


class Seen:
    """What axe has looked at in this run, kept in a file, since the walks of two workers meet the same pages.

    To axe a view is new when it has a part, an element with its path, that it never had, whoever looks at it.
    """

    def __init__(self, file):
        self.file = file
        file.touch()

    def is_new(self, view, parts):
        """Whether this view has never had one of the parts; it has had them all from now on."""
        lines = {hashlib.sha256(f"{view} {part}".encode()).hexdigest() for part in parts}
        with self.file.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            new = lines.difference(file.read().split())
            file.writelines(f"{line}\n" for line in new)
        return bool(new)


class Walk:
    """A walk along the links from the first page: one page for each address pattern and set of query names."""

    def __init__(self, page, seen):
        self.page = page
        self.seen = seen
        self.visited: set[tuple[str, ...]] = set()
        self.wrong: list[str] = []
        page.on("console", self._heard)

    def from_(self, *starts):
        waiting = deque(starts)
        while waiting:
            assert len(self.visited) <= MOST_PAGES, "a page without end: its address has ever new patterns"
            address = waiting.popleft()
            pattern = _pattern(address)
            if pattern not in self.visited:
                self.visited.add(pattern)
                waiting.extend(self._visit(address))
        return self

    def _heard(self, said):
        if said.type == "error":
            self.wrong.append(f"{self.page.url}: {said.text}")

    def _visit(self, address):
        """The links of one page, after looking at it; a file is not a page."""
        self.page.set_viewport_size({"width": min(HEIGHTS), "height": HEIGHTS[min(HEIGHTS)]})
        try:
            answer = self.page.goto(address)
        except Error as error:
            assert "Download is starting" in error.message, error
            return []
        if answer.status != 200:
            self.wrong.append(f"{address}: answered {answer.status}")
            return []
        links = [link for link in self.page.evaluate(LINKS) if link.startswith(_host(self.page.url))]
        self.wrong += [f"{address}: {words}" for words in _look_at(self.page, self.seen)]
        return links


def look_in_all_variants(page):
    """What differs by width and light too, on a page where `FEWER` hides the rows that show nothing new."""
    wrong: list[str] = []
    page.evaluate(FEWER)
    for width, scheme in VARIANTS:
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=scheme)
        wrong += [f"{found} at {width} {scheme}" for found in axe_violations(page, only=RULES_OF_APPEARANCE)]
    page.emulate_media(color_scheme="light")
    return wrong


def _pattern(address):
    parts = urlsplit(address)
    names = sorted({name for name, _value in parse_qsl(parts.query)})
    return (resolve(parts.path).view_name, *names)


def _host(address):
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"


def _look_at(page, seen):
    """What is wrong with a page, at every width and in both lights, in sentences."""
    wrong: list[str] = []
    shape = page.evaluate(SHAPE)
    if len(shape["h1"]) != 1 or not shape["h1"][0]:
        wrong.append(f"h1 {shape['h1']}")
    if not re.fullmatch(r"\S.* · Nền nếp", shape["title"]):
        wrong.append(f"title {shape['title']!r}")
    if not shape["ways"] and resolve(urlsplit(page.url).path).view_name != DOOR:
        wrong.append("no way back and no navigation")
    if not shape["help"]:
        wrong.append("no help")
    if shape["lost"]:
        wrong.append(f"what is typed is lost with the connection: {shape['lost']}")
    # A list of two lines has the parts of one of twenty, and a month asked for those of the present one.
    is_new = seen.is_new(_pattern(page.url)[0], shape["parts"])
    if not is_new:
        return wrong + _too_wide(page, min(HEIGHTS))
    return wrong + _in_all_widths(page) + look_in_all_variants(page)


def _in_all_widths(page):
    """What differs by width. Rules that answer by the elements shown are asked once for each set of them."""
    wrong: list[str] = []
    known: set[str] = set()
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        wrong += _too_wide(page, width)
        if (shown := page.evaluate(SHOWN)) not in known:
            known.add(shown)
            wrong += [f"{found} at {width}" for found in axe_violations(page, without=RULES_OF_APPEARANCE)]
    return wrong


def _too_wide(page, width):
    """Sideways scrolling; on the narrowest screen also a navigation of more than one line."""
    wrong = [f"{wide} px too wide at {width}"] if (wide := overflow(page)) else []
    if width == min(HEIGHTS) and page.evaluate(NAVIGATION) > 60:
        wrong.append("the navigation takes more than a line")
    return wrong
