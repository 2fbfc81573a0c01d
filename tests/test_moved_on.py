"""Every page of a meeting, before and after its time: it leads to the meeting and says what happened; 403 is for rights.

The table says in which states a page is at home; `tests/addresses.yml` says who may use it at all.
"""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import get_resolver, reverse
from django.utils.timezone import localtime

from nenep.access.tests.make import sign_in, viewer_for
from nenep.journal.models import Event
from nenep.meetings.answers import write_opinion
from nenep.meetings.calling_off import cancel_meeting, mark_not_held
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import CALLED_OFF, Meeting, MeetingStatus
from nenep.meetings.operations import close_meeting
from nenep.meetings.tests.make import make_meeting
from nenep.meetings.voting import count_vote
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member, make_members
from nenep.resolutions.tests.make import make_draft
from nenep.shared.dates import now, today
from nenep.shared.tests.anew import anew
from nenep.votes.operations import close_vote, open_vote

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

PLANNED, CALLED, OPENED = MeetingStatus.PLANNED, MeetingStatus.CALLED, MeetingStatus.OPENED
CLOSED, ADOPTED = MeetingStatus.CLOSED, MeetingStatus.ADOPTED
NOT_HELD, CANCELLED = MeetingStatus.NOT_HELD, MeetingStatus.CANCELLED
STATES = tuple(MeetingStatus)
PREPARED = {PLANNED, CALLED}

# address -> the states in which it is at home
AT_HOME = {
    "meetings:preparation": PREPARED,
    "meetings:plan": PREPARED,
    "meetings:postponement": PREPARED,
    "meetings:cancellation": PREPARED,
    "meetings:committee_meeting": PREPARED,
    "meetings:materials": PREPARED,
    "meetings:item_addition": PREPARED,
    "meetings:item_change": PREPARED,
    "meetings:agenda": PREPARED,
    "meetings:focus": PREPARED,
    "meetings:suggestion_choice": PREPARED,
    "meetings:call": {PLANNED},
    "meetings:newcomers": {CALLED},
    "meetings:reminder": {CALLED},
    "meetings:cards": {PLANNED, CALLED, OPENED},
    "meetings:card_entry": {PLANNED, CALLED, OPENED, CLOSED},
    "meetings:response": {CALLED},
    "meetings:response_for": {CALLED},
    "meetings:opening": {CALLED},
    "meetings:opening_withdrawal": {OPENED},
    "meetings:room": {OPENED},
    "meetings:roll_call": {OPENED},
    "meetings:opening_lines": {OPENED},
    "meetings:item_record": {OPENED, CLOSED},
    "meetings:vote": {OPENED},
    "meetings:closing": {OPENED},
    "meetings:resumption": {CLOSED},
    "meetings:minutes": {CLOSED, ADOPTED},
    "meetings:minutes_file": {CLOSED, ADOPTED},
    "meetings:adoption": {CLOSED},
    "meetings:correction": {ADOPTED},
    "meetings:signature": {ADOPTED},
    "meetings:signature_withdrawal": {ADOPTED},
    "meetings:non_holding_withdrawal": {NOT_HELD},
    "resolutions:draft": {PLANNED, CALLED, OPENED, CLOSED},
    "resolutions:adoption": {OPENED},
    "resolutions:named_vote": {OPENED},
    "preparing:materials": PREPARED,
    "preparing:material_addition": PREPARED,
    "preparing:agreements": PREPARED,
    "preparing:shared_matter": PREPARED,
    "votes:opening": {OPENED},
    "assignments:handing_out": {OPENED, CLOSED, ADOPTED},
}
# At home in every state, or without a meeting in their address.
ALWAYS = {
    *("meetings:list", "meetings:page", "meetings:calendar_file", "meetings:opening_of_month"),
    *("meetings:thematic", "meetings:opinion_inbox", "meetings:opinion_reply", "meetings:notice"),
    *("meetings:invitation_sheet", "meetings:opinions", "meetings:vote_withdrawal", "meetings:sign_in_sheet"),
    "meetings:committee_file",  # of a committee's meeting, which not every meeting has
    "meetings:proposals",
    # Named by branch and month.
    *("meetings:paper_months", "meetings:paper_entry", "meetings:month_not_held"),
    "meetings:non_holding",  # a matter of the hour too: below
    *("meetings:material_removal", "resolutions:page", "resolutions:file", "resolutions:versions"),
    *("resolutions:comments", "resolutions:comment_inbox", "resolutions:comment_reply"),
    "assignments:from_resolution",
}
SAYS = {
    PLANNED: "Kỳ sinh hoạt đang chuẩn bị, chưa gửi thông báo.",
    CALLED: "Thông báo đã gửi lúc ",
    OPENED: "Kỳ sinh hoạt đã khai mạc lúc ",
    CLOSED: "Kỳ sinh hoạt đã kết thúc lúc ",
    ADOPTED: "Biên bản đã thông qua lúc ",
    NOT_HELD: "Chi bộ không họp tháng ",
    CANCELLED: "Kỳ sinh hoạt lúc ",
}
ITEMS = {f"meetings:item_{name}" for name in ("change", "record")} | {"preparing:shared_matter"}


