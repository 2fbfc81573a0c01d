"""What a page costs: the same number of statements however many members, items and branches there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.operations import hand_out
from nenep.meetings.agenda import add_item
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.organizations.kinds import Kind
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members, make_office
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db

PAGES = {
    "meetings:page": MeetingStatus.CALLED,
    "meetings:preparation": MeetingStatus.CALLED,
    "meetings:notice": MeetingStatus.CALLED,
    "meetings:room": MeetingStatus.OPENED,
    "meetings:roll_call": MeetingStatus.OPENED,
    "meetings:minutes": MeetingStatus.ADOPTED,
}
# What a page costs with three members and with thirteen; 6 of them say who is looking. Lowered when a page gets cheaper.
CEILINGS = {
    "meetings:page": 17,
    "meetings:preparation": 22,  # a draft of the yearly plan and answers published above: a statement for each
    "meetings:notice": 15,
    "meetings:room": 32,
    "meetings:roll_call": 14,
    "meetings:minutes": 15,
    "home:board": 14,
    "home:home": 14,
}


def statements(client, address):
    client.get(address)  # the first look writes its read event
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def branch_with(members):
    branch = make_body(kind=Kind.GRASSROOTS_BRANCH)
    secretary = make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    make_members(branch, members)
    return branch, secretary


@pytest.mark.parametrize("page", PAGES)
def test_a_meeting_page_costs_the_same_for_three_and_thirteen_members(page):
    counts = []
    for members in (3, 13):
        branch, secretary = branch_with(members)
        meeting = make_meeting(branch, status=PAGES[page], chair=secretary, note_taker=secretary)
        client = Client()
        sign_in(client, secretary)
        with clock_at(HELD_AT):
            if PAGES[page] != MeetingStatus.CALLED:
                for number in range(members):
                    hand_out(
                        meeting, what=f"Việc {number}", owner=secretary, due_on=HELD_AT.date() + timedelta(days=9),
                        item=meeting.items.all()[number], by=None,
                    )  # fmt: skip
            else:
                add_item(meeting, title=f"Việc {members}", minutes=5, category="discussion", by=None)
            counts.append(statements(client, reverse(page, args=[meeting.pk])))
    assert counts[0] == counts[1]
    assert counts[0] <= CEILINGS[page]


def test_the_board_costs_the_same_for_one_and_three_branches():
    bloc = make_body(kind=Kind.COMMITTEE)
    officer = make_member(make_body(kind=Kind.GRASSROOTS_BRANCH, parent=bloc), name="Cán Bộ")
    make_office(officer, bloc, Post.OFFICER)
    client = Client()
    sign_in(client, officer)
    counts = []
    with clock_at(HELD_AT):
        for _round in range(2):
            counts.append(statements(client, reverse("home:board")))
            for _branch in range(2):
                branch = make_body(kind=Kind.GRASSROOTS_BRANCH, parent=bloc)
                secretary = make_member(branch, post=Post.SECRETARY)
                make_meeting(branch, status=MeetingStatus.PLANNED, chair=secretary)
    assert counts[0] == counts[1]
    assert counts[0] <= CEILINGS["home:board"]


def test_the_list_of_assignments_costs_the_same_for_one_and_five():
    branch, secretary = branch_with(3)
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)
    client = Client()
    sign_in(client, secretary)
    counts = []
    with clock_at(HELD_AT):
        for how_many in (1, 4):
            for number in range(how_many):
                hand_out(
                    meeting,
                    what=f"Việc {number}",
                    owner=secretary,
                    due_on=HELD_AT.date() + timedelta(days=9),
                    by=None,
                )
            counts.append(statements(client, reverse("assignments:list")))
            counts.append(statements(client, "/"))
    assert counts[0] == counts[2]
    assert counts[1] == counts[3]
    assert counts[1] <= CEILINGS["home:home"]
