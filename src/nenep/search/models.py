from django.db import models

from nenep.organizations.models import Body


class Entry(models.Model):
    """What the index knows of a record: its words, folded (`folding`). The record itself stays where it is.

    The primary key grows with the day (`keys.key_of`), so that "the newest first" is the order of the index.
    `search.tables` hangs an index of words on this table; a migration that makes the table anew must install it again.
    """

    # The key of a source ("resolution") and the record's own key.
    type = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    head = models.TextField()
    plain = models.TextField()
    # Title and text once more with the marks written as letters.
    marked = models.TextField()
    # "resolution12 m202611": whose and of which month, as words that the index can be asked for.
    place = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["type", "object_id"], name="entry_is_one_for_each_record")
        ]


class Built(models.Model):
    """By which rules the index was built last (`rebuilding.version`); no row: never."""

    version = models.CharField(max_length=64)
    at = models.DateTimeField()
