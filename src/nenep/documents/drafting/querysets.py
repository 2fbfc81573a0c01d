from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from nenep.people.models import LEADERS, Office
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from nenep.documents.models import Draft  # noqa: F401  # named in a string below
    from nenep.shared.viewer import Viewer

DRAFT, REGISTER, READ = "documents.draft", "documents.register", "documents.read"


def drafting_bodies(viewer: Viewer) -> frozenset[int]:
    """For whom the viewer writes papers: who numbers them, and of the others who may draft the secretary and deputies.

    Officers of a committee share one role; only those who lead it see what is not issued yet.
    """
    numbers, may = viewer.where(REGISTER).own, viewer.where(DRAFT).own
    others = may - numbers
    if not others or viewer.member_id is None:
        return may & numbers
    led = Office.objects.filter(
        valid_on(today()), member=viewer.member_id, post__in=LEADERS, body__in=others
    ).values_list("body_id", flat=True)
    return (may & numbers) | frozenset(led)


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the bodies for whom the viewer writes, and what was handed to the viewer for signing there."""
        asked = Q(signer__isnull=False, signer=viewer.member_id) & ~Q(consent="")
        signs = asked & Q(body__in=viewer.where(READ).own)
        return self.filter(Q(body__in=drafting_bodies(viewer)) | signs)

    def open(self) -> Self:
        return self.filter(status="drafting")

    def for_list(self) -> Self:
        return self.order_by("-changed_at", "-pk")

    def for_page(self) -> Self:
        return self.select_related("body", "signer", "author", "document", "rests_on")
