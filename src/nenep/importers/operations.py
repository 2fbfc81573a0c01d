"""`check` and `load`: the same work, kept or rolled back, so that a check says what will happen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from nenep.importers import exports
from nenep.importers.checking import Fault, read_sheet
from nenep.importers.loading import SheetRefused
from nenep.importers.models import Upload
from nenep.importers.schemas import SCHEMAS
from nenep.importers.sheets import read_lines
from nenep.journal.operations import record
from nenep.shared.dates import now

if TYPE_CHECKING:
    from nenep.importers.checking import Sheet
    from nenep.importers.schemas import Schema
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Report:
    """What a file did or would do. With faults nothing is written at all."""

    kind: str
    rows: int
    written: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.faults


def check(kind: str, name: str, content: bytes, *, by: Viewer | None) -> Report:
    """What loading this file would do, found out by doing it and rolling back.

    Refused when the file cannot be read at all or its header is not that of the kind.
    """
    return _run(SCHEMAS[kind], name, content, by=by, keep=False)


def load(kind: str, name: str, content: bytes, *, by: Viewer | None) -> Report:
    """Load the file, whole or not at all. Loading the same file again changes nothing."""
    return _run(SCHEMAS[kind], name, content, by=by, keep=True)


@transaction.atomic
def export(kind: str, *, by: Viewer | None) -> bytes:
    """The template of a kind filled from the database; taking data out is written down."""
    content = exports.filled(SCHEMAS[kind])
    record("sheet.exported", by=by, body=None, kind=kind)
    return content


@transaction.atomic
def keep_upload(kind: str, name: str, content: bytes, *, by: Viewer) -> Upload:
    """Hold a checked file until its owner confirms; an earlier one of the same person goes."""
    assert by.account_id is not None  # only somebody signed in uploads
    Upload.objects.filter(account_id=by.account_id).delete()
    upload = Upload.objects.create(
        account_id=by.account_id, kind=kind, name=name[:120], content=content, at=now()
    )
    record("sheet.checked", by=by, body=None, obj=upload, kind=kind)
    return upload


@transaction.atomic
def confirm(upload: Upload, *, by: Viewer) -> Report:
    """Load a kept file; it goes once it is loaded, and stays when it turns out wrong after all."""
    report = load(upload.kind, upload.name, bytes(upload.content), by=by)
    if report.is_good:
        counts: dict[str, Any] = {"written": report.written, "unchanged": report.unchanged}
        record("sheet.loaded", by=by, body=None, obj=upload, kind=upload.kind, **counts)
        upload.delete()
    return report


@transaction.atomic
def withdraw(upload: Upload, *, by: Viewer) -> None:
    """Give a kept file up; nothing of it was loaded."""
    record("sheet.withdrawn", by=by, body=None, obj=upload, kind=upload.kind)
    upload.delete()


def _run(schema: Schema, name: str, content: bytes, *, by: Viewer | None, keep: bool) -> Report:
    """One file, kept or rolled back. Wrong cells and wrong rows are told together where rows stand alone."""
    sheet = read_sheet(schema, read_lines(name, content))
    rows = len(sheet.rows) + len({fault.row for fault in sheet.faults})
    if sheet.faults and not schema.rows_stand_alone:
        return Report(schema.kind, rows, faults=sheet.faults)
    try:
        with transaction.atomic():
            done = schema.load([row.values for row in sheet.rows], by)
            if sheet.faults or not keep:
                transaction.set_rollback(True)
    except SheetRefused as refused:
        faults = sorted([*sheet.faults, *_faults(schema, sheet, refused)], key=lambda fault: fault.row)
        return Report(schema.kind, rows, faults=faults)
    if sheet.faults:
        return Report(schema.kind, rows, faults=sheet.faults)
    return Report(schema.kind, rows, done.written, done.unchanged)


def _faults(schema: Schema, sheet: Sheet, refused: SheetRefused) -> list[Fault]:
    headers = {column.field: column.header for column in schema.columns}
    return [
        Fault(
            sheet.rows[wrong.index].number,
            headers[wrong.field],
            sheet.places.get(wrong.field, 0),
            wrong.message,
        )
        for wrong in refused.wrongs
    ]
