"""Every page says at its foot what it is for, its own or its parent's; one that is printed, at the head what it is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    path
    for folder in (ROOT / "templates", *ROOT.glob("src/nenep/*/templates"))
    for path in sorted(folder.rglob("*.html"))
    if "{% extends" in path.read_text(encoding="utf-8")
]
# Printed to be cut: slips, ballots and cards are no sheets with a head.
CUT = {"ballots/sheets.html", "meetings/cards.html", "access/slips.html", "recovery_codes/index.html"}


def find(name):
    folders = (ROOT / "templates", *ROOT.glob("src/nenep/*/templates"))
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def name_of(path):
    return "/".join(path.parts[-2:])


def block_of(path, name):
    text = path.read_text(encoding="utf-8")
    if found := re.search(rf"{{% block {name} %}}(.*?){{% endblock", text, re.DOTALL):
        return re.sub(r"<[^>]+>", "", found[1]).strip()
    parent = re.search(r'{% extends "([^"]+)" %}', text)
    above = find(parent[1]) if parent and parent[1] != "base.html" else None
    return block_of(above, name) if above else ""


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_has_help_of_its_own(path):
    assert len(block_of(path, "help")) > 15


def test_a_page_with_a_button_to_print_says_at_the_head_of_the_sheet_what_it_is():
    printed = {name_of(path): path for path in PAGES if "data-print" in path.read_text(encoding="utf-8")}
    assert {name for name, path in printed.items() if not block_of(path, "paper")} == CUT
