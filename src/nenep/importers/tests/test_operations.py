from datetime import date

import pytest

from nenep.access.tests.make import make_administrator, viewer_for
from nenep.importers import loading
from nenep.importers.operations import check, load
from nenep.importers.tests.make import check_rows, csv_sheet, load_rows, sheet
from nenep.journal.models import Event
from nenep.journal.verification import verify
from nenep.meetings.models import Meeting, MeetingFigures
from nenep.organizations.kinds import GRASSROOTS_KINDS
from nenep.organizations.models import Body
from nenep.organizations.operations import form_cluster
from nenep.organizations.reads import kind_on, name_on, parent_on
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Member, Office, Post, Status
from nenep.people.operations import transfer
from nenep.people.reads import branch_on, member_count, office_holders, roster
from nenep.people.tests.make import make_member
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

BODIES = (
    {"code": "KHOI", "name": "Đảng bộ Khối", "kind": "Đảng bộ cấp trên trực tiếp của cơ sở", "valid_from": "01/01/2010"},
    {"code": "A", "name": "Đảng bộ Sở A", "kind": "dang bo co so", "parent": "KHOI", "valid_from": date(2010, 1, 1)},
    {"code": "A1", "name": "Chi bộ 1", "kind": "Chi bộ trực thuộc", "parent": "A", "valid_from": "1/1/2010", "valid_to": "1/1/2015"},
    {"code": "A1", "name": "Chi bộ Một", "kind": "Chi bộ trực thuộc", "parent": "A", "valid_from": "1/1/2015", "decision": "7-QĐ"},
    {"code": "A2", "name": "Chi bộ 2", "kind": "Chi bộ trực thuộc", "parent": "A", "valid_from": "01/01/2010"},
)  # fmt: skip


def member(**cells):
    return {
        "code": "DV1",
        "full_name": "Nguyễn Văn Ánh",
        "birth_year": 1970,
        "admitted_on": "03/02/2001",
        "official_on": "03/02/2002",
        "branch": "A1",
        "valid_from": "01/01/2010",
        **cells,
    }


def month(**cells):
    return {
        "body": "A1",
        "month": "11/2014",
        "held_on": "05/11/2014",
        "expected": 10,
        "present": 9,
        "excused": 1,
        "duration_minutes": 95,
        "draft_prepared": "x",
        "documents_sent_on": "02/11/2014",
        **cells,
    }


def faults(report):
    return [(fault.row, fault.header) for fault in report.faults]


def pk(code):
    return Body.objects.get(code=code).pk


@pytest.fixture
def bodies():
    assert load_rows("bodies", *BODIES).written == 4


def test_bodies_are_loaded_with_their_periods_and_one_event_each(bodies):
    branch = pk("A1")
    assert name_on(branch, date(2014, 12, 31)) == "Chi bộ 1"
    assert name_on(branch, date(2015, 1, 1)) == "Chi bộ Một"
    assert parent_on(branch, date(2015, 1, 1)) == pk("A")
    assert kind_on(pk("A"), date(2015, 1, 1)) in GRASSROOTS_KINDS
    events = Event.objects.filter(verb="bodies.imported")
    assert {event.body: event.details["rows"] for event in events} == {
        pk("KHOI"): 1,
        pk("A"): 1,
        branch: 2,
        pk("A2"): 1,
    }
    assert verify().ok


@pytest.mark.parametrize("kind", ["bodies", "members", "offices", "past-months"])
def test_the_same_file_again_changes_nothing(bodies, kind):
    rows = {
        "bodies": BODIES,
        "members": [member(), member(code="DV2", full_name="Lê An", stays="Ở nước ngoài: 01/01/2012 -")],
        "offices": [{"member": "DV1", "body": "A1", "post": "Bí thư", "valid_from": "01/01/2011"}],
        "past-months": [month(), month(month="12/2014", held_on="03/12/2014", documents_sent_on=None)],
    }
    if kind == "offices":
        load_rows("members", *rows["members"])
    first = load_rows(kind, *rows[kind])
    events = Event.objects.exclude(verb="tree.loaded").count()
    again = load_rows(kind, *rows[kind])
    assert first.is_good
    assert (again.written, again.unchanged) == (0, first.written + first.unchanged)
    assert Event.objects.exclude(verb="tree.loaded").count() == events


