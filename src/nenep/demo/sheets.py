"""The four spreadsheets of the demo, the same bytes for the same date."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from nenep.demo.bodies import bodies
from nenep.demo.months import months
from nenep.demo.people import offices, people
from nenep.importers.exports import filled_with
from nenep.importers.past_months import USUAL_START
from nenep.importers.schemas import SCHEMAS
from nenep.people.loading import Stay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nenep.demo.people import Person

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def sheets(today: date) -> Iterator[tuple[str, bytes]]:
    """(kind, workbook) in the order in which they must be loaded."""
    for kind, rows in rows_of(today):
        yield kind, settled(filled_with(SCHEMAS[kind], rows))


def rows_of(today: date) -> tuple[tuple[str, Iterator[dict[str, Any]]], ...]:
    """(kind, rows) of each sheet."""
    members = people(today)
    return (
        (
            "bodies",
            ({"scope": ""} | {name: getattr(row, name) for name in row.__slots__} for row in bodies()),
        ),
        ("members", (_member(person) for person in members)),
        ("offices", ({name: getattr(row, name) for name in row.__slots__} for row in offices(members))),
        ("past-months", (_month(row) for row in months(members, today))),
    )


def settled(workbook: bytes) -> bytes:
    """The same workbook without the hour at which it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as was,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as becomes,
    ):
        for name in was.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            becomes.writestr(entry, _STAMP.sub(rb"\g<1>2010-07-01T00:00:00Z", was.read(name)))
    return out.getvalue()


def _member(person: Person) -> dict[str, Any]:
    stays = (Stay(*person.status, ""),) if person.status else ()
    return {
        "code": person.code,
        "full_name": person.full_name,
        "birth_year": person.birth_year,
        "admitted_on": person.admitted_on,
        "official_on": person.official_on,
        "branch": person.branch,
        "valid_from": person.joined_on,
        "valid_to": person.left_on,
        "stays": stays,
        "email": "",
        "phone": person.phone,
        "wants_paper": person.wants_paper,
    }


def _month(row: Any) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in row.__slots__},
        "body": row.branch,
        "starts_at": USUAL_START,
        "documents_sent_on": None
        if row.notice_days is None
        else row.held_on - timedelta(days=row.notice_days),
    }
