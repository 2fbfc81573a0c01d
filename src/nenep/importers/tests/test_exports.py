import io
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from nenep.facts.models import BranchMonth, Dirty
from nenep.importers import exports
from nenep.importers.operations import check, export, load
from nenep.importers.schemas import SCHEMAS
from nenep.importers.sheets import write_book
from nenep.importers.tests.make import cells, load_rows, sheet
from nenep.importers.tests.test_operations import BODIES, member, month
from nenep.journal.models import Event
from nenep.meetings.models import Meeting
from nenep.notices.models import Notice
from nenep.organizations.models import (
    Body,
    BodyKind,
    BodyName,
    Change,
    Closure,
    Cluster,
    ClusterPlace,
    Edge,
    RuleScope,
    Succession,
)
from nenep.organizations.operations import (
    change_locality,
    change_rules,
    correct_locality,
    form_cluster,
    merge_bodies,
    place_in_cluster,
    rename_body,
)
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Member, Membership, Office, Post, Status, StatusPeriod, Transfer
from nenep.people.operations import change_status, leave, transfer
from nenep.people.tests.make import make_member, make_office
from nenep.shared.tests.anew import anew

# In an order in which they may go.
KEPT = (
    BranchMonth, Dirty, Meeting, Notice, Office, StatusPeriod, Membership, Transfer, Member, Closure, Edge, BodyName,
    BodyKind, Change, Succession, ClusterPlace, Cluster, RuleScope, Body,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def history_once(database_of_the_file):
    """A small bloc with everything that an export has to tell."""
    tree = make_small_bloc()
    secretary = make_member(tree.branch, post=Post.SECRETARY, birth_year=None)
    moved = make_member(tree.other_branch, name="=HYPERLINK(1)", phone="+84912345678")
    transfer(moved, to=tree.branch, day=date(2013, 5, 1), by=None)
    change_status(moved, status=Status.AWAY, start=date(2014, 1, 1), host=tree.section_branch, by=None)
    leave(make_member(tree.branch, official=False), day=date(2014, 1, 1), by=None)
    make_office(secretary, tree.office, Post.OFFICER)
    rename_body(tree.branch, name="Chi bộ Văn phòng", day=date(2012, 1, 1), decision="5-QĐ", by=None)
    change_locality(tree.organization, locality="Bến Đá", day=date(2012, 6, 1), by=None)
    correct_locality(tree.bloc, locality="Hòa Sơn", day=date(2012, 6, 1), by=None)
    cluster = form_cluster(tree.bloc, code="C1", name="Cụm 1", day=date(2011, 1, 1), by=None)
    change_rules(tree.lone_branch, scope="ward:an-phu", day=date(2012, 3, 1), by=None)
    place_in_cluster(tree.lone_branch, cluster=cluster, day=date(2011, 6, 1), by=None)
    merge_bodies([tree.neighbour_branch], into=tree.section_branch, day=date(2016, 1, 1), by=None)
    load_rows("past-months", month(body=tree.branch.code, starts_at="07:30", adopted_on="06/11/2014"))
    return tree


@pytest.fixture
def history(history_once):
    return anew(history_once)


@pytest.mark.parametrize("kind", list(SCHEMAS))
def test_what_is_exported_comes_back_without_a_change(history, kind):
    content = export(kind, by=None)
    report = load(kind, "xuat.xlsx", content, by=None)
    assert report.faults == []
    assert (report.written, report.unchanged > 0) == (0, True)
    assert Event.objects.filter(verb="sheet.exported").get().details == {"kind": kind}


def test_an_export_builds_the_same_again_in_an_empty_program(history):
    was = {kind: export(kind, by=None) for kind in SCHEMAS}
    for table in KEPT:
        table._base_manager.all().delete()
    for kind, content in was.items():
        report = load(kind, "xuat.xlsx", content, by=None)
        assert report.faults == []
        assert report.unchanged == 0
    assert {kind: cells(export(kind, by=None)) for kind in SCHEMAS} == {
        kind: cells(content) for kind, content in was.items()
    }


def test_the_place_of_a_body_goes_out_and_a_correction_that_made_two_periods_alike_comes_back(history):
    correct_locality(history.organization, locality="", day=date(2012, 6, 1), by=None)
    content = export("bodies", by=None)
    head, *rows = cells(content)
    places = {row[head.index("Mã tổ chức")]: row[head.index("Địa danh")] for row in rows}
    assert (places[history.bloc.code], places[history.organization.code]) == ("Hòa Sơn", None)
    assert (load("bodies", "xuat.xlsx", content, by=None).faults) == []


@pytest.mark.parametrize("kind", list(SCHEMAS))
def test_a_template_has_headers_an_example_words_and_notes(kind):
    schema = SCHEMAS[kind]
    content = exports.template(schema)
    data = cells(content, "Dữ liệu")
    assert data[0] == [column.header for column in schema.columns]
    assert len(data) == 2
    words = {cell for row in cells(content, "Giá trị được dùng") for cell in row if cell}
    assert {word for column in schema.columns for word in column.allowed} <= words
    required = {row[0] for row in cells(content, "Cách ghi") if row[1] == "có"}
    assert required == {column.header for column in schema.columns if column.required}


@pytest.mark.parametrize("kind", list(SCHEMAS))
def test_the_example_row_is_right_in_itself(kind):
    report = check(kind, "mau.xlsx", exports.template(SCHEMAS[kind]), by=None)
    unknown = {"Mã cấp trên", "Mã chi bộ", "Mã tổ chức", "Mã đảng viên", "Mã cụm"}
    assert {fault.header for fault in report.faults} <= unknown


def test_a_marked_file_keeps_the_rows_and_says_what_is_wrong():
    load_rows("bodies", *BODIES)
    content = sheet("members", member(code="DV0"), member(branch="A9", birth_year=2024))
    report = check("members", "bang.xlsx", content, by=None)
    marked = exports.marked("bang.xlsx", content, report.faults)
    page = load_workbook(io.BytesIO(marked)).worksheets[0]
    headers = [cell.value for cell in page[1]]
    wrong = page.cell(3, headers.index("Mã chi bộ") + 1)
    assert wrong.comment.text == "Không có chi bộ mã A9. Đồng chí kiểm tra lại mã."
    assert wrong.fill.fgColor.rgb == "00F4C7C3"
    assert page.cell(2, headers.index("Mã chi bộ") + 1).comment is None
    said = page.cell(3, headers.index("Lỗi") + 1).value
    assert "Cột Năm sinh: Năm sinh này không hợp lý." in said
    assert [cell.value for cell in page[3]][:2] == ["DV1", "Nguyễn Văn Ánh"]


def test_a_marked_file_that_was_put_right_is_loaded():
    load_rows("bodies", *BODIES)
    content = sheet("members", member(branch="A9"))
    report = check("members", "bang.xlsx", content, by=None)
    book = load_workbook(io.BytesIO(exports.marked("bang.xlsx", content, report.faults)))
    page = book.worksheets[0]
    page.cell(2, [cell.value for cell in page[1]].index("Mã chi bộ") + 1).value = "A1"
    target = io.BytesIO()
    book.save(target)
    assert load("members", "bang.xlsx", target.getvalue(), by=None).written == 1


def test_two_errors_in_one_cell_are_both_told():
    load_rows("bodies", *BODIES)
    content = sheet("past-months", month(present=20, speakers=30), month())
    report = check("past-months", "bang.xlsx", content, by=None)
    told = cells(exports.marked("bang.xlsx", content, report.faults))
    assert "Số phải dự" in told[1][-1]
    assert "Số người phát biểu" in told[1][-1]


hostile = st.one_of(
    st.sampled_from(["=1+1", "+84912345678", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "'=1"]),
    st.builds("{}{}".format, st.sampled_from("=+-@\t\r"), st.text(max_size=20)),
    st.text(max_size=30),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(hostile, min_size=1, max_size=5))
def test_nothing_that_goes_out_is_a_formula(texts):
    page = load_workbook(io.BytesIO(write_book([("Dữ liệu", [texts])]))).worksheets[0]
    for cell in (cell for row in page.iter_rows() for cell in row):
        assert cell.data_type in {"s", "n"}
        assert cell.data_type == "s" or cell.value is None


def test_a_phone_number_looks_as_it_was(history):
    head, *rows = cells(export("members", by=None))
    phones = {row[head.index("Số điện thoại")] for row in rows}
    assert "+84912345678" in phones
    names = {row[head.index("Họ và tên")] for row in rows}
    assert "=HYPERLINK(1)" in names
    assert Body.objects.exists()
