"""Whose month the boards open, and what addresses typed by hand lead to."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import month_start, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(bloc):
    """Of the organization; a plain member elsewhere."""
    officer = make_member(bloc.neighbour_branch, name="Phạm Đảng Ủy")
    make_office(officer, bloc.organization, Post.DEPUTY)
    return officer


def month_of(branch, year, month):
    return reverse("home:branch_month", args=[branch.pk, year, month])


def test_an_officer_opens_branches_below_and_no_others(client, bloc, officer):
    sign_in(client, officer)
    day = today()
    assert client.get(month_of(bloc.branch, day.year, day.month)).status_code == 200
    assert client.get(month_of(bloc.section_branch, day.year, day.month)).status_code == 200
    assert client.get(month_of(bloc.lone_branch, day.year, day.month)).status_code == 404


def test_a_secretary_asks_for_another_branch_and_gets_the_own(client, bloc):
    sign_in(client, make_member(bloc.branch, post=Post.SECRETARY))
    for asked in (bloc.other_branch.pk, "²", "9" * 30):
        assert client.get("/", {"body": asked}).context["body_id"] == bloc.branch.pk


@pytest.mark.parametrize(("year", "month"), [(0, 5), (1, 1), (2026, 0), (2026, 13), (9999, 12), (10**20, 1)])
def test_no_month_is_not_found(client, bloc, officer, year, month):
    sign_in(client, officer)
    assert client.get(month_of(bloc.branch, year, month)).status_code == 404


@pytest.mark.parametrize("nonsense", ["1-1", "9999-12", "99999999999999999999-1", "2026-13", "x", "²-²"])
def test_a_board_of_no_month_shows_this_one(client, officer, nonsense):
    sign_in(client, officer)
    answer = client.get(reverse("home:board"), {"month": nonsense})
    assert answer.context["month"] == month_start(today())
