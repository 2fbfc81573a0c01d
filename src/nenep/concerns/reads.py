"""Who owes the answer, which ways are offered and in how many days an answer is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nenep.concerns.models import Way
from nenep.organizations.reads import rules_for
from nenep.people.models import Post
from nenep.people.reads import office_holders
from nenep.shared.dates import today

if TYPE_CHECKING:
    from datetime import date

    from nenep.rulebook.values import Rule

ORIGIN = "concerns.concern"  # of agenda items (`shared.references`)


def keepers_of(body_id: int, author_id: int | None) -> list[int]:
    """Members who owe the answer today: the secretary; while there is none, or of the secretary's own, the deputies."""
    for post in (Post.SECRETARY, Post.DEPUTY):
        if held := [one for one in office_holders(body_id, post, today()) if one != author_id]:
            return held
    return []


def office_of(committee_id: int) -> list[int]:
    """Members who are told in a committee: its secretary, deputies and officers of today."""
    posts = (Post.SECRETARY, Post.DEPUTY, Post.OFFICER)
    return [member for post in posts for member in office_holders(committee_id, post, today())]


def ways_offered(body_id: int) -> list[Way]:
    """As the committee has set it for this branch (rule `concerns.ways`), in our order; none where nothing is known."""
    codes = rules_for(body_id, today()).rule("concerns.ways").codes
    return [way for way in Way if way.value in codes]


def answer_days(body_id: int) -> Rule:
    return rules_for(body_id, today()).rule("concerns.answer_days")


def answer_by(body_id: int) -> date | None:
    """The day by which this body answers what reaches it today."""
    rule = answer_days(body_id)
    return None if rule.value is None else today() + timedelta(days=rule.number)
