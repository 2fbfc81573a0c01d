"""Who may act on whose account: nobody gains a right by it, save over bodies that the person stands above."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access import operations, standing
from nenep.access.models import Account, GrantedRole
from nenep.access.roles import role_table
from nenep.access.standing import covers, refuse_stronger
from nenep.access.tests.make import (
    make_account,
    make_administrator,
    make_grant,
    sign_in,
    viewer_for,
)
from nenep.access.viewers import Holding, reach_of, rights_of
from nenep.organizations.operations import form_cluster, place_in_cluster
from nenep.people.models import Post, Status
from nenep.people.offices import appoint
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(bloc):
    """Accounts by what each person is; all but the last five belong to one branch."""

    def here(post=None):
        return make_member(bloc.branch, post=post)

    def office(member, body, post=Post.DEPUTY):
        make_office(member, body, post)
        return member

    def away(host):
        member = here()
        change_status(member, status=Status.AWAY, host=host, start=today(), by=None)
        return member

    members = {
        "member": here(),
        "committee member": here(Post.COMMITTEE_MEMBER),
        "deputy": here(Post.DEPUTY),
        "secretary": here(Post.SECRETARY),
        "guest in the same organization": away(bloc.other_branch),
        "guest at the neighbour": away(bloc.neighbour_branch),
        "clerk of the organization": office(here(), bloc.organization, Post.CLERK),
        "officer": office(here(), bloc.organization),
        "upper officer": office(here(), bloc.bloc, Post.OFFICER),
        "clerk of the branch by grant": here(),
        "secretary of a section's branch": make_member(bloc.section_branch, post=Post.SECRETARY),
        "officer of the neighbour": office(make_member(bloc.neighbour_branch), bloc.neighbour),
    }
    accounts = {name: make_account(member) for name, member in members.items()}
    make_grant(accounts["clerk of the branch by grant"], GrantedRole.CLERK, bloc.branch)
    return accounts | {
        "administrator": make_administrator(bloc.bloc, username="quantri-khoi"),
        "administrator of the organization": make_administrator(bloc.organization, username="quantri-a"),
        "second administrator": make_administrator(bloc.bloc, username="quantri-hai"),
    }


BRANCH = {"member", "committee member", "deputy", "secretary"}
LOCAL = {
    *BRANCH,
    "guest in the same organization",
    "clerk of the branch by grant",
    "secretary of a section's branch",
}
EXPECTED = {
    "secretary": BRANCH,
    "deputy": BRANCH,
    "officer": {*LOCAL, "officer"},
    "officer of the neighbour": {"officer of the neighbour"},
    "administrator of the organization": {
        *LOCAL,
        "officer",
        "clerk of the organization",
        "administrator of the organization",
    },
}


def acted_on(people):
    """Who -> whose account the verbs let that person act on."""
    return {
        name: {other for other, account in people.items() if _lets(account, viewer_for(people[name]))}
        for name in [*EXPECTED, "administrator"]
    }


def _lets(account, viewer):
    try:
        refuse_stronger(account, by=viewer)
    except Refused:
        return False
    return True


def test_account_with_a_right_that_one_neither_has_nor_stands_above_is_out_of_hand(people):
    assert acted_on(people) == {**EXPECTED, "administrator": set(people)}


def test_comparing_only_how_far_rights_reach_down_would_be_noticed(people, monkeypatch):
    """Twin: the rule of old, which compared the bodies below and trusted every administrator."""

    def reaches(viewer):
        return frozenset().union(*(reach.below for reach in viewer.reach.values()))

    monkeypatch.setattr(
        standing, "covers", lambda by, theirs: by.is_administrator or reaches(by) >= reaches(theirs)
    )
    found = acted_on(people)
    assert "guest at the neighbour" in found["secretary"]
    assert "upper officer" in found["administrator of the organization"]


def test_role_of_the_branch_with_all_rights_of_another_covers_it_and_no_other_does(bloc):
    """From the table: secretary and deputy have every right of those they look after in the branch."""
    roles = ("branch_secretary", "branch_deputy", "branch_committee_member", "member")
    viewers = {
        role: Viewer(actor=role, reach=reach_of([Holding(role, bloc.branch.pk)], role_table()))
        for role in roles
    }
    covered = {(one, two) for one in roles for two in roles if covers(viewers[one], viewers[two])}
    assert covered >= {(leader, role) for leader in roles[:2] for role in roles}
    assert not covered & {("member", role) for role in roles[:3]}
    assert not covered & {("branch_committee_member", role) for role in roles[:2]}


def test_officer_of_a_cluster_stands_above_its_branches_only(bloc, people):
    cluster = form_cluster(bloc.organization, code="C1", name="Cụm 1", day=today(), by=None)
    place_in_cluster(bloc.branch, cluster=cluster, day=today(), by=None)
    officer = make_member(bloc.other_branch)
    facts = {"body": bloc.organization, "post": Post.OFFICER, "day": today(), "cluster": cluster}
    appoint(officer, **facts, by=None)
    by = viewer_for(officer)
    assert _lets(people["secretary"], by)
    assert not _lets(people["secretary of a section's branch"], by)


def test_closing_an_account_does_not_make_it_weak(bloc, people):
    officer = people["upper officer"]
    Account.objects.filter(pk=officer.pk).update(is_active=False)
    officer.refresh_from_db()
    assert rights_of(officer).where("readings.ask").below
    with pytest.raises(Refused, match="quyền rộng hơn"):
        operations.reopen_account(officer, by=viewer_for(people["secretary"]))


@pytest.mark.parametrize("verb", ["issue_code", "close_account", "end_sessions"])
def test_no_verb_of_accounts_forgets_to_ask(people, verb):
    with pytest.raises(Refused, match="quyền rộng hơn"):
        getattr(operations, verb)(people["upper officer"], by=viewer_for(people["secretary"]))


def test_slips_of_a_branch_leave_out_who_also_serves_higher_up(client, bloc):
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    officer, plain = make_member(bloc.branch, name="Vũ Cấp Trên"), make_member(bloc.branch)
    make_office(officer, bloc.bloc, Post.OFFICER, since=today() - timedelta(days=9))
    sign_in(client, secretary, proven=True)
    page = client.post(reverse("access:slips", args=[bloc.branch.pk])).content.decode()
    assert Account.objects.get(member=plain).username in page
    assert "chưa in mã cho: Vũ Cấp Trên" in page
    assert not hasattr(Account.objects.get(member=officer), "code")
