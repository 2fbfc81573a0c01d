"""The harness sees what it is there to see: each check is tried on a page with the fault and on one without."""

import gzip
import http.server
import threading

import pytest

from tests.browser.browsing import VARIANTS, axe_violations, byte_weight, new_page, overflow, tab_to
from tests.browser.walking import SHAPE, Seen, look_in_all_variants

GOOD = """<!doctype html><html lang="vi"><head><title>Tháng này</title>
<meta name="viewport" content="width=device-width"></head>
<body><main><h1>Tháng này</h1><p>{text}</p></main></body></html>"""
ROWS = "<style>.faint {{ color: #ccc; background: #fff }}</style><table>{rows}</table>"
ROW, FAINT = (
    "<tr><th>Chi bộ</th><td><b>Xong</b></td></tr>",
    '<tr><th>Chi bộ</th><td><b class="faint">Xong</b></td></tr>',
)
PAGES = {
    "/rows": GOOD.format(text=ROWS.format(rows=ROW * 40)),
    "/late": GOOD.format(text=ROWS.format(rows=ROW * 30 + FAINT + ROW * 9)),
    "/good": GOOD.format(text="Chi bộ chưa có việc phải làm. " * 400),
    "/bad": GOOD.format(text='<img src="/dot"><a href="/good"></a>'),
    "/wide": GOOD.format(text='<b style="display:block;width:2000px">rộng</b>'),
    "/script": GOOD.format(text="<b id=told>không</b><script>told.textContent = 'có'; missing()</script>"),
    "/foreign": GOOD.format(text='<img alt="" src="http://127.0.0.1:9/x.png">'),
    "/strict": GOOD.format(text="<script>document.title = 'chạy'</script>"),
    "/powers": GOOD.format(text="Trình duyệt không biết tên này."),
    "/keys": GOOD.format(text='<a href="/good">một</a> <button>hai</button> <b>ba</b>'),
    "/typing": GOOD.format(
        text="<form><textarea name=lost></textarea></form><form data-kept=a><textarea name=b></textarea></form>"
    ),
    "/dot": "",
}


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = gzip.compress(PAGES.get(self.path, "Máy chủ hỏng.").encode())
        self.send_response(200 if self.path in PAGES else 500)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/strict":
            self.send_header("Content-Security-Policy", "default-src 'self'")
        if self.path == "/powers":
            self.send_header("Permissions-Policy", "telepathy=()")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet: the tests say what they saw."""


@pytest.fixture(scope="module")
def address():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def look(browser, address):
    opened = []

    def at(path, **view):
        page, faults = new_page(browser, address, **view)
        opened.append(page)
        page.goto(path)
        return page, faults

    yield at
    for page in opened:
        page.context.close()


def test_axe_finds_an_image_without_words_and_a_link_without_name(look):
    found = axe_violations(look("/bad")[0])
    assert [finding.split()[0] for finding in found] == ["image-alt", "link-name"]
    assert axe_violations(look("/good")[0]) == []


def test_a_row_that_looks_like_none_before_is_looked_at_however_late_it_comes(look):
    page, _ = look("/late")
    found = look_in_all_variants(page)
    assert [finding.split()[0] for finding in found] == ["color-contrast"] * len(VARIANTS)
    assert page.locator("tr:visible").count() == 4
    page, _ = look("/rows")
    assert look_in_all_variants(page) == []
    assert page.locator("tr:visible").count() == 3


def test_a_text_area_that_keeps_nothing_is_seen(look):
    assert look("/typing")[0].evaluate(SHAPE)["lost"] == ["lost"]


def test_a_view_is_new_until_each_of_its_parts_was_seen(look, tmp_path):
    seen = Seen(tmp_path / "seen")
    rows, late = (look(path)[0].evaluate(SHAPE)["parts"] for path in ("/rows", "/late"))
    told = [("list", rows), ("list", rows), ("list", late), ("list", rows), ("list", late), ("page", rows)]
    assert [seen.is_new(view, parts) for view, parts in told] == [True, False, True, False, False, True]


@pytest.mark.parametrize(("width", "scheme"), VARIANTS)
def test_a_page_is_shown_at_the_width_and_in_the_light_asked_for(look, width, scheme):
    page, _ = look("/good", width=width, scheme=scheme)
    assert page.evaluate("innerWidth") == width
    assert page.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
    assert overflow(page) == 0


def test_a_page_wider_than_the_screen_is_measured(look):
    assert overflow(look("/wide", width=360)[0]) > 1600


def test_without_javascript_no_script_runs(look):
    assert look("/script", javascript=False)[0].locator("#told").inner_text() == "không"
    assert look("/script")[0].locator("#told").inner_text() == "có"


def test_faults_that_nobody_sees_are_noted(look):
    assert look("/good")[1] == []
    assert "missing is not defined" in look("/script")[1][0]
    assert look("/foreign")[1] == ["loaded from elsewhere: http://127.0.0.1:9/x.png"]
    assert "refused by the content policy" in look("/strict")[1][0]
    assert "Unrecognized feature: 'telepathy'" in look("/powers")[1][0]
    assert "answered 500" in look("/absent")[1][0]


def test_the_keyboard_reaches_what_can_be_reached_and_nothing_else(look):
    page, _ = look("/keys")
    tab_to(page, page.get_by_role("button"))
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/good")
    page, _ = look("/keys")
    with pytest.raises(AssertionError, match="The keyboard does not reach"):
        tab_to(page, page.locator("b"))


def test_weight_is_what_crosses_the_network_not_what_is_shown(look, address):
    page, _ = look("/good")
    body = PAGES["/good"].encode()
    weight = byte_weight(page, f"{address}/good")
    assert len(gzip.compress(body)) < weight < len(body) / 5
