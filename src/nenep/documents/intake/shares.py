"""Shares beside the numbers that they come from, and shares that should make 100 % together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nenep.documents.intake.checks import SENTENCE_END, between, check_of, decimals, written
from nenep.documents.intake.measures import PERCENT, ladders, measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.documents.intake.checks import Check
    from nenep.documents.intake.figures import Figure
    from nenep.documents.intake.measures import Ladder
    from nenep.documents.intake.paragraphs import Paragraph

_LINKED = re.compile(
    r"(?:\(|=|\b(?:đạt|chiếm|tỷ lệ|tỉ lệ|bằng|tương đương|là))\s*(?:tỷ lệ|tỉ lệ)?\s*:?\s*$", re.IGNORECASE
)
_OUT_OF = re.compile(r"^[^.;\d]{0,60}(?:trên|trong|/)\s*(?:tổng số|tổng)\s*$", re.IGNORECASE)
# How far below a share the next step of its ladder may stand, in paragraphs.
_LIST = 2


def shares_of(paragraphs: Sequence[Paragraph], figures: Sequence[Figure]) -> Iterator[Check]:
    """ "27/30 đảng viên, đạt 80%", and "27 đảng viên trên tổng số 30 đảng viên, đạt 80%"."""
    for at, share in enumerate(figures):
        if at == 0 or share.unit != PERCENT or share.bound or share.value is None:
            continue
        last = figures[at - 1]
        gap = between(paragraphs, last, share) if last.paragraph == share.paragraph else "."
        if last.unit == PERCENT or SENTENCE_END.search(gap) or ";" in gap or not _LINKED.search(gap):
            continue
        if last.base and last.value is not None:
            yield from _compared(last.value, last.base, share, [last])
        elif at > 1 and last.value and not last.base:
            part = figures[at - 2]
            if part.paragraph == last.paragraph and _OUT_OF.match(between(paragraphs, part, last)):
                yield from _compared(part.value, last.value, share, [part, last])


def _compared(part: float | None, whole: float, share: Figure, of: Sequence[Figure]) -> Iterator[Check]:
    """Rounded or cut off, both are common; one unit of the last digit apart is an error."""
    if part is None or share.value is None:
        return
    exact, step = part * 100 / whole, 10.0 ** -decimals(share)
    if abs(exact - share.value) < step - 1e-9:
        return
    shown = round(exact, max(decimals(share), 1))
    yield check_of(
        "share",
        shown,
        share.value,
        [*of, share],
        f"{written(part)} trên {written(whole)} là {written(shown)}%, nhưng ghi {written(share.value)}%.",
    )


def distributions_of(paragraphs: Sequence[Paragraph], figures: Sequence[Figure]) -> Iterator[Check]:
    """Neighbouring shares, each a step of one ladder. A list that is part of a longer one is judged as that."""
    shares = [one for one in figures if one.unit == PERCENT and not one.bound]
    told = [_told(paragraphs, shares, at) for at in range(len(shares))]
    runs = [(ladder, run) for ladder in ladders() for run in _runs(ladder, shares, told)]
    seen: set[tuple[int, ...]] = set()
    for ladder, run in runs:
        members = tuple(id(share) for share, _step in run)
        if members in seen or any(
            set(members) < {id(share) for share, _step in other} for _other, other in runs
        ):
            continue
        seen.add(members)
        yield from _whole(ladder, run)


def _runs(
    ladder: Ladder, shares: Sequence[Figure], told: Sequence[str]
) -> Iterator[list[tuple[Figure, str]]]:
    run: list[tuple[Figure, str]] = []
    subject: set[str] = set()
    for share, clause in zip(shares, told, strict=True):
        step = ladder.step(clause)
        if step is None:
            continue
        families = _subjects(clause)
        is_far = bool(run) and share.paragraph - run[-1][0].paragraph > _LIST
        is_again = any(ladder.rank(one) == ladder.rank(step) for _share, one in run)
        if is_far or is_again or (families and subject and not families & subject):
            yield run
            run, subject = [], set()
        run.append((share, step))
        subject |= families
    yield run


def _told(paragraphs: Sequence[Paragraph], shares: Sequence[Figure], at: int) -> str:
    """The part of the sentence that says what a share is of: before it, else behind it."""
    share = shares[at]
    text = paragraphs[share.paragraph].text
    start = shares[at - 1].end if at and shares[at - 1].paragraph == share.paragraph else 0
    before = re.split(r"[.;](?!\d)", text[start : share.start])[-1]
    behind = re.split(r"[.;,)](?!\d)", text[share.end : share.end + 80])[0]
    steps = [ladder.step(before) for ladder in ladders()]
    return before if any(steps) else behind


def _subjects(clause: str) -> set[str]:
    """Who is meant: persons or bodies."""
    families = {measures().family(found[0].lower()) for found in measures().unit.finditer(clause)}
    return {one for one in families if one in {"persons", "bodies"}}


def _whole(ladder: Ladder, run: Sequence[tuple[Figure, str]]) -> Iterator[Check]:
    if len(run) < 2 or any(share.value is None for share, _step in run):
        return
    total = sum(share.value or 0 for share, _step in run)
    slack = sum(0.5 * 10.0 ** -decimals(share) for share, _step in run)
    is_complete = any(step in ladder.tail for _share, step in run)
    if abs(total - 100) <= slack + 1e-9 or (total < 100 and not is_complete):
        return
    terms = " + ".join(f"{written(share.value or 0)}%" for share, _step in run)
    rest = written(round(abs(100 - total), 4))
    said = f"còn {rest}% chưa nói rõ" if total < 100 else f"vượt {rest}%"
    yield check_of(
        "distribution",
        100,
        round(total, 4),
        [share for share, _step in run],
        f"Các tỷ lệ {terms} cộng lại là {written(total)}%, không phải 100%: {said}.",
    )
