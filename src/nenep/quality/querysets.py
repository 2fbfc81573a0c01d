from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from nenep.organizations.reach import within
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from nenep.quality.models import Note  # noqa: F401  # named in a string below
    from nenep.shared.viewer import Viewer


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the branches that the viewer leads today, whoever wrote them and whenever."""
        return self.filter(within(viewer, "notebook.keep"))

    def search(self, text: str) -> Self:
        """Those that hold every word of `text`, marks, case and order ignored."""
        found = self
        for word in search_key(text).split():
            found = found.filter(search_key__contains=word)
        return found

    def for_page(self) -> Self:
        return self.select_related("by")
