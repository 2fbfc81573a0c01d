import io
import json
import random

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from nenep.journal import triggers, verbs
from nenep.journal.models import Chain, Event
from nenep.journal.operations import Draft, record, record_many, record_read, record_reads, witness_chains
from nenep.journal.verification import verify
from nenep.shared.viewer import Viewer

pytestmark = pytest.mark.django_db

ANH = Viewer(actor="member:7", member_id=7)


@pytest.fixture(autouse=True)
def _test_verbs():
    verbs.register({"thing.made": "Tạo", "thing.read": "Xem"})


def write(count, body=5):
    return record_many([Draft("thing.made", body, details={"n": n}) for n in range(count)], by=ANH)


def test_events_of_a_body_form_one_gapless_chain():
    write(3)
    record("thing.made", by=None, body=5)
    events = list(Event.objects.order_by("number"))
    assert [event.number for event in events] == [1, 2, 3, 4]
    assert [event.previous for event in events[1:]] == [event.hash for event in events[:-1]]
    assert events[-1].actor == "system"
    assert verify().ok


def test_an_unregistered_verb_is_refused():
    with pytest.raises(ValueError, match="not registered"):
        record("thing.unheard", by=None, body=1)


def test_a_verb_cannot_have_two_labels():
    with pytest.raises(ValueError, match="registered twice"):
        verbs.register({"thing.made": "Làm"})


OTHERS = "verb, body, object_type, object_id, subject, purpose, details, previous, hash FROM journal_event"
REFUSED = [
    "UPDATE journal_event SET actor = 'x'",
    "DELETE FROM journal_event",
    f"INSERT INTO journal_event SELECT seq, chain, number, at, 'x', {OTHERS} WHERE true "
    "ON CONFLICT (seq) DO UPDATE SET actor = 'x'",
    "UPDATE journal_chain SET length = 0",
    "UPDATE journal_chain SET head = 'x'",
    "UPDATE journal_chain SET key = 6, length = length + 1",
    "DELETE FROM journal_chain",
    "INSERT INTO journal_chain (key, length, head) VALUES (5, 0, 'x') "
    "ON CONFLICT (key) DO UPDATE SET length = 0",
]
ONLY_ON = {
    "sqlite": [
        f"INSERT OR REPLACE INTO journal_event SELECT seq, chain, number, at, 'x', {OTHERS}",
        f"INSERT OR REPLACE INTO journal_event SELECT seq + 100, chain, number, at, 'x', {OTHERS}",
        "REPLACE INTO journal_chain (key, length, head) VALUES (5, 9, 'x')",
        "UPDATE OR REPLACE journal_event SET number = 1",
    ],
    "postgresql": ["TRUNCATE journal_event", "TRUNCATE journal_chain"],
}


@pytest.mark.parametrize("statement", REFUSED + ONLY_ON[connection.vendor])
def test_triggers_refuse_to_rewrite_or_shorten(statement):
    write(2)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify().ok


@pytest.mark.parametrize("statement", REFUSED + ONLY_ON[connection.vendor])
def test_without_triggers_the_same_statement_goes_through(statement):
    """The twin: the refusal comes from the triggers and from nothing else."""
    write(2)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert not verify().ok


