"""A Word file of a draft that somebody worked on comes back: what it says now, beside what the draft says.

Beside `operations`: no start of the program waits for what reads files. Read by the rules of `documents.intake`, but
that each paragraph of Word is one: no margin has cut it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import docx
from django.db import transaction
from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from nenep.documents.content import Recipient
from nenep.documents.drafting.composing import content_of, is_note
from nenep.documents.drafting.models import DraftStatus
from nenep.documents.drafting.operations import save
from nenep.documents.drafting.versions import Part, compared, foot_of, printed_lines
from nenep.documents.intake.foot import PURPOSES
from nenep.documents.intake.lines import kind_of_package, lines_of_word, refuse_by_name
from nenep.documents.intake.reading import reading_of
from nenep.files.models import FileType
from nenep.files.operations import examine, secrets_recorded
from nenep.journal.operations import record
from nenep.organizations.reads import rules_for
from nenep.shared.dates import now, today
from nenep.shared.states import Refused, hold
from nenep.shared.vietnamese import clean, search_key
from nenep.shared.viewer import member_of
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.core.files.base import File

    from nenep.documents.intake.lines import Line
    from nenep.documents.intake.reading import Reading
    from nenep.documents.models import Draft
    from nenep.shared.viewer import Viewer

_ADDRESSED = re.compile(r"^Kính (?:gửi|trình)\s*:?\s*(?P<name>.*)$", re.IGNORECASE)
_ITEM = re.compile(r"^[-–+•]\s*(?P<text>.+)$")
_RULE = re.compile(r"^[\s*_\-–—=.]+$")
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Returned:
    """What the file says. `notes`: sentences about what was read and is not taken over, or may be wrong."""

    subject: str
    addressees: str
    text: str
    notes: list[str]

    def as_json(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "addressees": self.addressees,
            "text": self.text,
            "notes": self.notes,
        }


def read_back(draft: Draft, file: File[bytes], *, by: Viewer | None) -> None:
    """Read a .docx and keep with the draft what it says, until `take_over` or `put_aside`; a later one replaces it.

    The file itself is not kept. Refused for what `files` refuses, for any other type, and where nothing can be read.
    With a secret marking stays what `files` keeps of it; so call this outside a transaction.
    """
    checked = examine(file, body_id=draft.body_id, by=by)
    if not checked.content.startswith(b"PK"):
        raise Refused(_("Tệp đưa trở lại phải là tệp Word (.docx)."), field="file")
    with secrets_recorded(checked.name, checked.content, body_id=draft.body_id, by=by):
        found = returned_from(draft, checked.name, checked.content)
    with transaction.atomic():
        hold(draft, DraftStatus.DRAFTING, says=_("Văn bản này đã ban hành nên không nhận bản Word nữa."))
        draft.returned = found.as_json() | {
            "revision": draft.revision,
            "at": now().isoformat(),
            "by": member_of(by),
        }
        draft.save(update_fields=["returned"])
        record("draft.read_back", by=by, body=draft.body_id, obj=draft)


def returned_from(draft: Draft, name: str, content: bytes) -> Returned:
    """What a .docx says for this draft. Refused for another type, and for a text as long as no paper is."""
    refuse_by_name(name, content)
    if kind_of_package(content) != FileType.DOCX:
        raise Refused(_("Tệp đưa trở lại phải là tệp Word (.docx)."), field="file")
    lines = [line for line in lines_of_word(content) if not is_note(clean(line.text))]
    reading = reading_of(lines, rules_for(draft.body_id, draft.day or today()).numbering)
    own = set(reading.head.lines) | set(reading.foot.lines) | set(reading.stamp.lines)
    body = [line for line in lines if line.number not in own and line.number > reading.head.ends_at]
    addressees, body = _parted(body)
    rows = list(_rows(body, _cells_of_rows(content)))
    notes = list(_notes(draft, reading, body, content))
    subject = clean(reading.head.subject or "")
    return Returned(
        subject=_stored(_with_about(draft, subject)) if subject else draft.subject,
        addressees=_stored("\n".join(addressees)),
        text=_stored(_joined(rows, draft.text)),
        notes=[_stored(note) for note in notes],
    )


def differences(draft: Draft) -> list[Part]:
    """What the file that came back would change in the draft as it is now."""
    kept = draft.returned or {}
    twin = type(draft)(
        body_id=draft.body_id,
        kind=draft.kind,
        day=draft.day,
        organization=draft.organization,
        recipients=draft.recipients,
        **_columns(kept),
    )
    return compared(
        (_("Trích yếu"), [draft.subject], [twin.subject]),
        (_("Kính gửi"), list(draft.addressee_names), list(twin.addressee_names)),
        (_("Nội dung"), printed_lines(draft), printed_lines(twin)),
    )


@transaction.atomic
def take_over(draft: Draft, *, seen_revision: int, by: Viewer | None) -> Draft:
    """Make what the Word file says the next version. Refused when it was put aside, Stale as in `save`."""
    hold(draft)
    if draft.returned is None:
        raise Refused(_("Bản Word ấy đã được lấy hoặc đã bỏ."))
    return save(draft, _columns(draft.returned), seen_revision=seen_revision, is_from_word=True, by=by)


@transaction.atomic
def put_aside(draft: Draft, *, by: Viewer | None) -> None:
    """Forget what the Word file says; the draft stays as it is."""
    hold(draft)
    draft.returned = None
    draft.save(update_fields=["returned"])
    record("draft.put_aside", by=by, body=draft.body_id, obj=draft)


def _columns(kept: dict[str, Any]) -> dict[str, str]:
    return {name: kept.get(name, "") for name in ("subject", "addressees", "text")}


def _with_about(draft: Draft, subject: str) -> str:
    """Reading leaves "về việc" of a letter away; it belongs to the subject that was typed."""
    about = "về việc "
    is_lost = draft.subject.lower().startswith(about) and not subject.lower().startswith(about)
    return f"{about}{subject}" if is_lost else subject


def _parted(body: Sequence[Line]) -> tuple[list[str], list[Line]]:
    """The addressees at the top, and the lines below them."""
    filled = [line for line in body if line.text.strip()]
    found = _ADDRESSED.match(clean(filled[0].text)) if filled else None
    if not found:
        return [], filled
    names = [found["name"]] if found["name"] else []
    at = 1
    while not found["name"] and at < len(filled) and (item := _ITEM.match(clean(filled[at].text))):
        names.append(item["text"])
        at += 1
    return [name.rstrip(" .;,") for name in names], filled[at:]


def _rows(body: Sequence[Line], cells_of_rows: Sequence[range]) -> Iterator[str]:
    """Paragraphs, and the rows of tables with their cells parted as they are typed."""
    row_of = {cell: row for row in cells_of_rows for cell in row}
    at = 0
    while at < len(body):
        row = row_of.get(body[at].cell)
        if row is None:
            text = clean(body[at].text)
            if text and not _RULE.match(text):
                yield text
            at += 1
            continue
        cells: dict[int, list[str]] = {cell: [] for cell in row}
        while at < len(body) and body[at].cell in row:
            cells[body[at].cell].append(clean(body[at].text))
            at += 1
        yield " | ".join(" ".join(filter(None, texts)) for texts in cells.values())


def _cells_of_rows(content: bytes) -> list[range]:
    """The cells of each row of more than one, by their numbers in `Line.cell`."""
    body = docx.Document(io.BytesIO(content)).element.body
    numbers = {cell: number for number, cell in enumerate(body.iter(qn("w:tc")), start=1)}
    rows = [[numbers[cell] for cell in row.findall(qn("w:tc"))] for row in body.iter(qn("w:tr"))]
    return [range(row[0], row[-1] + 1) for row in rows if len(row) > 1 and row[-1] - row[0] == len(row) - 1]


def _joined(rows: Sequence[str], before: str) -> str:
    """One in a line; an empty line stands where the text `before` has one, and above what begins in small letters.

    Without the latter it would go on with the line above.
    """
    typed = [clean(line) for line in before.splitlines()]
    apart = {line for above, line in pairwise(typed) if line and not above}
    parts: list[str] = []
    for row in rows:
        parts += ["", row] if parts and (row in apart or row[:1].islower()) else [row]
    return "\n".join(parts)


def _notes(draft: Draft, reading: Reading, body: Sequence[Line], content: bytes) -> Iterator[str]:
    yield from _of_head(draft, reading)
    yield from _of_foot(draft, reading)
    if any(line.cell for line in body):
        yield _("Bản Word có bảng: mỗi hàng thành một dòng, các ô ngăn bằng dấu |.")
    if _is_numbered_by_word(content):
        yield _("Bản Word có chỗ để Word tự đánh số; số ấy không đọc được. Đồng chí ghi lại số ở đầu dòng.")
    if _has_beside(content):
        yield _("Chữ ở lề trang, chú thích cuối trang, ảnh trong bản Word không được lấy.")


def _of_head(draft: Draft, reading: Reading) -> Iterator[str]:
    """Another kind, another issuer, a number, a day: said and not taken over."""
    content, head = content_of(draft), reading.head
    if head.kind and search_key(head.kind) != search_key(content.kind_name):
        yield _("Bản Word là %(theirs)s, dự thảo này là %(ours)s. Đồng chí xem có nhầm tệp không.") % {
            "theirs": head.kind.lower(),
            "ours": content.kind_name.lower(),
        }
    elif not head.kind:
        yield _("Không đọc được tên thể loại ở đầu bản Word.")
    if head.issuer and search_key(head.issuer) != search_key(content.issuer):
        yield _("Bản Word ghi cơ quan ban hành là %(theirs)s, dự thảo này của %(ours)s.") % {
            "theirs": head.issuer,
            "ours": content.issuer,
        }
    if head.number and any(sign.isdigit() for sign in head.number.partition("-")[0]):
        yield _("Bản Word ghi số %(number)s; số do phần mềm cấp khi ban hành nên không lấy.") % {
            "number": head.number
        }
    if head.date and head.date != (draft.day.isoformat() if draft.day else None):
        year, month, day = [*head.date.split("-"), "", ""][:3]
        shown = "/".join(part for part in (day, month, year) if part)
        ours = day_words(draft.day) if draft.day else _("chưa có")
        yield _("Bản Word ghi ngày %(theirs)s, dự thảo: %(ours)s. Ngày ban hành sửa ở trang Soạn.") % {
            "theirs": shown,
            "ours": ours,
        }
    if not head.subject:
        yield _("Không đọc được trích yếu trong bản Word; dự thảo giữ trích yếu cũ.")


def _of_foot(draft: Draft, reading: Reading) -> Iterator[str]:
    """Recipients and who signs are chosen on the page; what the file says otherwise is told."""
    ours = [_as_read(Recipient(line)) for line in foot_of(draft)["recipients"]]
    theirs = [
        (search_key(one["name"]), one["purpose"])
        for one in reading.foot.recipients
        if not (one["purpose"] or "").startswith("kính")
    ]
    shown = {search_key(one["name"]): one["name"] for one in reading.foot.recipients}
    come = [shown[key] for key, purpose in theirs if (key, purpose) not in ours]
    if come:
        yield _("“Nơi nhận” trong bản Word có thêm hoặc khác: %(names)s. Nơi nhận sửa ở trang Soạn.") % {
            "names": "; ".join(come)
        }
    elif len(theirs) < len(ours):
        yield _("“Nơi nhận” trong bản Word thiếu so với dự thảo; dự thảo giữ nguyên nơi nhận.")
    if reading.foot.signer and search_key(reading.foot.signer) != search_key(draft.signer_name):
        yield _("Bản Word ghi người ký là %(theirs)s. Người ký sửa ở trang Soạn.") % {
            "theirs": reading.foot.signer
        }


def _as_read(recipient: Recipient) -> tuple[str, str | None]:
    """Its name and purpose as `intake.foot` would read the printed line."""
    name = clean(recipient.name).rstrip(" .;,")
    if name.startswith("Lưu "):
        return search_key(name.removeprefix("Lưu ")), "lưu"
    bare, bracket, purpose = name.partition(" (")
    if not bracket:
        return search_key(name), None
    return search_key(bare), PURPOSES.get(search_key(purpose.rstrip(")")), purpose.rstrip(")"))


def _is_numbered_by_word(content: bytes) -> bool:
    body = docx.Document(io.BytesIO(content)).element.body
    return next(body.iter(qn("w:numPr")), None) is not None


def _has_beside(content: bytes) -> bool:
    """Pictures, foot notes, and words in the margins that are more than a page number."""
    word = docx.Document(io.BytesIO(content))
    signs = (qn("w:drawing"), qn("w:pict"), qn("w:footnoteReference"), qn("w:endnoteReference"))
    if any(next(word.element.body.iter(sign), None) is not None for sign in signs):
        return True
    margins = [
        part
        for section in word.sections
        for part in (section.header, section.footer, section.first_page_header)
    ]
    return any(
        search_key(paragraph.text).strip(" 0123456789-") for part in margins for paragraph in part.paragraphs
    )


def _stored(text: str) -> str:
    """What neither database nor a page can hold becomes a sign that says so."""
    return _UNSTORABLE.sub("\ufffd", text)
