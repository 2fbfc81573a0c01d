"""Whether the figures of a count can be true together, and what follows from them. Plain integers, no tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nenep.ballots.models import Round


@dataclass(frozen=True, slots=True)
class Line:
    """The votes of one line of the ballot; against and blank are counted for a question only."""

    votes_for: int
    votes_against: int = 0
    votes_blank: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a counting board writes down, the lines in the order of the ballot."""

    issued: int
    returned: int
    valid: int
    invalid: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`field`: issued, returned, valid, or for-0, for-1 ... by the place of the line on the ballot."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Places on the ballot: who is chosen, who shares the last seat; `unfilled` seats are left."""

    chosen: frozenset[int]
    tied: frozenset[int] = frozenset()
    unfilled: int = 0


def mismatches(figures: Figures, ballot: Round, names: Sequence[str], *, present: int) -> list[Mismatch]:
    """One sentence for each figure that cannot be true beside the others; `present`: official members who are there."""
    found = [*_of_papers(figures, ballot, present)]
    for place, (line, name) in enumerate(zip(figures.lines, names, strict=True)):
        if line.votes_for > figures.valid:
            words = {"name": name, "votes": line.votes_for, "valid": figures.valid}
            said = _("“%(name)s” được %(votes)d phiếu nhưng chỉ có %(valid)d phiếu hợp lệ.") % words
            found.append(Mismatch(f"for-{place}", said))
    return found or _of_lines(figures, ballot)


def _of_papers(figures: Figures, ballot: Round, present: int) -> list[Mismatch]:
    issued, returned, valid, invalid = figures.issued, figures.returned, figures.valid, figures.invalid
    found = []
    if issued > present:
        said = _(
            "Phát ra %(issued)d phiếu nhưng chỉ có %(present)d đảng viên chính thức dự. Đồng chí xem lại số phiếu "
            "phát ra, hoặc điểm danh."
        )
        found.append(Mismatch("issued", said % {"issued": issued, "present": present}))
    elif issued > ballot.base:
        said = _(
            "Phát ra %(issued)d phiếu nhưng lúc mở, kết quả tính trên %(base)d đảng viên chính thức. Có đồng chí "
            "đến sau thì bỏ vòng này rồi mở lại để tính đúng."
        )
        found.append(Mismatch("issued", said % {"issued": issued, "base": ballot.base}))
    if returned > issued:
        said = _("Thu về %(returned)d phiếu nhưng chỉ phát ra %(issued)d phiếu. Đồng chí đếm lại.")
        found.append(Mismatch("returned", said % {"returned": returned, "issued": issued}))
    if valid + invalid != returned:
        said = _(
            "%(valid)d phiếu hợp lệ cộng %(invalid)d phiếu không hợp lệ là %(sum)d, nhưng thu về %(returned)d phiếu. "
            "Đồng chí đếm lại."
        )
        words = {"valid": valid, "invalid": invalid, "sum": valid + invalid, "returned": returned}
        found.append(Mismatch("valid", said % words))
    return found


def _of_lines(figures: Figures, ballot: Round) -> list[Mismatch]:
    """The sums, once the single figures are possible."""
    if ballot.is_question:
        line = figures.lines[0]
        total = line.votes_for + line.votes_against + line.votes_blank
        if total == figures.valid:
            return []
        said = _(
            "Đồng ý, không đồng ý và phiếu trắng cộng lại là %(total)d, nhưng có %(valid)d phiếu hợp lệ. "
            "Đồng chí đếm lại."
        )
        return [Mismatch("for-0", said % {"total": total, "valid": figures.valid})]
    total, most = sum(line.votes_for for line in figures.lines), figures.valid * ballot.seats
    if total <= most:
        return []
    said = _(
        "Các dòng cộng lại là %(total)d, nhưng %(valid)d phiếu hợp lệ, mỗi phiếu chọn không quá %(seats)d, thì nhiều "
        "nhất là %(most)d. Phiếu chọn quá số lượng là phiếu không hợp lệ."
    )
    words = {"total": total, "valid": figures.valid, "seats": ballot.seats, "most": most}
    return [Mismatch("for-0", said % words)]


def elected(votes: Sequence[int], seats: int, reaches: Callable[[int], bool]) -> Outcome:
    """Who has enough votes, by their number, until the seats are taken; whoever ties at the last seat has none."""
    enough = sorted((place for place, count in enumerate(votes) if reaches(count)), key=lambda p: -votes[p])
    if len(enough) <= seats:
        return Outcome(frozenset(enough), unfilled=seats - len(enough))
    if votes[enough[seats - 1]] > votes[enough[seats]]:
        return Outcome(frozenset(enough[:seats]))
    last = votes[enough[seats]]
    above = frozenset(place for place in enough if votes[place] > last)
    tied = frozenset(place for place in enough if votes[place] == last)
    return Outcome(above, tied, seats - len(above))


def cumulated(votes: Sequence[int], reaches: Callable[[int], bool]) -> Outcome:
    """The form that is chosen, the heaviest standing first (regulations.md 3.3).

    One that has enough by itself; else the votes of the heavier count for the next lighter one, until it is enough.
    """
    for place, count in enumerate(votes):
        if reaches(count):
            return Outcome(frozenset({place}))
    for place in range(len(votes)):
        if reaches(sum(votes[: place + 1])):
            return Outcome(frozenset({place}))
    return Outcome(frozenset())


def decided(figures: Figures, ballot: Round) -> Outcome:
    """What the figures decide by the threshold and the base of the round."""
    votes = [line.votes_for for line in figures.lines]
    if ballot.is_election:
        return elected(votes, ballot.seats, ballot.reaches)
    return cumulated(votes, ballot.reaches)
