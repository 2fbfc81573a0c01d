"""A save whose answer was lost on a bad network is sent again: it is the same save, not somebody else's."""

from datetime import date, timedelta

import pytest

from nenep.journal.models import Event
from nenep.meetings.answers import write_opinion
from nenep.meetings.models import MeetingStatus
from nenep.meetings.recording import (
    record_committee_meeting,
    record_item,
    record_opening,
)
from nenep.meetings.tests.make import HELD_AT, acting, make_meeting
from nenep.resolutions.operations import draft
from nenep.shared.dates import clock_at
from nenep.shared.stale import Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(branch, secretary):
    return make_meeting(branch, chair=secretary)


@pytest.fixture
def running(branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)
    with clock_at(HELD_AT + timedelta(minutes=5)):
        yield meeting


def twice(save):
    """Send the same again; returns how many events the second sending wrote."""
    save()
    before = Event.objects.count()
    save()
    return Event.objects.count() - before


def test_an_item_is_saved_once(running):
    item = running.items.get(step="C5")

    def save(notes="Bàn ba việc.", conclusion="Chốt việc một."):
        record_item(item, notes=notes, conclusion=conclusion, decision="", seen_revision=0, by=None)

    assert twice(save) == 0
    assert running.items.get(pk=item.pk).revision == 1
    for other in ({"notes": "Bàn hai việc."}, {"conclusion": ""}):
        with pytest.raises(Stale):
            save(**other)


def test_the_opening_lines_are_saved_once(running, secretary):
    def save(guests="Đồng chí Lê Khách"):
        record_opening(running, seen_revision=0, guests=guests, chair=secretary, agenda_adopted=True, by=None)

    assert twice(save) == 0
    running.refresh_from_db()
    assert (running.opening_revision, running.guests) == (1, "Đồng chí Lê Khách")
    with pytest.raises(Stale):
        save(guests="Không có")


def test_the_committees_minutes_are_saved_once(planned):
    def save(content="Bàn chương trình."):
        record_committee_meeting(
            planned,
            seen_revision=0,
            held_at=planned.starts_at - timedelta(days=4),
            place="Phòng họp",
            present="Cả chi ủy",
            content=content,
            decisions="Phân công",
            by=None,
        )

    assert twice(save) == 0
    planned.refresh_from_db()
    assert planned.committee_meeting.revision == 1
    with pytest.raises(Stale):
        save(content="Bàn việc khác.")


def test_a_draft_is_saved_once_with_its_targets(planned, secretary):
    words = {
        "title": "Nghị quyết tháng 12",
        "review": "Đạt.",
        "direction": "Làm ba việc.",
        "organization": "",
    }
    target = {
        "id": None,
        "what": "Rà soát hồ sơ",
        "lead": secretary,
        "due_on": date(2026, 12, 20),
        "measure": "",
    }

    def save(**other):
        draft(planned, **words, targets=[target | other], seen_revision=0, by=None)

    assert twice(save) == 0
    assert planned.resolution.targets.count() == planned.resolution.versions.count() == 1
    for other in ({"what": "Việc khác"}, {"due_on": None}, {"lead": None}):
        with pytest.raises(Stale):
            save(**other)
    with pytest.raises(Stale):
        draft(planned, **words, targets=[], seen_revision=0, by=None)


def test_an_opinion_is_written_once_until_it_is_answered(planned, secretary):
    by = acting(secretary)

    def save(text="Nên họp sớm.", item_id=None):
        write_opinion(planned, text=text, item_id=item_id, by=by)

    assert twice(save) == 0
    save(text="Nên họp muộn.")
    save(item_id=planned.items.first().pk)
    assert planned.opinions.count() == 3
