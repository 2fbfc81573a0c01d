"""A worker killed without warning in the middle of a task, in processes of their own."""

import time
from pathlib import Path

import pytest

from nenep.notices.tests.process import migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

RUN = """
from datetime import timedelta
from nenep.notices.worker import Worker
Worker(poll_every=0.1, beat_every=0.3, lost_after=timedelta(seconds=2), pauses=(timedelta(0),) * 2).run()
"""
QUEUE = """
from nenep.notices.tests.work import write_line, write_line_and_hang
write_line_and_hang.enqueue({path!r}, {flag!r})
write_line.enqueue({path!r}, "after")
"""
STATES = """
from django_tasks_db.models import DBTaskResult
print(sorted((row.status, len(row.worker_ids)) for row in DBTaskResult.objects.all()))
"""


def wait_for(condition, seconds=40):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.1)


def test_the_task_of_a_killed_worker_is_finished_by_the_next_one(tmp_path):
    installation = migrated_installation(tmp_path)
    path, flag = tmp_path / "lines", tmp_path / "flag"
    path.touch()
    installation.python(QUEUE.format(path=str(path), flag=str(flag)))
    first = installation.start_python(RUN)
    try:
        wait_for(flag.exists)
    finally:
        first.kill()
        first.wait()
    assert lines(path) == ["begun"]
    assert "RUNNING" in installation.python(STATES)
    second = installation.start_python(RUN)
    try:
        wait_for(lambda: "done" in lines(path) and "after" in lines(path))
    finally:
        second.terminate()
        second.wait()
    assert sorted(lines(path)) == ["after", "begun", "begun", "done"]


def lines(path):
    return Path(path).read_text().split()
