"""Two briefings of the cluster in which the shown branch stands: last month's is closed, the next one is open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nenep.briefings.figures import bodies_of
from nenep.briefings.models import Briefing, Decision
from nenep.briefings.operations import close_briefing, decide, discuss, mark_done, open_briefing
from nenep.briefings.reads import period_for
from nenep.demo import words
from nenep.demo.bodies import SUCCESSOR
from nenep.demo.branches import BOARD, ORGANIZATION
from nenep.demo.closeup.cast import on
from nenep.organizations.models import Body, Cluster
from nenep.people.models import Member, Post
from nenep.people.reads import office_holders
from nenep.shared.dates import FOREVER, previous_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nenep.demo.branches import Action
    from nenep.demo.closeup.cast import Cast
    from nenep.shared.viewer import Viewer


def actions(cast: Cast) -> Iterator[Action]:
    """What the closed one gave to two bodies comes up again in the open one, unless the body said that it is done."""
    officer, held = cast.officer(BOARD), previous_month(cast.today).replace(day=15)
    yield on(held, 8), lambda: _open(held, by=officer)
    yield on(held, 15), lambda: _hold(held, by=officer)
    yield on(held, 16), lambda: _close(by=officer)
    yield on(cast.today - timedelta(days=4), 9), lambda: _answer(by=cast.officer(ORGANIZATION))
    yield on(cast.today - timedelta(days=1), 15), lambda: _next(cast.today, by=officer)


def _open(day: date, *, by: Viewer) -> None:
    top = Body.objects.get(code=SUCCESSOR)
    cluster = Cluster.objects.get(places__body__code=ORGANIZATION, places__valid_to=FOREVER, owner=top)
    frame = {
        "first_month": previous_month(day),
        "last_month": previous_month(day),
        "starts_at": on(day, 14),
        "place": words.BRIEFING_PLACE,
        "chair": Member.objects.filter(pk__in=office_holders(top.pk, Post.DEPUTY, day)).first(),
    }
    open_briefing(cluster, frame=frame, by=by)


def _hold(day: date, *, by: Viewer) -> None:
    briefing = _latest()
    units = {body.unit_type for body in bodies_of(briefing)}
    methods = {unit: words.BRIEFING_METHODS.get(unit, words.BRIEFING_METHOD) for unit in sorted(units)}
    discuss(briefing, question=words.BRIEFING_QUESTION, methods=methods, seen=briefing.revision, by=by)
    own = Body.objects.get(code=ORGANIZATION).pk
    others = [body.pk for body in bodies_of(briefing) if body.pk != own][:1]
    first, second = words.BRIEFING_WORK
    decide(briefing, bodies=[own, *others], what=first, due_on=day + timedelta(days=20), by=by)
    decide(briefing, bodies=[own], what=second, due_on=day + timedelta(days=60), by=by)


def _close(*, by: Viewer) -> None:
    briefing = _latest()
    came = [body.pk for body in bodies_of(briefing)]
    # All but the last one, where there are several.
    close_briefing(briefing, represented=came[:-1] or came, conclusions=words.BRIEFING_CONCLUSIONS, by=by)


def _answer(*, by: Viewer) -> None:
    mark_done(
        Decision.objects.filter(body__code=ORGANIZATION).earliest("pk"), line=words.BRIEFING_DONE, by=by
    )


def _next(today: date, *, by: Viewer) -> None:
    last, day = _latest(), today + timedelta(days=2)
    first_month, last_month = period_for(last.cluster, day)
    frame = {
        "first_month": first_month,
        "last_month": last_month,
        "starts_at": on(day, 14),
        "place": words.BRIEFING_PLACE,
        "chair": last.chair,
    }
    open_briefing(last.cluster, frame=frame, by=by)


def _latest() -> Briefing:
    return Briefing.objects.select_related("cluster", "chair").latest("pk")
