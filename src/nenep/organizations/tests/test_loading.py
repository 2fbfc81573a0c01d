from datetime import date

import pytest

from nenep.journal.models import Event
from nenep.organizations import closure, reads
from nenep.organizations.loading import TreeRefused, TreeRow, load_tree
from nenep.organizations.models import Body, Change, Closure, Cluster, Kind
from nenep.organizations.tests.make import make_small_bloc
from nenep.shared.dates import FOREVER

pytestmark = pytest.mark.django_db

START, MID, END = date(2010, 7, 1), date(2015, 9, 29), date(2025, 2, 1)


def history():
    """A bloc of two organizations that merge, one renamed and moved branch, a successor of the bloc."""
    org = Kind.GRASSROOTS_ORGANIZATION
    branch = Kind.SUBORDINATE_BRANCH
    return [
        TreeRow("B1", "Chi bộ Một", branch, "A", START, MID, decision="1-QĐ", cluster="Cụm 1"),
        TreeRow("B1", "Chi bộ Một mới", branch, "B", MID, END, decision="2-QĐ", cluster="Cụm 1"),
        TreeRow("B1", "Chi bộ Một mới", branch, "AB", END),
        TreeRow("A", "Đảng bộ A", org, "BLOC", START, END, successors=("AB",)),
        TreeRow("B", "Đảng bộ B", org, "BLOC", START, END, successors=("AB",)),
        TreeRow("AB", "Đảng bộ AB", org, "NEW", END),
        TreeRow("BLOC", "Đảng bộ Khối", Kind.COMMITTEE, "", START, END, successors=("NEW",)),
        TreeRow("NEW", "Đảng bộ các cơ quan", Kind.COMMITTEE, "", END),
    ]


def errors(rows):
    with pytest.raises(TreeRefused) as refusal:
        load_tree(rows, by=None)
    assert not Body.objects.exists()
    return {(error.index, error.field) for error in refusal.value.errors}


def test_local_rules_come_with_their_periods_and_an_unknown_one_is_named():
    rows = [
        TreeRow("K", "Đảng bộ K", Kind.COMMITTEE, "", START, MID),
        TreeRow("K", "Đảng bộ K", Kind.COMMITTEE, "", MID, scope="ward:an-phu"),
    ]
    assert load_tree(rows, by=None).created == 1
    body = Body.objects.get()
    assert [reads.scopes_on(body.pk, day) for day in (START, MID)] == [(), ("ward:an-phu",)]
    assert load_tree(rows, by=None).unchanged == 1
    with pytest.raises(TreeRefused) as refused:
        load_tree([TreeRow("L", "Đảng bộ L", Kind.COMMITTEE, "", START, scope="ward:khac")], by=None)
    assert [(error.field, "ward:khac" in error.message) for error in refused.value.errors] == [
        ("scope", True)
    ]


def test_load_tree_tells_the_whole_history():
    done = load_tree(history(), by=None)
    assert (done.created, done.unchanged) == (6, 0)
    branch = Body.objects.get(code="B1")
    path = [reads.name_on(key, MID) for key in reads.ancestors_on(branch.pk, MID)]
    assert path == ["Đảng bộ B", "Đảng bộ Khối"]
    assert reads.root_on(END).code == "NEW"
    assert list(branch.names.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (START, MID),
        (MID, FOREVER),
    ]
    what = Change.What
    assert list(branch.changes.order_by("pk").values_list("what", "day", "decision")) == [
        (what.CREATED, START, "1-QĐ"),
        (what.RENAMED, MID, "2-QĐ"),
        (what.MOVED, MID, "2-QĐ"),
        (what.MOVED, END, ""),
    ]
    assert set(Body.objects.get(code="AB").origins.values_list("predecessor__code", flat=True)) == {"A", "B"}
    assert Body.objects.get(code="A").changes.filter(what=what.MERGED).exists()
    assert Body.objects.get(code="BLOC").changes.filter(what=what.SUCCEEDED).exists()
    assert {tuple(row) for row in closure.derived()} == set(Closure.objects.values_list(*closure.COLUMNS))
    assert Event.objects.get().details == {"created": 6, "unchanged": 0}


