"""Figures as of a day: how many bodies of which kind, how many members. Counted from the dated records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nenep.organizations.kinds import BRANCH_KINDS, GRASSROOTS_KINDS, Kind
from nenep.organizations.models import Body, Closure
from nenep.people.reads import member_count
from nenep.reports.figures import Figure, trace_of
from nenep.shared.dates import valid_on
from nenep.shared.templatetags.ui import vn_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

Counts = dict[Kind, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """A key that counts bodies of some kinds; `base` is a sentence with the counts by key in it."""

    label: Words
    kinds: frozenset[Kind]
    unit: Words
    base: Words
    formula: Words


_BODIES = gettext_lazy("tổ chức")
_OF_BRANCHES = gettext_lazy("Trong %(branches)s chi bộ.")
_OF_GRASSROOTS = gettext_lazy("Trong %(grassroots_bodies)s tổ chức cơ sở đảng.")

BODY_KEYS: Mapping[str, Counted] = {
    "grassroots_bodies": Counted(
        gettext_lazy("Tổ chức cơ sở đảng"),
        GRASSROOTS_KINDS,
        _BODIES,
        gettext_lazy("%(grassroots_organizations)s đảng bộ cơ sở và %(grassroots_branches)s chi bộ cơ sở."),
        gettext_lazy(
            "Đếm các đảng bộ cơ sở và chi bộ cơ sở đang hoạt động vào ngày đó, ở tổ chức này và mọi cấp dưới; "
            "không tính cơ quan tham mưu."
        ),
    ),
    "grassroots_organizations": Counted(
        gettext_lazy("Đảng bộ cơ sở"),
        frozenset({Kind.GRASSROOTS_ORGANIZATION}),
        _BODIES,
        _OF_GRASSROOTS,
        gettext_lazy("Đếm các đảng bộ cơ sở đang hoạt động vào ngày đó, ở tổ chức này và mọi cấp dưới."),
    ),
    "grassroots_branches": Counted(
        gettext_lazy("Chi bộ cơ sở"),
        frozenset({Kind.GRASSROOTS_BRANCH}),
        gettext_lazy("chi bộ"),
        _OF_GRASSROOTS,
        gettext_lazy("Đếm các chi bộ cơ sở đang hoạt động vào ngày đó, ở tổ chức này và mọi cấp dưới."),
    ),
    "subordinate_branches": Counted(
        gettext_lazy("Chi bộ trực thuộc đảng bộ cơ sở"),
        frozenset({Kind.SUBORDINATE_BRANCH}),
        gettext_lazy("chi bộ"),
        _OF_BRANCHES,
        gettext_lazy(
            "Đếm các chi bộ trực thuộc đảng bộ cơ sở, kể cả chi bộ trong đảng bộ bộ phận, đang hoạt động vào ngày đó."
        ),
    ),
    "sectional_organizations": Counted(
        gettext_lazy("Đảng bộ bộ phận"),
        frozenset({Kind.SECTIONAL_ORGANIZATION}),
        _BODIES,
        gettext_lazy("Trong %(grassroots_organizations)s đảng bộ cơ sở."),
        gettext_lazy("Đếm các đảng bộ bộ phận đang hoạt động vào ngày đó, ở tổ chức này và mọi cấp dưới."),
    ),
    "branches": Counted(
        gettext_lazy("Chi bộ"),
        BRANCH_KINDS,
        gettext_lazy("chi bộ"),
        gettext_lazy(
            "%(subordinate_branches)s chi bộ trực thuộc đảng bộ cơ sở và %(grassroots_branches)s chi bộ cơ sở."
        ),
        gettext_lazy("Đếm mọi chi bộ đang hoạt động vào ngày đó, ở tổ chức này và mọi cấp dưới."),
    ),
}
MEMBERS = "members"
MEMBERS_LABEL = gettext_lazy("Đảng viên")
KEYS = (*BODY_KEYS, MEMBERS)


def figures_on(body: Body, day: date) -> list[Figure]:
    """Every figure as of `day`, in three statements whatever the size of the tree."""
    by_kind = _by_kind(body.pk, day)
    counts = {key: sum(by_kind.get(kind, 0) for kind in of.kinds) for key, of in BODY_KEYS.items()}
    shown = {key: vn_number(count) for key, count in counts.items()}
    figures = [
        Figure(
            key,
            str(of.label),
            counts[key],
            str(of.unit),
            of.base % shown,
            str(of.formula),
            trace_of(key, body, as_of=day),
        )
        for key, of in BODY_KEYS.items()
    ]
    return [*figures, _members(body, day, shown["branches"])]


def bodies_behind(key: str, body_id: int, day: date) -> QuerySet[Body]:
    """The very bodies that a key of `BODY_KEYS` counts, named as of that day."""
    below = Body.objects.on(day).filter(valid_on(day, prefix="above__"), above__ancestor=body_id)
    return below.of_kind(*BODY_KEYS[key].kinds).in_order()


def _by_kind(body_id: int, day: date) -> Counts:
    rows = Closure.objects.filter(
        valid_on(day), valid_on(day, prefix="descendant__kinds__"), ancestor=body_id
    ).values_list("descendant__kinds__kind")
    return {Kind(kind): count for kind, count in rows.annotate(count=Count("descendant_id"))}


def _members(body: Body, day: date, branches: str) -> Figure:
    return Figure(
        MEMBERS,
        str(MEMBERS_LABEL),
        member_count(body.pk, day),
        _("đảng viên"),
        _("Danh sách của %(branches)s chi bộ vào ngày đó.") % {"branches": branches},
        _(
            "Đếm đảng viên có tên trong danh sách chi bộ vào ngày đó, chính thức và dự bị, mỗi người ở một chi bộ; "
            "người được miễn, tạm vắng hay ở ngoài nước vẫn tính tại chi bộ của mình."
        ),
        trace_of(MEMBERS, body, as_of=day),
    )
