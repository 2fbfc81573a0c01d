from __future__ import annotations

from django.db import models

from nenep.access.models import Account


class Upload(models.Model):
    """A spreadsheet between its check and its confirmation; gone when confirmed, given up or a day old."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    at = models.DateTimeField()
