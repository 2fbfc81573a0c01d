"""Papers on their way: from the committee on top to its grassroots bodies, from the shown organization to its branches.

The shown organization enters what came, one paper from outside among it, and is late with one of them. Two papers are
still being written: a plan by its clerk, a notice by the secretary of the shown branch.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from nenep.arrivals.models import Arrival
from nenep.arrivals.operations import register, register_outside, route
from nenep.demo import words
from nenep.demo.bodies import SUCCESSOR
from nenep.demo.branches import BOARD, ORGANIZATION, SHOWN, viewer
from nenep.demo.closeup.cast import on
from nenep.documents.drafting.operations import begin, save
from nenep.documents.issuing import Sent, issue
from nenep.organizations.models import Body
from nenep.people.models import Member, Post
from nenep.people.reads import office_holders
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.demo.branches import Action
    from nenep.demo.closeup.cast import Cast
    from nenep.shared.viewer import Viewer


def actions(cast: Cast) -> Iterator[Action]:
    """Two papers come down and wait in sixty registers; one goes on to the branches; the last is read today."""
    board, officer = cast.officer(BOARD), cast.officer(ORGANIZATION)
    for days, (kind, subject, purpose) in zip((20, 8), words.PAPERS_FROM_ABOVE, strict=True):
        group = Sent(words.GRASSROOTS, purpose, group="grassroots")
        yield (
            on(cast.today - timedelta(days=days), 8),
            partial(_issue, SUCCESSOR, kind, subject, group, by=board),
        )
    yield on(cast.today - timedelta(days=18), 10), partial(_enter, by=officer)
    yield on(cast.today - timedelta(days=15), 14), partial(_enter_outside, by=officer)
    kind, subject, purpose = words.PAPER_TO_BRANCHES
    group = Sent(words.BRANCHES, purpose, group="branches")
    yield (
        on(cast.today - timedelta(days=6), 16),
        partial(_issue, ORGANIZATION, kind, subject, group, by=officer),
    )
    clerks = office_holders(Body.objects.get(code=ORGANIZATION).pk, Post.CLERK, cast.today)
    clerk = viewer(clerks[0]) if clerks else officer
    plan, notice = words.PLAN_BEING_WRITTEN, words.NOTICE_BEING_WRITTEN
    yield on(cast.today - timedelta(days=3), 9), partial(_write, ORGANIZATION, *plan, by=clerk)
    yield on(cast.today - timedelta(days=2), 9), partial(_write, SHOWN, *notice, by=cast.shown.secretary)


def _issue(code: str, kind: str, subject: str, group: Sent, *, by: Viewer) -> None:
    kept = Sent(words.REGISTRY, "file")
    body = Body.objects.get(code=code)
    issue(body, kind, day=today(), subject=subject, recipients=[group, kept], organization="ĐU", by=by)


def _write(code: str, kind: str, subject: str, text: str, *, by: Viewer) -> None:
    draft = begin(Body.objects.get(code=code), kind, by=by)
    save(draft, {"subject": subject, "text": text}, seen_revision=draft.revision, by=by)


def _enter(*, by: Viewer) -> None:
    """The first paper from above, given to the officer, who lets its day go by."""
    arrival = Arrival.objects.waiting().get(body__code=ORGANIZATION)
    register(arrival, arrived=today().isoformat(), by=by)
    assert by.member_id is not None
    handler = Member.objects.get(pk=by.member_id)
    route(arrival, handler=handler, due_on=today() + timedelta(days=10), by=by)


def _enter_outside(*, by: Viewer) -> None:
    """The stamp says the day without its year, and a blot is on the number."""
    body = Body.objects.get(code=ORGANIZATION)
    register_outside(body, head=words.PAPER_FROM_OUTSIDE, arrived=f"--{today():%m-%d}", by=by)
