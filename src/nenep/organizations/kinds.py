"""What a body can be, and what may stand under what."""

from __future__ import annotations

from django.db import models


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


_UPPER = frozenset({Kind.CENTRE, Kind.PROVINCE, Kind.COMMITTEE})
# R22-R24: a grassroots body under an upper committee, a subordinate branch inside a grassroots organization.
PARENTS: dict[Kind, frozenset[Kind]] = {
    Kind.CENTRE: frozenset(),
    Kind.PROVINCE: frozenset({Kind.CENTRE}),
    Kind.COMMITTEE: _UPPER,
    Kind.GRASSROOTS_ORGANIZATION: _UPPER,
    Kind.GRASSROOTS_BRANCH: _UPPER,
    Kind.SECTIONAL_ORGANIZATION: frozenset({Kind.GRASSROOTS_ORGANIZATION}),
    Kind.SUBORDINATE_BRANCH: frozenset({Kind.GRASSROOTS_ORGANIZATION, Kind.SECTIONAL_ORGANIZATION}),
    Kind.ADVISORY_UNIT: _UPPER | {Kind.GRASSROOTS_ORGANIZATION},
}
CHILDLESS_KINDS = BRANCH_KINDS | {Kind.ADVISORY_UNIT}
# The kinds that may stand at the top of an installation, highest first.
ROOT_KINDS = (Kind.CENTRE, Kind.PROVINCE, Kind.COMMITTEE, Kind.GRASSROOTS_ORGANIZATION)
