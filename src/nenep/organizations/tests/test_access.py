"""Reach and access as a table: who may do what to which body of the small bloc."""

from datetime import date

import pytest

from nenep.organizations import operations
from nenep.organizations.access import BodyAccess
from nenep.organizations.models import Body, Kind
from nenep.organizations.reach import may, within
from nenep.shared.viewer import NOBODY, Reach, Viewer

pytestmark = pytest.mark.django_db

PAST = date(2020, 1, 1)
READ, CHANGE = "organizations.read", "organizations.change"
BODIES = ("bloc", "organization", "branch", "section", "section_branch", "lone_branch", "neighbour_branch")


def viewer(bloc, own=(), below=()):
    reach = Reach(
        own=frozenset(getattr(bloc, name).pk for name in own),
        below=frozenset(getattr(bloc, name).pk for name in below),
    )
    return Viewer(actor="member:1", member_id=1, reach={READ: reach, CHANGE: reach})


# own bodies, bodies to look below -> where a verb is allowed
REACHES = [
    ((), (), set()),
    (("branch",), (), {"branch"}),
    ((), ("organization",), {"branch", "section", "section_branch"}),
    (("organization",), ("section",), {"organization", "section_branch"}),
    ((), ("bloc",), set(BODIES) - {"bloc"}),
    (("bloc",), ("bloc",), set(BODIES)),
]


@pytest.mark.parametrize(("own", "below", "allowed"), REACHES)
def test_reach_is_the_own_bodies_and_those_below_never_beside_or_above(bloc, own, below, allowed):
    person = viewer(bloc, own, below)
    assert {name for name in BODIES if may(person, READ, getattr(bloc, name).pk)} == allowed
    rows = Body.objects.filter(within(person, READ, field="pk"))
    assert {name for name in BODIES if getattr(bloc, name) in rows} == allowed
    assert {name for name in BODIES if getattr(bloc, name) in Body.objects.visible_to(person)} == allowed


def test_a_verb_that_is_not_in_the_table_is_allowed_nowhere(bloc):
    assert not may(viewer(bloc, own=BODIES), "meetings.read", bloc.branch.pk)
    assert not Body.objects.visible_to(NOBODY).exists()


@pytest.mark.parametrize(
    ("own", "below", "body", "change", "add_below"),
    [
        ((), ("organization",), "organization", False, True),
        ((), ("organization",), "section", True, True),
        ((), ("organization",), "branch", True, False),
        (("branch",), (), "branch", True, False),
        ((), ("bloc",), "office", True, False),
        ((), ("neighbour",), "branch", False, False),
    ],
)
def test_access_to_a_body(bloc, own, below, body, change, add_below):
    can = BodyAccess(viewer(bloc, own, below), getattr(bloc, body))
    assert (can.change, can.add_below) == (change, add_below)


def test_reach_follows_a_move_and_ends_with_a_body(bloc):
    person = viewer(bloc, below=("organization",))
    operations.move_body(bloc.section, parent=bloc.neighbour, day=PAST, by=None)
    assert not may(person, READ, bloc.section_branch.pk)
    operations.dissolve_body(bloc.branch, day=PAST, by=None)
    bloc.branch.refresh_from_db()
    assert not may(person, READ, bloc.branch.pk)
    assert not BodyAccess(viewer(bloc, own=("branch",)), bloc.branch).change


def test_an_own_body_counts_as_it_stands_whether_or_not_the_reach_goes_below(bloc):
    operations.dissolve_body(bloc.branch, day=PAST, by=None)
    for below in ((), ("neighbour",)):
        person = viewer(bloc, own=("branch",), below=below)
        assert bloc.branch in Body.objects.filter(within(person, READ, field="pk"))
        assert may(person, READ, bloc.branch.pk)


def test_several_verbs_reach_where_any_of_them_does(bloc):
    reach = {
        READ: Reach(own=frozenset({bloc.branch.pk})),
        CHANGE: Reach(below=frozenset({bloc.neighbour.pk})),
    }
    rows = Body.objects.filter(within(Viewer(reach=reach), READ, CHANGE, field="pk"))
    assert set(rows) == {bloc.branch, bloc.neighbour_branch}


def test_an_ended_body_is_still_found_from_above_and_by_its_successor_but_gives_no_right(bloc):
    operations.dissolve_body(bloc.lone_branch, day=PAST, by=None)
    operations.merge_bodies([bloc.branch], into=bloc.neighbour_branch, day=PAST, by=None)
    officer, neighbour = viewer(bloc, below=("bloc",)), viewer(bloc, own=("neighbour_branch",))
    assert bloc.lone_branch in Body.objects.visible_to(officer)
    assert bloc.branch in Body.objects.visible_to(neighbour)
    assert bloc.lone_branch not in Body.objects.visible_to(neighbour)
    for person in (officer, neighbour):
        assert not may(person, READ, bloc.branch.pk)


def test_the_top_that_was_succeeded_is_found_from_the_new_top(bloc):
    new = operations.NewBody("N", "Đảng bộ mới", Kind.COMMITTEE, None)
    top = operations.succeed_body(bloc.bloc, into=new, day=PAST, by=None)
    reach = Reach(own=frozenset({top.pk}), below=frozenset({top.pk}))
    found = Body.objects.visible_to(Viewer(reach={READ: reach}))
    assert bloc.bloc in found
    assert found.count() == 11
