"""Three months of the roster by which officers of the shown organization attend its branches; two are over."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from nenep.demo import words
from nenep.demo.branches import ORGANIZATION, viewer
from nenep.demo.closeup.cast import on
from nenep.organizations.models import Body
from nenep.shared.dates import month_end, previous_month
from nenep.visits.models import Visit
from nenep.visits.operations import arrange, mark_attended, mark_missed
from nenep.visits.sheet import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nenep.demo.branches import Action
    from nenep.demo.closeup.cast import Cast
    from nenep.shared.viewer import Viewer

EACH = 2


def actions(cast: Cast) -> Iterator[Action]:
    """Each month is arranged as the proposal says; of the past ones the last visit was missed."""
    officer, month = cast.officer(ORGANIZATION), cast.today.replace(day=1)
    for past in (previous_month(previous_month(month)), previous_month(month)):
        yield on(past, 9), partial(_arrange, past, by=officer)
        yield on(month_end(past), 16), partial(_answer, past)
    yield on(cast.today - timedelta(days=4), 10), partial(_arrange, month, by=officer)


def _arrange(month: date, *, by: Viewer) -> None:
    body = Body.objects.get(code=ORGANIZATION)
    sheet = sheet_of(body.pk, month, None)
    arrange(body.pk, month, chosen=sheet.propose({}, each=EACH), each=EACH, seen=0, by=by)


def _answer(month: date) -> None:
    *attended, missed = Visit.objects.of_month(month).for_page().order_by("pk")
    for visit, remark in zip(attended, (words.VISIT_REMARK, *[""] * len(attended)), strict=False):
        mark_attended(visit, remark=remark, by=viewer(visit.officer_id))
    mark_missed(missed, reason=words.VISIT_MISSED, by=viewer(missed.officer_id))
