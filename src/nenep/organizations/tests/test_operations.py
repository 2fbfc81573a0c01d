from datetime import date

import pytest

from nenep.journal.models import Event
from nenep.organizations import endings, operations, reads
from nenep.organizations.models import Body, Change, Kind, Succession, UnitType
from nenep.organizations.operations import NewBody
from nenep.organizations.tests.make import FOUNDED, make_body
from nenep.shared.dates import FOREVER
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

DAY = date(2015, 9, 29)
EVE = date(2015, 9, 28)


def test_local_rules_begin_and_end_on_a_day_with_their_event(bloc):
    operations.change_rules(bloc.branch, scope="ward:an-phu", day=EVE, decision="7-QĐ", by=None)
    assert list(bloc.branch.rule_scopes.values_list("code", "valid_from")) == [("ward:an-phu", EVE)]
    assert bloc.branch.changes.get(what=Change.What.RULES_CHANGED).decision == "7-QĐ"
    assert Event.objects.get(verb="body.rules_changed").details["scope"] == "ward:an-phu"
    with pytest.raises(Refused, match="không có gì thay đổi"):
        operations.change_rules(bloc.branch, scope="ward:an-phu", day=date(2016, 1, 1), by=None)
    with pytest.raises(Refused, match="ward:khong-co"):
        operations.change_rules(bloc.branch, scope="ward:khong-co", day=date(2016, 1, 1), by=None)
    operations.change_rules(bloc.branch, scope="", day=date(2016, 1, 1), by=None)
    assert bloc.branch.rule_scopes.get().valid_to == date(2016, 1, 1)


def test_create_body_places_it_under_its_parent_from_that_day_on(bloc):
    new = operations.create_body(
        code="CB-9",
        name="Chi bộ  Phòng 9",
        kind=Kind.SUBORDINATE_BRANCH,
        unit_type=UnitType.PRESS,
        parent=bloc.organization,
        day=DAY,
        decision="12-QĐ/ĐU",
        by=None,
    )
    assert reads.parent_on(new.pk, DAY) == bloc.organization.pk
    assert reads.parent_on(new.pk, EVE) is None
    assert reads.ancestors_on(new.pk, DAY) == [bloc.organization.pk, bloc.bloc.pk]
    assert (reads.name_on(new.pk, DAY), reads.unit_type_on(new.pk, DAY)) == ("Chi bộ Phòng 9", UnitType.PRESS)
    assert not Body.objects.on(EVE).filter(pk=new.pk).exists()
    event = Event.objects.latest("seq")
    assert (event.verb, event.body, event.details["decision"]) == ("body.created", new.pk, "12-QĐ/ĐU")


@pytest.mark.parametrize(
    ("kind", "parent", "word"),
    [
        (Kind.SUBORDINATE_BRANCH, None, "phải trực thuộc"),
        (Kind.ADVISORY_UNIT, None, "phải trực thuộc"),
        (Kind.SUBORDINATE_BRANCH, "office", "không có tổ chức trực thuộc"),
        (Kind.SUBORDINATE_BRANCH, "branch", "không có tổ chức trực thuộc"),
        (Kind.GRASSROOTS_BRANCH, "organization", "không trực thuộc"),
        (Kind.SUBORDINATE_BRANCH, "bloc", "không trực thuộc"),
        (Kind.PROVINCE, "bloc", "không trực thuộc"),
    ],
)
def test_create_body_in_an_unfit_place_is_refused(bloc, kind, parent, word):
    with pytest.raises(Refused, match=word):
        make_in(bloc, kind, parent)
    assert not Body.objects.filter(code="X").exists()


def make_in(bloc, kind, parent):
    operations.create_body(
        code="X", name="X", kind=kind, parent=parent and getattr(bloc, parent), day=DAY, by=None
    )


def test_create_body_under_a_parent_that_does_not_exist_that_day_is_refused(bloc):
    with pytest.raises(Refused, match="thành lập ngày 01/01/2010"):
        operations.create_body(
            code="X",
            name="X",
            kind=Kind.SUBORDINATE_BRANCH,
            parent=bloc.organization,
            day=date(2009, 1, 1),
            by=None,
        )
    operations.dissolve_body(bloc.lone_branch, day=DAY, by=None)
    with pytest.raises(Refused, match="kết thúc hoạt động ngày 29/09/2015"):
        operations.move_body(bloc.lone_branch, parent=bloc.bloc, day=date(2016, 1, 1), by=None)


def test_a_code_is_used_once(bloc):
    with pytest.raises(Refused, match="đã có tổ chức khác"):
        make_body(kind=Kind.COMMITTEE, code=bloc.bloc.code)


