from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from nenep.organizations.reach import within

if TYPE_CHECKING:
    from nenep.discussions.models import Answer, Discussion  # noqa: F401  # named in strings below
    from nenep.shared.viewer import Viewer


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The words: of the viewer's own branch, and of branches below the viewer's bodies that have agreed."""
        below = within(viewer, "discussions.follow") & models.Q(may_be_read=True)
        return self.filter(within(viewer, "discussions.read") | below)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of(self, places: list[tuple[str, int]]) -> Self:
        """To questions of any of these sources, each (kind, key)."""
        condition = models.Q(pk__in=())
        for kind in {kind for kind, _key in places}:
            keys = [key for one, key in places if one == kind]
            condition |= models.Q(discussion__kind=kind, discussion__source_id__in=keys)
        return self.filter(condition)
