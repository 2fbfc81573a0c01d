"""What directives and files learn from study sessions (see their `providers`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.meetings.providers import Link
from nenep.shared.words import day_words
from nenep.studies.models import Present, Session

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from nenep.directives.models import Directive
    from nenep.shared.viewer import Viewer


def studied(chain: Collection[int]) -> list[tuple[int, date]]:
    """(member, day) of everybody who was at a session over one of these directives, the earliest first."""
    rows = Present.objects.filter(session__directive__in=chain).order_by("session__held_at", "pk")
    found = rows.values_list("member_id", "session__held_at")
    return [(member, timezone.localdate(at)) for member, at in found]


def beside_directive(viewer: Viewer, directive: Directive) -> list[Link]:
    """The sessions over it that the viewer sees, and where one is entered."""
    if not directive.is_issued:
        return []
    seen = Session.objects.visible_to(viewer).filter(directive=directive).order_by("held_at")
    found = [
        Link(
            _("Hội nghị học tập ngày %(day)s") % {"day": day_words(row.held_at)},
            reverse("studies:page", args=[row.pk]),
        )
        for row in seen
    ]
    for body in sorted(viewer.where("studies.hold").own):
        address = reverse("studies:holding", args=[body])
        found.append(Link(_("Ghi hội nghị học tập"), f"{address}?directive={directive.pk}"))
    return found
