from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from nenep.organizations.reach import within
from nenep.people.models import Membership
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


class AccountQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The own account, those of members of bodies where the viewer opens accounts, all to an administrator."""
        if viewer.is_administrator:
            return self
        branch = Membership.objects.filter(
            within(viewer, "access.open", field="branch"), valid_on(today()), member=OuterRef("member")
        )
        return self.filter(Q(pk=viewer.account_id) | Exists(branch))

    def for_list(self) -> Self:
        return self.select_related("member").order_by("member__sort_key", "username")


class GrantQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        if viewer.is_administrator:
            return self
        return self.filter(account=viewer.account_id)

    def for_list(self) -> Self:
        return self.select_related("account__member", "body").order_by("-valid_to", "role", "pk")


class ReadingGrantQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The reader's own, and those on bodies whose people may know who reads their meetings."""
        return self.filter(
            Q(account=viewer.account_id) | within(viewer, "readings.see") | within(viewer, "readings.give")
        )

    def for_list(self) -> Self:
        return self.select_related("account__member", "given_by__member", "body").order_by("-asked_at", "-pk")
