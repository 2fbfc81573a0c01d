"""The look itself, measured in a browser on the gallery of main screens: no barrier, no overflow, large targets."""

from __future__ import annotations

import functools
import http.server
import threading
from itertools import pairwise

import pytest

from nenep.shared.tests.gallery import PLACES, pages
from tests.browser.browsing import VARIANTS, axe_violations, new_page, overflow, tab_to
from tools.vendor import STATIC

pytestmark = pytest.mark.slow

NAMES = sorted(pages())
TARGETS = """() => [...document.querySelectorAll("a, button, select, textarea, summary, input:not([type=hidden])")]
    .map(e => e.closest("label.choice") || e)
    .filter(e => e.checkVisibility() && !e.matches(".skip-link") && !e.closest("p, dd, .prose"))
    .map(e => ({words: e.textContent.trim().slice(0, 30), box: e.getBoundingClientRect().toJSON()}))"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_words):
        pass


@pytest.fixture(scope="module")
def gallery(tmp_path_factory):
    """The address of a folder with each page in each text size, beside our static files."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "static").symlink_to(STATIC)
    for size in (18, 24):
        for name, html in pages(size).items():
            (folder / f"{name}-{size}.html").write_text(html, encoding="utf-8")
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def show(browser, gallery):
    opened = []

    def opening(name, size=18, **options):
        page, faults = new_page(browser, gallery, **options)
        opened.append(page)
        page.goto(f"/{name}-{size}.html")
        page.evaluate("document.fonts.ready")
        assert faults == []
        return page

    yield opening
    for page in opened:
        page.context.close()


@pytest.mark.parametrize(("width", "scheme"), VARIANTS)
def test_no_screen_has_a_barrier_or_moves_sideways(show, width, scheme):
    for name in NAMES:
        page = show(name, width=width, scheme=scheme)
        assert axe_violations(page) == [], name
        assert overflow(page) == 0, name


def test_the_largest_text_on_the_smallest_screen_does_not_move_sideways(show):
    for name in NAMES:
        page = show(name, 24, width=360)
        assert overflow(page) == 0, name
        wide = page.evaluate(
            "[...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && !e.closest('.visually-hidden, thead')"
            " && e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 80))"
        )
        assert wide == [], name


def test_four_hundred_percent_of_zoom_does_not_move_sideways(show):
    for name in NAMES:
        page = show(name)
        page.set_viewport_size({"width": 320, "height": 256})
        assert overflow(page) == 0, name


def test_whatever_is_tapped_on_a_phone_is_large_and_apart(show):
    for name in NAMES:
        targets = show(name, width=360).evaluate(TARGETS)
        assert targets, name
        small = [t["words"] for t in targets if min(t["box"]["width"], t["box"]["height"]) < 47.5]
        assert small == [], name
        close = [
            (a["words"], b["words"]) for i, a in enumerate(targets) for b in targets[:i] if _gap(a, b) < 7.5
        ]
        assert close == [], name


def _gap(one, other):
    """The clear distance between two boxes, in pixels; 0 where they touch or overlap."""
    a, b = one["box"], other["box"]
    aside = max(a["left"] - b["right"], b["left"] - a["right"], 0)
    below = max(a["top"] - b["bottom"], b["top"] - a["bottom"], 0)
    return max(aside, below)


def test_text_is_eighteen_pixels_with_room_between_lines_in_our_letters(show):
    page = show("secretary")
    style = (
        "e => { const s = getComputedStyle(e); return [s.fontSize, s.lineHeight, s.fontFamily.slice(1, 15)] }"
    )
    assert page.locator("main").evaluate(style) == ["18px", "27px", "Be Vietnam Pro"]
    assert show("secretary", 24).locator("main").evaluate(style)[0] == "24px"
    assert page.evaluate("document.fonts.check('18px \"Be Vietnam Pro\"', 'ẫậẳẵặểễệởỡợựỷỹỵĐđ')")


