"""What members raised: last quarter in several branches of one organization, this month in the shown branch."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from nenep.concerns.models import Concern, Theme, Way
from nenep.concerns.official import publish_answer
from nenep.concerns.operations import answer_concern, pass_up, raise_concern
from nenep.demo import words
from nenep.demo.bodies import SUCCESSOR
from nenep.demo.branches import BOARD, ORGANIZATION, shown_member, viewer
from nenep.demo.closeup.cast import on
from nenep.organizations.models import Body
from nenep.people.models import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nenep.demo.branches import Action, Branch
    from nenep.demo.closeup.cast import Cast
    from nenep.shared.viewer import Viewer

MANY = 6  # branches: more than hide each other in the figures of their committee


def actions(cast: Cast) -> Iterator[Action]:
    organization = Body.objects.get(code=ORGANIZATION).pk
    below = set(
        Body.objects.on(cast.today).branches().under(organization, cast.today).values_list("pk", flat=True)
    )
    quarter = cast.today.replace(month=cast.today.month - (cast.today.month - 1) % 3, day=1)
    for place, branch in enumerate([one for one in cast.branches if one.body.pk in below][:MANY]):
        for days, said in zip((70, 40), words.CONCERNS_OF_MANY, strict=True):
            raised = quarter - timedelta(days=days - place)
            yield from _answered(branch, said, _members(branch)[-1], raised)
    yield from _in(cast.shown, cast.today)
    yield from _doubted(cast)


def _in(branch: Branch, today: date) -> Iterator[Action]:
    """Answered; for the agenda with and without a name; overdue; passed up. Some are of the demo's plain member."""
    others = [one for one in _members(branch) if one != shown_member()]
    member = shown_member() or others[0]
    yield from _answered(branch, words.CONCERN_ANSWERED, member, today - timedelta(days=30))
    raised = (
        (20, words.CONCERN_LATE, Way.SECRETARY_ONLY, others[0]),
        (12, words.CONCERN_PASSED, Way.SECRETARY_ONLY, others[1]),
        (6, words.CONCERN_READ, Way.READ_BY_CHAIR, others[2]),
        (4, words.CONCERN_NAMED, Way.NAMED, member),
    )
    for days, said, way, author in raised:
        yield on(today - timedelta(days=days), 19), partial(_raise, branch, said, way, author)
    yield on(today - timedelta(days=9), 20), lambda: _pass_up(branch, words.CONCERN_PASSED[1])


def _doubted(cast: Cast) -> Iterator[Action]:
    """What went past the next committee, was answered there and published to all below."""
    branch, day = cast.shown, cast.today - timedelta(days=16)
    member = _members(branch)[1]
    said = words.DOUBT
    yield on(day, 19), partial(_raise, branch, ("doubt", said), Way.SECRETARY_ONLY, member)
    yield on(day + timedelta(days=1), 20), lambda: _pass_up(branch, said, to=SUCCESSOR)
    officer = cast.officer(BOARD)
    yield on(day + timedelta(days=4), 9), lambda: _publish(branch, by=officer)


def _publish(branch: Branch, *, by: Viewer) -> None:
    concern = Concern.objects.get(body=branch.body, text=words.DOUBT)
    answer_concern(concern, answer=words.OFFICIAL["answer"], by=by)
    publish_answer(concern, by=by, **words.OFFICIAL)


def _answered(branch: Branch, said: tuple[str, str, str], author: int, day: date) -> Iterator[Action]:
    theme, text, answer = said
    yield on(day, 19), partial(_raise, branch, (theme, text), Way.SECRETARY_ONLY, author)
    yield on(day + timedelta(days=5), 20), partial(_answer, branch, text, answer)


def _members(branch: Branch) -> list[int]:
    """Those of the branch who do not lead and take part in its life, in the order of the list."""
    plain = {Status.OFFICIAL, Status.PROBATIONARY}
    own = [entry for entry in branch.people if entry.status in plain and not entry.is_guest]
    return [entry.member_id for entry in own if entry.member_id not in branch.leaders]


def _raise(branch: Branch, said: tuple[str, str], way: Way, author: int) -> None:
    theme, text = said
    raise_concern(branch.body.pk, theme=Theme(theme), text=text, way=way, by=viewer(author))


def _answer(branch: Branch, text: str, answer: str) -> None:
    answer_concern(Concern.objects.get(body=branch.body, text=text), answer=answer, by=branch.secretary)


def _pass_up(branch: Branch, text: str, *, to: str = "") -> None:
    """`to`: the code of a committee further up."""
    concern = Concern.objects.get(body=branch.body, text=text)
    committee = Body.objects.get(code=to).pk if to else None
    pass_up(concern, asked=words.CONCERN_ASKED, to=committee, by=branch.secretary)
