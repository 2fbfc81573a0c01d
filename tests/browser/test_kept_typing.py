"""Typing in the room outlives a cut network, a killed server and a sign-in that has ended, and nothing more."""

import os
import signal

import pytest

from tests.browser.browsing import new_page, sign_in
from tests.browser.casting import cast_branch
from tests.browser.serving import copied, serving

pytestmark = pytest.mark.browser
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('nenep.typed.'))"
TYPED = "Đồng chí Hòa nêu ba việc phải làm xong trong tháng."
NOTES, CONCLUSION = "textarea[name=notes]", "textarea[name=conclusion]"


@pytest.fixture
def cast(server):
    return cast_branch(server, status="opened")


@pytest.fixture
def room(open_page, cast):
    page = open_page(cast["secretary"]["username"], width=360)
    page.goto(f"/meetings/{cast['meeting']}/room/")
    return page


def kept(page):
    return page.evaluate(KEPT)


def wait_until_kept(page, count=1):
    page.wait_for_function(f"count => {KEPT}.length === count", arg=count)


def test_without_a_network_a_save_says_so_and_is_sent_when_it_is_back(room):
    room.context.set_offline(True)
    room.locator(NOTES).fill(TYPED)
    room.get_by_role("button", name="Xong, sang mục").click()
    room.locator(".kept-said", has_text="Chưa gửi được vì mất mạng").wait_for()
    assert room.locator(NOTES).input_value() == TYPED
    room.context.set_offline(False)
    room.locator("#items p", has_text=TYPED).first.wait_for(state="attached")
    wait_until_kept(room, 0)


def test_what_was_not_saved_comes_back_and_can_be_dropped(room):
    room.locator(NOTES).fill("")
    room.locator(CONCLUSION).fill(TYPED)
    wait_until_kept(room)
    stored = room.evaluate("JSON.stringify(localStorage)")
    assert "Hòa" not in stored  # unreadable to whoever opens this browser later
    room.on("dialog", lambda dialog: dialog.accept())
    room.reload()
    note = room.locator(".kept-note", has_text="Đã khôi phục chữ chưa lưu lúc")
    note.wait_for()
    assert room.locator(CONCLUSION).input_value() == TYPED
    note.get_by_role("button", name="Bỏ").click()
    assert room.locator(CONCLUSION).input_value() != TYPED
    assert kept(room) == []


def test_a_form_that_is_a_page_is_acknowledged_too(room, cast):
    room.get_by_text("Ghi phần khai mạc: giờ").click()
    guests = room.locator("input[name=guests]")
    room.context.set_offline(True)
    guests.fill("Đồng chí Lê Khách")
    room.locator("form", has=guests).get_by_role("button", name="Lưu").click()
    room.locator(".kept-said").wait_for()
    room.context.set_offline(False)
    room.get_by_text("Đã lưu phần khai mạc.").wait_for()
    assert kept(room) == []


@pytest.mark.parametrize("place", ["part", "page"])
def test_what_is_too_long_for_the_server_stays_on_the_page_with_what_to_do(room, place):
    if place == "page":
        room.goto(room.locator("#items form[data-kept]").get_attribute("action"))
    # Answered by hand: the browser itself needs minutes to draw a text of several megabytes.
    room.route("**/record/", lambda route: route.fulfill(status=413, body="<h1>Nội dung quá dài</h1>"))
    room.locator(NOTES).fill(TYPED)
    room.locator(NOTES).evaluate("area => area.form.requestSubmit()")
    room.locator(".kept-said", has_text="dài quá").wait_for()
    assert room.locator(NOTES).input_value() == TYPED
    room.unroute("**/record/")


def test_a_tap_without_a_network_says_so_and_is_sent_when_it_is_back(room, cast):
    room.goto(f"/meetings/{cast['meeting']}/roll-call/")
    row = room.locator("li[id^=member-]").last
    value = "present" if row.locator("input[value=excused]").is_checked() else "excused"
    chosen = row.locator(f"input[value={value}]")
    room.context.set_offline(True)
    row.locator("label.choice").filter(has=room.locator(f"input[value={value}]")).click()
    row.locator(".kept-said", has_text="Có mạng lại thì phần mềm tự gửi").wait_for()
    room.context.set_offline(False)
    row.locator(".kept-said").wait_for(state="detached")
    room.reload()
    assert chosen.is_checked()


