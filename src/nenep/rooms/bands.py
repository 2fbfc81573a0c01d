"""Who has not spoken, as counts by age band: what is kept of it when a meeting closes (R121; design: opinions)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from nenep.meetings.progress import meeting_day
from nenep.meetings.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from nenep.meetings.models import Meeting

# From an age to an age in years, both included; None: without end.
Band = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class BandFigure:
    band: Band
    present: int
    silent: int


def figures_by_band(
    meeting: Meeting, births: Mapping[int, int | None], spoke: AbstractSet[int]
) -> list[BandFigure]:
    """Those who were there by age band, and how many of them are not among `spoke` (member ids).

    `births`: the year of birth of each who was there, by member id; None where it is not known.

    A band with fewer people than `meet.bands.least` is left out. So is, from the smallest on, any other band without
    which the people outside would be too few: the sum of all is known, and what is missing would tell about them.
    """
    rules = rules_of(meeting).meeting
    ends = [rule.value for rule in rules.age_bands]
    least = rules.least_group.value
    if not isinstance(least, int) or not all(isinstance(end, int) for end in ends):
        return []
    bands = _bands([rule.number for rule in rules.age_bands])
    year = meeting_day(meeting).year
    present: Counter[Band] = Counter()
    silent: Counter[Band] = Counter()
    for member_id, birth_year in births.items():
        if birth_year is not None:
            band = _band_of(year - birth_year, bands)
            present[band] += 1
            silent[band] += member_id not in spoke
    kept = sorted((band for band in bands if present[band] >= least), key=lambda band: -present[band])
    while kept and 0 < len(births) - sum(present[band] for band in kept) < least:
        kept.pop()
    return [BandFigure(band, present[band], silent[band]) for band in bands if band in kept]


def band_words(age_from: int, age_to: int | None) -> str:
    """How people say it."""
    if age_to is None:
        return f"Trên {age_from - 1} tuổi"
    return f"Từ {age_from} đến {age_to} tuổi" if age_from else f"Đến {age_to} tuổi"


def _bands(ends: Sequence[int]) -> list[Band]:
    """([30, 45]) -> 0 to 30, 31 to 45, 46 and more."""
    middle: Iterable[Band] = ((one + 1, following) for one, following in pairwise(ends))
    return [(0, ends[0]), *middle, (ends[-1] + 1, None)]


def _band_of(age: int, bands: Sequence[Band]) -> Band:
    return next(band for band in bands if band[1] is None or age <= band[1])
