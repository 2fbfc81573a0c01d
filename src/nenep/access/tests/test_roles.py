"""The role table is read strictly: whatever cannot be meant stops the program."""

import re
from pathlib import Path

import pytest

import nenep
from nenep.access.roles import TABLE_FILE, BrokenTable, read, role_table

GOOD = """
roles:
  member: {label: Đảng viên, second_factor: false, short_session: false}
verbs:
  meetings.read: {label: Đọc, own: [member], below: []}
chosen:
  guest: {label: Khách, verbs: [meetings.read]}
"""


def test_table_of_the_program_is_whole():
    table = read(TABLE_FILE.read_text(encoding="utf-8"))
    assert len(table.roles) == 8
    assert table.verbs["meetings.read"].below == frozenset()


@pytest.mark.parametrize(
    ("good", "broken"),
    [
        ("own: [member]", "own: [membre]"),
        ("own: [member]", "own: member"),
        ("own: [member]", "own: [member, member]"),
        ("own: [member], below: []", "own: [member]"),
        ("own: [member]", "own: []"),
        ("label: Đọc", "label: ''"),
        ("second_factor: false", "second_factor: maybe"),
        ("short_session: false", "short_session: 30"),
        ("roles:", "rôles:"),
        ("verbs: [meetings.read]", "verbs: [meetings.run]"),
        ("label: Khách, ", ""),
        (
            "  meetings.read",
            "  meetings.read: {label: A, own: [member], below: [member]}\n  meetings.read",
        ),
    ],
)
def test_broken_table_is_refused(good, broken):
    read(GOOD)
    assert good in GOOD
    with pytest.raises(BrokenTable):
        read(GOOD.replace(good, broken, 1))


def asked_in(text):
    """The rights that a source names: `may(viewer, "meetings.read", body)`, `READ = "organizations.read"`."""
    return set(re.findall(r'"([a-z_]+\.[a-z_]+)"', text))


def sources():
    folder = Path(nenep.__file__).parent
    return [path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if "tests" not in path.parts]


def test_every_right_of_the_table_is_asked_somewhere():
    unused = set(role_table().verbs).difference(*map(asked_in, sources()))
    assert unused == set(), f"printed in the table of rights, and nothing asks for them: {sorted(unused)}"


def test_every_right_that_is_asked_stands_in_the_table():
    asked = re.compile(r"\b(?:may|may_add_below|_may|where|within|readable)\(([^()]*)\)")
    named = set().union(*(asked_in(call) for text in sources() for call in asked.findall(text)))
    assert len(named) > 20
    assert named - set(role_table().verbs) == set()


def test_a_right_that_nothing_asks_for_is_found():
    """Twin: a name counts where it stands whole and alone."""
    assert asked_in('may(viewer, "meetings.read", body)') == {"meetings.read"}
    assert asked_in('verb = "meetings." + name  # meetings.call') == set()
