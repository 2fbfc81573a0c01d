from datetime import date

import pytest
from django.urls import reverse

from nenep.access.tests.make import make_administrator, sign_in
from nenep.journal.models import Event
from nenep.organizations import operations, reads
from nenep.organizations.kinds import UnitType
from nenep.organizations.models import Body, Kind
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today

pytestmark = pytest.mark.django_db

DAY = date(2015, 9, 29)


@pytest.fixture
def administrator(bloc):
    return make_administrator(bloc.bloc)


@pytest.fixture
def officer(bloc):
    person = make_member(bloc.other_branch, name="Lê Cán Bộ")
    make_office(person, bloc.organization, Post.DEPUTY)
    return person


def at(name, *args):
    return reverse(f"organizations:{name}", args=args)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def decide(client, name, body, /, status=302, **typed):
    """Type, look at the check page, agree."""
    typed = {"day": "01/06/2016", "decision": "7-QĐ/ĐU"} | typed
    check = client.post(at(name, body.pk), typed | {"step": "check"})
    assert check.status_code == 200, check.content.decode()
    answer = client.post(at(name, body.pk), typed | {"step": "do"})
    assert answer.status_code == status
    return check.content.decode()


def test_the_tree_starts_at_the_highest_body_of_the_viewer(client, bloc, administrator, officer):
    sign_in(client, administrator)
    assert "Đảng bộ Khối các cơ quan tỉnh" in page(client, at("tree"))
    sign_in(client, officer)
    shown = page(client, at("tree"))
    assert "Đảng bộ Sở A" in shown
    assert "Đảng bộ Sở B" not in shown
    assert "Chi bộ Thanh tra Sở A" not in shown  # one level at a time


def test_a_level_opens_as_a_page_and_as_a_part(client, bloc, officer):
    sign_in(client, officer)
    whole = page(client, at("level", bloc.organization.pk))
    part = client.get(at("level", bloc.organization.pk), headers={"HX-Request": "true"}).content.decode()
    for text in (whole, part):
        assert "Chi bộ Thanh tra Sở A" in text
        assert "Chi bộ Phòng Kỹ thuật" not in text
    assert "<html" in whole
    assert "<html" not in part


def test_the_tree_as_it_was_shows_old_names_and_ended_bodies(client, bloc):
    operations.rename_body(bloc.neighbour, name="Đảng bộ Sở B mới", day=date(2020, 1, 1), by=None)
    operations.merge_bodies([bloc.branch, bloc.other_branch], into=bloc.branch, day=date(2020, 1, 1), by=None)
    new = operations.NewBody("CQ", "Đảng bộ các cơ quan", Kind.COMMITTEE, None)
    committee = operations.succeed_body(bloc.bloc, into=new, day=date(2025, 2, 1), by=None)
    sign_in(client, make_administrator(committee))
    assert "Đảng bộ các cơ quan" in page(client, at("tree"))
    then = page(client, at("tree") + "?day=2015-09-29")
    assert "Đảng bộ Khối các cơ quan tỉnh" in then
    assert "Đảng bộ các cơ quan<" not in then
    level = page(client, at("level", bloc.bloc.pk) + "?day=2015-09-29")
    assert "Đảng bộ Sở B<" in level
    assert "Chi bộ Thanh tra Sở A" in page(client, at("level", bloc.organization.pk) + "?day=29/09/2015")
    ended = page(client, at("body", bloc.other_branch.pk))
    assert "không hoạt động" in ended
    assert "Được tiếp nối bởi" in ended


def test_a_day_that_cannot_be_read_is_kept_and_explained(client, administrator):
    sign_in(client, administrator)
    shown = page(client, at("tree") + "?day=31/02/2015", status=422)
    assert "31/02/2015" in shown
    assert "ngày/tháng/năm" in shown


def test_search_ignores_marks(client, bloc, administrator):
    sign_in(client, administrator)
    shown = page(client, at("tree") + "?q=ky thuat phong")
    assert "Chi bộ Phòng Kỹ thuật" in shown
    assert "Chi bộ Hội D" not in shown


def test_unseen_is_404_and_not_allowed_is_403(client, bloc, officer):
    sign_in(client, officer)
    for name in ("body", "level", "rename", "move", "merge", "split", "dissolve", "create", "reclassify"):
        assert client.get(at(name, bloc.neighbour_branch.pk)).status_code == 404
    page(client, at("rename", bloc.organization.pk), status=403)  # its own body is changed from above
    page(client, at("rename", bloc.branch.pk))
    sign_in(client, make_member(bloc.branch, name="Trần Văn Thường"))
    page(client, at("body", bloc.branch.pk))
    page(client, at("rename", bloc.branch.pk), status=403)
    page(client, at("create", bloc.branch.pk), status=403)


