"""The preparation page: the next deed first, the agenda folded, its source said once."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings import preparation
from nenep.meetings.agenda import add_item
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(client):
    branch = make_body()
    secretary = make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    make_members(branch, 3)
    sign_in(client, secretary)
    return make_meeting(branch, status=MeetingStatus.PLANNED, chair=secretary)


def page(client, meeting, **query):
    return client.get(reverse("meetings:preparation", args=[meeting.pk]), query).content.decode()


def test_the_source_stands_once_and_rows_tell_only_what_differs(client, meeting):
    add_item(meeting, title="Mua máy quét", minutes=5, category="discussion", by=None)
    text = page(client, meeting)
    source = meeting.items.exclude(step="").first().why
    assert text.count(source) == 1
    assert text.count("Vì sao có mục này") == 1
    assert "Vì sao có mục này: chi ủy đề nghị." in text


def test_the_agenda_is_folded_and_the_next_deed_comes_before_it(client, meeting):
    text = page(client, meeting)
    minutes = sum(meeting.items.values_list("minutes", flat=True))
    assert f"{meeting.items.count()} mục, {minutes} phút · Xem và sắp xếp" in text
    assert '<details class="card" open' not in text
    assert '<details class="card" open' in page(client, meeting, agenda="1")
    assert text.index("Xem trước thông báo") < text.index("Các bước chuẩn bị")


def test_an_item_moves_in_place_or_with_the_whole_page(client, meeting):
    first, second = meeting.items.all()[:2]
    down = reverse("meetings:item_position", args=[first.pk])
    answer = client.post(down, {"to": "down"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert text.index(second.title) < text.index(first.title)
    assert "<html" not in text
    answer = client.post(down, {"to": "up"})
    assert answer.url.endswith(f"?agenda=1#item-{first.pk}")
    assert list(meeting.items.all()[:2]) == [first, second]


def test_a_short_warning_has_no_brackets_within_brackets(meeting):
    with clock_at(HELD_AT):
        said = [line for line in preparation.warnings(meeting) if "Báo trước" in line]
    assert said
    assert "((" not in said[0]
    assert said[0].count("(") <= 1
