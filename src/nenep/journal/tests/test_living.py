"""Checking a journal that is being written to: a real database file or server, the writers in other threads."""

import json

import pytest

from nenep.notices.tests.process import migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WRITER = """
import json, threading
from django.db import connection, connections, transaction
from nenep.journal import verbs
from nenep.journal.operations import record
from nenep.journal.verification import verify, walk

verbs.register({"thing.made": "Tạo"})

def write():
    try:
        with transaction.atomic():
            record("thing.made", by=None, body=5)
    finally:
        connections.close_all()

def in_another_thread(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)

in_another_thread(write)
"""
BETWEEN_THE_READS = """
def then_write(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if sql.startswith("SELECT"):
        in_another_thread(write)
    return result

with connection.execute_wrapper(then_write):
    found = [verify(), walk()]
print(json.dumps([[each.ok, each.broken and each.broken.reason, each.events] for each in [*found, verify()]]))
"""
ALL_THE_TIME = """
stop = threading.Event()

def keep_writing():
    while not stop.is_set():
        write()

threads = [threading.Thread(target=keep_writing) for _writer in range(2)]
for thread in threads:
    thread.start()
found = []
while len(found) < 20 or found[-1].events < 50:
    found.append(verify())
stop.set()
for thread in threads:
    thread.join(30)
print(json.dumps([all(each.ok for each in found), found[0].events < found[-1].events]))
"""


def test_what_is_written_between_the_reads_is_no_break(tmp_path):
    """The twin walks without the one moment, and meets the event as a cut chain."""
    still, torn, after = json.loads(migrated_installation(tmp_path).python(WRITER + BETWEEN_THE_READS))
    assert still == [True, None, 1]
    assert torn[:2] == [False, "cut"]
    assert after[:2] == [True, None]


def test_verify_raises_no_alarm_while_people_write(tmp_path):
    assert json.loads(migrated_installation(tmp_path).python(WRITER + ALL_THE_TIME)) == [True, True]
