"""The head of a paper is put right: with a reason, with what it was before, and never against what is kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.documents.models import Archive, Correction, Document
from nenep.documents.partial import day_of, is_whole
from nenep.documents.providers import corrected
from nenep.documents.reads import kind_names
from nenep.journal.operations import record
from nenep.search.operations import put
from nenep.shared.dates import now, today
from nenep.shared.once import is_stored
from nenep.shared.stale import shown, stale
from nenep.shared.states import Refused, hold
from nenep.shared.vietnamese import clean
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from nenep.shared.viewer import Viewer

# Of a paper from outside all that was read from it; of one of ours what no series of numbers fixes.
OF_OTHERS = (
    "issuer_name",
    "kind",
    "symbol",
    "symbol_is_doubtful",
    "issued_on",
    "issued_as_read",
    "place",
    "subject",
    "signer",
)
OF_OURS = ("subject", "place", "signer", "signed_as")


@dataclass(frozen=True, slots=True)
class Change:
    """A column by its name on the screen, and what it was and became; "" for what was or is not set."""

    label: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction as a page shows it. `who` is empty for the program itself."""

    at: datetime
    who: str
    reason: str
    changes: list[Change]


def correctable(document: Document) -> tuple[str, ...]:
    """The columns of the head that may be put right: none where the head is words of a copy kept for good.

    A signed file fixes its own bytes only: what the register says beside it may be put right to say the same. A paper
    that was made from a record has its head from there.
    """
    if document.body_id is None:
        return OF_OTHERS
    is_kept = Archive.objects.filter(document=document, content__isnull=False).exists()
    return () if is_kept or document.source_id else OF_OURS


def revision_of(document: Document) -> int:
    """What a form of correction is filled from: how many there were."""
    return Correction.objects.filter(document=document).count()


@transaction.atomic
def correct_head(
    document: Document, head: Mapping[str, Any], *, reason: str, seen: int, body_id: int, by: Viewer | None
) -> None:
    """Write what `head` says otherwise than the register, and keep what it was, who, when and why.

    `head`: columns of `correctable`, with `issued` for the day of issue as ISO with its missing part left out.
    `seen`: `revision_of` the page; Stale when somebody corrected since. `body_id`: on whose behalf; the caller has
    asked whether `by` may. Refused where nothing may be changed, and where nothing would be.
    """
    hold(document)
    names = correctable(document)
    if not names:
        raise Refused(_("Nội dung văn bản này đã chốt ở bản lưu nên đầu văn bản không sửa được."))
    columns = head_columns(head)
    if extra := set(columns) - set(names):
        raise ValueError(f"{sorted(extra)} of document {document.pk} may not be corrected")
    if seen != revision_of(document):
        if is_stored(document, columns):
            return  # the same page was sent again
        raise stale(document, [name for name in columns if name != "issued_as_read"], revision_of(document))
    before = _said(document, names)
    for name, value in columns.items():
        setattr(document, name, value)
    after = _said(document, names)
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if not changes:
        raise Refused(_("Chưa ô nào khác với trong sổ. Đồng chí sửa rồi lưu lại."))
    document.full_clean()
    document.save(update_fields=list(columns))
    Correction.objects.create(
        document=document, member_id=member_of(by), at=now(), reason=clean(reason)[:300], changes=changes
    )
    put(document)
    corrected.call(document)
    record("document.corrected", by=by, body=body_id, obj=document, fields=sorted(changes))


def corrections_of(document: Document) -> list[Corrected]:
    """The latest first, with all that is known: for who may correct it. Others get `last_corrected`."""
    rows = document.corrections.select_related("member").order_by("-at", "-pk")
    return [
        Corrected(row.at, row.member.full_name if row.member else "", row.reason, list(_changes(row)))
        for row in rows
    ]


def last_corrected(document: Document) -> tuple[datetime, list[str]] | None:
    """When the head was put right last, and the names of what changed since it was entered; None: never."""
    rows = list(document.corrections.order_by("-at", "-pk"))
    if not rows:
        return None
    return rows[0].at, sorted({change.label for row in rows for change in _changes(row)})


def _changes(row: Correction) -> Iterator[Change]:
    for name, (was, became) in row.changes.items():
        label = str(Document._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        yield Change(label[:1].upper() + label[1:], was, became)


def head_columns(head: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of Document from what was typed, with `issued` as ISO; without its year a day gets the last possible one,
    and stays marked as such. Refused for a day to come.
    """
    columns = dict(head)
    if "issued" not in columns:
        return columns
    issued = columns.pop("issued")
    day = day_of(issued, latest=today()) if issued else None
    if day and day > today():
        raise Refused(_("Ngày ban hành không thể sau hôm nay."), field="issued")
    return columns | {"issued_on": day, "issued_as_read": "" if is_whole(issued) else issued}


def _said(document: Document, names: Iterable[str]) -> dict[str, str]:
    """The head as people read it, by column; a day as far as it is known stands in `issued_on`."""
    said = {name: shown(getattr(document, name)) for name in names if name != "issued_as_read"}
    if "issued_on" in said:
        said["issued_on"] = document.day_shown
    if "kind" in said:
        said["kind"] = kind_names([document])[document.pk]
    return said
