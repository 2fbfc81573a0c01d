"""What pages of signing in ask about the address they were opened at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from nenep.access import passkeys

if TYPE_CHECKING:
    from nenep.access.passkeys import PasskeyPlace

register = template.Library()


@register.simple_tag(takes_context=True)
def passkey_place(context: dict[str, Any]) -> PasskeyPlace:
    """`{% passkey_place as place %}`: whether keys of a device work here, and where they do."""
    return passkeys.passkey_place(context["request"])
