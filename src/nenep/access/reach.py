"""Where an account is looked after, and where an administrator may give roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.organizations.models import Body
from nenep.organizations.reach import may
from nenep.organizations.reads import root_on
from nenep.people.models import Membership
from nenep.shared.dates import today

if TYPE_CHECKING:
    from nenep.access.models import Account
    from nenep.shared.viewer import Viewer

MANAGE = "installation.manage"


def home_of(account: Account) -> int | None:
    """The body whose journal tells about this account."""
    return next(iter(homes_of(account)), None)


def homes_of(account: Account) -> list[int]:
    """Where this account is looked after: the member's branch, else every body where a role was given.

    Who has left stays with the last branch, so that nobody is out of everybody's care.
    """
    if account.member_id:
        begun = Membership.objects.filter(valid_from__lte=today(), member=account.member_id)
        return list(begun.order_by("-valid_from").values_list("branch_id", flat=True)[:1])
    return list(account.grants.order_by("pk").values_list("body_id", flat=True))


def administers_root(viewer: Viewer) -> bool:
    """Whether the viewer administers the top of the tree, and with it the whole installation."""
    if not viewer.is_administrator:
        return False
    try:
        return may(viewer, MANAGE, root_on(today()).pk)
    except Body.DoesNotExist:
        return False


def may_give(viewer: Viewer, role: str, body_id: int) -> bool:
    """Within the own reach; from the top an administrator anywhere, also where nobody administers yet."""
    return may(viewer, MANAGE, body_id) or (role == "administrator" and administers_root(viewer))
