from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nenep.journal import chains
from nenep.journal.models import Event
from nenep.journal.operations import witness_chains
from nenep.journal.verification import verify
from nenep.organizations import operations, reads
from nenep.organizations.country import SIZES, Size, country
from nenep.organizations.loading import load_tree
from nenep.organizations.models import Body, BodyName, Closure, Kind, RuleScope
from nenep.organizations.reach import within
from nenep.organizations.tests.make import make_body
from nenep.shared.viewer import Reach, Viewer

pytestmark = pytest.mark.django_db

DAY, EVE = date(2025, 7, 1), date(2025, 6, 30)
AN_PHU = ("ward:an-phu",)
SMALL = Size(126, 63, 500, 1, 1)


def test_names_on_answers_for_many_and_for_ended_bodies(bloc):
    operations.dissolve_body(bloc.lone_branch, day=DAY, by=None)
    keys = [bloc.branch.pk, bloc.lone_branch.pk]
    assert reads.names_on(keys, DAY) == {
        bloc.branch.pk: "Chi bộ Văn phòng Sở A",
        bloc.lone_branch.pk: "Chi bộ Hội D",
    }
    assert reads.name_on(bloc.branch.pk, date(1990, 1, 1)) == "Chi bộ Văn phòng Sở A"
    with pytest.raises(BodyName.DoesNotExist):
        reads.name_on(0, DAY)


def test_grassroots_of_is_the_body_itself_or_the_one_it_stands_in(bloc):
    assert reads.grassroots_of(bloc.section_branch.pk, DAY) == bloc.organization.pk
    assert reads.grassroots_of(bloc.lone_branch.pk, DAY) == bloc.lone_branch.pk
    assert reads.grassroots_of(bloc.organization.pk, DAY) == bloc.organization.pk
    assert reads.grassroots_of(bloc.bloc.pk, DAY) is None
    assert reads.grassroots_of(bloc.office.pk, DAY) is None


def test_scopes_come_from_above_and_from_the_body_itself():
    top = make_body(kind=Kind.COMMITTEE)
    RuleScope.objects.create(body=top, code="province:x", valid_from=top.founded_on)
    middle = make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=top)
    branch = make_body(parent=middle, scope="ward:an-phu")
    assert reads.scopes_on(branch.pk, DAY) == ("province:x", "ward:an-phu")
    assert reads.scopes_on(branch.pk, date(1990, 1, 1)) == ()


def test_moving_into_a_local_rule_never_rewrites_the_past():
    top = make_body(kind=Kind.COMMITTEE)
    ward = make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=top, scope="ward:an-phu")
    elsewhere = make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=top)
    branch = make_body(parent=elsewhere)
    operations.move_body(branch, parent=ward, day=date(2014, 1, 1), by=None)
    operations.change_rules(ward, scope="", day=date(2016, 1, 1), by=None)
    days = {
        date(2013, 12, 31): (),
        date(2014, 1, 1): AN_PHU,
        date(2015, 12, 31): AN_PHU,
        date(2016, 1, 1): (),
    }
    assert {day: reads.scopes_on(branch.pk, day) for day in days} == days
    each = reads.scopes_each([(branch.pk, day) for day in days] + [(ward.pk, date(2012, 1, 1))])
    assert each == {(branch.pk, day): codes for day, codes in days.items()} | {
        (ward.pk, date(2012, 1, 1)): AN_PHU
    }


def test_a_place_comes_from_the_nearest_body_above_that_has_one(bloc):
    assert reads.locality_on(bloc.section_branch.pk, DAY) == ""
    operations.correct_locality(bloc.bloc, locality="Hòa Sơn", day=EVE, by=None)
    assert reads.locality_on(bloc.section_branch.pk, DAY) == "Hòa Sơn"
    operations.change_locality(bloc.organization, locality="Bến Đá", day=DAY, by=None)
    branches = [bloc.section_branch.pk, bloc.branch.pk, bloc.lone_branch.pk]
    assert [reads.locality_on(key, DAY) for key in branches] == ["Bến Đá", "Bến Đá", "Hòa Sơn"]
    assert [reads.locality_on(key, EVE) for key in branches] == ["Hòa Sơn"] * 3
    operations.change_locality(bloc.section_branch, locality="Đảo Xa", day=DAY, by=None)
    assert reads.locality_on(bloc.section_branch.pk, DAY) == "Đảo Xa"
    assert reads.locality_on(bloc.section_branch.pk, date(1990, 1, 1)) == ""


