"""What else ends when somebody signs out. `notices` stands above and registers here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from django.http import HttpRequest


class Follower(Protocol):
    def elsewhere(self, account_id: int) -> None:
        """Sessions of the account were ended from afar: by its owner, by a new code, or as it was closed."""

    def here(self, account_id: int, request: HttpRequest) -> None:
        """The person signed out in this browser."""


_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Called once, in `ready()`."""
    _followers.append(follower)


def ended_elsewhere(account_id: int) -> None:
    for follower in _followers:
        follower.elsewhere(account_id)


def ended_here(account_id: int, request: HttpRequest) -> None:
    for follower in _followers:
        follower.here(account_id, request)
