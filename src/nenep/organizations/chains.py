"""Tells the journal which chain a body's events belong to: its grassroots body, or itself above those."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nenep.journal.chains import INSTALLATION, ChainMap
from nenep.organizations.models import Body
from nenep.organizations.reads import grassroots_of, parent_on
from nenep.shared.dates import today

if TYPE_CHECKING:
    from datetime import date


class TreeChains(ChainMap):
    """The journal's map over today's tree; a body that has ended keeps the place it had on its last day."""

    def chain_of(self, body: int) -> int:
        day = _day_of_place(body)
        return (grassroots_of(body, day) if day else None) or body

    def chain_above(self, chain: int) -> int:
        day = _day_of_place(chain)
        parent = parent_on(chain, day) if day else None
        return INSTALLATION if parent is None else self.chain_of(parent)


def _day_of_place(body: int) -> date | None:
    """Today, moved into the body's life; None for a key that is no body."""
    life = Body.objects.filter(pk=body).values_list("founded_on", "dissolved_on").first()
    return life and max(life[0], min(today(), life[1] - timedelta(days=1)))
