"""The branch judges its meeting between closing and adoption; the minutes say what it said, and nothing is filled in."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings.minutes import adopt_minutes, content_of
from nenep.meetings.models import MeetingStatus
from nenep.meetings.rules import rules_of
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.quality.models import CheckAnswer, Judgement
from nenep.quality.operations import answer_self_check, questions_of
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    branch = make_body()
    make_members(branch, 2)
    return make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


def meeting_of(secretary, status):
    return make_meeting(secretary.memberships.get().branch, status=status, chair=secretary)


def all_met(meeting):
    return {term.code: (Judgement.MET, "") for term in questions_of(meeting)}


def test_the_page_offers_no_answer_and_wants_them_all(client, secretary):
    meeting = meeting_of(secretary, MeetingStatus.CLOSED)
    sign_in(client, secretary)
    address = reverse("quality:self_check", args=[meeting.pk])
    page = client.get(address).content.decode()
    assert " checked" not in page
    assert "phần mềm suy ra" in page  # the wording is the program's, and it says so
    data = {f"{term.code}_judgement": "partly" for term in questions_of(meeting)}
    data["time_line"] = "Bắt đầu muộn 10 phút."
    short = data | {"criticism_judgement": ""}
    refused = client.post(address, short)
    assert refused.status_code == 422
    assert "Bắt đầu muộn 10 phút." in refused.content.decode()
    assert not CheckAnswer.objects.exists()
    assert client.post(address, data)["Location"] == reverse("meetings:minutes", args=[meeting.pk])
    minutes = str(content_of(meeting).blocks)
    assert "Họp đúng ngày, đúng giờ, đủ thời lượng: đạt một phần. Bắt đầu muộn 10 phút." in minutes


def test_the_answers_are_replaced_until_adoption_and_then_stay(secretary):
    meeting = meeting_of(secretary, MeetingStatus.CLOSED)
    answer_self_check(meeting, all_met(meeting), by=None)
    answer_self_check(meeting, all_met(meeting) | {"time": (Judgement.NOT_MET, "")}, by=None)
    adopt_minutes(meeting, votes_for=meeting.present, by=None)
    with pytest.raises(Refused, match="trước khi thông qua"):
        answer_self_check(meeting, all_met(meeting), by=None)
    assert "đủ thời lượng: chưa đạt." in str(content_of(meeting).blocks)
    assert Event.objects.filter(verb="self_check.answered").count() == 2


def test_without_it_the_minutes_say_nothing_of_it(secretary):
    assert "tự kiểm tra" not in str(content_of(meeting_of(secretary, MeetingStatus.ADOPTED)).blocks)


def test_while_the_meeting_runs_it_is_too_early(secretary):
    meeting = meeting_of(secretary, MeetingStatus.OPENED)
    with pytest.raises(Refused, match="sau khi kết thúc thảo luận"):
        answer_self_check(meeting, all_met(meeting), by=None)


def test_a_question_left_out_is_refused(secretary):
    meeting = meeting_of(secretary, MeetingStatus.CLOSED)
    answers = all_met(meeting)
    del answers["review"]
    with pytest.raises(Refused, match="kiểm điểm rõ kết quả"):
        answer_self_check(meeting, answers, by=None)


def test_the_minutes_say_how_the_branch_looked_at_discipline_example_and_leading_role(secretary):
    """R115: asked beside what the agenda of the day prescribes, and the chair is reminded while that part is on."""
    meeting = meeting_of(secretary, MeetingStatus.CLOSED)
    line = "Biểu dương tổ một cửa đi đầu trả hồ sơ sớm."
    answer_self_check(meeting, all_met(meeting) | {"conduct": (Judgement.PARTLY, line)}, by=None)
    said = "ý thức tổ chức kỷ luật, vai trò nêu gương, vai trò lãnh đạo: đạt một phần. " + line
    assert said in str(content_of(meeting).blocks)
    assert any("kỷ luật, nêu gương" in words for words in rules_of(meeting).phrases("party_building").says)
