"""How a Vietnamese syllable is built, and how near two of them are: what a scanner can make of one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nenep.shared.vietnamese import search_key

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SHARP = {"\u0301", "\u0323"}  # sắc and nặng, the only ones before p, t, c, ch
_ONSETS = (
    *("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""),
)
_RIMES_WRITTEN = (
    "a ai ao au ay am an ang anh ac ach ap at ăm ăn ăng ăc ăp ăt âu ây âm ân âng âc âp ât "
    "e eo em en eng ec ep et ê êu êm ên ênh êch êp êt "
    "i ia iu im in inh ich ip it iêu iêm iên iêng iêc iêp iêt "
    "o oi om on ong oc op ot oong ooc oa oai oao oay oam oan oang oanh oac oach oap oat "
    "oăm oăn oăng oăc oăt oe oeo oen oet "
    "ô ôi ôm ôn ông ôc ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ui um un ung uc up ut ua uê uêch uênh uên uy uya uyn uynh uyt uych uyp uyu uyên uyêt uơ uân uâng uât uây "
    "uôi uôm uôn uông uôc uôt ư ưi ưu ưng ưc ưt ưm ưa ươi ươu ươm ươn ương ươc ươp ươt "
    "y yêu yêm yên yêng yêt"
)
_RIMES = frozenset(_RIMES_WRITTEN.split())
# What stands behind "qu" and "gi" beside the rimes above, where the u and the i belong to the onset.
_AFTER_QU = re.compile(r"^(?:[aăâeêiôơ].*|y|ynh|yt|ych|yên|yêt|yêch|ynh|yu)$")
_FRONT = ("e", "ê", "i", "y")
LETTERS, UNLIKE = 2, 9
_NASALS = {"m", "n", "ng", "nh"}
_SHORT_Y = re.compile(r"^([hklmstv])y$")


@lru_cache(maxsize=50_000)
def split(syllable: str) -> tuple[str, str]:
    """(letters with their shapes, tone mark or ""), lower case; where the tone stands does not matter (uỷ, ủy)."""
    parts = unicodedata.normalize("NFD", syllable.lower())
    tones = [sign for sign in parts if sign in _TONES]
    letters = unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in _TONES))
    return _SHORT_Y.sub(r"\1i", letters), "".join(tones)


@lru_cache(maxsize=50_000)
def folded(syllable: str) -> str:
    """One spelling for the variants of a syllable: uỷ and ủy, kĩ and kỹ."""
    return "".join(split(syllable))


@lru_cache(maxsize=50_000)
def bare(syllable: str) -> str:
    """Its letters without any mark, lower case."""
    return search_key(syllable)


@lru_cache(maxsize=50_000)
def is_possible(syllable: str) -> bool:
    """Whether onset, rime and tone can stand together in Vietnamese."""
    letters, tone = split(syllable)
    if len(tone) > 1:
        return False
    return any(_fits(onset, letters[len(onset) :], tone) for onset in _ONSETS if letters.startswith(onset))


def _fits(onset: str, rime: str, tone: str) -> bool:
    """Only sharp tones before p, t, c, ch; k, gh, ngh before e, ê, i and c, g, ng before the others."""
    if rime.endswith(("p", "t", "c", "ch")) and tone not in _SHARP:
        return False
    if onset == "qu":
        return bool(_AFTER_QU.match(rime)) and (rime in _RIMES or f"u{rime}" in _RIMES)
    if onset == "gi" and not rime:
        return True
    is_front = rime.startswith(_FRONT)
    spelled = {"k": is_front, "gh": is_front, "ngh": is_front, "c": not is_front, "ng": not is_front}
    spelled["g"] = not is_front or rime.startswith("i")
    return rime in _RIMES and spelled.get(onset, True)


@lru_cache(maxsize=200_000)
def distance(one: str, other: str, *, is_strange: bool = False) -> int:
    """How much a scanner must spoil: 1 for a tone, 1 for shapes (o, ô) and the bar of đ, 2 for the letters at the end.

    The end may differ between m, n, ng, nh, which look alike; in a reading that `is_strange`, no syllable at all, any
    end or the vowels may. Else UNLIKE.
    """
    (letters, tone), (others, other_tone) = split(one), split(other)
    cost = 0 if tone == other_tone else 1
    if letters == others:
        return cost
    (onset, vowels, coda), (other_onset, other_vowels, other_coda) = _groups(letters), _groups(others)
    if (onset, vowels, coda) == (other_onset, other_vowels, other_coda):
        return cost + 1
    if onset != other_onset or (vowels != other_vowels and coda != other_coda):
        return UNLIKE
    same_shapes = letters.removesuffix(coda) == others.removesuffix(other_coda)
    looks_alike = same_shapes and {coda, other_coda} <= _NASALS
    return cost + LETTERS if looks_alike or is_strange else UNLIKE


@lru_cache(maxsize=50_000)
def _groups(letters: str) -> tuple[str, str, str]:
    """The letters without marks before, in and behind the vowels."""
    found = re.fullmatch(r"([^aeiouy]*)([aeiouy]*)(.*)", search_key(letters))
    assert found
    return found[1], found[2], found[3]
