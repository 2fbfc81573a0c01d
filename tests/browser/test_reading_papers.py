"""A clerk's paper from its file to the register, on a phone and beside each other on a desktop, with and without scripts."""

import pytest

from nenep.documents.intake.tests.specimens import damaged_text, specimen
from nenep.files.tests.make import make_word
from tests.browser.browsing import VARIANTS, axe_violations, overflow, press

SIGNER = "input[name=signer]"


def paper(note):
    """A file of its own for each test: the same one enters a register once."""
    content = make_word(*damaged_text(specimen("ke-hoach")).split("\n"), note)
    return {"name": "van-ban.docx", "mimeType": "application/octet-stream", "buffer": content}


@pytest.fixture
def reading(open_page, request):
    def opened(**variant):
        page = open_page("bithu", **variant)
        page.goto("/arrivals/")
        press(page, page.get_by_role("link", name="Vào sổ văn bản từ ngoài"))
        press(page, page.get_by_role("link", name="Đọc từ tệp"))
        page.locator("input[type=file]").set_input_files(paper(request.node.name))
        page.get_by_label("không chứa bí mật").check()
        press(page, page.get_by_role("button", name="Đọc tệp"))
        return page

    return opened


@pytest.mark.parametrize(("width", "scheme"), VARIANTS)
def test_the_page_has_no_barriers(reading, width, scheme):
    page = reading(width=width, scheme=scheme)
    assert axe_violations(page) == []
    assert overflow(page) == 0
    fields, text = (page.locator(name).bounding_box() for name in (".read-fields", ".read-text"))
    is_beside = text["x"] >= fields["x"] + fields["width"]
    assert is_beside == (width > 1000)
    assert is_beside or text["y"] >= fields["y"] + fields["height"]


def test_a_suggestion_changes_its_line_and_keeps_what_is_typed_and_where_one_is(reading):
    page = reading(width=360)
    page.locator(SIGNER).fill("Trần C. Minh")
    page.get_by_role("button", name="Dùng “Công”").press("Enter")
    back = page.get_by_role("button", name="Trả lại như cũ")
    back.wait_for()
    assert page.locator("mark.is-corrected").all_inner_texts() == ["Công"]
    assert page.locator(SIGNER).input_value() == "Trần C. Minh"
    assert back.evaluate("button => button === document.activeElement")
    # Not saved yet, so the browser still keeps it.
    kept = "Object.keys(localStorage).filter(name => name.includes('.intake:')).length"
    assert page.evaluate(kept) == 1
    back.press("Enter")
    page.get_by_role("button", name="Dùng “Công”").wait_for()
    press(page, page.get_by_role("button", name="Vào sổ", exact=True))
    page.get_by_text("Đã vào sổ, số đến").wait_for()


def test_without_javascript_a_suggestion_keeps_what_is_typed_and_shows_its_line(reading):
    page = reading(width=360, javascript=False)
    page.locator(SIGNER).fill("Trần C. Minh")
    press(page, page.get_by_role("button", name="Dùng “Công”"))
    assert page.locator(SIGNER).input_value() == "Trần C. Minh"
    assert page.locator("mark.is-corrected").all_inner_texts() == ["Công"]
    assert page.url.split("#")[1].startswith("line-")
    press(page, page.get_by_role("button", name="Vào sổ", exact=True))
    page.get_by_text("Đã vào sổ, số đến").wait_for()
