"""A draft as the official paper that it will be, and the same paper on the day of its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.documents import heads
from nenep.documents.content import OfficialDocument, Recipient, Signature
from nenep.documents.drafting.wording import blocks_of
from nenep.documents.issuing import Sent
from nenep.documents.models import Recipient as KeptRecipient
from nenep.documents.operations import number_line
from nenep.documents.reads import purposes_on
from nenep.organizations.reads import committee_name_on, kind_on, rules_for
from nenep.shared.dates import today

if TYPE_CHECKING:
    from datetime import date

    from nenep.documents.models import Document, Draft
    from nenep.rulebook.rules import Rules

# What `note_of` says, in any version.
_NOTE = re.compile(r"^DỰ THẢO, bản \d+, chưa có số\.")
_NO_NUMBER = "....."


def content_of(
    draft: Draft, document: Document | None = None, *, place: str | None = None
) -> OfficialDocument:
    """The paper as printed; with `document` the final one, else a draft that says so and has room for its number.

    The layout is that of its day, of today where none is set. `place`: another than that of the body.
    """
    day = document.issued_on if document and document.issued_on else draft.day or today()
    rules = rules_for(draft.body_id, day)
    head = heads.head(draft.kind, draft.body_id, day, rules)
    head["issuer"] = committee_name_on(draft.body_id, day)
    if place is not None:
        head["place"] = place
    if not document and draft.day is None:
        head["day"] = None  # room for the pen
    return OfficialDocument(
        **head,
        title=(draft.subject,),
        blocks=blocks_of(draft.kind, draft.text),
        signatures=(signature_of(draft, rules),),
        recipients=tuple(map(_printed, recipient_lines(draft, day))),
        number_line=number_line(document) if document else _open_number(draft, day, rules),
        addressees=draft.addressee_names if draft.kind in rules.layout.salutation.by_kind else (),
        note="" if document else note_of(draft),
    )


def note_of(draft: Draft) -> str:
    return _("DỰ THẢO, bản %(number)d, chưa có số.") % {"number": draft.revision}


def is_note(line: str) -> bool:
    """Whether a line of a Word file that comes back is the note of a draft, which is no part of the paper."""
    return bool(_NOTE.match(line))


def signature_of(draft: Draft, rules: Rules) -> Signature:
    """Who signs in whose name; a draft that names nobody yet has room for a name."""
    whom = {"collective": "", "head": "", "by_order_of": ""} | {draft.signed_how: draft.signed_for}
    if not draft.signed_for:
        return Signature(draft.signer_position.upper(), draft.signer_name)
    return heads.signature(rules.layout, draft.signer_position, draft.signer_name, **whom)


def signed_as(draft: Draft, rules: Rules) -> str:
    """For the register: "T/M CHI BỘ, Bí thư"."""
    capacity = signature_of(draft, rules).capacity
    return ", ".join(part for part in (capacity, draft.signer_position) if part)[:160]


def sent(draft: Draft) -> list[Sent]:
    return [Sent(**row) for row in draft.recipients]


def recipient_lines(draft: Draft, day: date) -> list[str]:
    """As printed below "Nơi nhận"."""
    purposes = purposes_on(day)
    return [KeptRecipient(name=one.name, purpose=one.purpose).line(purposes) for one in sent(draft)]


def symbols_of(draft: Draft, day: date) -> list[str]:
    """What may stand after the slash on that day."""
    rules = rules_for(draft.body_id, day).numbering
    return [symbol.symbol for symbol in rules.symbols_for(kind_on(draft.body_id, day))]


def _printed(line: str) -> Recipient:
    return Recipient(line)


def _open_number(draft: Draft, day: date, rules: Rules) -> str | None:
    """Room for the number before its symbol, as drafts on paper have; nothing where the symbol is not known yet."""
    symbols = symbols_of(draft, day)
    symbol = draft.organization or (symbols[0] if len(symbols) == 1 else "")
    if not symbol:
        return None
    numbering = rules.numbering
    shown = numbering.grammar.symbol.format(
        number=_NO_NUMBER, abbreviation=numbering.kind(draft.kind).abbreviation, organization=symbol
    )
    return numbering.number_line(shown)
