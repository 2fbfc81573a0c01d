"""What of minutes can be found (see `search.sources`): what was dealt with and what came out of it.

Never what was said nor who said it: nobody looks up the opinions of a person here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.minutes import title_of
from nenep.meetings.models import Minutes
from nenep.meetings.progress import meeting_day
from nenep.search.sources import Draft

if TYPE_CHECKING:
    from django.db.models import QuerySet


def records() -> QuerySet[Minutes]:
    return Minutes.objects.select_related("meeting__paper_entry").prefetch_related("meeting__items")


def draft(minutes: Minutes) -> Draft:
    """Of each part its title, conclusion and decision; no notes, no names."""
    meeting = minutes.meeting
    lines = []
    for item in meeting.items.all():
        lines += [item.title, item.conclusion, item.decision]
    if meeting.is_from_paper:
        lines.append(meeting.paper_entry.resolution)
    title = _("Biên bản: %(title)s") % {"title": title_of(meeting)}
    return Draft(meeting.body_id, meeting_day(meeting), title, "\n".join(filter(None, lines)))


def address(minutes: Minutes) -> str:
    return reverse("meetings:minutes", args=[minutes.meeting_id])
