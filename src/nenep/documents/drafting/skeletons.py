"""What a new paper begins with: real sentences of its kind with "…" where something is to be filled (skeletons.yml)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.documents.reads import kind_names
from nenep.organizations.reads import committee_name_on, parent_on
from nenep.shared.words import day_words
from nenep.shared.yml import load

if TYPE_CHECKING:
    from datetime import date

    from nenep.documents.models import Document

# Minutes are kept by the meeting itself.
NOT_WRITTEN_HERE = frozenset({"BB"})
_FILE = Path(__file__).with_name("skeletons.yml")


@lru_cache(maxsize=1)
def skeletons() -> dict[str, dict[str, str]]:
    """Code of kind -> subject, text and maybe addressees, as str.format patterns; "" for every other kind."""
    found: dict[str, dict[str, str]] = load(_FILE.read_text(encoding="utf-8"))
    return found


def skeleton(kind: str, body_id: int, day: date, rests_on: Document | None = None) -> dict[str, str]:
    """The columns that a new draft of this kind begins with."""
    parent = parent_on(body_id, day)
    issuer = committee_name_on(body_id, day)
    words = {
        "issuer": issuer,
        "ISSUER": issuer.upper(),
        "superior": committee_name_on(parent, day) if parent else "…",
        "resting": quoted(rests_on) if rests_on else _("… số …, ngày … của … về …"),
    }
    pattern = skeletons().get(kind) or skeletons()[""]
    return {name: pattern.get(name, "").format(**words).strip() for name in ("subject", "addressees", "text")}


def quoted(document: Document) -> str:
    """As a paper is cited the first time (F-06): kind, number, day, issuer, subject; without what is not known."""
    kind = kind_names([document])[document.pk]
    said = [
        _("%(kind)s số %(symbol)s") % {"kind": kind, "symbol": document.symbol} if document.symbol else kind
    ]
    issuer = document.issuer_name
    if document.issued_on:
        said.append(_("ngày %(day)s") % {"day": day_words(document.issued_on)})
        issuer = committee_name_on(document.body_id, document.issued_on) if document.body_id else issuer
    head = ", ".join(said)
    if issuer:
        head = _("%(head)s của %(issuer)s") % {"head": head, "issuer": issuer}
    return f"{head} {document.subject}".strip()
