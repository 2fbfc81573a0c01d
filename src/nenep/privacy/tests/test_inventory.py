"""The gate: nothing is kept that is not listed, nothing is listed that is not kept."""

import pytest

from nenep.people.models import Member, Membership
from nenep.privacy import inventory, retention


@pytest.fixture
def descriptions(monkeypatch):
    """The real descriptions, to be broken by a test."""
    import copy

    broken = copy.deepcopy(inventory._descriptions())
    before = inventory.check_inventory()
    monkeypatch.setattr(
        inventory,
        "news",
        lambda: [one for one in inventory.check_inventory() if one not in before],
        raising=False,
    )
    monkeypatch.setattr(inventory, "_descriptions", lambda: broken)
    return broken


def test_every_stored_field_is_listed_and_every_listed_field_is_stored():
    assert inventory.check_inventory() == []


def test_field_that_nobody_described_is_found(descriptions):
    del descriptions["people"]["Member"]["phone"]["purpose"]
    assert inventory.news() == ["people.Member.phone is not described"]


def test_description_without_a_field_is_found(descriptions):
    descriptions["people"]["Member"]["loyalty"] = {"purpose": "?"}
    descriptions["people"]["Opinion"] = {"_defaults": {}}
    assert inventory.news() == [
        "people.Member.loyalty is described but does not exist",
        "people.Opinion is described but does not exist",
    ]


def test_new_link_to_a_person_is_not_covered_by_defaults_that_say_impersonal(descriptions):
    said = dict.fromkeys(("purpose", "seen_by", "retention"), "x")
    descriptions["people"]["Membership"] = {"_defaults": {**said, "personal": False}}
    assert inventory.news() == ["people.Membership.member is not described"]
    descriptions["people"]["Membership"]["member"] = {"personal": True}
    assert inventory.news() == []


def test_what_is_kept_for_a_number_of_days_is_forgotten_by_somebody_and_nothing_else_is():
    assert set(retention.FORGETTERS) == set(inventory.days_kept())
    assert all(days > 0 for days in inventory.days_kept().values())


def test_entries_fill_their_defaults():
    entry = inventory.inventory()["people.Member.full_name"]
    assert entry.personal
    assert entry.retention
    assert inventory.key_of(Membership._meta.get_field("branch")) in inventory.inventory()
    assert inventory.key_of(Member._meta.get_field("phone")) == "people.Member.phone"
