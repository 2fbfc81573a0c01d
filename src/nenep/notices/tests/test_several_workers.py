"""Several workers at once, on a real database file or server, as threads of a process of their own."""

import json

import pytest

from nenep.notices.tests.process import migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

IN_THREADS = """
import json, threading
from datetime import timedelta
from django.db import connections
from nenep.notices import jobs
from nenep.notices.models import Schedule
from nenep.notices.worker import Worker
from nenep.notices.tests.work import write_line
from nenep.shared.dates import now

def in_threads(count, work):
    results, gate = [], threading.Barrier(count)
    def body():
        gate.wait()
        try:
            results.append(work())
        finally:
            connections.close_all()
    threads = [threading.Thread(target=body) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
"""
TASKS = """
for number in range(40):
    write_line.enqueue({path!r}, str(number))
print(json.dumps(in_threads(3, lambda: Worker().work_off())))
"""
JOBS = """
runs = []
jobs.JOBS = {"test.daily": jobs.Job("test.daily", "day", lambda: runs.append(1))}
queued = []
for _day in range(5):
    due = {"next_run": now() - timedelta(hours=1)}
    Schedule.objects.update_or_create(name="test.daily", defaults=due)
    queued.append(sum(in_threads(4, jobs.enqueue_due)))
    Worker().work_off()
print(json.dumps([queued, len(runs)]))
"""


def test_no_task_is_carried_out_twice_and_none_is_left(tmp_path):
    path = tmp_path / "lines"
    counts = json.loads(migrated_installation(tmp_path).python(IN_THREADS + TASKS.format(path=str(path))))
    assert len(counts) == 3
    assert sum(counts) == 40
    assert sorted(path.read_text().split(), key=int) == [str(number) for number in range(40)]


def test_of_several_workers_one_takes_a_due_job(tmp_path):
    queued, runs = json.loads(migrated_installation(tmp_path).python(IN_THREADS + JOBS))
    assert queued == [1] * 5
    assert runs == 5
