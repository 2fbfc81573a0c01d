"""At which session and in which term of its committee a paper was made, as its words say it (R71).

Numbers run anew in each term: 04-NQ/TW is a paper of the eleventh, of the twelfth and of others. What is not written is
not guessed; then the day of issue tells two papers apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from django.utils.translation import gettext as _

from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from nenep.documents.models import Document

# The head of a paper that names its session: further down others are cited.
HEAD = 300
NUMERALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai", "mười ba",
            "mười bốn", "mười lăm")  # fmt: skip
OTHER_SPELLINGS = {"bốn": 4, "bẩy": 7, "mười tư": 14, "mười năm": 15}
_SESSION = re.compile(
    r"hội nghị (?:trung ương )?(?:lần thứ )?(?P<number>\d{1,2}|"
    + "|".join(sorted([*NUMERALS, *OTHER_SPELLINGS], key=len, reverse=True))
    + r")\b(?! ngày| tháng)",
    re.IGNORECASE,
)
_TERM = re.compile(r"\bkh(?:óa|oá) (?P<term>[IVXL]+|\d{1,2})\b", re.IGNORECASE)
# Terms of other bodies stand in subjects as well.
_NOT_OURS = re.compile(r"(?:quốc hội|hội đồng nhân dân|HĐND)[^,;.]{0,30}$", re.IGNORECASE)
_ROMAN = {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}


@dataclass(frozen=True, slots=True)
class Facets:
    """`session`: its number, None where none is named. `term`: in Roman figures, "" where none is named."""

    session: int | None = None
    term: str = ""

    @property
    def words(self) -> str:
        """ "Hội nghị lần thứ 4, khóa XII"; "" for nothing."""
        session = _("Hội nghị lần thứ %(number)d") % {"number": self.session} if self.session else ""
        term = _("khóa %(term)s") % {"term": self.term} if self.term else ""
        return ", ".join(filter(None, [session, term]))

    @property
    def spellings(self) -> str:
        """As people ask for it: with the figure and with the word."""
        if not self.session:
            return self.words
        said = NUMERALS[self.session - 1] if self.session <= len(NUMERALS) else str(self.session)
        return f"{self.words} Hội nghị lần thứ {said} Hội nghị Trung ương {self.session}"


def facets_of(document: Document) -> Facets:
    """From the subject, else from the head of the text where session and term stand together."""
    said = read_facets(document.subject)
    if said.session and said.term:
        return said
    head = read_facets(document.text[:HEAD])
    if head.session and head.term and (said.term in {"", head.term}) and said.session in {None, head.session}:
        return head
    return said


def read_facets(text: str) -> Facets:
    """What a text says, in either spelling of its tones."""
    text = clean(normalize("NFC", text))
    session = next((_number(found["number"]) for found in _SESSION.finditer(text)), None)
    terms = (found for found in _TERM.finditer(text) if not _NOT_OURS.search(text[: found.start()]))
    return Facets(session, next((_roman(found["term"]) for found in terms), ""))


def unsaid(document: Document) -> str:
    """Session and term in words where the subject does not name them; "" else."""
    found = facets_of(document)
    return "" if found == read_facets(document.subject) else found.words


def label_of(document: Document) -> str:
    """For a choice among papers: number, day, session and term, then what it is about."""
    day = _("ngày %(day)s") % {"day": document.day_shown} if document.day_shown else ""
    words = unsaid(document)
    head = " ".join(filter(None, [document.symbol, day, words and f"({words})"]))
    return f"{head}: {document.subject}"[:160]


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    word = text.lower()
    return OTHER_SPELLINGS.get(word) or NUMERALS.index(word) + 1


def _roman(text: str) -> str:
    if not text.isdecimal():
        return text.upper()
    number, found = int(text), ""
    for value, letters in _ROMAN.items():
        while number >= value:
            found, number = found + letters, number - value
    return found
