"""The counting record as an official paper, in the parts that a counting board writes by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.ballots.models import CountStatus
from nenep.ballots.reads import papers_in_words, result_in_words
from nenep.documents import heads
from nenep.documents.content import Heading, OfficialDocument, Paragraph, Signature, Table
from nenep.meetings.progress import meeting_day
from nenep.meetings.rules import rules_of
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from nenep.ballots.models import Count, Round
    from nenep.documents.content import Block


def record_of(ballot: Round) -> OfficialDocument:
    """The record of a confirmed round: its figures, what they decide, and the counts that were replaced."""
    meeting = ballot.meeting
    day = meeting_day(meeting)
    rules = rules_of(meeting)
    counts = list(ballot.counts.prefetch_related("tallies__option"))
    confirmed = next(row for row in counts if row.status == CountStatus.CONFIRMED)
    tellers = list(ballot.tellers.select_related("member"))
    return OfficialDocument(
        **heads.head("BB", meeting.body_id, day, rules),
        title=(_("Kiểm phiếu: %(subject)s") % {"subject": ballot.title},),
        blocks=(
            *_board(ballot),
            *_base(ballot),
            Heading(_("KẾT QUẢ KIỂM PHIẾU")),
            Paragraph(papers_in_words(confirmed)),
            _table(ballot, confirmed),
            *[Paragraph(said) for said in result_in_words(ballot, confirmed)],
            *_replaced(ballot, counts),
            Paragraph(_ending(confirmed)),
        ),
        signatures=(
            *[
                Signature(_("THÀNH VIÊN TỔ KIỂM PHIẾU"), row.member.full_name, side="left")
                for row in tellers
                if not row.is_head
            ],
            *[
                Signature(_("TỔ TRƯỞNG TỔ KIỂM PHIẾU"), row.member.full_name)
                for row in tellers
                if row.is_head
            ],
            Signature(rules.layout.minutes.right, meeting.chair.full_name if meeting.chair else ""),
        ),
    )


def _board(ballot: Round) -> list[Block]:
    tellers = list(ballot.tellers.select_related("member"))
    head = ", ".join(row.member.full_name for row in tellers if row.is_head)
    others = ", ".join(row.member.full_name for row in tellers if not row.is_head)
    when = _("Kỳ sinh hoạt ngày %(day)s, tại %(place)s.") % {
        "day": day_words(meeting_day(ballot.meeting)),
        "place": ballot.meeting.place,
    }
    board = _("Tổ trưởng: đồng chí %(name)s.") % {"name": head}
    if others:
        board += " " + _("Thành viên: %(names)s.") % {"names": others}
    return [Heading(_("TỔ KIỂM PHIẾU")), Paragraph(when), Paragraph(board)]


def _base(ballot: Round) -> list[Block]:
    parts = [
        (ballot.away_absent, _("đang sinh hoạt tạm thời nơi khác mà vắng mặt")),
        (ballot.exempt_absent, _("được miễn sinh hoạt mà vắng mặt")),
        (ballot.suspended, _("bị đình chỉ sinh hoạt")),
    ]
    left_out = "".join(f", trừ {number} đồng chí {words}" for number, words in parts if number)
    base = _("Kết quả tính trên %(base)d đảng viên chính thức (chi bộ có %(official)d%(left_out)s).") % {
        "base": ballot.base,
        "official": ballot.official,
        "left_out": left_out,
    }
    threshold = _("Cần %(share)s, tức ít nhất %(needed)d phiếu; %(source)s.") % {
        "share": ballot.threshold,
        "needed": ballot.needed,
        "source": ballot.citation,
    }
    blocks: list[Block] = [Heading(_("NỘI DUNG BỎ PHIẾU")), Paragraph(base), Paragraph(threshold)]
    if ballot.is_election:
        words = {"seats": ballot.seats, "names": ", ".join(option.name for option in ballot.options.all())}
        blocks.append(Paragraph(_("Bầu %(seats)d người trong danh sách: %(names)s.") % words))
    return blocks


def _table(ballot: Round, row: Count) -> Table:
    tallies = list(row.tallies.all())
    if ballot.is_question:
        tally = tallies[0]
        header: tuple[str, ...] = (_("Câu hỏi"), _("Đồng ý"), _("Không đồng ý"), _("Phiếu trắng"))
        line = (tally.option.name, str(tally.votes_for), str(tally.votes_against), str(tally.votes_blank))
        return Table(header, (line,), widths=(5, 2, 2, 2), aligned=("left", "center", "center", "center"))
    header = (
        _("TT"),
        _("Họ và tên") if ballot.is_election else _("Hình thức"),
        _("Số phiếu"),
        _("Trên %(base)d đảng viên chính thức") % {"base": ballot.base},
    )
    rows = tuple(
        (str(n), tally.option.name, str(tally.votes_for), percent(tally.votes_for, ballot.base))
        for n, tally in enumerate(tallies, 1)
    )
    return Table(header, rows, widths=(1, 5, 2, 3), aligned=("center", "left", "center", "center"))


def percent(votes: int, base: int) -> str:
    """ "56,25%": at most two digits, rounded half up, reckoned in integers. `base` is above 0."""
    hundredths = (2 * 10_000 * votes + base) // (2 * base)
    whole, rest = divmod(hundredths, 100)
    digits = f"{rest:02d}".rstrip("0")
    return f"{whole},{digits}%" if digits else f"{whole}%"


def _replaced(ballot: Round, counts: list[Count]) -> list[Block]:
    """Counts that were mistaken stay readable."""
    return [
        Paragraph(
            _("%(papers)s %(votes)s. Kiểm phiếu lại vì: %(reason)s.")
            % {
                "papers": papers_in_words(row),
                "votes": "; ".join(_votes(ballot, row)),
                "reason": row.replaced_because.rstrip("."),
            },
            lead=_("Lần kiểm phiếu %(number)d, không dùng:") % {"number": row.number},
        )
        for row in counts
        if row.status == CountStatus.REPLACED
    ]


def _votes(ballot: Round, row: Count) -> list[str]:
    tallies = list(row.tallies.all())
    if not ballot.is_question:
        return [f"{tally.option.name}: {tally.votes_for} phiếu" for tally in tallies]
    words = {
        "for": tallies[0].votes_for,
        "against": tallies[0].votes_against,
        "blank": tallies[0].votes_blank,
    }
    return [_("Đồng ý %(for)d, không đồng ý %(against)d, phiếu trắng %(blank)d") % words]


def _ending(row: Count) -> str:
    assert row.confirmed_at is not None
    at = timezone.localtime(row.confirmed_at)
    return _(
        "Kết quả được công bố tại hội nghị; biên bản lập lúc %(hour)d giờ %(minute)02d, ngày %(day)s."
    ) % {
        "hour": at.hour,
        "minute": at.minute,
        "day": day_words(at),
    }
