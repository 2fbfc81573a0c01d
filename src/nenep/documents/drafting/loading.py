"""What the pages of a draft ask before they show themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.documents.drafting.access import DraftAccess
from nenep.documents.drafting.querysets import READ, drafting_bodies
from nenep.documents.models import Document, Draft
from nenep.organizations.models import Body
from nenep.shared.dates import today
from nenep.shared.moved_on import MovedOn, require_verb

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request

# Papers that a new one may rest on are chosen from the latest of those that the writer reads.
LATEST = 40
LONGEST_CHOICE = 90


def load_draft(request: Request, pk: int, verb: str = "") -> tuple[Draft, DraftAccess]:
    """404 for a draft that is not shown to the viewer, 403 without the right to `verb`, MovedOn once it is issued."""
    draft = get_object_or_404(Draft.objects.visible_to(request.viewer).for_page(), pk=pk)
    can = DraftAccess(request.viewer, draft)
    if verb:
        require_verb(can, verb, lambda: moved_on(draft))
    return draft, can


def moved_on(draft: Draft) -> MovedOn:
    """Meanwhile it was issued, or another has done it."""
    if draft.document is not None:
        sentence = _("Văn bản này đã ban hành: %(symbol)s.") % {"symbol": draft.document.symbol}
        return MovedOn(sentence, reverse("documents:page", args=[draft.document.pk]), _("Xem văn bản"))
    sentence = _("Dự thảo này: %(state)s.") % {"state": draft.get_consent_display().lower()}
    return MovedOn(sentence, reverse("documents:draft", args=[draft.pk]), _("Xem dự thảo"))


def load_body(request: Request, body_id: int) -> Body:
    """404 for a body whose register the viewer does not read, 403 for who only reads it."""
    if body_id in drafting_bodies(request.viewer):
        return get_object_or_404(Body.objects.on(today()), pk=body_id)
    if body_id in request.viewer.where(READ).own:
        raise PermissionDenied
    raise Http404


def papers_to_rest_on(viewer: Viewer, kept: int | None = None) -> list[tuple[str, str]]:
    """(key, words) of the latest papers that the viewer reads; the one that was chosen before is always among them."""
    rows = Document.objects.visible_to(viewer).filter(issued_on__isnull=False).order_by("-issued_on", "-pk")
    found = [(str(one.pk), _choice(one)) for one in rows[:LATEST]]
    if kept is not None and str(kept) not in dict(found):
        one = Document.objects.visible_to(viewer).filter(pk=kept).first()
        found.append((str(kept), _choice(one) if one else _("Văn bản đã chọn trước đó")))
    return found


def _choice(document: Document) -> str:
    words = f"{document.symbol} {document.subject}".strip()
    return words if len(words) <= LONGEST_CHOICE else f"{words[: LONGEST_CHOICE - 1].rstrip()}…"
