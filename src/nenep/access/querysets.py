from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from nenep.access.reach import MANAGE, administers_root
from nenep.organizations.reach import within
from nenep.people.models import Membership
from nenep.shared.dates import now, today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.shared.viewer import Viewer


class AccountQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The own account, and those at home in a body where the viewer opens accounts."""
        return self.filter(Q(pk=viewer.account_id) | at_home(viewer, "access.open"))

    def for_list(self) -> Self:
        return self.select_related("member").order_by("member__sort_key", "username")

    def select_for_update(
        self, nowait: bool = False, skip_locked: bool = False, of: Sequence[str] = (), no_key: bool = False
    ) -> Self:
        """The account alone: PostgreSQL locks no member who comes with it and may be nobody."""
        return super().select_for_update(nowait, skip_locked, of or ("self",), no_key)


class CodeRequestQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What one asked, what is asked for oneself, and what one might confirm."""
        account = apps.get_model("access", "Account")._base_manager
        return self.filter(
            Q(asked_by=viewer.account_id)
            | Q(account=viewer.account_id)
            | Q(account__in=account.filter(at_home(viewer, "access.confirm")))
        )

    def open(self) -> Self:
        return self.filter(state__in=["asked", "confirmed"], expires_at__gt=now())

    def for_page(self) -> Self:
        return self.select_related("account__member", "asked_by__member", "decided_by__member")

    def for_list(self) -> Self:
        return self.for_page().order_by("-asked_at", "-pk")


class GrantQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The own ones, and those in bodies that the viewer administers; at the top every administrator."""
        found = Q(account=viewer.account_id) | within(viewer, MANAGE)
        if administers_root(viewer):
            found |= Q(role="administrator")
        return self.filter(found)

    def for_list(self) -> Self:
        return self.select_related("account__member", "body").order_by("-valid_to", "role", "pk")


class ReadingGrantQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The reader's own, and those on bodies whose people may know who reads their meetings."""
        return self.filter(Q(account=viewer.account_id) | within(viewer, "readings.see", "readings.give"))

    def for_list(self) -> Self:
        return self.select_related("account__member", "given_by__member", "body").order_by("-asked_at", "-pk")


def at_home(viewer: Viewer, verb: str) -> Q:
    """A condition on accounts: home is within reach of the verb. The same homes as `reach.homes_of`."""
    begun = Membership.objects.filter(valid_from__lte=today())
    later = begun.filter(member=OuterRef("member"), valid_from__gt=OuterRef("valid_from"))
    branch = begun.filter(within(viewer, verb, field="branch"), ~Exists(later), member=OuterRef("member"))
    # The models import this file, so the name is looked up when a query is built.
    given = apps.get_model("access", "Grant")._base_manager.filter(
        within(viewer, verb), account=OuterRef("pk")
    )
    return Exists(branch) | Q(Exists(given), member__isnull=True)
