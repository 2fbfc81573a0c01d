from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from nenep.shared.dates import FOREVER

if TYPE_CHECKING:
    from datetime import date

register = template.Library()


@register.filter
def is_known(end: date) -> bool:
    """Whether an end has been stated; "until further notice" is not shown as a day."""
    return end != FOREVER
