"""A target that nobody leads or that has no day is said in time: at saving and before the vote."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.tests.make import make_running
from nenep.meetings.rules import rules_of
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.resolutions.gaps import gaps
from nenep.resolutions.models import Resolution
from nenep.resolutions.tests.make import make_draft
from nenep.shared.dates import clock_at, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

TYPED = {"title": "việc tháng tới", "direction": "Làm xong.", "revision": 0}
LATER = today() + timedelta(days=9)


@pytest.fixture
def meeting():
    secretary = make_member(make_small_bloc().branch, post=Post.SECRETARY)
    return make_running(secretary.memberships.get().branch, secretary)


def test_each_target_says_what_it_lacks(meeting):
    whole = {"what": "Rà soát", "lead": meeting.chair, "due_on": LATER}
    row = make_draft(meeting, whole, {"what": "Mua máy"}, {"what": "Lập sổ", "lead": meeting.chair})
    assert gaps(row) == ["Việc 2 chưa có người chủ trì, chưa có thời hạn.", "Việc 3 chưa có thời hạn."]


def test_saving_the_draft_warns_and_the_vote_page_warns_again(client, meeting):
    sign_in(client, meeting.chair)
    typed = TYPED | {"t0-what": "Mua máy quét"}
    page = client.post(reverse("resolutions:draft", args=[meeting.pk]), typed, follow=True)
    sentence = "Việc 1 chưa có người chủ trì, chưa có thời hạn."
    assert sentence in page.content.decode()
    assert sentence in client.get(reverse("resolutions:adoption", args=[meeting.pk])).content.decode()


def test_a_draft_that_is_changed_late_is_saved_with_a_remark():
    secretary = make_member(make_small_bloc().branch, post=Post.SECRETARY)
    meeting = make_meeting(secretary.memberships.get().branch, chair=secretary)
    days = rules_of(meeting).meeting.documents_lead_days.number
    for revision, (ahead, is_late) in enumerate(((days, False), (days - 1, True))):
        typed = TYPED | {"revision": revision, "review": f"Lần {revision}."}
        with clock_at(HELD_AT - timedelta(days=ahead)):
            client = Client()  # a session of its own: days go by
            sign_in(client, secretary)
            page = client.post(reverse("resolutions:draft", args=[meeting.pk]), typed, follow=True)
        assert ("bản này đưa muộn" in page.content.decode()) == is_late


def test_a_deadline_before_the_meeting_is_refused_at_its_line_and_nothing_is_lost(client, meeting):
    sign_in(client, meeting.chair)
    typed = TYPED | {"t0-what": "Mua máy quét", "t0-due_on": "14/12/2020"}
    answer = client.post(reverse("resolutions:draft", args=[meeting.pk]), typed)
    assert answer.status_code == 422
    assert "phải sau ngày họp" in answer.content.decode()
    assert "Mua máy quét" in answer.content.decode()
    with pytest.raises(Refused, match="việc 1 phải sau ngày họp"):
        make_draft(meeting, {"what": "Mua máy quét", "due_on": today()})
    assert not Resolution.objects.exists()
