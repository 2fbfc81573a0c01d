"""The viewer of a day: what memberships, offices, stays and grants give."""

from datetime import date, timedelta

import pytest

from nenep.access.models import GrantedRole
from nenep.access.tests.make import make_account, make_administrator, make_grant, viewer_for
from nenep.access.viewers import viewer_of
from nenep.organizations.operations import form_cluster, place_in_cluster
from nenep.organizations.reach import may
from nenep.people.models import Post, Status
from nenep.people.offices import appoint, release
from nenep.people.operations import change_status, transfer
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today
from nenep.shared.viewer import NOBODY, NOWHERE

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)
LONG_AGO = date(2012, 1, 1)


def test_member_reads_the_meetings_of_the_own_branch_only(bloc):
    viewer = viewer_for(make_member(bloc.branch))
    assert viewer.where("meetings.read").own == {bloc.branch.pk}
    assert not viewer.where("meetings.read").below
    assert viewer.where("meetings.call") == NOWHERE


def test_secretary_right_ends_on_the_day_the_office_ends(bloc):
    member = make_member(bloc.branch)
    office = make_office(member, bloc.branch, Post.SECRETARY)
    assert may(viewer_for(member), "meetings.call", bloc.branch.pk)
    release(office, day=today(), by=None)
    assert viewer_for(member).where("meetings.call") == NOWHERE
    assert viewer_for(member, today() - YESTERDAY).where("meetings.call").own == {bloc.branch.pk}


def test_transfer_moves_every_right_at_once(bloc):
    member = make_member(bloc.branch, post=Post.SECRETARY)
    transfer(member, to=bloc.neighbour_branch, day=today(), by=None)
    viewer = viewer_for(member)
    assert viewer.where("meetings.read").own == {bloc.neighbour_branch.pk}
    assert viewer.where("meetings.call") == NOWHERE


def test_suspended_member_has_no_rights_in_the_branch(bloc):
    member = make_member(bloc.branch)
    change_status(member, status=Status.SUSPENDED, start=LONG_AGO, by=None)
    assert viewer_for(member).reach == {}


def test_offices_rest_while_suspended(bloc):
    member = make_member(bloc.branch, post=Post.SECRETARY)
    make_office(member, bloc.organization, Post.DEPUTY)
    change_status(member, status=Status.SUSPENDED, start=today(), by=None)
    assert viewer_for(member).reach == {}
    assert may(viewer_for(member, today() - YESTERDAY), "meetings.call", bloc.branch.pk)


def test_guest_takes_part_in_the_host_branch_and_still_reads_at_home(bloc):
    member = make_member(bloc.branch)
    change_status(member, status=Status.AWAY, start=LONG_AGO, host=bloc.neighbour_branch, by=None)
    assert viewer_for(member).where("meetings.respond").own == {bloc.branch.pk, bloc.neighbour_branch.pk}


def test_officer_of_an_advisory_unit_reaches_what_is_below_its_parent(bloc):
    member = make_member(bloc.lone_branch)
    make_office(member, bloc.office, Post.OFFICER)
    assert viewer_for(member).where("facts.read").below == {bloc.bloc.pk}


def test_officer_of_a_cluster_reaches_its_bodies_only(bloc):
    cluster = form_cluster(bloc.bloc, code="C1", name="Cụm 1", day=LONG_AGO, by=None)
    place_in_cluster(bloc.organization, cluster=cluster, day=LONG_AGO, by=None)
    member = make_member(bloc.lone_branch)
    appoint(member, body=bloc.bloc, post=Post.OFFICER, day=LONG_AGO, cluster=cluster, by=None)
    viewer = viewer_for(member)
    assert may(viewer, "facts.read", bloc.organization.pk)
    assert may(viewer, "facts.read", bloc.section_branch.pk)
    assert not may(viewer, "facts.read", bloc.neighbour_branch.pk)


def test_grant_lasts_for_its_period(bloc):
    account = make_account(make_member(bloc.lone_branch))
    make_grant(account, GrantedRole.CLERK, bloc.organization, since=LONG_AGO, until=today())
    assert viewer_of(account).where("documents.register") == NOWHERE
    assert viewer_of(account, today() - YESTERDAY).where("documents.register").own


def test_closed_account_is_nobody(bloc):
    account = make_account(make_member(bloc.branch))
    account.is_active = False
    assert viewer_of(account) == NOBODY


def test_administrator_manages_but_reads_no_content(bloc):
    viewer = viewer_of(make_administrator(bloc.bloc))
    assert viewer.is_administrator
    assert viewer.actor.startswith("account:")
    assert viewer.where("access.open").below == {bloc.bloc.pk}
    for verb in ("meetings.read", "people.read", "resolutions.read", "documents.read", "assignments.read"):
        assert viewer.where(verb) == NOWHERE


def test_viewer_costs_a_constant_number_of_queries(bloc, django_assert_num_queries):
    plain = make_account(make_member(bloc.branch))
    busy = make_account(make_member(bloc.branch, post=Post.COMMITTEE_MEMBER))
    for body in (bloc.organization, bloc.bloc):
        make_office(busy.member, body, Post.COMMITTEE_MEMBER)
    # Only who holds an office is asked which, and only who may ask for a reading can have been given one.
    for account, queries in ((plain, 2), (busy, 4)):
        with django_assert_num_queries(queries):
            viewer_of(account)