@pytest.mark.parametrize("kind", ["bodies", "members", "past-months"])
def test_a_dry_run_says_what_will_happen_and_writes_nothing(kind):
    if kind != "bodies":
        load_rows("bodies", *BODIES)
    rows = {"bodies": BODIES, "members": [member()], "past-months": [month()]}[kind]
    before = [table.objects.count() for table in (Body, Member, Meeting, MeetingFigures, Event)]
    report = check_rows(kind, *rows)
    assert [table.objects.count() for table in (Body, Member, Meeting, MeetingFigures, Event)] == before
    done = load_rows(kind, *rows)
    assert (report.written, report.unchanged) == (done.written, done.unchanged)
    assert report.written > 0


def test_members_come_with_transfers_and_statuses(bodies):
    report = load_rows(
        "members",
        member(valid_to="01/06/2014", stays="Sinh hoạt tạm thời nơi khác (A2): 01/03/2013 - 01/04/2013"),
        member(branch="A2", valid_from="01/06/2014"),
        member(code="DV2", full_name="Lê Thị Bình", official_on=None, wants_paper="x", email="b@example.org"),
    )
    assert (report.rows, report.written) == (3, 2)
    first = Member.objects.get(code="DV1")
    assert branch_on(first.pk, date(2014, 5, 31)) == pk("A1")
    assert branch_on(first.pk, date(2014, 6, 1)) == pk("A2")
    assert [entry.is_guest for entry in roster(pk("A2"), date(2013, 3, 15))] == [True]
    second = Member.objects.get(code="DV2")
    assert (second.wants_paper, second.email, second.search_key) == (True, "b@example.org", "le thi binh")
    assert roster(pk("A1"), date(2014, 1, 1))[1].status == Status.PROBATIONARY
    events = Event.objects.filter(verb="members.loaded")
    assert {event.body: event.details["count"] for event in events} == {pk("A1"): 2, pk("A2"): 1}
    assert member_count(pk("KHOI"), date(2015, 1, 1)) == 2


@pytest.mark.parametrize(
    ("cells", "header", "sentence"),
    [
        ({"branch": "A9"}, "Mã chi bộ", "Không có chi bộ mã A9"),
        ({"branch": "A"}, "Mã chi bộ", "không phải chi bộ"),
        ({"valid_from": "01/01/2009"}, "Mã chi bộ", "thành lập ngày 01/01/2010"),
        ({"valid_to": "01/01/2010"}, "Đến trước ngày", "sau ngày bắt đầu"),
        ({"admitted_on": "01/01/2011"}, "Từ ngày", "trước ngày vào Đảng"),
        ({"official_on": "01/01/2000"}, "Ngày chính thức", "sau ngày vào Đảng"),
        ({"birth_year": 2020}, "Năm sinh", "không hợp lý"),
        ({"email": "a@"}, "Thư điện tử", "không đúng"),
        ({"stays": "Ở nước ngoài: 01/01/2009 -"}, "Tình trạng", "không ở chi bộ nào"),
        (
            {"stays": "Ở nước ngoài: 01/01/2012 -; Miễn công tác và sinh hoạt: 01/01/2013 -"},
            "Tình trạng",
            "trùng",
        ),
        ({"valid_from": "31/04/2010"}, "Từ ngày", "Không có ngày"),
        ({"full_name": " "}, "Họ và tên", "để trống"),
    ],
)
def test_a_wrong_member_row_is_named_by_row_column_and_sentence(bodies, cells, header, sentence):
    report = load_rows("members", member(code="DV0"), member(**cells))
    assert (3, header) in faults(report)
    assert any(sentence in fault.message for fault in report.faults)
    assert not Member.objects.exists()


