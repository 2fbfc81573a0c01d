"""What an official document says, apart from how it looks: one model behind the PDF and the Word file.

Every text may hold any character. Texts are stored as typed; `composition` cleans and numbers them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Alignment = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` is printed in bold before it. A line break in `text` starts a new paragraph."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading of level 1 to 3; the layout gives its number ("I-", "1.", "a)")."""

    text: str
    level: Literal[1, 2, 3] = 1
    is_numbered: bool = True


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items with "1.", "a)" or "-" before them."""

    items: tuple[str, ...]
    style: Literal["1.", "a)", "-"] = "1."


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. `widths` are relative; `aligned` holds one alignment per column (default: left)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    aligned: tuple[Alignment, ...] = ()

    def __post_init__(self) -> None:
        columns = len(self.header)
        if any(len(row) != columns for row in self.rows):
            raise ValueError(f"each row of the table needs {columns} cells, like its header")
        for name, given in (("widths", self.widths), ("aligned", self.aligned)):
            if given and len(given) != columns:
                raise ValueError(f"{name} has {len(given)} entries for {columns} columns")


@dataclass(frozen=True, slots=True)
class Speech:
    """What somebody said, as minutes write it down."""

    speaker: str
    words: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision rests on; each item begins with its own "Căn cứ …" or "Xét …"."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """The line of a decision that says who decides, such as "Chi bộ Văn phòng quyết định"."""

    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a decision; the layout gives its number through the whole paper. `title` is printed in bold."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is asked to come to what; the page gives each part its label and leaves out what is empty."""

    host: str
    guests: str
    event: str
    time: str
    place: str
    subject: str = ""
    chair: str = ""
    papers: str = ""


Block = Paragraph | Heading | NumberedList | Table | Speech | Grounds | Authority | Article | Invitation


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line under "Nơi nhận"; `purpose` is the word in brackets, such as "B/c"."""

    name: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """`capacity` such as "T/M CHI BỘ" (empty in minutes), `position` such as "BÍ THƯ"."""

    position: str
    name: str = ""
    capacity: str = ""
    side: Literal["left", "right"] = "right"


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document. `kind` is a code of the rulebook's kinds ("NQ", "BB"), `kind_name` what is printed.

    `number_line` is None for a draft or for a paper without number; a draft's `day` may be None too.
    `title` is the subject; a kind whose name is not printed (công văn) has it under its number.
    `addressees` stand behind the word that its kind opens with ("Kính gửi:"); ValueError for a kind that has none.
    `scopes` are the local rules of the issuer, which its layout may follow.
    `note` is printed small at the very end (a substitute layout, a draft).
    `added` came after it was signed and stands below the signatures.
    """

    kind: str
    kind_name: str
    superior: str
    issuer: str
    place: str
    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    number_line: str | None = None
    day: date | None = None
    has_date_in_header: bool = True
    note: str = ""
    scopes: tuple[str, ...] = ()
    added: tuple[Paragraph, ...] = ()
    addressees: tuple[str, ...] = ()
