"""Files that come with a form whose text matters more: the text is kept, whatever becomes of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from nenep.files.operations import attach
from nenep.organizations.reach import may
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model

    from nenep.files.forms import ConsentForm
    from nenep.shared.web import Request


def attach_sent(
    request: Request, owner: Model, body_id: int, form: ConsentForm, *, names: Collection[str] | None = None
) -> bool:
    """Keep the files that came with a form, or those of the fields `names`; whether nothing stood in the way.

    After what was typed is kept: a refused file (too large, marked as secret) loses no text.
    """
    for name, file in form.files_sent():
        if names is not None and name not in names:
            continue
        if not may(request.viewer, "files.add", body_id):
            raise PermissionDenied
        try:
            attach(owner, file, body_id=body_id, by=request.viewer)
        except Refused as refusal:
            messages.error(request, _("Phần chữ đã lưu, tệp chưa đính kèm được. %(why)s") % {"why": refusal})
            return False
    return True
