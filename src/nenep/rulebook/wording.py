"""Rules in the words of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.rulebook.layout import Layout, LineEntry
    from nenep.rulebook.provenance import Sourced
    from nenep.rulebook.values import Rule, Stated
    from nenep.rulebook.vocabulary import Vocabulary


def said(rule: Rule, vocabulary: Vocabulary) -> str:
    value = rule.value
    if value is None:
        return _("chưa tìm thấy") if rule.source.label == "NOT-FOUND" else _("không định sẵn")
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, tuple):
        return ", ".join(vocabulary.term("codes", code).label for code in value)
    if rule.unit:
        return vocabulary.term("units", rule.unit).label % {"n": value}
    return vocabulary.term("codes", value).label if isinstance(value, str) else str(value)


def confidence(stated: Stated | Sourced) -> str:
    """How the statement became known."""
    label = stated.source.label.removesuffix("-LOCAL")
    return {
        "FOUND-A": _("đọc trích đoạn của chính văn bản hoặc trang chính thức"),
        "FOUND-B": _("báo chí, trang thông tin pháp luật"),
        "FOUND-A/B": _("trang chính thức, báo chí"),
        "FOUND-B/C": _("báo chí và tệp của người thực hành"),
        "FOUND-C": _("tệp của người thực hành"),
        "FOUND": _("nguồn chưa phân loại"),
        "RECALLED": _("theo trí nhớ"),
        "DERIVED": _("phần mềm suy ra"),
        "LOCAL": _("quy định của địa phương"),
        "NOT-FOUND": _("đã tìm, chưa thấy"),
    }[label]


def fraction(num: int, den: int, *, strict: bool) -> str:
    if strict and den == 2 * num:
        return _("quá nửa")
    named = {"num": num, "den": den}
    return _("trên %(num)s/%(den)s") % named if strict else _("từ %(num)s/%(den)s trở lên") % named


def layout_lines(layout: Layout) -> Iterator[tuple[str, str, Sourced]]:
    """(what, how, whose word) for each part of the page."""
    page, body, date, signature = layout.page, layout.body, layout.date_rule, layout.signature
    yield _("Khổ giấy, lề"), _page(layout), page
    yield _("Phông chữ"), f"{layout.font.family}, {layout.font.encoding}", layout.font
    for name, line in (
        (_("Tiêu đề “Đảng Cộng sản Việt Nam”"), layout.party),
        (_("Tên cơ quan cấp trên"), layout.superior),
        (_("Tên cơ quan ban hành"), layout.issuer),
        (_("Số, ký hiệu"), layout.number),
        (_("Địa danh, ngày tháng"), layout.place_and_date),
        (_("Tên loại văn bản"), layout.kind_name),
        (_("Trích yếu"), layout.summary),
        (_("Trích yếu của công văn"), layout.letter_summary),
    ):
        yield name, _line(line), line
    yield _("Lời văn"), _span(body.size_pt, body.size_max_pt), body
    yield _("Lời mở đầu"), ", ".join(layout.salutation.by_kind.values()), layout.salutation
    yield _("Điều của quyết định"), layout.decision.article.format(number=1), layout.decision
    yield _("Cách ghi ngày"), _date(layout), date
    yield _("Đề mục"), ", ".join(layout.headings.levels), layout.headings
    yield _("Thứ tự chữ cái"), ", ".join(layout.headings.letters), layout.headings
    yield _("Chữ ký của chi bộ"), f"{signature.collective} {signature.branch_as}", signature
    yield _("Nơi nhận"), layout.recipients.heading, layout.recipients


def _page(layout: Layout) -> str:
    page = layout.page
    return _("%(paper)s; trên %(top)s mm, dưới %(bottom)s mm, trái %(left)s mm, phải %(right)s mm") % {
        "paper": page.paper,
        "top": page.top_mm,
        "bottom": page.bottom_mm,
        "left": page.left_mm,
        "right": page.right_mm,
    }


def _date(layout: Layout) -> str:
    rule = layout.date_rule
    return _("số 0 đứng trước ngày nhỏ hơn %(day)s và tháng đến tháng %(month)s") % {
        "day": rule.day_zero_below,
        "month": rule.month_zero_up_to,
    }


def _line(line: LineEntry) -> str:
    traits = {_("đậm"): line.bold, _("nghiêng"): line.italic, _("chữ in hoa"): line.caps}
    traits[_("có gạch dưới bằng độ dài dòng chữ")] = line.line_below
    return ", ".join([_span(line.size_pt, line.size_max_pt), *(word for word, on in traits.items() if on)])


def _span(least: int, most: int | None) -> str:
    if most is None or most == least:
        return _("cỡ %(size)s") % {"size": least}
    return _("cỡ %(least)s đến %(most)s") % {"least": least, "most": most}
