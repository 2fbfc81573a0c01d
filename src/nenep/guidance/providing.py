"""What a meeting learns from the committees above its branch (see `meetings.providers`)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.guidance.models import Guidance, GuidanceVersion
from nenep.guidance.reads import ORIGIN
from nenep.meetings.models import CALLED_OFF, AgendaItem, DroppedSuggestion, MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import Suggestion
from nenep.plans.providers import Focus
from nenep.shared.dates import today_within
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def suggestions(meeting: Meeting) -> list[Suggestion]:
    """The focus of the month of every committee above, and what the branch put off and has not discussed (R65).

    A thematic meeting has a theme of its own.
    """
    if meeting.kind != MeetingKind.REGULAR:
        return []
    meant = Guidance.objects.for_branch(meeting.body_id, meeting_day(meeting))
    found = meant.filter(
        Q(first_month__lte=meeting.month, last_month__gte=meeting.month) | _was_put_off(meeting)
    )
    return [_suggestion(guidance) for guidance in found.prefetch_related("versions").order_by("published_at")]


def _was_put_off(meeting: Meeting) -> Q:
    """Left out of an earlier meeting of the branch, and on the agenda of no other one."""
    dropped = DroppedSuggestion.objects.filter(
        key=Concat(Value("guidance:"), Cast(OuterRef("pk"), CharField())),
        meeting__body=meeting.body_id,
        meeting__starts_at__lt=meeting.starts_at,
    )
    versions = GuidanceVersion.objects.filter(guidance=OuterRef(OuterRef("pk"))).values("pk")
    taken = AgendaItem.objects.filter(
        origin_type=ORIGIN, origin_id__in=versions, meeting__body=meeting.body_id
    ).exclude(Q(meeting=meeting) | Q(meeting__status__in=CALLED_OFF))
    return Exists(dropped) & ~Exists(taken)


def focuses_of_year(viewer: Viewer, body_id: int, year: int) -> list[Focus]:
    """What the committees above gave for the months of a year, beside the branch's plan of it."""
    first, last = date(year, 1, 1), date(year, 12, 1)
    meant = Guidance.objects.for_branch(body_id, today_within(first, date(year, 12, 31)))
    rows = meant.filter(first_month__lte=last, last_month__gte=first)
    seen = Guidance.objects.visible_to(viewer).filter(pk__in=rows.values("pk"))
    return [
        Focus(row.first_month, row.last_month, row.current.title, reverse("guidance:page", args=[row.pk]))
        for row in seen.prefetch_related("versions").order_by("first_month", "pk")
    ]


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
        is_from_above=True,
    )
