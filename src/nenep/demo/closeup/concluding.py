"""What follows the discussion: the self-check, the notebook and the report to the committee above."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nenep.demo import words
from nenep.demo.branches import viewer
from nenep.demo.closeup.cast import on
from nenep.quality.models import Feeling, Judgement
from nenep.quality.notebook import write_note
from nenep.quality.operations import answer_self_check, questions_of
from nenep.quality.pulse import answer_pulse, is_asked
from nenep.returns.models import Return
from nenep.returns.operations import receive_return, send_back, send_return
from nenep.shared.dates import previous_month

FEELINGS = (Feeling.FREE, Feeling.FREE, Feeling.FREE, Feeling.HELD_BACK)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.demo.branches import Action, Branch
    from nenep.shared.viewer import Viewer


def checking(branches: list[Branch]) -> Iterator[Action]:
    for branch in branches:
        yield branch.at(0, 9, 40), partial(_check, branch)


def _check(branch: Branch) -> None:
    """The branch finds what the founding report finds: too few speak."""
    meeting = branch.meeting
    met: tuple[Judgement, str] = (Judgement.MET, "")
    said = dict.fromkeys((term.code for term in questions_of(meeting)), met)
    answer_self_check(meeting, said | {"democracy": (Judgement.PARTLY, words.CHECKED)}, by=branch.secretary)


def answering(branches: list[Branch]) -> Iterator[Action]:
    for branch in branches:
        yield branch.at(0, 9, 59), partial(_answer, branch)


def _answer(branch: Branch) -> None:
    """Most could say what they wanted, every fourth held something back, the chair had nothing to say."""
    meeting = branch.meeting
    for place, entry in enumerate(branch.people):
        feeling = Feeling.NOTHING if entry.member_id == meeting.chair_id else FEELINGS[place % len(FEELINGS)]
        if is_asked(meeting, entry.member_id):
            answer_pulse(meeting, feeling, by=viewer(entry.member_id))


def noting(branch: Branch) -> Iterator[Action]:
    """What the secretary of the shown branch wrote after the last months' meetings."""
    month = branch.month
    for worked, to_avoid in words.NOTEBOOK:
        month = previous_month(month)
        note = partial(
            write_note, branch.body.pk, month=month, worked=worked, to_avoid=to_avoid, by=branch.secretary
        )
        yield on(month.replace(day=9), 20), note


def reporting(branches: list[Branch], officer: Viewer) -> Iterator[Action]:
    """One report waits, one was received, one came back, and one came back and was sent anew."""
    for branch in branches:
        yield branch.at(0, 9, 50), partial(_send, branch)
    _waiting, received, returned, anew = branches
    yield received.at(0, 9, 55), lambda: _receive(received, by=officer)
    for branch in (returned, anew):
        yield branch.at(0, 9, 55), partial(_send_back, branch, by=officer)
    yield anew.at(0, 9, 58), lambda: _send(anew, remark=words.REMARK)


def _send(branch: Branch, remark: str = "") -> None:
    send_return(branch.meeting, remark=remark, by=branch.secretary)


def _receive(branch: Branch, *, by: Viewer) -> None:
    row = _return_of(branch)
    receive_return(row, seen=row.checksum, by=by)


def _send_back(branch: Branch, *, by: Viewer) -> None:
    row = _return_of(branch)
    send_back(row, about="speakers", answer=words.SENT_BACK, seen=row.checksum, by=by)


def _return_of(branch: Branch) -> Return:
    return Return.objects.select_related("meeting__body").get(meeting=branch.meeting)
