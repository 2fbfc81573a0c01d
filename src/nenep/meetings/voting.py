"""Votes that are not secret, counted on the right base (regulations.md 3.2)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings.attendance import count
from nenep.meetings.models import AgendaItem, Meeting, MeetingStatus, Vote
from nenep.meetings.rules import rules_of
from nenep.shared.dates import now
from nenep.shared.once import is_stored, made_before
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from uuid import UUID

    from nenep.meetings.attendance import Counts
    from nenep.rulebook.values import Rule
    from nenep.rulebook.votes import VoteRule
    from nenep.shared.viewer import Viewer


class Base(TypedDict):
    """Over whom a vote is counted, with its parts: columns of every table that keeps a count."""

    official: int
    away_absent: int
    exempt_absent: int
    suspended: int
    base: int


class Numbers(TypedDict):
    counts: Counts
    attendance_rule: Rule
    base: int
    vote_rule: VoteRule


@dataclass(frozen=True, slots=True)
class Hands:
    """A show of hands as it was counted; `kind` is a kind of vote of the pack of the day."""

    subject: str
    kind: str
    votes_for: int
    votes_against: int = 0
    votes_other: int = 0


def hand_votes(meeting: Meeting) -> list[VoteRule]:
    """The kinds of vote that the pack of the day does not reserve to a secret ballot."""
    return [rule for rule in rules_of(meeting).votes.values() if rule.ballot != "secret"]


def secret_votes(meeting: Meeting) -> list[VoteRule]:
    """The kinds of vote that the pack of the day demands or allows as a secret ballot."""
    return [rule for rule in rules_of(meeting).votes.values() if rule.ballot != "hand"]


def rule_for(meeting: Meeting, kind: str) -> VoteRule:
    return rules_of(meeting).vote(kind)


def numbers_now(meeting: Meeting, counts: Counts | None = None) -> Numbers:
    """The two numbers of a room with their rules: over whom the roll call is counted, and over whom a vote."""
    counts = counts or count(meeting)
    rules = rules_of(meeting)
    vote_rule = rules.vote("ordinary_resolution")  # every kind has the same base
    return Numbers(
        counts=counts,
        attendance_rule=rules.meeting.outside_base,
        base=vote_rule.base(counts.official, **_left_out(counts)),
        vote_rule=vote_rule,
    )


@transaction.atomic
def count_vote(
    meeting: Meeting,
    *,
    subject: str,
    kind: str,
    votes_for: int,
    votes_against: int = 0,
    votes_other: int = 0,
    item: AgendaItem | None = None,
    once: UUID | None = None,
    by: Viewer | None,
) -> Vote:
    """Fix a count, of hands or by name, together with its base and its threshold.

    The base is the official members less the absences that the pack names; more hands than official members
    present, a kind that needs a secret ballot and a meeting that is not running are refused. `once`: the key of the
    page; sent twice it is one count, and with other numbers it is refused.
    """
    hold(meeting, MeetingStatus.OPENED, says=_("Chỉ biểu quyết được khi kỳ sinh hoạt đang diễn ra."))
    if item is not None and item.meeting_id != meeting.pk:
        raise ValueError(f"item {item.pk} belongs to meeting {item.meeting_id}, not {meeting.pk}")
    hands = Hands(subject, kind, votes_for, votes_against, votes_other)
    if found := made_before(meeting.votes.all(), once):
        if not is_stored(found, asdict(hands)):
            raise Refused(
                _(
                    "Trang này đã ghi kết quả “%(subject)s”: %(votes)d/%(base)d tán thành. Nếu ghi nhầm thì đồng chí "
                    "bỏ kết quả ấy ở trang ghi biên bản rồi đếm lại."
                )
                % {"subject": found.subject, "votes": found.votes_for, "base": found.base}
            )
        return found
    return write_vote(meeting, hands, item=item, once=once, by=by)


def write_vote(
    meeting: Meeting,
    said: Hands,
    *,
    item: AgendaItem | None = None,
    once: UUID | None = None,
    by: Viewer | None,
) -> Vote:
    """`count_vote` for a caller that holds the meeting and has its roll call."""
    rule = rule_for(meeting, said.kind)
    if rule.ballot == "secret":
        raise Refused(_("“%(kind)s” phải bỏ phiếu kín trên giấy.") % {"kind": rule.name})
    counts = count(meeting)
    hands = said.votes_for + said.votes_against + said.votes_other
    if hands > counts.present_official:
        raise Refused(
            _("Đã đếm %(hands)d ý kiến nhưng chỉ có %(present)d đảng viên chính thức dự. Đồng chí đếm lại.")
            % {"hands": hands, "present": counts.present_official}
        )
    parts = base_of(rule, counts)
    base = parts["base"]
    vote = Vote(
        meeting=meeting,
        item=item,
        subject=said.subject,
        kind=said.kind,
        once=once,
        pack=rule.pack.id,
        num=rule.num,
        den=rule.den,
        strict=rule.strict,
        citation=rule.citation,
        **parts,
        votes_for=said.votes_for,
        votes_against=said.votes_against,
        votes_other=said.votes_other,
        present_official=counts.present_official,
        passed=rule.passes(said.votes_for, base),
        counted_at=now(),
    )
    vote.full_clean()
    vote.save()
    record("vote.counted", by=by, body=meeting.body_id, obj=vote, votes_for=vote.votes_for, base=base)
    return vote


@transaction.atomic
def withdraw_vote(vote: Vote, *, by: Viewer | None) -> None:
    """A count written down by mistake, or twice, goes while the meeting runs; the journal keeps that it was."""
    hold(
        vote.meeting,
        MeetingStatus.OPENED,
        says=_("Kết quả biểu quyết chỉ bỏ được khi kỳ sinh hoạt đang diễn ra."),
    )
    record(
        "vote.withdrawn",
        by=by,
        body=vote.meeting.body_id,
        obj=vote,
        votes_for=vote.votes_for,
        base=vote.base,
    )
    try:
        vote.delete()
    except ProtectedError as error:
        raise Refused(
            _("Kết quả này là của nghị quyết hoặc của biểu quyết ghi tên nên không bỏ riêng được.")
        ) from error


def base_of(rule: VoteRule, counts: Counts) -> Base:
    """The base of a vote on this roll call; a part that the pack does not leave out is 0."""
    left_out = _left_out(counts)
    kept = {name: number if name in rule.minus else 0 for name, number in left_out.items()}
    return Base(
        official=counts.official,
        away_absent=kept["away_temp_absent"],
        exempt_absent=kept["exempt_absent"],
        suspended=kept["suspended"],
        base=rule.base(counts.official, **left_out),
    )


def _left_out(counts: Counts) -> dict[str, int]:
    return {
        "away_temp_absent": counts.official_away_absent,
        "exempt_absent": counts.official_exempt_absent,
        "suspended": counts.official_suspended,
    }