@pytest.fixture(scope="module")
def branch_once(database_of_the_file):
    branch = make_body()
    make_members(branch, 2)
    return branch


@pytest.fixture
def branch(branch_once):
    return anew(branch_once)


def meeting_at(branch, secretary, status):
    """The day is today, so that a called meeting may be opened; a draft stands beside it while it can."""
    at = now() - timedelta(hours=3) if status not in PREPARED else now() + timedelta(minutes=1)
    first = CALLED if status in CALLED_OFF else min(status, OPENED, key=STATES.index)
    made = make_meeting(branch, status=first, chair=secretary, at=at)
    make_draft(made)
    if status == NOT_HELD:
        mark_not_held(made, reason="disaster", note="Bão số 5.", by=None)
    if status == CANCELLED:
        cancel_meeting(made, reason="disaster", note="Bão số 5.", by=None)
    if status in {CLOSED, ADOPTED}:
        close_meeting(made, by=None)
    if status == ADOPTED:
        adopt_minutes(made, votes_for=3, by=None)
    return Meeting.objects.get(pk=made.pk)


def address(name, meeting):
    if name.endswith("_file"):
        return reverse(name, kwargs={"pk": meeting.pk, "fmt": "docx"})
    if name == "meetings:response_for":
        return reverse(name, args=[meeting.pk, meeting.chair_id])
    return reverse(name, args=[meeting.items.first().pk if name in ITEMS else meeting.pk])


