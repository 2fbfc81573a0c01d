"""How a round comes to its ballot, its board and its base, by the roll call and the rule pack of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.ballots.models import Mode, Option, Teller
from nenep.meetings.attendance import count, lines_of
from nenep.meetings.rules import rules_of
from nenep.meetings.voting import base_of, rule_for
from nenep.shared.dates import now
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean, name_sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nenep.ballots.models import Round
    from nenep.meetings.attendance import Line
    from nenep.meetings.models import Meeting
    from nenep.rulebook.votes import VoteRule


# The lines of one ballot: each is a row, saved while on SQLite nobody else can save.
MOST_FORMS = 20
LONGEST_FORM = 300  # characters, as `Option.name` holds


def mode_of(rule: VoteRule) -> Mode:
    if rule.elects:
        return Mode.NAMES
    return Mode.FORMS if rule.cumulate_down else Mode.QUESTION


def electable(lines: Iterable[Line]) -> dict[int, str]:
    """Names of the official members of the branch, there or not, by id: a probationary member does not stand."""
    return {
        line.entry.member_id: line.entry.name
        for line in lines
        if line.entry.is_official and not line.entry.is_guest
    }


def able_to_count(lines: Iterable[Line]) -> dict[int, str]:
    """Names of the official members who are there, by id: the counting board is chosen among them."""
    return electable(line for line in lines if line.is_there)


def draw_up(
    ballot: Round,
    *,
    head: int,
    board: Sequence[int],
    candidates: Sequence[int] = (),
    forms: Sequence[str] = (),
) -> None:
    """Save a new round with its options and its board. The caller holds the meeting."""
    meeting = ballot.meeting
    rule = rule_for(meeting, ballot.kind)
    if rule.ballot == "hand":
        raise Refused(_("“%(kind)s” thì biểu quyết giơ tay, không bỏ phiếu kín.") % {"kind": rule.name})
    lines = lines_of(meeting)
    counts = count(meeting, lines)
    if counts.uncalled:
        raise Refused(
            _(
                "Còn %(count)d đồng chí chưa điểm danh. Đồng chí điểm danh đủ rồi mới mở, vì kết quả tính theo đó."
            )
            % {"count": counts.uncalled}
        )
    ballot.mode = mode_of(rule)
    options = _options(ballot, electable(lines), candidates, forms)
    tellers = _tellers(lines, head, board, candidates)
    for name, value in base_of(rule, counts).items():
        setattr(ballot, name, value)
    ballot.present_official = counts.present_official
    ballot.pack, ballot.citation = rule.pack.id, rule.citation
    ballot.num, ballot.den, ballot.strict = rule.num, rule.den, rule.strict
    ballot.opened_at = now()
    ballot.full_clean()
    ballot.save()
    rows: list[Option | Teller] = [*options, *tellers]
    for row in rows:
        row.round = ballot
        row.full_clean()
        row.save()


def _options(
    ballot: Round, people: dict[int, str], candidates: Sequence[int], forms: Sequence[str]
) -> list[Option]:
    if ballot.mode == Mode.NAMES:
        return _candidates(ballot, people, candidates)
    ballot.seats = 1
    if ballot.mode == Mode.QUESTION:
        return [Option(position=1, name=ballot.subject)]
    names = list(dict.fromkeys(name for name in map(clean, forms) if name))
    if not names:
        raise Refused(
            _("Đồng chí ghi các hình thức, mỗi dòng một hình thức, nặng nhất trước."), field="forms"
        )
    if len(names) > MOST_FORMS or max(map(len, names)) > LONGEST_FORM:
        raise Refused(
            _(
                "Một phiếu có nhiều nhất %(most)d hình thức, mỗi dòng dài nhất %(length)d chữ. Đồng chí viết gọn lại."
            )
            % {"most": MOST_FORMS, "length": LONGEST_FORM},
            field="forms",
        )
    return [Option(position=place, name=name) for place, name in enumerate(names, 1)]


def _candidates(ballot: Round, people: dict[int, str], candidates: Sequence[int]) -> list[Option]:
    if not candidates:
        raise Refused(_("Đồng chí chọn những người trong danh sách bầu."), field="candidates")
    if strangers := set(candidates) - people.keys():
        raise Refused(
            _("Có %(count)d người không phải đảng viên chính thức của chi bộ.") % {"count": len(strangers)},
            field="candidates",
        )
    if not 1 <= ballot.seats <= len(set(candidates)):
        raise Refused(
            _("Danh sách có %(count)d người nên số lượng được bầu từ 1 đến %(count)d.")
            % {"count": len(set(candidates))},
            field="seats",
        )
    chosen = [member_id for member_id in people if member_id in set(candidates)]
    if is_alphabetical(ballot.meeting):
        chosen.sort(key=lambda member_id: name_sort_key(people[member_id]))
    return [Option(position=n, name=people[pk], member_id=pk) for n, pk in enumerate(chosen, 1)]


def is_alphabetical(meeting: Meeting) -> bool:
    """Whether the pack of the day puts the names of a ballot in the order A, B, C."""
    return rules_of(meeting).rule("ballot.name_order").value == "alphabetical"


def _tellers(lines: list[Line], head: int, board: Sequence[int], candidates: Sequence[int]) -> list[Teller]:
    able = able_to_count(lines)
    chosen = [head, *(member_id for member_id in dict.fromkeys(board) if member_id != head)]
    if not able.keys() >= set(chosen):
        raise Refused(_("Tổ kiểm phiếu gồm đảng viên chính thức đang có mặt. Đồng chí xem lại điểm danh."))
    if both := [able[member_id] for member_id in chosen if member_id in set(candidates)]:
        raise Refused(
            _("Người có tên trong danh sách bầu không tham gia tổ kiểm phiếu: %(names)s.")
            % {"names": ", ".join(both)}
        )
    return [Teller(member_id=member_id, is_head=member_id == head) for member_id in chosen]
