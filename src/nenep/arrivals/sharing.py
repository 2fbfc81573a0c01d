"""When two bodies got the same paper from outside, and one row may stand for both: never where that shows anything.

Only the head and the words of the paper are shared; a scan stays with the arrival of whoever made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nenep.arrivals.models import Arrival
from nenep.documents.models import Document
from nenep.files.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.shared.viewer import Viewer


def known_paper(columns: Mapping[str, Any], *, sha256: str, by: Viewer | None) -> Document | None:
    """The paper that is kept already: proven by its very file, or one that `by` may read and that has the same head.

    Whoever has the file learns nothing from it; whoever reads the paper knows that it is there. Any other twin is kept
    a second time, and so is one of the same file that somebody entered under another symbol.
    """
    if sha256 and (found := _with_file(sha256, columns.get("symbol", ""))):
        return found
    return _read_by(by, columns) if by else None


def _with_file(sha256: str, symbol: str) -> Document | None:
    kept = Attachment.objects.filter(sha256=sha256, owner_type__in=("arrivals.arrival", "documents.document"))
    for owner_type, owner_id in kept.order_by("pk").values_list("owner_type", "owner_id"):
        if owner_type == "documents.document":
            found = Document.objects.filter(pk=owner_id)
        else:
            found = Document.objects.filter(arrivals=owner_id)
        if document := found.filter(symbol=symbol).first():
            return document
    return None


def _read_by(viewer: Viewer, columns: Mapping[str, Any]) -> Document | None:
    if not columns.get("symbol") or columns.get("symbol_is_doubtful"):
        return None
    same = {name: columns.get(name) for name in ("symbol", "issued_on", "issued_as_read", "issuer_name")}
    seen = Document.objects.filter(pk__in=Arrival.objects.visible_to(viewer).values("document"))
    return seen.filter(body=None, symbol_is_doubtful=False, **same).order_by("pk").first()
