"""What a meeting learns from the committees above its branch (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.guidance.models import Guidance, GuidanceVersion
from nenep.guidance.reads import ORIGIN
from nenep.meetings.models import MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import Suggestion
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from nenep.meetings.models import AgendaItem, Meeting
    from nenep.shared.viewer import Viewer


def suggestions(meeting: Meeting) -> list[Suggestion]:
    """The focus of the month of every committee above; a thematic meeting has a theme of its own."""
    if meeting.kind != MeetingKind.REGULAR:
        return []
    found = Guidance.objects.for_branch(meeting.body_id, meeting_day(meeting)).of_month(meeting.month)
    return [_suggestion(guidance) for guidance in found.prefetch_related("versions").order_by("published_at")]


def pages(
    viewer: Viewer,
    meeting: Meeting,  # noqa: ARG001  # of the registry
    items: list[AgendaItem],
) -> list[tuple[int, str]]:
    """The guidance behind items of the agenda."""
    taken = {item.origin_id: item.pk for item in items if item.origin_type == ORIGIN}
    if not taken:
        return []
    seen = Guidance.objects.visible_to(viewer)
    rows = GuidanceVersion.objects.filter(pk__in=taken, guidance__in=seen).values_list("pk", "guidance")
    return [(taken[version], reverse("guidance:page", args=[guidance])) for version, guidance in rows]


def _suggestion(guidance: Guidance) -> Suggestion:
    current = guidance.current
    source = {
        "issuer": current.source_issuer,
        "number": current.source_number,
        "day": day_words(current.source_date),
    }
    why = _("trọng tâm của cấp trên, %(issuer)s, số %(number)s ngày %(day)s") % source
    older = [version.pk for version in guidance.versions.all() if version.pk != current.pk]
    return Suggestion(
        key=f"guidance:{guidance.pk}",
        category="information",
        title=current.title,
        why=why[:300],
        origin=(ORIGIN, current.pk),
        url=reverse("guidance:page", args=[guidance.pk]),
        questions=current.questions,
        why_it_matters=current.why_it_matters,
        older=tuple(older),
    )
