"""The one checkpointer of the serving process, and how many connections its pages hold."""

import json

import pytest
from django.db import connection

from nenep.installation import checkpoints
from nenep.notices.tests.process import migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WRITE_AND_CHECK = """
import json, sqlite3, threading, uuid
from django.conf import settings
from django.db import connection, connections
from nenep.installation import checkpoints
from nenep.notices.models import Heartbeat
from nenep.shared.dates import now

checkpoints.keep_from_requests()
log = settings.DATABASES["default"]["NAME"].with_name("nenep.sqlite3-wal")

def write(count):
    for number in range(count):
        Heartbeat.objects.create(worker=f"{uuid.uuid4()}", seen_at=now())

write(1500)
grown = log.stat().st_size
checker = checkpoints.Checkpointer(worth_it=1024)
done = checker.check()
write(5)
after = log.stat().st_size
threads = [threading.Thread(target=write, args=(300,)) for _writer in range(3)]
for thread in threads:
    thread.start()
checks = []
while any(thread.is_alive() for thread in threads):
    checks.append(checker.check())
connections.close_all()
reader = sqlite3.connect(settings.DATABASES["default"]["NAME"])
integrity = reader.execute("PRAGMA integrity_check").fetchone()[0]
print(json.dumps([grown, done, after, sum(checks) > 0, Heartbeat.objects.count(), integrity]))
"""
ASK = """
import asyncio, json
from pathlib import Path
from django.conf import settings
from django.db import connection
settings.STATIC_ROOT.mkdir(parents=True)
from config.asgi import application
from django.core.signals import request_finished

finished = []
count = lambda **_signal: finished.append(1)
request_finished.connect(count)

def database_connections():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            return cursor.fetchone()[0] - 1  # without this one
    name = settings.DATABASES["default"]["NAME"]
    return sum(path.is_symlink() and path.resolve() == name for path in Path("/proc/self/fd").iterdir())

async def ask():
    messages = []
    scope = {"type": "http", "method": "GET", "path": "/ready", "query_string": b"", "http_version": "1.1",
             "headers": [(b"host", b"127.0.0.1")], "scheme": "http", "server": ("127.0.0.1", 80)}
    async def receive():
        return {"type": "http.request", "body": b""}
    async def send(message):
        messages.append(message)
    await application(scope, receive, send)
    return messages[0]["status"]

async def all_of_them():
    return await asyncio.gather(*(ask() for _number in range(200)))

answers = asyncio.run(all_of_them())
print(json.dumps([len(answers), sorted(set(answers)), database_connections(), len(finished)]))
"""


def test_only_the_checkpointer_moves_the_log_and_nothing_is_lost(tmp_path):
    if connection.vendor != "sqlite":
        assert not checkpoints.are_ours()
        return
    grown, done, after, some, rows, integrity = json.loads(
        migrated_installation(tmp_path).python(WRITE_AND_CHECK)
    )
    # SQLite's own rule would have emptied the log at 1,000 pages, 4 MB.
    assert grown > 4.1 * 1024 * 1024
    assert done
    assert after == grown  # the log is written from its start again, not longer
    assert some
    assert rows == 1500 + 5 + 900
    assert integrity == "ok"


def test_two_hundred_requests_at_once_open_at_most_eight_connections(tmp_path):
    count, statuses, open_now, finished = json.loads(migrated_installation(tmp_path).python(ASK))
    assert count == 200
    assert statuses == [503]  # no worker here; each answer asked the database
    assert 1 <= open_now <= 8
    assert finished == 200  # Django's own upkeep of connections runs after every answer
