"""Verbs of a secret ballot. Each locks the meeting and then the round, as whoever closes the meeting locks it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.ballots.arithmetic import mismatches
from nenep.ballots.drawing_up import draw_up
from nenep.ballots.models import Count, CountStatus, Round, RoundStatus, Tally
from nenep.ballots.reads import entered_of, figures_of, judge, names_of
from nenep.journal.operations import record
from nenep.meetings.attendance import count
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.shared.dates import now
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from nenep.ballots.arithmetic import Figures
    from nenep.meetings.models import AgendaItem
    from nenep.shared.viewer import Viewer


@transaction.atomic
def open_round(
    meeting: Meeting,
    *,
    subject: str,
    kind: str,
    head: int,
    board: Sequence[int] = (),
    candidates: Sequence[int] = (),
    forms: Sequence[str] = (),
    seats: int = 1,
    item: AgendaItem | None = None,
    once: UUID | None = None,
    by: Viewer | None,
) -> Round:
    """Fix what stands on the ballot, who counts, and over whom it is counted by the roll call of now.

    `head`, `board`, `candidates`: ids of members. Candidates where the kind elects, `forms` (the heaviest first)
    where one form is chosen, neither for a question. Refused while somebody has not been called yet.
    """
    _hold_meeting(meeting)
    if made := made_before(meeting.ballot_rounds.all(), once):
        return made
    if item is not None and item.meeting_id != meeting.pk:
        raise ValueError(f"item {item.pk} belongs to meeting {item.meeting_id}, not {meeting.pk}")
    ballot = Round(meeting=meeting, item=item, subject=subject, kind=kind, seats=seats, once=once)
    draw_up(ballot, head=head, board=board, candidates=candidates, forms=forms)
    record("ballot.opened", by=by, body=meeting.body_id, obj=ballot, base=ballot.base)
    return ballot


@transaction.atomic
def open_further_round(
    previous: Round,
    *,
    candidates: Sequence[int],
    seats: int,
    head: int,
    board: Sequence[int] = (),
    by: Viewer | None,
) -> Round:
    """Vote again over seats that nobody has won, by decision of the meeting, among those who remain.

    Sent twice it is one round: the second sending gets what the first made.
    """
    _hold_meeting(previous.meeting)
    hold(
        previous,
        RoundStatus.CONFIRMED,
        says=_("Vòng trước chưa chốt kết quả nên chưa mở được vòng tiếp theo."),
    )
    if made := Round.objects.filter(previous=previous).first():
        return made
    result = previous.counts.get(status=CountStatus.CONFIRMED)
    if not result.unfilled:
        raise Refused(_("Vòng trước đã bầu đủ số lượng nên không cần vòng tiếp theo."))
    if seats > result.unfilled:
        raise Refused(_("Chỉ còn thiếu %(count)d người.") % {"count": result.unfilled}, field="seats")
    won = set(result.tallies.filter(is_chosen=True).values_list("option__member", flat=True))
    if won.intersection(candidates):
        raise Refused(_("Người đã trúng cử không đứng trong danh sách vòng sau."), field="candidates")
    ballot = Round(
        meeting=previous.meeting,
        item=previous.item,
        previous=previous,
        number=previous.number + 1,
        subject=previous.subject,
        kind=previous.kind,
        seats=seats,
    )
    draw_up(ballot, head=head, board=board, candidates=candidates)
    record("ballot.opened", by=by, body=ballot.meeting.body_id, obj=ballot, base=ballot.base)
    return ballot


@transaction.atomic
def withdraw_round(ballot: Round, *, by: Viewer | None) -> None:
    """Opened by mistake, or somebody came later: it goes as long as no count has been entered."""
    _hold(ballot)
    if ballot.counts.exists():
        raise Refused(_("Đã nhập số kiểm phiếu nên không bỏ vòng này được nữa. Đồng chí chốt kết quả."))
    record("ballot.withdrawn", by=by, body=ballot.meeting.body_id, obj=ballot)
    ballot.delete()


@transaction.atomic
def enter_count(ballot: Round, figures: Figures, *, seen_revision: int = 0, by: Viewer | None) -> Count:
    """Write down what the board counted; it may be written anew until it is confirmed.

    `seen_revision`: of the figures that the page showed, 0 for none; refused when somebody wrote others meanwhile.
    """
    _hold(ballot)
    kept = ballot.counts.filter(status=CountStatus.ENTERED).first()
    _require_seen(kept, seen_revision)
    _require_sums(ballot, figures)
    row = kept or Count(round=ballot, number=ballot.counts.count() + 1, revision=0)
    row.issued, row.returned = figures.issued, figures.returned
    row.valid, row.invalid = figures.valid, figures.invalid
    row.entered_by_id, row.entered_at = member_of(by), now()
    row.revision += 1
    row.save()
    row.tallies.all().delete()
    Tally.objects.bulk_create(
        Tally(
            count=row,
            option=option,
            votes_for=line.votes_for,
            votes_against=line.votes_against,
            votes_blank=line.votes_blank,
        )
        for option, line in zip(ballot.options.all(), figures.lines, strict=True)
    )
    record("ballot.count_entered", by=by, body=ballot.meeting.body_id, obj=ballot, number=row.number)
    return row


@transaction.atomic
def confirm_count(ballot: Round, *, seen_revision: int, by: Viewer | None) -> Count:
    """Lock exactly the figures that were seen, with what they decide. They never change afterwards."""
    _hold(ballot)
    row = entered_of(ballot)
    if row is None:
        raise Refused(_("Chưa có số kiểm phiếu để chốt. Đồng chí nhập số trước."))
    _require_seen(row, seen_revision)
    _require_sums(ballot, figures_of(row))
    judge(ballot, row)
    Tally.objects.bulk_update(row.tallies.all(), ["is_chosen", "is_tied"])
    move(
        row,
        CountStatus.CONFIRMED,
        confirmed_at=now(),
        confirmed_by_id=member_of(by),
        unfilled=row.unfilled,
    )
    move(ballot, RoundStatus.CONFIRMED)
    body = ballot.meeting.body_id
    record(
        "ballot.confirmed",
        by=by,
        body=body,
        obj=ballot,
        number=row.number,
        issued=row.issued,
        valid=row.valid,
    )
    return row


@transaction.atomic
def recount(ballot: Round, *, reason: str, by: Viewer | None) -> None:
    """A confirmed count was mistaken: it stays, marked, with the reason, and the ballots are counted once more."""
    _hold_meeting(ballot.meeting)
    hold(ballot, RoundStatus.CONFIRMED, says=_("Kết quả chưa chốt nên đồng chí sửa thẳng số kiểm phiếu."))
    if Round.objects.filter(previous=ballot).exists():
        raise Refused(_("Đã mở vòng tiếp theo từ kết quả này nên không kiểm phiếu lại được nữa."))
    mistaken = ballot.counts.get(status=CountStatus.CONFIRMED)
    move(mistaken, CountStatus.REPLACED, replaced_because=reason.strip(), replaced_at=now())
    move(ballot, RoundStatus.OPEN)
    record("ballot.recounted", by=by, body=ballot.meeting.body_id, obj=ballot, number=mistaken.number)


def _hold_meeting(meeting: Meeting) -> None:
    hold(
        meeting, MeetingStatus.OPENED, says=_("Chỉ bỏ phiếu, kiểm phiếu được khi kỳ sinh hoạt đang diễn ra.")
    )


def _hold(ballot: Round) -> None:
    _hold_meeting(ballot.meeting)
    hold(
        ballot,
        RoundStatus.OPEN,
        says=_("Kết quả đã chốt nên không sửa được nữa. Sai thì cho kiểm phiếu lại."),
    )


def _require_seen(kept: Count | None, seen_revision: int) -> None:
    if seen_revision != (kept.revision if kept else 0):
        raise Refused(
            _("Đồng chí khác vừa nhập số kiểm phiếu, ghi ở trên. Đồng chí so với phiếu rồi làm lại bước này.")
        )


def _require_sums(ballot: Round, figures: Figures) -> None:
    present = count(ballot.meeting).present_official
    if found := mismatches(figures, ballot, names_of(ballot), present=present):
        raise Refused(" ".join(mismatch.sentence for mismatch in found))