def test_a_line_of_running_text_holds_about_seventy_letters(show):
    page = show("pieces")
    letters = page.locator(".prose p").first.evaluate(
        """e => { const range = document.createRange(), text = document.createTreeWalker(e, 4);
        let lines = {}, node; while ((node = text.nextNode())) for (let i = 0; i < node.length; i++) {
        range.setStart(node, i); range.setEnd(node, i + 1);
        const y = Math.round(range.getBoundingClientRect().bottom / 8); lines[y] = (lines[y] || 0) + 1; }
        return Math.max(...Object.values(lines)) }"""
    )
    assert 55 <= letters <= 78


def test_the_first_tab_leads_past_the_navigation(show):
    page = show("agenda")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_wrong_form_puts_the_reader_at_its_summary(show):
    page = show("form")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.locator(".error-summary a").nth(1).click()
    assert page.evaluate("document.activeElement.id") == "id_due"


def test_leaving_with_unsent_typing_asks_first(show):
    page = show("form")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_words").fill("Mời thêm hai đồng chí.")
    page.goto("/secretary-18.html")
    assert asked == ["beforeunload"]


def test_nothing_typed_is_kept_in_the_browsers_storage(show):
    page = show("form")
    page.locator("#id_words").fill("Điều riêng")
    page.locator("#id_title").click()
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Điều" not in kept
    assert "htmx-history-cache" not in kept


def test_escape_closes_the_choice_of_text_sizes(show):
    page = show("secretary")
    page.locator(".text-size summary").click()
    assert page.locator(".text-size form").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".text-size form").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


LINE, MORE = ".main-nav > ul > li > a", ".nav-more ul a"


def shown(page, places):
    return [place.inner_text() for place in page.locator(places).all() if place.is_visible()]


@pytest.mark.parametrize("size", [18, 24])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_phone_has_the_navigation_in_one_line_and_the_rest_one_tap_away(show, size, javascript):
    page = show("secretary", size, width=360, javascript=javascript)
    assert page.locator(".main-nav").bounding_box()["height"] <= 60
    assert shown(page, MORE) == []
    kept = shown(page, LINE)
    page.locator(".nav-more summary").click()
    assert kept + shown(page, MORE) == PLACES
    assert overflow(page) == 0
    boxes = [place.bounding_box() for place in page.locator(MORE).all()]
    assert min(box["height"] for box in boxes) >= 47.5
    assert min(b["y"] - a["y"] - a["height"] for a, b in pairwise(boxes)) >= 7.5


def test_the_rest_of_the_navigation_opens_and_closes_with_the_keyboard(show):
    page = show("secretary", width=360)
    tab_to(page, page.locator(".nav-more summary"))
    page.keyboard.press("Enter")
    assert axe_violations(page) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == shown(page, MORE)[0]
    page.keyboard.press("Escape")
    assert shown(page, MORE) == []
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_tap_elsewhere_closes_the_rest_of_the_navigation(show):
    page = show("secretary", width=360)
    page.locator(".nav-more summary").click()
    page.locator(".colophon-title").click()
    assert shown(page, MORE) == []


def test_a_desktop_shows_every_place_in_one_line(show):
    page = show("secretary")
    assert shown(page, LINE) == PLACES
    assert not page.locator(".nav-more").is_visible()
    assert page.locator(".main-nav").bounding_box()["height"] <= 60


def test_without_scripts_everything_stands_except_what_needs_them(show):
    page = show("pieces", javascript=False)
    assert not page.get_by_text("Chép tin mời").is_visible()
    assert page.get_by_role("button", name="Hoàn tác").is_visible()
    page = show("secretary", javascript=False)
    page.locator(".text-size summary").click()
    assert page.get_by_role("button", name="Rất lớn").is_visible()


def test_a_printed_page_is_black_on_white_without_navigation(show):
    page = show("agenda", scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    assert not page.locator(".masthead").is_visible()
    assert not page.get_by_text("Gửi chi ủy xem").is_visible()
    assert page.locator(".signatures").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
