from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html

from nenep.rooms.screen import address_for
from nenep.shared.dates import now

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.safestring import SafeString

    from nenep.meetings.models import Meeting

register = template.Library()


@register.simple_tag(takes_context=True)
def follow_room(context: dict[str, Any], meeting: Meeting, region: str = "", rings: str = "") -> SafeString:
    """Attributes of an element that shows a region of the running meeting, or is rung when that region changes.

    `<span {% follow_room meeting "present" %}>`; `<div {% follow_room meeting rings="present" %} hx-trigger="rung">`.
    """
    word, value = ("rings", rings) if rings else ("region", region)
    live = address_for(context["request"], meeting.body_id)
    return format_html('data-live="{}" data-{}="{}"', live, word, value)


@register.filter
def minutes_since(moment: datetime) -> int:
    """Whole minutes that have passed."""
    return max(0, int((now() - moment).total_seconds() // 60))
