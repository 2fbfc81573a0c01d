"""The role table is read strictly: whatever cannot be meant stops the program."""

import pytest

from nenep.access.roles import TABLE_FILE, BrokenTable, read

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
