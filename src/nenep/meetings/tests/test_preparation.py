"""One list of what is to be done before the notice: every page that speaks of it says the same."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings import operations, preparation
from nenep.meetings.models import Meeting
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

LACKS = "Chưa ghi cuộc họp chi ủy trước kỳ sinh hoạt."


@pytest.fixture
def branch():
    return make_small_bloc().branch


@pytest.fixture
def secretary(branch):
    return make_member(branch, post=Post.SECRETARY)


def test_what_lacks_is_the_same_sentence_on_every_page(client, branch, secretary):
    meeting = make_meeting(branch, chair=secretary)
    sign_in(client, secretary)
    pages = [reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("preparation", "call")]
    with clock_at(HELD_AT - timedelta(days=2)):
        assert [LACKS in client.get(page).content.decode() for page in ["/", *pages]] == [True] * 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"place": ""}, "Chưa có địa điểm họp."),
        ({"chair": None}, "Chưa có người chủ trì."),
        ({"starts_at": HELD_AT - timedelta(days=9)}, "Thời gian họp đã qua."),
    ],
)
def test_without_these_there_is_no_notice(branch, secretary, change, sentence):
    meeting = make_meeting(branch, chair=secretary)
    Meeting.objects.filter(pk=meeting.pk).update(**change)
    meeting.refresh_from_db()
    with clock_at(HELD_AT - timedelta(days=2)):
        assert [line for line in preparation.blocking(meeting) if line.startswith(sentence)]
        with pytest.raises(Refused, match=sentence):
            operations.call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)


def test_the_others_warn_and_do_not_block(branch, secretary):
    meeting = make_meeting(branch, chair=secretary)
    Meeting.objects.filter(pk=meeting.pk).update(note_taker=None, focus_question="")
    meeting.refresh_from_db()
    with clock_at(HELD_AT - timedelta(days=2)):
        assert {LACKS, "Chưa chọn thư ký."} <= set(preparation.warnings(meeting))
        assert preparation.blocking(meeting) == []
        operations.call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
