"""The rules of a meeting by name. Each answer is a Rule; its value is None where nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.rulebook.values import Rule

# What every day must have an answer to, if only that nothing is known; the loader's checks demand it.
RULE_IDS = (
    "meet.frequency.branch",
    "meet.frequency.branch_committee",
    "meet.frequency.grassroots_committee",
    "meet.frequency.grassroots_plenary",
    "meet.min_minutes.regular",
    "meet.min_minutes.combined",
    "meet.min_minutes.large_branch",
    "meet.min_minutes.exception",
    "meet.fixed_day",
    "meet.fixed_day.fallback_until",
    "meet.separate",
    "meet.balance.professional_percent",
    "meet.bands.first",
    "meet.bands.second",
    "meet.bands.third",
    "meet.bands.least",
    "meet.pulse.days",
    "meet.thematic.per_quarter",
    "meet.documents.lead_days",
    "meet.prepare.arrangements",
    "meet.prepare.focus",
    "meet.prepare.paper",
    "meet.prepare.committee",
    "meet.prepare.documents",
    "meet.prepare.digest",
    "meet.follow_up.days",
    "meet.notice.required",
    "meet.notice.recipients",
    "meet.postponement.required",
    "meet.online.condition",
    "meet.by_group.min_members",
    "meet.by_group.max_per_year",
    "attend.members",
    "attend.outside_base",
    "attend.visiting",
    "attend.superior",
    "attend.superior_each",
    "attend.roll_call",
    "attend.invited",
    "attend.target_percent",
    "attend.max_consecutive_excused",
    "concerns.ways",
    "concerns.answer_days",
    "directives.remind_days",
)


@dataclass(frozen=True)
class Meeting:
    rules: Mapping[str, Rule]

    def min_minutes(self, *, members: int | None = None, with_thematic: bool = False) -> Rule:
        """The least length of a regular meeting; the strictest of the rules that bind this branch."""
        names = ["regular", "large_branch", *(["combined"] if with_thematic else [])]
        binding = [
            rule
            for rule in (self.rules[f"meet.min_minutes.{name}"] for name in names)
            if rule.value is not None and rule.applies_to.holds(members=members)
        ]
        return max(binding, key=lambda rule: rule.number, default=self.rules["meet.min_minutes.regular"])

    @property
    def fixed_day(self) -> Rule:
        """The day of the month, or None where the committee chooses it."""
        return self.rules["meet.fixed_day"]

    @property
    def fixed_day_fallback(self) -> Rule:
        """The last day of the month to which the fixed day may be moved."""
        return self.rules["meet.fixed_day.fallback_until"]

    @property
    def professional_percent(self) -> Rule:
        """The share of an agenda's time for professional work above which its balance is asked about."""
        return self.rules["meet.balance.professional_percent"]

    @property
    def age_bands(self) -> tuple[Rule, ...]:
        """The greatest age, in years, of each age band but the last."""
        return tuple(self.rules[f"meet.bands.{place}"] for place in ("first", "second", "third"))

    @property
    def least_group(self) -> Rule:
        """How many there must be in a group for a count of who spoke to be kept of it or shown."""
        return self.rules["meet.bands.least"]

    @property
    def pulse_days(self) -> Rule:
        """For how many days after a meeting those who were there may say whether they felt free to speak."""
        return self.rules["meet.pulse.days"]

    @property
    def thematic_per_quarter(self) -> Rule:
        return self.rules["meet.thematic.per_quarter"]

    @property
    def documents_lead_days(self) -> Rule:
        return self.rules["meet.documents.lead_days"]

    def prepare_days(self, part: str) -> Rule:
        """How many days before the meeting a part of the preparation is done: arrangements, focus, paper ..."""
        return self.rules[f"meet.prepare.{part}"]

    @property
    def digest_length(self) -> Rule:
        """The greatest length, in characters, of what a paper means for the branch."""
        return self.rules["meet.prepare.digest"]

    @property
    def follow_up_days(self) -> Rule:
        return self.rules["meet.follow_up.days"]

    @property
    def postponement(self) -> Rule:
        """Codes of what a postponement must state: reason, new_date, notified_to_superior."""
        return self.rules["meet.postponement.required"]

    @property
    def outside_base(self) -> Rule:
        """Codes of the standings that leave the base of attendance: exempt, suspended, away ..."""
        return self.rules["attend.outside_base"]
