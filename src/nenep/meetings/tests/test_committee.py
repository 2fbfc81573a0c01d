"""The committee meets before the branch: its minutes are a paper, and a notice without them says why."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings import committee, operations, recording
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.offices import release
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

BEFORE = HELD_AT - timedelta(days=2)


@pytest.fixture
def branch():
    return make_small_bloc().branch


@pytest.fixture
def secretary(branch):
    return make_member(branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def meeting(branch, secretary):
    return make_meeting(branch, chair=secretary)


def committee_met(meeting):
    texts = {
        "present": "Nguyễn Thị Hòa\nTrần Văn Bình",
        "content": "Nội dung kỳ họp.",
        "decisions": "Soạn dự thảo.",
    }
    return recording.record_committee_meeting(meeting, held_at=BEFORE, place="Phòng 2", by=None, **texts)


def test_without_it_the_notice_asks_why_and_keeps_the_answer(client, meeting, secretary):
    sign_in(client, secretary)
    address = reverse("meetings:call", args=[meeting.pk])
    with clock_at(BEFORE):
        assert 'name="reason"' in client.get(address).content.decode()
        answer = client.post(address, {"reason": "  "})
        assert answer.status_code == 422
        assert "hoặc nêu lý do chưa họp" in answer.content.decode()
        assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.PLANNED
        assert client.post(address, {"reason": "Hai đồng chí đi công tác."}).status_code == 302
        page = client.get(reverse("meetings:preparation", args=[meeting.pk])).content.decode()
    assert "Lý do: Hai đồng chí đi công tác." in page
    assert Meeting.objects.get(pk=meeting.pk).uncommitted_reason == "Hai đồng chí đi công tác."


def test_with_it_nothing_is_asked_and_no_reason_is_kept(client, meeting, secretary):
    with clock_at(BEFORE):
        committee_met(meeting)
        sign_in(client, secretary)
        assert 'name="reason"' not in client.get(reverse("meetings:call", args=[meeting.pk])).content.decode()
        operations.call_meeting(meeting, reason="Thừa.", by=None)
    assert meeting.uncommitted_reason == ""


def test_the_program_itself_is_asked_too(meeting):
    with clock_at(BEFORE), pytest.raises(Refused, match="Chưa ghi cuộc họp chi ủy"):
        operations.call_meeting(meeting, by=None)


def test_its_minutes_are_a_paper_that_names_the_branch_meeting(client, meeting, secretary):
    address = reverse("meetings:committee_file", args=[meeting.pk, "docx"])
    sign_in(client, secretary)
    assert client.get(address).status_code == 404
    row = committee_met(meeting)
    paper = committee.content_of(row)
    texts = [block.text for block in paper.blocks]
    assert "Chuẩn bị cho sinh hoạt thường kỳ ngày 03/12/2026." in texts
    assert "Nguyễn Thị Hòa, Trần Văn Bình." in texts
    assert (paper.signatures[0].name, paper.signatures[0].capacity) == ("Nguyễn Thị Hòa", "T/M CHI ỦY")
    answer = client.get(address)
    assert answer.status_code == 200
    assert "wordprocessingml" in answer["Content-Type"]
    assert Event.objects.filter(verb="committee_meeting.read").count() == 1
    sign_in(client, make_member(meeting.body))
    assert client.get(address).status_code == 403
    release(secretary.offices.get(), day=BEFORE.date(), by=None)
    make_member(meeting.body, name="Lê Ánh", post=Post.DEPUTY)
    [signed] = committee.content_of(row).signatures
    assert (signed.position, signed.name) == ("PHÓ BÍ THƯ", "Lê Ánh")


def test_long_after_the_meeting_it_can_still_be_printed(client, branch, secretary):
    meeting = make_meeting(branch, chair=secretary)
    committee_met(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.ADOPTED)
    sign_in(client, secretary)
    assert client.get(reverse("meetings:committee_file", args=[meeting.pk, "docx"])).status_code == 200
