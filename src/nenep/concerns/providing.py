"""What a meeting learns of concerns: those that are meant for the branch (see `meetings.providers`)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.concerns.models import OPEN, Concern, OfficialAnswer, Way
from nenep.concerns.reads import ORIGIN
from nenep.meetings.models import CALLED_OFF, AgendaItem, MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import Suggestion
from nenep.organizations.reads import committee_name_on
from nenep.shared.dates import today

OFFICIAL = "concerns.officialanswer"  # of agenda items
RECENT = timedelta(days=62)  # two meetings may have passed; later it is no news
SHORT = 270

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


def official_suggestions(meeting: Meeting) -> list[Suggestion]:
    """What was answered officially for this branch of late, and that no meeting of it has taken up."""
    if meeting.kind != MeetingKind.REGULAR:
        return []
    day = meeting_day(meeting)
    taken = AgendaItem.objects.filter(
        origin_type=OFFICIAL, origin_id=OuterRef("pk"), meeting__body=meeting.body_id
    ).exclude(meeting=meeting)
    found = OfficialAnswer.objects.for_body(meeting.body_id, day).filter(
        ~Exists(taken.exclude(meeting__status__in=CALLED_OFF)), published_at__date__gte=day - RECENT
    )
    return [_official(one) for one in found.distinct().order_by("published_at", "pk")]


def official_pages(
    viewer: Viewer,
    meeting: Meeting,  # noqa: ARG001  # of the registry
    items: list[AgendaItem],
) -> list[tuple[int, str]]:
    taken = {item.origin_id: item.pk for item in items if item.origin_type == OFFICIAL}
    if not taken:
        return []
    seen = OfficialAnswer.objects.visible_to(viewer).filter(pk__in=taken).values_list("pk", flat=True)
    return [(taken[pk], reverse("concerns:official", args=[pk])) for pk in seen.distinct()]


def _official(one: OfficialAnswer) -> Suggestion:
    issuer = committee_name_on(one.body_id, today())
    return Suggestion(
        key=f"official_answer:{one.pk}",
        category="information",
        title=_("Thông tin chính thức: %(question)s") % {"question": one.question}
        if len(one.question) <= SHORT
        else one.question,
        why=(_("trả lời chính thức của %(issuer)s") % {"issuer": issuer})[:300],
        origin=(OFFICIAL, one.pk),
        url=reverse("concerns:official", args=[one.pk]),
        why_it_matters=one.why_it_matters,
        is_from_above=True,
    )


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