def test_cells_that_cannot_be_read_and_rows_that_do_not_fit_are_told_together(bodies):
    wrong = [member(branch="A9"), member(code="DV2", valid_from="31/02/2010"), member(code="DV3")]
    for run in (check_rows, load_rows):
        assert faults(run("members", *wrong)) == [(2, "Mã chi bộ"), (3, "Từ ngày")]
        assert not Member.objects.exists()
    assert faults(load_rows("members", wrong[1], wrong[2])) == [(2, "Từ ngày")]
    assert not Member.objects.exists()


def test_two_rows_of_one_person_must_agree_and_not_overlap(bodies):
    report = load_rows("members", member(), member(branch="A2", valid_from="01/06/2014", birth_year=1971))
    assert faults(report) == [(3, "Năm sinh"), (3, "Từ ngày")]


def test_a_member_who_is_there_with_other_data_is_never_rewritten(bodies):
    load_rows("members", member())
    report = load_rows("members", member(full_name="Tên Khác"))
    assert faults(report) == [(2, "Mã đảng viên")]
    assert Member.objects.get().full_name == "Nguyễn Văn Ánh"


@pytest.mark.parametrize(
    ("cells", "header"),
    [
        ({"member": "DV9"}, "Mã đảng viên"),
        ({"body": "A9"}, "Mã tổ chức"),
        ({"body": "A2"}, "Mã đảng viên"),
        ({"member": "DV2"}, "Chức vụ"),
        ({"post": "Cán bộ theo dõi"}, "Chức vụ"),
        ({"post": "Trưởng phòng"}, "Chức vụ"),
        ({"cluster": "C9"}, "Mã cụm"),
        ({"valid_to": "01/01/2010"}, "Đến trước ngày"),
        ({"valid_from": "01/01/2009"}, "Từ ngày"),
    ],
)
def test_a_wrong_office_row_is_named(bodies, cells, header):
    load_rows("members", member(), member(code="DV2", full_name="Lê An", official_on=None))
    row = {"member": "DV1", "body": "A1", "post": "Bí thư", "valid_from": "01/01/2011", **cells}
    report = load_rows("offices", row)
    assert header in [fault.header for fault in report.faults]
    assert not Office.objects.exists()


def test_two_secretaries_at_a_time_are_refused_in_the_file_and_against_the_database(bodies):
    load_rows("members", member(), member(code="DV2", full_name="Lê An"))
    one = {"member": "DV1", "body": "A1", "post": "Bí thư", "valid_from": "01/01/2011"}
    two = {**one, "member": "DV2", "valid_from": "01/01/2013"}
    assert faults(load_rows("offices", one, two)) == [(3, "Từ ngày")]
    assert load_rows("offices", {**one, "valid_to": "01/01/2013"}, two).written == 2
    assert faults(load_rows("offices", {**one, "member": "DV2"})) != []
    assert office_holders(pk("A1"), Post.SECRETARY, date(2014, 1, 1)) == [Member.objects.get(code="DV2").pk]


def test_past_months_become_meetings_figures_and_one_event_for_each_body_and_month(bodies):
    thematic = month(kind="Sinh hoạt chuyên đề", opinions_beforehand=3, conclusions=2)
    next_one = month(month="12/2014", held_on="05/12/2014", documents_sent_on=None, adopted_on=None)
    report = load_rows("past-months", month(), thematic, next_one)
    assert (report.written, report.unchanged) == (3, 0)
    figures = MeetingFigures.objects.get(meeting__kind="regular", meeting__month=date(2014, 11, 1))
    assert (figures.notice_days, figures.duration_minutes, figures.draft_prepared) == (3, 95, True)
    events = Event.objects.filter(verb="month.imported", body=pk("A1")).order_by("seq")
    assert [(event.details["month"], len(event.details["meetings"])) for event in events] == [
        ("2014-11-01", 2),
        ("2014-12-01", 1),
    ]
    assert verify().ok


