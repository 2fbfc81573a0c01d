"""The running meeting on several devices: what one does, the others see without touching anything."""

import pytest

from tests.browser.casting import cast_branch

pytestmark = [pytest.mark.browser, pytest.mark.both_databases]
SEEN_WITHIN = 10_000  # ms; how fast it really is says tools/measure_room.py
ASKED_WITHIN = 20_000  # those who write are asked about every ten seconds
CHOOSE = """
from nenep.meetings.models import Meeting
from nenep.people.models import Member
Meeting.objects.filter(pk={}).update(note_taker=Member.objects.get(account__username="{}"))
"""


@pytest.fixture
def cast(server):
    return cast_branch(server, status="opened")


def test_a_check_in_and_a_raised_hand_show_on_the_other_screens(open_page, cast):
    meeting = cast["meeting"]
    screen = open_page(cast["secretary"]["username"])
    screen.goto(f"/rooms/{meeting}/screen/")
    chair = open_page(cast["secretary"]["username"], width=360)
    chair.goto(f"/rooms/{meeting}/guide/")
    member = open_page(cast["absent"]["username"], width=360)
    member.goto(f"/rooms/{meeting}/seat/")
    if member.locator("input[name=code]").count():
        member.locator("input[name=code]").fill(screen.locator(".room-digits").inner_text())
        member.get_by_role("button", name="Tôi có mặt").click()
    member.get_by_role("button", name="Xin phát biểu").click()
    name = cast["absent"]["name"]
    screen.locator(".scene", has_text=f"1. {name}").wait_for(timeout=SEEN_WITHIN)
    give = chair.locator("ol").get_by_role("button", name=f"Mời đồng chí {name} phát biểu")
    give.wait_for(timeout=SEEN_WITHIN)
    give.click()
    screen.locator(".scene dt", has_text="Đang phát biểu").wait_for(timeout=SEEN_WITHIN)


def test_who_writes_sees_the_room_go_on_and_loses_neither_words_nor_place(open_page, server, cast):
    meeting, writing = cast["meeting"], cast["member"]
    server.manage("shell", "--no-imports", "-v", "0", "-c", CHOOSE.format(meeting, writing["username"]))
    writer = open_page(writing["username"], width=360)
    writer.goto(f"/meetings/{meeting}/room/")
    writer.locator(".pulse", has_text="Có mặt").wait_for(timeout=SEEN_WITHIN)
    writer.locator("#vote-base").evaluate("part => { part.open = true; }")
    notes = writer.locator("#items textarea[name=notes]")
    notes.press_sequentially("Chi bộ bàn")
    chair, other = (open_page(cast["secretary"]["username"]) for _device in range(2))
    for page in (chair, other):
        page.goto(f"/rooms/{meeting}/guide/")
    # In one step: a located part may be drawn anew before it is asked to open.
    other.evaluate("document.getElementById('silent').open = true")
    chair.locator("#onward").click()
    chair.wait_for_load_state()
    title = chair.locator("#now").inner_text()
    # The other device of the chair shows the part that is on, with what was opened there.
    other.locator("#now", has_text=title).wait_for(timeout=SEEN_WITHIN)
    other.get_by_text("phút, từ").wait_for(timeout=SEEN_WITHIN)
    assert other.locator("#silent").evaluate("part => part.open")
    writer.locator(".pulse", has_text="Đang bàn nội dung 1/").wait_for(timeout=SEEN_WITHIN)
    uncalled = writer.locator("#present").inner_text()
    member = open_page(cast["absent"]["username"], width=360)
    member.goto(f"/rooms/{meeting}/seat/")
    if member.locator("input[name=code]").count():
        screen = open_page(cast["secretary"]["username"])
        screen.goto(f"/rooms/{meeting}/screen/")
        member.locator("input[name=code]").fill(screen.locator(".room-digits").inner_text())
        member.get_by_role("button", name="Tôi có mặt").click()
        writer.wait_for_function(
            "was => document.querySelector('#present').innerText !== was", arg=uncalled, timeout=SEEN_WITHIN
        )
    member.get_by_role("button", name="Xin phát biểu").click()
    writer.locator(".pulse", has_text="Xin phát biểu: ").wait_for(timeout=SEEN_WITHIN)
    assert writer.locator("#vote-base").evaluate("part => part.open")
    writer.keyboard.type(" kỹ.")
    assert notes.input_value().endswith("Chi bộ bàn kỹ.")
    assert writer.evaluate("document.documentElement.scrollWidth") == 360


