"""One deed for one page, however often it is sent: by a second press, a return to the page or a bad network.

The page gives its form a key (`OnceForm`), the row that the verb makes keeps it (`MadeOnce`), and the verb looks for
it first (`made_before`), under the lock of whatever it belongs to. A repeated sending is answered as the first was.
A form that changes a row carries the revision it was filled from: sent again, it finds its own words (`is_stored`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from django import forms
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.models import Model, QuerySet


class MadeOnce(models.Model):
    """A row that knows by which page it was made; NULL for what no page made (an import, the demo)."""

    once = models.UUIDField("mã gửi một lần", null=True, unique=True, editable=False)

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=MadeOnce)


class OnceForm(forms.Form):
    """Carries the key; hand it to the verb as `once`."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    @cached_property
    def changed_data(self) -> list[str]:
        """Without the key, which nobody types."""
        return [name for name in super().changed_data if name != "once"]


def made_before(rows: QuerySet[Row], once: UUID | None) -> Row | None:
    """The one of `rows` that an earlier sending of the same page made; call it after `hold` of what they belong to."""
    if once is None:
        return None
    found = rows.filter(once=once).first()
    if found is None and rows.model._base_manager.filter(once=once).exists():
        raise Refused(_("Mẫu này đã gửi ở một trang khác. Đồng chí mở lại trang rồi ghi lại."))
    return found


def is_stored(row: Model, fields: Mapping[str, Any]) -> bool:
    """Whether the row holds just this: the answer to a save was lost on the way, and the browser sent it again."""
    return all(getattr(row, name) == value for name, value in fields.items())