def test_a_place_is_loaded_with_its_period_and_noted_as_a_change_of_its_own():
    rows = [
        TreeRow("K", "Đảng bộ K", Kind.COMMITTEE, "", START, MID, locality="Hòa Sơn"),
        TreeRow("K", "Đảng bộ K", Kind.COMMITTEE, "", MID, locality="Bến Đá"),
        TreeRow("B", "Chi bộ B", Kind.GRASSROOTS_BRANCH, "K", START),
    ]
    load_tree(rows, by=None)
    branch = Body.objects.get(code="B").pk
    assert [reads.locality_on(branch, day) for day in (START, MID)] == ["Hòa Sơn", "Bến Đá"]
    changes = Change.objects.filter(body__code="K").order_by("pk").values_list("what", "day")
    assert list(changes) == [(Change.What.CREATED, START), (Change.What.LOCALITY_CHANGED, MID)]
    assert load_tree(rows, by=None).unchanged == 2


def test_a_named_cluster_is_formed_by_the_parent():
    load_tree(history(), by=None)
    cluster = Cluster.objects.get()
    assert (cluster.code, cluster.owner.code, cluster.valid_from) == ("Cụm 1", "A", START)
    assert Body.objects.in_cluster(cluster.pk, MID).get().code == "B1"


def test_loading_the_same_rows_again_changes_nothing():
    load_tree(history(), by=None)
    before = Change.objects.count()
    done = load_tree(history(), by=None)
    assert (done.created, done.unchanged) == (0, 6)
    assert Change.objects.count() == before


def test_a_known_body_with_another_history_is_refused():
    load_tree(history(), by=None)
    changed = [*history()[:2], TreeRow("B1", "Tên khác", Kind.SUBORDINATE_BRANCH, "AB", END)]
    with pytest.raises(TreeRefused, match="đã có trong phần mềm với dữ liệu khác"):
        load_tree(changed, by=None)


def test_new_bodies_join_kept_ones():
    bloc = make_small_bloc()
    row = TreeRow("N1", "Chi bộ mới", Kind.SUBORDINATE_BRANCH, bloc.section.code, MID)
    load_tree([row], by=None)
    new = Body.objects.get(code="N1")
    assert reads.ancestors_on(new.pk, MID) == [bloc.section.pk, bloc.organization.pk, bloc.bloc.pk]
    assert {tuple(row) for row in closure.derived()} == set(Closure.objects.values_list(*closure.COLUMNS))


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (TreeRow("X", "X", Kind.SUBORDINATE_BRANCH, "", START), "parent"),
        (TreeRow("X", "X", Kind.SUBORDINATE_BRANCH, "UNKNOWN", START), "parent"),
        (TreeRow("X", "X", Kind.SUBORDINATE_BRANCH, "A", START), "parent"),  # A ends before
        (TreeRow("X", "X", Kind.SUBORDINATE_BRANCH, "A", date(2009, 1, 1), END), "parent"),
        (TreeRow("X", "X", Kind.SUBORDINATE_BRANCH, "B1", START), "parent"),
        (TreeRow("X", "X", Kind.GRASSROOTS_BRANCH, "AB", END), "parent"),
        (TreeRow("X", "", Kind.GRASSROOTS_BRANCH, "NEW", END), "name"),
        (TreeRow("X", "X" * 81, Kind.GRASSROOTS_BRANCH, "NEW", END), "short_name"),
        (TreeRow("X" * 31, "X", Kind.GRASSROOTS_BRANCH, "NEW", END), "code"),
        (TreeRow("X", "X", Kind.GRASSROOTS_BRANCH, "NEW", END, END), "valid_to"),
        (TreeRow("X", "X", Kind.GRASSROOTS_BRANCH, "NEW", END, successors=("A",)), "valid_to"),
        (TreeRow("X", "X", Kind.GRASSROOTS_BRANCH, "NEW", END, FOREVER, successors=("?",)), "successors"),
        (TreeRow("NEW", "X", Kind.COMMITTEE, "", date(2026, 1, 1)), "valid_from"),
        (TreeRow("X", "X", Kind.COMMITTEE, "X", END), "parent"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(row, found):
    assert (8, found) in errors([*history(), row])


def test_a_gap_between_the_periods_of_a_body_is_named():
    rows = history()
    rows[1] = TreeRow("B1", "Chi bộ Một mới", Kind.SUBORDINATE_BRANCH, "B", date(2016, 1, 1), END)
    assert errors(rows) == {(1, "valid_from")}


def test_committees_in_a_circle_are_named():
    rows = [
        TreeRow("U", "U", Kind.COMMITTEE, "V", START),
        TreeRow("V", "V", Kind.COMMITTEE, "U", START),
    ]
    assert errors(rows) == {(0, "parent"), (1, "parent")}
