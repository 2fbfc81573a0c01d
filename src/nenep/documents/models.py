from django.db import models
from django.db.models import Q

from nenep.documents.querysets import DocumentQuerySet
from nenep.organizations.models import Body


class Series(models.Model):
    """A continuous run of numbers. Its row is the lock that hands out one number at a time."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="tổ chức")
    # What the rulebook numbers by, in its order: "kind=NQ,term=12".
    key = models.CharField("dãy số", max_length=120)
    last = models.PositiveIntegerField("số cuối đã cấp", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "key"], name="series_is_kept_once")]


class Document(models.Model):
    """An entry of the outgoing register: a number that was given to a paper."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="documents", verbose_name="tổ chức ban hành")
    series = models.ForeignKey(Series, models.PROTECT, related_name="documents", verbose_name="dãy số")
    kind = models.CharField("thể loại", max_length=10)
    # The term of the committee in which the number runs; empty where no term is recorded.
    term = models.CharField("nhiệm kỳ", max_length=40, blank=True)
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("số và ký hiệu", max_length=40)
    issued_on = models.DateField("ngày ban hành")
    subject = models.CharField("trích yếu", max_length=500)
    # The record that the paper was made from, as plain values: "resolutions.resolution", 12.
    source_type = models.CharField("loại hồ sơ gốc", max_length=60, blank=True)
    source_id = models.BigIntegerField("số của hồ sơ gốc", null=True, blank=True)
    registered_at = models.DateTimeField("lúc vào sổ")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="document_number_is_unique_in_series"),
            models.UniqueConstraint(
                fields=["source_type", "source_id", "kind"],
                condition=Q(source_id__isnull=False),
                name="document_source_is_numbered_once",
                violation_error_message="Văn bản này đã có số trong sổ văn bản đi.",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="document_number_starts_at_one"),
        ]
        indexes = [models.Index(fields=["body", "issued_on"], name="document_by_body")]

    def __str__(self) -> str:
        return self.symbol
