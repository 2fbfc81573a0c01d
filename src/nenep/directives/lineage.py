"""How directives hang together: what bodies further down issued to carry one out, and what it carries out itself.

A chain is as deep as the tree of bodies; each step is one statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.directives.models import Made, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.directives.models import Directive

ORIGIN = "directives.directive"  # of agenda items and notices (`shared.references`)


def key_of(directive: Directive) -> str:
    """Of its suggestion for an agenda, the same from day to day."""
    return f"directive:{directive.pk}"


def with_those_below(keys: Iterable[int]) -> dict[int, set[int]]:
    """Each key with the directives that were issued to carry it out, itself included."""
    found = {key: {key} for key in keys}
    newest = {key: {key} for key in found}  # a directive -> the given ones that it goes back to
    while newest:
        rows = Made.objects.filter(receipt__directive__in=newest, handed_down__issued_at__isnull=False)
        further: dict[int, set[int]] = {}
        for upper, lower in rows.values_list("receipt__directive_id", "handed_down_id"):
            for key in newest[upper]:
                if lower not in found[key]:
                    found[key].add(lower)
                    further.setdefault(lower, set()).add(key)
        newest = further
    return found


def above(directive_id: int) -> list[int]:
    """The directives that this one carries out, the nearest first."""
    found: list[int] = []
    newest = {directive_id}
    while newest:
        rows = Made.objects.filter(handed_down__in=newest).values_list("receipt__directive_id", flat=True)
        newest = {key for key in rows if key not in found}
        found += sorted(newest)
    return found


def nearest(receipts: Iterable[Receipt]) -> list[Receipt]:
    """Of what one body received: without what came to it once more, by a nearer body that carries it out."""
    rows = list(receipts)
    if len(rows) < 2:  # one cannot be carried out by another
        return rows
    keys = {row.directive_id for row in rows}
    below = with_those_below(keys)
    return [row for row in rows if not (below[row.directive_id] - {row.directive_id}) & keys]


def uppers_of(receipt: Receipt) -> list[Receipt]:
    """What the same body received of the directives above this one: the same matter on its way down."""
    keys = above(receipt.directive_id)
    rows = Receipt.objects.filter(body=receipt.body_id, directive__in=keys, ended_at=None) if keys else []
    return list(rows)


def carried_by(directive_id: int) -> dict[int, set[int | None]]:
    """Each directive that was issued to carry this one out, at any depth -> the paragraphs of this one that it serves.

    None among them: this one as a whole. Further down, whatever serves the directive above serves the same.
    """
    found: dict[int, set[int | None]] = {}
    newest = {directive_id}
    while newest:
        rows = Made.objects.filter(receipt__directive__in=newest, handed_down__issued_at__isnull=False)
        newest = set()
        for upper, lower, paragraph in rows.values_list(
            "receipt__directive_id", "handed_down_id", "requirement_id"
        ):
            served = {paragraph} if upper == directive_id else found[upper]
            if not served <= found.setdefault(lower, set()):
                found[lower] |= served
                newest.add(lower)
    return found
