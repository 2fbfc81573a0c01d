"""What a meeting learns of concerns: those that are meant for the branch (see `meetings.providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.concerns.models import OPEN, Concern, Way
from nenep.concerns.reads import ORIGIN
from nenep.meetings.models import CALLED_OFF, AgendaItem, MeetingKind
from nenep.meetings.providers import Suggestion

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def suggestions(meeting: Meeting) -> list[Suggestion]:
    """Those that wait for an answer and may come before the branch, once: what another meeting took is not offered."""
    if meeting.kind != MeetingKind.REGULAR:
        return []
    taken = AgendaItem.objects.filter(origin_type=ORIGIN, origin_id=OuterRef("pk")).exclude(meeting=meeting)
    taken = taken.exclude(meeting__status__in=CALLED_OFF)
    found = Concern.objects.filter(
        ~Exists(taken), body=meeting.body_id, status__in=OPEN, way__in=(Way.NAMED, Way.READ_BY_CHAIR)
    )
    return [_suggestion(concern) for concern in found.select_related("author").order_by("raised_at", "pk")]


def pages(
    viewer: Viewer,
    meeting: Meeting,  # noqa: ARG001  # of the registry
    items: list[AgendaItem],
) -> list[tuple[int, str]]:
    """The concerns behind items: for those who see them."""
    taken = {item.origin_id: item.pk for item in items if item.origin_type == ORIGIN}
    if not taken:
        return []
    seen = Concern.objects.visible_to(viewer).filter(pk__in=taken).values_list("pk", flat=True)
    return [(taken[pk], reverse("concerns:page", args=[pk])) for pk in seen]


def _suggestion(concern: Concern) -> Suggestion:
    """Its text is what members will discuss; a name only where its author wants to be named."""
    why = _("một đảng viên nhờ người chủ trì đọc, không nêu tên")
    if concern.way == Way.NAMED and concern.author is not None:
        why = _("đồng chí %(name)s nêu") % {"name": concern.author.full_name}
    return Suggestion(
        key=f"concern:{concern.pk}",
        category="discussion",
        title=_("Tâm tư, kiến nghị: %(theme)s") % {"theme": concern.get_theme_display().lower()},
        why=why[:300],
        origin=(ORIGIN, concern.pk),
        questions=concern.text,
    )
