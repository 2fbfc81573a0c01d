"""Which receipts somebody looks after, and what the first pages tell of directives that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from nenep.directives.lineage import nearest
from nenep.directives.models import Confirmation, Receipt
from nenep.organizations.reach import may, within
from nenep.people.models import Membership
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from nenep.directives.models import Directive
    from nenep.directives.querysets import ReceiptQuerySet
    from nenep.shared.viewer import Viewer

SHOWN = 3


def followed(viewer: Viewer, directive: Directive) -> ReceiptQuerySet:
    """The bodies whose state the viewer may see: all for whoever issued it, else those below the own bodies."""
    rows = Receipt.objects.filter(directive=directive, ended_at=None)
    if not may(viewer, "directives.issue", directive.keeper_id):
        rows = rows.filter(within(viewer, "directives.follow"))
    return rows.order_by("body__code", "pk")


def own_receipts(viewer: Viewer, directive: Directive) -> list[Receipt]:
    """What the viewer's own bodies received of it and still have."""
    rows = Receipt.objects.filter(within(viewer, "directives.read"), directive=directive, ended_at=None)
    return list(rows.select_related("directive", "acknowledged_by").order_by("body__code"))


def waiting_for(body_id: int) -> list[Receipt]:
    """What a body received and has not acknowledged, the latest first; at most `SHOWN`, for the first page."""
    rows = Receipt.objects.standing().unacknowledged().filter(body=body_id).select_related("directive")
    return nearest(rows.order_by("-directive__issued_at", "-pk"))[:SHOWN]


def unconfirmed_for(viewer: Viewer) -> list[Receipt]:
    """What the viewer's own branch has acknowledged and the viewer not confirmed, the latest first."""
    if viewer.member_id is None:
        return []
    branch = Membership.objects.filter(valid_on(today()), member=viewer.member_id).values("branch")
    said = Confirmation.objects.filter(member=viewer.member_id, directive=OuterRef("directive"))
    rows = Receipt.objects.standing().filter(
        ~Exists(said), body__in=branch, acknowledged_at__isnull=False, implemented_on=None
    )
    return nearest(rows.select_related("directive").order_by("-directive__issued_at", "-pk"))[:SHOWN]
