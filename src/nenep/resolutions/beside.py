"""Beside a new draft (R54, R100, R118): the last resolution with its results, open work, the figures of its month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.facts.models import BranchMonth
from nenep.meetings.circle import summoned
from nenep.meetings.providers import points
from nenep.resolutions import providers
from nenep.resolutions.models import MOST_TARGETS, Resolution, ResolutionStatus
from nenep.shared.states import Refused
from nenep.shared.words import month_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.meetings.models import Meeting
    from nenep.meetings.providers import Point
    from nenep.resolutions.models import Target
    from nenep.resolutions.providers import Outcome

COUNTED = ("present", "expected", "reviewed", "reviewed_met", "reviewed_partly", "reviewed_not_met")


@dataclass(frozen=True, slots=True)
class Before:
    """A target of the last resolution. `outcome` None: it was given to nobody."""

    target: Target
    outcome: Outcome | None
    is_carried: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """`last`: the resolution that the branch adopted before; `open_work`: what is not done and is no target of it."""

    last: Resolution | None
    targets: list[Before]
    open_work: list[Point]
    figures: list[str]

    def target(self, pk: int) -> Target | None:
        return next((row.target for row in self.targets if row.target.pk == pk), None)


def last_adopted(meeting: Meeting) -> Resolution | None:
    """The resolution of the branch's latest earlier meeting that adopted one."""
    adopted = Resolution.objects.filter(meeting__body_id=meeting.body_id, status=ResolutionStatus.ADOPTED)
    earlier = adopted.filter(meeting__starts_at__lt=meeting.starts_at).order_by("-meeting__starts_at")
    return earlier.select_related("meeting").first()


def beside(meeting: Meeting, draft: Resolution | None) -> Beside:
    """The statements do not grow with the targets."""
    last = last_adopted(meeting)
    targets = list(last.targets.select_related("lead")) if last else []
    outcomes = dict(providers.outcomes.ask(meeting, last.pk)) if last else {}
    carried = {target.carried_from_id for target in draft.targets.all()} if draft else set()
    known = {target.pk for target in targets}
    work = [one for one in points.ask(meeting) if one.is_work]
    return Beside(
        last=last,
        targets=[Before(one, outcomes.get(one.pk), one.pk in carried) for one in targets],
        open_work=[one for one in work if one.target_id not in known],
        figures=_figures(meeting, last),
    )


def with_carried(meeting: Meeting, typed: Sequence[dict[str, Any]], target: Target) -> list[dict[str, Any]]:
    """What was typed and `target` of the last resolution after it, with its measure and who led it.

    Its day has passed, so a new one is to be set; whoever is no longer summoned leads nothing.
    """
    if len(typed) >= MOST_TARGETS:
        raise Refused(
            _("Dự thảo đã có %(count)d việc. Đồng chí bỏ bớt một việc rồi chuyển.") % {"count": len(typed)}
        )
    lead = target.lead if target.lead_id in summoned(meeting) else None
    columns = {"what": target.what, "lead": lead, "measure": target.measure, "carried_from_id": target.pk}
    return [*typed, columns]


def _figures(meeting: Meeting, last: Resolution | None) -> list[str]:
    """The numbers of the month of the last resolution, as sentences; none for a month without figures."""
    months = BranchMonth.objects.filter(body=meeting.body_id, month__lt=meeting.month).order_by("-month")
    if last:
        months = months.filter(month=last.meeting.month)
    words = months.values("month", *COUNTED).first()
    if words is None:
        return []
    words["month"] = month_words(words["month"])
    said = []
    if words["expected"]:
        said.append(_("Kỳ %(month)s: %(present)d/%(expected)d lượt đảng viên dự.") % words)
    if words["reviewed"]:
        sentence = _(
            "Kỳ %(month)s kiểm điểm %(reviewed)d việc: đạt %(reviewed_met)d, đạt một phần %(reviewed_partly)d, "
            "chưa đạt %(reviewed_not_met)d."
        )
        said.append(sentence % words)
    return said
