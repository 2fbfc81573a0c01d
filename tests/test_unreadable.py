"""A text that is too long, and a request that cannot be read: a sentence that says what to do, and nothing half saved."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.shared.dates import clock_at
from nenep.shared.fields import LONGEST_TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(client, branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)
    sign_in(client, secretary)
    with clock_at(HELD_AT + timedelta(minutes=5)):
        yield meeting.items.get(step="C5")


def record(client, item, notes, **headers):
    address = reverse("meetings:item_record", args=[item.pk])
    return client.post(
        address, {"notes": notes, "conclusion": "Chốt việc một.", "revision": 0}, headers=headers
    )


@pytest.mark.parametrize("headers", [{}, {"X-Kept": "1"}, {"HX-Request": "true"}])
def test_a_file_pasted_by_mistake_is_refused_with_what_to_do(client, item, headers):
    answer = record(client, item, "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, **headers)
    assert answer.status_code == 413
    assert "dài hơn 5 MB" in answer.content.decode()
    item.refresh_from_db()
    assert (item.notes, item.conclusion) == ("", "")


def test_a_text_beyond_the_limit_comes_back_whole(client, item):
    answer = record(client, item, "Ý kiến. " + "x" * LONGEST_TEXT)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "rút ngắn còn nhiều nhất 20000 chữ, nay 20008" in page
    assert "Ý kiến. " + "x" * LONGEST_TEXT in page
    item.refresh_from_db()
    assert (item.notes, item.conclusion) == ("", "")


def test_the_longest_text_is_saved(client, item):
    assert record(client, item, "x" * LONGEST_TEXT).status_code == 302
    item.refresh_from_db()
    assert len(item.notes) == LONGEST_TEXT


def test_a_form_cut_off_on_the_way_says_so(client, item):
    address = reverse("meetings:item_record", args=[item.pk])
    answer = client.post(address, b"--nothing", content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "không trọn vẹn" in answer.content.decode()


def test_a_name_that_is_not_ours_says_who_mends_it(client):
    answer = client.get("/", headers={"Host": "la.example"})
    assert answer.status_code == 400
    assert "NENEP_HOSTS" in answer.content.decode()
