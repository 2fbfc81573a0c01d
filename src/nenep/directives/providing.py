"""What meetings and assignments learn from directives (see their `providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.assignments.access import may_hand_out
from nenep.assignments.providers import Source as WorkSource
from nenep.directives.answering import link_made
from nenep.directives.lineage import ORIGIN, key_of, nearest
from nenep.directives.models import Directive, Receipt
from nenep.directives.way_up import came_from
from nenep.meetings.models import CALLED_OFF, AgendaItem, MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import Link, Suggestion
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from nenep.assignments.models import Assignment
    from nenep.directives.models import Requirement
    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


def suggestions(meeting: Meeting) -> list[Suggestion]:
    """What the branch received, has not implemented and put on no other agenda; a thematic meeting has its own theme.

    What a nearer body handed down stands for what it carries out.
    """
    if meeting.kind != MeetingKind.REGULAR:
        return []
    elsewhere = AgendaItem.objects.filter(
        origin_type=ORIGIN, origin_id=OuterRef("directive"), meeting__body=meeting.body_id
    ).exclude(meeting=meeting)
    received = Receipt.objects.standing().filter(body=meeting.body_id, implemented_on=None)
    rows = received.annotate(taken=Exists(elsewhere.exclude(meeting__status__in=CALLED_OFF))).select_related(
        "directive"
    )
    found = nearest(rows.order_by("directive__issued_at", "pk"))
    return [suggested(row.directive) for row in found if not row.taken]  # type: ignore[attr-defined]  # annotated


def suggested(directive: Directive) -> Suggestion:
    """The item that a branch makes of it: why it matters, then its digest, with the questions."""
    return Suggestion(
        key=key_of(directive),
        category="information",
        title=directive.title,
        why=(_("chỉ đạo của cấp trên, %(source)s") % {"source": source_words(directive)})[:300],
        origin=(ORIGIN, directive.pk),
        url=reverse("directives:page", args=[directive.pk]),
        questions=directive.questions,
        why_it_matters=" ".join([directive.why_it_matters, *directive.digest_lines]),
        is_from_above=True,
    )


def source_words(directive: Directive) -> str:
    words = {
        "issuer": directive.source_issuer,
        "symbol": directive.source_symbol,
        "day": day_words(directive.source_date),
    }
    return _("%(issuer)s, số %(symbol)s ngày %(day)s") % words


def pages(
    viewer: Viewer,
    meeting: Meeting,  # noqa: ARG001  # of the registry
    items: list[AgendaItem],
) -> list[tuple[int, str]]:
    """The directive behind items of the agenda."""
    taken = {item.origin_id: item.pk for item in items if item.origin_type == ORIGIN}
    if not taken:
        return []
    seen = Directive.objects.visible_to(viewer).filter(pk__in=taken)
    return [(taken[key], reverse("directives:page", args=[key])) for key in seen.values_list("pk", flat=True)]


def work_sources(viewer: Viewer, meeting: Meeting, key: str) -> list[WorkSource]:
    """The form of giving work, filled from a directive ("directive:12") or a paragraph of it ("requirement:34")."""
    kind, _sign, number = key.partition(":")
    if kind not in {"directive", "requirement"} or not (number.isascii() and number.isdecimal()):
        return []
    if not may_hand_out(viewer, meeting.body_id):
        return []
    received = Receipt.objects.standing().filter(body=meeting.body_id).select_related("directive")
    where = "directive" if kind == "directive" else "directive__requirements"
    receipt = received.filter(**{where: int(number[:18])}).first()
    if receipt is None:
        return []
    requirement: Requirement | None = None
    if kind == "requirement":
        requirement = receipt.directive.requirements.get(pk=int(number))
    due_on = requirement.due_on if requirement else None
    return [
        WorkSource(
            key=key,
            title=receipt.directive.title,
            url=reverse("directives:page", args=[receipt.directive_id]),
            what=requirement.what if requirement else receipt.directive.title,
            due_on=due_on if due_on and due_on > meeting_day(meeting) else None,
            keep=lambda work: link_made(receipt, requirement=requirement, assignment=work, by=viewer),
        )
    ]


def work_pages(viewer: Viewer, assignment: Assignment) -> list[Link]:
    """The way from a piece of work up to the directive that it carries out."""
    if not came_from(viewer, assignment):
        return []
    return [
        Link(
            _("Chỉ đạo của cấp trên: xem từ việc này lên"),
            reverse("directives:way_up", args=[assignment.pk]),
        )
    ]


def receipt_is_readable(viewer: Viewer, receipt_id: int) -> bool:
    """Whether evidence that a body gave is for the viewer (`files.owners`)."""
    return Receipt.objects.visible_to(viewer).filter(pk=receipt_id).exists()
