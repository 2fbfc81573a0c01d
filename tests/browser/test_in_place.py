"""What htmx swaps in place and what a whole page does without JavaScript: the same deed, the same words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import press
from tests.browser.casting import cast_branch

WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["in place", "without JavaScript"])


@pytest.fixture
def as_secretary(server, open_page):
    """`as_secretary(status, path, **view)`: the secretary of a branch in that state at a path about its meeting."""

    def at(status, path, *, place=0, **view):
        cast = cast_branch(server, status=status, place=place)
        page = open_page(cast["secretary"]["username"], width=360, **view)
        page.goto(path.format(**cast))
        return page, cast

    return at


def stays(page):
    """Marks the document: what loads a new one loses the mark."""
    page.evaluate("document.documentElement.dataset.mark = 'here'")
    return lambda: page.evaluate("document.documentElement.dataset.mark") == "here"


@WAYS
def test_one_is_marked_absent_in_the_roll_call(as_secretary, javascript):
    page, cast = as_secretary("opened", "/meetings/{meeting}/roll-call/", javascript=javascript)
    line = page.locator(".roll > li").filter(has_text=cast["third"])
    line.get_by_label("Vắng có lý do").locator("..").click()
    expect(line.get_by_label("Lý do", exact=True)).to_be_visible()
    if javascript:
        still_here = stays(page)
        line.get_by_label("Lý do", exact=True).fill("Con ốm")
        with page.expect_response(lambda answer: answer.request.method == "POST" and answer.ok):
            line.get_by_label("Lý do", exact=True).blur()
        expect(line.locator(".field-error")).to_have_count(0)
        assert still_here()
    else:
        line.get_by_label("Lý do", exact=True).fill("Con ốm")
        page.get_by_role("button", name="Lưu điểm danh").click()
    page.goto(f"/meetings/{cast['meeting']}/roll-call/")
    expect(line.get_by_label("Vắng có lý do")).to_be_checked()
    expect(line.get_by_label("Lý do", exact=True)).to_have_value("Con ốm")


@WAYS
def test_an_item_is_written_and_the_next_one_opens(as_secretary, javascript):
    page, _cast = as_secretary("opened", "/meetings/{meeting}/room/", place=1, javascript=javascript)
    on = page.locator("#items details[open]")
    title = on.locator(".line-title").inner_text()
    still_here = stays(page) if javascript else None
    words = f"Đã bàn xong: {title}"
    on.locator("[name=notes]").fill(words)
    page.get_by_role("button", name="Xong, sang mục").click()
    expect(on.locator(".line-title")).not_to_have_text(title)
    done = page.locator("#items > li").filter(has_text=words)
    expect(done.locator("summary")).to_contain_text("Đã ghi")
    expect(on.locator("[name=notes]")).to_have_value("")
    assert still_here is None or still_here()


@WAYS
def test_an_item_of_the_agenda_goes_down(as_secretary, javascript):
    page, _cast = as_secretary("planned", "/meetings/{meeting}/agenda/", javascript=javascript)
    titles = page.locator("#agenda-items .line-title")
    before = titles.all_inner_texts()
    still_here = stays(page) if javascript else None
    page.locator(".agenda-more summary").first.click()
    page.get_by_role("button", name="xuống dưới").first.click()
    expect(titles).to_have_text([before[1], before[0], *before[2:]])
    expect(titles.first).to_be_visible()
    assert still_here is None or still_here()


@WAYS
def test_a_member_reports_by_one_tap(server, open_page, javascript):
    cast = cast_branch(server, status="opened", place=int(javascript))
    page = open_page(cast["secretary"]["username"])
    page.goto(f"/assignments/of-meeting/{cast['meeting']}/")
    page.locator("[name=what]").fill("Lập danh sách hồ sơ tồn")
    page.locator("[name=owner]").select_option(label=cast["member"]["name"])
    page.locator("[name=due_on]").fill("31/01/2030")
    page.get_by_role("button", name="Giao việc").click()
    expect(page.get_by_text("Đã giao việc và báo cho người thực hiện.")).to_be_visible()
    member = open_page(cast["member"]["username"], width=360, javascript=javascript)
    still_here = stays(member) if javascript else None
    member.get_by_role("button", name="Đã xong: Lập danh sách hồ sơ tồn").click()
    expect(member.get_by_text("Đã ghi: báo đã xong.")).to_be_visible()
    assert still_here is None or still_here()


def test_back_to_a_form_that_was_refused_is_a_plain_visit(as_secretary):
    page, _cast = as_secretary("called", "/meetings/{meeting}/response/")
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.locator("[name=answer]").select_option("asks_leave")
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 422):
        press(page, page.get_by_role("button", name="Gửi trả lời"))
    page.goto("/meetings/")
    assert warned == ["beforeunload"]  # what is not sent is not left without a word
    again = page.go_back()
    assert (again.request.method, again.status) == ("GET", 200)
    expect(page.locator("[name=answer]")).to_have_value("asks_leave")
