"""Papers read before the meeting: one tap, a count on the agenda, no list of readers."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings.operations import call_meeting, open_meeting
from nenep.meetings.tests.make import acting
from nenep.preparing.materials import keep_material
from nenep.preparing.models import Material, Reading
from nenep.preparing.reading import forget_readings, note_reading
from nenep.preparing.tests.make import EARLY, HELD_AT, make_ahead, make_branch
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _early():
    with clock_at(EARLY):
        yield


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def material(branch):
    meeting = make_ahead(branch)
    item = meeting.items.filter(category="information").first()
    made = keep_material(meeting, item=item, title="Tin tháng", is_official=False, by=None)
    call_meeting(meeting, reason="Gửi sớm.", by=None)
    return made


def sent(client, material):
    return client.post(reverse("preparing:material_reading", args=[material.pk]))


def agenda(client, material):
    return client.get(reverse("meetings:page", args=[material.meeting_id])).content.decode()


def test_a_member_says_it_by_one_tap_and_the_agenda_tells_how_many(client, branch, material):
    sign_in(client, branch.member)
    page = reverse("preparing:material", args=[material.pk])
    assert "Tôi đã đọc" in client.get(page).content.decode()
    for _twice in range(2):
        assert sent(client, material).url == page
    assert "Tôi đã đọc" not in client.get(page).content.decode()
    assert "1 đồng chí đã đọc trước" in agenda(client, material)
    note_reading(material, by=acting(branch.secretary))
    assert "2 đồng chí đã đọc trước" in agenda(client, material)


def test_only_who_is_summoned_and_only_before_the_meeting(client, branch, material):
    sign_in(client, branch.stranger)
    assert sent(client, material).status_code == 404
    with pytest.raises(Refused):
        note_reading(material, by=acting(branch.stranger))
    sign_in(client, branch.member)
    with clock_at(HELD_AT):
        open_meeting(material.meeting, by=None)
        assert (
            "Tôi đã đọc" not in client.get(reverse("preparing:material", args=[material.pk])).content.decode()
        )
        assert sent(client, material).url == reverse("meetings:page", args=[material.meeting_id])
    assert not Reading.objects.exists()


def test_a_changed_paper_has_been_read_by_nobody_yet(branch, material):
    note_reading(material, by=acting(branch.member))
    fresh = Material.objects.select_related("meeting").get()
    keep_material(fresh.meeting, material=fresh, title="Tin tháng, bản mới", by=None)
    assert (Material.objects.get().readers, Reading.objects.count()) == (0, 0)
    note_reading(fresh, by=acting(branch.member))
    assert Material.objects.get().readers == 1


def test_no_event_names_a_reader_and_who_had_read_is_forgotten(branch, material):
    note_reading(material, by=acting(branch.member))
    event = Event.objects.get(verb="material.read_before")
    assert (event.actor, event.subject) == ("system", None)
    assert forget_readings(HELD_AT.date()) == 0
    with clock_at(HELD_AT):
        assert forget_readings(HELD_AT.date().replace(day=31)) == 1
    assert Material.objects.get().readers == 1
