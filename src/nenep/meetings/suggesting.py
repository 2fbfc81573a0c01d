"""What other records bring to the agenda: points under its parts, and suggestions that become items by one tap.

Nothing becomes an item by itself: taking it is the secretary's decision, which whoever suggested it can count on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings import providers
from nenep.meetings.access import MeetingAccess
from nenep.meetings.agenda import hold_while_prepared, put_on
from nenep.meetings.answers import PROPOSAL, answer_opinion, proposed
from nenep.meetings.models import DroppedSuggestion, MeetingStatus, Opinion, Reply
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nenep.meetings.models import AgendaItem, Meeting
    from nenep.meetings.providers import Point, Suggestion
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Suggested:
    """`offers`: not yet decided on; `points`: under the parts; `dropped`: what the secretary left out this month.

    `renewals`: keys of offers that bring an item up to date which was taken from an older version.
    """

    points: list[Point]
    offers: list[Suggestion]
    dropped: list[Point | Suggestion]
    renewals: set[str]

    @property
    def from_above(self) -> list[Suggestion]:
        """What committees above have selected; nothing where one press would spare none."""
        selected = [offer for offer in self.offers if offer.is_from_above]
        return selected if len(selected) > 1 else []


def points_for(meeting: Meeting) -> list[Point]:
    """Points under the parts of the agenda, without those that the secretary left out."""
    dropped = _dropped(meeting)
    return [point for point in providers.points.ask(meeting) if point.key not in dropped]


def suggested_for(meeting: Meeting, items: Iterable[AgendaItem], *, with_points: bool = True) -> Suggested:
    """Everything that is suggested for an agenda whose `items` were loaded."""
    drops = _drops(meeting)
    dropped = {key for key, here, _before in drops if here}
    put_off = {key: before for key, _here, before in drops}
    taken = {(item.origin_type, item.origin_id) for item in items}
    points = providers.points.ask(meeting) if with_points else []
    offers = [
        replace(offer, put_off=put_off.get(offer.key, 0))
        for offer in providers.suggestions.ask(meeting)
        if offer.origin not in taken
    ]
    return Suggested(
        [point for point in points if point.key not in dropped],
        [offer for offer in offers if offer.key not in dropped],
        [*(p for p in points if p.key in dropped), *(o for o in offers if o.key in dropped)],
        {offer.key for offer in offers if any((offer.origin[0], old) in taken for old in offer.older)},
    )


@transaction.atomic
def take_suggestion(meeting: Meeting, *, key: str, by: Viewer | None) -> None:
    """Make it an item; a member's proposal is answered by that."""
    hold_while_prepared(meeting)
    offer = next((offer for offer in providers.suggestions.ask(meeting) if offer.key == key), None)
    if offer is None:
        raise Refused(
            _("Nội dung này đã có trong chương trình hoặc không còn được đề nghị. Đồng chí xem lại.")
        )
    meeting.dropped.filter(key=key).delete()
    if offer.origin[0] == PROPOSAL:
        answer_opinion(Opinion.objects.get(pk=offer.origin[1]), reply=Reply.ADOPTED, reason="", by=by)
    else:
        put_on(meeting, offer, by=by)


@transaction.atomic
def take_selected(meeting: Meeting, *, keys: Collection[str], by: Viewer | None) -> int:
    """Make items of what committees above selected and the page showed (`keys`); returns how many.

    What was taken or withdrawn meanwhile is passed over.
    """
    hold_while_prepared(meeting)
    shown = suggested_for(meeting, meeting.items.all(), with_points=False)
    chosen = [offer for offer in shown.offers if offer.is_from_above and offer.key in keys]
    for offer in chosen:
        put_on(meeting, offer, by=by)
    return len(chosen)


@transaction.atomic
def drop_suggestion(meeting: Meeting, *, key: str, by: Viewer | None) -> None:
    """Leave a point or a suggestion out of this month."""
    hold_while_prepared(meeting)
    DroppedSuggestion.objects.get_or_create(meeting=meeting, key=key)
    record("agenda.changed", by=by, body=meeting.body_id, obj=meeting)


@transaction.atomic
def restore_suggestion(meeting: Meeting, *, key: str, by: Viewer | None) -> None:
    hold_while_prepared(meeting)
    meeting.dropped.filter(key=key).delete()
    record("agenda.changed", by=by, body=meeting.body_id, obj=meeting)


def proposals(meeting: Meeting) -> list[Suggestion]:
    """What members propose for this agenda and nobody has answered, without a word about who they are."""
    rows = [row for row in meeting.opinions.all() if row.is_proposal and row.reply == Reply.OPEN]
    return [proposed(row) for row in sorted(rows, key=lambda row: row.at)]


def proposal_pages(viewer: Viewer, meeting: Meeting, items: list[AgendaItem]) -> list[tuple[int, str]]:
    """The proposals behind items: for those who owe the answers, and for their authors."""
    ids = {item.origin_id: item.pk for item in items if item.origin_type == PROPOSAL}
    if not ids:
        return []
    if MeetingAccess(viewer, meeting).read_opinions:
        inbox = reverse("meetings:opinion_inbox", args=[meeting.pk])
        return [(item, f"{inbox}#opinion-{pk}") for pk, item in ids.items()]
    own = meeting.opinions.filter(pk__in=ids, author_id=viewer.member_id or 0).values_list("pk", flat=True)
    return [(ids[pk], reverse("meetings:proposals", args=[meeting.pk])) for pk in own]


def _dropped(meeting: Meeting) -> set[str]:
    return set(meeting.dropped.values_list("key", flat=True))


def _drops(meeting: Meeting) -> list[tuple[str, int, int]]:
    """(key, whether it is left out of this meeting, of how many earlier ones of the branch), in one statement (R65)."""
    rows = DroppedSuggestion.objects.filter(
        Q(meeting=meeting) | Q(meeting__body=meeting.body_id, meeting__starts_at__lt=meeting.starts_at)
    ).exclude(meeting__status=MeetingStatus.CANCELLED)
    here = Count("pk", filter=Q(meeting=meeting))
    counted = rows.values("key").annotate(here=here, before=Count("pk") - here)
    return list(counted.values_list("key", "here", "before"))