def test_the_triggers_come_back_after_they_were_removed():
    triggers.remove(connection)
    triggers.install(connection)
    write(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Chain.objects.update(length=0)


TAMPERING = {
    "actor": lambda event: {"actor": "member:8"},
    "verb": lambda event: {"verb": "thing.read"},
    "details": lambda event: {"details": {"n": 99}},
    "subject": lambda event: {"subject": 3},
    "hash": lambda event: {"hash": "f" * 64},
    "previous": lambda event: {"previous": "e" * 64},
    "number": lambda event: {"number": 1000},
}


@pytest.mark.parametrize("what", TAMPERING)
@pytest.mark.parametrize("seed", range(5))
def test_verify_finds_any_edit(what, seed):
    write(20)
    triggers.remove(connection)
    event = random.Random(seed).choice(list(Event.objects.all()))
    Event.objects.filter(pk=event.pk).update(**TAMPERING[what](event))
    found = verify()
    assert found.broken is not None
    assert found.broken.number == event.number or what == "number"


@pytest.mark.parametrize("number", [1, 10, 19])
def test_verify_finds_a_deleted_row(number):
    write(20)
    triggers.remove(connection)
    Event.objects.filter(number=number).delete()
    assert verify().broken.number == number


def test_verify_finds_a_cut_end():
    write(20)
    triggers.remove(connection)
    Event.objects.filter(number__gt=15).delete()
    assert verify().broken.reason == "cut"


def test_a_cut_with_a_forged_head_is_found_by_the_chain_above():
    write(20)
    witness_chains()
    triggers.remove(connection)
    Event.objects.filter(chain=5, number__gt=15).delete()
    last = Event.objects.get(chain=5, number=15)
    Chain.objects.filter(key=5).update(length=15, head=last.hash)
    assert verify().broken.reason == "witness"


def rewrite_the_end(chain=5):
    """The last event, its hash and the head, as somebody does who has the whole database in hand."""
    last = Event.objects.filter(chain=chain).order_by("number").last()
    last.actor = "member:8"
    last.hash = last.computed_hash()
    last.save()
    Chain.objects.filter(key=chain).update(head=last.hash)


def test_a_rewritten_end_is_found_although_it_was_witnessed_again():
    write(20)
    witness_chains()
    triggers.remove(connection)
    rewrite_the_end()
    witness_chains()
    assert verify().broken.reason == "witness"


def test_a_rewritten_end_is_not_found_without_the_first_witness():
    """The twin: what was witnessed only afterwards proves nothing."""
    write(20)
    triggers.remove(connection)
    rewrite_the_end()
    witness_chains()
    assert verify().ok


def test_a_cut_with_a_forged_head_is_not_found_without_a_witness():
    """The twin: only the head kept elsewhere shows it."""
    write(20)
    triggers.remove(connection)
    Event.objects.filter(chain=5, number__gt=15).delete()
    last = Event.objects.get(chain=5, number=15)
    Chain.objects.filter(key=5).update(length=15, head=last.hash)
    assert verify().ok


def test_reading_again_within_ten_minutes_is_one_event():
    for _time in range(3):
        record_read("thing.read", by=ANH, body=5, subject=3)
    record_read("thing.read", by=ANH, body=5, subject=4)
    assert Event.objects.filter(verb="thing.read").count() == 2


def test_looking_at_oneself_is_no_event():
    record_read("thing.read", by=ANH, body=5, subject=7)
    assert not Event.objects.exists()


def test_a_page_of_several_people_writes_one_event_for_each_other_person_and_merges():
    record_read("thing.read", by=ANH, body=5, subject=3)
    seen = [Draft("thing.read", 5, subject=subject) for subject in (3, 4, 4, 7)]
    for _time in range(2):
        record_reads(seen, by=ANH)
    assert list(Event.objects.order_by("seq").values_list("subject", flat=True)) == [3, 4]
    record_reads(seen[:1], by=Viewer(actor="member:8", member_id=8))
    assert Event.objects.count() == 3


def test_a_page_of_many_people_costs_as_one_of_few(django_assert_max_num_queries):
    costs = []
    record_reads([Draft("thing.read", 5, subject=9)], by=ANH)  # the first opens the chain
    for people in (range(10, 12), range(20, 40)):
        with django_assert_max_num_queries(20) as queries:
            record_reads([Draft("thing.read", 5, subject=subject) for subject in people], by=ANH)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_verify_command_prints_one_json_document_and_exits_1_on_a_break():
    write(3)
    out = io.StringIO()
    call_command("verify", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"ok": True, "events": 3, "chains": 1, "broken": None, "head": None}
    triggers.remove(connection)
    Event.objects.filter(number=2).update(actor="x")
    with pytest.raises(SystemExit) as left:
        call_command("verify", "--json", stdout=(out := io.StringIO()))
    assert left.value.code == 1
    assert json.loads(out.getvalue())["broken"]["number"] == 2


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        record("thing.made", by=None, body=1)


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_leaves_no_event():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("thing.made", by=None, body=1)
        raise ZeroDivisionError
    assert not Event.objects.exists()
    assert verify().ok
