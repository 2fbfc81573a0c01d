"""The main flows with the keyboard alone: Tab to what is meant, type, press Enter or Space."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from nenep.demo import PASSWORD
from tests.browser.browsing import tab_to
from tests.browser.casting import cast_branch

FOCUS_SHOWS = """() => { const s = getComputedStyle(document.activeElement);
  return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none" }"""


def press(page, target, key="Enter"):
    """Walk to the target and press a key on it; the focus must be seen there."""
    tab_to(page, target, most=200)
    assert page.evaluate(FOCUS_SHOWS), f"the focus does not show on {target}"
    with page.expect_navigation():
        page.keyboard.press(key)


def write(page, target, words):
    tab_to(page, target, most=200)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(words)


@pytest.fixture
def planned(server):
    return cast_branch(server, status="planned", with_resolution=True)


def test_signing_in(open_page):
    page = open_page()
    write(page, page.locator("input[name=login]"), "dangvien")
    write(page, page.locator("input[name=password]"), PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Trang của tôi")


def test_a_member_will_come_and_then_asks_leave(server, open_page):
    cast = cast_branch(server, status="called")
    page = open_page(cast["member"]["username"])
    page.goto(f"/meetings/{cast['meeting']}/response/")
    answer = page.get_by_label("Trả lời")
    tab_to(page, answer)
    page.keyboard.type("Xin")
    reason = page.get_by_label("Lý do xin vắng")
    tab_to(page, reason)
    page.keyboard.type("Việc")
    press(page, page.get_by_role("button", name="Gửi trả lời"))
    expect(page.get_by_text("Đồng chí đã trả lời: xin vắng.")).to_be_visible()
    page.goto("/")
    expect(page.get_by_text("Đồng chí đã trả lời: xin vắng.")).to_be_visible()


def test_a_report_in_one_tap(server, open_page):
    cast = cast_branch(server, status="opened")
    page = open_page(cast["secretary"]["username"])
    page.goto(f"/assignments/of-meeting/{cast['meeting']}/")
    write(page, page.locator("[name=what]"), "Lập danh sách hồ sơ tồn")
    owner = page.locator("[name=owner]")
    tab_to(page, owner)
    page.keyboard.type(cast["member"]["name"])
    write(page, page.locator("[name=due_on]"), "31/01/2030")
    press(page, page.get_by_role("button", name="Giao việc"))
    member = open_page(cast["member"]["username"])
    tab_to(member, member.get_by_role("button", name="Đã xong: Lập danh sách hồ sơ tồn"), most=200)
    member.keyboard.press("Enter")
    expect(member.get_by_text("Đã ghi: báo đã xong.")).to_be_visible()


def test_a_secretary_moves_an_item_and_sends_the_notice(planned, open_page):
    page = open_page(planned["secretary"]["username"])
    page.goto(f"/meetings/{planned['meeting']}/preparation/")
    press(page, page.get_by_role("link", name="Sắp xếp chương trình"))
    titles = page.locator("#agenda-items .line-title")
    before = titles.all_inner_texts()
    button = page.get_by_role("button", name=re.compile("xuống dưới$")).first
    tab_to(page, button, most=200)
    page.keyboard.press("Space")
    expect(titles).to_have_text([before[1], before[0], *before[2:]])
    press(page, page.get_by_role("link", name="Chuẩn bị"))
    press(page, page.get_by_role("link", name="Xem trước thông báo"))
    press(page, page.get_by_role("button", name="Gửi thông báo"))
    expect(page.locator("h1")).to_have_text("Ai đã nhận thông báo")


def test_a_hand_vote_is_counted(server, open_page):
    cast = cast_branch(server, status="opened")
    page = open_page(cast["secretary"]["username"])
    page.goto(f"/meetings/{cast['meeting']}/room/")
    press(page, page.get_by_role("link", name=re.compile("^Biểu quyết về")).first)
    write(page, page.get_by_label("Nội dung biểu quyết"), "Mua máy quét")
    write(page, page.get_by_label("Tán thành", exact=True), "3")
    tab_to(page, page.get_by_label("Những đồng chí còn lại không giơ tay"), most=200)
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Ghi kết quả biểu quyết"))
    expect(page.get_by_text("Biểu quyết “Mua máy quét”")).to_be_visible()
