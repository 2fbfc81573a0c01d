"""Every verb that may stand in the journal, with the words that people read."""

from __future__ import annotations

from types import MappingProxyType

_labels: dict[str, str] = {}
LABELS = MappingProxyType(_labels)


def register(labels: dict[str, str]) -> None:
    """Called in `AppConfig.ready()`: verb ("noun.past") -> Vietnamese label. A verb belongs to one module."""
    for verb, label in labels.items():
        if _labels.setdefault(verb, label) != label:
            raise ValueError(f"journal verb {verb!r} is registered twice with different labels")


def label(verb: str) -> str:
    return _labels.get(verb, verb)
