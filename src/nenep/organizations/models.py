"""The tables of the tree. How they hang together: docs/tree.md."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nenep.organizations.kinds import Kind, UnitType
from nenep.organizations.querysets import BodyQuerySet
from nenep.shared.dates import FOREVER, today
from nenep.shared.vietnamese import clean, search_key, sort_key

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

__all__ = [
    "Body",
    "BodyKind",
    "BodyName",
    "Change",
    "Closure",
    "Cluster",
    "ClusterPlace",
    "Edge",
    "Kind",
    "Period",
    "RuleScope",
    "Succession",
    "UnitType",
]


class Period(models.Model):
    """A statement that holds during the half-open period [valid_from, valid_to)."""

    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", default=FOREVER)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="%(class)s_ends_after_start",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            )
        ]


class Body(models.Model):
    """A party body. `code` is how spreadsheets and people name it; names, kind and parent are dated rows.

    The dated rows of a body cover its whole life without gap or overlap; only a top body has no parent.
    """

    code = models.CharField(
        "mã tổ chức",
        max_length=30,
        unique=True,
        error_messages={"unique": _("Mã này đã có tổ chức khác dùng. Đồng chí hãy chọn mã khác.")},
    )
    founded_on = models.DateField("ngày thành lập")
    dissolved_on = models.DateField("ngày kết thúc hoạt động", default=FOREVER)

    # Not columns: what `Body.objects.on(day)` and `as_of(day)` add to a row, for the type checker.
    name: str
    short_name: str
    sort_key: str
    locality: str
    kind: str
    unit_type: str

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on__gt=F("founded_on")),
                name="body_ends_after_start",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            )
        ]

    def exists_on(self, day: date) -> bool:
        return self.founded_on <= day < self.dissolved_on

    @property
    def last_day(self) -> date:
        """The last day of its life; today while it lives."""
        return min(today(), self.dissolved_on - timedelta(days=1))

    @property
    def has_ended(self) -> bool:
        return self.dissolved_on <= today()


class BodyName(Period):
    """What a body is called and which place its papers are dated from; no place: that of the body above."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="names", db_index=False)
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=80)
    locality = models.CharField("địa danh ghi trên văn bản", max_length=80, blank=True, default="")
    sort_key = models.CharField(max_length=900, editable=False)
    search_key = models.CharField(max_length=300, editable=False)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["body", "valid_from"], name="bodyname_starts_once"),
        ]

    @classmethod
    def spelled(cls, name: str, short_name: str = "", locality: str = "", **columns: Any) -> Self:
        """An unsaved name with its keys; without a short one the name itself is used."""
        name, short_name = clean(name), clean(short_name) or clean(name)
        keys = {"sort_key": sort_key(name), "search_key": search_key(f"{name} {short_name}")}
        return cls(name=name, short_name=short_name, locality=clean(locality), **keys, **columns)


class BodyKind(Period):
    body = models.ForeignKey(Body, models.PROTECT, related_name="kinds", db_index=False)
    kind = models.CharField("loại tổ chức", max_length=30, choices=Kind)
    unit_type = models.CharField("loại hình", max_length=30, choices=UnitType, default=UnitType.OTHER)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["body", "valid_from"], name="bodykind_starts_once"),
        ]
        indexes = [models.Index(fields=["kind", "valid_from", "body"], name="bodykind_by_kind")]


class RuleScope(Period):
    """The local rules that hold in a body and in all below it: `code` is the scope of a rule pack, "ward:an-phu"."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="rule_scopes", db_index=False)
    code = models.CharField("quy định riêng", max_length=60)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["body", "valid_from"], name="rulescope_starts_once"),
        ]


class Edge(Period):
    """Who stood directly under whom: the truth from which the closure is derived."""

    child = models.ForeignKey(Body, models.PROTECT, related_name="edges_up", db_index=False)
    parent = models.ForeignKey(Body, models.PROTECT, related_name="edges_down", db_index=False)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["child", "valid_from"], name="edge_starts_once"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="edge_joins_two_bodies"),
        ]
        indexes = [models.Index(fields=["parent", "valid_from", "valid_to", "child"], name="edge_by_parent")]


class Closure(models.Model):
    """Every ancestor of every body in time, itself included at depth 0. Derived (see `closure`).

    The key serves the way up; the index serves the way down and holds every column that a subtree needs.
    """

    pk = models.CompositePrimaryKey("descendant_id", "ancestor_id", "valid_from")
    ancestor = models.ForeignKey(Body, models.CASCADE, related_name="below", db_index=False)
    descendant = models.ForeignKey(Body, models.CASCADE, related_name="above", db_index=False)
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        indexes = [
            models.Index(
                fields=["ancestor", "descendant", "valid_from", "valid_to", "depth"], name="closure_downward"
            )
        ]


class Change(models.Model):
    """What happened to a body and by which decision; shown on its page as its history."""

    class What(models.TextChoices):
        CREATED = "created", "Thành lập"
        RENAMED = "renamed", "Đổi tên"
        LOCALITY_CHANGED = "locality_changed", "Đổi địa danh"
        RECLASSIFIED = "reclassified", "Đổi loại tổ chức"
        RULES_CHANGED = "rules_changed", "Đổi quy định riêng"
        MOVED = "moved", "Chuyển về trực thuộc"
        MERGED = "merged", "Hợp nhất"
        SPLIT = "split", "Chia tách"
        SUCCEEDED = "succeeded", "Tiếp nối"
        DISSOLVED = "dissolved", "Kết thúc hoạt động"

    body = models.ForeignKey(Body, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20, choices=What)
    day = models.DateField("ngày có hiệu lực")
    decision = models.CharField("số quyết định", max_length=80, blank=True)


class Succession(models.Model):
    """`successor` continues `predecessor` from `day` on; old figures stay where they were earned."""

    predecessor = models.ForeignKey(Body, models.PROTECT, related_name="successions", db_index=False)
    successor = models.ForeignKey(Body, models.PROTECT, related_name="origins")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_is_stated_once")
        ]


class Cluster(Period):
    """A group of bodies across the tree, formed by the body above them (cụm)."""

    owner = models.ForeignKey(Body, models.PROTECT, related_name="clusters")
    code = models.CharField(
        "mã cụm",
        max_length=30,
        unique=True,
        error_messages={"unique": _("Mã này đã có cụm khác dùng. Đồng chí hãy chọn mã khác.")},
    )
    name = models.CharField("tên cụm", max_length=120)


class ClusterPlace(Period):
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="places")
    body = models.ForeignKey(Body, models.PROTECT, related_name="cluster_places", db_index=False)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["body", "valid_from"], name="clusterplace_starts_once"),
        ]
