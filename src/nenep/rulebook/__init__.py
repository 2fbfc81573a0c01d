"""Dated rule packs: what a meeting, a vote, a number or a page had to be on a given day, and who says so.

Owns: the packs (`packs/*.yml`), their schema, the checks at start, the screen that shows them. No tables.
Does not own: what a body did with a rule; bodies themselves (a body hands its overlays in as plain `scopes`).
Main verb: `rules_on(day, scopes)`, always with the day of the meeting, never with today.
"""

from nenep.rulebook.loader import PackError
from nenep.rulebook.rules import Rules, rules_on
from nenep.rulebook.values import AgendaStep, PackRef, Rule
from nenep.rulebook.votes import VoteRule

__all__ = ["AgendaStep", "PackError", "PackRef", "Rule", "Rules", "VoteRule", "rules_on"]