def test_a_place_is_that_of_the_parent_of_the_day(bloc):
    operations.correct_locality(bloc.organization, locality="Bến Đá", day=EVE, by=None)
    operations.correct_locality(bloc.neighbour, locality="Suối Trong", day=EVE, by=None)
    operations.move_body(bloc.branch, parent=bloc.neighbour, day=DAY, by=None)
    assert [reads.locality_on(bloc.branch.pk, day) for day in (EVE, DAY)] == ["Bến Đá", "Suối Trong"]


def test_root_on_prefers_the_highest_kind_and_refuses_an_empty_day(bloc):
    province = make_body(kind=Kind.PROVINCE)
    assert reads.root_on(DAY).kind == Kind.CENTRE
    assert reads.root_on(DAY).pk == reads.parent_on(province.pk, DAY)
    with pytest.raises(Body.DoesNotExist):
        reads.root_on(date(1990, 1, 1))


def test_kinds_are_counted_as_the_founding_report_counts_them(bloc):
    day = Body.objects.on(DAY)
    assert day.grassroots().count() == 3  # two organizations and a grassroots branch (R21, R24)
    assert day.branches().count() == 5
    assert Body.objects.of_kind(Kind.SECTIONAL_ORGANIZATION).get() == bloc.section


@pytest.mark.parametrize("ended", [False, True])
def test_a_chain_is_that_of_the_grassroots_body_also_after_the_end(bloc, ended):
    if ended:
        operations.dissolve_body(bloc.section_branch, day=date(2020, 1, 1), by=None)
        operations.move_body(bloc.section, parent=bloc.neighbour, day=date(2021, 1, 1), by=None)
    assert chains.chain_of(bloc.section_branch.pk) == bloc.organization.pk
    assert chains.chain_of(bloc.lone_branch.pk) == bloc.lone_branch.pk
    assert chains.chain_of(bloc.bloc.pk) == bloc.bloc.pk
    assert chains.chain_of(None) == chains.INSTALLATION
    assert chains.chain_of(10**6) == 10**6  # a key that is no body


def test_heads_go_to_the_chain_of_the_parent_and_from_the_top_to_the_installation(bloc):
    assert chains.chain_above(bloc.organization.pk) == bloc.bloc.pk
    assert chains.chain_above(bloc.bloc.pk) == chains.INSTALLATION
    assert chains.chain_above(10**6) == chains.INSTALLATION
    assert verify().ok


def test_one_night_carries_a_change_in_a_branch_up_to_the_chain_on_top(bloc):
    operations.rename_body(bloc.branch, name="Tên mới", day=DAY, by=None)
    witness_chains()
    for chain, above in ((bloc.organization.pk, bloc.bloc.pk), (bloc.bloc.pk, chains.INSTALLATION)):
        witness = Event.objects.filter(verb="journal.witnessed", details__chain=chain).get()
        last = Event.objects.filter(chain=chain).latest("number")
        assert (witness.chain, witness.details["length"]) == (above, last.number)
        assert witness.details["head"] == last.hash
    assert verify().ok


def test_search_takes_words_in_any_order_without_marks(bloc):
    found = Body.objects.on(DAY).search("THUAT phong", DAY)
    assert found.get() == bloc.section_branch
    assert list(Body.objects.on(DAY).search("Thuật phòng", DAY)) == list(found)  # marks that were typed
    assert Body.objects.on(DAY).search(bloc.branch.code, DAY).get() == bloc.branch
    assert Body.objects.on(DAY).branches().search("THUAT phong", DAY).in_order().count() == 1


