"""Every address x every kind of person, and every change with its event: walked from the URLconf and addresses.yml."""

from __future__ import annotations

import pytest

from nenep.people.models import Member, Post
from nenep.people.tests.make import make_office
from nenep.shared.dates import today
from tests import address_objects
from tests.address_walk import (
    ADDRESSES,
    KNOWN_KEYS,
    LIKE,
    LISTED,
    SIGNED_IN,
    Address,
    Walk,
    builder_of,
    judged,
)
from tests.watching import snapshot, writes


def test_every_address_is_listed_and_every_listed_address_exists():
    unlisted = sorted(set(ADDRESSES) - set(LISTED))
    gone = sorted(set(LISTED) - set(ADDRESSES))
    assert unlisted == [], f"describe these in tests/addresses.yml: {unlisted}"
    assert gone == [], f"these stand in tests/addresses.yml and nowhere else: {gone}"


def test_entries_are_well_formed():
    for name, entry in LISTED.items():
        assert set(entry) <= KNOWN_KEYS, name
        people = {*entry.get("seen", []), *(entry["who"] if isinstance(entry["who"], list) else [])}
        assert people <= set(SIGNED_IN), name
        assert set(entry.get("apart", {})) <= set(LIKE), name
        assert not entry.get("object") or builder_of(entry["object"]), name


@pytest.fixture
def walk(settings, tmp_path):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
    settings.FILES_ROOT = tmp_path
    return Walk()


@pytest.mark.django_db
@pytest.mark.slow
def test_every_address_lets_in_whom_it_should_and_writes_what_it_changes(walk):
    findings = walk.all(walk.address)
    assert findings == [], "\n".join(findings)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.either_database
def test_rights_that_are_borrowed_ended_or_from_elsewhere_reach_as_far_as_they_should(walk):
    findings = walk.all(walk.near_ones)
    assert findings == [], "\n".join(findings)


@pytest.mark.django_db
def test_a_missing_header_is_noticed(settings):
    """Twin: without the middleware that sets it."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "PermissionsPolicy" not in name]
    walk = Walk()
    walk.addresses([Address("access:roles", who="signed in")])
    assert len(walk.findings) == len(SIGNED_IN)
    assert all("Permissions-Policy" in finding for finding in walk.findings)


@pytest.mark.django_db
def test_change_without_an_event_is_noticed():
    """Twin: the same watch over a change that bypasses the verbs."""
    address_objects.World()
    before = snapshot()
    with writes() as watch:
        Member.objects.update(phone="0")
    changed = watch.changed(before)
    assert changed == ["people_member"]
    findings = list(judged(wants_event=True, wants_change=True, changed=changed, written=0))
    assert findings == ["changed ['people_member'] without an event", "wrote no event"]


@pytest.mark.django_db
def test_wrong_expectation_is_noticed():
    """Twin: an entry that lets in too many is found."""
    walk = Walk()
    walk.addresses([Address("access:accounts", who="signed in", journal=True)])
    assert len(walk.findings) >= 5
    assert all("administrator" not in finding for finding in walk.findings)


@pytest.mark.django_db
def test_a_right_that_does_not_end_is_noticed(walk):
    """Twin: the office lasts after all."""
    make_office(
        walk.world.members["former_officer"], walk.world.bloc.organization, Post.SECRETARY, since=today()
    )
    walk.addresses([Address("people:member", **LISTED["people:member"])], walk.near_ones)
    assert walk.findings[0] == "GET people:member by former_officer: 200"
    assert all("former_officer" in finding for finding in walk.findings)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "proof"), [("access:closure", False), ("access:account", True)])
def test_proof_that_is_asked_or_forgotten_against_the_list_is_noticed(name, proof):
    """Twin: the list says the opposite of what the page does."""
    walk = Walk()
    walk.addresses([Address(name, **{**LISTED[name], "proof": proof})])
    assert [finding for finding in walk.findings if "asked to prove" in finding]
