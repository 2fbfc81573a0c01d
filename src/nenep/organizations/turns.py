"""One at a time in a body, for what is made once in it and has no row yet that could be held."""

from __future__ import annotations

from nenep.organizations.models import Body


def take_turns(body_id: int) -> None:
    """Until the transaction ends: whoever comes second then finds what the first one made.

    Rows that only name the body are not held up by this lock. SQLite has one writer anyway.
    """
    Body.objects.select_for_update(no_key=True).get(pk=body_id)
