from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from nenep.files.models import Attachment

if TYPE_CHECKING:
    from django.db.models import Model

register = template.Library()


@register.inclusion_tag("files/attached_files.html", takes_context=True)
def attached_files(context: dict[str, Any], owner: Model, *, with_source: bool = False) -> dict[str, Any]:
    """The files of a record that the person on the page may download; nothing where there are none.

    `with_source`: where each comes from stands beside it, or that it is not official.
    """
    rows = Attachment.objects.of(owner).visible_to(context["request"].viewer)
    return {"attachments": list(rows), "with_source": with_source}
