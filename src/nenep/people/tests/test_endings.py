from datetime import date

import pytest

from nenep.journal.models import Event
from nenep.organizations.kinds import Kind
from nenep.organizations.operations import NewBody, dissolve_body, merge_bodies, split_body
from nenep.organizations.tests.make import make_body, make_small_bloc
from nenep.people.models import Membership, Post, Status
from nenep.people.operations import change_status, transfer
from nenep.people.reads import branch_on, member_count, roster
from nenep.people.tests.make import make_member, make_members, make_office, offices_of
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

DAY = date(2015, 7, 1)
EVE = date(2015, 6, 30)


@pytest.fixture
def tree():
    return make_small_bloc()


def test_members_follow_a_merge_and_are_counted_once_on_every_day(tree):
    make_members(tree.branch, 3)
    make_members(tree.other_branch, 2)
    merge_bodies([tree.branch, tree.other_branch], into=tree.branch, day=DAY, by=None)
    assert [member_count(body.pk, EVE) for body in (tree.branch, tree.other_branch)] == [3, 2]
    assert [member_count(body.pk, DAY) for body in (tree.branch, tree.other_branch)] == [5, 0]
    assert member_count(tree.bloc.pk, EVE) == member_count(tree.bloc.pk, DAY) == 5
    (event,) = Event.objects.filter(verb="members.handed_over")
    assert (event.body, event.details["count"], event.subject) == (tree.branch.pk, 2, None)


def test_offices_of_the_ended_branch_end_and_those_above_stay(tree):
    secretary = make_member(tree.other_branch, post=Post.SECRETARY)
    make_office(secretary, tree.organization, Post.COMMITTEE_MEMBER)
    merge_bodies([tree.other_branch], into=tree.branch, day=DAY, by=None)
    assert offices_of(secretary, DAY) == [tree.organization.pk]


def test_offices_left_behind_in_another_organization_end(tree):
    secretary = make_member(tree.branch)
    make_office(secretary, tree.organization, Post.SECRETARY)
    merge_bodies([tree.branch], into=tree.neighbour_branch, day=DAY, by=None)
    assert offices_of(secretary, DAY) == []


def test_who_was_to_come_on_the_very_day_comes_to_the_successor(tree):
    member = make_member(tree.branch)
    transfer(member, to=tree.other_branch, day=DAY, by=None)
    merge_bodies([tree.other_branch], into=tree.branch, day=DAY, by=None)
    assert branch_on(member.pk, DAY) == tree.branch.pk
    assert Membership.objects.filter(member=member, branch=tree.other_branch).count() == 0


def test_guests_stay_with_the_successor_but_nobody_is_a_guest_at_home(tree):
    guest, home = make_member(tree.section_branch), make_member(tree.branch)
    for member in (guest, home):
        change_status(member, status=Status.AWAY, start=date(2014, 1, 1), host=tree.other_branch, by=None)
    merge_bodies([tree.other_branch], into=tree.branch, day=DAY, by=None)
    assert [(entry.member_id, entry.is_guest, entry.status) for entry in roster(tree.branch.pk, DAY)] == [
        (home.pk, False, Status.OFFICIAL),
        (guest.pk, True, Status.OFFICIAL),
    ]


def test_dissolving_or_splitting_a_branch_with_members_is_refused_and_changes_nothing(tree):
    make_member(tree.branch)
    parts = [
        NewBody(code, f"Chi bộ {code}", Kind.SUBORDINATE_BRANCH, tree.organization) for code in ("P1", "P2")
    ]
    with pytest.raises(Refused, match="còn 1 đảng viên"):
        dissolve_body(tree.branch, day=DAY, by=None)
    with pytest.raises(Refused, match="còn 1 đảng viên"):
        split_body(tree.branch, parts=parts, day=DAY, by=None)
    assert member_count(tree.bloc.pk, DAY) == 1


def test_merging_a_branch_into_a_body_that_is_no_branch_is_refused(tree):
    make_member(tree.branch)
    with pytest.raises(Refused, match="còn 1 đảng viên"):
        merge_bodies([tree.branch], into=tree.neighbour, day=DAY, by=None)


def test_members_recorded_after_the_day_are_in_the_way(tree):
    make_member(tree.branch)
    make_member(tree.branch, since=date(2016, 1, 1))
    with pytest.raises(Refused, match="Sau ngày này"):
        merge_bodies([tree.branch], into=tree.other_branch, day=DAY, by=None)


def test_an_organization_that_ends_ends_its_offices(tree):
    member = make_member(tree.branch)
    make_office(member, tree.organization, Post.SECRETARY)
    merge_bodies([tree.organization], into=tree.neighbour, day=DAY, by=None)
    assert offices_of(member, DAY) == []
    assert member_count(tree.neighbour.pk, DAY) == 1


def test_a_body_without_people_ends_without_an_event_of_ours():
    branch = make_body()
    dissolve_body(branch, day=DAY, by=None)
    assert not Event.objects.filter(verb="members.handed_over").exists()
