"""Official documents on their way to a browser: always a file to keep, never a page to run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.http import HttpResponse

from nenep.documents import pdf, word
from nenep.documents.layout import layout_on
from nenep.files.serving import as_download
from nenep.shared.dates import today

if TYPE_CHECKING:
    from nenep.documents.content import OfficialDocument

Format = Literal["pdf", "docx"]
RENDERERS = {"pdf": pdf.render, "docx": word.render}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def document_response(document: OfficialDocument, fmt: Format, filename: str) -> HttpResponse:
    """The document in the layout of its day (a draft: of today) as a file called `filename` + "." + `fmt`.

    KeyError for another format. The caller has checked who asks, and journals the reading.
    """
    layout = layout_on(document.day or today(), document.scopes)
    response = HttpResponse(RENDERERS[fmt](document, layout), content_type=CONTENT_TYPES[fmt])
    # "tháng 9/2026" names a month, not a folder.
    return as_download(response, f"{filename.replace('/', '-')}.{fmt}")