def test_an_answer_from_another_address_is_no_acknowledgement(room):
    """Whoever must prove first who they are is led there, by the whole page, and finds the text when coming back."""
    room.locator(NOTES).fill(TYPED)
    wait_until_kept(room)
    room.route("**/record/", lambda route: route.fulfill(status=302, headers={"Location": "/accounts/2fa/"}))
    room.get_by_role("button", name="Xong, sang mục").click()
    room.wait_for_url("**/accounts/2fa/")
    assert len(kept(room)) == 1
    room.unroute("**/record/")
    room.go_back()
    room.locator(".kept-note").wait_for()
    assert room.locator(NOTES).input_value() == TYPED


def test_whoever_saves_too_late_sees_what_was_typed(room, cast, server):
    room.locator(NOTES).fill(TYPED)
    wait_until_kept(room)
    late = "from nenep.meetings.models import Meeting; Meeting.objects.filter(pk={}).update(status='{}')"
    server.manage("shell", "--no-imports", "-v", "0", "-c", late.format(cast["meeting"], "called"))
    room.get_by_role("button", name="Xong, sang mục").click()
    room.get_by_role("heading", name="Lần gửi này không lưu").wait_for()
    assert room.locator("textarea[readonly]").input_value() == TYPED
    server.manage("shell", "--no-imports", "-v", "0", "-c", late.format(cast["meeting"], "opened"))


def test_signing_out_erases_and_a_day_does(room):
    room.locator(NOTES).fill(TYPED)
    wait_until_kept(room)
    room.evaluate(
        "localStorage.setItem('nenep.typed.1.item:1', JSON.stringify({at: Date.now() - 25 * 3600000, body: ''}))"
    )
    room.on("dialog", lambda dialog: dialog.accept())
    room.reload()
    room.locator(".kept-note").wait_for()
    assert len(kept(room)) == 1
    room.get_by_role("button", name="Đăng xuất").click()
    room.wait_for_url("**/accounts/login/**")
    assert kept(room) == []


def test_text_outlives_a_sign_in_that_has_ended(server, open_page, cast):
    page = open_page()
    sign_in(page, cast["secretary"]["username"])
    page.goto(f"/meetings/{cast['meeting']}/room/")
    page.get_by_text("Ghi phần khai mạc: giờ").click()
    guests = page.locator("input[name=guests]")
    page.context.clear_cookies()
    guests.fill("Đồng chí Trần Khách")
    page.locator("form", has=guests).get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Đăng nhập rồi trở lại đây").click()
    sign_in_here(page, cast["secretary"]["username"])
    page.locator(".kept-note").wait_for(state="attached")
    assert page.locator("input[name=guests]").input_value() == "Đồng chí Trần Khách"


def sign_in_here(page, username):
    from nenep.demo import PASSWORD

    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit], main form .btn-primary").first.click()


def test_a_killed_server_loses_no_typing(browser, prepared_demo, tmp_path):
    with copied(prepared_demo, tmp_path / "data") as demo:
        with serving(demo) as first:
            who = cast_branch(first, status="opened")
            page, _faults = new_page(browser, first.address)
            sign_in(page, who["secretary"]["username"])
            page.goto(f"/meetings/{who['meeting']}/room/")
            page.locator(NOTES).fill(TYPED)
            os.kill(first.pid, signal.SIGKILL)
            page.get_by_role("button", name="Xong, sang mục").click()
            page.locator(".kept-said", has_text="Chưa gửi được").wait_for()
        with serving(demo, int(first.address.rpartition(":")[2])):
            page.locator("#items p", has_text=TYPED).first.wait_for(state="attached", timeout=30_000)
        page.context.close()
