"""How a person is told what happened to the own account or membership. `notices` stands above and registers here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.shared.viewer import Viewer


class Notify(Protocol):
    """The shape of `nenep.notices.operations.notify`."""

    def __call__(
        self,
        member_ids: Iterable[int],
        *,
        kind: str,
        title: str,
        text: str,
        url: str,
        body: int | None,
        by: Viewer | None,
    ) -> object: ...


_notify: Notify | None = None


def follow(notify: Notify) -> None:
    """Called once, in `ready()` of the module that delivers notices."""
    global _notify  # noqa: PLW0603
    _notify = notify


def tell(
    member_ids: Iterable[int],
    *,
    kind: str,
    title: str,
    text: str,
    url: str,
    body: int | None,
    by: Viewer | None,
) -> None:
    """Tell these members; without a delivering module nobody is told."""
    if _notify is not None:
        _notify(member_ids, kind=kind, title=title, text=text, url=url, body=body, by=by)
