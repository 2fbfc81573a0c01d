"""From pack files to checked packs: YAML, inheritance, schema. What spans several packs is in `checking`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from nenep.rulebook.schema import Pack
from nenep.shared.yml import SafeLoader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SOURCES = "sources.yml"  # what the keys of sources mean; no pack
SECTIONS = ("rules", "agenda", "votes", "numbering", "layout", "vocabulary", "calendar", "plan", "chair")


class PackError(Exception):
    """Packs that cannot be used. `problems`: sentences in English, each naming the file and the place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    @property
    def sentence(self) -> str:
        """For whoever runs the program; the problems are for whoever writes the pack."""
        file, place, _what = [*self.problems[0].split(": ", maxsplit=2), "", ""][:3]
        return (
            f"Gói quy định {file} chưa đúng ở chỗ {place} (tất cả {len(self.problems)} lỗi) nên phần mềm "
            "không chạy; hãy đưa lại tệp đúng, hoặc chạy lại với --traceback để xem từng lỗi."
        )


def read_packs(directory: Path, local: Path | None = None) -> dict[str, Pack]:
    """All packs of a folder by id, inheritance filled in. PackError names every file that is wrong.

    `local`: a folder of the installation beside it, with packs for its own scopes only: the central ones are shipped.
    """
    raw, problems = _read_files([*_files_of(directory), *(_files_of(local) if local else [])])
    own = {file.name for file in _files_of(local)} if local else set()
    for file, content in raw.values():
        scope = content.get("scope")
        if file in own and not (isinstance(scope, dict) and scope.get("level") == "local"):
            problems.append(f"{file}: scope: a pack of the installation's own folder is local")
    packs: dict[str, Pack] = {}
    for pack_id in _parents_first(raw, problems):
        file, content = raw[pack_id]
        try:
            packs[pack_id] = Pack.model_validate(_filled(content, raw))
        except KeyError as missing:
            problems.append(f"{file}: restates: there is no {missing} to say again")
        except ValidationError as wrong:
            problems += [f"{file}: {_place(error)}: {error['msg']}" for error in wrong.errors()]
    if problems:
        raise PackError(problems)
    return packs


class UniqueKeys(SafeLoader):  # type: ignore[misc]
    """YAML in which a key that stands twice is an error, and a list is a tuple."""


def _mapping(loader: UniqueKeys, node: yaml.MappingNode) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in made:
            raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
        made[key] = loader.construct_object(value_node, deep=True)
    return made


def _sequence(loader: UniqueKeys, node: yaml.SequenceNode) -> tuple[Any, ...]:
    return tuple(loader.construct_object(child, deep=True) for child in node.value)


UniqueKeys.add_constructor("tag:yaml.org,2002:map", _mapping)
UniqueKeys.add_constructor("tag:yaml.org,2002:seq", _sequence)


def read_yaml(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=UniqueKeys)  # noqa: S506  # a safe loader's child


def _files_of(directory: Path) -> list[Path]:
    return [file for file in sorted(directory.glob("*.yml")) if file.name != SOURCES]


def _read_files(files: Iterable[Path]) -> tuple[dict[str, tuple[str, dict[str, Any]]], list[str]]:
    raw: dict[str, tuple[str, dict[str, Any]]] = {}
    problems: list[str] = []
    for file in files:
        try:
            content = _by_id(read_yaml(file))
        except (yaml.YAMLError, ValueError) as wrong:
            problems.append(f"{file.name}: {' '.join(str(wrong).split())}")
            continue
        if content["id"] in raw:
            problems.append(f"{file.name}: id: {content['id']} stands already in {raw[content['id']][0]}")
        raw[content["id"]] = (file.name, content)
    return raw, problems


def _by_id(content: Any) -> dict[str, Any]:
    """The file's content with its list of rules turned into a mapping by id."""
    if not isinstance(content, dict) or not isinstance(content.get("id"), str):
        raise ValueError("id: a pack file is a mapping with an id")  # noqa: TRY004  # one kind of error for a file
    rules: dict[str, Any] = {}
    for place, rule in enumerate(content.get("rules", ())):
        if not isinstance(rule, dict) or not isinstance(rule.get("id"), str):
            raise ValueError(f"rules[{place}]: a rule is a mapping with an id")  # noqa: TRY004
        if rule["id"] in rules:
            raise ValueError(f"rules[{place}]: {rule['id']} stands twice")
        rules[rule["id"]] = rule
    if "file" in content or any("stated_in" in part for part in _statements(content)):
        raise ValueError("file, stated_in: are written by the loader, not by a file")
    return {**content, "rules": rules}


def _parents_first(raw: dict[str, tuple[str, dict[str, Any]]], problems: list[str]) -> Iterator[str]:
    done: set[str] = set()
    waiting = dict(raw)
    while ready := [key for key, (_, content) in waiting.items() if content.get("extends") in {None, *done}]:
        for key in ready:
            done.add(key)
            del waiting[key]
            yield key
    for file, content in waiting.values():
        problems.append(f"{file}: extends: {content['extends']} is no pack, is broken, or leads in a circle")


def _filled(content: dict[str, Any], raw: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """The pack's own content over that of its ancestors, each statement marked with the pack that makes it.

    What a base states is the word of the pack that extends it: a base is never in force itself.
    """
    line = [content]
    while parent := line[0].get("extends"):
        line.insert(0, raw[parent][1])
    merged: dict[str, Any] = {}
    for ancestor in line:
        own = {name: ancestor[name] for name in SECTIONS if name in ancestor}
        merged = _merge(merged, own)
        if not ancestor.get("is_base") or ancestor is content:
            for path in ancestor.get("restates", ()):
                merged = _restated(merged, path.split("/"))
            merged = _stamped(merged, ancestor["id"])
    return {**content, **merged, "file": raw[content["id"]][0]}


def _merge(under: Any, over: Any) -> Any:
    """Mappings are merged key by key; all else replaces, and so does a statement (what has a source)."""
    if not (isinstance(under, dict) and isinstance(over, dict)) or "source" in over:
        return over
    return {
        **under,
        **{key: _merge(under[key], value) if key in under else value for key, value in over.items()},
    }


def _restated(part: Any, path: list[str]) -> Any:
    """`part` without the stamps under `path`, so that the pack at hand gets to stamp it."""
    if not path:
        return _unstamped(part)
    step, *rest = path
    return {**part, step: _restated(part[step], rest)}


def _unstamped(part: Any) -> Any:
    if isinstance(part, tuple):
        return tuple(_unstamped(child) for child in part)
    if not isinstance(part, dict):
        return part
    return {key: _unstamped(child) for key, child in part.items() if key != "stated_in"}


def _stamped(part: Any, pack_id: str) -> Any:
    if isinstance(part, tuple):
        return tuple(_stamped(child, pack_id) for child in part)
    if not isinstance(part, dict):
        return part
    made = {key: child if key == "source" else _stamped(child, pack_id) for key, child in part.items()}
    return {"stated_in": pack_id, **made} if "source" in part else made


def _statements(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for child in part.values():
            yield from _statements(child)
    if isinstance(part, tuple):
        for child in part:
            yield from _statements(child)


def _place(error: Any) -> str:
    """A path such as rules.meet.fixed_day.unit or agenda.kinds.regular[3].title."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in error["loc"]]
    return "".join(steps).lstrip(".") or "the pack"
