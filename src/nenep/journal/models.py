import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import models

START = "0" * 64


class Chain(models.Model):
    """The head of one chain. Its row is the lock that lets one writer append at a time."""

    key = models.IntegerField(primary_key=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default=START)


class Event(models.Model):
    """One thing that somebody did or read. Triggers refuse every later change (see `triggers`)."""

    seq = models.BigAutoField(primary_key=True)
    chain = models.IntegerField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    body = models.IntegerField(null=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    subject = models.IntegerField(null=True)
    purpose = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="event_number_is_unique_in_chain")
        ]
        indexes = [
            models.Index(fields=["body", "seq"], name="event_by_body"),
            models.Index(fields=["subject", "seq"], name="event_by_subject"),
            models.Index(fields=["object_type", "object_id", "seq"], name="event_by_object"),
        ]

    def computed_hash(self) -> str:
        """SHA-256 over the previous hash and every other column, as canonical JSON."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        place = [self.chain, self.number, at, self.actor, self.verb, self.body]
        record = [self.object_type, self.object_id, self.subject, self.purpose, self.details]
        return digest(self.previous, place + record)


def digest(previous: str, columns: list[Any]) -> str:
    canonical = json.dumps(columns, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256((previous + canonical).encode()).hexdigest()