def test_nothing_is_written_before_the_check_page_is_agreed_to(client, bloc, administrator):
    sign_in(client, administrator)
    before = Event.objects.count()
    typed = {"name": "Chi bộ Một", "day": "01/06/2016", "step": "check"}
    answer = client.post(at("rename", bloc.branch.pk), typed)
    assert "Chi bộ Một" in answer.content.decode()
    assert bloc.branch.names.count() == 1
    assert Event.objects.count() == before
    again = client.post(at("rename", bloc.branch.pk), typed | {"step": "edit"})
    assert 'value="Chi bộ Một"' in again.content.decode()
    client.post(at("rename", bloc.branch.pk), typed | {"step": "do"})
    assert reads.name_on(bloc.branch.pk, today()) == "Chi bộ Một"
    assert Event.objects.count() == before + 1


def test_a_place_is_changed_and_corrected_by_its_pages(client, bloc, administrator):
    sign_in(client, administrator)
    assert "Chưa có" in page(client, at("body", bloc.branch.pk))
    decide(client, "correct_locality", bloc.bloc, locality="Hòa Sơn", day="01/01/2012")
    assert "Hòa Sơn (theo tổ chức cấp trên)" in page(client, at("body", bloc.branch.pk))
    decide(client, "change_locality", bloc.branch, locality="Bến Đá")
    own = page(client, at("body", bloc.branch.pk))
    assert "<dd>Bến Đá</dd>" in own
    assert "Đổi địa danh" in own
    check = decide(client, "change_locality", bloc.branch, locality="", day="01/07/2016")
    assert "theo tổ chức cấp trên" in check
    assert reads.locality_on(bloc.branch.pk, today()) == "Hòa Sơn"


def test_local_rules_are_set_on_the_page_and_hold_below(client, bloc, administrator):
    sign_in(client, administrator)
    assert "Quy định riêng</dt>" not in page(client, at("body", bloc.branch.pk))
    check = client.post(
        at("change_rules", bloc.organization.pk),
        {"scope": "ward:an-phu", "day": "01/06/2016", "step": "check"},
    )
    assert "phường An Phú" in check.content.decode()
    decide(client, "change_rules", bloc.organization, scope="ward:an-phu")
    assert "phường An Phú</a>\n" not in page(client, at("body", bloc.bloc.pk))
    below = page(client, at("body", bloc.branch.pk))
    assert "phường An Phú</a> (theo tổ chức cấp trên)" in below
    assert "Đổi quy định riêng" in page(client, at("body", bloc.organization.pk))


def test_a_new_body_made_from_another_takes_its_place_along(client, bloc, administrator):
    operations.correct_locality(bloc.bloc, locality="Hòa Sơn", day=today(), by=None)
    sign_in(client, administrator)
    decide(client, "merge", bloc.bloc, into="new", code="CQ", name="Đảng bộ các cơ quan")
    assert reads.locality_on(bloc.branch.pk, today()) == "Hòa Sơn"


