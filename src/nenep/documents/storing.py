"""A content model as JSON and back: how an adopted paper is kept so that it never changes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from nenep.documents.content import (
    Article,
    Authority,
    Grounds,
    Heading,
    Invitation,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Recipient,
    Signature,
    Speech,
    Table,
)

if TYPE_CHECKING:
    from nenep.documents.content import Block

_KINDS = (Paragraph, Heading, NumberedList, Table, Speech, Grounds, Authority, Article, Invitation)
_BLOCKS = {kind.__name__: kind for kind in _KINDS}


def as_json(document: OfficialDocument) -> dict[str, Any]:
    """Plain values only; `from_json` gives an equal document."""
    plain = asdict(document)
    plain["day"] = document.day.isoformat() if document.day else None
    plain["blocks"] = [{"block": type(block).__name__, **asdict(block)} for block in document.blocks]
    return plain


def from_json(kept: dict[str, Any]) -> OfficialDocument:
    """Raises KeyError for a kind of block that this version does not know."""
    return OfficialDocument(
        **{
            **kept,
            "title": tuple(kept["title"]),
            "day": date.fromisoformat(kept["day"]) if kept["day"] else None,
            "blocks": tuple(_block(block) for block in kept["blocks"]),
            "signatures": tuple(Signature(**signature) for signature in kept["signatures"]),
            "scopes": tuple(kept.get("scopes", ())),  # papers kept before have none
            "recipients": tuple(Recipient(**recipient) for recipient in kept["recipients"]),
            "added": tuple(Paragraph(**paragraph) for paragraph in kept.get("added", ())),
            "addressees": tuple(kept.get("addressees", ())),
        }
    )


def _block(kept: dict[str, Any]) -> Block:
    columns = {name: _tuples(value) for name, value in kept.items() if name != "block"}
    return _BLOCKS[kept["block"]](**columns)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(part) for part in value) if isinstance(value, list | tuple) else value
