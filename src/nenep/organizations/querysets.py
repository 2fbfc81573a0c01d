"""The chainable reads of bodies. Every one takes the day it speaks of; nothing here means "now" by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, FilteredRelation, Q

from nenep.organizations.kinds import BRANCH_KINDS, GRASSROOTS_KINDS
from nenep.shared.dates import today, valid_on
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from nenep.organizations.kinds import Kind
    from nenep.organizations.models import Body  # noqa: F401  # the type of the rows
    from nenep.shared.viewer import Viewer


class BodyQuerySet(models.QuerySet["Body"]):
    def on(self, day: date) -> Self:
        """Bodies that exist on `day`, with the `name`, `short_name`, `locality`, `kind`, `unit_type` of it."""
        return self.filter(founded_on__lte=day, dissolved_on__gt=day).as_of(day)

    def as_of(self, day: date) -> Self:
        """The same annotations without asking whether the body exists; they are None where it does not."""
        return self.alias(
            name_then=FilteredRelation("names", condition=valid_on(day, prefix="names__")),
            kind_then=FilteredRelation("kinds", condition=valid_on(day, prefix="kinds__")),
        ).annotate(
            name=F("name_then__name"),
            short_name=F("name_then__short_name"),
            sort_key=F("name_then__sort_key"),
            locality=F("name_then__locality"),
            kind=F("kind_then__kind"),
            unit_type=F("kind_then__unit_type"),
        )

    def of_kind(self, *kinds: Kind) -> Self:
        """Bodies of these kinds on the day of `on(day)`; today when no day was named before."""
        dated = self if "kind" in self.query.annotations else self.on(today())
        return dated.filter(kind__in=kinds)

    def branches(self) -> Self:
        return self.of_kind(*sorted(BRANCH_KINDS))

    def grassroots(self) -> Self:
        """The grassroots bodies: both grassroots organizations and grassroots branches (R21)."""
        return self.of_kind(*sorted(GRASSROOTS_KINDS))

    def under(self, body_id: int, day: date) -> Self:
        """Bodies at any depth below `body_id` on `day`, itself not included."""
        return self.filter(valid_on(day, prefix="above__"), above__ancestor=body_id, above__depth__gt=0)

    def children_of(self, body_id: int, day: date) -> Self:
        """Bodies directly under `body_id` on `day`."""
        return self.filter(valid_on(day, prefix="edges_up__"), edges_up__parent=body_id)

    def in_cluster(self, cluster_id: int, day: date) -> Self:
        return self.filter(valid_on(day, prefix="cluster_places__"), cluster_places__cluster=cluster_id)

    def visible_to(self, viewer: Viewer) -> Self:
        """Bodies that the viewer may find: the structure only, never what happened inside them.

        Besides the bodies within reach today these are the ended ones: those whose last place was within
        reach, and those that a body within reach succeeded. The tree as it was would otherwise have holes.
        """
        from nenep.organizations import reach  # noqa: PLC0415  # reach stands on the models, these on us

        return self.filter(reach.readable(viewer))

    def search(self, text: str, day: date) -> Self:
        """Bodies whose name or code on `day` holds every word of `text`, marks and order ignored."""
        # One filter: all its conditions are about the same name.
        found = valid_on(day, prefix="names__")
        for word in search_key(text).split():
            found &= Q(names__search_key__contains=word) | Q(code__icontains=word)
        return self.filter(found)

    def in_order(self) -> Self:
        """By code: the order in which a committee lists its bodies."""
        return self.order_by("code", "pk")
