"""A branch reports its month: numbers from records, a receipt, and a committee that takes it or says what is wrong."""

from datetime import date

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.correcting import withdraw
from nenep.assignments.models import Result
from nenep.assignments.tests.make import make_past_work, make_review, make_running, make_work
from nenep.journal.models import Event
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.operations import close_meeting
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members, make_office
from nenep.returns.deadlines import deadline_of
from nenep.returns.handbook import handbook_blocks
from nenep.returns.lines import lines_of
from nenep.returns.models import Return
from nenep.returns.operations import receive_return, send_back, send_return
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(bloc):
    make_members(bloc.branch, 2)
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def meeting(bloc, secretary):
    return make_meeting(bloc.branch, status=MeetingStatus.ADOPTED, chair=secretary)


def officer_of(body, branch, name):
    officer = make_member(branch, name=name)
    make_office(officer, body, Post.OFFICER)
    return officer


def page_of(meeting, name="page"):
    return reverse(f"returns:{name}", args=[meeting.pk])


def test_the_numbers_come_from_the_records_and_lead_there_and_cannot_be_typed(client, secretary, meeting):
    sign_in(client, secretary)
    shown = client.get(page_of(meeting)).content.decode()
    assert f'<a href="/meetings/{meeting.pk}/minutes/">{meeting.present}</a>' in shown
    assert "chưa kiểm chứng" in shown  # the deadline of the pack
    client.post(page_of(meeting, "sending"), {"remark": "Một đồng chí đi học.", "present": 99})
    sent = Return.objects.get()
    lines = {key: value for key, _label, value in sent.content}
    assert lines["present"] == str(meeting.present) == "3"
    assert (len(sent.checksum), sent.remark) == (64, "Một đồng chí đi học.")
    receipt = client.get(page_of(meeting)).content.decode()
    assert sent.short_checksum in receipt


def test_the_committee_sends_it_back_on_a_line_and_takes_it_when_it_comes_again(
    client, bloc, secretary, meeting
):
    first = send_return(meeting, by=None).checksum
    officer = officer_of(bloc.organization, bloc.other_branch, "Phạm Cán Bộ")
    sign_in(client, officer)
    assert bloc.branch.pk in {
        row.meeting.body_id for row, _name in client.get("/returns/").context["waiting"]
    }
    back = {"about": "present", "answer": "Biên bản ghi 2.", "seen": first}
    assert client.post(page_of(meeting, "sending_back"), back | {"answer": ""}).status_code == 422
    assert client.post(page_of(meeting, "sending_back"), back).status_code == 302
    assert Notice.objects.get(kind="return.sent_back").member_id == secretary.pk
    client.logout()
    sign_in(client, secretary)
    shown = client.get(page_of(meeting)).content.decode()
    line = shown[shown.index('id="line-present"') : shown.index('id="line-excused"')]
    assert "Biên bản ghi 2." in line
    client.post(page_of(meeting, "sending"), {"remark": "Đã đối chiếu: 3 đồng chí."})
    row = Return.objects.get()
    assert row.checksum != first
    with pytest.raises(Refused, match="vừa gửi lại"):
        receive_return(row, seen=first, by=None)
    receive_return(row, seen=row.checksum, by=None)
    with pytest.raises(Refused, match="đã gửi rồi"):
        send_return(meeting, by=None)
    with pytest.raises(Refused, match="không còn chờ nhận"):
        send_back(row, about="", answer="Muộn.", seen=row.checksum, by=None)
    assert Event.objects.filter(verb__startswith="return.").exclude(verb="return.read").count() == 4


