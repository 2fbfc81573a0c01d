from __future__ import annotations

from functools import reduce
from operator import or_
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
        mine = _memberships().filter(valid_on(day), branch=branch_id)
        # IN, not EXISTS: the few rows of the branch lead, whatever the country counts.
        return self.filter(pk__in=mine.values("member")).with_status(day).in_order()

    def guests_of(self, branch_id: int, day: date) -> Self:
        """Who is temporarily active in the branch that day while belonging to another one."""
        stay = _periods().filter(valid_on(day), host=branch_id)
        return self.filter(pk__in=stay.values("member")).with_status(day).in_order()

    def under(self, body_id: int, day: date) -> Self:
        """Whose branch that day is the body or stands anywhere below it."""
        mine = _memberships().filter(
            valid_on(day),
            valid_on(day, prefix="branch__above__"),
            branch__above__ancestor=body_id,
        )
        return self.filter(pk__in=mine.values("member"))

    def with_status(self, day: date) -> Self:
        """Annotate `status`: a stated period, else official from `official_on` on, else probationary."""
        stated = _periods().filter(valid_on(day), member=OuterRef("pk")).values("status")[:1]
        return self.annotate(status=Coalesce(Subquery(stated), _plain_standing(day)))

    def of_branch_or_host(self, branch_id: int, day: date) -> models.QuerySet[Any, int]:
        """Ids of the branch's own members and its guests of that day."""
        mine = _memberships().filter(valid_on(day), branch=branch_id).values("member")
        stay = _periods().filter(valid_on(day), host=branch_id).values("member")
        return self.filter(Q(pk__in=mine) | Q(pk__in=stay)).values_list("pk", flat=True)

    def visible_to(self, viewer: Viewer) -> Self:
        """Members whose name the viewer may see today: oneself, and those of bodies (guests too) in reach."""
        return self._inside(viewer, "people.list", "people.read")

    def readable_by(self, viewer: Viewer) -> Self:
        """Members whose page the viewer may open; the same answer as `MemberAccess.read`, for many."""
        return self._inside(viewer, "people.read")

    def search(self, text: str) -> Self:
        """Every word of `text` somewhere in the name, in any order, marks or none; no word finds all."""
        found = self
        for word in search_key(text).split():
            found = found.filter(search_key__contains=word)
        return found

    def in_order(self) -> Self:
        return self.order_by("sort_key", "code")

    def _inside(self, viewer: Viewer, *verbs: str) -> Self:
        """Whose latest membership or present stay is within reach of one of the verbs, and oneself.

        Who has left stays with the last branch, so that nobody is out of everybody's care.
        """
        branches = reduce(or_, (within(viewer, verb, field="branch") for verb in verbs))
        hosts = reduce(or_, (within(viewer, verb, field="host") for verb in verbs))
        later = _memberships().filter(member=OuterRef("member"), valid_from__gt=OuterRef("valid_from"))
        begun = _memberships().filter(valid_from__lte=today(), member=OuterRef("pk"))
        mine = begun.filter(branches).filter(~Exists(later.filter(valid_from__lte=today())))
        stay = _periods().filter(hosts, valid_on(today()), member=OuterRef("pk"))
        return self.filter(Q(pk=viewer.member_id) | Exists(mine) | Exists(stay))


class OfficeQuerySet(models.QuerySet["Office"]):  # type: ignore[name-defined]
    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    def for_page(self) -> Self:
        """Latest first, with what one line shows."""
        return self.with_kind().select_related("member", "body", "cluster").order_by("-valid_from", "post")

    def with_kind(self) -> Self:
        """`kind`: what the body is, or was when the office ended; for `Office.post_name`."""
        kinds = apps.get_model("organizations.BodyKind")._base_manager.filter(
            body=OuterRef("body"), valid_from__lt=OuterRef("valid_to")
        )
        return self.annotate(kind=Subquery(kinds.order_by("-valid_from").values("kind")[:1]))


class IntroductionQuerySet(models.QuerySet["Introduction"]):  # type: ignore[name-defined]
    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def visible_to(self, viewer: Viewer) -> Self:
        """Those that wait, for whoever changes people on one of the two sides; answered ones are nobody's business."""
        sides = within(viewer, "people.change", field="origin") | within(
            viewer, "people.change", field="destination"
        )
        return self.waiting().filter(sides)

    def of_body(self, body_id: int) -> Self:
        return self.filter(Q(origin=body_id) | Q(destination=body_id))

    def for_list(self) -> Self:
        return self.select_related("member").order_by("stated_at", "pk")


def _plain_standing(day: date) -> Case:
    return Case(
        When(official_on__lte=day, then=Value("official")),
        default=Value("probationary"),
        output_field=models.CharField(),
    )


# The models import this file, so their names are looked up when a query is built.
def _memberships() -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model("people", "Membership")._base_manager.all()
    return rows


def _periods() -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model("people", "StatusPeriod")._base_manager.all()
    return rows
