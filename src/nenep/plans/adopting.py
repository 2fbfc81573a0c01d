"""The branch's vote on the plan of a year: the committee proposes the themes, a meeting discusses and votes (R139)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nenep.meetings.models import AgendaItem, MeetingKind, MeetingStatus, Vote
from nenep.meetings.providers import Suggestion
from nenep.organizations.reach import may
from nenep.plans.models import EntryKind, Plan, PlanStatus
from nenep.shared.words import month_words

if TYPE_CHECKING:
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer

ORIGIN = Plan._meta.label_lower
LONGEST = AgendaItem._meta.get_field("questions").max_length or 0


@dataclass(frozen=True, slots=True)
class Adoption:
    """The meeting that was or is to be asked last, and how it voted; `vote` is None while it has not."""

    meeting: Meeting
    vote: Vote | None

    @property
    def is_ahead(self) -> bool:
        return self.vote is None and not self.meeting.is_over


def adoption_of(plan: Plan) -> Adoption | None:
    """None where no meeting has the plan on its agenda."""
    items = AgendaItem.objects.filter(origin_type=ORIGIN, origin_id=plan.pk, meeting__body=plan.body_id)
    off = (MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD)
    asked = items.exclude(meeting__status__in=off).order_by("-meeting__starts_at")
    item = asked.select_related("meeting").prefetch_related("votes").first()
    if item is None:
        return None
    votes = sorted(item.votes.all(), key=lambda vote: vote.counted_at)
    return Adoption(item.meeting, votes[-1] if votes else None)


def is_adopted(plan: Plan) -> bool:
    adoption = adoption_of(plan)
    return adoption is not None and adoption.vote is not None and adoption.vote.passed


def suggestions(meeting: Meeting) -> list[Suggestion]:
    """A draft for the year of the meeting or the next, until a vote has adopted it."""
    if meeting.kind != MeetingKind.REGULAR:
        return []
    years = (meeting.month.year, meeting.month.year + 1)
    drafts = Plan.objects.filter(body=meeting.body_id, year__in=years, status=PlanStatus.DRAFT)
    return [_suggestion(plan) for plan in drafts.order_by("year") if not is_adopted(plan)]


def pages(viewer: Viewer, meeting: Meeting, items: list[AgendaItem]) -> list[tuple[int, str]]:
    """The plans behind items of the agenda."""
    taken = {item.origin_id: item.pk for item in items if item.origin_type == ORIGIN}
    if not taken or not may(viewer, "plans.read", meeting.body_id):
        return []
    rows = Plan.objects.visible_to(viewer).filter(pk__in=taken).values_list("pk", "body_id", "year")
    return [(taken[pk], reverse("plans:page", args=[body, year])) for pk, body, year in rows]


def _suggestion(plan: Plan) -> Suggestion:
    return Suggestion(
        key=f"plan:{plan.pk}",
        category="discussion",
        title=_("Biểu quyết kế hoạch sinh hoạt năm %(year)d") % {"year": plan.year},
        why=_("chi ủy đã soạn dự thảo kế hoạch năm, chờ chi bộ bàn và biểu quyết"),
        origin=(ORIGIN, plan.pk),
        url=reverse("plans:page", args=[plan.body_id, plan.year]),
        questions=_questions(plan),
    )


def _questions(plan: Plan) -> str:
    """The themes that are proposed, each on its line, the long ones cut so that all have room; then what to decide."""
    entries = plan.entries.standing().filter(kind=EntryKind.THEMATIC).exclude(content="").order_by("month")
    themes = [
        _("Chuyên đề tháng %(month)s: %(theme)s")
        % {"month": month_words(entry.month), "theme": entry.content}
        for entry in entries
    ]
    asks = _("Các chuyên đề có sát việc của chi bộ không, cần thêm, bớt, đổi chuyên đề nào?")
    room = (LONGEST - len(asks)) // (len(themes) or 1) - 1
    return "\n".join([*(Truncator(theme).chars(room) for theme in themes), asks])
