from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nenep.meetings.models import AgendaItem, Meeting
from nenep.people.models import Member


class Stage(models.Model):
    """The part of the agenda that is on, and since when. Gone when the meeting is closed."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="stage")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="+")
    since = models.DateTimeField()


class Turn(models.Model):
    """One wish to speak: asked, then perhaps given the floor, then ended. Gone when the meeting is closed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="turns")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"], condition=Q(given_at=None), name="turn_is_asked_for_once"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(given_at__isnull=False, ended_at=None),
                name="turn_is_one_at_a_time",
            ),
        ]


class SpokenCount(models.Model):
    """How many spoke in a meeting, as the room counted them: all that stays of its turns."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="spoken_count")
    speakers = models.PositiveSmallIntegerField()


class BandCount(models.Model):
    """How many of an age band were there, and how many of them silent, at closing; only of bands that hide each one."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="band_counts")
    # Ages in years by the rule of the day, both included; NULL: the last band has no end.
    age_from = models.PositiveSmallIntegerField()
    age_to = models.PositiveSmallIntegerField(null=True)
    present = models.PositiveSmallIntegerField()
    silent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "age_from"], name="bandcount_is_one_for_each_band"),
            models.CheckConstraint(
                condition=Q(silent__lte=F("present")), name="bandcount_is_silent_within_those_present"
            ),
        ]
