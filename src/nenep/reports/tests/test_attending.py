"""How often officers attended branches: a number only where a committee keeps a roster, and the visits behind it."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.organizations.operations import move_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.reports.attending import visits_between
from nenep.reports.figures import body_in
from nenep.shared.dates import clock_at
from nenep.visits.operations import mark_missed
from nenep.visits.tests.make import hold_at, make_attended, make_officer, make_visit

pytestmark = pytest.mark.django_db
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
SUMMER = JULY, date(2026, 8, 31)


@pytest.fixture(autouse=True)
def _november():
    with clock_at(at(date(2026, 11, 20))):
        yield


@pytest.fixture
def officer(bloc):
    return make_officer(bloc.neighbour_branch, bloc.bloc, Post.OFFICER, "Vũ Cán Bộ")


@pytest.fixture
def visited(bloc, officer):
    """In July the lone branch (on the 20th) was attended, in August another one; the lone one was missed then."""
    hold_at(bloc.lone_branch, at(date(2026, 7, 20)))
    attended = [
        make_attended(bloc.bloc, bloc.lone_branch, officer, month=JULY),
        make_attended(bloc.bloc, bloc.branch, officer, month=AUGUST),
    ]
    with clock_at(at(AUGUST)):
        missed = make_visit(bloc.bloc, bloc.lone_branch, officer, month=AUGUST)
    mark_missed(missed, reason="Họp đột xuất", by=None)
    return attended


def at(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 14))


def figure(body, start=SUMMER[0], end=SUMMER[1]):
    return visits_between(body_in(body.code, start, end), start, end)


def test_visits_that_took_place_are_counted_upward(bloc, visited):
    told = figure(bloc.bloc)
    assert (told.key, told.value) == ("visits", 2)
    assert told.base == "Trong 3 lượt dự sinh hoạt chi bộ đã phân công."
    assert figure(bloc.organization).value == 1
    assert figure(bloc.lone_branch).value == 1
    # Its committee above keeps a roster, and nobody came: that is a true zero.
    assert figure(bloc.other_branch).value == 0


def test_where_no_roster_was_kept_there_is_no_number(bloc, visited):
    assert figure(bloc.bloc, date(2026, 9, 1), date(2026, 9, 30)).value is None


def test_a_month_in_part_counts_by_the_day_of_the_meeting(bloc, visited):
    assert figure(bloc.bloc, date(2026, 7, 1), date(2026, 7, 20)).value == 1
    assert figure(bloc.bloc, date(2026, 7, 1), date(2026, 7, 19)).value == 0


def test_a_branch_that_moves_leaves_its_visits_where_they_were(bloc, visited):
    move_body(bloc.branch, parent=bloc.neighbour, day=date(2026, 10, 1), by=None)
    assert figure(bloc.organization).value == 1
    assert figure(bloc.neighbour).value == 0


def test_the_number_opens_to_its_visits_and_shows_no_person(client, bloc, officer, visited):
    sign_in(client, officer)
    branches = client.get(figure(bloc.bloc).trace).context["trace"].lines
    assert [line.cells[1:] for line in branches] == [("1", "1"), ("1", "2")]
    answer = client.get(branches[1].url)
    assert [(line.name, line.cells) for line in answer.context["trace"].lines] == [
        ("tháng 07/2026", ("Đã dự",)),
        ("tháng 08/2026", ("Không dự được",)),
    ]
    assert answer.context["trace"].lines[0].url == reverse("visits:page", args=[visited[0].pk])
    assert "Vũ Cán Bộ" not in answer.content.decode().split("<main")[1].split("</main>")[0]
    shown = client.get(
        reverse("reports:figures"), {"body": bloc.bloc.code, "from": "2026-07-01", "to": "2026-08-31"}
    )
    assert "Lượt cấp trên dự sinh hoạt chi bộ" in shown.content.decode()


def test_whoever_may_not_read_a_visit_sees_its_number_alone(client, bloc, visited):
    reader = make_member(bloc.neighbour_branch, name="Lê Văn Thư")
    sign_in(client, make_officer(bloc.other_branch, bloc.organization, Post.OFFICER, "Hà Cán Bộ"))
    (line,) = client.get(figure(bloc.branch).trace).context["trace"].lines
    assert (line.cells, line.url) == (("Đã dự",), "")
    sign_in(client, reader)
    assert client.get(figure(bloc.branch).trace).status_code == 404


def test_the_cost_does_not_grow_with_the_visits(bloc, officer, visited, django_assert_num_queries):
    body = body_in(bloc.bloc.code, *SUMMER)
    with django_assert_num_queries(2):
        visits_between(body, *SUMMER)
    make_attended(bloc.bloc, bloc.section_branch, officer, month=AUGUST)
    with django_assert_num_queries(2):
        assert visits_between(body, *SUMMER).value == 3
