"""The agenda in the room: one item is open, saving it opens the next, and nobody's text is lost."""

import re

import pytest
from django.urls import reverse

from nenep.access.tests.make import make_account, sign_in
from nenep.journal.models import Event
from nenep.meetings.counting import count_figures
from nenep.meetings.minutes import compose
from nenep.meetings.models import MeetingStatus
from nenep.meetings.operations import take_opening_back
from nenep.meetings.recording import record_item
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db
IN_PLACE = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def meeting_once(database_of_the_file):
    branch = make_body()
    secretary = make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    make_members(branch, 6)
    make_account(secretary)
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)


@pytest.fixture
def meeting(client, meeting_once):
    meeting = anew(meeting_once)
    sign_in(client, meeting.chair)
    return meeting


def room(meeting):
    return reverse("meetings:room", args=[meeting.pk])


def open_items(text):
    return [int(found) for found in re.findall(r'id="item-(\d+)"><details open', text)]


def typed(item, **fields):
    return {"revision": item.revision, "notes": "", "conclusion": "", "onward": "1", **fields}


def send(client, item, headers=None, **fields):
    return client.post(
        reverse("meetings:item_record", args=[item.pk]), typed(item, **fields), headers=headers or {}
    )


def test_the_item_after_the_last_written_one_is_open(client, meeting):
    items = list(meeting.items.all())
    assert open_items(client.get(room(meeting)).content.decode()) == [items[0].pk]
    record_item(items[2], notes="Đã bàn", conclusion="", decision="", seen_revision=0, by=None)
    text = client.get(room(meeting)).content.decode()
    assert open_items(text) == [items[3].pk]
    assert "Xong, sang mục 5" in text
    assert text.count("Đã ghi</span>") == 1


def test_any_item_can_be_opened_to_be_written_again(client, meeting):
    item = meeting.items.all()[1]
    record_item(item, notes="Đã bàn", conclusion="", decision="", seen_revision=0, by=None)
    text = client.get(room(meeting), {"at": item.pk}).content.decode()
    assert open_items(text) == [item.pk]
    assert "Đã bàn</textarea>" in text


def test_saving_opens_the_next_item_in_place_and_by_a_whole_page(client, meeting):
    first, second, third = meeting.items.all()[:3]
    answer = send(client, first, notes="Chào cờ xong")
    assert answer.url == f"{room(meeting)}?at={second.pk}#item-{second.pk}"
    answer = send(client, second, headers=IN_PLACE, notes="Đã báo cáo")
    assert open_items(answer.content.decode()) == [third.pk]
    assert "<html" not in answer.content.decode()
    assert list(meeting.items.values_list("notes", flat=True)[:2]) == ["Chào cờ xong", "Đã báo cáo"]


def test_going_on_without_typing_writes_nothing(client, meeting):
    first = meeting.items.first()
    assert send(client, first).status_code == 302
    first.refresh_from_db()
    assert first.revision == 0
    assert not Event.objects.filter(verb="item.recorded").exists()


def test_the_last_item_leads_nowhere_but_to_the_end(client, meeting):
    last = meeting.items.last()
    text = client.get(room(meeting), {"at": last.pk}).content.decode()
    assert not re.search(r"Xong, sang mục \d", text)
    assert send(client, last, notes="Bế mạc").url == f"{room(meeting)}#item-{last.pk}"


def test_a_text_saved_by_another_meanwhile_is_shown_beside_what_was_typed(client, meeting):
    first = meeting.items.first()
    record_item(
        meeting.items.first(), notes="Bản của thư ký", conclusion="", decision="", seen_revision=0, by=None
    )
    answer = send(client, first, headers=IN_PLACE, notes="Bản của bí thư")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Bản của thư ký" in text
    assert "Bản của bí thư</textarea>" in text
    first.refresh_from_db()
    assert first.notes == "Bản của thư ký"
    assert send(client, first, headers=IN_PLACE, notes="Cả hai").status_code == 200


def test_a_decision_alone_makes_the_item_a_written_and_concluded_one(client, meeting):
    first = meeting.items.first()
    send(client, first, decision="Giao tổ Đảng 2 lập danh sách.")
    first.refresh_from_db()
    assert (first.decision, first.is_concluded) == ("Giao tổ Đảng 2 lập danh sách.", True)
    assert count_figures(meeting).conclusions == 1
    assert "Đã ghi</span>" in client.get(room(meeting)).content.decode()
    told = [
        block.text for block in compose(meeting).blocks if getattr(block, "lead", "") == "Chi bộ quyết định:"
    ]
    assert told == ["Giao tổ Đảng 2 lập danh sách."]
    with pytest.raises(Refused, match="đã có nội dung được ghi"):
        take_opening_back(meeting, by=None)


def test_a_decision_that_another_saved_meanwhile_is_shown_too(client, meeting):
    item = meeting.items.first()
    record_item(item, notes="", conclusion="", decision="Làm trước ngày 10.", seen_revision=0, by=None)
    answer = send(client, item, headers=IN_PLACE, decision="Làm trước ngày 20.", revision=0)
    assert answer.status_code == 422
    assert "<dd>Làm trước ngày 10.</dd>" in answer.content.decode()
    assert "Làm trước ngày 20.</textarea>" in answer.content.decode()


def test_at_the_opening_the_decision_is_folded_until_there_is_one(client, meeting):
    def folds(item):
        return (
            "<summary>Quyết định, giao việc</summary>"
            in client.get(room(meeting), {"at": item.pk}).content.decode()
        )

    opening, discussion = meeting.items.first(), meeting.items.get(step="C5")
    assert (folds(opening), folds(discussion)) == (True, False)
    record_item(opening, notes="", conclusion="", decision="Đồng ý.", seen_revision=0, by=None)
    assert not folds(opening)
