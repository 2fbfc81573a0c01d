"""What people try with the resolution of a branch or of a moment that is not theirs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.resolutions.models import Resolution, ResolutionStatus
from nenep.resolutions.operations import draft
from nenep.shared.dates import now

pytestmark = pytest.mark.django_db

TYPED = {"title": "Nghị quyết tháng", "direction": "Làm xong.", "revision": 0}


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


def drafted(branch, chair, status, *, hours):
    meeting = make_meeting(branch, status=status, chair=chair, at=now() - timedelta(hours=hours))
    texts = {"review": "", "direction": "Làm xong.", "organization": ""}
    draft(meeting, title="Nghị quyết tháng", targets=[], seen_revision=0, by=None, **texts)
    return meeting


def test_the_lead_of_a_target_is_of_the_branch(client, bloc, secretary):
    meeting = make_meeting(bloc.branch, chair=secretary, at=now() + timedelta(days=5))
    stranger = make_member(bloc.other_branch)
    sign_in(client, secretary)
    lines = {"t0-what": "Rà soát hồ sơ", "t0-lead": stranger.pk}
    assert client.post(reverse("resolutions:draft", args=[meeting.pk]), TYPED | lines).status_code == 422
    assert not Resolution.objects.exists()


def test_a_closed_meeting_adopts_nothing_any_more(client, bloc, secretary):
    meeting = drafted(bloc.branch, secretary, MeetingStatus.CLOSED, hours=3)
    sign_in(client, secretary)
    hands = {"votes_for": 1, "votes_against": 0, "votes_other": 0}
    assert client.post(reverse("resolutions:adoption", args=[meeting.pk]), hands).status_code == 302
    assert Resolution.objects.get().status == ResolutionStatus.DRAFT


def test_a_note_taker_counts_hands_but_does_not_adopt_the_resolution(client, bloc, secretary):
    meeting = drafted(bloc.branch, secretary, MeetingStatus.OPENED, hours=1)
    meeting.note_taker = make_member(bloc.branch, name="Lê Ánh")
    meeting.save(update_fields=["note_taker"])
    sign_in(client, meeting.note_taker)
    assert client.get(reverse("meetings:vote", args=[meeting.pk])).status_code == 200
    assert client.get(reverse("resolutions:adoption", args=[meeting.pk])).status_code == 403


def test_officers_above_read_no_resolution(client, bloc, secretary):
    meeting = drafted(bloc.branch, secretary, MeetingStatus.OPENED, hours=1)
    officer = make_member(bloc.other_branch, name="Phạm Đảng Ủy")
    make_office(officer, bloc.organization, Post.DEPUTY)
    sign_in(client, officer)
    assert client.get(reverse("resolutions:page", args=[meeting.pk])).status_code == 404
    assert client.get(reverse("resolutions:file", args=[meeting.pk, "pdf"])).status_code == 404
    assert client.get(reverse("resolutions:draft", args=[meeting.pk])).status_code == 404
