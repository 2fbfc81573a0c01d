from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F

from nenep.organizations.reach import within
from nenep.shared.references import reference_to

if TYPE_CHECKING:
    from nenep.notices.models import Delivery, Notice  # noqa: F401  # named in strings below
    from nenep.shared.viewer import Viewer


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, viewer: Viewer) -> NoticeQuerySet:
        """A notice is for its member alone."""
        return self.none() if viewer.member_id is None else self.filter(member=viewer.member_id)

    def told_by(self, viewer: Viewer) -> NoticeQuerySet:
        """Notices of the bodies whose meetings the viewer calls: how they reached people, never what they say."""
        return self.filter(within(viewer, "meetings.call"))

    def about(self, row: models.Model) -> NoticeQuerySet:
        """Those that speak of this record."""
        about_type, about_id = reference_to(row)
        return self.filter(about_type=about_type, about_id=about_id)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def for_list(self) -> NoticeQuerySet:
        """Unread first, then the newest."""
        return self.order_by(F("read_at").desc(nulls_first=True), "-created_at", "-pk")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, viewer: Viewer) -> DeliveryQuerySet:
        """How a notice reached its member is seen by those who call the meetings of that body."""
        return self.filter(within(viewer, "meetings.call", field="notice__body"))

    def by_hand(self) -> DeliveryQuerySet:
        return self.filter(channel__in=["paper", "phone"])

    def waiting(self) -> DeliveryQuerySet:
        return self.filter(state="waiting")

    def for_list(self) -> DeliveryQuerySet:
        """By notice, then by name; joined so that the list costs one query."""
        order = ("-notice__created_at", "notice__kind", "notice__title", "notice__member__sort_key")
        return self.select_related("notice__member").order_by(*order)
