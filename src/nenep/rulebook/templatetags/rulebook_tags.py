"""How a rule, a step or a vote shows where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from nenep.rulebook import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

    from nenep.rulebook.provenance import Sourced
    from nenep.rulebook.values import Stated

register = template.Library()


@register.simple_tag
def rule_source(rule: Stated) -> SafeString:
    """“theo HD 42-HD/BTCTW (chưa kiểm chứng)”: the citation, its mark in an element of its own."""
    if not rule.is_marked:
        return format_html('<span class="rule-source">{}</span>', rule.reference)
    return format_html(
        '<span class="rule-source">{} <span class="rule-source-unverified">({})</span></span>',
        rule.reference,
        _("chưa kiểm chứng"),
    )


@register.simple_tag
def rule_found(stated: Stated | Sourced) -> SafeString:
    """How and where the statement was found: confidence in words and the source keys."""
    keys = ", ".join(stated.source.keys)
    found = wording.confidence(stated)
    return format_html("{}{}", found, f" [{keys}]" if keys else "")


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """The entry of a mapping: `{{ phases|at:step.phase }}`."""
    return mapping[key]
