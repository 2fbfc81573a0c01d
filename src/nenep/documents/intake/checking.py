"""All checks of one document, in the order of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.documents.intake.repeats import cited_twice, totals_of
from nenep.documents.intake.shares import distributions_of, shares_of
from nenep.documents.intake.sums import sums_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.documents.intake.checks import Check
    from nenep.documents.intake.figures import Figure
    from nenep.documents.intake.paragraphs import Paragraph
    from nenep.documents.intake.repeats import Cited


def checks_of(
    paragraphs: Sequence[Paragraph], figures: Sequence[Figure], cited: Sequence[Cited]
) -> list[Check]:
    """`figures`: those of `figures_of` over the same paragraphs; `cited`: what each paragraph names, in its order."""
    found = [
        *sums_of(paragraphs, figures),
        *shares_of(paragraphs, figures),
        *distributions_of(paragraphs, figures),
        *totals_of(paragraphs, figures),
        *cited_twice(paragraphs, cited),
    ]
    return sorted(dict.fromkeys(found), key=lambda one: one.lines)
