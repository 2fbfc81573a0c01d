"""A journal rewritten by somebody who has the whole database in hand, against heads kept elsewhere."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection

from nenep.journal import triggers, verbs
from nenep.journal.chains import INSTALLATION
from nenep.journal.heads import Head, head_in, top_head
from nenep.journal.models import START, Chain, Event
from nenep.journal.operations import Draft, record_many, witness_chains
from nenep.journal.verification import verify

pytestmark = pytest.mark.django_db

HASH = "0123456789abcdef" * 4


@pytest.fixture(autouse=True)
def _test_verbs():
    verbs.register({"thing.made": "Tạo"})


def write(count, body=5):
    record_many([Draft("thing.made", body, details={"n": n}) for n in range(count)], by=None)


def head_of(chain):
    row = Chain.objects.get(key=chain)
    return Head(chain, row.length, row.head)


def cut(chain, length):
    Event.objects.filter(chain=chain, number__gt=length).delete()
    forge_head(chain)


def rehash(chain):
    previous = START
    for event in Event.objects.filter(chain=chain).order_by("number"):
        event.previous = previous
        event.hash = previous = event.computed_hash()
        event.save()
    forge_head(chain)


def forge_head(chain):
    last = Event.objects.filter(chain=chain).latest("number")
    Chain.objects.filter(key=chain).update(length=last.number, head=last.hash)


def edit_the_first():
    Event.objects.filter(chain=5, number=1).update(actor="member:8")
    rehash(5)


def cut_and_rewrite_the_witness():
    cut(5, 15)
    kept = head_of(5)
    Event.objects.filter(chain=INSTALLATION).update(
        details={"chain": 5, "length": kept.number, "head": kept.hash}
    )
    rehash(INSTALLATION)


ATTACKS = {
    "the last events cut off": (lambda: cut(5, 15), 5, 15),
    "the first event edited, all hashes made anew": (edit_the_first, 5, 20),
    "cut, and the witness above rewritten": (cut_and_rewrite_the_witness, INSTALLATION, 1),
}


def attacked(case):
    """The head that was kept before, and what `verify` calls the broken row."""
    attack, chain, number = ATTACKS[case]
    write(20)
    if chain == INSTALLATION:
        witness_chains()
    kept = head_of(chain)
    triggers.remove(connection)
    attack()
    return kept, Event.objects.get(chain=chain, number=number).seq


@pytest.mark.parametrize("case", ATTACKS)
def test_a_rewritten_journal_does_not_fit_a_head_kept_elsewhere(case):
    kept, seq = attacked(case)
    for known in (kept, head_in(f"Mã đối chiếu: {kept.in_groups()}.")):
        broken = verify([Head(0, 0, START), known]).broken
        assert (broken.seq, broken.chain, broken.number, broken.reason) == (
            seq,
            kept.chain,
            kept.number,
            "head",
        )


@pytest.mark.parametrize("case", ATTACKS)
def test_a_rewritten_journal_is_not_found_without_the_head(case):
    """The twin: inside the database everything fits again."""
    attacked(case)
    assert verify().ok


def test_heads_of_a_journal_that_went_on_still_stand():
    write(3)
    witness_chains()
    kept = [head_of(5), top_head()]
    write(4)
    witness_chains()
    found = verify([*kept, head_of(5), Head(9, 0, START)])
    assert found.ok
    assert found.head == top_head() == head_of(INSTALLATION) != kept[1]


def test_there_is_no_head_on_top_before_the_first_witness():
    write(1)
    assert top_head() is None


@pytest.mark.parametrize(
    "line",
    [
        f"5:20:{HASH}",
        f"  5:20:{HASH.upper()}\n",
        "24/11/2026 5:20:0123-4567-89ab-cdef-0123-4567-89ab-cdef",
        "Mã đối chiếu: 5:20:0123-4567-89ab-cdef-0123-4567-89ab-cdef.",
    ],
)
def test_a_head_is_read_as_it_was_printed(line):
    head = head_in(line)
    assert (head.chain, head.number) == (5, 20)
    assert HASH.startswith(head.hash)
    assert len(head.hash) >= 32


@pytest.mark.parametrize(
    "line",
    ["", "5:20", f"20:{HASH}", f"5:20:{HASH}0", f"1:5:20:{HASH}", "5:20:0123", f"5:20:{HASH} 5:21:{HASH}"],
)
def test_what_is_no_head_is_refused(line):
    with pytest.raises(ValueError):  # from parsing or from unpacking
        head_in(line)


def run(*arguments):
    out, code = io.StringIO(), 0
    try:
        call_command("verify", *arguments, stdout=out)
    except SystemExit as left:
        code = left.code
    return code, out.getvalue()


def test_the_command_takes_heads_one_by_one_and_from_a_file(tmp_path):
    write(3)
    witness_chains()
    file = tmp_path / "heads"
    file.write_text(f"# giữ từ tháng 11/2026\n\n24/11/2026 {top_head()}\n{head_of(5).in_groups()}\n")
    code, said = run("--head", f"{head_of(5)}", "--heads", f"{file}")
    assert code == 0
    assert "Khớp với 3 mã" in said
    assert head_in(said.splitlines()[-1]) == top_head()
    with file.open("a") as more:
        more.write(f"5:3:{HASH}\n")
    code, said = run("--json", "--heads", f"{file}")
    assert code == 1
    found = json.loads(said)
    assert found["ok"] is False
    assert found["broken"] == {
        "seq": Event.objects.get(chain=5, number=3).seq,
        "chain": 5,
        "number": 3,
        "reason": "head",
    }
    code, said = run("--head", f"5:9:{HASH}")
    assert (code, said.count("\n")) == (1, 1)
    assert "mã đối chiếu giữ ở ngoài" in said


@pytest.mark.parametrize("arguments", [["--head", "5:x"], ["--heads", "/nowhere/at/all"]])
def test_bad_use_is_said_in_one_sentence(arguments, capsys):
    code, said = run(*arguments)
    assert (code, said) == (2, "")
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_that_is_no_text_is_said_in_one_sentence(tmp_path, capsys):
    (tmp_path / "heads").write_bytes(b"PK\x03\x04\xff\xfe")
    assert run("--heads", f"{tmp_path / 'heads'}") == (2, "")
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'heads'} không phải tệp chữ")
