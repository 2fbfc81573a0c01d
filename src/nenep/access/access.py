from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nenep.access.models import ReadingState, RequestState
from nenep.access.reach import homes_of, may_give
from nenep.organizations.reach import may

if TYPE_CHECKING:
    from nenep.access.models import Account, CodeRequest, Grant, ReadingGrant
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class AccountAccess:
    """What a viewer may do with an account. One's own is changed on "Tài khoản của tôi", not here."""

    viewer: Viewer
    account: Account

    @property
    def read(self) -> bool:
        return self.viewer.account_id == self.account.pk or self._opens

    @property
    def issue_code(self) -> bool:
        """A first code; who has opened the account once gets a new one by a request (`ask_code`)."""
        return self.account.is_active and self._opens and not self.account.has_usable_password()

    @property
    def ask_code(self) -> bool:
        return self.account.is_active and self._opens and self.account.has_usable_password()

    @property
    def close(self) -> bool:
        return self.account.is_active and self._opens and self.viewer.account_id != self.account.pk

    @property
    def reopen(self) -> bool:
        return not self.account.is_active and self._opens

    @property
    def end_sessions(self) -> bool:
        return self._opens

    @property
    def _opens(self) -> bool:
        return any(may(self.viewer, "access.open", home) for home in homes_of(self.account))


@dataclass(frozen=True, slots=True)
class CodeRequestAccess:
    """What a viewer may do with a request for a new code: ask and print, or confirm, or stop it; never two of them."""

    viewer: Viewer
    request: CodeRequest

    @property
    def confirm(self) -> bool:
        return self.request.state == RequestState.ASKED and self.refuse and not self.is_holder

    @property
    def refuse(self) -> bool:
        return self.request.is_open() and not self.is_asker and (self.is_holder or self._confirms)

    @property
    def withdraw(self) -> bool:
        return self.request.is_open() and self.is_asker

    @property
    def print(self) -> bool:
        is_confirmed = self.request.state == RequestState.CONFIRMED and self.request.is_open()
        return is_confirmed and self.is_asker and AccountAccess(self.viewer, self.request.account).ask_code

    @property
    def is_asker(self) -> bool:
        return self.viewer.account_id == self.request.asked_by_id

    @property
    def is_holder(self) -> bool:
        return self.viewer.account_id == self.request.account_id

    @property
    def _confirms(self) -> bool:
        return any(may(self.viewer, "access.confirm", home) for home in homes_of(self.request.account))


@dataclass(frozen=True, slots=True)
class GrantAccess:
    """What a viewer may do with a role that somebody was given."""

    viewer: Viewer
    grant: Grant

    @property
    def end(self) -> bool:
        return may_give(self.viewer, self.grant.role, self.grant.body_id)


@dataclass(frozen=True, slots=True)
class ReadingAccess:
    viewer: Viewer
    reading: ReadingGrant

    @property
    def give(self) -> bool:
        return self.reading.state == ReadingState.ASKED and self._gives and not self._is_own

    @property
    def refuse(self) -> bool:
        return self.give

    @property
    def withdraw(self) -> bool:
        return self.reading.state in {ReadingState.ASKED, ReadingState.GIVEN} and (
            self._gives or self._is_own
        )

    @property
    def _is_own(self) -> bool:
        return self.reading.account_id == self.viewer.account_id

    @property
    def _gives(self) -> bool:
        return may(self.viewer, "readings.give", self.reading.body_id)
