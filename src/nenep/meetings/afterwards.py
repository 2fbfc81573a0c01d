"""What is kept of a meeting afterwards: the tables of its minutes and figures, which `models` gives on with its own."""

from __future__ import annotations

from django.db import models

from nenep.documents.models import Document
from nenep.meetings.states import ThematicPart
from nenep.people.models import Member
from nenep.shared.once import MadeOnce


class Minutes(models.Model):
    """The minutes: composed from the meeting's records, read back, adopted, then never changed."""

    meeting = models.OneToOneField("meetings.Meeting", models.CASCADE, related_name="minutes")
    content = models.JSONField()
    adopted_at = models.DateTimeField()
    votes_for = models.PositiveSmallIntegerField("số tán thành biên bản")
    document = models.OneToOneField(Document, models.PROTECT, null=True, editable=False, related_name="+")
    # When somebody ticked off that the papers of the meeting are printed and signed; NULL until then.
    signed_at = models.DateTimeField(null=True, editable=False)


class PaperEntry(models.Model):
    """That a meeting was held on paper and typed in afterwards; the signed paper stays the original."""

    meeting = models.OneToOneField("meetings.Meeting", models.CASCADE, related_name="paper_entry")
    # What the program knew of the month before: a MeetingStatus, "imported", or nothing.
    was = models.CharField(max_length=20, blank=True)
    resolution = models.CharField("nghị quyết đã ban hành", max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")


class Correction(MadeOnce):
    """A visible note to adopted minutes; the minutes themselves stay."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrections")
    text = models.TextField("nội dung đính chính", max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")


class MeetingFigures(models.Model):
    """What is known of a meeting in numbers: counted at adoption, or imported for a past month."""

    meeting = models.OneToOneField("meetings.Meeting", models.CASCADE, related_name="figures")
    duration_minutes = models.PositiveSmallIntegerField(null=True, editable=False)
    committee_met = models.BooleanField(default=False)
    draft_prepared = models.BooleanField(default=False)
    draft_comments = models.PositiveSmallIntegerField(default=0)
    draft_comments_taken = models.PositiveSmallIntegerField(default=0)
    # NULL: counted before the program told these apart.
    draft_comments_adapted = models.PositiveSmallIntegerField(null=True, editable=False)
    draft_comments_declined = models.PositiveSmallIntegerField(null=True, editable=False)
    opinions_reserved = models.PositiveSmallIntegerField(null=True, editable=False)
    notice_days = models.SmallIntegerField(null=True, editable=False)
    speakers = models.PositiveSmallIntegerField(null=True, editable=False)
    opinions_beforehand = models.PositiveSmallIntegerField(default=0)
    minutes_information = models.PositiveSmallIntegerField(default=0)
    minutes_political_task = models.PositiveSmallIntegerField(default=0)
    minutes_party_building = models.PositiveSmallIntegerField(default=0)
    minutes_discussion = models.PositiveSmallIntegerField(default=0)
    conclusions = models.PositiveSmallIntegerField(default=0)
    reviewed = models.PositiveSmallIntegerField(default=0)
    reviewed_met = models.PositiveSmallIntegerField(default=0)
    reviewed_partly = models.PositiveSmallIntegerField(default=0)
    reviewed_not_met = models.PositiveSmallIntegerField(default=0)
    reviewed_without_cause = models.PositiveSmallIntegerField(default=0)
    adopted_on = models.DateField(null=True, editable=False)
    # ThematicPart with commas between: what a thematic meeting lacked to count as one. Empty for every other.
    thematic_lacks = models.CharField(max_length=80, blank=True, editable=False)

    @property
    def lacking(self) -> list[str]:
        """The parts in words."""
        return [ThematicPart(code).label for code in self.thematic_lacks.split(",") if code]
