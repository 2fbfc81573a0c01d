"""What must hold between packs: time without gap or overlap, the same ids on every day, known sources."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from nenep.rulebook.meeting import RULE_IDS
from nenep.rulebook.provenance import Source, Strict
from nenep.rulebook.schema import SUBJECTS, Category, Pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nenep.rulebook.schema import RuleEntry

COVERAGE_START = date(2010, 7, 1)
AGENDA_KINDS = ("regular", "thematic", "extraordinary", "committee")
VOCABULARY_LISTS = (
    "meeting_kinds",
    "meeting_modes",
    "absence_reasons",
    "causes",
    "self_check",
    "qualities",
    "traditions",
    "unit_kinds",
    "unit_regulations",
    "recipient_purposes",
    "retention_classes",
    "categories",
    "ballots",
    "codes",
    "units",
    "severities",
    "subjects",
    "phases",
    "rule_groups",
)


def problems_between(packs: Mapping[str, Pack], sources: Iterable[str]) -> list[str]:
    """Sentences about everything that does not fit together; empty when all is well."""
    central = [pack for pack in packs.values() if pack.is_central and not pack.is_base]
    known = set(sources)
    return [
        *(problem for subject in SUBJECTS for problem in _tiling(subject, central)),
        *_same_ids(central),
        *_lists(central),
        *_words(central),
        *_agendas(central),
        *_phrases(central),
        *(problem for pack in packs.values() if not pack.is_central for problem in _overlay(pack, packs)),
        *(problem for pack in packs.values() for problem in _sources(pack, known)),
        *(problem for pack in packs.values() for problem in _substitute(pack, packs)),
    ]


def _tiling(subject: str, central: list[Pack]) -> Iterator[str]:
    tiles = sorted((pack for pack in central if subject in pack.subjects), key=_start)
    if not tiles:
        yield f"packs: {subject}: gap: no central pack at all"
        return
    if _start(tiles[0]) > COVERAGE_START:
        until = _start(tiles[0]) - timedelta(days=1)
        yield f"{tiles[0].file}: valid_from: {subject}: gap: no central pack from {COVERAGE_START} to {until}"
    for one, following in pairwise(tiles):
        yield from _seam(subject, one, following)
    if tiles[-1].valid_to is not None:
        yield f"{tiles[-1].file}: valid_to: {subject}: gap: no central pack from {tiles[-1].valid_to} on"


def _seam(subject: str, one: Pack, following: Pack) -> Iterator[str]:
    """Where one pack ends the following begins, to the day."""
    start, place = _start(following), f"{one.file}: valid_to: {subject}"
    if one.valid_to is None:
        yield f"{place}: overlap: {one.id} and {following.id} both hold from {start} on"
    elif one.valid_to > start:
        until = one.valid_to - timedelta(days=1)
        yield f"{place}: overlap: {one.id} and {following.id} both hold from {start} to {until}"
    elif one.valid_to < start:
        until = start - timedelta(days=1)
        yield f"{place}: gap: no central pack from {one.valid_to} to {until}, when {following.id} begins"


def _same_ids(central: list[Pack]) -> Iterator[str]:
    """A caller may ask for any rule on any day: what is not known says so instead of being absent."""
    everything = {*RULE_IDS, *(rule for pack in central for rule in pack.rules)}
    for day in sorted({max(_start(pack), COVERAGE_START) for pack in central}):
        in_force = [pack for pack in central if _holds(pack, day)]
        stated = [rule for pack in in_force for rule in pack.rules]
        for rule in sorted(everything - set(stated)):
            yield f"rules: {rule} has no value on {day}; packs in force: {', '.join(p.id for p in in_force)}"
        for rule in sorted({rule for rule in stated if stated.count(rule) > 1}):
            stating = ", ".join(pack.id for pack in in_force if rule in pack.rules)
            yield f"rules: {rule} has two values on {day}: {stating}"


def _lists(central: list[Pack]) -> Iterator[str]:
    for pack in central:
        if pack.vocabulary is not None:
            for missing in sorted(set(VOCABULARY_LISTS) - set(pack.vocabulary)):
                yield f"{pack.file}: vocabulary: the list {missing} is missing"
            yield from _focus(pack, central)
            yield from _regulated(pack)
            yield from _qualified(pack)
            yield from _discussed(pack)
    kinds = {kind for pack in central if pack.votes for kind in pack.votes.kinds}
    for pack in central:
        for missing in sorted(kinds - set(pack.votes.kinds)) if pack.votes else ():
            yield f"{pack.file}: votes.kinds: {missing} is missing, other packs have it"


def _focus(vocabulary: Pack, central: list[Pack]) -> Iterator[str]:
    known = {name for pack in central if pack.agenda for name in pack.agenda.focus}
    for code, term in (vocabulary.vocabulary or {}).get("unit_kinds", {}).items():
        if term.focus and term.focus not in known:
            yield f"{vocabulary.file}: vocabulary.unit_kinds.{code}: no agenda has the focus {term.focus}"


def _regulated(vocabulary: Pack) -> Iterator[str]:
    lists = vocabulary.vocabulary or {}
    for code in sorted(set(lists.get("unit_regulations", ())) - set(lists.get("unit_kinds", ()))):
        yield f"{vocabulary.file}: vocabulary.unit_regulations.{code}: no such code in the list unit_kinds"


def _qualified(vocabulary: Pack) -> Iterator[str]:
    lists = vocabulary.vocabulary or {}
    for code, term in lists.get("self_check", {}).items():
        if term.quality and term.quality not in lists.get("qualities", ()):
            yield f"{vocabulary.file}: vocabulary.self_check.{code}: no such code in the list qualities"


def _discussed(vocabulary: Pack) -> Iterator[str]:
    """R113 finds tradition only told: a day without a question would be told again."""
    for code, term in (vocabulary.vocabulary or {}).get("traditions", {}).items():
        if not (term.month and term.day and term.questions):
            yield f"{vocabulary.file}: vocabulary.traditions.{code}: month, day and questions belong to it"


def _words(central: list[Pack]) -> Iterator[str]:
    """Whatever a rule says in codes can be said to people."""
    for vocabulary in (pack for pack in central if pack.vocabulary is not None):
        lists = vocabulary.vocabulary or {}
        known = {name: set(lists.get(name, ())) for name in ("codes", "units", "rule_groups")}
        for pack in central:
            for name, code in (pair for rule in pack.rules.values() for pair in _codes(rule)):
                if code not in known[name]:
                    yield f"{pack.file}: rules: {code!r} does not stand in the list {name} of {vocabulary.id}"


def _codes(rule: RuleEntry) -> Iterator[tuple[str, str]]:
    values = (rule.value,) if isinstance(rule.value, str) else rule.value
    if isinstance(values, tuple) and rule.unit != "share":
        yield from (("codes", value) for value in values)
    yield "rule_groups", rule.id.split(".", maxsplit=1)[0]
    if rule.unit:
        yield "units", rule.unit
    if rule.override_allowed_by:
        yield "codes", rule.override_allowed_by


def _agendas(central: list[Pack]) -> Iterator[str]:
    for pack in central:
        if pack.agenda is None:
            continue
        for missing in sorted(set(AGENDA_KINDS) - set(pack.agenda.kinds)):
            yield f"{pack.file}: agenda.kinds: {missing} is missing"
        least = pack.rules.get("meet.min_minutes.regular")
        planned = sum(step.minutes or 0 for step in pack.agenda.kinds.get("regular", ()))
        if least and isinstance(least.value, int) and planned < least.value:
            yield f"{pack.file}: agenda.kinds.regular: {planned} minutes are fewer than {least.value}"


def _phrases(central: list[Pack]) -> Iterator[str]:
    """A part of an agenda has its phrases whatever its category, and there are none for a category that is not."""
    known = set(get_args(Category))
    for pack in central:
        stated = set(pack.chair.phrases) if pack.chair else known
        for missing in sorted(known - stated):
            yield f"{pack.file}: chair.phrases: {missing} is missing"
        for stranger in sorted(stated - known):
            yield f"{pack.file}: chair.phrases: {stranger} is no category of an agenda"


def _overlay(pack: Pack, packs: Mapping[str, Pack]) -> Iterator[str]:
    """An overlay changes rules that exist, for as long as the pack under it holds."""
    under = packs.get(pack.extends or "")
    if under is None:
        yield f"{pack.file}: extends: a local pack must extend the pack that it changes"
        return
    for rule in sorted(set(pack.rules) - set(under.rules)):
        yield f"{pack.file}: rules: {rule} is not a rule of {under.id}"
    outlives = under.valid_to is not None and (pack.valid_to is None or pack.valid_to > under.valid_to)
    if _start(pack) < _start(under) or outlives:
        yield f"{pack.file}: valid_from, valid_to: beyond {under.id} ({_start(under)} to {under.valid_to})"


def _sources(pack: Pack, known: set[str]) -> Iterator[str]:
    used = {key for source in _all_sources(pack) for key in source}
    for key in sorted(used - known):
        yield f"{pack.file}: source: {key} does not stand in sources.yml"


def _all_sources(part: object) -> Iterator[tuple[str, ...]]:
    if isinstance(part, Source):
        yield part.keys
    elif isinstance(part, Strict):
        for name in type(part).model_fields:
            yield from _all_sources(getattr(part, name))
    elif isinstance(part, tuple):
        for child in part:
            yield from _all_sources(child)
    elif hasattr(part, "values"):
        for child in part.values():
            yield from _all_sources(child)


def _substitute(pack: Pack, packs: Mapping[str, Pack]) -> Iterator[str]:
    name = pack.substitute_layout_of
    if name is None:
        return
    later = packs.get(name)
    if later is None or later.layout is None or _start(later) <= _start(pack):
        yield f"{pack.file}: substitute_layout_of: {name} must be a later pack with a layout"


def _start(pack: Pack) -> date:
    return pack.valid_from or date.min


def _holds(pack: Pack, day: date) -> bool:
    return _start(pack) <= day and (pack.valid_to is None or day < pack.valid_to)
