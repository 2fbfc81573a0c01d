"""The minutes of a briefing as an official paper. They have no number, as other minutes have none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.briefings.figures import bodies_of, body_figures, lines_of, total
from nenep.briefings.reads import carried, named
from nenep.documents import heads
from nenep.documents.content import Heading, OfficialDocument, Paragraph, Table
from nenep.documents.storing import from_json
from nenep.organizations.reads import rules_for
from nenep.shared.words import day_words, moment_words, month_words

if TYPE_CHECKING:
    from nenep.briefings.figures import BodyFigures, Line
    from nenep.briefings.models import Briefing, Decision
    from nenep.documents.content import Block


def content_of(briefing: Briefing) -> OfficialDocument:
    """The minutes as they stand: frozen once the briefing is closed, else composed afresh as a draft."""
    if briefing.content is not None:
        content = from_json(briefing.content)
        return replace(content, day=content.day or briefing.day)  # papers kept before did not know their day
    return compose(briefing, body_figures(briefing), note=_("Dự thảo, giao ban chưa kết thúc."))


def compose(
    briefing: Briefing, rows: list[BodyFigures], *, written_by: str = "", note: str = ""
) -> OfficialDocument:
    """Sums of the whole cluster alone: the paper goes to all its bodies."""
    owner, day = briefing.cluster.owner_id, briefing.day
    rules = rules_for(owner, day)
    return OfficialDocument(
        **heads.head("BB", owner, day, rules, by_committee=True),
        title=(_("Giao ban %(cluster)s, %(period)s") % _words(briefing),),
        blocks=(
            *_opening(briefing),
            *_figures(briefing, lines_of(total(rows))),
            *_decisions(_("VIỆC CỦA LẦN GIAO BAN TRƯỚC CHƯA XONG"), carried(briefing)),
            *_discussion(briefing),
            *_conclusions(briefing),
            *_decisions(_("VIỆC GIAO CHO TỪNG TỔ CHỨC"), named(briefing.decisions.in_order(), briefing.day)),
        ),
        signatures=heads.signed_minutes(
            rules, written_by, briefing.chair.full_name if briefing.chair else "", chaired=_("CHỦ TRÌ")
        ),
        note=note,
    )


def period_words(briefing: Briefing) -> str:
    first, last = month_words(briefing.first_month), month_words(briefing.last_month)
    if first == last:
        return _("tháng %(month)s") % {"month": first}
    return _("từ tháng %(first)s đến tháng %(last)s") % {"first": first, "last": last}


def _words(briefing: Briefing) -> dict[str, str]:
    return {"cluster": briefing.of_cluster, "period": period_words(briefing)}


def _opening(briefing: Briefing) -> list[Block]:
    when = _("Giao ban lúc %(time)s.") % {"time": moment_words(briefing.starts_at)}
    if briefing.place:
        words = {"time": moment_words(briefing.starts_at), "place": briefing.place}
        when = _("Giao ban lúc %(time)s, tại %(place)s.") % words
    blocks: list[Block] = [Heading(_("THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN")), Paragraph(when)]
    if briefing.chair:
        blocks.append(Paragraph(_("Chủ trì: đồng chí %(name)s.") % {"name": briefing.chair.full_name}))
    came = set(briefing.represented.values_list("body_id", flat=True))
    if not came:
        return blocks
    bodies = bodies_of(briefing)
    counts = _("Cụm có %(all)d tổ chức, %(came)d tổ chức có đại diện dự.")
    blocks.append(Paragraph(counts % {"all": len(bodies), "came": len(came)}))
    for lead, names in (
        (_("Có đại diện dự:"), [body.name for body in bodies if body.pk in came]),
        (_("Không có đại diện dự:"), [body.name for body in bodies if body.pk not in came]),
    ):
        blocks += [Paragraph(f"{'; '.join(names)}.", lead=lead)] if names else []
    return blocks


def _figures(briefing: Briefing, lines: list[Line]) -> list[Block]:
    rows = tuple((line.label, _value(line), line.base or "–") for line in lines)
    header = (_("Nội dung"), _("Số liệu"), _("Cơ sở tính"))
    heading = Heading(
        _("SỐ LIỆU CÁC CHI BỘ TRONG CỤM, %(period)s") % {"period": period_words(briefing).upper()}
    )
    return [heading, Table(header, rows, widths=(5, 2, 5), aligned=("left", "center", "left"))]


def _value(line: Line) -> str:
    if line.value is None:
        return _("chưa có số liệu")
    number = f"{line.value:g}".replace(".", ",")
    return f"{number}%" if line.unit == "%" else f"{number} {line.unit}"


def _discussion(briefing: Briefing) -> list[Block]:
    if not briefing.question:
        return []
    rows = tuple((method.get_unit_type_display(), method.text) for method in briefing.methods.all())
    blocks: list[Block] = [
        Heading(_("THẢO LUẬN CHUYÊN ĐỀ")),
        Paragraph(briefing.question, lead=_("Câu hỏi:")),
    ]
    return (
        [*blocks, Table((_("Loại hình"), _("Cách làm đã thống nhất")), rows, widths=(3, 7))]
        if rows
        else blocks
    )


def _conclusions(briefing: Briefing) -> list[Block]:
    return [Heading(_("KẾT LUẬN")), Paragraph(briefing.conclusions)] if briefing.conclusions else []


def _decisions(heading: str, decisions: list[Decision]) -> list[Block]:
    rows = tuple(
        (str(number), row.body_name, row.what, day_words(row.due_on))
        for number, row in enumerate(decisions, 1)
    )
    header = (_("TT"), _("Tổ chức"), _("Việc"), _("Thời hạn"))
    table = Table(header, rows, widths=(1, 4, 5, 2), aligned=("center", "left", "left", "center"))
    return [Heading(heading), table] if rows else []