def sentences(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def forget_messages(client):
    """As if a page had shown them, which is half of the time that these tests would take."""
    client.cookies.pop("messages", None)


def new(said):
    """The only sentence; one that is left from the page before proves nothing."""
    return said[0] if len(said) == 1 else ""


def test_every_address_of_a_meeting_stands_in_the_table():
    resolver = get_resolver()
    names = {
        f"{space}:{pattern.name}"
        for space in ("meetings", "resolutions")
        for pattern in resolver.namespace_dict[space][1].url_patterns
    }
    table = {name for name in AT_HOME.keys() | ALWAYS if name.startswith(("meetings:", "resolutions:"))}
    assert names == table


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_out_of_its_time_leads_to_the_meeting_and_says_what_happened(
    client, branch, secretary, status, method
):
    meeting = meeting_at(branch, secretary, status)
    sign_in(client, secretary)
    wrong = {}
    for name in [name for name, states in AT_HOME.items() if status not in states]:
        answer = getattr(client, method)(address(name, meeting))
        if answer.status_code == 405:
            continue
        said = sentences(answer) if answer.status_code == 302 else []
        if answer.get("Location") != f"/meetings/{meeting.pk}/" or not new(said).startswith(SAYS[status]):
            wrong[name] = (answer.status_code, answer.get("Location"), said)
        forget_messages(client)
    assert wrong == {}
    assert Meeting.objects.get(pk=meeting.pk).status == status


@pytest.mark.parametrize("status", [OPENED, CLOSED, ADOPTED, NOT_HELD, CANCELLED])
def test_a_month_is_not_recorded_as_not_held_after_it_began_or_was_given_up(
    client, branch, secretary, status
):
    meeting = meeting_at(branch, secretary, status)
    sign_in(client, secretary)
    answer = client.get(address("meetings:non_holding", meeting))
    assert answer["Location"] == f"/meetings/{meeting.pk}/"
    assert sentences(answer)[-1].startswith(SAYS[status])


@pytest.mark.parametrize(
    ("status", "leads", "follows"),
    [
        (NOT_HELD, "Việc chưa kiểm điểm đưa vào kỳ tới", "lập sẵn ở trang đầu."),
        (CANCELLED, "Muốn họp ngày khác trong tháng", "lập kỳ sinh hoạt ở trang đầu."),
    ],
)
def test_what_was_called_off_says_why_and_to_whom_it_falls_what_may_be_done(
    client, branch, secretary, status, leads, follows
):
    meeting = meeting_at(branch, secretary, status)
    sign_in(client, secretary)
    [said] = sentences(client.get(address("meetings:plan", meeting)))
    assert "Lý do: Thiên tai, dịch bệnh: Bão số 5." in said
    assert leads in said
    assert said.endswith(follows)
    client.logout()
    sign_in(client, make_member(branch, name="Lê Đảng Viên"))
    said = sentences(client.get(address("meetings:response", meeting)))[-1]
    assert said.endswith("Lý do: Thiên tai, dịch bệnh: Bão số 5.")


@pytest.mark.parametrize("status", STATES)
def test_a_page_in_its_time_shows_itself(client, branch, secretary, status):
    meeting = meeting_at(branch, secretary, status)
    sign_in(client, secretary)
    for name in [name for name, states in AT_HOME.items() if status in states]:
        assert client.get(address(name, meeting)).status_code in {200, 405}, name


@pytest.mark.parametrize("status", STATES)
def test_without_the_right_it_stays_forbidden_in_every_state(client, branch, secretary, status):
    meeting = meeting_at(branch, secretary, status)
    sign_in(client, make_member(branch, name="Lê Đảng Viên"))
    for name in ("plan", "postponement", "call", "room", "roll_call", "closing"):
        assert client.get(address(f"meetings:{name}", meeting)).status_code == 403, name
    assert client.get(reverse("resolutions:draft", args=[meeting.pk])).status_code == 403


KEY = "53643085-b7e8-4c6f-9f60-9794eba42e12"
TYPED = "Đồng chí Hải được phân công trực"
# address -> (the state it comes too late for, what was typed)
LATE = {
    "meetings:postponement": (OPENED, {"to_0": "04/12/2026", "to_1": "14:00", "reason": TYPED}),
    "meetings:committee_meeting": (CLOSED, {"content": TYPED}),
    "preparing:material_addition": (OPENED, {"title": TYPED, "digest": "Một"}),
    "preparing:agreements": (OPENED, {"whom": "Giám đốc", "agreed": TYPED}),
    "meetings:opinions": (OPENED, {"text": TYPED}),
    "meetings:response": (OPENED, {"answer": "asks_leave", "note": TYPED}),
    "meetings:item_record": (ADOPTED, {"notes": TYPED, "revision": 3, "once": KEY, "give-once": KEY}),
    "meetings:vote": (CLOSED, {"subject": TYPED, "votes_for": 3}),
    "meetings:correction": (CLOSED, {"text": TYPED}),
    "resolutions:comments": (OPENED, {"place": "1", "text": TYPED}),
    "resolutions:draft": (ADOPTED, {"title": TYPED, "revision": 1}),
}


@pytest.mark.parametrize("name", LATE)
def test_what_was_typed_too_late_is_shown_to_be_copied(client, branch, secretary, name):
    status, data = LATE[name]
    meeting = meeting_at(branch, secretary, status)
    sign_in(client, secretary)
    answer = client.post(address(name, meeting), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert TYPED in page
    assert SAYS[status] in page
    assert "asks_leave" not in page
    assert KEY not in page


def test_a_reply_and_a_vote_are_found_by_their_own_number(client, branch, secretary):
    meeting = make_meeting(branch, status=CALLED, chair=secretary, at=now() - timedelta(hours=1))
    opinion = write_opinion(meeting, text="Bàn kỹ.", item_id=None, by=viewer_for(secretary))
    sign_in(client, secretary)
    reply = {f"o{opinion.pk}-reply": "noted"}
    assert client.post(reverse("meetings:opinion_reply", args=[opinion.pk]), reply).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_vote_by_name_that_is_over_leads_to_its_result_or_to_the_closed_meeting(
    client, branch, secretary, method
):
    meeting = make_meeting(branch, status=OPENED, chair=secretary, at=now() - timedelta(hours=3))
    vote = open_vote(meeting, subject="Nhất trí", kind="ordinary_resolution", by=None)
    close_vote(vote, by=None)
    sign_in(client, secretary)

    def late(name):
        answer = getattr(client, method)(reverse(f"votes:{name}", args=[vote.pk]))
        said = sentences(answer) if answer.status_code == 302 else [""]
        forget_messages(client)
        return answer.status_code, answer.get("Location"), said[-1]

    posted = [] if method == "get" else ["withdrawal", "cast"]
    over = (
        302,
        reverse("votes:page", args=[vote.pk]),
        "Biểu quyết này đã kết thúc nên không thay đổi được nữa.",
    )
    for name in ["written_cast", "closing", *posted]:
        assert late(name) == over, name
    close_meeting(meeting, by=None)
    for name in ["written_cast", "closing", *posted[:1]]:
        status, url, said = late(name)
        assert (status, url) == (302, f"/meetings/{meeting.pk}/"), name
        assert said.startswith(SAYS[CLOSED]), name
    client.logout()
    sign_in(client, make_member(branch, name="Lê Đảng Viên", since=today()))
    for name in ["written_cast", "closing", *posted]:  # without the right it stays forbidden
        assert late(name)[0] == 403, name


def test_an_opinion_reserved_too_early_or_too_late_is_shown_to_be_copied(client, branch, secretary):
    meeting = make_meeting(branch, status=OPENED, chair=secretary, at=now() - timedelta(hours=3))
    vote = open_vote(meeting, subject="Nhất trí", kind="ordinary_resolution", by=None)
    sign_in(client, secretary)
    for says in ("Biểu quyết chưa kết thúc", "Biên bản đã thông qua nên không ghi thêm"):
        answer = client.post(reverse("votes:reservation", args=[vote.pk]), {"text": TYPED})
        assert answer.status_code == 409
        assert TYPED in answer.content.decode()
        assert says in answer.content.decode()
        if vote.is_open:
            close_vote(vote, by=None)
            close_meeting(meeting, by=None)
            adopt_minutes(meeting, votes_for=3, by=None)
    other = client.post(reverse("votes:reservations", args=[meeting.pk]), {"text": TYPED})
    assert other.status_code == 409
    assert TYPED in other.content.decode()
    assert says in other.content.decode()


def test_ending_the_discussion_twice_is_ending_it_once(client, branch, secretary):
    """A second press is answered as the first; with another hour it is told that this sending was not saved."""
    meeting = make_meeting(
        branch, status=OPENED, chair=secretary, note_taker=secretary, at=now() - timedelta(hours=3)
    )
    sign_in(client, secretary)
    page = reverse("meetings:closing", args=[meeting.pk])
    empty = re.findall(r'name="(s\d+)"', client.get(page).content.decode())
    assert empty
    ended = localtime(meeting.starts_at + timedelta(hours=1))
    typed = {
        "ended_at_0": f"{ended:%d/%m/%Y}",
        "ended_at_1": f"{ended:%H:%M}",
        **dict.fromkeys(empty, "hết giờ"),
    }
    answers = [client.post(page, typed) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert sentences(answers[1])[-1] == sentences(answers[0])[-1]
    assert Event.objects.filter(verb="meeting.closed").count() == 1
    for other in ({"ended_at_1": f"{ended + timedelta(minutes=20):%H:%M}"}, {empty[0]: "lý do khác"}):
        late = client.post(page, typed | other)
        assert late.status_code == 409
        assert "Lần gửi này không lưu" in late.content.decode()
        assert "Chưa lưu được" not in late.content.decode()
    client.logout()
    sign_in(client, make_member(branch, name="Lê Đảng Viên", since=today()))
    assert client.post(page, typed).status_code == 403


def test_a_vote_of_a_closed_meeting_is_not_taken_back(client, branch, secretary):
    meeting = make_meeting(branch, status=OPENED, chair=secretary, at=now() - timedelta(hours=3))
    vote = count_vote(meeting, subject="Chương trình", kind="ordinary_resolution", votes_for=3, by=None)
    close_meeting(meeting, by=None)
    sign_in(client, secretary)
    answer = client.post(reverse("meetings:vote_withdrawal", args=[vote.pk]))
    assert answer["Location"] == f"/meetings/{meeting.pk}/"
    assert meeting.votes.exists()