def test_a_refusal_keeps_what_was_typed(client, bloc, administrator):
    sign_in(client, administrator)
    answer = client.post(
        at("rename", bloc.branch.pk), {"name": "Chi bộ Một", "day": "01/06/2000", "step": "do"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "thành lập ngày 01/01/2010" in shown
    assert 'value="Chi bộ Một"' in shown


def test_create_reclassify_and_move_by_their_pages(client, bloc, administrator):
    sign_in(client, administrator)
    decide(
        client,
        "create",
        bloc.organization,
        code="M-1",
        name="Chi bộ mới",
        kind=Kind.SUBORDINATE_BRANCH,
        unit_type="press",
    )
    new = Body.objects.get(code="M-1")
    decide(client, "reclassify", bloc.lone_branch, kind=Kind.GRASSROOTS_BRANCH, unit_type="press")
    check = decide(client, "move", new, parent=bloc.neighbour.pk, day="01/07/2016")
    assert "Đảng bộ Sở B" in check
    assert reads.parent_on(new.pk, today()) == bloc.neighbour.pk
    assert reads.unit_type_on(bloc.lone_branch.pk, today()) == "press"
    assert "7-QĐ/ĐU" in page(client, at("body", new.pk))


def test_an_officer_moves_a_branch_only_inside_the_own_reach(client, bloc, officer):
    sign_in(client, officer)
    assert str(bloc.neighbour.pk) not in [
        value.value if hasattr(value, "value") else value for value in parents_offered(client, bloc.branch)
    ]
    answer = client.post(
        at("move", bloc.branch.pk), {"parent": bloc.neighbour.pk, "day": "01/06/2016", "step": "do"}
    )
    assert answer.status_code == 422
    assert reads.parent_on(bloc.branch.pk, today()) == bloc.organization.pk
    decide(client, "move", bloc.branch, parent=bloc.section.pk)
    assert reads.parent_on(bloc.branch.pk, today()) == bloc.section.pk


def parents_offered(client, body):
    form = client.get(at("move", body.pk)).context["form"]
    return [str(value) for value, _label in form.fields["parent"].choices]


def test_merge_split_dissolve_and_cluster_by_their_pages(client, bloc, administrator):
    sign_in(client, administrator)
    decide(client, "merge", bloc.branch, others=[bloc.other_branch.pk], into="this")
    assert Body.objects.get(pk=bloc.other_branch.pk).has_ended
    decide(
        client,
        "split",
        bloc.organization,
        code_1="P1",
        name_1="Đảng bộ một",
        code_2="P2",
        name_2="Đảng bộ hai",
        **{f"child_{bloc.branch.pk}": "1", f"child_{bloc.section.pk}": "2"},
        day="01/07/2016",
    )
    first = Body.objects.get(code="P1")
    assert reads.parent_on(bloc.branch.pk, today()) == first.pk
    assert Body.objects.get(pk=bloc.organization.pk).has_ended
    decide(client, "dissolve", bloc.lone_branch)
    decide(client, "form_cluster", bloc.bloc, code="C1", name="Cụm một")
    cluster = bloc.bloc.clusters.get()
    decide(client, "place_in_cluster", first, cluster=cluster.pk, day="01/08/2016")
    assert "Cụm một" in page(client, at("body", first.pk))


def test_a_merge_needs_another_body_or_a_new_one(client, bloc, administrator):
    sign_in(client, administrator)
    answer = client.post(at("merge", bloc.branch.pk), {"into": "this", "day": "01/06/2016", "step": "do"})
    assert answer.status_code == 422
    decide(client, "merge", bloc.branch, into="new", code="N1", name="Chi bộ nối tiếp")
    assert Body.objects.get(code="N1").origins.get().predecessor == bloc.branch


def test_a_long_list_of_parents_is_typed(client, bloc, administrator, monkeypatch):
    from nenep.organizations import forms

    monkeypatch.setattr(forms, "LISTED_AT_MOST", 1)
    sign_in(client, administrator)
    typed = {"day": "01/06/2016", "step": "do"}
    answer = client.post(at("move", bloc.branch.pk), typed | {"parent": "so"})
    assert "Nhiều tổ chức" in answer.content.decode()
    answer = client.post(at("move", bloc.branch.pk), typed | {"parent": "khong co"})
    assert "Không tìm thấy" in answer.content.decode()
    decide(client, "move", bloc.branch, parent="so b")
    assert reads.parent_on(bloc.branch.pk, today()) == bloc.neighbour.pk


@pytest.mark.parametrize("name", ["tree", "level", "body"])
def test_the_number_of_queries_does_not_grow_with_the_bodies(
    client, bloc, administrator, name, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sign_in(client, administrator)
    address = at(name) + "?q=chi bo" if name == "tree" else at(name, bloc.neighbour.pk)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, address)
        return len(queries)

    count()
    few = count()
    for _number in range(3):
        make_body(parent=bloc.neighbour)
    assert count() == few


def test_a_body_names_the_regulation_of_its_kind_of_unit_with_its_doubt(client, bloc, administrator):
    sign_in(client, administrator)
    agency = make_body("Chi bộ Văn phòng", parent=bloc.organization, unit_type=UnitType.ADMINISTRATIVE)
    shown = page(client, f"{at('body', agency.pk)}?day=2015-09-29")
    assert "Quy định 98-QĐ/TW" in shown
    assert "?day=29/09/2015#regulations" in shown
    assert "chưa kiểm chứng" in shown
    other = make_body("Chi bộ thôn 1", parent=bloc.organization, unit_type=UnitType.RESIDENTIAL)
    assert "Chức năng, nhiệm vụ theo" not in page(client, at("body", other.pk))
