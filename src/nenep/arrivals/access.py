from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.arrivals.models import Arrival, ArrivalStatus
from nenep.arrivals.querysets import HANDLE, READ, REGISTER
from nenep.shared.moved_on import is_allowed_sometime

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ArrivalAccess:
    """What a viewer may do with an arrival that is seen."""

    viewer: Viewer
    arrival: Arrival

    @property
    def read_register(self) -> bool:
        return self.arrival.body_id in self.viewer.where(READ).own

    @property
    def register(self) -> bool:
        return self.arrival.is_waiting and self._in(REGISTER)

    @property
    def file(self) -> bool:
        """Add a scan; it is this body's alone."""
        return not self.arrival.is_waiting and self._in(REGISTER)

    @property
    def stamp(self) -> bool:
        return not self.arrival.is_waiting

    @property
    def route(self) -> bool:
        return self.arrival.status == ArrivalStatus.REGISTERED and self._in(HANDLE)

    @property
    def finish(self) -> bool:
        return self.arrival.status == ArrivalStatus.REGISTERED and (self._in(HANDLE) or self._is_handler)

    @property
    def reopen(self) -> bool:
        return self.arrival.is_done and self._in(HANDLE)

    @property
    def correct(self) -> bool:
        """Put the head of a paper from outside right: the body that entered it first; others share it as it is."""
        if self.arrival.document.body_id or not self._in(REGISTER):
            return False
        entered = Arrival.objects.filter(document=self.arrival.document_id).order_by("pk")
        return entered.values_list("pk", flat=True).first() == self.arrival.pk

    def sometime(self, verb: str) -> bool:
        """Whether the right is there in any state."""
        return is_allowed_sometime(
            lambda one: getattr(ArrivalAccess(self.viewer, one), verb), self.arrival, ArrivalStatus
        )

    def _in(self, verb: str) -> bool:
        return self.arrival.body_id in self.viewer.where(verb).own

    @property
    def _is_handler(self) -> bool:
        return self.viewer.member_id is not None and self.arrival.handler_id == self.viewer.member_id
