"""An official document on the screen: the same words in the same order as on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from nenep.documents.composition import compose
from nenep.documents.layout import layout_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.documents.content import OfficialDocument

register = template.Library()


@register.filter
def paired(header: Iterable[str], row: Iterable[str]) -> list[tuple[str, str]]:
    """Each cell of a table's row with the words above its column, for the cards of a phone."""
    return list(zip(header, row, strict=True))


@register.inclusion_tag("documents/on_screen.html")
def on_screen(document: OfficialDocument) -> dict[str, Any]:
    """The whole document as HTML, by the layout of its day (of today for a paper without a date)."""
    page = compose(document, layout_on(document.day or today(), document.scopes))
    # On paper the day never breaks; a narrow screen has no room for that.
    return {"page": page | {"date_line": page["date_line"].replace("\u00a0", " ")}}
