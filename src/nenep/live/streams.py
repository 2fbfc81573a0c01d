"""What can be followed. One topic ("meeting", 12) may have several streams, for those who may see more or less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nenep.shared.viewer import Viewer

Topic = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Stream:
    """`render(pk)` gives the regions of the page by name as HTML: the same for every follower, so without forms.

    `may_follow` is asked at the beginning and again while the stream is open.
    """

    name: str
    topic: str
    may_follow: Callable[[Viewer, int], bool]
    render: Callable[[int], Mapping[str, str]]


_streams: dict[str, Stream] = {}


def register(stream: Stream) -> None:
    """Called in `AppConfig.ready()` of the module that owns the topic."""
    _streams[stream.name] = stream


def stream_named(name: str) -> Stream | None:
    return _streams.get(name)
