"""What is shown before a notice is sent, and the record of it afterwards: every way, every time, who is still to be told."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import make_account, sign_in, viewer_for
from nenep.meetings import operations, preparation
from nenep.meetings.answers import respond
from nenep.meetings.models import Answer, Meeting, MeetingStatus
from nenep.meetings.notice import deliveries_of
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Delivery, DeliveryState, Notice
from nenep.notices.operations import mark_seen, send_again
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at, now
from nenep.shared.states import Refused, move

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch):
    """With an account and a mail address."""
    member = make_member(branch, name="Trần Có Máy", email="may@example.vn", phone="0912000111")
    make_account(member)
    return member


@pytest.fixture
def meeting(branch, secretary, member):
    return make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary, at=now() + timedelta(days=2))


def row_of(meeting, member):
    return next(row for row in deliveries_of(meeting) if row.entry.member_id == member.pk)


def page_of(client, meeting, **query):
    return client.get(reverse("meetings:notice", args=[meeting.pk]), query).content.decode()


def names_in(html):
    return re.findall(r'<th scope="row">([^<]+)</th>', html)


# --- before ---------------------------------------------------------------------------------------------


def without_tokens(html):
    return re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', "", html)


def test_the_preview_is_what_the_member_then_reads(client, branch, secretary, member):
    meeting = make_meeting(branch, chair=secretary, at=now() + timedelta(days=2))
    sign_in(client, secretary)
    preview = without_tokens(client.get(reverse("meetings:call", args=[meeting.pk])).context["as_read"])
    assert "Tôi sẽ dự" in preview
    client.post(reverse("meetings:call", args=[meeting.pk]), {"reason": "Chi ủy đi công tác."})
    sign_in(client, member)
    page = client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
    assert preview in without_tokens(page)
    notice = Notice.objects.get(member=member)
    assert (notice.title, notice.text) == (operations.call_title(), operations.call_text(meeting))


def test_the_preview_says_who_gets_it_how_and_who_needs_paper_or_a_call(client, branch, secretary, member):
    make_member(branch, name="Lê Không Máy")
    meeting = make_meeting(branch, chair=secretary, at=now() + timedelta(days=2))
    sign_in(client, secretary)
    page = client.get(reverse("meetings:call", args=[meeting.pk]))
    assert [(entry.name, [way.channel for way in ways]) for entry, ways in page.context["recipients"]] == [
        ("Lê Không Máy", ["paper"]),
        ("Trần Có Máy", ["inbox", "email"]),
        ("Nguyễn Bí Thư", ["inbox"]),
    ]
    assert "Phải đưa giấy mời hoặc gọi điện cho 1 đồng chí: Lê Không Máy." in page.content.decode()


@pytest.mark.parametrize(
    ("year", "says"),
    [
        (2026, "Tài liệu phải có trước ít nhất 1 ngày, theo HD 42-HD/BTCTW (chưa kiểm chứng)."),
        (2015, "Số ngày phải có tài liệu trước: chưa tìm thấy quy định."),
    ],
)
def test_the_lead_time_is_that_of_the_day_of_the_meeting(year, says):
    meeting = Meeting(body=make_body(), starts_at=timezone.make_aware(datetime(year, 11, 3, 14)))
    with clock_at(timezone.make_aware(datetime(year, 10, 30, 8))):
        assert preparation.lead_time(meeting) == f"Gửi hôm nay là báo trước 4 ngày. {says}"
    with clock_at(timezone.make_aware(datetime(year, 11, 3, 8))):
        assert preparation.lead_time(meeting) == f"Gửi hôm nay là báo ngay trong ngày họp. {says}"


# --- afterwards -----------------------------------------------------------------------------------------


def test_whoever_saw_the_old_day_only_is_to_be_told_again(client, secretary, member, meeting):
    mark_seen(meeting, by=viewer_for(member))
    assert row_of(meeting, member).is_reached
    operations.postpone(meeting, to=meeting.starts_at + timedelta(hours=2), reason="Mưa bão", by=None)
    row = row_of(meeting, member)
    assert [telling.label for telling in row.tellings] == ["Báo đổi ngày", "Thông báo họp"]
    assert not row.is_reached
    sign_in(client, secretary)
    page = page_of(client, meeting)
    assert re.search(r"Thông báo họp, gửi lúc [^<]+: đã xem</p>", page)
    assert "Ai mới biết ngày, nơi họp cũ thì chưa tính là đã nhận tin." in page


def test_an_answer_before_the_place_changed_is_no_knowledge_of_the_place(member, meeting):
    respond(meeting, answer=Answer.WILL_COME, by=viewer_for(member))
    assert row_of(meeting, member).is_reached
    operations.plan(meeting, place="Hội trường mới", by=None)
    row = row_of(meeting, member)
    assert row.response is not None
    assert not row.is_reached


def test_a_call_is_ticked_whatever_way_was_used_and_taken_back_without_a_trace(
    client, secretary, member, meeting
):
    sign_in(client, secretary)
    notice = row_of(meeting, member).latest.notice
    before = notice.deliveries.count()
    client.post(reverse("notices:told_also", args=[notice.pk]), {"channel": "phone"})
    row = row_of(meeting, member)
    assert row.is_reached
    assert re.search(r"Điện thoại</span> đã gọi lúc \d", page_of(client, meeting))
    client.post(reverse("notices:reopened", args=[row.by_hand.pk]))
    assert notice.deliveries.count() == before
    assert not row_of(meeting, member).is_reached


def test_a_mail_that_failed_says_why_and_is_sent_again(client, secretary, member, meeting, mailoutbox):
    mail = Delivery.objects.get(notice__member=member, channel="email")
    move(
        mail, DeliveryState.FAILED, field="state", tries=3, reason="Địa chỉ thư điện tử không nhận được thư."
    )
    sign_in(client, secretary)
    page = page_of(client, meeting, show="failed")
    assert "không gửi được: Địa chỉ thư điện tử không nhận được thư" in page
    assert names_in(page) == ["Trần Có Máy"]
    client.post(reverse("notices:mail_again", args=[mail.pk]))
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.reason) == (DeliveryState.WAITING, 0, "")
    assert "đang chờ gửi" in page_of(client, meeting)


def test_a_mail_without_an_address_is_not_sent_again(secretary, member, meeting):
    mail = Delivery.objects.get(notice__member=member, channel="email")
    move(mail, DeliveryState.FAILED, field="state")
    type(member).objects.filter(pk=member.pk).update(email="")
    with pytest.raises(Refused, match="gọi điện hoặc đưa giấy"):
        send_again(Delivery.objects.get(pk=mail.pk), by=viewer_for(secretary))


def test_the_list_is_narrowed_and_an_unknown_word_narrows_nothing(client, branch, secretary, member, meeting):
    mark_seen(meeting, by=viewer_for(member))
    sign_in(client, secretary)
    assert names_in(page_of(client, meeting, show="unreached")) == ["Nguyễn Bí Thư"]
    assert names_in(page_of(client, meeting, show="'><script>")) == ["Nguyễn Bí Thư", "Trần Có Máy"]


def test_who_came_after_the_notice_is_told_once(client, branch, secretary, meeting):
    newcomer = make_member(branch, name="Vũ Mới Đến")
    sign_in(client, secretary)
    assert "1 đồng chí vào danh sách sau khi đã thông báo" in page_of(client, meeting)
    address = reverse("meetings:newcomers", args=[meeting.pk])
    for _time in range(2):
        client.post(address)
    assert Notice.objects.filter(member=newcomer).count() == 1
    assert Notice.objects.about(meeting).count() == 3


def test_the_sheet_to_sign_has_a_line_for_each_and_the_total(client, secretary, member, meeting):
    sign_in(client, secretary)
    sheet = client.get(reverse("meetings:sign_in_sheet", args=[meeting.pk])).content.decode()
    assert names_in(sheet) == ["Trần Có Máy", "Nguyễn Bí Thư"]
    assert "Tổng số: 2 đồng chí." in sheet
