"""The base of a vote, whatever way it is counted."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class CountedBase(models.Model):
    """Whom a vote counts: official members less the absences that `pack` names, in integers that stay as they were."""

    pack = models.CharField(max_length=30)
    official = models.PositiveSmallIntegerField()
    away_absent = models.PositiveSmallIntegerField()
    exempt_absent = models.PositiveSmallIntegerField()
    suspended = models.PositiveSmallIntegerField()
    base = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(base=F("official") - F("away_absent") - F("exempt_absent") - F("suspended")),
                name="%(class)s_base_follows_from_its_parts",
            ),
        ]
