"""The four kinds of spreadsheets: their columns in order, and how their rows become records and come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from nenep.importers import columns as c
from nenep.importers import exports, loading, past_months
from nenep.meetings.models import MeetingKind
from nenep.organizations.kinds import Kind, UnitType
from nenep.people.models import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.utils.functional import Promise

    from nenep.importers.loading import Outcome
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Schema:
    """`load(rows, by)` gets the values of each row by field; `rows()` yields what the database holds the same way.

    Rows stand alone when one that cannot be read says nothing against the others.
    """

    kind: str
    label: str | Promise
    lead: str | Promise
    columns: tuple[c.Column, ...]
    load: Callable[[Sequence[dict[str, Any]], Viewer | None], Outcome]
    rows: Callable[[], Iterator[dict[str, Any]]]
    notes: tuple[str | Promise, ...] = field(default=())
    rows_stand_alone: bool = True


_FROM_TO = _("“Đến trước ngày” là ngày đầu tiên không còn như vậy nữa; để trống nếu chưa có ngày kết thúc.")

BODIES = Schema(
    "bodies",
    _("Tổ chức đảng"),
    _(
        "Mỗi dòng là một thời kỳ của một tổ chức: tên, loại, cấp trên. Đổi tên hay đổi cấp trên thì thêm dòng."
    ),
    (
        c.text("code", "Mã tổ chức", required=True, example="A01"),
        c.text("name", "Tên", required=True, example="Đảng bộ Sở Xây dựng"),
        c.text("short_name", "Tên gọi tắt", example="ĐB Sở Xây dựng", hint="Để trống thì lấy theo tên."),
        c.text(
            "locality",
            "Địa danh",
            example="",
            hint="Nơi ghi trước ngày tháng của văn bản, ví dụ “Hòa Sơn”. Để trống thì theo tổ chức cấp trên.",
        ),
        c.choice("kind", "Loại tổ chức", Kind, required=True, example="Đảng bộ cơ sở"),
        c.choice("unit_type", "Loại hình", UnitType, default=UnitType.OTHER, example="Cơ quan hành chính"),
        c.text("parent", "Mã cấp trên", example="KHOI", hint="Để trống cho tổ chức cao nhất."),
        c.day("valid_from", "Từ ngày", required=True, example="01/09/2010"),
        c.end_day("valid_to", "Đến trước ngày"),
        c.text("decision", "Số quyết định", example="15-QĐ/ĐUK"),
        c.text("cluster", "Mã cụm", example="CUM1"),
        c.text(
            "scope",
            "Quy định riêng",
            hint="Mã của quy định riêng ở địa phương, ví dụ “ward:an-phu”, cho tổ chức này và các tổ chức trực "
            "thuộc. Để trống thì theo tổ chức cấp trên.",
        ),
        c.codes("successors", "Mã tổ chức tiếp nối", hint="Nhiều mã thì cách nhau bằng dấu chấm phẩy."),
    ),
    loading.load_bodies,
    exports.body_rows,
    (_FROM_TO,),
    rows_stand_alone=False,
)

MEMBERS = Schema(
    "members",
    _("Đảng viên"),
    _("Mỗi dòng là một thời gian sinh hoạt ở một chi bộ. Người đã chuyển chi bộ thì có nhiều dòng cùng mã."),
    (
        c.text("code", "Mã đảng viên", required=True, example="DV0001"),
        c.text("full_name", "Họ và tên", required=True, example="Nguyễn Văn Ánh"),
        c.number("birth_year", "Năm sinh", default=None, example=1975),
        c.day("admitted_on", "Ngày vào Đảng", required=True, example="03/02/2001"),
        c.day("official_on", "Ngày chính thức", example="03/02/2002", hint="Để trống nếu còn dự bị."),
        c.text("branch", "Mã chi bộ", required=True, example="A01.1"),
        c.day("valid_from", "Từ ngày", required=True, example="01/09/2010"),
        c.end_day("valid_to", "Đến trước ngày"),
        c.stays(
            "stays",
            "Tình trạng",
            hint="Ví dụ “Miễn công tác và sinh hoạt: 01/02/2015 - 01/08/2015”; nơi đến ghi mã trong ngoặc: "
            "“Sinh hoạt tạm thời nơi khác (A01.2): 01/02/2015 -”.",
        ),
        c.text("email", "Thư điện tử", example=""),
        c.text("phone", "Số điện thoại", example="0912345678"),
        c.tick("wants_paper", "Nhận giấy", hint="Ghi x nếu muốn nhận thông báo bằng giấy."),
    ),
    loading.load_members_sheet,
    exports.member_rows,
    (_FROM_TO,),
)

OFFICES = Schema(
    "offices",
    _("Chức vụ"),
    _("Mỗi dòng là một thời gian giữ một chức vụ. Đảng viên và tổ chức phải có trong phần mềm trước."),
    (
        c.text("member", "Mã đảng viên", required=True, example="DV0001"),
        c.text("body", "Mã tổ chức", required=True, example="A01.1"),
        c.choice("post", "Chức vụ", Post, required=True, example="Bí thư"),
        c.day("valid_from", "Từ ngày", required=True, example="01/09/2010"),
        c.end_day("valid_to", "Đến trước ngày"),
        c.text("cluster", "Mã cụm", hint="Chỉ cho cán bộ theo dõi một cụm."),
    ),
    loading.load_offices_sheet,
    exports.office_rows,
    (_FROM_TO,),
)

PAST_MONTHS = Schema(
    "past-months",
    _("Các tháng đã qua"),
    _("Mỗi dòng là một kỳ sinh hoạt của một chi bộ trước khi dùng phần mềm."),
    (
        c.text("body", "Mã chi bộ", required=True, example="A01.1"),
        c.month("month", "Tháng", required=True, example="11/2014"),
        c.choice(
            "kind",
            "Loại kỳ sinh hoạt",
            MeetingKind,
            default=MeetingKind.REGULAR,
            example="Sinh hoạt thường kỳ",
        ),
        c.day("held_on", "Ngày họp", required=True, example="05/11/2014"),
        c.clock("starts_at", "Giờ bắt đầu", default=past_months.USUAL_START, example="14:00"),
        c.number("duration_minutes", "Số phút họp", default=None, example=95),
        c.number("expected", "Số phải dự", required=True, example=15),
        c.number("present", "Có mặt", required=True, example=14),
        c.number("excused", "Vắng có lý do", default=0, example=1),
        c.number("unexcused", "Vắng không lý do", default=0, example=0),
        c.tick("committee_met", "Kỳ có họp chi ủy trước", example="x"),
        c.tick("draft_prepared", "Có dự thảo nghị quyết", example="x"),
        c.number("speakers", "Số người phát biểu", default=None, example=6),
        c.number("minutes_information", "Phút thông tin, phổ biến", default=0, example=20),
        c.number("minutes_political_task", "Phút nhiệm vụ chính trị", default=0, example=35),
        c.number("minutes_party_building", "Phút xây dựng Đảng", default=0, example=20),
        c.number("minutes_discussion", "Phút thảo luận", default=0, example=20),
        c.number("reviewed", "Số việc kiểm điểm", default=0, example=5),
        c.number("reviewed_met", "Đạt", default=0, example=3),
        c.number("reviewed_partly", "Đạt một phần", default=0, example=1),
        c.number("reviewed_not_met", "Chưa đạt", default=0, example=1),
        c.number("reviewed_without_cause", "Chưa nêu nguyên nhân", default=0, example=0),
        c.number("opinions_beforehand", "Số ý kiến gửi trước", default=0, example=2),
        c.number("conclusions", "Số kết luận", default=0, example=4),
        c.day("documents_sent_on", "Ngày gửi tài liệu", example="02/11/2014"),
        c.day("adopted_on", "Ngày thông qua biên bản", example="05/11/2014"),
    ),
    past_months.load_past_months,
    past_months.past_month_rows,
)

SCHEMAS = {schema.kind: schema for schema in (BODIES, MEMBERS, OFFICES, PAST_MONTHS)}