def test_rename_body_keeps_the_old_name_for_its_days(bloc):
    operations.rename_body(bloc.branch, name="Chi bộ Văn phòng", short_name="CB VP", day=DAY, by=None)
    assert reads.name_on(bloc.branch.pk, EVE) == "Chi bộ Văn phòng Sở A"
    assert (reads.name_on(bloc.branch.pk, DAY), reads.short_name_on(bloc.branch.pk, DAY)) == (
        "Chi bộ Văn phòng",
        "CB VP",
    )
    assert list(bloc.branch.names.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (FOUNDED, DAY),
        (DAY, FOREVER),
    ]


def test_a_rename_keeps_the_place_and_a_change_of_place_keeps_the_name(bloc):
    operations.change_locality(bloc.branch, locality=" Bến  Đá ", day=EVE, decision="3-QĐ", by=None)
    operations.rename_body(bloc.branch, name="Chi bộ Văn phòng", day=DAY, by=None)
    rows = bloc.branch.names.order_by("valid_from").values_list("valid_from", "name", "locality")
    assert list(rows) == [
        (FOUNDED, "Chi bộ Văn phòng Sở A", ""),
        (EVE, "Chi bộ Văn phòng Sở A", "Bến Đá"),
        (DAY, "Chi bộ Văn phòng", "Bến Đá"),
    ]
    change = bloc.branch.changes.get(what=Change.What.LOCALITY_CHANGED)
    assert (change.day, change.decision) == (EVE, "3-QĐ")
    assert Event.objects.get(verb="body.locality_changed").body == bloc.branch.pk
    with pytest.raises(Refused, match="không có gì thay đổi"):
        operations.change_locality(bloc.branch, locality="Bến Đá", day=date(2016, 1, 1), by=None)


def test_a_corrected_place_holds_for_the_whole_period_and_opens_none(bloc):
    operations.rename_body(bloc.branch, name="Chi bộ Văn phòng", day=DAY, by=None)
    operations.correct_locality(bloc.branch, locality="Bến Đá", day=EVE, by=None)
    assert list(bloc.branch.names.order_by("valid_from").values_list("valid_from", "locality")) == [
        (FOUNDED, "Bến Đá"),
        (DAY, ""),
    ]
    assert not bloc.branch.changes.filter(what=Change.What.LOCALITY_CHANGED).exists()
    assert Event.objects.get(verb="body.locality_corrected").details == {"day": "2015-09-28"}
    with pytest.raises(Refused, match="không hoạt động vào ngày đó"):
        operations.correct_locality(bloc.branch, locality="Bến Đá", day=date(2000, 1, 1), by=None)


@pytest.mark.parametrize("day", [DAY, EVE, FOUNDED])
def test_a_change_before_a_recorded_one_is_refused(bloc, day):
    operations.rename_body(bloc.branch, name="Chi bộ Một", day=DAY, by=None)
    with pytest.raises(Refused, match=r"đã có thay đổi ghi từ ngày 29/09/2015.*chọn ngày sau"):
        operations.rename_body(bloc.branch, name="Chi bộ Hai", day=day, by=None)
    assert bloc.branch.names.count() == 2


def test_reclassify_changes_kind_or_unit_type_and_leaves_the_other(bloc):
    operations.reclassify_body(bloc.lone_branch, unit_type=UnitType.MASS_ORGANIZATION, day=DAY, by=None)
    assert reads.kind_on(bloc.lone_branch.pk, DAY) is Kind.GRASSROOTS_BRANCH
    assert reads.unit_type_on(bloc.lone_branch.pk, EVE) is UnitType.OTHER
    with pytest.raises(Refused, match="không có gì thay đổi"):
        operations.reclassify_body(
            bloc.lone_branch, kind=Kind.GRASSROOTS_BRANCH, day=date(2016, 1, 1), by=None
        )


def test_a_body_with_children_cannot_become_a_branch(bloc):
    with pytest.raises(Refused, match="còn 3 tổ chức trực thuộc"):
        operations.reclassify_body(bloc.organization, kind=Kind.GRASSROOTS_BRANCH, day=DAY, by=None)


def test_an_organization_is_upgraded_before_its_branches(bloc):
    operations.reclassify_body(bloc.neighbour, kind=Kind.COMMITTEE, day=DAY, by=None)
    operations.reclassify_body(bloc.neighbour_branch, kind=Kind.GRASSROOTS_BRANCH, day=DAY, by=None)
    assert reads.grassroots_of(bloc.neighbour_branch.pk, EVE) == bloc.neighbour.pk
    assert reads.grassroots_of(bloc.neighbour_branch.pk, DAY) == bloc.neighbour_branch.pk


