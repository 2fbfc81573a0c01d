from __future__ import annotations

import secrets

from django.db import models

from nenep.access.models import Account
from nenep.organizations.models import Body


def new_ref() -> str:
    return secrets.token_urlsafe(12)


class Feed(models.Model):
    """The private calendar of an account. Whoever knows the address reads it, so only its digest is kept."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="calendar_feed")
    digest = models.CharField("mã kiểm tra của địa chỉ", max_length=64, unique=True, editable=False)
    shows_place = models.BooleanField("ghi cả địa điểm", default=True)
    made_at = models.DateTimeField(editable=False)


class PublicCalendar(models.Model):
    """The calendar of a branch that anybody may read, with the kinds of meetings that it chose to show."""

    body = models.OneToOneField(Body, models.PROTECT, related_name="public_calendar")
    ref = models.CharField("mã trong địa chỉ", max_length=40, unique=True, default=new_ref, editable=False)
    kinds = models.JSONField("loại kỳ sinh hoạt", default=list)
    shows_place = models.BooleanField("ghi cả địa điểm", default=False)
    opened_at = models.DateTimeField(editable=False)
