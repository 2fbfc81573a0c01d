"""What is kept for a number of days is erased afterwards: once a month each module forgets its own rows.

`days` in a `privacy.yml` is the retention of a model as a value; the inventory test demands a registered `forget` for
each, and none without. The placeholder days stand until the competent committee has decided.
"""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db import transaction

from nenep.journal.operations import record
from nenep.privacy.inventory import days_kept
from nenep.shared.dates import today

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_forgetters: dict[str, Callable[[date], int]] = {}
FORGETTERS = MappingProxyType(_forgetters)


def register(model: str, forget: Callable[[date], int]) -> None:
    """`forget(before)` erases the rows of `model` ("meetings.Response") that ended before a day; says how many."""
    if _forgetters.setdefault(model, forget) is not forget:
        raise ValueError(f"{model} is forgotten in two ways")


@transaction.atomic
def forget_what_is_over() -> dict[str, int]:
    """Erase what has been kept long enough; one event says how many rows of what."""
    days = days_kept()
    done = {model: forget(today() - timedelta(days=days[model])) for model, forget in _forgetters.items()}
    gone = {model: count for model, count in done.items() if count}
    if gone:
        record("data.forgotten", by=None, body=None, counts=gone)
    return gone