@pytest.mark.parametrize(
    ("cells", "header"),
    [
        ({"held_on": "05/12/2014"}, "Ngày họp"),
        ({"present": 8}, "Số phải dự"),
        ({"reviewed": 3, "reviewed_met": 1}, "Số việc kiểm điểm"),
        ({"reviewed": 1, "reviewed_met": 1, "reviewed_without_cause": 1}, "Chưa nêu nguyên nhân"),
        ({"documents_sent_on": "06/11/2014"}, "Ngày gửi tài liệu"),
        ({"adopted_on": "04/11/2014"}, "Ngày thông qua biên bản"),
        ({"speakers": 11}, "Số người phát biểu"),
        ({"body": "A"}, "Mã chi bộ"),
        ({"month": "11/2009", "held_on": "05/11/2009", "documents_sent_on": None}, "Mã chi bộ"),
        ({"draft_prepared": "chắc có"}, "Có dự thảo nghị quyết"),
    ],
)
def test_a_wrong_month_row_is_named(bodies, cells, header):
    report = load_rows("past-months", month(**cells))
    assert (2, header) in faults(report)
    assert not Meeting.objects.exists()


def test_the_same_month_twice_in_a_file_is_refused(bodies):
    assert faults(load_rows("past-months", month(), month(held_on="06/11/2014"))) == [(3, "Tháng")]


