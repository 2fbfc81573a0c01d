"""What a year tells about democracy in the meetings: sums of counts with their bases, never of fewer than five."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.home import board_views
from nenep.meetings.models import Meeting, MeetingFigures, MeetingStatus, Vote
from nenep.organizations.models import Body
from nenep.organizations.reads import rules_for
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.quality.models import PulseCount
from nenep.reports.democracy import democracy_of
from nenep.rooms.models import BandCount
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db
YEAR = 2026
NOW = timezone.make_aware(datetime(YEAR, 11, 28, 9))


@pytest.fixture(autouse=True)
def _november():
    with clock_at(NOW):
        yield


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


def held(branch, month, *, present=10, is_imported=False, votes=(), bands=(), pulse=None, **figures):
    """An adopted meeting with these figures, votes as (for, against, other), bands as (from, to, present, silent) and
    a pulse as (free, held back, nothing).
    """
    at = timezone.make_aware(datetime(YEAR, month, 3, 14))
    meeting = Meeting.objects.create(
        body=branch,
        month=date(YEAR, month, 1),
        starts_at=at,
        status=MeetingStatus.ADOPTED,
        expected=present,
        present=present,
        is_imported=is_imported,
    )
    MeetingFigures.objects.create(meeting=meeting, **figures)
    for votes_for, against, other in votes:
        base = votes_for + against + other
        Vote.objects.create(
            meeting=meeting,
            subject="Việc",
            kind="ordinary",
            pack="X",
            official=base,
            away_absent=0,
            exempt_absent=0,
            suspended=0,
            base=base,
            votes_for=votes_for,
            votes_against=against,
            votes_other=other,
            passed=True,
            counted_at=at,
        )
    for age_from, age_to, there, silent in bands:
        BandCount.objects.create(
            meeting=meeting, age_from=age_from, age_to=age_to, present=there, silent=silent
        )
    if pulse:
        free, held_back, nothing = pulse
        until = at.date() + timedelta(days=7)
        PulseCount.objects.create(
            meeting=meeting, until=until, free=free, held_back=held_back, nothing=nothing
        )
    return meeting


def democracy(*branches, year=YEAR):
    rules = rules_for(branches[0].pk, date(YEAR, 11, 1)).meeting
    return democracy_of(Body.objects.filter(pk__in=[branch.pk for branch in branches]), year, rules)


def said(*branches, year=YEAR):
    return {one.label: one.said for one in democracy(*branches, year=year).indicators}


COUNTED = {
    "speakers": 6,
    "opinions_beforehand": 2,
    "draft_comments": 5,
    "draft_comments_taken": 3,
    "draft_comments_adapted": 1,
    "draft_comments_declined": 1,
    "opinions_reserved": 1,
}


def test_each_figure_stands_on_the_base_of_the_meetings_that_tell_it(bloc):
    held(bloc.branch, 8, votes=[(10, 0, 0), (7, 2, 1)], pulse=(6, 2, 1), **COUNTED)
    held(bloc.branch, 7, pulse=(3, 1, 0), is_imported=True)  # four tell about each of them
    held(
        bloc.branch, 9, votes=[(8, 0, 0)], pulse=(5, 0, 0), opinions_beforehand=1
    )  # counted before the newer figures were
    held(bloc.branch, 10, present=12, is_imported=True, speakers=3)
    assert said(bloc.branch) == {
        "Đồng chí phát biểu": "9 trên 22 lượt có mặt, 40,9%",
        "Ý kiến gửi trước": "3 ý kiến trong 2 kỳ, bình quân 1,5",
        "Góp ý dự thảo nghị quyết": "Tiếp thu 2, tiếp thu một phần 1, chưa tiếp thu 1, trên 5 góp ý",
        "Ý kiến bảo lưu": "1 ý kiến trong 1 kỳ",
        "Biểu quyết không nhất trí hoàn toàn": "1 trên 3 lần biểu quyết",
        "Nói thẳng, nói thật": "11 trên 14 câu trả lời là nói được điều muốn nói, 2 còn ngại, "
        "1 không có điều gì muốn nói, trong 2 kỳ",
    }
    assert set(said(bloc.branch, year=YEAR - 1).values()) == {""}


def test_a_meeting_of_four_tells_nothing_and_its_twin_of_five_does(bloc):
    small = {"votes": [(3, 1, 0)], "bands": [(0, 30, 5, 2)]}
    held(bloc.branch, 8, present=4, **small, **COUNTED)
    assert set(said(bloc.branch).values()) == {""}
    assert democracy(bloc.branch).bands == []
    held(bloc.branch, 9, present=5, **small, **(COUNTED | {"speakers": 4}))
    found = said(bloc.branch)
    assert found["Đồng chí phát biểu"] == "4 trên 5 lượt có mặt, 80,0%"
    assert found["Biểu quyết không nhất trí hoàn toàn"] == ""  # four voted: a count of them tells about each
    assert [(band.words, band.present, band.silent) for band in democracy(bloc.branch).bands] == [
        ("Đến 30 tuổi", 5, 2)
    ]


def test_the_year_page_shows_it_with_its_base_and_a_gentle_word(client, bloc, secretary):
    address = reverse("home:branch_year", args=[bloc.branch.pk, YEAR])
    sign_in(client, secretary)
    page = client.get(address).content.decode()
    assert page.count("Chưa có số liệu") >= len(said(bloc.branch))
    assert "gọi điện để bí thư ghi giúp" not in page
    held(bloc.branch, 9, bands=[(31, 45, 6, 4)], **COUNTED)
    page = client.get(address).content.decode()
    assert "6 trên 10 lượt có mặt" in page
    assert "4 trên 6 lượt có mặt" in page
    assert "gọi điện để bí thư ghi giúp" in page


def test_a_committee_gets_the_sum_of_the_branches_below_it(client, bloc, monkeypatch):
    officer = make_member(bloc.lone_branch)
    make_office(officer, bloc.bloc, Post.OFFICER)
    for branch in (bloc.branch, bloc.neighbour_branch):
        held(branch, 9, **COUNTED)
    sign_in(client, officer)
    address = reverse("home:democracy_year", args=[bloc.bloc.pk, YEAR])
    assert "12 trên 20 lượt có mặt" in client.get(address).content.decode()
    assert address in client.get(reverse("home:board") + f"?month={YEAR}-11").content.decode()
    one = reverse("home:democracy_year", args=[bloc.branch.pk, YEAR])
    assert "6 trên 10 lượt có mặt" in client.get(one).content.decode()
    monkeypatch.setattr(board_views, "MOST_LISTED", 1)
    too_many = client.get(address).content.decode()
    assert "quá nhiều chi bộ" in too_many
    assert "lượt có mặt" not in too_many


def test_more_meetings_cost_no_more_statements(client, bloc, secretary):
    sign_in(client, secretary)
    address = reverse("home:branch_year", args=[bloc.branch.pk, YEAR])

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    held(bloc.branch, 2, votes=[(8, 0, 0)], bands=[(31, 45, 6, 4)], pulse=(5, 1, 0), **COUNTED)
    client.get(address)
    with_one = cost()
    for month in (4, 5, 6):
        held(bloc.branch, month, votes=[(8, 1, 0)], bands=[(31, 45, 6, 4)], **COUNTED)
    assert cost() == with_one
