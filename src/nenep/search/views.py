"""The page “Tìm kiếm”: its address carries the question, so that it can be kept and sent; the journal does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenep.journal.operations import record_read
from nenep.organizations.reads import names_on
from nenep.search.excerpts import excerpt, whole
from nenep.search.finding import find, sources_seen
from nenep.search.questions import LONGEST, read
from nenep.search.sources import SOURCES
from nenep.shared.dates import today
from nenep.shared.limits import MINUTE, is_too_often, too_often
from nenep.shared.web import number_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.http import HttpResponse

    from nenep.search.excerpts import Piece
    from nenep.search.finding import Found
    from nenep.search.questions import Question
    from nenep.search.sources import Source
    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request

PER_PAGE = 10
MOST_IN_A_MINUTE = 60
FIRST_YEAR = 1930


@dataclass(frozen=True, slots=True)
class Hit:
    """A record as the page shows it."""

    kind: str
    title: list[Piece]
    excerpt: list[Piece]
    url: str
    body_id: int
    body_name: str
    day: date


@require_safe
def results(request: Request) -> HttpResponse:
    """What the reader finds for `q`; `kind` and `year` narrow it, `page` goes on."""
    typed = request.GET.get("q", "")
    if typed and is_too_often(request, "search", most=MOST_IN_A_MINUTE, seconds=MINUTE):
        return too_often(request, _("Đồng chí tìm nhiều lần quá. Xin chờ một phút rồi tìm tiếp."))
    kinds = sources_seen(request.viewer)
    kind = next((source.key for source in kinds if source.key == request.GET.get("kind")), "")
    year = number_in(request, "year")
    year = year if FIRST_YEAR <= year <= today().year + 1 else 0
    question = read(typed)
    answer = find(request.viewer, question, types=[kind] if kind else None, year=year or None)
    page = Paginator(answer.found, PER_PAGE).get_page(request.GET.get("page"))
    hits = _hits(list(page), question)
    _record_reads(request.viewer, hits)
    context = {
        "question": question,
        "longest": LONGEST,
        "kinds": [(source.key, source.label) for source in kinds],
        "kind": kind,
        "year": year,
        "years": range(today().year, today().year - 10, -1),
        "page": page,
        "hits": hits,
        "is_cut": answer.is_cut,
        "count": len(answer.found),
        "is_too_long": len(typed) > LONGEST,
    }
    return render(request, "search/results.html", context)


def _hits(found: Sequence[Found], question: Question) -> list[Hit]:
    """Two or three statements for each kind of record, however many there are."""
    records = {source.key: _records(source, found) for source in SOURCES.values()}
    shown = []
    for one in found:
        source = SOURCES[one.type]
        record = records[one.type].get(one.object_id)
        draft = source.draft(record) if record else None
        if draft:
            shown.append((source, record, draft))
    names = names_on({draft.body_id for _source, _record, draft in shown}, today())
    return [
        Hit(
            kind=source.label,
            title=whole(draft.title, question),
            excerpt=excerpt(draft.text or draft.elsewhere, question),
            url=source.address(record),
            body_id=draft.body_id,
            body_name=names[draft.body_id],
            day=draft.day,
        )
        for source, record, draft in shown
    ]


def _records(source: Source, found: Iterable[Found]) -> dict[int, object]:
    keys = [one.object_id for one in found if one.type == source.key]
    return source.records().in_bulk(keys) if keys else {}


def _record_reads(viewer: Viewer, hits: Iterable[Hit]) -> None:
    """Whoever reads excerpts of a body's records without any role there (a reading that was given) is seen reading."""
    own = {body for bodies in viewer.roles.values() for body in bodies}
    for body_id in sorted({hit.body_id for hit in hits} - own):
        record_read("search.read", by=viewer, body=body_id)