def test_it_is_for_one_committee_only_and_not_before_it_is_sent(client, bloc, secretary, meeting):
    officer = officer_of(bloc.organization, bloc.other_branch, "Phạm Cán Bộ")
    upper = officer_of(bloc.bloc, bloc.other_branch, "Trần Cấp Trên")
    sign_in(client, officer)
    assert client.get(page_of(meeting)).status_code == 404
    row = send_return(meeting, by=None)
    assert client.get(page_of(meeting)).status_code == 200
    client.logout()
    sign_in(client, upper)
    assert client.get(page_of(meeting)).status_code == 200
    assert client.post(page_of(meeting, "receipt"), {"seen": row.checksum}).status_code == 403
    client.logout()
    sign_in(client, make_member(bloc.branch, name="Lê Đảng Viên"))
    assert client.get(page_of(meeting)).status_code == 404


def test_before_adoption_there_is_nothing_to_report(bloc, secretary):
    closed = make_meeting(bloc.branch, status=MeetingStatus.CLOSED, chair=secretary)
    with pytest.raises(Refused, match="sau khi chi bộ thông qua biên bản"):
        send_return(closed, by=None)
    assert not Return.objects.exists()


def test_the_waiting_list_costs_the_same_for_one_and_three(
    client, bloc, secretary, meeting, django_assert_num_queries
):
    officer = officer_of(bloc.organization, bloc.other_branch, "Phạm Cán Bộ")
    sign_in(client, officer)
    send_return(meeting, by=None)
    client.get("/returns/")
    with django_assert_num_queries(9):
        client.get("/returns/")
    for branch in (bloc.other_branch, bloc.section_branch):
        chair = make_member(branch, post=Post.SECRETARY)
        send_return(make_meeting(branch, status=MeetingStatus.ADOPTED, chair=chair), by=None)
    with django_assert_num_queries(9):
        assert len(client.get("/returns/").context["waiting"]) == 3


def test_the_handbook_gets_time_place_topics_and_counts_and_nobodys_name(client, secretary, meeting):
    meeting.items.filter(category="discussion").update(notes="Đồng chí Hải nói về Lan.")
    sign_in(client, secretary)
    page = client.get(page_of(meeting, "handbook")).content.decode()
    told = " ".join(text for _key, _label, text in handbook_blocks(Meeting.objects.get(pk=meeting.pk)))
    assert "tại Phòng họp" in told
    assert "có mặt 3" in told
    assert "Việc gì trước?" in told
    for name in ("Nguyễn Bí Thư", "Hải", "Lan"):
        assert name not in told
    assert page.count("readonly") == 3


def test_each_line_tells_its_own_record(bloc, secretary):
    owner, meeting = make_member(bloc.branch), make_running(bloc.branch, secretary)
    first = make_past_work(bloc.branch, secretary, owner)
    works = [first, *(make_work(first.meeting, owner) for _ in range(5))]
    for work, result in zip(works, ["met", "partly", "partly", "not_met", "not_met", "not_met"], strict=True):
        make_review(work, meeting, result=Result(result))
    make_work(meeting, owner)
    withdraw(make_work(meeting, owner), by=None)
    close_meeting(meeting, by=None)
    adopt_minutes(meeting, votes_for=meeting.present, speakers=2, by=None)
    told = {line.key: line.value for line in lines_of(meeting)}
    assert [told[key] for key in ("reviewed", "met", "partly", "not_met")] == ["6", "1", "2", "3"]
    assert told["handed_out"] == "1"  # and not the one that was taken back
    everybody = str(meeting.expected)
    attendance = [told[key] for key in ("expected", "present", "excused", "unexcused", "speakers")]
    assert attendance == [everybody, everybody, "0", "0", "2"]
    assert (told["committee"], told["resolution"]) == ("không", "không có")


def test_every_line_is_a_number_a_day_or_a_word_of_ours(meeting):
    assert all(len(line.value) <= 40 and line.url for line in lines_of(meeting))


def test_the_deadline_counts_down_and_then_says_how_late(meeting):
    due = deadline_of(meeting)
    assert due.rule.is_marked
    for day, words in (
        (4, "còn 1 ngày, hạn 05/12/2026"),
        (5, "hạn hôm nay, 05/12/2026"),
        (8, "quá hạn 3 ngày"),
    ):
        assert words in due.words(date(2026, 12, day))
