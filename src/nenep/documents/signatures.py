"""The digital signatures in a PDF: who signed when, and whether it is still what was signed. No trust is claimed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.documents import pdf
from nenep.documents.composition import line
from nenep.documents.layout import layout_on
from nenep.files.reading import all_pages
from nenep.shared.dates import today
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from nenep.documents.content import OfficialDocument

SECONDS = 20
_CHILD = Path(__file__).with_name("signature_child.py")
# Words of a difference that a page names.
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class SignatureRead:
    """One signature. `is_read` False: of a kind that is not checked here.

    `issuer`: who issued the certificate, by its own words. `at`: as the signer's machine said. `covers_file`: nothing
    was added after it. `is_intact`: the covered bytes are those that were signed. `is_valid`: it was made by the key of
    this certificate. `adds_content`: what was added after it is more than further signatures.
    """

    is_read: bool
    name: str
    issuer: str
    at: datetime | None
    starts: datetime | None
    ends: datetime | None
    reason: str
    is_intact: bool
    is_valid: bool
    covers_file: bool
    adds_content: bool

    @property
    def is_good(self) -> bool:
        """Still what was signed, by this key; whom the certificate belongs to is another question."""
        return self.is_read and self.is_intact and self.is_valid and not self.adds_content

    @property
    def was_outside(self) -> bool:
        """Signed, by the signer's own clock, when the certificate was not valid."""
        times = (self.starts, self.at, self.ends)
        return all(times) and not (self.starts <= self.at <= self.ends)  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Report:
    """`fields`: how many signatures there are; `is_checked` False: the extra that reads them is not installed."""

    fields: int
    is_checked: bool
    signatures: list[SignatureRead]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Words that one of two texts has and the other has not, at most MOST_WORDS of each; `is_scan`: no text at all."""

    missing: list[str]
    added: list[str]
    is_scan: bool = False

    @property
    def is_same(self) -> bool:
        return not (self.missing or self.added or self.is_scan)


def read_signatures(content: bytes) -> Report:
    """Of a PDF that `files.portable` has taken, in a child process. Refused when it is unreadable within the limits."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program, no argument from outside
            [sys.executable, "-I", str(_CHILD)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, json.JSONDecodeError) as failed:
        raise Refused(_("Không đọc được chữ ký số trong tệp này: tệp hỏng hoặc quá phức tạp.")) from failed
    return Report(told["fields"], told["library"], [_signature(one) for one in told["signatures"]])


def compared(kept: OfficialDocument, content: bytes) -> Comparison:
    """The words of a PDF beside those of the kept copy, set anew; their order and their lines do not count."""
    own = pdf.render(kept, layout_on(kept.day or today(), kept.scopes))
    ours, theirs = _words(own), _words(content)
    if not theirs:
        return Comparison([], [], is_scan=True)
    return Comparison(_some(ours - theirs), _some(theirs - ours))


def _words(content: bytes) -> Counter[str]:
    return Counter(word for page in all_pages(content) for word in line(page.text.replace("\n", " ")).split())


def _some(words: Counter[str]) -> list[str]:
    return list(words.elements())[:MOST_WORDS]


def _signature(told: dict[str, Any]) -> SignatureRead:
    return SignatureRead(
        is_read=told["is_read"],
        name=line(told.get("name", "")),
        issuer=line(told.get("issuer", "")),
        at=_moment(told.get("at")),
        starts=_moment(told.get("from")),
        ends=_moment(told.get("until")),
        reason=line(told.get("reason", "")),
        is_intact=told.get("intact", False),
        is_valid=told.get("valid", False),
        covers_file=told.get("covers") == "file",
        adds_content=told.get("covers") == "part" or told.get("later") == "content",
    )


def _moment(iso: str | None) -> datetime | None:
    """A time without a zone tells no moment."""
    moment = datetime.fromisoformat(iso) if iso else None
    return moment if moment and moment.tzinfo else None
