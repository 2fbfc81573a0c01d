"""The role table executed: every role x relation x verb against a reference without ORM, and after random changes."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nenep.access import roles, viewers
from nenep.access.grants import end_role, give_role
from nenep.access.models import GrantedRole
from nenep.access.tests.make import make_account, viewer_for
from nenep.organizations.operations import move_body
from nenep.organizations.reach import may
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Office, Post
from nenep.people.offices import appoint, release
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member, make_office
from nenep.shared import yml
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
TABLE = yml.load(roles.TABLE_FILE.read_text(encoding="utf-8"))["verbs"]
PARENTS = {
    "organization": "bloc",
    "office": "bloc",
    "branch": "organization",
    "other_branch": "organization",
    "section": "organization",
    "section_branch": "section",
    "lone_branch": "bloc",
    "neighbour": "bloc",
    "neighbour_branch": "neighbour",
}
BODIES = ["bloc", *PARENTS]


def allowed(holdings, verb, body, *, parents=PARENTS, table=TABLE):
    """The reference: `holdings` are (role, body) pairs; walks up from `body` in plain dicts."""
    line = [body]
    while line[-1] in parents:
        line.append(parents[line[-1]])
    return any(
        (role in table[verb]["own"] and place == body) or (role in table[verb]["below"] and place in line[1:])
        for role, place in holdings
    )


def cast_of(bloc):
    """(who, holdings) for each role; whoever has a post is a member somewhere too."""

    def branch_post(post):
        return make_member(bloc.branch, post=post)

    def office(body, post):
        member = make_member(bloc.neighbour_branch)
        make_office(member, body, post)
        return member

    def granted(role, body):
        member = make_member(bloc.neighbour_branch)
        give_role(make_account(member), role=role, body=body, valid_from=date(2012, 1, 1), by=None)
        return member

    here, there = ("member", "branch"), ("member", "neighbour_branch")
    return [
        (make_member(bloc.branch), [here]),
        (make_member(bloc.lone_branch), [("member", "lone_branch")]),
        (branch_post(Post.SECRETARY), [here, ("branch_secretary", "branch")]),
        (branch_post(Post.DEPUTY), [here, ("branch_deputy", "branch")]),
        (branch_post(Post.COMMITTEE_MEMBER), [here, ("branch_committee_member", "branch")]),
        (office(bloc.organization, Post.DEPUTY), [there, ("committee_officer", "organization")]),
        (office(bloc.section, Post.SECRETARY), [there, ("committee_officer", "section")]),
        (office(bloc.bloc, Post.COMMITTEE_MEMBER), [there, ("upper_officer", "bloc")]),
        (office(bloc.office, Post.OFFICER), [there, ("upper_officer", "bloc")]),
        (office(bloc.organization, Post.CLERK), [there, ("clerk", "organization")]),
        (granted(GrantedRole.UPPER_OFFICER, bloc.bloc), [there, ("upper_officer", "bloc")]),
        (granted(GrantedRole.ADMINISTRATOR, bloc.organization), [there, ("administrator", "organization")]),
    ]


def mismatches(cast, bloc):
    """(holdings, verb, body) wherever the program and the reference disagree."""
    return [
        (holdings, verb, name)
        for member, holdings in cast
        for viewer in [viewer_for(member)]
        for name in BODIES
        for verb in TABLE
        if may(viewer, verb, getattr(bloc, name).pk) != allowed(holdings, verb, name)
    ]


def test_program_does_what_the_table_says_for_every_role_relation_and_verb(bloc):
    cast = cast_of(bloc)
    assert {role for _member, holdings in cast for role, _body in holdings} == set(roles.role_table().roles)
    assert mismatches(cast, bloc) == []


def test_one_wrong_line_of_the_table_is_noticed(bloc, monkeypatch):
    """Twin: the same comparison fails when the program reads a table with one role too many."""
    text = roles.TABLE_FILE.read_text(encoding="utf-8")
    line = "    own: [branch_secretary, branch_deputy, branch_committee_member, member]\n    below: []"
    assert line in text
    broken = roles.read(text.replace(line, line.replace("below: []", "below: [upper_officer]"), 1))
    monkeypatch.setattr(viewers, "role_table", lambda: broken)
    wrong = mismatches(cast_of(bloc), bloc)
    assert wrong
    assert {verb for _holdings, verb, _body in wrong} == {"meetings.read"}


def test_a_role_counted_in_the_wrong_body_is_noticed(bloc, monkeypatch):
    """Twin: offices of an advisory unit that would reach from the unit itself."""
    monkeypatch.setattr(viewers, "Kind", type("Kind", (), {"ADVISORY_UNIT": "nothing"}))
    assert mismatches(cast_of(bloc), bloc)


class World:
    """The program and, beside it, plain lists of who holds what where."""

    def __init__(self):
        self.bloc = make_small_bloc()
        self.branches = ["branch", "other_branch", "section_branch", "lone_branch", "neighbour_branch"]
        self.home = {0: "branch", 1: "other_branch", 2: "lone_branch"}
        self.members = [make_member(self.body(self.home[number])) for number in self.home]
        self.parents = dict(PARENTS)
        self.posts: set[tuple[int, str, str]] = set()
        self.grants: dict[tuple[int, str, str], object] = {}

    def body(self, name):
        return getattr(self.bloc, name)

    def holdings(self, who):
        held = [("member", self.home[who])]
        held += [(role_of(post, place), place) for number, post, place in self.posts if number == who]
        return held + [(role, place) for number, role, place in self.grants if number == who]

    def appoint(self, who, post, place):
        member = self.members[who]
        try:
            appoint(member, body=self.body(place), post=Post(post), day=today(), by=None)
        except Refused:
            return
        self.posts.add((who, post, place))

    def release(self, who, post, place):
        held = Office.objects.filter(
            member=self.members[who], body=self.body(place), post=post, valid_to__gt=today()
        ).first()
        if held is None:
            return
        if held.valid_from >= today():
            Office.objects.filter(pk=held.pk).update(valid_from=today() - timedelta(days=9))
            held.refresh_from_db()
        release(held, day=today(), by=None)
        self.posts.discard((who, post, place))

    def give(self, who, role, place):
        if (who, role, place) in self.grants:
            return
        self.grants[who, role, place] = give_role(
            make_account(self.members[who]),
            role=GrantedRole(role),
            body=self.body(place),
            valid_from=today(),
            by=None,
        )

    def end(self, who, role, place):
        if grant := self.grants.pop((who, role, place), None):
            end_role(grant, by=None)

    def transfer(self, who, place):
        try:
            transfer(self.members[who], to=self.body(place), day=today(), by=None)
        except Refused:
            return
        self.home[who] = place
        gone = {
            (number, post, where)
            for number, post, where in self.posts
            if number == who and not self.stands_under(place, where)
        }
        self.posts -= gone

    def stands_under(self, place, where):
        line = [place]
        while line[-1] in self.parents:
            line.append(self.parents[line[-1]])
        return where in line or (where == "office" and self.parents[where] in line)

    def move(self, place):
        to = "neighbour" if self.parents[place] == "organization" else "organization"
        try:
            move_body(self.body(place), parent=self.body(to), day=today(), by=None)
        except Refused:
            return
        self.parents[place] = to


def role_of(post, place):
    if post == Post.CLERK:
        return "clerk"
    if place.endswith("branch"):
        return viewers.BRANCH_ROLES[post]
    return "committee_officer" if place in {"organization", "section", "neighbour"} else "upper_officer"


WHO = st.integers(0, 2)
POSTS = st.sampled_from([post.value for post in Post])
PLACES = st.sampled_from([name for name in BODIES if name != "office"])
ROLES = st.sampled_from([role.value for role in GrantedRole])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("appoint"), WHO, POSTS, PLACES),
        st.tuples(st.just("release"), WHO, POSTS, PLACES),
        st.tuples(st.just("give"), WHO, ROLES, PLACES),
        st.tuples(st.just("end"), WHO, ROLES, PLACES),
        st.tuples(st.just("transfer"), WHO, st.sampled_from(["branch", "other_branch", "neighbour_branch"])),
        st.tuples(st.just("move"), st.sampled_from(["branch", "other_branch", "section"])),
    ),
    max_size=10,
)


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(steps=STEPS, seed=st.integers(0, 2**32))
def test_after_any_history_rights_are_those_of_the_reference(db, steps, seed):
    chance = random.Random(seed)
    with transaction.atomic():
        world = World()
        for step, *facts in steps:
            getattr(world, step)(*facts)
            for who, member in enumerate(world.members):
                viewer = viewer_for(member)
                for name in chance.sample(BODIES, 4):
                    for verb in chance.sample(sorted(TABLE), 6):
                        expected = allowed(world.holdings(who), verb, name, parents=world.parents)
                        assert may(viewer, verb, world.body(name).pk) == expected, (who, verb, name)
        transaction.set_rollback(True)
