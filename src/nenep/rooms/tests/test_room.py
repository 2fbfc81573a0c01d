"""What happens in the room, and what is left of it when the meeting is closed."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.ballots.operations import enter_count
from nenep.ballots.tests.make import figures, make_confirmed, make_election
from nenep.journal.models import Event
from nenep.meetings import operations as meetings
from nenep.meetings.attendance import Mark, lines_of, record_attendance
from nenep.meetings.counting import count_figures
from nenep.meetings.models import Attendance, Presence
from nenep.meetings.rules import rules_of
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member
from nenep.rooms import codes, operations, screen
from nenep.rooms.models import SpokenCount, Stage, Turn
from nenep.rooms.reads import scene_kept, scene_of
from nenep.shared.dates import now
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew, parts
from nenep.votes.operations import close_vote
from nenep.votes.tests.make import cast, make_room, make_vote

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def room_once(database_of_the_file):
    return make_room(make_body(), members=4, at=now() - timedelta(hours=1))


@pytest.fixture
def room(room_once):
    return anew(room_once)


meeting, secretary, members = parts("room", 3)


def presence_of(meeting, member):
    return next(line.mark for line in lines_of(meeting) if line.entry.member_id == member.pk)


def uncall(meeting, member):
    Attendance.objects.filter(meeting=meeting, member=member).delete()


class TestCheckIn:
    def test_the_code_of_now_marks_oneself_as_there(self, meeting, members):
        uncall(meeting, members[0])
        by = viewer_for(members[0])
        assert operations.check_in(meeting, code=codes.digits_at(meeting.pk, now()), by=by) == "present"
        assert presence_of(meeting, members[0]).presence == Presence.PRESENT
        event = Event.objects.get(verb="attendance.checked_in")
        assert (event.actor, event.subject) == (by.actor, members[0].pk)

    def test_any_other_code_marks_nobody(self, meeting, members):
        uncall(meeting, members[0])
        with pytest.raises(Refused, match="đang hiện trên màn hình"):
            operations.check_in(meeting, code="abcdefgh", by=viewer_for(members[0]))
        assert presence_of(meeting, members[0]) is None

    def test_whoever_was_marked_absent_and_comes_after_all_is_late(self, meeting, members):
        record_attendance(meeting, marks={members[0].pk: Mark(Presence.EXCUSED, "Ốm")}, by=None)
        code = codes.long_at(meeting.pk, now())
        assert operations.check_in(meeting, code=code, by=viewer_for(members[0])) == "late"

    def test_a_second_time_changes_nothing_and_writes_no_event(self, meeting, members):
        code = codes.digits_at(meeting.pk, now())
        record_attendance(meeting, marks={members[0].pk: Mark(Presence.ONLINE)}, by=None)
        assert operations.check_in(meeting, code=code, by=viewer_for(members[0])) == "online"
        assert not Event.objects.filter(verb="attendance.checked_in").exists()

    def test_nobody_from_outside_checks_in(self, meeting):
        stranger = viewer_for(make_member(make_body(), name="Trần Ngoài"))
        with pytest.raises(Refused, match="không có trong danh sách"):
            operations.check_in(meeting, code=codes.digits_at(meeting.pk, now()), by=stranger)

    def test_a_closed_meeting_takes_no_more(self, meeting, members):
        stale = type(meeting).objects.get(pk=meeting.pk)
        meetings.close_meeting(meeting, by=None)
        with pytest.raises(Refused, match="không còn đang diễn ra"):
            operations.check_in(stale, code=codes.digits_at(meeting.pk, now()), by=viewer_for(members[0]))

    def test_guessing_is_stopped_after_six_tries_in_a_minute(self, client, meeting, members):
        uncall(meeting, members[0])
        sign_in(client, members[0])
        address = reverse("rooms:check_in", args=[meeting.pk])
        for _try in range(6):
            answer = client.post(address, {"code": "wrong"})
            assert "Mã không đúng hoặc đã đổi" in answer.content.decode()
        answer = client.post(address, {"code": codes.digits_at(meeting.pk, now())})
        assert answer.status_code == 422
        assert "Chờ một phút" in answer.content.decode()
        assert presence_of(meeting, members[0]) is None


class TestFloor:
    def test_those_who_ask_wait_in_their_order_and_one_speaks_at_a_time(self, meeting, members):
        for member in members[:3]:
            operations.ask_for_floor(meeting, by=viewer_for(member))
        operations.ask_for_floor(meeting, by=viewer_for(members[0]))  # twice is once
        operations.give_floor(meeting, members[1].pk, by=None)
        scene = scene_of(meeting)
        assert scene.speaking.member_id == members[1].pk
        assert [turn.member_id for turn in scene.waiting] == [members[0].pk, members[2].pk]
        operations.give_floor(meeting, members[0].pk, by=None)
        scene = scene_of(meeting)
        assert scene.speaking.member_id == members[0].pk
        operations.end_turn(meeting, by=None)
        assert scene_of(meeting).speaking is None

    def test_who_has_not_spoken_today(self, meeting, members):
        operations.give_floor(meeting, members[0].pk, by=None)
        silent = [line.entry.member_id for line in scene_of(meeting).silent]
        assert members[0].pk not in silent
        assert set(silent) == {meeting.chair_id, *(member.pk for member in members[1:])}

    def test_an_absent_member_gets_no_floor(self, meeting, members):
        record_attendance(meeting, marks={members[0].pk: Mark(Presence.UNEXCUSED)}, by=None)
        with pytest.raises(Refused, match="đang có mặt"):
            operations.give_floor(meeting, members[0].pk, by=None)
        with pytest.raises(Refused, match="điểm danh trước"):
            operations.ask_for_floor(meeting, by=viewer_for(members[0]))

    def test_taking_the_hand_down_leaves_the_queue(self, meeting, members):
        operations.ask_for_floor(meeting, by=viewer_for(members[0]))
        operations.withdraw_from_floor(meeting, by=viewer_for(members[0]))
        assert scene_of(meeting).waiting == []


class TestWhatStays:
    def test_closing_keeps_a_count_and_forgets_the_names(self, meeting, members):
        operations.move_on(meeting, meeting.items.first(), by=None)
        for member in (members[0], members[1], members[0]):
            operations.give_floor(meeting, member.pk, by=None)
        operations.ask_for_floor(meeting, by=viewer_for(members[3]))
        meetings.close_meeting(meeting, by=None)
        assert not Turn.objects.exists()
        assert not Stage.objects.exists()
        assert SpokenCount.objects.get(meeting=meeting).speakers == 2
        assert count_figures(meeting).speakers == 2

    def test_the_journal_never_says_who_spoke_or_asked_to(self, meeting, members, secretary):
        by = viewer_for(members[0])
        operations.ask_for_floor(meeting, by=by)
        operations.withdraw_from_floor(meeting, by=by)
        operations.ask_for_floor(meeting, by=by)
        operations.give_floor(meeting, members[0].pk, by=viewer_for(secretary))
        operations.end_turn(meeting, by=viewer_for(secretary))
        events = Event.objects.filter(verb__startswith="floor.")
        assert events.count() == 5
        for event in events:
            written = json.dumps(
                [event.actor, event.subject, event.object_type, event.object_id, event.details]
            )
            assert by.actor not in written
            assert event.subject is None
            assert event.object_type == "meetings.meeting"

    def test_an_opening_taken_back_empties_the_room_too(self, meeting, members):
        operations.give_floor(meeting, members[0].pk, by=None)
        meetings.take_opening_back(meeting, by=None)
        assert not Turn.objects.exists()


class TestPages:
    def test_the_chair_moves_through_the_agenda_and_sees_the_time(self, client, meeting, secretary):
        sign_in(client, secretary)
        guide = reverse("rooms:guide", args=[meeting.pk])
        first, second = meeting.items.all()[:2]
        assert "Bắt đầu nội dung này" in client.get(guide).content.decode()
        client.post(reverse("rooms:present_item", args=[first.pk]))
        page = client.get(guide).content.decode()
        assert f"{first.minutes} phút, từ" in page
        assert "Xong, sang nội dung 2" in page
        items = list(meeting.items.all())
        assert f"còn {sum(item.minutes for item in items)} phút cho {len(items)} nội dung" in page
        client.post(reverse("rooms:present_item", args=[second.pk]))
        assert scene_of(meeting).item == second
        assert scene_of(meeting).minutes_left == sum(item.minutes for item in items[1:])

    def test_the_chair_reads_what_may_be_said_at_this_part_and_who_says_so(self, client, meeting, secretary):
        sign_in(client, secretary)
        rules = rules_of(meeting)
        for item in (meeting.items.first(), meeting.items.last()):
            operations.move_on(meeting, item, by=None)
            page = client.get(reverse("rooms:guide", args=[meeting.pk])).content.decode()
            for phrase in rules.phrases(item.category).says:
                assert f"<li>{phrase}</li>" in page
            assert "phần mềm suy ra, không phải nguyên văn quy định" in page

    def test_a_qr_opens_the_seat_with_the_code_in_it(self, client, meeting, members):
        uncall(meeting, members[0])
        sign_in(client, members[0])
        code = codes.long_at(meeting.pk, now())
        page = client.get(reverse("rooms:seat", args=[meeting.pk]), {"code": code}).content.decode()
        assert f'value="{code}"' in page
        client.post(reverse("rooms:check_in", args=[meeting.pk]), {"code": code})
        assert presence_of(meeting, members[0]).presence == Presence.PRESENT

    def test_the_code_is_shown_to_those_who_run_the_meeting_only(self, client, meeting, members, secretary):
        address = reverse("rooms:screen", args=[meeting.pk])
        sign_in(client, members[0])
        assert "room-digits" not in client.get(address).content.decode()
        sign_in(client, secretary)
        assert codes.digits_at(meeting.pk, now()) in client.get(address).content.decode()

    def test_pages_of_a_meeting_that_does_not_run_lead_to_it_and_say_why(self, client, meeting, secretary):
        meetings.close_meeting(meeting, by=None)
        sign_in(client, secretary)
        for name in ("screen", "seat", "guide"):
            answer = client.get(reverse(f"rooms:{name}", args=[meeting.pk]), follow=True)
            assert answer.redirect_chain[0][0] == reverse("meetings:page", args=[meeting.pk])
            assert "Kỳ sinh hoạt đã kết thúc lúc" in answer.content.decode()


class TestScene:
    def test_it_is_read_once_for_all_until_something_happens(
        self, meeting, members, django_assert_num_queries
    ):
        viewer = viewer_for(members[0])
        operations.move_on(meeting, meeting.items.first(), by=None)
        before = scene_of(meeting)
        with django_assert_num_queries(1):  # where the journal stands
            assert scene_of(meeting) is before
        with django_assert_num_queries(1):
            assert scene_kept(viewer, meeting.pk) is before
        record_attendance(meeting, marks={members[0].pk: Mark(Presence.UNEXCUSED)}, by=None)
        assert scene_kept(viewer, meeting.pk) is None
        assert scene_of(meeting).counts.unexcused == 1

    def test_what_is_kept_is_for_those_alone_who_may_read_it(self, meeting):
        operations.move_on(meeting, meeting.items.first(), by=None)
        stranger = viewer_for(make_member(make_body(), name="Trần Ngoài"))
        scene_of(meeting)
        assert scene_kept(stranger, meeting.pk) is None

    def test_a_seat_shown_from_what_is_kept_tells_nothing_of_another(self, client, meeting, members):
        operations.ask_for_floor(meeting, by=viewer_for(members[0]))
        address = reverse("rooms:seat", args=[meeting.pk])
        for member, words in (
            (members[0], "Đồng chí đang chờ phát biểu, thứ 1."),
            (members[1], "Xin phát biểu"),
        ):
            sign_in(client, member)
            assert words in client.get(address).content.decode()
        assert "Đồng chí đang chờ phát biểu" not in client.get(address).content.decode()

    def test_a_meeting_that_was_closed_is_not_shown_from_what_is_kept(self, client, meeting, members):
        operations.move_on(meeting, meeting.items.first(), by=None)
        sign_in(client, members[0])
        address = reverse("rooms:seat", args=[meeting.pk])
        assert client.get(address).status_code == 200
        meetings.close_meeting(meeting, by=None)
        assert client.get(address).status_code == 302


class TestScreen:
    def test_it_shows_item_counts_and_queue_the_same_for_all(self, meeting, members):
        item = meeting.items.all()[2]
        operations.move_on(meeting, item, by=None)
        operations.ask_for_floor(meeting, by=viewer_for(members[0]))
        scene = screen.regions(meeting.body_id)["scene"]
        assert item.title in scene
        assert "5/5" in scene
        assert f"1. {members[0].full_name}" in scene
        assert "<form" not in scene

    def test_a_secret_ballot_shows_its_question_and_once_confirmed_its_result(
        self, meeting, members, monkeypatch
    ):
        operations.move_on(meeting, meeting.items.first(), by=None)
        rung = []
        monkeypatch.setattr(screen, "publish", lambda topic, pk: rung.append((topic, pk)))
        ballot = make_election(meeting, members[1:3], head=members[0], subject="Bầu phó bí thư")
        scene = screen.regions(meeting.body_id)["scene"]
        assert "Đang bỏ phiếu kín, bầu 1 đồng chí" in scene
        winner = ballot.options.first().name  # the ballot has its names in their order, whatever ours was
        assert winner not in scene
        counted = figures(4, 1, issued=5)
        enter_count(ballot, counted, seen_revision=0, by=None)
        assert "Trúng cử" not in screen.regions(meeting.body_id)["scene"]  # entered is not confirmed
        make_confirmed(ballot, counted)
        scene = screen.regions(meeting.body_id)["scene"]
        assert "Đang bỏ phiếu kín" not in scene
        assert f"Trúng cử: {winner}" in scene
        assert rung == [("room", meeting.body_id)] * 2  # opened and confirmed

    def test_pages_on_which_somebody_writes_learn_part_count_hands_and_answers(self, meeting, members):
        item = meeting.items.all()[2]
        operations.move_on(meeting, item, by=None)
        operations.ask_for_floor(meeting, by=viewer_for(members[0]))
        vote = make_vote(meeting)
        cast(vote, members[1])
        shown = screen.regions(meeting.body_id)
        assert shown["pulse"] == (
            f"Có mặt 5/5. Đang bàn nội dung 3/{meeting.items.count()}: {item.title}. Xin phát biểu: 1 đồng chí. "
            "Biểu quyết ghi tên: đã biểu quyết 1/5 đồng chí có mặt."
        )
        assert shown["present"] == "5/5"
        close_vote(vote, by=None)
        assert reverse("votes:page", args=[vote.pk]) in screen.regions(meeting.body_id)["cast"]
        meetings.close_meeting(meeting, by=None)
        assert screen.regions(meeting.body_id)["pulse"] == "Kỳ sinh hoạt không còn đang diễn ra."

    def test_what_is_rung_is_what_the_page_knew(self, client, meeting, secretary, members):
        """The room is not fetched again until the count differs from the one it shows."""
        sign_in(client, secretary)
        uncall(meeting, members[0])
        for known in ("4/5, còn 1 chưa điểm danh", "5/5"):
            page = client.get(reverse("meetings:room", args=[meeting.pk])).content.decode()
            assert f'data-was="{known}"' in page
            assert screen.regions(meeting.body_id)["present"] == known
            record_attendance(meeting, marks={members[0].pk: Mark(Presence.PRESENT)}, by=None)

    def test_every_change_of_the_room_rings(self, meeting, members, monkeypatch):
        rung = []
        monkeypatch.setattr(screen, "publish", lambda topic, pk: rung.append((topic, pk)))
        operations.move_on(meeting, meeting.items.first(), by=None)
        operations.ask_for_floor(meeting, by=viewer_for(members[0]))
        record_attendance(meeting, marks={members[0].pk: Mark(Presence.LATE)}, by=None)
        meetings.close_meeting(meeting, by=None)
        assert rung == [("room", meeting.body_id)] * 4

    def test_who_may_not_read_the_branch_may_not_follow(self, meeting, members):
        assert screen.may_follow(viewer_for(members[0]), meeting.body_id)
        assert not screen.may_follow(viewer_for(make_member(make_body(), name="Trần Ngoài")), meeting.body_id)


def test_the_code_on_the_big_screen_stops_asking_when_the_meeting_is_over(client, meeting, secretary):
    sign_in(client, secretary)
    asking = reverse("rooms:code", args=[meeting.pk])
    shown = client.get(reverse("rooms:screen", args=[meeting.pk])).content.decode()
    # The page asks, and no person: it keeps nobody signed in.
    assert f'hx-get="{asking}" hx-headers=\'{{"X-Aside": "1"}}\'' in shown
    assert "room-digits" in client.get(asking).content.decode()
    # All that must go with the code stands in the part that its answer replaces.
    assert "Quét mã" in client.get(asking).content.decode()
    before, part = shown.split(asking)
    assert "Quét mã" not in before
    assert "Quét mã" not in part[part.index("room-digits") :]
    meetings.close_meeting(meeting, by=None)
    answer = client.get(asking)
    assert (answer.status_code, answer.content.decode()) == (286, "Điểm danh đã kết thúc.")


def test_who_speaks_is_shown_with_the_minutes_so_far(client, meeting, secretary, members):
    operations.ask_for_floor(meeting, by=viewer_for(members[0]))
    operations.give_floor(meeting, members[0].pk, by=None)
    Turn.objects.update(given_at=now() - timedelta(minutes=7, seconds=20))
    sign_in(client, secretary)
    page = client.get(reverse("rooms:guide", args=[meeting.pk])).content.decode()
    assert re.search(r'<span data-since="[^"]+">, đã 7 phút</span>', page)
    assert "data-since" in screen.regions(meeting.body_id)["scene"]


def test_minutes_on_the_screen_are_set_to_be_read_aloud(client, meeting, secretary):
    meetings.close_meeting(meeting, by=None)
    sign_in(client, secretary)
    assert (
        'class="prose read-aloud"'
        in client.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
    )
