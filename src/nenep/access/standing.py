"""Whether one person may act on another's account: whoever does it could, by it, act with the other's rights."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext as _

from nenep.access.viewers import rights_of
from nenep.organizations.models import Closure
from nenep.shared.dates import today, valid_on
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nenep.access.models import Account
    from nenep.shared.viewer import Viewer

OPEN = "access.open"


def refuse_stronger(account: Account, *, by: Viewer | None) -> None:
    """Refused when the account has a right somewhere that `by` neither has nor stands above."""
    if by is None or by.account_id == account.pk or covers(by, rights_of(account)):
        return
    raise Refused(
        _(
            "Người này giữ chức vụ có quyền rộng hơn. Đồng chí đề nghị đảng ủy cấp trên "
            "hoặc người quản trị phần mềm làm việc này."
        )
    )


def covers(by: Viewer, theirs: Viewer) -> bool:
    """Whether each (verb, body) of theirs is one of `by`'s, or lies where `by` opens accounts from above.

    Above means from a body over that one, or over the body itself as an administrator does. A secretary opens
    accounts in the own branch only, stands above nobody, and so must have every single right.
    """
    if theirs.is_administrator and not by.is_administrator:
        return False
    above = _bodies_above({body for reach in theirs.reach.values() for body in reach.own | reach.below})
    opens = by.where(OPEN)

    def stands_over(body: int) -> bool:
        return bool(opens.below & above[body]) or body in opens.own & opens.below

    return all(
        all(body in mine.own or mine.below & above[body] or stands_over(body) for body in reach.own)
        and all(body in mine.below or mine.below & above[body] or stands_over(body) for body in reach.below)
        for verb, reach in theirs.reach.items()
        for mine in [by.where(verb)]
    )


def _bodies_above(bodies: Iterable[int]) -> Mapping[int, set[int]]:
    """Body -> all over it today; a body that has ended keeps the place of its last day."""
    last_place = Q(valid_to=F("descendant__dissolved_on"), descendant__dissolved_on__lte=today())
    rows = Closure.objects.filter(valid_on(today()) | last_place, descendant__in=bodies, depth__gt=0)
    above: dict[int, set[int]] = defaultdict(set)
    for body, over in rows.values_list("descendant_id", "ancestor_id"):
        above[body].add(over)
    return above
