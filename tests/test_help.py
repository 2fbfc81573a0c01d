"""Every page says at its foot what it is for: one or two sentences, its own or its parent's."""

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
BLOCK = re.compile(r"{% block help %}(.*?){% endblock", re.DOTALL)


def find(name):
    folders = (ROOT / "templates", *ROOT.glob("src/nenep/*/templates"))
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def help_of(path):
    text = path.read_text(encoding="utf-8")
    if found := BLOCK.search(text):
        return re.sub(r"<[^>]+>", "", found[1]).strip()
    parent = re.search(r'{% extends "([^"]+)" %}', text)
    above = find(parent[1]) if parent and parent[1] != "base.html" else None
    return help_of(above) if above else ""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_page_has_help_of_its_own(path):
    assert len(help_of(path)) > 15
