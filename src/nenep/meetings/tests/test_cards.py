"""Cards on paper: for nobody in particular, typed in once, with a name only where somebody signed."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nenep.access.codes import grouped
from nenep.access.tests.make import sign_in, viewer_for
from nenep.journal.models import Event
from nenep.meetings.answers import answer_opinion
from nenep.meetings.cards import MOST_UNUSED, make_cards, type_card_in
from nenep.meetings.counting import count_figures
from nenep.meetings.models import MeetingStatus, Opinion, OpinionCard, Reply
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.notices.models import Notice
from nenep.organizations.tests.make import make_body
from nenep.people.models import Member
from nenep.people.tests.make import make_member
from nenep.privacy.kept import kept_about
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch):
    return make_member(branch, name="Lê Viết Tay")


@pytest.fixture
def meeting(branch, secretary, member):
    return make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary)


@pytest.fixture
def card(meeting):
    make_cards(meeting, count=1, by=None)
    return meeting.cards.get()


def typed_in(meeting, card, secretary, **facts):
    given = {"text": "Nên bàn kỹ về đường nước.", "item_id": None, "author_id": None} | facts
    return type_card_in(meeting, code=grouped(card.code).lower(), by=viewer_for(secretary), **given)


def test_a_sheet_is_made_once_and_shows_what_is_not_used(client, secretary, meeting):
    sign_in(client, secretary)
    address = reverse("meetings:cards", args=[meeting.pk])
    sent = {"count": "8", "once": str(uuid4())}
    for _time in range(2):
        client.post(address, sent)
    page = client.get(address)
    codes = [code for code, _picture in page.context["cards"]]
    assert len(set(codes)) == 8
    assert page.content.decode().count("<svg") >= 8
    used = meeting.cards.first()
    typed_in(meeting, used, secretary)
    assert len(client.get(address).context["cards"]) == 7


def test_there_is_an_end_to_printing(meeting):
    make_cards(meeting, count=MOST_UNUSED, by=None)
    with pytest.raises(Refused, match="in lại"):
        make_cards(meeting, count=1, by=None)


def test_a_card_without_a_name_is_an_opinion_of_nobody(meeting, card, secretary):
    opinion = typed_in(meeting, card, secretary)
    assert (opinion.author, opinion.written_by) == (None, secretary)
    event = Event.objects.get(verb="opinion.typed_in")
    assert (event.subject, event.object_id) == (None, opinion.pk)
    assert not Notice.objects.filter(kind="opinion.typed_in").exists()
    assert not any("đường nước" in kept.value for kept in kept_about(secretary.pk))


def test_no_column_leads_from_a_card_to_a_person_or_to_words():
    linked = {field.related_model for field in OpinionCard._meta.get_fields() if field.is_relation}
    assert not linked & {Member, Opinion}


def led_to(columns, opinion):
    """Whether what a used card keeps names the moment of the opinion, to the minute."""
    return any(
        isinstance(kept, datetime) and abs(kept - opinion.at) < timedelta(minutes=1) for kept in columns
    )


def test_no_moment_leads_from_a_used_card_to_its_opinion(meeting, card, secretary):
    with clock_at(HELD_AT - timedelta(hours=3)):
        opinion = typed_in(meeting, card, secretary)
        with pytest.raises(Refused, match="đã được nhập") as again:
            typed_in(meeting, card, secretary)
    kept = list(OpinionCard.objects.values_list().get())
    assert not led_to(kept, opinion)
    assert f"{opinion.at.astimezone(HELD_AT.tzinfo):%H:%M}" not in str(again.value)
    # The twin: with the moment of use beside the code the same look finds the opinion.
    assert led_to([*kept, opinion.at], opinion)


def test_a_signed_card_is_the_signers_who_is_told_and_reads_it(client, meeting, card, secretary, member):
    typed_in(meeting, card, secretary, author_id=member.pk)
    assert Notice.objects.filter(member=member, kind="opinion.typed_in").count() == 1
    sign_in(client, member)
    page = client.get(reverse("meetings:opinions", args=[meeting.pk])).content.decode()
    assert "Nên bàn kỹ về đường nước." in page
    assert "đồng chí Nguyễn Bí Thư nhập từ phiếu giấy" in page


def test_a_second_use_is_refused_and_keeps_what_was_typed(client, meeting, card, secretary):
    typed_in(meeting, card, secretary)
    sign_in(client, secretary)
    address = reverse("meetings:card_entry", args=[meeting.pk])
    answer = client.post(address, {"code": card.code, "text": "Lời gõ lại."})
    assert answer.status_code == 422
    assert "mỗi phiếu chỉ nhập một lần" in answer.context["form"].errors["code"][0]
    assert "Lời gõ lại." in answer.content.decode()
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize("code", ["", "CCCC-CCCC", "<script>", "K7MQ"])
def test_a_code_that_no_card_has_is_refused(meeting, card, secretary, code):
    with pytest.raises(Refused, match="mang mã ấy"):
        type_card_in(meeting, code=code, text="x", item_id=None, author_id=None, by=viewer_for(secretary))
    assert not meeting.cards.get().is_used


def test_a_card_of_another_meeting_is_none_here(branch, secretary, card):
    elsewhere = make_meeting(make_body(), status=MeetingStatus.PLANNED)
    with pytest.raises(Refused, match="mang mã ấy"):
        typed_in(elsewhere, card, secretary)


def test_a_signer_from_outside_is_refused_and_the_card_stays_unused(meeting, card, secretary):
    with pytest.raises(Refused, match="không có trong danh sách"):
        typed_in(meeting, card, secretary, author_id=make_member(make_body()).pk)
    assert not meeting.cards.get().is_used


def test_the_note_taker_types_in_but_neither_prints_nor_reads_others(client, branch, secretary, member):
    meeting = make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary, note_taker=member)
    make_cards(meeting, count=1, by=None)
    sign_in(client, member)
    sent = {"code": meeting.cards.get().code, "text": "Lời trên phiếu."}
    assert client.post(reverse("meetings:card_entry", args=[meeting.pk]), sent).status_code == 302
    assert client.get(reverse("meetings:cards", args=[meeting.pk])).status_code == 403
    assert client.get(reverse("meetings:opinion_inbox", args=[meeting.pk])).status_code == 403


def test_an_answer_to_a_card_without_a_name_tells_nobody(client, meeting, card, secretary):
    opinion = typed_in(meeting, card, secretary)
    told = Notice.objects.count()
    answer_opinion(opinion, reply=Reply.NOTED, reason="", by=viewer_for(secretary))
    assert Notice.objects.count() == told
    sign_in(client, secretary)
    page = client.get(reverse("meetings:opinion_inbox", args=[meeting.pk])).content.decode()
    assert "Phiếu không ghi tên" in page


def test_what_was_typed_in_after_opening_does_not_count_as_sent_beforehand(branch, secretary, member):
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)
    make_cards(meeting, count=2, by=None)
    first, second = meeting.cards.all()
    with clock_at(HELD_AT.replace(hour=9)):
        typed_in(meeting, first, secretary)
    with clock_at(HELD_AT.replace(hour=15)):
        typed_in(meeting, second, secretary)
    assert count_figures(meeting).opinions_beforehand == 1
