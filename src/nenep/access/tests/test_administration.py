"""An administrator works in the body of the own role and below it, and takes no right for the own person."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenep.access import grants, querysets
from nenep.access.forms import GrantForm
from nenep.access.grants import end_role, give_role
from nenep.access.models import Account, Grant, GrantedRole
from nenep.access.reach import administers_root
from nenep.access.tests.make import (
    make_account,
    make_administrator,
    make_grant,
    sign_in,
    viewer_for,
)
from nenep.organizations.models import Kind
from nenep.organizations.operations import NewBody, merge_bodies, succeed_body
from nenep.organizations.reach import may
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.operations import leave
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import FOREVER, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(bloc):
    """The administrator of one grassroots organization."""
    return make_administrator(bloc.organization, username="quantri-so-a")


@pytest.fixture
def outsiders(bloc):
    """Accounts that are no business of that administrator, by what each is."""
    officer = make_member(bloc.neighbour_branch)
    make_office(officer, bloc.bloc, Post.OFFICER)
    return {
        "member elsewhere": make_account(make_member(bloc.neighbour_branch)),
        "officer of the bloc": make_account(officer),
        "administrator of the whole": make_administrator(bloc.bloc, username="quantri-khoi"),
        "administrator of the neighbour": make_administrator(bloc.neighbour, username="quantri-so-b"),
    }


def signed_in(client, account):
    sign_in(client, account, proven=True)
    return client


def reached(client, outsiders):
    """Whom of the outsiders the signed-in person sees, lists or changes."""
    listed = client.get(reverse("access:accounts")).content.decode()
    for what, account in outsiders.items():
        if reverse("access:account", args=[account.pk]) in listed:
            yield f"lists {what}"
        if client.get(reverse("access:account", args=[account.pk])).status_code != 404:
            yield f"reads {what}"
        for verb in ("code", "closure", "sessions"):
            if client.post(reverse(f"access:{verb}", args=[account.pk])).status_code != 404:
                yield f"{verb} of {what}"


def test_administrator_of_a_part_reaches_nobody_outside(client, part, outsiders):
    assert list(reached(signed_in(client, part), outsiders)) == []


def test_administrator_who_saw_all_accounts_would_be_noticed(client, part, outsiders, monkeypatch):
    """Twin: the same watch with the old rule, under which the flag was enough."""
    monkeypatch.setattr(querysets.AccountQuerySet, "visible_to", lambda rows, _viewer: rows.all())
    found = list(reached(signed_in(client, part), outsiders))
    assert {finding.split()[0] for finding in found} >= {"lists", "code", "closure", "sessions"}


def test_administrator_sees_the_accounts_of_the_part_also_of_who_has_left_and_of_administrators(bloc, part):
    member, gone = make_member(bloc.branch), make_member(bloc.section_branch)
    inside = {
        make_account(member),
        make_account(gone),
        make_administrator(bloc.section, username="quantri-bp"),
    }
    leave(gone, day=today() - timedelta(days=3), by=None)
    make_account(make_member(bloc.lone_branch))
    assert set(Account.objects.visible_to(viewer_for(part))) == {part, *inside}


def given_by(client, part, bloc):
    """What the administrator of the part manages to give: (to whom, role, where)."""
    member = make_account(make_member(bloc.branch))
    stranger = make_account(make_member(bloc.neighbour_branch))
    for account in (part, member, stranger):
        for role in GrantedRole:
            for place in ("bloc", "organization", "branch", "neighbour"):
                before = set(Grant.objects.values_list("pk", flat=True))
                facts = {"username": account.username, "role": role, "body": getattr(bloc, place).code}
                client.post(reverse("access:grant_new"), {**facts, "valid_from": "01/01/2026"})
                if Grant.objects.exclude(pk__in=before).exists():
                    yield {part.pk: "oneself", member.pk: "member"}.get(account.pk, "stranger"), role, place


ALLOWED = {("member", role, place) for role in GrantedRole for place in ("organization", "branch")}


def test_administrator_of_a_part_gives_roles_there_and_never_to_the_own_account(client, bloc, part):
    assert set(given_by(signed_in(client, part), part, bloc)) == ALLOWED


def test_role_given_to_the_own_account_or_outside_would_be_noticed(client, bloc, part, monkeypatch):
    """Twin: form and verb without their guards."""
    monkeypatch.setattr(grants, "may_give", lambda *_facts: True)
    monkeypatch.setattr("nenep.access.forms.administers_root", lambda _viewer: True)
    monkeypatch.setattr(GrantForm, "clean_username", _account_named)
    found = set(given_by(signed_in(client, part), part, bloc))
    assert found - ALLOWED >= {("stranger", "clerk", "branch"), ("member", "administrator", "bloc")}


def _account_named(form):
    return Account.objects.get(username=form.cleaned_data["username"])


def test_nobody_gives_a_role_to_the_own_account_not_even_from_the_top(bloc):
    administrator = make_administrator(bloc.bloc)
    with pytest.raises(Refused, match="tự giao vai trò"):
        give(administrator, GrantedRole.CLERK, bloc.branch, by=administrator)
    assert not may(viewer_for(administrator), "documents.read", bloc.branch.pk)


def give(account, role, body, *, by):
    return give_role(account, role=role, body=body, valid_from=today(), by=viewer_for(by))


def test_only_who_administers_the_top_gives_administrator_outside_the_own_reach(bloc, part):
    elsewhere = make_body(kind=Kind.COMMITTEE)  # a second top, younger than the first
    whole = make_administrator(bloc.bloc, username="quantri-khoi")
    member = make_account(make_member(bloc.branch))
    assert (administers_root(viewer_for(whole)), administers_root(viewer_for(part))) == (True, False)
    assert give(member, GrantedRole.ADMINISTRATOR, elsewhere, by=whole)
    for giver, role, body in (
        (whole, GrantedRole.CLERK, elsewhere),
        (part, GrantedRole.ADMINISTRATOR, elsewhere),
        (part, GrantedRole.ADMINISTRATOR, bloc.bloc),
    ):
        with pytest.raises(Refused, match="tổ chức mình quản trị"):
            give(member, role, body, by=giver)


def test_administrator_of_a_part_sees_and_ends_the_roles_of_the_part_only(client, bloc, part):
    member = make_account(make_member(bloc.branch))
    inside = make_grant(member, GrantedRole.CLERK, bloc.branch)
    outside = make_grant(member, GrantedRole.CLERK, bloc.neighbour)
    own = make_grant(part, GrantedRole.UPPER_OFFICER, bloc.bloc)
    signed_in(client, part)
    ends = {
        grant.pk: client.post(reverse("access:grant_end", args=[grant.pk])).status_code
        for grant in (inside, outside, own)
    }
    assert ends == {inside.pk: 302, outside.pk: 404, own.pk: 403}
    assert set(Grant.objects.filter(valid_to=FOREVER)) == {
        outside,
        own,
        part.grants.get(role="administrator"),
    }


def test_role_goes_with_the_top_that_ends_to_its_successor(bloc, part):
    whole = make_administrator(bloc.bloc, username="quantri-khoi")
    new = NewBody(code="DUK2", name="Đảng bộ các cơ quan Đảng tỉnh", kind=Kind.COMMITTEE, parent=None)
    successor = succeed_body(bloc.bloc, into=new, day=today(), by=None)
    viewer = viewer_for(whole)
    assert administers_root(viewer)
    assert viewer.where("installation.manage").own == {successor.pk}
    assert may(viewer, "access.open", bloc.branch.pk)
    assert not may(viewer_for(part), "access.open", successor.pk)


def test_role_in_a_part_that_ends_does_not_reach_its_successor(bloc, part):
    merge_bodies([bloc.organization, bloc.neighbour], into=bloc.neighbour, day=today(), by=None)
    assert not may(viewer_for(part), "access.open", bloc.neighbour.pk)


def test_role_that_began_and_ended_leaves_no_reach(bloc, part):
    grant = part.grants.get()
    Grant.objects.filter(pk=grant.pk).update(valid_from=date(2020, 1, 1))
    grant.refresh_from_db()
    end_role(grant, by=None)
    assert list(Account.objects.visible_to(viewer_for(part))) == [part]
