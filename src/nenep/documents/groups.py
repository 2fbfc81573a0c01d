"""Groups of recipients, as papers name them: "Các chi, đảng bộ cơ sở" stands for the bodies of one day (R8, R9).

A code is "below", "children", "grassroots", "branches", "advisory_units" or "cluster:12"; all look down from the body
that issues the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.organizations.kinds import BRANCH_KINDS, GRASSROOTS_KINDS, Kind
from nenep.organizations.models import Body, Cluster
from nenep.shared.dates import valid_on

if TYPE_CHECKING:
    from datetime import date

CLUSTER = "cluster:"
_KINDS: dict[str, frozenset[Kind]] = {
    "grassroots": GRASSROOTS_KINDS,
    "branches": BRANCH_KINDS,
    "advisory_units": frozenset({Kind.ADVISORY_UNIT}),
}


def groups_of(body_id: int, day: date) -> list[tuple[str, str]]:
    """(code, name as a paper prints it) of every group that has a body on that day."""
    clusters = Cluster.objects.filter(valid_on(day), owner=body_id).order_by("code")
    known = [
        ("below", _("Các tổ chức đảng trực thuộc, các cấp")),
        ("children", _("Các tổ chức đảng trực thuộc")),
        ("grassroots", _("Các chi, đảng bộ cơ sở")),
        ("branches", _("Các chi bộ")),
        ("advisory_units", _("Các ban, văn phòng")),
        *((f"{CLUSTER}{cluster.pk}", cluster.name) for cluster in clusters),
    ]
    return [(code, name) for code, name in known if expand(code, body_id, day)]


def expand(code: str, body_id: int, day: date) -> list[int]:
    """The bodies that the group was on `day`, by their code; the issuer is never among them.

    ValueError for a code that is no group, or a cluster that another body formed.
    """
    bodies = Body.objects.on(day)
    if code.startswith(CLUSTER):
        cluster = Cluster.objects.filter(owner=body_id, pk=code.removeprefix(CLUSTER)).first()
        if cluster is None:
            raise ValueError(f"no cluster of body {body_id} is {code!r}")
        bodies = bodies.in_cluster(cluster.pk, day)
    elif code == "children":
        bodies = bodies.children_of(body_id, day)
    elif code == "below":
        bodies = bodies.under(body_id, day)
    elif code in _KINDS:
        bodies = bodies.under(body_id, day).of_kind(*sorted(_KINDS[code]))
    else:
        raise ValueError(f"no group of recipients is {code!r}")
    return list(bodies.exclude(pk=body_id).in_order().values_list("pk", flat=True))
