from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from nenep.organizations.models import Closure
from nenep.organizations.reach import within
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from nenep.directives.models import (  # noqa: F401  # named in strings below
        Directive,
        Made,
        Programme,
        Receipt,
    )
    from nenep.shared.viewer import Viewer


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What the viewer's bodies issue, drafts too; what was issued and reached them, or a body they look after."""
        receipts = self._receipts(viewer)
        given_below = within(viewer, "directives.follow", field="keeper")
        return self.filter(
            within(viewer, "directives.issue", field="keeper")
            | Q(issued_at__isnull=False) & (Q(Exists(receipts)) | given_below)
        )

    @staticmethod
    def _receipts(viewer: Viewer) -> models.QuerySet[Receipt]:
        from nenep.directives.models import Receipt  # noqa: PLC0415  # it stands on us

        reached = within(viewer, "directives.read", "directives.follow")
        return Receipt.objects.filter(reached, directive=OuterRef("pk"))

    def latest_first(self) -> Self:
        """Drafts before what was issued."""
        return self.order_by(F("issued_at").desc(nulls_first=True), "-pk")

    def for_page(self) -> Self:
        return self.select_related("body", "keeper", "cluster", "programme", "document")


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Of the viewer's own bodies, of those below that they look after, and of what their bodies have issued."""
        return self.filter(
            within(viewer, "directives.read", "directives.follow")
            | within(viewer, "directives.issue", field="directive__keeper")
        )

    def standing(self) -> Self:
        """Of bodies that have not ended since, and of directives in force."""
        return self.filter(ended_at=None, directive__status="issued")

    def unacknowledged(self) -> Self:
        return self.filter(acknowledged_at=None)


class MadeQuerySet(models.QuerySet["Made"]):
    def told(self) -> Self:
        """Without a directive that its body is still drafting, or took back, and without work given by mistake."""
        return self.filter(
            Q(handed_down=None) | Q(handed_down__status="issued"),
            Q(assignment=None) | ~Q(assignment__status="withdrawn"),
        )

    def with_links(self) -> Self:
        return self.select_related(
            "requirement",
            "document",
            "entry__plan",
            "guidance",
            "resolution__meeting",
            "assignment",
            "handed_down",
        ).prefetch_related("guidance__versions")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the viewer's bodies and of the bodies above them: a programme holds nothing that is secret below."""
        own = viewer.where("directives.read").own
        above = Closure.objects.filter(valid_on(today()), descendant__in=own).values("ancestor")
        return self.filter(within(viewer, "directives.issue", field="keeper") | Q(keeper_id__in=above))
