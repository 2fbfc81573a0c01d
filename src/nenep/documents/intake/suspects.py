"""Suspected scan errors with suggestions. Nothing is corrected: what is read stays, a person decides.

Five questions, each general: can this syllable be Vietnamese; is a word of official Vietnamese near to one that is
unknown; is it a rare variant of what the same document says often; is it a known confusion in these surroundings; do
digits and letters mix. A syllable that stands alone (`Lexicon.free`) or makes a known word with a neighbour is never
asked about, so a sound text raises nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nenep.documents.intake.lexicon import Confusion, Lexicon, confusions, lexicon
from nenep.documents.intake.mixed import mixed_in
from nenep.documents.intake.places import Span, context_of
from nenep.documents.intake.syllables import bare, distance, folded, is_possible
from nenep.documents.intake.tokens import Token, like, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nenep.documents.intake.paragraphs import Paragraph

# How much of one syllable may be spoilt, and of two together (`distance`).
MOST, MOST_IN_PAIR = 3, 4
# A phrase of the document is common from here on, and its variant rare when it is that many times rarer.
COMMON, RARER = 3, 3


@dataclass(frozen=True, slots=True)
class Suspect:
    """`suggestion` None: only doubt; `context`: with three words on each side; `spans`: one for each line."""

    as_read: str
    suggestion: str | None
    context: str
    spans: tuple[Span, ...]

    @property
    def line(self) -> int:
        return self.spans[0].line

    def as_json(self) -> dict[str, Any]:
        return {
            "as_read": self.as_read,
            "suggestion": self.suggestion,
            "context": self.context,
            "line": self.line,
        }


@dataclass(slots=True)
class Text:
    """The tokens of all paragraphs, and how often each row of one, two and three stands in the document."""

    paragraphs: list[tuple[Paragraph, list[Token]]]
    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)
    variants: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    spelled: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for _paragraph, tokens in self.paragraphs:
            for place, token in enumerate(tokens):
                row: tuple[str, ...] = ()
                for one in tokens[place : place + 3]:
                    if row and not one.is_next:
                        break
                    row = (*row, one.key)
                    self.counts[row] += 1
                if token.is_word and token.key not in self.spelled:
                    self.spelled[token.key] = token.text.lower()
                    self.variants[bare(token.text)].add(token.key)


# (first token, one behind the last, the words that may be meant or None)
Finding = tuple[int, int, str | None]


def suspects_of(
    paragraphs: Sequence[tuple[Paragraph, Sequence[tuple[int, int]]]],
) -> list[Suspect]:
    """In the order of the text. With each paragraph come the spans (start, end) that are not to be asked about."""
    text = Text([(paragraph, tokens_of(paragraph, spared)) for paragraph, spared in paragraphs])
    told = []
    for paragraph, tokens in text.paragraphs:
        for start, end, suggestion in _joined(paragraph.text, sorted(_found(text, paragraph.text, tokens))):
            told.append(suspect(paragraph, start, end, suggestion))
    return told


def suspect(paragraph: Paragraph, start: int, end: int, suggestion: str | None) -> Suspect:
    return Suspect(
        paragraph.text[start:end],
        suggestion,
        context_of(paragraph.text, start, end),
        paragraph.spans(start, end),
    )


def _joined(text: str, found: Sequence[tuple[int, int, str | None]]) -> list[tuple[int, int, str | None]]:
    """Damaged words side by side are one phrase; where two readings overlap the first stays."""
    made: list[tuple[int, int, str | None]] = []
    for start, end, suggestion in found:
        if made and start < made[-1][1]:
            continue
        if made and suggestion and made[-1][2] and text[made[-1][1] : start] == " ":
            made[-1] = (made[-1][0], end, f"{made[-1][2]} {suggestion}")
        else:
            made.append((start, end, suggestion))
    return made


def _found(text: Text, read: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str | None]]:
    """(start, end, suggestion) as places in the paragraph."""
    words, taken = lexicon(), set[int]()
    for place in range(len(tokens)):
        finding = _confused(tokens, place) or _cut_short(words, tokens, place)
        if finding and not taken & set(range(*finding[:2])):
            taken |= set(range(*finding[:2]))
            yield tokens[finding[0]].start, tokens[finding[1] - 1].end, finding[2]
    for place, token in enumerate(tokens):
        if place in taken or not token.is_word or _is_sound(words, tokens, place):
            continue
        finding = (
            _variant(text, tokens, place)
            or _near_word(words, tokens, place)
            or _impossible(words, tokens, place)
        )
        if finding:
            first, last, suggestion = _widened(words, tokens, finding)
            taken |= set(range(first, last))
            yield tokens[first].start, tokens[last - 1].end, suggestion
    yield from mixed_in(read, tokens)


def _is_sound(words: Lexicon, tokens: Sequence[Token], place: int) -> bool:
    """Stands alone, makes a word with a neighbour, or is an abbreviation or part of a name."""
    token = tokens[place]
    if token.key in words.free or len(token.text) == 1:
        return True
    if token.text.isupper() and not is_possible(token.text) and token.text.replace("Đ", "D").isascii():
        return True
    if token.text.isupper() and not token.in_capitals:
        return True
    if not token.text[1:].islower() and not token.text.isupper():  # CTr, BTVĐU
        return True
    beside = _beside(tokens, place)
    return any((first.key, second.key) in words.pairs for first, second in beside)


def _beside(tokens: Sequence[Token], place: int) -> list[tuple[Token, Token]]:
    """The pairs that a token makes with its neighbours."""
    made = []
    if tokens[place].is_next:
        made.append((tokens[place - 1], tokens[place]))
    if place + 1 < len(tokens) and tokens[place + 1].is_next:
        made.append((tokens[place], tokens[place + 1]))
    return made


def _variant(text: Text, tokens: Sequence[Token], place: int) -> Finding | None:
    """A rare variant, by its marks, of what the document often says in the same surroundings."""
    token, best = tokens[place], (0, "")
    if token.text[0].isupper() and any(second.is_name_like for _first, second in _beside(tokens, place)):
        return None
    for meant in text.variants[bare(token.text)] - {token.key}:
        for row in _rows(tokens, place):
            here = tuple(one.key for one in row)
            there = tuple(meant if one is token else one.key for one in row)
            if text.counts[there] >= COMMON and text.counts[there] >= RARER * text.counts[here]:
                best = max(best, (text.counts[there], meant))
    return (place, place + 1, like(token.text, text.spelled[best[1]])) if best[0] else None


def _rows(tokens: Sequence[Token], place: int) -> Iterator[Sequence[Token]]:
    """The rows of three neighbours around a token."""
    for start in range(max(0, place - 2), min(place + 1, len(tokens) - 2)):
        row = tokens[start : start + 3]
        if row[1].is_next and row[2].is_next:
            yield row


def _near_word(words: Lexicon, tokens: Sequence[Token], place: int) -> Finding | None:
    """The nearest known word that this token and a neighbour may be; None when two are as near."""
    options: dict[tuple[int, int, str], int] = {}
    for first, second in _beside(tokens, place):
        at = place if first is tokens[place] else place - 1
        if first.text[0].isupper() and second.is_name_like:  # a name of a person or a place
            continue
        for meant, cost in _candidates(words, tokens, at, place):
            spelled = (
                like(one.text, words.spelled[key]) for one, key in zip((first, second), meant, strict=True)
            )
            options[at, at + 2, " ".join(spelled)] = cost
    if not options:
        return None
    least = min(options.values())
    nearest = [option for option, cost in options.items() if cost == least]
    # "nhiệm vu chính": two words that agree on what this syllable is are no doubt.
    here = {suggestion.split()[place - first] for first, _last, suggestion in nearest}
    return nearest[0] if len(here) == 1 else None


def _candidates(
    words: Lexicon, tokens: Sequence[Token], at: int, place: int
) -> Iterator[tuple[tuple[str, str], int]]:
    """Known pairs near to the tokens `at` and behind it, with their cost."""
    is_first = at == place
    place_of_other = at + 1 if is_first else at
    token, other = tokens[place], tokens[place_of_other]
    if _is_taken(words, tokens, place_of_other, place) or not other.is_word:
        return
    for key in _partners(words, other, is_first=not is_first):
        cost = distance(token.text, words.spelled[key], is_strange=not is_possible(token.text))
        if 0 < cost <= MOST:
            yield ((key, other.key) if is_first else (other.key, key)), cost
    if other.key in words.free:  # "nên nếp": what stands alone elsewhere is the damaged part
        for key in _partners(words, token, is_first=is_first):
            if distance(other.text, words.spelled[key]) == 1:
                yield ((token.key, key) if is_first else (key, token.key)), 1
    else:
        yield from _both_spoilt(words, tokens[at : at + 2])


def _both_spoilt(words: Lexicon, read: Sequence[Token]) -> Iterator[tuple[tuple[str, str], int]]:
    """Known pairs of which one part at least differs in its marks only."""
    for side, token in enumerate(read):
        for pair in words.by_skeleton.get((side, bare(token.text)), ()):
            costs = [distance(one.text, words.spelled[key]) for one, key in zip(read, pair, strict=True)]
            if min(costs) > 0 and sum(costs) <= MOST_IN_PAIR:
                yield pair, sum(costs)


def _partners(words: Lexicon, token: Token, *, is_first: bool) -> set[str]:
    """What a syllable that never stands alone makes a word with, behind it or before it."""
    return (words.after if is_first else words.before).get(token.key, set())


def _is_taken(words: Lexicon, tokens: Sequence[Token], place: int, but_for: int) -> bool:
    """Whether a token makes a known word with a neighbour other than `but_for`."""
    return any(
        (first.key, second.key) in words.pairs
        for first, second in _beside(tokens, place)
        if tokens[but_for] not in (first, second)
    )


def _impossible(words: Lexicon, tokens: Sequence[Token], place: int) -> Finding | None:
    """No Vietnamese syllable. One without any mark may be a foreign word, unless one common word lost its own."""
    token = tokens[place]
    if is_possible(token.text) or token.is_name_like or len(token.text) < 3:
        return None
    alike = words.by_key.get(bare(token.text), set())
    if token.text.isascii():
        alike = alike & words.free
        among = [one.text for pair in _beside(tokens, place) for one in pair]
        if len(alike) != 1 or "".join(among).isascii():
            return None
    costs = {one: distance(token.text, one) for one in alike}
    meant = [words.spelled[one] for one, cost in costs.items() if cost == min(costs.values())]
    return place, place + 1, like(token.text, meant[0]) if len(meant) == 1 else None


def _widened(words: Lexicon, tokens: Sequence[Token], finding: Finding) -> Finding:
    """With the neighbours that make one word with what is meant: "tư phê bình", not "tư"."""
    first, last, suggestion = finding
    if suggestion is None:
        return finding
    meant = suggestion.split()
    if first > 0 and tokens[first].is_next and (tokens[first - 1].key, folded(meant[0])) in words.pairs:
        first -= 1
        meant.insert(0, tokens[first].text)
    while last < len(tokens) and tokens[last].is_next and last - first < 3:
        if (folded(meant[-1]), tokens[last].key) not in words.pairs:
            break
        meant.append(tokens[last].text)
        last += 1
    return first, last, " ".join(meant)


def _confused(tokens: Sequence[Token], place: int) -> Finding | None:
    for confusion in confusions().get(tokens[place].key, ()):
        if _applies(confusion, tokens, place):
            last = place + len(confusion.read)
            meant = zip(tokens[place:last], confusion.meant, strict=True)
            return place, last, " ".join(like(token.text, word) for token, word in meant)
    return None


def _applies(confusion: Confusion, tokens: Sequence[Token], place: int) -> bool:
    last = place + len(confusion.read)
    row = tokens[place:last]
    if tuple(token.key for token in row) != confusion.read or not all(token.is_next for token in row[1:]):
        return False
    before = tokens[place - 1].key if tokens[place].is_next else ""
    after = tokens[last].key if last < len(tokens) and tokens[last].is_next else ""
    if confusion.starts and not (tokens[place].starts_sentence and tokens[place].text[0].isupper() and after):
        return False
    if confusion.number and not re.fullmatch(confusion.number, after):
        return False
    wanted = (not confusion.before or before in confusion.before) and (
        not confusion.after or after in confusion.after
    )
    return wanted and before not in confusion.unless_before and after not in confusion.unless_after


def _cut_short(words: Lexicon, tokens: Sequence[Token], place: int) -> Finding | None:
    """The name of an agency of which the end is lost, when only one name begins so."""
    names = words.agencies.get(tokens[place].key, ()) if tokens[place].text[0].isupper() else ()
    if not names:
        return None
    row = [tokens[place]]
    while place + len(row) < len(tokens) and tokens[place + len(row)].is_next and len(row) < 8:
        row.append(tokens[place + len(row)])
    keys = [token.key for token in row]
    reached = {_shared(keys, name): name for name in names}
    longest = max(reached)
    begun = [name for name in names if _shared(keys, name) == longest]
    if longest < 2 or len(begun) != 1 or longest == len(begun[0]) or longest < len(begun[0]) - 1:
        return None
    if longest < len(row) and row[longest].text[0].isupper():  # another agency that this list does not know
        return None
    return place, place + longest, " ".join([token.text for token in row[:longest]] + begun[0][longest:])


def _shared(keys: Sequence[str], name: Sequence[str]) -> int:
    """How many syllables of the name stand here."""
    count = 0
    for key, syllable in zip(keys, name, strict=False):
        if key != folded(syllable):
            break
        count += 1
    return count
