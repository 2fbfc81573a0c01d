"""`rules_on(day, scopes)`: everything that held on a day, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from nenep.rulebook.chairing import Phrases
from nenep.rulebook.layout import Layout, LayoutSection
from nenep.rulebook.loader import COVERAGE_START, Library, library
from nenep.rulebook.meeting import Meeting
from nenep.rulebook.numbering import DocumentKind, Issuer, Numbering, OrganizationSymbol
from nenep.rulebook.planning import PlanLine
from nenep.rulebook.schema import SUBJECTS
from nenep.rulebook.values import AgendaStep, Focus, PackRef, Rule, build
from nenep.rulebook.vocabulary import Vocabulary
from nenep.rulebook.votes import VoteRule
from nenep.rulebook.wording import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from nenep.rulebook.calendar import Calendar
    from nenep.rulebook.chairing import ChairSection
    from nenep.rulebook.planning import PlanOfKind, PlanSection
    from nenep.rulebook.provenance import Sourced
    from nenep.rulebook.schema import AgendaSection, Pack, StepEntry, Subject


def rules_on(day: date, scopes: Sequence[str] = ()) -> Rules:
    """The rules of `day` (the day of the meeting, vote or document) for a body with these local scopes.

    `scopes` are codes of local packs such as "ward:an-phu", from the widest to the nearest; the nearest wins,
    and codes without a pack are passed over. Days before 1/7/2010 get the earliest packs, and
    `is_before_coverage` says so.
    """
    return _rules_on(day, tuple(scopes))


@lru_cache(maxsize=512)
def _rules_on(day: date, scopes: tuple[str, ...]) -> Rules:
    return Rules(day=day, scopes=scopes, library=library())


@dataclass(frozen=True)
class Rules:
    """What held on `day`. Everything below is computed on first use and kept."""

    day: date
    scopes: tuple[str, ...]
    library: Library = field(repr=False, compare=False)

    @property
    def is_before_coverage(self) -> bool:
        """No pack was checked for days before 1/7/2010; the earliest stands in and screens must say so."""
        return self.day < COVERAGE_START

    @cached_property
    def packs(self) -> tuple[PackRef, ...]:
        """The packs in force, central ones first, in the order of the subjects."""
        central = [self.library.central(subject, self.day).id for subject in SUBJECTS]
        return tuple(
            self.library.ref(name) for name in dict.fromkeys([*central, *(p.id for p in self._local)])
        )

    @cached_property
    def all(self) -> Mapping[str, Rule]:
        """Every rule by id."""
        central = dict.fromkeys(self.library.central(subject, self.day).id for subject in SUBJECTS)
        entries = {key: rule for name in central for key, rule in self.library.packs[name].rules.items()}
        for overlay in self._local:
            entries |= {key: rule for key, rule in overlay.rules.items() if self._is_local(rule)}
        return MappingProxyType({key: build(Rule, rule, self._ref(rule)) for key, rule in entries.items()})

    def rule(self, rule_id: str) -> Rule:
        """One rule, for example "meet.min_minutes.regular". KeyError names the nearest ids."""
        if rule_id not in self.all:
            near = get_close_matches(rule_id, self.all, n=3, cutoff=0.4) or sorted(self.all)
            raise KeyError(f"no rule {rule_id!r}; nearest: {', '.join(near)}")
        return self.all[rule_id]

    def said(self, rule: Rule) -> str:
        """The value of a rule in words: "90 phút", "trên 85%", "lý do, ngày mới"."""
        return said(rule, self.vocabulary)

    @cached_property
    def meeting(self) -> Meeting:
        return Meeting(self.all)

    @property
    def agenda_kinds(self) -> tuple[str, ...]:
        return tuple(self._agenda.kinds)

    def agenda(self, kind: str, unit_type: str | None = None) -> tuple[AgendaStep, ...]:
        """The steps of a kind of meeting in order: regular, thematic, extraordinary, committee.

        `unit_type` is a code of the list unit_kinds; it adds the focus points of that kind of unit to the
        political task. KeyError for an unknown kind of meeting; an unknown unit type has no focus points.
        """
        if kind not in self._agenda.kinds:
            raise KeyError(f"no agenda for {kind!r}; known: {', '.join(self._agenda.kinds)}")
        focus = self.focus(unit_type)
        return tuple(self._step(entry, focus) for entry in self._agenda.kinds[kind])

    def focus(self, unit_type: str | None) -> Focus | None:
        """What this kind of unit lays stress on, with its source; None where nothing is known."""
        known = self.vocabulary.terms("unit_kinds")
        group = next((term.focus for term in known if term.code == unit_type), "")
        entry = self._agenda.focus.get(group)
        return build(Focus, entry, self._ref(entry)) if entry else None

    @cached_property
    def votes(self) -> Mapping[str, VoteRule]:
        """Every kind of vote."""
        section = self._central_or_local("votes").votes
        assert section is not None
        return MappingProxyType(
            {
                kind: build(
                    VoteRule,
                    entry,
                    self._ref(entry),
                    kind=kind,
                    minus=section.base.minus,
                    base_source=section.base.source,
                    needs_review=entry.needs_review or section.base.needs_review,
                )
                for kind, entry in section.kinds.items()
            }
        )

    def vote(self, kind: str) -> VoteRule:
        """One kind of vote, for example "ordinary_resolution". KeyError names the known kinds."""
        if kind not in self.votes:
            raise KeyError(f"no kind of vote {kind!r}; known: {', '.join(self.votes)}")
        return self.votes[kind]

    @cached_property
    def numbering(self) -> Numbering:
        section = self._central_or_local("numbering").numbering
        assert section is not None
        kinds = {
            code: build(DocumentKind, one, self._ref(one), code=code) for code, one in section.kinds.items()
        }
        symbols = {
            text: build(OrganizationSymbol, one, self._ref(one), symbol=text)
            for text, one in section.symbols.items()
        }
        issuers = {
            code: build(Issuer, one, self._ref(one), code=code) for code, one in section.issuers.items()
        }
        return build(
            Numbering,
            section.series,
            self._ref(section.series),
            series=section.series.per,
            grammar=section.grammar,
            kinds=MappingProxyType(kinds),
            symbols=MappingProxyType(symbols),
            issuers=MappingProxyType(issuers),
        )

    @cached_property
    def layout(self) -> Layout:
        """The official page; before 2018 the nearest later one, with `is_substitute`."""
        pack = self._central_or_local("layout")
        substitute = pack.substitute_layout_of
        section = self.library.packs[substitute].layout if substitute else pack.layout
        assert section is not None
        parts = {name: getattr(section, name) for name in LayoutSection.model_fields}
        return build(
            Layout,
            section.body,
            self._ref(section.body),
            is_substitute=substitute is not None,
            needs_review=substitute is not None or any(part.needs_review for part in parts.values()),
            **parts,
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        lists = self._central_or_local("vocabulary").vocabulary
        assert lists is not None
        return Vocabulary.of(lists, self.library.ref)

    @cached_property
    def calendar(self) -> Calendar:
        """The public holidays; what they mean for working days: `rulebook.calendar`."""
        return cast("Calendar", self._central_or_local("calendar").calendar)

    def plan(self, body_kind: str) -> tuple[PlanLine, ...]:
        """The first draft of a year's plan for a kind of body ("subordinate_branch"); () where there is none."""
        found = self._plans.get(body_kind)
        return tuple(build(PlanLine, line, self._ref(line)) for line in found.lines.values()) if found else ()

    @property
    def plans(self) -> tuple[tuple[str, tuple[PlanLine, ...]], ...]:
        """Every kind of body that has such a draft, by its name."""
        return tuple((found.name, self.plan(kind)) for kind, found in self._plans.items())

    @cached_property
    def _plans(self) -> Mapping[str, PlanOfKind]:
        return cast("PlanSection", self._central_or_local("plan").plan).bodies

    def phrases(self, category: str) -> Phrases:
        """What a chair may say at a part of this category. KeyError names the known categories."""
        stated = cast("ChairSection", self._central_or_local("chair").chair).phrases
        if category not in stated:
            raise KeyError(f"no phrases for {category!r}; known: {', '.join(stated)}")
        return build(Phrases, stated[category], self._ref(stated[category]), category=category)

    @cached_property
    def _local(self) -> tuple[Pack, ...]:
        return self.library.overlays(self.day, self.scopes)

    @cached_property
    def _agenda(self) -> AgendaSection:
        return cast("AgendaSection", self._central_or_local("agenda").agenda)

    def _central_or_local(self, subject: Subject) -> Pack:
        """The nearest overlay that states the subject, else the central pack."""
        stating = [pack for pack in self._local if subject in pack.subjects and getattr(pack, subject)]
        return stating[-1] if stating else self.library.central(subject, self.day)

    def _is_local(self, entry: Sourced) -> bool:
        return not self.library.packs[entry.stated_in].is_central

    def _ref(self, entry: Sourced) -> PackRef:
        return self.library.ref(entry.stated_in)

    def _step(self, entry: StepEntry, focus: Focus | None) -> AgendaStep:
        return build(
            AgendaStep,
            entry,
            self._ref(entry),
            actor_label=self._agenda.actors[entry.actor],
            focus=focus.points if focus and entry.takes_focus else (),
        )
