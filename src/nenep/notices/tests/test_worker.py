from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from nenep.notices.models import Heartbeat
from nenep.notices.tests.work import fail, write_line
from nenep.notices.worker import TRIES, Worker
from nenep.shared.dates import now

pytestmark = pytest.mark.django_db

AT_ONCE = (timedelta(0), timedelta(0))


def status():
    return DBTaskResult.objects.get().status


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "lines"
    path.touch()
    return path


def test_a_task_is_carried_out_once(lines):
    write_line.enqueue(str(lines), "a")
    assert Worker().work_off() == 1
    assert Worker().work_off() == 0
    assert lines.read_text() == "a\n"
    assert status() == TaskResultStatus.SUCCESSFUL


def test_a_failing_task_is_tried_three_times_and_then_given_up():
    fail.enqueue()
    assert Worker(pauses=AT_ONCE).work_off() == TRIES
    result = DBTaskResult.objects.get()
    assert result.status == TaskResultStatus.FAILED
    assert "ZeroDivisionError" in result.exception_class_path


def test_after_a_failure_the_task_waits_longer_each_time():
    fail.enqueue()
    worker, waits = Worker(), []
    for _time in range(TRIES - 1):
        assert worker.work_once()
        assert not worker.work_once()
        waits.append(DBTaskResult.objects.get().run_after - now())
        DBTaskResult.objects.update(run_after=now())
    assert timedelta(0) < waits[0] < waits[1]


def lose(worker_name, *, seen):
    """A task that `worker_name` claimed an hour ago."""
    result = DBTaskResult.objects.get()
    result.claim(worker_name)
    DBTaskResult.objects.update(started_at=now() - timedelta(hours=1))
    if seen is not None:
        Heartbeat.objects.create(worker=worker_name, seen_at=now() - seen)


@pytest.mark.parametrize("seen", [None, timedelta(minutes=30)])
def test_the_task_of_a_dead_worker_is_carried_out_by_another(lines, seen):
    write_line.enqueue(str(lines), "a")
    lose("elsewhere:1:dead", seen=seen)
    assert Worker(pauses=AT_ONCE).work_off() == 1
    assert lines.read_text() == "a\n"
    assert len(DBTaskResult.objects.get().worker_ids) == 2


def test_a_long_task_of_a_living_worker_is_left_alone(lines):
    """The twin: only the missing heartbeat makes the difference."""
    write_line.enqueue(str(lines), "a")
    lose("elsewhere:1:busy", seen=timedelta(seconds=20))
    assert Worker(pauses=AT_ONCE).work_off() == 0
    assert status() == TaskResultStatus.RUNNING


def test_a_task_that_kills_its_workers_is_given_up(lines):
    write_line.enqueue(str(lines), "a")
    for number in range(TRIES):
        lose(f"elsewhere:{number}:dead", seen=None)
    assert Worker(pauses=AT_ONCE).work_off() == 0
    assert status() == TaskResultStatus.FAILED
    assert lines.read_text() == ""


def test_a_worker_that_was_thought_dead_does_not_overwrite_the_second_one(lines):
    write_line.enqueue(str(lines), "a")
    slow = Worker(pauses=AT_ONCE)
    claimed = slow._claim()
    DBTaskResult.objects.update(started_at=now() - timedelta(hours=1))
    other = Worker(pauses=AT_ONCE)
    assert other.take_over() == 1
    again = other._claim()
    slow._carry_out(claimed)
    assert status() == TaskResultStatus.RUNNING
    other._carry_out(again)
    assert status() == TaskResultStatus.SUCCESSFUL


def test_a_task_of_an_older_version_is_given_up_without_stopping_the_worker():
    fail.enqueue()
    DBTaskResult.objects.update(task_path="nenep.notices.tests.work.gone")
    assert Worker(pauses=AT_ONCE).work_off() == TRIES
    assert status() == TaskResultStatus.FAILED
