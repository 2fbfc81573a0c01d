"""What directives, focuses and meetings show of discussions (see their `providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.directives.lineage import ORIGIN as DIRECTIVE
from nenep.directives.models import Directive
from nenep.discussions.models import Discussion
from nenep.discussions.sources import asked_by, items_of, of_directive, of_guidance
from nenep.guidance.models import Guidance, GuidanceVersion
from nenep.guidance.reads import ORIGIN as FOCUS
from nenep.meetings.models import OVER
from nenep.meetings.providers import Link
from nenep.organizations.models import Closure
from nenep.organizations.reach import may
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from collections.abc import Collection

    from nenep.discussions.sources import Source
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def beside_directive(viewer: Viewer, directive: Directive) -> list[Link]:
    return _beside(viewer, of_directive(directive)) if directive.issued_at else []


def beside_guidance(viewer: Viewer, guidance: Guidance) -> list[Link]:
    return _beside(viewer, of_guidance(guidance)) if guidance.published_at else []


def beside_meeting(viewer: Viewer, meeting: Meeting) -> list[Link]:
    """After a meeting that dealt with questions from above: where its secretary answers them."""
    if meeting.status not in OVER or not may(viewer, "discussions.answer", meeting.body_id):
        return []
    items = meeting.items.exclude(questions="").filter(origin_type__in=(DIRECTIVE, FOCUS))
    found = []
    for kind, key in items.values_list("origin_type", "origin_id"):
        source = _of(kind, key or 0)
        if source and source.is_open and meeting.body_id in items_of(source, {meeting.body_id}):
            words = _("Trả lời câu hỏi của cấp trên: %(title)s") % {"title": source.title}
            found.append(
                Link(words, reverse("discussions:branch", args=[source.kind, source.pk, meeting.body_id]))
            )
    return found


def _of(kind: str, key: int) -> Source | None:
    if kind == DIRECTIVE:
        directive = Directive.objects.filter(pk=key).first()
        return of_directive(directive) if directive else None
    version = GuidanceVersion.objects.filter(pk=key).select_related("guidance").first()
    return of_guidance(version.guidance) if version else None


def _beside(viewer: Viewer, source: Source) -> list[Link]:
    """Where the viewer's branch answers, or has answered, and where a committee reads the answers."""
    if not source.questions:
        return []
    found = []
    may_answer = viewer.where("discussions.answer").own
    if own := viewer.where("discussions.read").own:
        answered = _answered(source, own)
        for body in sorted(answered | (may_answer & asked_by(source) if may_answer else set())):
            words = _("Chi bộ ta đã trả lời") if body in answered else _("Trả lời câu hỏi thảo luận")
            found.append(Link(words, reverse("discussions:branch", args=[source.kind, source.pk, body])))
    below = viewer.where("discussions.follow").below
    if source.body_id in below or (below and _reaches(below, source)):
        address = reverse("discussions:answers", args=[source.kind, source.pk])
        found.append(Link(_("Các chi bộ trả lời câu hỏi thảo luận"), address))
    return found


def _answered(source: Source, bodies: Collection[int]) -> set[int]:
    rows = Discussion.objects.filter(kind=source.kind, source_id=source.pk, body__in=bodies)
    return set(rows.values_list("body_id", flat=True))


def _reaches(below: Collection[int], source: Source) -> bool:
    """Whether a branch that was asked stands under one of these bodies today."""
    under = Closure.objects.filter(valid_on(today()), ancestor__in=below, depth__gt=0)
    return under.filter(descendant__in=asked_by(source)).exists()
