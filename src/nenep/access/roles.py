"""Reads and checks the role table; a table that is missing or wrong stops the program instead of allowing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from nenep.shared.yml import SafeLoader

if TYPE_CHECKING:
    from collections.abc import Iterable

TABLE_FILE = Path(__file__).with_name("roles.yml")


class BrokenTable(Exception):
    """The role table says something that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    label: str
    second_factor: bool
    short_session: bool


@dataclass(frozen=True, slots=True)
class Verb:
    key: str
    label: str
    own: frozenset[str]
    below: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody whom one thing names ("note_taker" of a meeting): what that gives beside the roles, there alone."""

    key: str
    label: str
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    roles: dict[str, Role]
    verbs: dict[str, Verb]
    chosen: dict[str, Chosen]

    def chosen_for(self, verb: str) -> list[Chosen]:
        return [chosen for chosen in self.chosen.values() if verb in chosen.verbs]


@lru_cache(maxsize=1)
def role_table() -> Table:
    return read(TABLE_FILE.read_text(encoding="utf-8"))


def read(text: str) -> Table:
    """The table in `text`. Raises BrokenTable naming the entry that is wrong."""
    content = yaml.load(text, Loader=_NoTwins)  # noqa: S506  # a SafeLoader that refuses repeated keys
    _expect_keys("the table", content, {"roles", "verbs", "chosen"})
    roles = {key: _role(key, entry) for key, entry in content["roles"].items()}
    verbs = {key: _verb(key, entry, known=set(roles)) for key, entry in content["verbs"].items()}
    useless = set(roles).difference(*(verb.own | verb.below for verb in verbs.values()))
    if useless:
        raise BrokenTable(f"roles without any verb: {sorted(useless)}")
    chosen = {key: _chosen(key, entry, known=set(verbs)) for key, entry in content["chosen"].items()}
    return Table(roles, verbs, chosen)


def _role(key: str, entry: Any) -> Role:
    flags = ("second_factor", "short_session")
    _expect_keys(key, entry, {"label", *flags})
    for flag in flags:
        if not isinstance(entry[flag], bool):
            raise BrokenTable(f"{key}: {flag} must be true or false")
    return Role(key, _label(key, entry), entry["second_factor"], entry["short_session"])


def _verb(key: str, entry: Any, *, known: set[str]) -> Verb:
    _expect_keys(key, entry, {"label", "own", "below"})
    return Verb(
        key,
        _label(key, entry),
        _listed(f"{key}.own", entry["own"], known),
        _listed(f"{key}.below", entry["below"], known),
    )


def _chosen(key: str, entry: Any, *, known: set[str]) -> Chosen:
    _expect_keys(key, entry, {"label", "verbs"})
    return Chosen(key, _label(key, entry), _listed(f"{key}.verbs", entry["verbs"], known))


def _label(key: str, entry: dict[str, Any]) -> str:
    label = entry["label"]
    if not isinstance(label, str) or not label.strip():
        raise BrokenTable(f"{key}: the label is missing")
    return label


def _listed(place: str, listed: Any, known: set[str]) -> frozenset[str]:
    if not isinstance(listed, list):
        raise BrokenTable(f"{place}: must be a list of names")
    if unknown := sorted(set(listed) - known):
        raise BrokenTable(f"{place}: unknown names {unknown}; known are {sorted(known)}")
    if len(listed) != len(set(listed)):
        raise BrokenTable(f"{place}: a name is listed twice")
    return frozenset(listed)


def _expect_keys(place: str, entry: Any, keys: Iterable[str]) -> None:
    if not isinstance(entry, dict) or set(entry) != set(keys):
        raise BrokenTable(f"{place}: must have exactly {sorted(keys)}")


class _NoTwins(SafeLoader):  # type: ignore[misc]
    """YAML lets the last of two equal keys win; in a table of rights that would hide a line."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        if twins := {key for key in keys if keys.count(key) > 1}:
            raise BrokenTable(f"line {node.start_mark.line + 1}: {sorted(twins)} stands twice")
        made: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return made
