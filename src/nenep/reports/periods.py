"""Figures of a period: what the branches' records say about their meetings. As-was (see `counting`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from nenep.facts.reads import ROWS
from nenep.reports.counting import DUE, Period, totals
from nenep.reports.figures import Figure, trace_of
from nenep.shared.shares import share
from nenep.shared.templatetags.ui import vn_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.utils.functional import _StrPromise

    from nenep.organizations.models import Body
    from nenep.reports.counting import Numbers

    Words = str | _StrPromise


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`, two names of numbers, shown as a percentage or, where `is_share` is not, as the part."""

    label: Words
    part: str
    whole: str
    part_label: Words
    whole_label: Words
    base: Words
    formula: Words
    unit: Words = "%"
    is_share: bool = True

    def value(self, numbers: Numbers) -> float | None:
        """None where nothing is recorded."""
        if not numbers[ROWS]:
            return None
        return share(numbers[self.part], numbers[self.whole]) if self.is_share else numbers[self.part]


_HELD = gettext_lazy("Kỳ đã họp")
_DUE = gettext_lazy("Tháng phải họp")
_OF_DUE = gettext_lazy("Trong %(whole)s lượt chi bộ phải họp, mỗi chi bộ mỗi tháng một lượt.")
_OF_HELD = gettext_lazy("Trong %(whole)s kỳ sinh hoạt thường kỳ đã họp.")

PERIOD_KEYS: Mapping[str, Ratio] = {
    "meetings_held": Ratio(
        gettext_lazy("Kỳ sinh hoạt thường kỳ đã họp"),
        "meetings_held",
        DUE,
        _HELD,
        _DUE,
        _OF_DUE,
        gettext_lazy(
            "Đếm các kỳ sinh hoạt thường kỳ đã họp và đã thông qua biên bản, hoặc đã nạp từ sổ cũ, của các chi bộ "
            "thuộc tổ chức này vào cuối mỗi tháng."
        ),
        unit=gettext_lazy("kỳ"),
        is_share=False,
    ),
    "regularity_pct": Ratio(
        gettext_lazy("Tỷ lệ duy trì sinh hoạt thường kỳ"),
        "meetings_held",
        DUE,
        _HELD,
        _DUE,
        _OF_DUE,
        gettext_lazy(
            "Số kỳ đã họp chia cho số tháng chi bộ hoạt động, cộng mọi chi bộ. Tháng chỉ có một phần trong thời kỳ vẫn "
            "tính; tháng này chỉ tính chi bộ đã họp."
        ),
    ),
    "attendance_pct": Ratio(
        gettext_lazy("Tỷ lệ đảng viên dự sinh hoạt"),
        "present",
        "expected",
        gettext_lazy("Lượt dự"),
        gettext_lazy("Lượt phải triệu tập"),
        gettext_lazy("Trong %(whole)s lượt đảng viên phải triệu tập."),
        gettext_lazy(
            "Số lượt đảng viên dự chia cho số lượt phải triệu tập của các kỳ sinh hoạt thường kỳ đã họp."
        ),
    ),
    "draft_resolution_pct": Ratio(
        gettext_lazy("Tỷ lệ kỳ có dự thảo nghị quyết chuẩn bị trước"),
        "draft_prepared",
        "meetings_held",
        gettext_lazy("Kỳ có dự thảo"),
        _HELD,
        _OF_HELD,
        gettext_lazy("Số kỳ có dự thảo nghị quyết trước khi họp chia cho số kỳ sinh hoạt thường kỳ đã họp."),
    ),
    "committee_meeting_pct": Ratio(
        gettext_lazy("Tỷ lệ kỳ có họp chi ủy trước"),
        "committee_met",
        "meetings_held",
        gettext_lazy("Kỳ có họp chi ủy trước"),
        _HELD,
        _OF_HELD,
        gettext_lazy("Số kỳ có chi ủy họp chuẩn bị chia cho số kỳ sinh hoạt thường kỳ đã họp."),
    ),
}


def figures_between(body: Body, start: date, end: date) -> list[Figure]:
    """Every figure of the days from `start` to `end`, both included; at most eight statements."""
    numbers = totals(body.pk, Period.between(start, end))
    return [
        Figure(
            key,
            str(of.label),
            of.value(numbers),
            str(of.unit),
            of.base % {"whole": vn_number(numbers[of.whole])},
            str(of.formula),
            trace_of(key, body, start=start, end=end),
        )
        for key, of in PERIOD_KEYS.items()
    ]