def test_search_finds_the_name_of_the_day_and_no_other(bloc):
    operations.rename_body(bloc.branch, name="Chi bộ Xóm Núi", day=DAY, by=None)
    bodies = Body.objects.filter(pk=bloc.branch.pk)
    assert bodies.search("xom nui", DAY).count() == 1
    assert not bodies.search("van phong", DAY).exists()


@pytest.fixture
def land(monkeypatch):
    monkeypatch.setitem(SIZES, "small", SMALL)
    rows = list(country("small"))
    assert rows == list(country("small"))  # the same size gives the same rows
    load_tree(rows, by=None)
    return rows


def test_the_generated_country_goes_through_the_reorganization(land):
    assert Body.objects.on(EVE).of_kind(Kind.PROVINCE).count() == 63
    assert Body.objects.on(DAY).of_kind(Kind.PROVINCE).count() == 34
    assert Body.objects.on(DAY).branches().count() == SMALL.branches
    body = Body.objects.get(code="CS000012")
    before, after = reads.ancestors_on(body.pk, EVE), reads.ancestors_on(body.pk, DAY)
    assert len(before) == len(after) == 3
    assert set(before) & set(after) == {reads.root_on(DAY).pk}
    top = reads.root_on(DAY).pk
    assert Closure.objects.filter(ancestor=top, descendant=body).count() == 1  # one row right through
    merged = Body.objects.get(code="T12")
    assert merged.successions.get().successor.code == "M12"


# Each read that pages stand on: what it is, how to run it.
def main_reads(leaf, top):
    viewer = Viewer(reach={"organizations.read": Reach(own=frozenset({leaf}), below=frozenset({top}))})
    small = Viewer(reach={"organizations.read": Reach(below=frozenset({leaf}))})
    beside = Viewer(reach={"organizations.read": Reach(own=frozenset({top}), below=frozenset({leaf}))})
    return {
        "subtree of a branch": lambda: list(Body.objects.under(leaf, DAY)),
        "children": lambda: list(Body.objects.on(DAY).children_of(top, DAY).in_order()),
        "ancestors": lambda: reads.ancestors_on(leaf, DAY),
        "grassroots": lambda: reads.grassroots_of(leaf, DAY),
        "parent": lambda: reads.parent_on(leaf, DAY),
        "name": lambda: reads.name_on(leaf, DAY),
        "scopes": lambda: reads.scopes_on(leaf, DAY),
        "locality": lambda: reads.locality_on(leaf, DAY),
        "visible": lambda: Body.objects.visible_to(viewer).filter(pk=leaf).exists(),
        "reach": lambda: Body.objects.filter(
            within(small, "organizations.read", field="pk"), pk=top
        ).exists(),
        "within reach": lambda: list(Body.objects.filter(within(beside, "organizations.read", field="pk"))),
        "chain": lambda: chains.chain_of(leaf),
    }


@pytest.mark.parametrize("name", main_reads(0, 0))
def test_no_main_read_scans_a_whole_table(land, name):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    leaf = Body.objects.get(code="CB000001").pk
    top = reads.root_on(DAY).pk
    run = main_reads(leaf, top)[name]
    with CaptureQueriesContext(connection) as queries:
        run()
    plans = [plan_of(query["sql"]) for query in queries if query["sql"].startswith("SELECT")]
    assert plans
    for plan in plans:
        assert not scans(plan), plan


def test_the_look_at_plans_notices_a_scan(land):
    assert scans(plan_of("SELECT * FROM organizations_change WHERE decision = '1'"))


def plan_of(statement):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            return [row[3] for row in cursor.fetchall()]
        # The test's country is small enough to tempt the planner; a country is not.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        return [row[0] for row in cursor.fetchall()]


def scans(plan):
    return [line for line in plan if "SCAN organizations_" in line or "Seq Scan on organizations_" in line]
