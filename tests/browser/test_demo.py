"""The loaded demo as its commands see it: the figures of the report, an unbroken journal, facts that rebuild."""

import json

import pytest

from tests.browser.serving import Server, copied

pytestmark = pytest.mark.both_databases

AS_REPORTED = {
    "grassroots_bodies": 61,
    "grassroots_organizations": 36,
    "grassroots_branches": 25,
    "subordinate_branches": 239,
    "sectional_organizations": 1,
    "branches": 264,
    "members": 3918,
}


@pytest.fixture(scope="module")
def stored(prepared_demo, tmp_path_factory):
    """The demo at rest: commands that write want the data folder to themselves."""
    with copied(prepared_demo, tmp_path_factory.mktemp("stored") / "data") as demo:
        yield Server("", demo)


def objects_in(tree):
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from objects_in(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from objects_in(value)


def test_the_figures_of_the_report_come_out_of_the_records(stored):
    document = json.loads(stored.manage("figures", "--as-of", "2015-09-29", "--json"))
    assert {figure["key"]: figure["value"] for figure in document["figures"]} == AS_REPORTED
    assert all(figure.keys() >= {"unit", "base", "formula", "trace"} for figure in document["figures"])
    assert sum("key" in found and "value" in found for found in objects_in(document)) == len(AS_REPORTED)


def test_the_tree_as_it_was_differs_from_the_tree_as_it_is(stored):
    now = json.loads(stored.manage("figures", "--as-of", "2025-06-01", "--json"))
    found = {figure["key"]: figure["value"] for figure in now["figures"]}
    assert (found["grassroots_bodies"], found["grassroots_organizations"], found["branches"]) == (60, 35, 264)


def test_the_journal_is_unbroken_and_has_an_event_for_every_body_and_month(stored):
    found = json.loads(stored.manage("verify", "--json"))
    assert found["ok"]
    assert found["events"] > 63 * 264


def test_facts_counted_again_are_the_facts_that_are_kept(stored):
    assert stored.manage("facts", "--rebuild", "--check").strip().endswith("0 chỗ khác.")


def test_a_second_start_keeps_what_people_wrote(stored, tmp_path):
    before = json.loads(stored.manage("verify", "--json"))["events"]
    stored.manage("import", "bodies", str(tmp_path / "bodies.xlsx"), "--export")  # writes one event
    said = stored.manage("demo", "--no-serve")
    assert json.loads(stored.manage("verify", "--json"))["events"] == before + 1
    assert "Đang nạp dữ liệu mẫu" not in said
    assert "bithu" in said
