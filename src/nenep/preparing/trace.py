"""Who prepared a meeting, as the journal tells: the secretary or deputy must have done it themselves (line 171)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from nenep.journal.models import Event
from nenep.journal.verbs import label
from nenep.meetings.progress import meeting_day
from nenep.organizations.reads import kind_on
from nenep.people.models import LEADERS, Member, Post
from nenep.people.reads import leaders_on, office_holders

if TYPE_CHECKING:
    from datetime import datetime

    from nenep.meetings.models import Meeting

# What prepares the content. That a month was opened by itself or a duty was given does not.
CONTENT = (
    "meeting.roles_assigned",
    "agenda.changed",
    "committee_meeting.recorded",
    "resolution.drafted",
    "material.kept",
    "agreement.recorded",
    "meeting.called",
)


@dataclass(slots=True)
class Author:
    """`deeds`: (what, how often, last when), the latest first. `post`: what the member is in the branch that day."""

    name: str
    post: str
    deeds: list[tuple[str, int, datetime]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trace:
    authors: list[Author]
    is_by_leaders: bool


def trace_of(meeting: Meeting) -> Trace:
    """Authors in the order of their last deed, the latest first; the program itself is no author."""
    events = Event.objects.filter(
        _of(meeting), body=meeting.body_id, verb__in=CONTENT, actor__startswith="member:"
    )
    rows = events.values("actor", "verb").annotate(times=Count("seq"), last=Max("at")).order_by("-last")
    posts = _posts(meeting)
    authors: dict[int, Author] = {}
    found = list(rows)
    keys = {int(row["actor"].removeprefix("member:")) for row in found}
    names = dict(Member.objects.filter(pk__in=keys).values_list("pk", "full_name"))
    for row in found:
        key = int(row["actor"].removeprefix("member:"))
        author = authors.setdefault(key, Author(names.get(key, ""), posts.get(key, "")))
        author.deeds.append((label(row["verb"]), row["times"], row["last"]))
    leaders = set(leaders_on(meeting.body_id, meeting_day(meeting)))
    return Trace(list(authors.values()), bool(leaders & authors.keys()))


def _of(meeting: Meeting) -> Q:
    """Events about the meeting, or about what belongs to its preparation."""
    about = Q(object_type="meetings.meeting", object_id=meeting.pk)
    for kind, keys in (
        ("meetings.committeemeeting", _keys(meeting, "committee_meeting")),
        ("resolutions.resolution", _keys(meeting, "resolution")),
        ("preparing.material", list(meeting.materials.values_list("pk", flat=True))),
        ("preparing.agreement", list(meeting.agreements.values_list("pk", flat=True))),
    ):
        about |= Q(object_type=kind, object_id__in=keys)
    return about


def _keys(meeting: Meeting, name: str) -> list[int]:
    return [getattr(meeting, name).pk] if hasattr(meeting, name) else []


def _posts(meeting: Meeting) -> dict[int, str]:
    """The highest post of each member of the committee on the day of the meeting."""
    posts: dict[int, str] = {}
    kind = kind_on(meeting.body_id, meeting_day(meeting))
    for post in (*LEADERS, Post.COMMITTEE_MEMBER):
        for member in office_holders(meeting.body_id, post, meeting_day(meeting)):
            posts.setdefault(member, post.called_in(kind))
    return posts