def test_answers_by_name_are_counted_under_a_choice_that_is_not_sent_yet(open_page, cast):
    chair = open_page(cast["secretary"]["username"])
    chair.goto(f"/votes/meetings/{cast['meeting']}/opening/")
    chair.locator("input[name=subject]").fill("Nhất trí mua máy")
    chair.get_by_role("button", name="Mở biểu quyết").click()
    chair.wait_for_url("**/votes/*/")
    member = open_page(cast["member"]["username"], width=360)
    member.goto(chair.url)
    member.locator("input[name=choice]").nth(1).check()
    chair.locator("input[name=choice]").first.check()
    chair.get_by_role("button", name="Biểu quyết", exact=True).click()
    member.locator("[data-region=cast]", has_text="đã biểu quyết 1/").wait_for(timeout=SEEN_WITHIN)
    assert member.locator("input[name=choice]").nth(1).is_checked()


def test_the_code_on_the_screen_changes_by_itself(open_page, cast):
    screen = open_page(cast["secretary"]["username"])
    screen.goto(f"/rooms/{cast['meeting']}/screen/")
    was = screen.locator(".room-code").inner_html()
    screen.wait_for_function(
        "was => document.querySelector('.room-code').innerHTML !== was", arg=was, timeout=30_000
    )


def test_who_writes_an_item_is_shown_on_it_until_it_is_saved(open_page, server, cast):
    meeting, writing = cast["meeting"], cast["member"]
    server.manage("shell", "--no-imports", "-v", "0", "-c", CHOOSE.format(meeting, writing["username"]))
    writer = open_page(writing["username"], width=360)
    writer.goto(f"/meetings/{meeting}/room/")
    other = open_page(cast["secretary"]["username"], width=360)
    other.goto(f"/meetings/{meeting}/room/")
    notes = writer.locator("#items textarea[name=notes]")
    place = notes.evaluate("field => '#writing-' + field.closest('li').id.replace('item-', '')")
    notes.press_sequentially("Chi bộ bàn kỹ.")
    said = other.locator(place, has_text=f"Đang ghi: đồng chí {writing['name']}")
    said.wait_for(timeout=ASKED_WITHIN)
    assert other.evaluate("document.documentElement.scrollWidth") == 360
    # The sign of life was answered long ago, and the text is still kept: it was not taken for a saving.
    assert writer.evaluate("Object.keys(localStorage).some(name => name.startsWith('nenep.typed.'))")
    writer.locator("#items form button").first.click()
    said.wait_for(state="detached", timeout=ASKED_WITHIN)


def test_without_scripts_checking_in_and_the_floor_work_by_pages(open_page, cast):
    member = open_page(cast["member"]["username"], javascript=False)
    member.goto(f"/rooms/{cast['meeting']}/seat/")
    if member.locator("input[name=code]").count():
        screen = open_page(cast["secretary"]["username"], javascript=False)
        screen.goto(f"/rooms/{cast['meeting']}/screen/")
        member.locator("input[name=code]").fill(screen.locator(".room-digits").inner_text())
        member.get_by_role("button", name="Tôi có mặt").click()
    member.get_by_role("button", name="Xin phát biểu").click()
    assert "Đồng chí đang chờ phát biểu" in member.locator("main").inner_text()
    member.get_by_role("button", name="Thôi, không phát biểu nữa").click()
    assert member.get_by_role("button", name="Xin phát biểu").is_visible()
