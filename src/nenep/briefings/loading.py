"""How every page gets its briefing: through `visible_to`, with what the viewer may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.briefings.access import BriefingAccess, DecisionAccess
from nenep.briefings.models import Briefing, BriefingStatus, Decision
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.words import moment_words

if TYPE_CHECKING:
    from nenep.shared.web import Request


def load_briefing(request: Request, pk: int, verb: str = "") -> tuple[Briefing, BriefingAccess]:
    """404 when unseen, 403 without the right to `verb`; MovedOn when there is one, only not now."""
    briefing = get_object_or_404(Briefing.objects.visible_to(request.viewer).for_page(), pk=pk)
    can = BriefingAccess(request.viewer, briefing)
    if verb:
        require(can, verb)
    return briefing, can


def require(can: BriefingAccess, verb: str) -> None:
    """PermissionDenied without the right; MovedOn with it, when it is not the time."""
    require_verb(can, verb, lambda: _late(can.briefing))


def load_decision(request: Request, pk: int, verb: str, said: str = "") -> Decision:
    """A decision of a briefing that is seen; the right to change it is that of the briefing, any other its body's.

    One that says `said` already is given too: its answer was lost on the way, and the browser sent it again.
    """
    seen = Briefing.objects.visible_to(request.viewer)
    rows = Decision.objects.filter(briefing__in=seen).select_related("briefing__cluster", "briefing__chair")
    decision = get_object_or_404(rows, pk=pk)
    if verb == "change":
        require(BriefingAccess(request.viewer, decision.briefing), verb)
        return decision
    access = DecisionAccess(request.viewer, decision)
    if not (said and decision.done_line == said and access.sometime(verb)):
        require_verb(access, verb, lambda: _ticked(decision))
    return decision


def _late(briefing: Briefing) -> MovedOn:
    sentences = {
        BriefingStatus.OPEN: _("Giao ban này chưa kết thúc."),
        BriefingStatus.CLOSED: _("Giao ban này đã kết thúc lúc %(time)s.")
        % {"time": moment_words(briefing.closed_at)},
        BriefingStatus.WITHDRAWN: _("Giao ban này không tổ chức. Lý do: %(reason)s.")
        % {"reason": briefing.withdrawal_reason.rstrip(".")},
    }
    return _moved_on(sentences[BriefingStatus(briefing.status)], briefing)


def _ticked(decision: Decision) -> MovedOn:
    sentence = _("Việc này đã ghi là xong.") if decision.is_done else _("Việc này chưa ghi là xong.")
    return _moved_on(sentence, decision.briefing)


def _moved_on(sentence: str, briefing: Briefing) -> MovedOn:
    return MovedOn(sentence, reverse("briefings:page", args=[briefing.pk]), _("Xem giao ban"))
