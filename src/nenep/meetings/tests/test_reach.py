"""What people try at meetings that are not theirs, or no longer, or not in this way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from nenep.access.models import ReadingGrant, ReadingState
from nenep.access.tests.make import make_account, sign_in, viewer_for
from nenep.meetings.agenda import add_item
from nenep.meetings.answers import write_opinion
from nenep.meetings.models import Meeting, MeetingStatus, Opinion, Response, Vote
from nenep.meetings.tests.make import make_meeting
from nenep.meetings.voting import count_vote
from nenep.people.models import Office, Post
from nenep.people.offices import release
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import now, today

pytestmark = pytest.mark.django_db

SOON, JUST_NOW = timedelta(days=5), -timedelta(hours=1)
HANDS = {"subject": "Kế hoạch", "kind": "ordinary_resolution", "votes_for": 1}


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


def meeting_in(branch, chair, status=MeetingStatus.PLANNED, *, at=SOON, **people):
    return make_meeting(branch, status=status, chair=chair, at=now() + at, **people)


def at(name, pk):
    return reverse(f"meetings:{name}", args=[pk])


def test_the_item_of_another_meeting_takes_no_vote(client, bloc, secretary):
    other = make_member(bloc.other_branch, post=Post.SECRETARY)
    foreign = meeting_in(bloc.other_branch, other, MeetingStatus.OPENED, at=JUST_NOW).items.first()
    meeting = meeting_in(bloc.branch, secretary, MeetingStatus.OPENED, at=JUST_NOW)
    sign_in(client, secretary)
    client.post(f"{at('vote', meeting.pk)}?item={foreign.pk}", HANDS | {"votes_against": 0, "votes_other": 0})
    assert Vote.objects.get().item is None
    with pytest.raises(ValueError, match="belongs to meeting"):
        count_vote(meeting, item=foreign, by=None, **HANDS)


def test_a_closed_meeting_takes_no_vote(client, bloc, secretary):
    meeting = meeting_in(bloc.branch, secretary, MeetingStatus.CLOSED, at=-timedelta(hours=3))
    sign_in(client, secretary)
    assert client.post(at("vote", meeting.pk), HANDS).status_code == 409
    assert not Vote.objects.exists()


def test_an_opinion_is_about_an_item_of_its_own_meeting(client, bloc, secretary):
    other = make_member(bloc.other_branch, post=Post.SECRETARY)
    foreign = meeting_in(bloc.other_branch, other).items.first()
    meeting = meeting_in(bloc.branch, secretary)
    sign_in(client, secretary)
    answer = client.post(at("opinions", meeting.pk), {"text": "Bàn kỹ.", "item": foreign.pk})
    assert answer.status_code == 422
    with pytest.raises(ValueError, match="is not of meeting"):
        write_opinion(meeting, text="Bàn kỹ.", item_id=foreign.pk, by=viewer_for(secretary))
    assert not Opinion.objects.exists()


def test_opinions_of_others_are_not_shown_to_members(client, bloc, secretary):
    meeting = meeting_in(bloc.branch, secretary)
    author, other = make_member(bloc.branch, name="Lê Ánh"), make_member(bloc.branch, name="Vũ Ơn")
    write_opinion(meeting, text="Phòng trực quá tải.", item_id=None, by=viewer_for(author))
    sign_in(client, author)
    assert "Phòng trực quá tải." in client.get(at("opinions", meeting.pk)).content.decode()
    sign_in(client, other)
    assert "Phòng trực quá tải." not in client.get(at("opinions", meeting.pk)).content.decode()


@pytest.mark.parametrize("field", ["chair", "note_taker"])
def test_nobody_of_another_branch_runs_or_presents(client, bloc, secretary, field):
    stranger = make_member(bloc.other_branch)
    meeting = meeting_in(bloc.branch, secretary)
    day = meeting.starts_at
    sign_in(client, secretary)
    typed = {"starts_at_0": day.strftime("%d/%m/%Y"), "starts_at_1": "15:30", field: stranger.pk}
    assert client.post(at("plan", meeting.pk), typed).status_code == 422
    typed = {"title": "Nội dung", "minutes": 5, "presenter": stranger.pk}
    assert client.post(at("item_addition", meeting.pk), typed).status_code == 422


def test_a_committee_member_who_prepares_does_not_choose_who_runs_the_meeting(client, bloc, secretary):
    helper = make_member(bloc.branch, name="Lê Ánh", post=Post.COMMITTEE_MEMBER)
    meeting = meeting_in(bloc.branch, secretary)
    sign_in(client, helper)
    assert 'name="note_taker"' not in client.get(at("plan", meeting.pk)).content.decode()
    typed = {
        "starts_at_0": f"{localdate(meeting.starts_at):%d/%m/%Y}",
        "starts_at_1": "23:59",
        "place": "Hội trường",
        "chair": helper.pk,
        "note_taker": helper.pk,
    }
    assert client.post(at("plan", meeting.pk), typed).status_code == 302
    kept = Meeting.objects.get(pk=meeting.pk)
    assert kept.place == "Hội trường"
    assert (kept.chair, kept.note_taker) == (secretary, secretary)


def test_a_note_taker_runs_this_meeting_and_no_other(client, bloc, secretary):
    writer = make_member(bloc.branch, name="Lê Ánh")
    running = {"status": MeetingStatus.OPENED, "at": JUST_NOW}
    mine = meeting_in(bloc.branch, secretary, note_taker=writer, **running)
    other = make_member(bloc.other_branch, post=Post.SECRETARY)
    elsewhere = meeting_in(bloc.other_branch, other, **running)
    sign_in(client, writer)
    assert client.get(at("room", mine.pk)).status_code == 200
    assert client.get(at("room", elsewhere.pk)).status_code == 404
    Meeting.objects.filter(pk=mine.pk).update(note_taker=secretary)
    assert client.get(at("room", mine.pk)).status_code == 403


def test_a_note_taker_who_has_moved_away_sees_the_meeting_no_more(client, bloc, secretary):
    writer = make_member(bloc.branch, name="Lê Ánh")
    meeting = meeting_in(bloc.branch, secretary, MeetingStatus.OPENED, at=JUST_NOW, note_taker=writer)
    transfer(writer, to=bloc.other_branch, day=today(), by=None)
    sign_in(client, writer)
    assert client.get(at("room", meeting.pk)).status_code == 404
    assert client.get(at("page", meeting.pk)).status_code == 404


def test_a_former_secretary_is_a_member_like_others(client, bloc, secretary):
    meeting = meeting_in(bloc.branch, secretary, MeetingStatus.CALLED)
    sign_in(client, secretary)
    assert client.get(at("notice", meeting.pk)).status_code == 200
    release(Office.objects.get(member=secretary, post=Post.SECRETARY), day=today(), by=None)
    assert client.get(at("page", meeting.pk)).status_code == 200
    for name in ("notice", "preparation", "opinion_inbox", "postponement", "invitation_sheet"):
        assert client.get(at(name, meeting.pk)).status_code == 403, name
    assert client.post(at("opening", meeting.pk)).status_code == 403


def test_a_given_reading_opens_texts_and_nothing_else(client, bloc, secretary):
    officer = make_member(bloc.lone_branch, name="Vũ Cấp Trên")
    make_office(officer, bloc.bloc, Post.OFFICER)
    meeting = meeting_in(bloc.branch, secretary, MeetingStatus.CALLED)
    sign_in(client, officer)
    assert client.get(at("page", meeting.pk)).status_code == 404
    ReadingGrant.objects.create(
        account=make_account(officer),
        body=bloc.branch,
        purpose="Kiểm tra",
        asked_at=now(),
        valid_from=today(),
        valid_to=today() + timedelta(days=3),
        state=ReadingState.GIVEN,
        given_by=make_account(secretary),
    )
    assert client.get(at("page", meeting.pk)).status_code == 200
    for name in ("preparation", "notice", "opinion_inbox", "response", "postponement"):
        assert client.get(at(name, meeting.pk)).status_code == 403, name
    assert client.post(at("opinions", meeting.pk), {"text": "Ý kiến"}).status_code == 403
    assert client.post(at("response", meeting.pk), {"answer": "will_come"}).status_code == 403
    assert not Response.objects.exists()


def test_a_reply_to_an_opinion_of_another_branch_finds_nothing(client, bloc, secretary):
    meeting = meeting_in(bloc.branch, secretary)
    opinion = write_opinion(meeting, text="Bàn kỹ.", item_id=None, by=viewer_for(secretary))
    sign_in(client, make_member(bloc.other_branch, post=Post.SECRETARY))
    answer = client.post(at("opinion_reply", opinion.pk), {f"o{opinion.pk}-reply": "noted"})
    assert answer.status_code == 404
    assert Opinion.objects.get().reply == "open"


def test_an_item_is_changed_only_by_its_own_branch(client, bloc, secretary):
    meeting = meeting_in(bloc.branch, secretary)
    item = add_item(meeting, title="Việc riêng", category="discussion", by=None)
    sign_in(client, make_member(bloc.other_branch, post=Post.SECRETARY))
    for name in ("item_change", "item_record"):
        assert client.post(at(name, item.pk), {"title": "Khác", "minutes": 5}).status_code == 404, name
    assert meeting.items.get(pk=item.pk).title == "Việc riêng"


@pytest.mark.parametrize("nonsense", ["0", "²", "-1", "99999", "9" * 30, "x"])
def test_a_year_that_is_none_shows_this_one(client, secretary, nonsense):
    sign_in(client, secretary)
    answer = client.get(reverse("meetings:list"), {"year": nonsense})
    assert answer.context["chosen"] == today().year
