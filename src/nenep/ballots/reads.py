"""How a round stands, and what its count says in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from nenep.ballots.arithmetic import Figures, Line, decided
from nenep.ballots.models import Count, CountStatus, Round, Tally
from nenep.shared.keeping import keep_on, kept_on

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting


def rounds_of(meeting: Meeting) -> list[Round]:
    """The rounds of a meeting in their order, each with its confirmed count as `result`. Read anew at every call."""
    return keep_on(meeting, "ballot_rounds", list(_with_counts(meeting)))


def rounds_shown(meeting: Meeting) -> list[Round]:
    """The same for a page that has asked already: the rows of that question."""
    return kept_on(meeting, "ballot_rounds", lambda: rounds_of(meeting))


def _with_counts(meeting: Meeting) -> list[Round]:
    tallies = Prefetch("tallies", Tally.objects.select_related("option"))
    confirmed = Count.objects.filter(status=CountStatus.CONFIRMED).prefetch_related(tallies)
    rounds = Round.objects.filter(meeting=meeting)
    return list(rounds.prefetch_related(Prefetch("counts", confirmed, to_attr="confirmed")))


def result_of(ballot: Round) -> Count | None:
    """The confirmed count, None while there is none."""
    if hasattr(ballot, "confirmed"):
        return ballot.confirmed[0] if ballot.confirmed else None
    return ballot.counts.filter(status=CountStatus.CONFIRMED).first()


def names_of(ballot: Round) -> list[str]:
    return [option.name for option in ballot.options.all()]


def figures_of(row: Count) -> Figures:
    lines = tuple(
        Line(tally.votes_for, tally.votes_against, tally.votes_blank) for tally in row.tallies.all()
    )
    return Figures(row.issued, row.returned, row.valid, row.invalid, lines)


def entered_of(ballot: Round) -> Count | None:
    """The count that waits for its confirmation, None while there is none."""
    rows = ballot.counts.filter(status=CountStatus.ENTERED).select_related("entered_by")
    return rows.prefetch_related("tallies__option").first()


def judge(ballot: Round, row: Count) -> None:
    """Write into `row` and its tallies what they decide; nothing is saved. `row` comes with its tallies loaded."""
    outcome = decided(figures_of(row), ballot)
    for place, tally in enumerate(row.tallies.all()):
        tally.is_chosen, tally.is_tied = place in outcome.chosen, place in outcome.tied
    row.unfilled = outcome.unfilled if ballot.is_election else 0


def papers_in_words(row: Count) -> str:
    return _(
        "Phát ra %(issued)d phiếu, thu về %(returned)d phiếu; hợp lệ %(valid)d, không hợp lệ %(invalid)d."
    ) % {"issued": row.issued, "returned": row.returned, "valid": row.valid, "invalid": row.invalid}


def result_in_words(ballot: Round, row: Count) -> list[str]:
    """What a count decides, in full sentences: numbers over the base, what is left open, what may be done."""
    if ballot.is_election:
        return _elected(ballot, row)
    if ballot.is_question:
        return [_answered(ballot, row)]
    return [_chosen_form(ballot, row)]


def is_unanimous(ballot: Round, row: Count) -> bool:
    """Whether a question was answered with yes by everybody who is counted."""
    return ballot.is_question and row.tallies.all()[0].votes_for == ballot.base


def _answered(ballot: Round, row: Count) -> str:
    tally = row.tallies.all()[0]
    words = {
        "for": tally.votes_for,
        "against": tally.votes_against,
        "blank": tally.votes_blank,
        "base": ballot.base,
        "needed": ballot.needed,
    }
    if is_unanimous(ballot, row):
        return _("Đồng ý %(for)d/%(base)d đảng viên chính thức: nhất trí.") % words
    if tally.is_chosen:
        return (
            _(
                "Đồng ý %(for)d/%(base)d đảng viên chính thức, không đồng ý %(against)d, phiếu trắng %(blank)d: đạt."
            )
            % words
        )
    return (
        _(
            "Đồng ý %(for)d/%(base)d đảng viên chính thức, không đồng ý %(against)d, phiếu trắng %(blank)d: "
            "không đạt, cần ít nhất %(needed)d phiếu."
        )
        % words
    )


def _elected(ballot: Round, row: Count) -> list[str]:
    tallies = sorted(row.tallies.all(), key=lambda tally: -tally.votes_for)
    said = []
    if won := [tally for tally in tallies if tally.is_chosen]:
        said.append(_("Trúng cử: %(names)s.") % {"names": _with_votes(ballot, won)})
    else:
        said.append(
            _("Chưa ai trúng cử: muốn trúng cử phải được ít nhất %(needed)d/%(base)d phiếu.")
            % {"needed": ballot.needed, "base": ballot.base}
        )
    if tied := [tally for tally in tallies if tally.is_tied]:
        said.append(_("Ngang phiếu ở vị trí cuối: %(names)s.") % {"names": _with_votes(ballot, tied)})
    if row.unfilled:
        said.append(
            _("Còn thiếu %(count)d người; có bầu vòng tiếp theo hay không do chi bộ quyết định.")
            % {"count": row.unfilled}
        )
    return said


def _chosen_form(ballot: Round, row: Count) -> str:
    sum_so_far = 0
    for tally in row.tallies.all():
        sum_so_far += tally.votes_for
        words = {"name": tally.option.name, "base": ballot.base, "votes": tally.votes_for, "sum": sum_so_far}
        if tally.is_chosen and ballot.reaches(tally.votes_for):
            return _("%(name)s: đạt, được %(votes)d/%(base)d phiếu.") % words
        if tally.is_chosen:
            return (
                _("%(name)s: đạt khi cộng dồn phiếu của các hình thức nặng hơn, %(sum)d/%(base)d phiếu.")
                % words
            )
    return _("Chưa hình thức nào đủ %(needed)d phiếu trên %(base)d, kể cả khi cộng dồn.") % {
        "needed": ballot.needed,
        "base": ballot.base,
    }


def _with_votes(ballot: Round, tallies: list[Tally]) -> str:
    return ", ".join(f"{tally.option.name} ({tally.votes_for}/{ballot.base})" for tally in tallies)
