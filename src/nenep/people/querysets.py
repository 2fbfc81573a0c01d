from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from nenep.organizations.reach import within
from nenep.shared.dates import today, valid_on
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from datetime import date

    from nenep.shared.viewer import Viewer


class MemberQuerySet(models.QuerySet["Member"]):  # type: ignore[name-defined]
    def of_branch(self, branch_id: int, day: date) -> Self:
        """Whose membership is in the branch that day, with `status`, in Vietnamese order; no guests."""
        mine = _memberships().filter(valid_on(day), member=OuterRef("pk"), branch=branch_id)
        return self.filter(Exists(mine)).with_status(day).in_order()

    def guests_of(self, branch_id: int, day: date) -> Self:
        """Who is temporarily active in the branch that day while belonging to another one."""
        stay = _periods().filter(valid_on(day), member=OuterRef("pk"), host=branch_id)
        return self.filter(Exists(stay)).with_status(day).in_order()

    def under(self, body_id: int, day: date) -> Self:
        """Whose branch that day is the body or stands anywhere below it."""
        mine = _memberships().filter(
            valid_on(day),
            valid_on(day, prefix="branch__above__"),
            member=OuterRef("pk"),
            branch__above__ancestor=body_id,
        )
        return self.filter(Exists(mine))

    def with_status(self, day: date) -> Self:
        """Annotate `status`: a stated period, else official from `official_on` on, else probationary."""
        stated = _periods().filter(valid_on(day), member=OuterRef("pk")).values("status")[:1]
        return self.annotate(status=Coalesce(Subquery(stated), _plain_standing(day)))

    def with_branch(self, day: date) -> Self:
        """Annotate `branch_id`, the branch of that day (None for who has left or not yet come)."""
        mine = _memberships().filter(valid_on(day), member=OuterRef("pk")).values("branch_id")[:1]
        return self.annotate(branch_id=Subquery(mine))

    def visible_to(self, viewer: Viewer) -> Self:
        """Members whose name the viewer may see today: oneself, and those of bodies (guests too) in reach."""
        inside = within(viewer, "people.list", field="branch") | within(viewer, "people.read", field="branch")
        hosted = within(viewer, "people.list", field="host") | within(viewer, "people.read", field="host")
        mine = _memberships().filter(inside, valid_on(today()), member=OuterRef("pk"))
        stay = _periods().filter(hosted, valid_on(today()), member=OuterRef("pk"))
        return self.filter(Q(pk=viewer.member_id) | Exists(mine) | Exists(stay))

    def search(self, text: str) -> Self:
        """Every word of `text` somewhere in the name, in any order, marks or none; no word finds all."""
        found = self
        for word in search_key(text).split():
            found = found.filter(search_key__contains=word)
        return found

    def in_order(self) -> Self:
        return self.order_by("sort_key", "code")


class OfficeQuerySet(models.QuerySet["Office"]):  # type: ignore[name-defined]
    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    def for_page(self) -> Self:
        """Latest first, with what one line shows."""
        return self.select_related("member", "body", "cluster").order_by("-valid_from", "post")


def _plain_standing(day: date) -> Case:
    return Case(
        When(official_on__lte=day, then=Value("official")),
        default=Value("probationary"),
        output_field=models.CharField(),
    )


# The models import this file, so their names are looked up when a query is built.
def _memberships() -> models.QuerySet[Any]:
    return apps.get_model("people", "Membership")._base_manager.all()


def _periods() -> models.QuerySet[Any]:
    return apps.get_model("people", "StatusPeriod")._base_manager.all()
