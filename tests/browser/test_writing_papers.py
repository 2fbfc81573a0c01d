"""A paper is written, looked at and numbered: by keyboard alone, and on a phone without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import VARIANTS, axe_violations, overflow, press, tab_to


def walk(page, target, key="Enter"):
    tab_to(page, target, most=200)
    with page.expect_navigation():
        page.keyboard.press(key)


def write(page, target, words):
    tab_to(page, target, most=200)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(words)


@pytest.mark.both_databases
def test_a_secretary_composes_looks_and_takes_the_number_by_keyboard(open_page):
    page = open_page("bithu")
    page.goto("/documents/")
    walk(page, page.get_by_role("link", name="Soạn văn bản"))
    kind = page.get_by_label("Thể loại")
    tab_to(page, kind)
    page.keyboard.type("Thông")
    walk(page, page.get_by_role("button", name="Bắt đầu soạn"))
    expect(page.get_by_label("Nội dung")).to_have_value(re.compile("kết luận như sau"))
    write(page, page.get_by_label("Trích yếu"), "lịch trực cuối năm")
    tab_to(page, page.get_by_label("Nội dung"), most=200)
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text("Chi bộ thông báo:\n1. Mỗi ngày hai đồng chí trực.\n2. Ghi sổ bàn giao.")
    walk(page, page.get_by_role("button", name="Lưu và xem trước"))
    expect(page.get_by_text("DỰ THẢO, bản 2, chưa có số.")).to_be_visible()
    expect(page.get_by_text("2. Ghi sổ bàn giao.")).to_be_visible()
    walk(page, page.get_by_role("link", name="Lấy số và ban hành"))
    walk(page, page.get_by_role("button", name="Lấy số, ban hành"))
    expect(page.locator("h1")).to_have_text(re.compile(r"Thông báo \d+-TB/CB"))
    expect(page.get_by_role("link", name="In văn bản (PDF)")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), VARIANTS)
def test_the_pages_have_no_barriers(open_page, width, scheme):
    page = open_page("vanthu", width=width, scheme=scheme)
    page.goto("/documents/")
    press(page, page.get_by_role("link", name=re.compile("kiểm tra, giám sát năm 2027")))
    for name in (
        "Sửa dự thảo",
        "Lấy số và ban hành",
        "Đưa bản Word đã sửa trở lại",
        "Các bản đã lưu",
        "Bỏ dự thảo",
    ):
        assert axe_violations(page) == []
        assert overflow(page) == 0
        draft = page.url
        press(page, page.get_by_role("link", name=name))
        assert axe_violations(page) == [], name
        assert overflow(page) == 0, name
        page.goto(draft)


def test_without_javascript_a_word_file_goes_out_and_comes_back(open_page):
    page = open_page("vanthu", width=360, javascript=False)
    page.goto("/documents/")
    press(page, page.get_by_role("link", name=re.compile("kiểm tra, giám sát năm 2027")))
    with page.expect_download() as going:
        page.get_by_role("link", name="Tải Word về sửa").click()
    press(page, page.get_by_role("link", name="Đưa bản Word đã sửa trở lại"))
    page.locator("input[type=file]").set_input_files(going.value.path())
    page.get_by_label("không chứa bí mật").check()
    press(page, page.get_by_role("button", name="Đọc tệp, xem chỗ đã sửa"))
    page.get_by_text("Không đổi chữ nào.").wait_for()
    press(page, page.get_by_role("button", name="Bỏ bản Word, giữ dự thảo"))
    page.get_by_text("dự thảo giữ nguyên").wait_for()
