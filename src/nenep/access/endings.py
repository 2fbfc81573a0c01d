"""When the top of the tree ends, its administrators go on at the body that follows.

No other right passes from a body to its successor: the administrator above gives it anew. Above the top there is
nobody, and an installation without an administrator could not be helped from its own pages.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nenep.access.grants import end_role, give_role
from nenep.access.models import Grant, GrantedRole
from nenep.organizations.reads import parent_on

if TYPE_CHECKING:
    from nenep.organizations.endings import Ending


def hand_over_administration(ending: Ending) -> None:
    if parent_on(ending.body.pk, ending.day - timedelta(days=1)) is not None:
        return
    role = GrantedRole.ADMINISTRATOR
    lasting = Grant.objects.filter(body=ending.body, role=role, valid_to__gt=ending.day)
    for grant in lasting.select_related("account"):
        for successor in ending.successors:
            held = Grant.objects.filter(account=grant.account, role=role, body=successor)
            if held.filter(valid_to__gt=ending.day).exists():
                continue
            # By the program: who merges the bodies need not be an administrator.
            give_role(
                grant.account,
                role=role,
                body=successor,
                valid_from=max(grant.valid_from, ending.day),
                valid_to=grant.valid_to,
                decision=grant.decision,
                by=None,
            )
        end_role(grant, by=None, day=ending.day)
