"""The server killed again and again while people mark notices read: what was answered is there, once."""

import json
import sqlite3
import threading
import time
import urllib.error
import urllib.request

import pytest
from django.db import connection

from nenep.installation.tests.test_init import free_port
from nenep.notices.tests.process import migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KILLS, CLIENTS, NOTICES = 4, 4, 200
PREPARE = """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from nenep.access.tests.make import make_account
from nenep.notices.operations import notify
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.tests.make import make_member
import json
member = make_member(make_small_bloc().branch)
account = make_account(member)
session = SessionStore()
session[SESSION_KEY] = str(account.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = account.get_session_auth_hash()
session.create()
notices = [notify([member.pk], kind="x.y", title="T", body=None, by=None)[0].pk for _number in range(NOTICES)]
print(json.dumps([session.session_key, notices]))
"""
COUNT = """
import json
from nenep.journal.models import Event
from nenep.journal.verification import verify
from nenep.notices.models import Notice
read = list(Notice.objects.filter(read_at__isnull=False).order_by("pk").values_list("pk", flat=True))
events = list(Event.objects.filter(verb="notice.read").order_by("object_id").values_list("object_id", flat=True))
print(json.dumps([read, events, verify().ok]))
"""
TOKEN = "a" * 32


class Reader(threading.Thread):
    """Marks its notices read, one after the other, each until the server has said yes."""

    def __init__(self, port, session, notices):
        super().__init__(daemon=True)
        self.port, self.session, self.notices = port, session, notices
        self.answered, self.doubtful = [], 0

    def run(self):
        for notice in self.notices:
            while not self._mark(notice):
                time.sleep(0.05)
            self.answered.append(notice)

    def _mark(self, notice):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/notices/{notice}/reading/",
            data=b"",
            headers={"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN},
        )
        try:
            with urllib.request.build_opener(NoRedirect).open(request, timeout=20):
                return False
        except urllib.error.HTTPError as error:
            with error:
                assert error.code == 302, error.read()
                return True
        except OSError:
            self.doubtful += 1
            return False


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments):
        return None


def test_nothing_that_was_answered_is_lost_or_done_twice(tmp_path):
    installation = migrated_installation(tmp_path)
    session, notices = json.loads(installation.python(PREPARE.replace("NOTICES", str(NOTICES))))
    port = free_port()
    readers = [Reader(port, session, notices[start::CLIENTS]) for start in range(CLIENTS)]
    for reader in readers:
        reader.start()
    for _kill in range(KILLS):
        already = answered(readers)
        server = installation.start("serve", f"--port={port}")
        wait_for(lambda already=already: len(answered(readers)) > len(already) + 15, server)
        server.kill()
        server.communicate()
    server = installation.start("serve", f"--port={port}")
    wait_for(lambda: not any(reader.is_alive() for reader in readers), server)
    server.terminate()
    server.communicate(timeout=20)
    read, events, sound = json.loads(installation.python(COUNT))
    assert sorted(answered(readers)) == read == sorted(notices)
    assert events == read
    assert sound
    assert sum(reader.doubtful for reader in readers) > 0
    if connection.vendor == "sqlite":
        database = sqlite3.connect(installation.data / "nenep.sqlite3")
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.close()


def answered(readers):
    return [notice for reader in readers for notice in reader.answered]


def wait_for(condition, server, seconds=90):
    until = time.monotonic() + seconds
    while not condition():
        assert server.poll() is None, server.stdout.read()
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.02)