def test_move_body_takes_everything_under_it_along(bloc):
    operations.move_body(bloc.section, parent=bloc.neighbour, day=DAY, by=None)
    branch = bloc.section_branch.pk
    assert reads.ancestors_on(branch, EVE) == [bloc.section.pk, bloc.organization.pk, bloc.bloc.pk]
    assert reads.ancestors_on(branch, DAY) == [bloc.section.pk, bloc.neighbour.pk, bloc.bloc.pk]
    assert branch not in Body.objects.on(DAY).under(bloc.organization.pk, DAY).values_list("pk", flat=True)
    with pytest.raises(Refused, match="ở đúng nơi đó"):
        operations.move_body(bloc.section, parent=bloc.neighbour, day=date(2016, 1, 1), by=None)


def test_a_circle_is_refused_today_and_where_it_would_close_later(bloc):
    upper = make_body(kind=Kind.COMMITTEE)
    operations.move_body(upper, parent=bloc.bloc, day=DAY, by=None)
    with pytest.raises(Refused, match="nằm trong tổ chức mã"):
        operations.move_body(bloc.bloc, parent=upper, day=date(2016, 1, 1), by=None)
    with pytest.raises(Refused, match="nằm trong tổ chức mã"):
        operations.move_body(bloc.bloc, parent=upper, day=date(2012, 1, 1), by=None)
    with pytest.raises(Refused, match="nằm trong tổ chức mã"):
        operations.move_body(bloc.bloc, parent=bloc.bloc, day=DAY, by=None)


def test_a_top_body_cannot_have_been_elsewhere_before_it_became_one():
    above, body = make_body(kind=Kind.COMMITTEE), make_body(kind=Kind.COMMITTEE)
    operations.move_body(body, parent=above, day=date(2012, 1, 1), by=None)
    operations.move_body(body, parent=None, day=DAY, by=None)
    with pytest.raises(Refused, match="đã có thay đổi"):
        operations.move_body(body, parent=above, day=date(2014, 1, 1), by=None)
    assert reads.parent_on(body.pk, EVE) == above.pk
    assert reads.parent_on(body.pk, DAY) is None


def test_merge_into_a_new_body_links_successors_and_moves_children(bloc):
    new = NewBody("SO-AB", "Đảng bộ Sở AB", Kind.GRASSROOTS_ORGANIZATION, bloc.bloc)
    merged = operations.merge_bodies(
        [bloc.organization, bloc.neighbour], into=new, day=DAY, decision="5-QĐ/TU", by=None
    )
    children = Body.objects.on(DAY).children_of(merged.pk, DAY)
    assert set(children) == {bloc.branch, bloc.other_branch, bloc.section, bloc.neighbour_branch}
    assert set(Succession.objects.filter(successor=merged).values_list("predecessor", flat=True)) == {
        bloc.organization.pk,
        bloc.neighbour.pk,
    }
    assert Body.objects.get(pk=bloc.neighbour.pk).dissolved_on == DAY
    assert reads.parent_on(bloc.branch.pk, EVE) == bloc.organization.pk
    assert reads.name_on(bloc.organization.pk, DAY) == "Đảng bộ Sở A"  # the last name it had
    assert Event.objects.filter(verb="bodies.merged").count() == 1
    assert bloc.neighbour.changes.get(what=Change.What.MERGED).decision == "5-QĐ/TU"


def test_merge_into_one_of_them_lets_that_one_go_on(bloc):
    operations.merge_bodies([bloc.branch, bloc.other_branch], into=bloc.branch, day=DAY, by=None)
    assert Body.objects.on(DAY).filter(pk=bloc.branch.pk).exists()
    assert not Body.objects.on(DAY).filter(pk=bloc.other_branch.pk).exists()


def test_a_merge_needs_two_bodies(bloc):
    with pytest.raises(Refused, match="ít nhất hai"):
        operations.merge_bodies([bloc.branch], into=bloc.branch, day=DAY, by=None)


def test_a_bloc_is_succeeded_by_another_committee_that_takes_everything(bloc):
    new = NewBody("CQ-TINH", "Đảng bộ các cơ quan Đảng tỉnh", Kind.COMMITTEE, None)
    committee = operations.succeed_body(bloc.bloc, into=new, day=DAY, by=None)
    assert reads.root_on(EVE) == bloc.bloc
    assert reads.root_on(DAY) == committee
    assert Body.objects.on(DAY).under(committee.pk, DAY).count() == 9
    assert reads.ancestors_on(bloc.section_branch.pk, DAY)[-1] == committee.pk


