"""Figures of a period whose records the program does not keep yet: named, explained, and without a value.

An entry moves to where it is computed when the module that keeps its records comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.reports.figures import Figure, trace_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from django.utils.functional import _StrPromise

    from nenep.organizations.models import Body


class Pending(NamedTuple):
    label: _StrPromise
    unit: _StrPromise | str
    base: _StrPromise
    formula: _StrPromise


_CLASSES = gettext_lazy("Các lớp bồi dưỡng mở trong thời kỳ.")
_YEARS = gettext_lazy("Các lần đánh giá, xếp loại tổ chức đảng hằng năm trong thời kỳ.")
_MEMBERS = gettext_lazy("Đảng viên phải đánh giá, xếp loại hằng năm trong thời kỳ.")
_REVIEWED = gettext_lazy("Đảng viên đã được đánh giá, xếp loại hằng năm trong thời kỳ.")

PENDING: Mapping[str, Pending] = {
    "training_classes": Pending(
        gettext_lazy("Lớp bồi dưỡng"), gettext_lazy("lớp"), _CLASSES, gettext_lazy("Đếm các lớp đã kết thúc.")
    ),
    "trainees": Pending(
        gettext_lazy("Lượt người dự bồi dưỡng"),
        gettext_lazy("lượt"),
        _CLASSES,
        gettext_lazy("Đếm lượt người học xong các lớp ấy."),
    ),
    "clean_and_strong_mean_pct": Pending(
        gettext_lazy("Tỷ lệ bình quân tổ chức cơ sở đảng trong sạch, vững mạnh"),
        "%",
        _YEARS,
        gettext_lazy("Trung bình cộng tỷ lệ của từng năm; mỗi năm chia cho số tổ chức được xếp loại."),
    ),
    "weak_bodies": Pending(
        gettext_lazy("Tổ chức cơ sở đảng yếu kém"),
        gettext_lazy("tổ chức"),
        _YEARS,
        gettext_lazy("Đếm các tổ chức bị xếp loại yếu kém trong ít nhất một năm."),
    ),
    "members_reviewed_pct": Pending(
        gettext_lazy("Tỷ lệ đảng viên được đánh giá, xếp loại"),
        "%",
        _MEMBERS,
        gettext_lazy("Số đảng viên đã đánh giá chia cho số phải đánh giá, cộng các năm."),
    ),
    "members_well_pct": Pending(
        gettext_lazy("Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ trở lên"),
        "%",
        _REVIEWED,
        gettext_lazy("Số đảng viên hoàn thành tốt trở lên chia cho số đã đánh giá, cộng các năm."),
    ),
    "members_completed_pct": Pending(
        gettext_lazy("Tỷ lệ đảng viên hoàn thành nhiệm vụ"),
        "%",
        _REVIEWED,
        gettext_lazy("Số đảng viên hoàn thành nhiệm vụ chia cho số đã đánh giá, cộng các năm."),
    ),
    "members_rest_pct": Pending(
        gettext_lazy("Tỷ lệ đảng viên còn lại sau khi trừ các mức trên"),
        "%",
        _REVIEWED,
        gettext_lazy("Số đảng viên không ở hai mức trên chia cho số đã đánh giá, cộng các năm."),
    ),
    "commended_bodies": Pending(
        gettext_lazy("Tổ chức đảng được khen thưởng"),
        gettext_lazy("tổ chức"),
        gettext_lazy("Các quyết định khen thưởng trong thời kỳ."),
        gettext_lazy("Đếm mỗi tổ chức một lần."),
    ),
}


def without_records(body: Body, start: date, end: date) -> Iterator[Figure]:
    """No records is no value, never 0; the trace opens the list, which is empty."""
    for key, of in PENDING.items():
        formula = _("%(formula)s Phần mềm chưa ghi việc này nên chưa có số liệu.") % {"formula": of.formula}
        trace = trace_of(key, body, start=start, end=end)
        yield Figure(key, str(of.label), None, str(of.unit), str(of.base), formula, trace)
