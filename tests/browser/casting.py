"""Lets the people of another demo branch sign in: one whose month stands where a test needs it."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from tests.browser.serving import Server

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_SCRIPT = """
import json
from nenep.access.operations import open_account
from nenep.demo import PASSWORD
from nenep.meetings.models import Meeting
from nenep.organizations.kinds import BRANCH_KINDS
from nenep.organizations.models import Body
from nenep.organizations.reads import name_on, parent_on
from nenep.people.models import Member, Post
from nenep.people.reads import office_holders, roster
from nenep.shared.dates import month_start, today

day, status, place, with_resolution = today(), {status!r}, {place!r}, {with_resolution!r}
meetings = Meeting.objects.filter(month__gte=month_start(day), kind="regular")
bodies = Body.objects.on(day).filter(kind__in=BRANCH_KINDS).order_by("code")
if not status:
    bodies = bodies.exclude(pk__in=meetings.values("body"))
else:
    meetings = meetings.filter(status=status, month=month_start(day))
    if with_resolution:
        meetings = meetings.exclude(resolution=None)
    bodies = bodies.filter(pk__in=meetings.values("body")).exclude(code="CB0301")

def players(body):
    officers = office_holders(parent_on(body.pk, day) or 0, Post.OFFICER, day)
    leaders = {{member for post in Post for member in office_holders(body.pk, post, day)}}
    plain = [e for e in roster(body.pk, day) if e.member_id not in leaders and e.status == "official"]
    if not officers or len(plain) < 3:
        return None
    secretary = office_holders(body.pk, Post.SECRETARY, day)[0]
    people = [secretary, plain[0].member_id, plain[1].member_id, officers[0]]
    return body, dict(zip(("secretary", "member", "absent", "officer"), people)), plain[2].name

body, people, third = [found for found in map(players, bodies) if found][place]
cast = dict(branch=name_on(body.pk, day), body=body.pk, third=third)
cast["meeting"] = meetings.filter(body=body).values_list("pk", flat=True).first() if status else None
for role, member_id in people.items():
    member = Member.objects.get(pk=member_id)
    account = getattr(member, "account", None)
    if account is None:
        account = open_account(member, by=None, username=role + "." + body.code.lower())
    if not account.check_password(PASSWORD):  # setting it again would sign the person out
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
    cast[role] = dict(username=account.username, name=member.full_name)
print(json.dumps(cast))
"""


def cast_branch(
    server: Server, *, status: str = "", place: int = 0, with_resolution: bool = False
) -> dict[str, Any]:
    """The `place`-th branch whose meeting of this month has this status, from the end where it is negative; "" means it
    has none yet.

    Gives `branch` (its name), `body`, `meeting` (keys), `third` (the name of a member) and for each of `secretary`,
    `member`, `absent` and `officer` the `username` and `name`; all of them have the demo password. Never CB0301.
    """
    script = _SCRIPT.format(status=status, place=place, with_resolution=with_resolution)
    return json.loads(server.manage("shell", "--no-imports", "-v", "0", "-c", script))


def stay_within_the_day() -> None:
    """A course takes minutes; one that would begin in the last of them begins after midnight instead."""
    now = datetime.now(VIETNAM)
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), VIETNAM)
    if midnight - now < timedelta(minutes=8):
        time.sleep((midnight - now).total_seconds() + 1)
