from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django_tasks_db.models import DBTaskResult

from nenep.notices import jobs
from nenep.notices.models import Schedule
from nenep.notices.worker import Worker
from nenep.shared.dates import now

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


@pytest.mark.parametrize(
    ("every", "after", "expected"),
    [
        ("minute", "2026-11-23T10:15:42", "2026-11-23T10:16:00"),
        ("hour", "2026-11-23T23:15:42", "2026-11-24T00:00:00"),
        ("day", "2026-11-23T10:15:42", "2026-11-24T02:00:00"),
        ("day", "2026-11-23T01:59:59", "2026-11-23T02:00:00"),
        ("day", "2026-11-23T02:00:00", "2026-11-24T02:00:00"),
        ("month", "2026-11-23T10:15:42", "2026-12-01T02:00:00"),
        ("month", "2026-12-31T23:59:59", "2027-01-01T02:00:00"),
        ("month", "2026-11-01T01:00:00", "2026-11-01T02:00:00"),
    ],
)
def test_the_next_run_is_the_first_moment_of_the_rhythm(every, after, expected):
    assert jobs.Job("x", every, lambda: None).next_run(at(after)) == at(expected)


@pytest.fixture
def one_job(monkeypatch):
    runs = []

    def run():
        runs.append(now())
        if getattr(run, "fails", False):
            raise ZeroDivisionError

    jobs_now = {"test.daily": jobs.Job("test.daily", "day", run)}
    monkeypatch.setattr(jobs, "JOBS", jobs_now)
    run.runs = runs
    return run


def test_a_new_job_waits_for_its_night(one_job):
    assert jobs.enqueue_due() == 0
    schedule = Schedule.objects.get()
    assert schedule.next_run > now()
    assert schedule.last_state == Schedule.State.NEVER


def test_missed_nights_give_one_run(one_job):
    jobs.enqueue_due()
    Schedule.objects.update(next_run=now() - timedelta(days=30))
    assert jobs.enqueue_due() == 1
    assert jobs.enqueue_due() == 0
    Worker().work_off()
    assert len(one_job.runs) == 1
    assert Schedule.objects.get().next_run > now()


def test_a_slow_run_is_not_overtaken(one_job):
    jobs.enqueue_due()
    for _night in range(3):
        Schedule.objects.update(next_run=now() - timedelta(minutes=1))
        jobs.enqueue_due()
    assert DBTaskResult.objects.count() == 1


def test_a_failed_run_is_noted_and_tried_again(one_job):
    one_job.fails = True
    jobs.enqueue_due()
    Schedule.objects.update(next_run=now() - timedelta(minutes=1))
    worker = Worker(pauses=(timedelta(0), timedelta(0)))
    assert worker.work_once()
    assert Schedule.objects.get().last_state == Schedule.State.FAILED
    one_job.fails = False
    assert worker.work_once()
    assert Schedule.objects.get().last_state == Schedule.State.DONE


def test_a_name_belongs_to_one_job():
    with pytest.raises(ValueError, match="registered twice"):
        jobs.register_job("notices.forget", every="day", run=print)


def test_an_unknown_rhythm_is_refused():
    with pytest.raises(ValueError, match="allowed are minute, hour, day, month"):
        jobs.register_job("test.yearly", every="year", run=print)


def test_every_registered_job_runs_on_an_empty_database():
    for job in jobs.JOBS.values():
        job.run()
