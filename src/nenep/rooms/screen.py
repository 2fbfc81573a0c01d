"""The big screen, drawn anew for all who follow it whenever something happens in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from nenep.live.operations import publish
from nenep.live.passes import follow_address
from nenep.live.streams import Stream
from nenep.organizations.reach import may
from nenep.rooms.reads import open_meeting_of, scene_of

if TYPE_CHECKING:
    from nenep.journal.models import Event
    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request

TOPIC = "room"


def may_follow(viewer: Viewer, body_id: int) -> bool:
    """Whoever may read the meetings of the branch may follow the one that runs."""
    return may(viewer, "meetings.read", body_id)


def regions(body_id: int) -> dict[str, str]:
    meeting = open_meeting_of(body_id)
    if meeting:
        return scene_of(meeting).regions
    return {name: render_to_string(f"rooms/_{name}.html").strip() for name in ("scene", "pulse")}


def address_for(request: Request, body_id: int) -> str:
    """Where this page follows its room; only for a viewer who may."""
    return follow_address(request.session.session_key, TOPIC, body_id)


def ring(event: Event) -> None:
    if event.body is not None:
        publish(TOPIC, event.body)


STREAM = Stream(TOPIC, TOPIC, may_follow, regions)
