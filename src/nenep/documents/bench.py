"""What a long paper costs: an invented report of twelve pages as PDF and as Word, never the same twice."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from nenep.documents.content import (
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Recipient,
    Signature,
    Table,
)
from nenep.shared.dates import today
from nenep.shared.measuring import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nenep.documents.content import Block
    from nenep.documents.layout import PageLayout

PARTS = 17  # make twelve pages
_SENTENCE = (
    "Chi bộ lãnh đạo thực hiện nhiệm vụ được giao, duy trì nề nếp sinh hoạt, phân công rõ người, rõ việc, rõ thời hạn; "
    "số đảng viên dự sinh hoạt đạt {share},{tenth}%, cao hơn cùng kỳ năm trước. "
)


def measures() -> Iterator[Measure]:
    # The renderers bring typst and python-docx, which no start of the program needs.
    from nenep.documents import pdf, word  # noqa: PLC0415
    from nenep.documents.layout import layout_on  # noqa: PLC0415

    layout, numbers = layout_on(today()), count(1)
    for name, render in (("pdf", pdf.render), ("docx", word.render)):
        yield Measure(f"documents.report_of_12_pages.{name}", partial(_rendered, render, layout, numbers))


def _rendered(
    render: Callable[[OfficialDocument, PageLayout], bytes], layout: PageLayout, numbers: Iterator[int]
) -> bytes:
    return render(long_report(next(numbers)), layout)


def long_report(number: int) -> OfficialDocument:
    """`number` stands in every paragraph, so that nothing that was set before is taken again."""
    return OfficialDocument(
        kind="BC",
        kind_name="BÁO CÁO",
        superior="Đảng bộ tỉnh Bình Hà",
        issuer="Đảng ủy xã Long Tân",
        number_line=f"Số {number}-BC/ĐU",
        place="Long Tân",
        day=today(),
        title=("tổng kết công tác năm",),
        blocks=tuple(block for part in range(1, PARTS + 1) for block in _part(part, number)),
        recipients=(Recipient("Tỉnh ủy", "B/c"), Recipient("Lưu Đảng ủy")),
        signatures=(Signature("Bí thư", "Ngô Văn Khải", "T/M Đảng ủy"),),
    )


def _part(part: int, number: int) -> list[Block]:
    text = _SENTENCE.format(share=number, tenth=part % 10) * 2
    rows = tuple(
        (str(row), f"Nhiệm vụ {part}.{row} của năm {number}", f"{row * part},5%") for row in range(1, 6)
    )
    return [
        Heading(f"NỘI DUNG THỨ {part}"),
        Heading("Kết quả", level=2),
        Paragraph(text),
        NumberedList((text, text), style="a)"),
        Table(("TT", "Nhiệm vụ", "Kết quả"), rows, widths=(1, 8, 3), aligned=("center", "left", "center")),
    ]
