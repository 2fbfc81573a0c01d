from django.db import models
from django.db.models import F, Q

from nenep.shared.dates import FOREVER


class Kind(models.TextChoices):
    """What a body is in the tree (regulations.md 6.A). Depth varies; nothing here fixes it."""

    CENTRE = "centre", "Trung ương"
    PROVINCE = "province", "Đảng bộ tỉnh, thành phố"
    COMMITTEE = "committee", "Đảng bộ cấp trên trực tiếp của cơ sở"
    GRASSROOTS_ORGANIZATION = "grassroots_organization", "Đảng bộ cơ sở"
    SECTIONAL_ORGANIZATION = "sectional_organization", "Đảng bộ bộ phận"
    GRASSROOTS_BRANCH = "grassroots_branch", "Chi bộ cơ sở"
    SUBORDINATE_BRANCH = "subordinate_branch", "Chi bộ trực thuộc"
    ADVISORY_UNIT = "advisory_unit", "Cơ quan tham mưu"

    @property
    def is_branch(self) -> bool:
        return self in BRANCH_KINDS

    @property
    def is_grassroots(self) -> bool:
        return self in GRASSROOTS_KINDS


BRANCH_KINDS = frozenset({Kind.GRASSROOTS_BRANCH, Kind.SUBORDINATE_BRANCH})
GRASSROOTS_KINDS = frozenset({Kind.GRASSROOTS_ORGANIZATION, Kind.GRASSROOTS_BRANCH})


class UnitType(models.TextChoices):
    """The unit a body leads; decides agenda focus and peers (founding report lines 25 and 43)."""

    LEADING = "leading", "Cơ quan lãnh đạo, tham mưu"
    ADMINISTRATIVE = "administrative", "Cơ quan hành chính"
    JUDICIAL = "judicial", "Cơ quan tư pháp"
    PUBLIC_SERVICE = "public_service", "Đơn vị sự nghiệp"
    MASS_ORGANIZATION = "mass_organization", "Tổ chức chính trị - xã hội"
    NON_PUBLIC = "non_public", "Đơn vị ngoài công lập"
    PRESS = "press", "Cơ quan báo chí"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    RESIDENTIAL = "residential", "Thôn, tổ dân phố"
    OTHER = "other", "Loại hình khác"


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
    """A party body. `code` is how spreadsheets and people name it; names, kind and parent are dated rows."""

    code = models.CharField("mã tổ chức", max_length=30, unique=True)
    founded_on = models.DateField("ngày thành lập")
    dissolved_on = models.DateField("ngày kết thúc hoạt động", default=FOREVER)
    # Local rule overlays that apply to this body and all below it: ["ward:an-phu"].
    rule_scopes = models.JSONField("phạm vi quy định riêng", default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on__gt=F("founded_on")), name="body_ends_after_start"
            )
        ]


class BodyName(Period):
    body = models.ForeignKey(Body, models.PROTECT, related_name="names")
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên gọi tắt", max_length=80)
    sort_key = models.CharField(max_length=600, editable=False)
    search_key = models.CharField(max_length=300, editable=False)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["body", "valid_from"], name="bodyname_starts_once"),
        ]


class BodyKind(Period):
    body = models.ForeignKey(Body, models.PROTECT, related_name="kinds")
    kind = models.CharField("loại tổ chức", max_length=30, choices=Kind)
    unit_type = models.CharField("loại hình", max_length=30, choices=UnitType, default=UnitType.OTHER)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["body", "valid_from"], name="bodykind_starts_once"),
        ]


class Edge(Period):
    """Who stood directly under whom: the truth from which the closure is derived."""

    child = models.ForeignKey(Body, models.PROTECT, related_name="edges_up")
    parent = models.ForeignKey(Body, models.PROTECT, related_name="edges_down")

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["child", "valid_from"], name="edge_starts_once"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="edge_joins_two_bodies"),
        ]
        indexes = [models.Index(fields=["parent", "valid_from"], name="edge_by_parent")]


class Closure(models.Model):
    """Every ancestor of every body in time, itself included at depth 0. Derived; rebuilt by `closure.rebuild`."""

    ancestor = models.ForeignKey(Body, models.CASCADE, related_name="below", db_index=False)
    descendant = models.ForeignKey(Body, models.CASCADE, related_name="above", db_index=False)
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ancestor", "descendant", "valid_from"], name="closure_starts_once"
            )
        ]
        indexes = [models.Index(fields=["descendant", "ancestor", "valid_from"], name="closure_upward")]


class Change(models.Model):
    """What happened to a body and by which decision; shown on its page as its history."""

    class What(models.TextChoices):
        CREATED = "created", "Thành lập"
        RENAMED = "renamed", "Đổi tên"
        RECLASSIFIED = "reclassified", "Đổi loại tổ chức"
        MOVED = "moved", "Chuyển về trực thuộc"
        MERGED = "merged", "Hợp nhất"
        SPLIT = "split", "Chia tách"
        DISSOLVED = "dissolved", "Kết thúc hoạt động"

    body = models.ForeignKey(Body, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20, choices=What)
    day = models.DateField("ngày có hiệu lực")
    decision = models.CharField("số quyết định", max_length=80, blank=True)


class Succession(models.Model):
    """`successor` continues `predecessor` from `day` on; old figures stay where they were earned."""

    predecessor = models.ForeignKey(Body, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Body, models.PROTECT, related_name="origins")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_is_stated_once")
        ]


class Cluster(Period):
    """A group of bodies across the tree, formed by the body above them."""

    owner = models.ForeignKey(Body, models.PROTECT, related_name="clusters")
    code = models.CharField("mã cụm", max_length=30, unique=True)
    name = models.CharField("tên cụm", max_length=120)


class ClusterPlace(Period):
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="places")
    body = models.ForeignKey(Body, models.PROTECT, related_name="cluster_places")

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["body", "valid_from"], name="clusterplace_starts_once"),
        ]
