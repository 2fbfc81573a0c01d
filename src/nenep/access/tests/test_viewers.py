from datetime import date, timedelta

import pytest

from nenep.access.models import GrantedRole
from nenep.access.tests.make import make_account, make_administrator, make_grant, viewer_for
from nenep.access.viewers import viewer_of
from nenep.organizations.models import Body, BodyKind, Closure, Edge, Kind
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today
from nenep.shared.viewer import NOBODY, NOWHERE

pytestmark = pytest.mark.django_db
FOUNDED = date(2010, 1, 1)


@pytest.fixture
def tree():
    """bloc > (organization > branch, sister), (grassroots branch); an advisory unit of the bloc."""
    bodies = {}
    for code, kind, parent in (
        ("bloc", Kind.COMMITTEE, None),
        ("organization", Kind.GRASSROOTS_ORGANIZATION, "bloc"),
        ("branch", Kind.SUBORDINATE_BRANCH, "organization"),
        ("sister", Kind.SUBORDINATE_BRANCH, "organization"),
        ("alone", Kind.GRASSROOTS_BRANCH, "bloc"),
        ("unit", Kind.ADVISORY_UNIT, "bloc"),
    ):
        body = Body.objects.create(code=code, founded_on=FOUNDED)
        BodyKind.objects.create(body=body, kind=kind, valid_from=FOUNDED)
        line = [(body, 0)]
        if parent:
            Edge.objects.create(child=body, parent=bodies[parent], valid_from=FOUNDED)
            line += [
                (above.ancestor, above.depth + 1)
                for above in Closure.objects.filter(descendant=bodies[parent])
            ]
        for ancestor, depth in line:
            Closure.objects.create(
                ancestor=ancestor,
                descendant=body,
                depth=depth,
                valid_from=FOUNDED,
                valid_to=date(9999, 12, 31),
            )
        bodies[code] = body
    return bodies


def test_member_reads_the_meetings_of_the_own_branch_only(tree):
    viewer = viewer_for(make_member(tree["branch"]))
    assert viewer.where("meetings.read").own == {tree["branch"].pk}
    assert not viewer.where("meetings.read").below
    assert viewer.where("meetings.call") == NOWHERE


def test_secretary_right_ends_on_the_day_the_office_ends(tree):
    member = make_member(tree["branch"])
    office = make_office(member, tree["branch"], Post.SECRETARY)
    assert viewer_for(member).where("meetings.call").own == {tree["branch"].pk}
    office.valid_to = today()
    office.save()
    assert viewer_for(member).where("meetings.call") == NOWHERE
    assert viewer_for(member, today() - timedelta(days=1)).where("meetings.call").own == {tree["branch"].pk}


def test_officer_of_an_advisory_unit_reaches_what_is_below_its_parent(tree):
    member = make_member(tree["alone"])
    make_office(member, tree["unit"], Post.OFFICER)
    assert viewer_for(member).where("facts.read").below == {tree["bloc"].pk}


def test_grant_lasts_for_its_period(tree):
    account = make_account(make_member(tree["alone"]))
    make_grant(account, GrantedRole.CLERK, tree["organization"], since=FOUNDED, until=today())
    assert viewer_of(account).where("documents.register") == NOWHERE
    assert viewer_of(account, today() - timedelta(days=1)).where("documents.register").own


def test_closed_account_is_nobody(tree):
    account = make_account(make_member(tree["branch"]))
    account.is_active = False
    assert viewer_of(account) == NOBODY


def test_administrator_manages_but_reads_no_content(tree):
    viewer = viewer_of(make_administrator(tree["bloc"]))
    assert viewer.is_administrator
    assert viewer.actor.startswith("account:")
    assert viewer.where("access.open").below == {tree["bloc"].pk}
    for verb in ("meetings.read", "people.read", "resolutions.read", "documents.read", "assignments.read"):
        assert viewer.where(verb) == NOWHERE


def test_viewer_costs_the_same_queries_with_one_office_or_many(tree, django_assert_max_num_queries):
    member = make_member(tree["branch"])
    account = make_account(member)
    for code in ("branch", "organization", "bloc", "unit"):
        make_office(member, tree[code], Post.OFFICER if code == "unit" else Post.COMMITTEE_MEMBER)
    with django_assert_max_num_queries(6):
        viewer_of(account)
