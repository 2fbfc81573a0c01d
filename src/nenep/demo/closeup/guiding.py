"""The focus of the month from the committee on top, and the branches that take it up."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from nenep.demo import words
from nenep.demo.bodies import SUCCESSOR
from nenep.demo.branches import BOARD
from nenep.demo.closeup.cast import AUDIENCE, at_work, on
from nenep.guidance.models import Audience, Guidance
from nenep.guidance.operations import draft_guidance, publish_guidance, revise_guidance
from nenep.guidance.reads import ORIGIN
from nenep.meetings.recording import record_item
from nenep.meetings.suggesting import take_suggestion
from nenep.organizations.models import Body
from nenep.shared.dates import next_month, previous_month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.demo.branches import Action, Branch
    from nenep.demo.closeup.cast import Cast
    from nenep.shared.viewer import Viewer


def actions(cast: Cast) -> Iterator[Action]:
    """Published before any branch plans its meeting; its second version comes when some have taken up the first."""
    issued = previous_month(cast.today).replace(day=10)
    officer = cast.officer(BOARD)
    yield on(issued, 9), lambda: _issue_guidance(cast.today, issued, by=officer)
    yield on(cast.today - timedelta(days=5), 8), lambda: _revise_guidance(by=officer)
    yield on(cast.today - timedelta(days=1), 16), lambda: _draft_next(cast.today, by=officer)
    for branch in (cast.shown, cast.last_meant("adopted"), cast.last_meant("closed")):
        yield branch.at(-7, 10), partial(_take_up, branch)
    planning = cast.last_meant("planned")
    yield planning.at(-8, 20, 30), lambda: _take_up(planning)
    for branch in (cast.last_meant("adopted"), cast.last_meant("closed")):
        yield at_work(branch, 5), partial(_discuss, branch)


def _issue_guidance(today: date, day: date, *, by: Viewer) -> None:
    frame = {
        "first_month": today.replace(day=1),
        "last_month": today.replace(day=1),
        "audience": Audience.UNIT_TYPE,
        "unit_type": AUDIENCE,
    }
    publish_guidance(_draft(frame, words.GUIDANCE, day, by=by), by=by)


def _revise_guidance(*, by: Viewer) -> None:
    guidance = Guidance.objects.get(status="published")
    kept = {name: getattr(guidance.current, name) for name in (*words.GUIDANCE, "source_date")}
    revise_guidance(guidance, words=kept | words.GUIDANCE_REVISED, seen=1, by=by)


def _draft_next(today: date, *, by: Viewer) -> None:
    month = next_month(today)
    frame = {"first_month": month, "last_month": month, "audience": Audience.ALL}
    _draft(frame, words.GUIDANCE_NEXT, today - timedelta(days=1), by=by)


def _draft(frame: dict[str, object], said: dict[str, str], day: date, *, by: Viewer) -> Guidance:
    top = Body.objects.get(code=SUCCESSOR)
    return draft_guidance(top.pk, frame=frame, words=said | {"source_date": day}, by=by)


def _take_up(branch: Branch) -> None:
    guidance = Guidance.objects.get(status="published")
    take_suggestion(branch.meeting, key=f"guidance:{guidance.pk}", by=branch.secretary)


def _discuss(branch: Branch) -> None:
    item = branch.meeting.items.get(origin_type=ORIGIN)
    record_item(
        item,
        notes=words.GUIDANCE_NOTES,
        conclusion=words.GUIDANCE_CONCLUSION,
        decision="",
        seen_revision=item.revision,
        by=branch.deputy,
    )
