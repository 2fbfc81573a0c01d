"""An office gives rights: nobody records the own one, by no way in."""

import pytest
from django.urls import reverse

from nenep.access.models import GrantedRole
from nenep.access.tests.make import make_account, make_grant, sign_in, viewer_for
from nenep.organizations.reach import may
from nenep.people import office_loading, offices
from nenep.people.loading import RowsRefused
from nenep.people.models import Office, Post
from nenep.people.office_loading import OfficeRow, load_offices
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(bloc):
    """A plain member of the branch who administers the program and so may record offices everywhere."""
    member = make_member(bloc.branch)
    make_grant(make_account(member), GrantedRole.ADMINISTRATOR, bloc.bloc)
    return member


def taken(client, bloc, administrator):
    """The ways by which the person got to lead the branch."""
    viewer = viewer_for(administrator)
    row = OfficeRow(administrator.code, bloc.branch.code, Post.SECRETARY, today())
    ways = {
        "verb": lambda: offices.appoint(
            administrator, body=bloc.branch, post=Post.SECRETARY, day=today(), by=viewer
        ),
        "sheet": lambda: load_offices([row], by=viewer),
        "page": lambda: client.post(
            reverse("people:office", args=[administrator.pk]),
            {"body": bloc.branch.pk, "post": Post.SECRETARY, "day": today().strftime("%d/%m/%Y")},
        ),
    }
    sign_in(client, administrator, proven=True)
    for way, tried in ways.items():
        try:
            tried()
        except (Refused, RowsRefused):
            continue
        if may(viewer_for(administrator), "meetings.prepare", bloc.branch.pk):
            yield way
        Office.objects.filter(member=administrator).delete()


def test_nobody_becomes_secretary_by_the_own_hand(client, bloc, administrator):
    assert list(taken(client, bloc, administrator)) == []
    assert client.get(reverse("people:office", args=[administrator.pk])).status_code == 403


def test_own_office_would_be_noticed(client, bloc, administrator, monkeypatch):
    """Twin: a sheet that is not asked whose offices it brings."""
    monkeypatch.setattr(office_loading, "_own", lambda *_facts: ())
    assert list(taken(client, bloc, administrator)) == ["sheet"]


def test_another_person_records_the_office(bloc, administrator):
    deputy = make_member(bloc.branch, post=Post.DEPUTY)
    viewer = viewer_for(deputy)
    assert (
        offices.appoint(administrator, body=bloc.branch, post=Post.SECRETARY, day=today(), by=viewer).post
        == Post.SECRETARY
    )


def test_sheet_may_hold_the_own_office_that_is_there_already(bloc, administrator):
    office = make_office(administrator, bloc.branch, Post.DEPUTY)
    row = OfficeRow(administrator.code, bloc.branch.code, Post.DEPUTY, office.valid_from)
    assert load_offices([row], by=viewer_for(administrator)).unchanged == 1