def test_split_founds_parts_and_hands_every_child_on(bloc):
    parts = [
        NewBody(code, code, Kind.GRASSROOTS_ORGANIZATION, bloc.bloc, UnitType.JUDICIAL)
        for code in ("P1", "P2")
    ]
    places = {bloc.branch.pk: "P1", bloc.other_branch.pk: "P1", bloc.section.pk: "P2"}
    with pytest.raises(Refused, match="còn 1 tổ chức"):
        operations.split_body(
            bloc.organization, parts=parts, children=dict(list(places.items())[:2]), day=DAY, by=None
        )
    assert not Body.objects.filter(code="P1").exists()
    first, second = operations.split_body(bloc.organization, parts=parts, children=places, day=DAY, by=None)
    assert reads.parent_on(bloc.other_branch.pk, DAY) == first.pk
    assert reads.ancestors_on(bloc.section_branch.pk, DAY)[1] == second.pk
    assert not Body.objects.on(DAY).filter(pk=bloc.organization.pk).exists()


def test_split_may_keep_the_old_body(bloc):
    part = NewBody("P1", "Chi bộ tách", Kind.SUBORDINATE_BRANCH, bloc.organization)
    (new,) = operations.split_body(bloc.branch, parts=[part], keeps=True, day=DAY, by=None)
    assert Body.objects.on(DAY).filter(pk__in=[new.pk, bloc.branch.pk]).count() == 2
    with pytest.raises(Refused, match="ít nhất hai phần"):
        operations.split_body(bloc.other_branch, parts=[part], day=DAY, by=None)


def test_split_refuses_a_stranger_among_the_children(bloc):
    part = NewBody("P1", "Đảng bộ mới", Kind.GRASSROOTS_ORGANIZATION, bloc.bloc)
    with pytest.raises(Refused, match="không trực thuộc"):
        operations.split_body(
            bloc.organization,
            parts=[part],
            keeps=True,
            children={bloc.neighbour_branch.pk: "P1"},
            day=DAY,
            by=None,
        )


def test_a_body_with_living_children_is_not_dissolved(bloc):
    with pytest.raises(Refused, match="còn 1 tổ chức trực thuộc"):
        operations.dissolve_body(bloc.neighbour, day=DAY, by=None)
    operations.dissolve_body(bloc.neighbour_branch, day=EVE, by=None)
    operations.dissolve_body(bloc.neighbour, day=DAY, by=None)
    assert bloc.neighbour.names.get().valid_to == DAY
    with pytest.raises(Refused, match="không thay đổi được nữa"):
        operations.rename_body(bloc.neighbour, name="Khác", day=date(2016, 1, 1), by=None)


def test_modules_above_are_told_of_an_ending_and_may_refuse_it(bloc, monkeypatch):
    told = []

    def refuse_dissolution(ending):
        told.append((ending.body.pk, [body.pk for body in ending.successors]))
        if not ending.successors:
            raise Refused("còn đảng viên")

    monkeypatch.setattr(endings, "_handlers", [])
    endings.register(refuse_dissolution)
    with pytest.raises(Refused, match="còn đảng viên"):
        operations.dissolve_body(bloc.branch, day=DAY, by=None)
    assert Body.objects.get(pk=bloc.branch.pk).dissolved_on == FOREVER
    operations.merge_bodies([bloc.branch], into=bloc.other_branch, day=DAY, by=None)
    assert told == [(bloc.branch.pk, []), (bloc.branch.pk, [bloc.other_branch.pk])]


def test_a_body_is_in_one_cluster_at_a_time(bloc):
    first = operations.form_cluster(bloc.bloc, code="C1", name="Cụm 1", day=FOUNDED, by=None)
    second = operations.form_cluster(bloc.bloc, code="C2", name="Cụm 2", day=FOUNDED, by=None)
    operations.place_in_cluster(bloc.organization, cluster=first, day=FOUNDED, by=None)
    operations.place_in_cluster(bloc.organization, cluster=second, day=DAY, by=None)
    assert bloc.organization in Body.objects.in_cluster(first.pk, EVE)
    assert bloc.organization not in Body.objects.in_cluster(first.pk, DAY)
    operations.place_in_cluster(bloc.organization, cluster=None, day=date(2016, 1, 1), by=None)
    assert not Body.objects.in_cluster(second.pk, date(2016, 1, 1)).exists()


def test_a_cluster_takes_only_bodies_under_its_owner(bloc):
    cluster = operations.form_cluster(bloc.neighbour, code="C1", name="Cụm 1", day=FOUNDED, by=None)
    with pytest.raises(Refused, match="không thuộc cấp trên"):
        operations.place_in_cluster(bloc.branch, cluster=cluster, day=DAY, by=None)


def test_each_verb_writes_one_event(bloc):
    before = Event.objects.count()
    operations.move_body(bloc.section, parent=bloc.neighbour, day=DAY, by=None)
    operations.merge_bodies([bloc.branch, bloc.other_branch], into=bloc.branch, day=DAY, by=None)
    operations.dissolve_body(bloc.lone_branch, day=DAY, by=None)
    assert Event.objects.count() == before + 3
