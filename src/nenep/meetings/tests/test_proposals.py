"""A member proposes a matter; those who owe an answer take it onto the agenda or say why not."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.meetings import answers
from nenep.meetings.models import MeetingStatus, Opinion, Reply
from nenep.meetings.suggesting import take_suggestion
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.people.tests.make import make_member
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
SUBJECT = "Sửa chữa nhà văn hóa"


@pytest.fixture
def author(branch):
    return make_member(branch, name="Trần Người Đề Nghị")


@pytest.fixture
def meeting(branch, secretary):
    return make_meeting(branch, status=MeetingStatus.PLANNED, chair=secretary)


@pytest.fixture
def proposal(meeting, author):
    return answers.propose(meeting, subject=SUBJECT, text="Mái dột.", by=viewer_for(author))


def inbox_reply(client, proposal, reply, reason=""):
    sent = {f"o{proposal.pk}-reply": reply, f"o{proposal.pk}-reason": reason}
    return client.post(reverse("meetings:opinion_reply", args=[proposal.pk]), sent)


def test_one_press_puts_it_on_the_agenda_and_tells_the_author(client, meeting, secretary, author, proposal):
    sign_in(client, secretary)
    page = client.get(reverse("meetings:preparation", args=[meeting.pk])).content.decode()
    assert SUBJECT in page
    assert author.full_name not in page
    data = {"choice": "take", "key": f"proposal:{proposal.pk}"}
    client.post(reverse("meetings:suggestion_choice", args=[meeting.pk]), data)
    item = meeting.items.get(title=SUBJECT)
    assert item.position < meeting.items.filter(category="closing").first().position
    proposal.refresh_from_db()
    assert proposal.reply == Reply.ADOPTED
    assert Notice.objects.get(kind="opinion.answered").member == author
    with pytest.raises(Refused, match="đã có trong chương trình"):
        take_suggestion(meeting, key=f"proposal:{proposal.pk}", by=viewer_for(secretary))
    assert meeting.items.filter(title=SUBJECT).count() == 1


def test_an_answer_from_the_inbox_puts_it_there_too(client, meeting, secretary, proposal):
    sign_in(client, secretary)
    assert inbox_reply(client, proposal, Reply.NOTED).status_code == 422
    assert inbox_reply(client, proposal, Reply.ADAPTED).status_code == 422
    assert not meeting.items.filter(title=SUBJECT).exists()
    inbox_reply(client, proposal, Reply.ADAPTED, "Bàn cùng việc quyên góp.")
    assert meeting.items.filter(title=SUBJECT).exists()


def test_a_declined_one_gives_its_reason_to_the_author_alone(client, meeting, secretary, author, proposal):
    sign_in(client, secretary)
    inbox_reply(client, proposal, Reply.DECLINED, "Để kỳ sau.")
    assert not meeting.items.filter(title=SUBJECT).exists()
    with pytest.raises(Refused, match="đã được trả lời"):
        answers.answer_opinion(proposal, reply=Reply.ADOPTED, reason="", by=viewer_for(secretary))
    sign_in(client, author)
    own = reverse("meetings:proposals", args=[meeting.pk])
    assert "Để kỳ sau." in client.get(own).content.decode()
    sign_in(client, make_member(meeting.body))
    assert "Để kỳ sau." not in client.get(own).content.decode()


def test_the_agenda_names_no_author_and_leads_only_the_author_and_those_who_answer(
    client, meeting, secretary, author, proposal
):
    take_suggestion(meeting, key=f"proposal:{proposal.pk}", by=viewer_for(secretary))
    pages = {}
    for person in (secretary, author, make_member(meeting.body, name="Lê Đảng Viên")):
        sign_in(client, person)
        pages[person.full_name] = client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
    assert all("đảng viên đề nghị" in page for page in pages.values())
    assert f"opinion-inbox/#opinion-{proposal.pk}" in pages[secretary.full_name]
    assert '/proposals/">đảng viên đề nghị</a>' in pages[author.full_name]
    assert "đảng viên đề nghị</a>" not in pages["Lê Đảng Viên"]
    assert author.full_name not in pages["Lê Đảng Viên"]


def test_a_second_press_makes_no_second_proposal(meeting, author, proposal):
    answers.propose(meeting, subject=SUBJECT, text="Mái dột.", by=viewer_for(author))
    assert Opinion.objects.count() == 1


def test_after_the_notice_none_is_taken_in_and_what_was_typed_is_shown(client, branch, secretary, author):
    meeting = make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary)
    sign_in(client, author)
    address = reverse("meetings:proposals", args=[meeting.pk])
    answer = client.post(address, {"subject": SUBJECT, "text": "Mái dột lắm rồi."})
    assert answer.status_code == 409
    assert "Mái dột lắm rồi." in answer.content.decode()
    assert "không nhận thêm đề nghị" in client.get(address).content.decode()
    with pytest.raises(Refused, match="Thông báo đã gửi"):
        answers.propose(meeting, subject=SUBJECT, text="Mái dột.", by=viewer_for(author))