@pytest.mark.parametrize(("divider", "encoding"), [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16")])
def test_csv_is_read_too(divider, encoding):
    content = csv_sheet(
        "bodies",
        *(dict(BODIES[at]) | {"valid_from": "01/01/2010"} for at in (0, 1)),
        divider=divider,
        encoding=encoding,
    )
    assert load("bodies", "bang.csv", content, by=None).written == 2


def test_row_numbers_are_those_of_the_sheet_even_after_empty_rows(bodies):
    report = load_rows("members", member(), {}, {}, member(code="DV2", branch="A9"))
    assert faults(report) == [(5, "Mã chi bộ")]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "trong.csv", "không có dòng nào"),
        (b"\x00\x01\x02", "anh.png", "Chỉ đọc được"),
        (b"PK\x03\x04 nothing", "hong.xlsx", "hỏng"),
        ("Mã tổ chức,Màu\nA,đỏ\n".encode(), "sai.csv", "thiếu cột: Tên, Loại tổ chức, Từ ngày"),
        ("Mã tổ chức,Tên,Loại tổ chức,Từ ngày,Màu\n".encode(), "sai.csv", "không thuộc mẫu: Màu"),
        ("Mã tổ chức,Tên,Loại tổ chức,Từ ngày,Tên\n".encode(), "sai.csv", "có hai lần"),
        (b"T\xean,Lo\xe0i\n", "sai.csv", "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(content, name, sentence):
    with pytest.raises(Refused, match=sentence):
        check("bodies", name, content, by=None)


def test_a_file_above_20_mb_is_refused():
    with pytest.raises(Refused, match="20 MB"):
        check("bodies", "to.csv", b"x" * (20 * 1024 * 1024 + 1), by=None)


def test_a_person_loads_only_within_reach():
    tree = make_small_bloc()
    viewer = viewer_for(make_administrator(tree.organization))
    inside = member(branch=tree.branch.code)
    outside = member(branch=tree.neighbour_branch.code, code="DV2")
    report = load_rows("members", inside, outside, by=viewer)
    assert [(fault.row, fault.message) for fault in report.faults] == [
        (3, f"Tổ chức mã {tree.neighbour_branch.code} ngoài phạm vi đồng chí phụ trách.")
    ]
    assert load_rows("members", inside, by=viewer).written == 1
    assert Event.objects.get(verb="members.loaded").actor == viewer.actor


def strange_rows(tree):
    """Kind -> a row within reach but for one cell, and that cell's header."""
    far, near = tree.neighbour_branch.code, tree.branch.code
    form_cluster(tree.bloc, code="CUM1", name="Cụm 1", day=date(2011, 1, 1), by=None)
    own, foreign = (
        make_member(body, code=code)
        for body, code in ((tree.branch, "TV-A"), (tree.neighbour_branch, "TV-B"))
    )
    new = {"code": "MOI", "name": "Chi bộ Mới", "kind": "Chi bộ trực thuộc", "valid_from": "01/01/2012"}
    new |= {"parent": tree.organization.code}
    office = {
        "member": own.code,
        "body": tree.organization.code,
        "post": "Cán bộ theo dõi",
        "valid_from": "01/01/2012",
    }
    return {
        "parent": ("bodies", new | {"parent": tree.neighbour.code}, "Mã cấp trên"),
        "code": ("bodies", new | {"code": far}, "Mã tổ chức"),
        "cluster": ("bodies", new | {"cluster": "CUM1"}, "Mã cụm"),
        "successors": ("bodies", new | {"successors": far, "valid_to": "01/01/2015"}, "Mã tổ chức tiếp nối"),
        "branch": ("members", member(branch=far), "Mã chi bộ"),
        "host": (
            "members",
            member(branch=near, stays=f"Sinh hoạt tạm thời nơi khác ({far}): 01/01/2012 -"),
            "Tình trạng",
        ),
        "body": ("offices", office | {"body": tree.neighbour.code}, "Mã tổ chức"),
        "member's branch": ("offices", office | {"member": foreign.code}, "Mã đảng viên"),
        "office's cluster": ("offices", office | {"cluster": "CUM1"}, "Mã cụm"),
        "month's body": ("past-months", month(body=far), "Mã chi bộ"),
    }


STRANGE = [
    *("parent", "code", "cluster", "successors", "branch", "host", "body"),
    *("member's branch", "office's cluster", "month's body"),
]


@pytest.mark.parametrize("what", STRANGE)
def test_every_code_of_a_row_is_held_against_the_reach(what):
    tree = make_small_bloc()
    viewer = viewer_for(make_administrator(tree.organization))
    kind, row, header = strange_rows(tree)[what]
    report = load_rows(kind, row, by=viewer)
    assert [(fault.header, "ngoài phạm vi" in fault.message) for fault in report.faults] == [(header, True)]


@pytest.mark.parametrize("what", ["cluster", "successors", "branch", "host", "member's branch", "body"])
def test_without_the_check_the_same_row_is_loaded(what, monkeypatch):
    """Twin: it is the reach that refuses, not some other fault of the row."""
    tree = make_small_bloc()
    viewer = viewer_for(make_administrator(tree.organization))
    kind, row, _header = strange_rows(tree)[what]
    monkeypatch.setattr(loading, "refuse_out_of_reach", lambda *_, **__: None)
    assert load_rows(kind, row, by=viewer).written == 1


def test_an_office_of_a_time_within_reach_is_loaded_although_its_holder_has_moved_away():
    tree = make_small_bloc()
    viewer = viewer_for(make_administrator(tree.organization))
    gone = make_member(tree.branch, code="TV-A")
    transfer(gone, to=tree.neighbour_branch, day=date(2020, 1, 1), by=None)
    office = {"member": "TV-A", "body": tree.branch.code, "post": "Bí thư", "valid_from": "01/01/2012"}
    assert faults(load_rows("offices", office | {"valid_to": "01/06/2020"}, by=viewer)) == [
        (2, "Mã đảng viên")
    ]
    assert load_rows("offices", office | {"valid_to": "01/06/2019"}, by=viewer).written == 1


def test_months_held_in_the_program_are_not_overwritten(bodies):
    secretary = make_member(Body.objects.get(code="A1"), post=Post.SECRETARY)
    assert secretary.pk
    load_rows("past-months", month())
    Meeting.objects.update(is_imported=False)
    assert faults(load_rows("past-months", month(present=8, excused=2))) == [(2, "Tháng")]
    assert Meeting.objects.get().present == 9


def test_a_sheet_of_headers_only_loads_nothing():
    assert load("bodies", "trong.xlsx", sheet("bodies"), by=None).written == 0
