"""What the room allows and refuses: calling the roll, mending, going back, closing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.meetings import operations, voting
from nenep.meetings.attendance import Mark, call_the_rest_present, count, lines_of, record_attendance
from nenep.meetings.minutes import adopt_minutes, compose
from nenep.meetings.models import Meeting, MeetingStatus, Presence
from nenep.meetings.recording import record_item, record_opening
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post, Status
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at, now
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db
AFTERWARDS = HELD_AT + timedelta(minutes=95)


@pytest.fixture(scope="module")
def branch_once(database_of_the_file):
    branch = make_body()
    make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    make_members(branch, 6)
    return branch


@pytest.fixture
def branch(branch_once):
    return anew(branch_once)


@pytest.fixture
def secretary(branch):
    return branch.offices.get(post=Post.SECRETARY).member


@pytest.fixture
def writer(branch, secretary):
    return branch.memberships.exclude(member=secretary).first().member


def meeting_in(branch, secretary, status, **people):
    return make_meeting(branch, status=status, chair=secretary, **people)


def texts(meeting):
    return "\n".join(str(block) for block in compose(meeting).blocks)


class TestRollCall:
    def test_nobody_is_there_before_being_called(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CALLED)
        with clock_at(HELD_AT):
            operations.open_meeting(meeting, by=None)
            assert (count(meeting).present, count(meeting).uncalled) == (0, 7)
        with clock_at(AFTERWARDS), pytest.raises(Refused, match="Còn 7 đồng chí chưa điểm danh"):
            operations.close_meeting(meeting, by=None)

    def test_one_page_does_not_undo_what_another_wrote(self, branch, secretary, writer):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        record_attendance(meeting, marks={writer.pk: Mark(Presence.LATE)}, by=None)
        record_attendance(meeting, marks={secretary.pk: Mark(Presence.ONLINE)}, by=None)
        found = {line.entry.member_id: line.mark.presence for line in lines_of(meeting)}
        assert (found[writer.pk], found[secretary.pk]) == (Presence.LATE, Presence.ONLINE)

    def test_the_same_line_changed_by_two_is_shown_and_not_overwritten(
        self, client, branch, secretary, writer
    ):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        page, line = reverse("meetings:roll_call", args=[meeting.pk]), f"m{writer.pk}"
        sign_in(client, secretary)
        record_attendance(meeting, marks={writer.pk: Mark(Presence.LATE)}, by=None)
        typed = {f"{line}-presence": "unexcused", f"{line}-reason": "", f"{line}-was": "present|"}
        answer = client.post(page, typed)
        assert answer.status_code == 422
        assert "Đồng chí khác vừa ghi “Đến muộn”" in answer.content.decode()
        assert meeting.attendance.get(member=writer).presence == Presence.LATE
        # What came back knows of the other's mark: sent again it is meant.
        assert client.post(page, {**typed, f"{line}-was": "late|"}).status_code == 302
        assert meeting.attendance.get(member=writer).presence == Presence.UNEXCUSED

    def test_lines_that_were_not_touched_are_not_written(self, client, branch, secretary, writer):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        sign_in(client, secretary)
        record_attendance(meeting, marks={writer.pk: Mark(Presence.LATE)}, by=None)
        line = f"m{writer.pk}"
        typed = {f"{line}-presence": "present", f"{line}-reason": "", f"{line}-was": "present|"}
        assert client.post(reverse("meetings:roll_call", args=[meeting.pk]), typed).status_code == 302
        assert meeting.attendance.get(member=writer).presence == Presence.LATE

    def test_a_tap_sends_its_line_and_gets_the_line_and_the_count_back(
        self, client, branch, secretary, writer
    ):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        page, line = reverse("meetings:roll_call", args=[meeting.pk]), f"m{writer.pk}"
        sign_in(client, secretary)
        tap = {f"{line}-presence": "unexcused", f"{line}-reason": "", f"{line}-was": "present|"}
        answer = client.post(page, tap, headers={"HX-Request": "true"})
        assert meeting.attendance.get(member=writer).presence == Presence.UNEXCUSED
        text = answer.content.decode()
        assert f'name="{line}-was" value="unexcused|"' in text
        assert text.count("-was") == text.count(f"{line}-was")
        assert re.search(r"Có mặt <span [^>]*>6/7</span>", text)
        assert "<html" not in text

    def test_a_line_that_its_tap_has_just_sent_is_no_clash_of_two(self, client, branch, secretary, writer):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        page, line = reverse("meetings:roll_call", args=[meeting.pk]), f"m{writer.pk}"
        sign_in(client, secretary)
        typed = {f"{line}-presence": "excused", f"{line}-reason": "Con ốm", f"{line}-was": "present|"}
        assert client.post(page, typed, headers={"HX-Request": "true"}).status_code == 200
        assert client.post(page, typed).status_code == 302

    def test_a_tap_that_lacks_its_reason_says_so_at_its_line(self, client, branch, secretary, writer):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        page, line = reverse("meetings:roll_call", args=[meeting.pk]), f"m{writer.pk}"
        sign_in(client, secretary)
        tap = {f"{line}-presence": "excused", f"{line}-reason": "", f"{line}-was": "present|"}
        answer = client.post(page, tap, headers={"HX-Request": "true"})
        assert answer.status_code == 422
        assert "Vắng có lý do thì phải ghi lý do." in answer.content.decode()
        assert meeting.attendance.get(member=writer).presence == Presence.PRESENT

    def test_a_refused_line_brings_the_page_back_with_the_sentence(self, client, branch, secretary):
        member = make_member(branch, name="Ông Văn Ổn")
        since = HELD_AT.date() - timedelta(days=90)
        change_status(member, status=Status.SUSPENDED, start=since, by=None)
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        page, line = reverse("meetings:roll_call", args=[meeting.pk]), f"m{member.pk}"
        sign_in(client, secretary)
        typed = {f"{line}-presence": "present", f"{line}-reason": "", f"{line}-was": "suspended|"}
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.post(page, typed, headers={**headers, "Referer": f"http://testserver{page}"})
            assert answer.headers.get("HX-Redirect", answer.headers.get("Location")).endswith(page)
        assert "đang bị đình chỉ sinh hoạt nên không điểm danh khác được" in client.get(page).content.decode()

    @pytest.mark.parametrize(
        ("status", "presence", "words", "base"),
        [
            (Status.EXEMPT, Presence.EXEMPT, "được miễn, không dự", 7),
            (Status.AWAY, Presence.AWAY, "đang sinh hoạt tạm thời nơi khác", 7),
            (Status.SUSPENDED, Presence.SUSPENDED, "đang bị đình chỉ sinh hoạt", 7),
            (Status.ABROAD, Presence.EXCUSED, "vắng có lý do (Đang ở nước ngoài)", 8),
        ],
    )
    def test_each_standing_is_told_by_its_own_name_and_only_those_of_the_rule_leave_the_base(
        self, branch, secretary, status, presence, words, base
    ):
        member = make_member(branch, name="Ông Văn Ổn")
        change_status(member, status=status, start=HELD_AT.date() - timedelta(days=90), by=None)
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        assert meeting.attendance.get(member=member).presence == presence
        assert f"Đồng chí Ông Văn Ổn: {words}" in texts(meeting)
        assert voting.numbers_now(meeting)["base"] == base

    def test_too_few_are_named_once_everybody_is_called(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        assert not count(meeting).is_few
        absent = branch.memberships.exclude(member=secretary).values_list("member_id", flat=True)[:4]
        record_attendance(meeting, marks=dict.fromkeys(absent, Mark(Presence.UNEXCUSED)), by=None)
        assert count(meeting).is_few


def test_printing_the_minutes_means_the_official_paper(client, branch, secretary):
    meeting = meeting_in(branch, secretary, MeetingStatus.CLOSED)
    sign_in(client, secretary)
    text = client.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
    assert f'href="{reverse("meetings:minutes_file", args=[meeting.pk, "pdf"])}">In biên bản' in text
    assert "data-print" not in text
    assert "Bản để in và ký" in text


class TestOpening:
    def test_the_minutes_tell_when_it_really_began_and_ended(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CALLED)
        with clock_at(HELD_AT + timedelta(days=1)):
            operations.open_meeting(meeting, began_at=HELD_AT, by=None)
            call_the_rest_present(meeting, by=None)
            operations.close_meeting(meeting, ended_at=HELD_AT + timedelta(minutes=100), by=None)
        assert "Khai mạc lúc 14 giờ 00, ngày 03/12/2026" in texts(meeting)
        assert "kết thúc lúc 15 giờ 40, ngày 03/12/2026" in texts(meeting)
        with clock_at(HELD_AT + timedelta(days=1)):
            adopt_minutes(meeting, votes_for=7, by=None)
        assert meeting.figures.duration_minutes == 100

    @pytest.mark.parametrize("began", [HELD_AT + timedelta(hours=1), HELD_AT - timedelta(days=1)])
    def test_a_beginning_still_to_come_or_on_another_day_is_refused(self, branch, secretary, began):
        meeting = meeting_in(branch, secretary, MeetingStatus.CALLED)
        with clock_at(HELD_AT), pytest.raises(Refused, match="trong ngày họp 03/12/2026"):
            operations.open_meeting(meeting, began_at=began, by=None)

    @pytest.mark.parametrize("ended", [HELD_AT - timedelta(minutes=1), AFTERWARDS + timedelta(minutes=1)])
    def test_an_end_before_the_beginning_or_still_to_come_is_refused(self, branch, secretary, ended):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        with clock_at(AFTERWARDS), pytest.raises(Refused, match="từ giờ khai mạc trở đi"):
            operations.close_meeting(meeting, ended_at=ended, by=None)

    def test_an_end_more_than_a_day_later_is_a_day_typed_wrong(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        late = HELD_AT + timedelta(days=40)
        with clock_at(late), pytest.raises(Refused, match="hơn một ngày") as refused:
            operations.close_meeting(meeting, ended_at=late, by=None)
        assert refused.value.field == "ended_at"

    def test_an_opening_by_mistake_is_taken_back(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        operations.take_opening_back(meeting, by=None)
        assert (meeting.status, meeting.began_at) == (MeetingStatus.CALLED, None)
        assert not meeting.attendance.exists()

    @pytest.mark.parametrize("what", ["item", "vote"])
    def test_an_opening_after_which_something_was_recorded_stays(self, branch, secretary, what):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        if what == "item":
            record_item(
                meeting.items.first(), notes="Đã bàn", conclusion="", decision="", seen_revision=0, by=None
            )
        else:
            voting.count_vote(meeting, subject="x", kind="ordinary_resolution", votes_for=7, by=None)
        with pytest.raises(Refused, match="đã có nội dung được ghi"):
            operations.take_opening_back(meeting, by=None)

    def test_whoever_chairs_or_writes_belongs_to_the_branch(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED)
        with pytest.raises(Refused, match="không thuộc danh sách dự họp"):
            record_opening(meeting, note_taker=make_member(make_body()), by=None)


class TestClosing:
    def test_an_absent_note_taker_does_not_sign(self, branch, secretary, writer):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED, note_taker=writer)
        record_attendance(meeting, marks={writer.pk: Mark(Presence.EXCUSED, "Con ốm")}, by=None)
        with clock_at(AFTERWARDS):
            with pytest.raises(Refused, match="Thư ký vắng"):
                operations.close_meeting(meeting, by=None)
            record_opening(meeting, note_taker=secretary, by=None)
            operations.close_meeting(meeting, by=None)
        assert meeting.status == MeetingStatus.CLOSED

    def test_a_branch_goes_on_to_mend_and_closes_again(self, branch, secretary, writer):
        meeting = meeting_in(branch, secretary, MeetingStatus.CLOSED)
        assert not meeting.attendance.exists()
        operations.resume_meeting(meeting, by=None)
        assert (meeting.present, count(meeting).present, count(meeting).uncalled) == (None, 7, 0)
        record_attendance(meeting, marks={writer.pk: Mark(Presence.UNEXCUSED)}, by=None)
        with clock_at(AFTERWARDS):
            operations.close_meeting(meeting, by=None)
        assert (meeting.expected, meeting.present, meeting.unexcused) == (7, 6, 1)

    def test_adopted_minutes_are_not_reopened(self, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.ADOPTED)
        with pytest.raises(Refused, match="đính chính"):
            operations.resume_meeting(meeting, by=None)

    def test_minutes_say_adopted_only_when_they_are_and_unanimous_only_when_all_agreed(
        self, branch, secretary
    ):
        meeting = meeting_in(branch, secretary, MeetingStatus.CLOSED)
        assert "thông qua" not in texts(meeting)
        assert compose(meeting).note == "Dự thảo, chi bộ chưa thông qua."
        assert "4/7 đồng chí dự họp tán thành thông qua" in str(compose(meeting, votes_for=4).blocks[-1])
        assert "7/7 đồng chí dự họp nhất trí thông qua" in str(compose(meeting, votes_for=7).blocks[-1])
        assert compose(meeting, votes_for=4).note == ""

    def test_adoption_asks_once_more(self, client, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.CLOSED)
        sign_in(client, secretary)
        page = reverse("meetings:adoption", args=[meeting.pk])
        asked = client.post(page, {"votes_for": 5, "speakers": 3})
        assert "Thông qua biên bản với 5/7 đồng chí tán thành?" in asked.content.decode()
        assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.CLOSED
        assert client.post(page, {"votes_for": 5, "speakers": 3, "sure": "1"}).status_code == 302
        assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.ADOPTED


class TestVotes:
    @pytest.fixture
    def meeting(self, branch, secretary):
        return meeting_in(branch, secretary, MeetingStatus.OPENED)

    def test_a_count_by_mistake_goes_while_the_meeting_runs(self, meeting):
        vote = voting.count_vote(meeting, subject="x", kind="ordinary_resolution", votes_for=5, by=None)
        voting.withdraw_vote(vote, by=None)
        assert not meeting.votes.exists()

    def test_and_stays_afterwards(self, meeting):
        vote = voting.count_vote(meeting, subject="x", kind="ordinary_resolution", votes_for=5, by=None)
        with clock_at(AFTERWARDS):
            operations.close_meeting(meeting, by=None)
        with pytest.raises(Refused, match="đang diễn ra"):
            voting.withdraw_vote(vote, by=None)
        assert meeting.votes.exists()

    def test_who_raised_no_hand_is_asked_about_and_told(self, client, meeting, secretary):
        sign_in(client, secretary)
        page = reverse("meetings:vote", args=[meeting.pk])
        typed = {"subject": "Mua máy", "kind": "ordinary_resolution", "votes_for": 5}
        typed |= {"votes_against": 0, "votes_other": 0}
        asked = client.post(page, typed)
        assert asked.status_code == 422
        assert "2 đồng chí còn lại không giơ tay" in asked.content.decode()
        assert client.post(page, {**typed, "rest_is_silent": "on"}).status_code == 302
        assert "không biểu quyết 2" in texts(meeting)


def test_a_refused_form_comes_back_with_what_was_typed(client, branch, secretary):
    meeting = meeting_in(branch, secretary, MeetingStatus.PLANNED)
    sign_in(client, secretary)
    late = timezone.localtime(HELD_AT + timedelta(days=1))
    typed = {
        "held_at_0": late.strftime("%d/%m/%Y"),
        "held_at_1": "08:00",
        "present": "Bí thư, phó bí thư",
        "content": "Bàn kỹ việc tồn đọng của quý",
        "decisions": "Đồng chí Ổn chuẩn bị",
    }
    answer = client.post(reverse("meetings:committee_meeting", args=[meeting.pk]), typed)
    assert answer.status_code == 422
    for words in ("phải trước kỳ sinh hoạt", "Bàn kỹ việc tồn đọng của quý", "Đồng chí Ổn chuẩn bị"):
        assert words in answer.content.decode()


class TestOpeningLines:
    def save(self, client, meeting, revision, **typed):
        at = timezone.localtime(meeting.starts_at)
        data = {
            "began_at_0": at.strftime("%d/%m/%Y"),
            "began_at_1": at.strftime("%H:%M"),
            "revision": revision,
        }
        return client.post(reverse("meetings:opening_lines", args=[meeting.pk]), data | typed)

    def test_fees_are_counts_that_the_minutes_repeat(self, client, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED, at=now() - timedelta(hours=1))
        sign_in(client, secretary)
        assert self.save(client, meeting, 0, fees_paid=1, fees_owed=0, agenda_adopted="on").status_code == 302
        room = client.get(reverse("meetings:room", args=[meeting.pk])).content.decode()
        assert "1 đồng chí đã đóng, không đồng chí nào chưa đóng" in room
        assert "Chi bộ đã thông qua" in room

    @pytest.mark.parametrize(
        ("typed", "words"),
        [({"fees_paid": 1}, "cả số đã đóng và số chưa đóng"), ({"fees_paid": 90, "fees_owed": 1}, "đếm lại")],
    )
    def test_counts_that_cannot_be_are_refused_at_their_field(self, client, branch, secretary, typed, words):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED, at=now() - timedelta(hours=1))
        sign_in(client, secretary)
        answer = self.save(client, meeting, 0, guests="Đảng ủy", **typed)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert 'value="Đảng ủy"' in answer.content.decode()

    def test_of_two_who_save_neither_is_overwritten(self, client, branch, secretary):
        meeting = meeting_in(branch, secretary, MeetingStatus.OPENED, at=now() - timedelta(hours=1))
        sign_in(client, secretary)
        self.save(client, meeting, 0, guests="Bản một")
        answer = self.save(client, meeting, 0, guests="Bản hai")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Bản một" in page
        assert 'value="Bản hai"' in page
        assert Meeting.objects.get(pk=meeting.pk).guests == "Bản một"
        assert self.save(client, meeting, 1, guests="Bản gộp").status_code == 302
        assert Meeting.objects.get(pk=meeting.pk).guests == "Bản gộp"


def test_of_two_who_write_the_committees_minutes_neither_is_overwritten(client, branch, secretary):
    meeting = meeting_in(branch, secretary, MeetingStatus.PLANNED)
    sign_in(client, secretary)
    early = timezone.localtime(HELD_AT - timedelta(days=3))
    typed = {
        "held_at_0": early.strftime("%d/%m/%Y"),
        "held_at_1": "08:00",
        "present": "Chi ủy",
        "decisions": "Xong",
    }
    address = reverse("meetings:committee_meeting", args=[meeting.pk])
    assert client.post(address, typed | {"revision": 0, "content": "Bản một"}).status_code == 302
    answer = client.post(address, typed | {"revision": 0, "content": "Bản hai"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bản một" in page
    assert "Bản hai" in page
    assert meeting.committee_meeting.__class__.objects.get(meeting=meeting).content == "Bản một"
    assert client.post(address, typed | {"revision": 1, "content": "Bản gộp"}).status_code == 302
