"""Documents to be found, written by the real verbs, and readers as plain values."""

from __future__ import annotations

from nenep.documents.models import Document
from nenep.documents.operations import issue_number
from nenep.search.finding import find
from nenep.search.questions import read
from nenep.shared.dates import today
from nenep.shared.viewer import Reach, Viewer


def make_document(body, subject, *, kind="KH", day=None) -> Document:
    return issue_number(
        body, kind, day=day or today(), subject=subject, by=None, organization="CB", term_key=""
    )


def reader(*own, below=(), verb="documents.read") -> Viewer:
    """Who reads the documents of these bodies, and of all below others."""
    keys = frozenset(body.pk for body in own), frozenset(body.pk for body in below)
    return Viewer(actor="member:1", reach={verb: Reach(*keys)})


def subjects(viewer, typed, **narrowed) -> list[str]:
    """The subjects of the documents that are found, in their order."""
    found = find(viewer, read(typed), **narrowed).found
    rows = Document.objects.in_bulk([one.object_id for one in found if one.type == "document"])
    return [rows[one.object_id].subject for one in found if one.type == "document"]
