"""Numbers of documents: given one after the other, under the lock of their series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.documents.models import Document, Series
from nenep.journal.operations import record
from nenep.organizations.reads import kind_on, rules_for
from nenep.people.reads import term_on
from nenep.search.operations import put
from nenep.shared.dates import now
from nenep.shared.once import made_before
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from nenep.organizations.models import Body
    from nenep.rulebook.numbering import Numbering
    from nenep.shared.viewer import Viewer


@transaction.atomic
def issue_number(
    body: Body,
    kind: str,
    *,
    day: date,
    subject: str,
    by: Viewer | None,
    source: Model | None = None,
    organization: str | None = None,
    term_key: str | None = None,
    number: int | None = None,
    once: UUID | None = None,
    **head: str,
) -> Document:
    """Give a paper of `body` the next number of its series and enter it in the outgoing register.

    `kind` is a code of the rulebook ("NQ"; KeyError for an unknown one). The series runs as the pack of `day`
    says: per kind and term of the committee. `term_key` and `organization` (what stands after the slash) come
    from the term and the kind of body on that day. No number is given twice and none is left out, whoever
    asks at the same time: the row of the series is locked until the paper is entered; a rollback takes its
    number back. `number`: the one that a register on paper gave it before. `head`: place, signer, signed_as, text.
    `once`: see `shared.once`. Refused when `source` has its number already, when `number` is taken, or when no
    symbol is known for this kind of body.
    """
    rules = rules_for(body.pk, day).numbering
    symbol = organization or _symbol_of(body, day, rules)
    term = _term_of(body, day) if term_key is None else term_key
    series = locked_series(body, _series_key(rules, kind, term, day))
    if made := made_before(Document.objects.filter(series=series), once):
        return made
    _refuse_second_number(source, kind)
    taken = take_number(series, number, Document.objects.filter(series=series))
    document = Document(
        body=body,
        series=series,
        kind=kind,
        term=term,
        number=taken,
        symbol=rules.symbol(taken, kind, symbol),
        issued_on=day,
        subject=clean(subject)[:500],
        source_type=source._meta.label_lower if source else "",
        source_id=source.pk if source else None,
        registered_at=now(),
        once=once,
        **head,
    )
    document.full_clean()
    document.save(force_insert=True)
    put(document)
    record("document.numbered", by=by, body=body.pk, obj=document, kind=kind, number=document.number)
    return document


def locked_series(body: Body, key: str) -> Series:
    """The series of the body with this key, locked until the transaction ends; made when it is not there."""
    Series.objects.bulk_create([Series(body=body, key=key)], ignore_conflicts=True)
    return Series.objects.select_for_update().get(body=body, key=key)


def take_number(series: Series, asked: int | None, rows: QuerySet[Any]) -> int:
    """The next number of a locked series; or `asked`, one that a register on paper gave, if none of `rows` has it.

    An asked number may leave a gap, which the check of the register shows; the next one follows the highest.
    """
    if asked is not None and rows.filter(number=asked).exists():
        raise Refused(
            _("Số %(number)d đã có trong sổ. Đồng chí xem lại sổ giấy, hoặc để trống để lấy số tiếp theo.")
            % {"number": asked},
            field="number",
        )
    taken = series.last + 1 if asked is None else asked
    if taken > series.last:
        series.last = taken
        series.save(update_fields=["last"])
    return taken


def number_line(document: Document) -> str:
    """The line in the head of the paper, for example "Số 05-NQ/CB"."""
    if document.body_id is None or document.issued_on is None:
        raise ValueError(f"document {document.pk} has no number of ours")
    return rules_for(document.body_id, document.issued_on).numbering.number_line(document.symbol)


def _refuse_second_number(source: Model | None, kind: str) -> None:
    numbered = Document.objects.of_source(source).filter(kind=kind).first() if source else None
    if numbered:
        raise Refused(_("Văn bản này đã có số %(symbol)s trong sổ văn bản đi.") % {"symbol": numbered.symbol})


def _symbol_of(body: Body, day: date, rules: Numbering) -> str:
    symbols = rules.symbols_for(kind_on(body.pk, day))
    if len(symbols) != 1:
        sentence = _(
            "Chưa biết ký hiệu của tổ chức này để ghi sau số văn bản. Đồng chí ghi ký hiệu rồi lấy số."
        )
        raise Refused(sentence)
    return symbols[0].symbol


def _term_of(body: Body, day: date) -> str:
    term = term_on(body.pk, day)
    return str(term.pk) if term else ""


def _series_key(rules: Numbering, kind: str, term: str, day: date) -> str:
    parts = {"kind": kind, "term": term, "year": str(day.year)}
    return ",".join(f"{name}={parts[name]}" for name in rules.series if name != "body")
