"""Tells the journal which chain a body's events belong to: its grassroots body, or itself above those."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nenep.journal.chains import INSTALLATION, ChainMap
from nenep.organizations.kinds import GRASSROOTS_KINDS
from nenep.organizations.models import Body, Closure
from nenep.organizations.reads import parent_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from datetime import date


_WAY_UP = (
    "ancestor",
    "descendant__founded_on",
    "descendant__dissolved_on",
    "valid_from",
    "valid_to",
    "ancestor__kinds__kind",
    "ancestor__kinds__valid_from",
    "ancestor__kinds__valid_to",
)


class TreeChains(ChainMap):
    """The journal's map over today's tree; a body that has ended keeps the place it had on its last day."""

    def chain_of(self, body: int) -> int:
        """One plain statement, since every event asks this: its days are compared here."""
        rows = Closure.objects.filter(descendant=body).order_by("depth").values_list(*_WAY_UP)
        for above, founded, dissolved, there, gone, kind, begins, ends in rows:
            day = _within(founded, dissolved)
            if kind in GRASSROOTS_KINDS and max(there, begins) <= day < min(gone, ends):
                return int(above)
        return body

    def chain_above(self, chain: int) -> int:
        day = _day_of_place(chain)
        parent = parent_on(chain, day) if day else None
        return INSTALLATION if parent is None else self.chain_of(parent)


def _day_of_place(body: int) -> date | None:
    """Today, moved into the body's life; None for a key that is no body."""
    life = Body.objects.filter(pk=body).values_list("founded_on", "dissolved_on").first()
    return life and _within(*life)


def _within(founded: date, dissolved: date) -> date:
    return max(founded, min(today(), dissolved - timedelta(days=1)))
