"""Totals and the parts that should make them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nenep.documents.intake.checks import SENTENCE_END, check_of, written
from nenep.documents.intake.labels import labels_of
from nenep.documents.intake.measures import PERCENT, Partition, partitions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.documents.intake.checks import Check
    from nenep.documents.intake.figures import Figure
    from nenep.documents.intake.paragraphs import Paragraph

# How far below a total its parts may stand in a list of their own.
_LIST = 4
_OPENS = re.compile(
    r"^(?P<name>[^\d().;]{0,60}?)(?P<how>\(|[,:]?\s*(?:trong đó|bao gồm|gồm|chia ra)\b)", re.IGNORECASE
)
_AMONG = re.compile(r"^\W*trong đó\b", re.IGNORECASE)
# "36 … và 25 …, tổng số 62": what stands right before a total that follows its parts, and between two parts.
_TOTAL = re.compile(r"[,;–-]\s*(?:tổng số|tổng cộng|cộng chung)(?!\w)[^\d.,;()]{0,30}$", re.IGNORECASE)
_NEXT = re.compile(r"[^\d.;:()%]{1,60}(?:,|\bvà)\s*(?:có\s+)?$", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:với|trong đó)\b", re.IGNORECASE)


def sums_of(paragraphs: Sequence[Paragraph], figures: Sequence[Figure]) -> Iterator[Check]:
    counted = [one for one in figures if one.unit != PERCENT and one.base is None]
    labels = labels_of(paragraphs, counted)
    for at, whole in enumerate(counted):
        if whole.value is None or whole.bound:
            continue
        listed, is_among = _listed(paragraphs, counted, at)
        ahead = _ahead(paragraphs, counted, at)
        for partition in partitions():
            parts = listed if partition.allows(whole.unit) else []
            if labels[at] in partition.whole:
                parts = parts or _below(counted, labels, at, partition)
            if partition.allows(whole.unit):
                parts = parts or ahead
            yield from _of_partition(partition, whole, [(counted[one], labels[one]) for one in parts])
        if not is_among:
            yield from _of_one_noun(paragraphs, whole, [counted[one] for one in listed])
        yield from _of_parts_ahead(whole, [counted[one] for one in ahead])


def _listed(paragraphs: Sequence[Paragraph], figures: Sequence[Figure], at: int) -> tuple[list[int], bool]:
    """The figures in the brackets behind a total, or behind "gồm"; and whether they are only some ("trong đó")."""
    whole = figures[at]
    behind = paragraphs[whole.paragraph].text[whole.end :]
    opened = _OPENS.match(behind)
    if not opened:
        return [], False
    text = behind[opened.end() :]
    inside = text.partition(")")[0] if opened["how"] == "(" else SENTENCE_END.split(text)[0]
    start = whole.end + opened.end()
    found = [
        place
        for place in range(at + 1, len(figures))
        if figures[place].paragraph == whole.paragraph and figures[place].start < start + len(inside)
    ]
    is_among = "trong" in opened["how"].lower() or bool(_AMONG.match(inside))
    return found, is_among


def _below(
    figures: Sequence[Figure], labels: Sequence[str | None], at: int, partition: Partition
) -> list[int]:
    """Parts that stand around a total that has its name, up to the next total."""
    found = []
    for step in (-1, 1):
        place = at + step
        while 0 <= place < len(figures) and labels[place] not in partition.whole:
            far = figures[place].paragraph - figures[at].paragraph
            if far < 0 or far > _LIST:
                break
            found.append(place)
            place += step
    return sorted(found)


def _ahead(paragraphs: Sequence[Paragraph], figures: Sequence[Figure], at: int) -> list[int]:
    """Figures that one sentence joins right before its total: each follows "," or "và" and nothing else."""
    whole = figures[at]
    text = paragraphs[whole.paragraph].text
    found: list[int] = []
    for place in range(at - 1, -1, -1):
        part = figures[place]
        until = figures[place + 1].start
        joined = _NEXT if found else _TOTAL
        gap = text[part.end : until]
        if part.paragraph != whole.paragraph or SENTENCE_END.search(gap) or not joined.search(gap):
            break
        if not found and re.search(r"\d", gap):
            break
        found.insert(0, place)
    return found if len(found) > 1 else []


def _of_parts_ahead(whole: Figure, parts: Sequence[Figure]) -> Iterator[Check]:
    """Parts of one noun, which the total repeats or leaves out."""
    units = {one.unit for one in parts}
    is_one_noun = len(units) == 1 and None not in units and (whole.unit is None or whole.unit in units)
    if is_one_noun and all(one.value is not None and not one.bound for one in parts):
        yield from _compared(whole, parts)


def _of_partition(
    partition: Partition, whole: Figure, named: Sequence[tuple[Figure, str | None]]
) -> Iterator[Check]:
    """One figure for each part; where a name stands twice, or a part is missing, nothing can be said."""
    parts = []
    for names in partition.parts:
        mine = [figure for figure, label in named if label in names]
        if len(mine) != 1 or mine[0].value is None or mine[0].bound:
            return
        parts += mine
    others = [figure for figure, label in named if label in partition.optional]
    if len(others) > 1 or any(one.value is None for one in others):
        return
    parts += others
    is_open = bool(partition.optional) and not others
    yield from _compared(whole, parts, is_open=is_open)


def _of_one_noun(paragraphs: Sequence[Paragraph], whole: Figure, listed: Sequence[Figure]) -> Iterator[Check]:
    """ "18 chi bộ, gồm 7 chi bộ khu dân cư, 6 chi bộ trường học và 5 chi bộ cơ quan": each part repeats the noun."""
    text = paragraphs[whole.paragraph].text
    parts = []
    for place, one in enumerate(listed):
        gap = text[listed[place - 1].end if place else whole.end : one.start]
        if place and _WITHIN.search(gap):
            break
        parts.append(one)
    same = [one for one in parts if one.unit == whole.unit and one.value is not None and not one.bound]
    if whole.unit and len(same) >= 2 and len(same) == len(parts):
        yield from _compared(whole, same)


def _compared(whole: Figure, parts: Sequence[Figure], *, is_open: bool = False) -> Iterator[Check]:
    total = sum(one.value or 0 for one in parts)
    assert whole.value is not None
    if round(total - whole.value, 6) == 0 or (is_open and total < whole.value):
        return
    terms = " + ".join(written(one.value or 0) for one in parts)
    yield check_of(
        "sum",
        whole.value,
        round(total, 6),
        [whole, *parts],
        f"Tổng số ghi là {written(whole.value)}, nhưng các phần cộng lại là {terms} = {written(total)}.",
    )
