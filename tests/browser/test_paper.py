"""What a branch prints comes out on A4: few pages, no navigation, every word, with its letters inside the file."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from tests.browser.browsing import press, prove
from tests.browser.casting import cast_branch

NAVIGATION = (
    "Đăng xuất",
    "Cỡ chữ",
    "Trợ giúp",
    "Đang dùng:",
    "Đến nội dung chính",
    "Việc của tôi",
    "In biên bản (PDF)",
    "In nghị quyết (PDF)",
)
# The words of the page's content that paper must carry: what print leaves in place.
WORDS = """() => { const main = document.querySelector("main");
  for (const list of main.querySelectorAll("select")) list.replaceWith(list.selectedOptions[0].textContent);
  return main.innerText }"""


def printed(page):
    """The sheets of the page as paper would carry them, after checking that each is A4 with its letters inside."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    for sheet in sheets:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
        assert _fonts_without_letters(sheet) == []
    head = page.get_attribute("html", "data-paper")
    for number, sheet in enumerate(sheets, start=1):
        assert _bare(head) in _bare(sheet.extract_text())
        assert f"{number}/{len(sheets)}" in sheet.extract_text()
    text = " ".join(sheet.extract_text() for sheet in sheets)
    assert [words for words in NAVIGATION if _bare(words) in _bare(text)] == []
    page.emulate_media(media="print")
    missing = [line for line in page.evaluate(WORDS).splitlines() if _bare(line) not in _bare(text)]
    assert missing == []
    return len(sheets), text


def _bare(text):
    """Letters and digits only: a PDF breaks lines and spaces where it likes."""
    return re.sub(r"\W+", "", text)


def _fonts_without_letters(sheet):
    missing = []
    for name, font in sheet["/Resources"].get("/Font", {}).items():
        shape = font.get_object()
        if shape["/Subtype"] == "/Type3":
            continue  # draws its letters itself
        shape = shape["/DescendantFonts"][0].get_object() if "/DescendantFonts" in shape else shape
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(shape["/FontDescriptor"].get_object()):
            missing.append(name)
    return missing


@pytest.fixture
def branch(server, open_page):
    """`branch(status, path)`: the page of the secretary of a branch in that state, at a path about its meeting."""

    def at(status, path, **view):
        cast = cast_branch(server, status=status, with_resolution=status == "adopted")
        page = open_page(cast["secretary"]["username"], **view)
        answer = page.goto(path.format(**cast))
        assert answer.status == 200
        return page, cast

    return at


@pytest.mark.parametrize(
    "view", [{"width": 1280}, {"width": 360, "scheme": "dark"}], ids=["desktop", "phone"]
)
def test_the_invitation_and_the_list_to_sign(branch, view):
    page, cast = branch("called", "/meetings/{meeting}/invitation-sheet/", **view)
    sheets, text = printed(page)
    assert 2 <= sheets <= 4  # the invitation, and the list on sheets of its own
    assert _bare("Giấy mời họp chi bộ") in _bare(text)
    assert _bare(cast["member"]["name"]) in _bare(text)


def test_the_minutes(branch):
    sheets, text = printed(branch("adopted", "/meetings/{meeting}/minutes/")[0])
    assert 1 <= sheets <= 6
    assert _bare("BIÊN BẢN") in _bare(text)
    assert _bare("CHỦ TRÌ HỘI NGHỊ") in _bare(text)


def test_the_resolution(branch):
    sheets, text = printed(branch("adopted", "/resolutions/{meeting}/")[0])
    assert 1 <= sheets <= 4
    assert _bare("NGHỊ QUYẾT") in _bare(text)


def test_the_roll_call(branch):
    page, cast = branch("opened", "/meetings/{meeting}/roll-call/")
    sheets, text = printed(page)
    assert 1 <= sheets <= 4
    for role in ("secretary", "member", "absent"):
        assert _bare(cast[role]["name"]) in _bare(text)


def test_the_activation_slips(branch):
    page, cast = branch("called", "/accounts/branches/{body}/")
    press(page, page.get_by_role("button", name="In phiếu cho tất cả những đồng chí này"))
    prove(page)
    slips = page.locator(".slip").count()
    sheets, text = printed(page)
    assert slips >= 1
    assert sheets <= slips
    assert text.count("/accounts/activation/") == slips
    assert _bare(cast["branch"]) in _bare(text)
