"""From the rows of a sheet to the bulk verbs of organizations and people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from nenep.journal.operations import Draft, record_many
from nenep.organizations.loading import TreeRefused, TreeRow, load_tree
from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.people.loading import MemberRow, RowError, RowsRefused, load_members
from nenep.people.office_loading import OfficeRow, load_offices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nenep.shared.viewer import Viewer

VERB = "imports.load"
CHUNK = 800


class Outcome(NamedTuple):
    """What a load did, in records: bodies, persons, offices, meetings."""

    written: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """One wrong cell: its row among the rows (from 0), its field, a sentence."""

    index: int
    field: str
    message: str


class SheetRefused(Exception):
    """Some rows cannot be loaded; nothing has been."""

    def __init__(self, wrongs: Iterable[Wrong]) -> None:
        super().__init__()
        self.wrongs = list(wrongs)


def load_bodies(rows: Sequence[dict[str, Any]], by: Viewer | None) -> Outcome:
    """One journal event for each body that is new."""
    refuse_out_of_reach(rows, ("parent",), by)
    if by is not None and (tops := [index for index, row in enumerate(rows) if not row["parent"]]):
        raise SheetRefused(
            Wrong(
                index,
                "parent",
                _("Tổ chức cao nhất chỉ nạp được bằng lệnh trên máy chủ; hãy ghi mã cấp trên."),
            )
            for index in tops
        )
    counts = Counter(row["code"] for row in rows)
    known = set(bodies_by_code(counts))
    try:
        done = load_tree([TreeRow(**row) for row in rows], by=by)
    except TreeRefused as refused:
        raise SheetRefused(_wrongs(refused.errors)) from refused
    new = {code: pk for code, pk in bodies_by_code(counts).items() if code not in known}
    drafts = [
        Draft("bodies.imported", pk, details={"rows": counts[code]}) for code, pk in sorted(new.items())
    ]
    record_many(drafts, by=by)
    return Outcome(done.created, done.unchanged)


def load_members_sheet(rows: Sequence[dict[str, Any]], by: Viewer | None) -> Outcome:
    refuse_out_of_reach(rows, ("branch",), by)
    try:
        done = load_members([MemberRow(**row) for row in rows], by=by)
    except RowsRefused as refused:
        raise SheetRefused(_wrongs(refused.errors)) from refused
    return Outcome(done.created, done.unchanged)


def load_offices_sheet(rows: Sequence[dict[str, Any]], by: Viewer | None) -> Outcome:
    refuse_out_of_reach(rows, ("body",), by)
    try:
        done = load_offices([OfficeRow(**row) for row in rows], by=by)
    except RowsRefused as refused:
        raise SheetRefused(_wrongs(refused.errors)) from refused
    return Outcome(done.created, done.unchanged)


def bodies_by_code(codes: Iterable[str], by: Viewer | None = None) -> dict[str, int]:
    """Keys of the bodies with these codes; for a viewer only of those where imports are allowed."""
    wanted, found = sorted(set(codes)), dict[str, int]()
    bodies = Body.objects.all() if by is None else Body.objects.filter(within(by, VERB, field="pk"))
    for start in range(0, len(wanted), CHUNK):
        found |= dict(bodies.filter(code__in=wanted[start : start + CHUNK]).values_list("code", "pk"))
    return found


def refuse_out_of_reach(rows: Sequence[dict[str, Any]], fields: tuple[str, ...], by: Viewer | None) -> None:
    """Codes of bodies that exist but where this person loads nothing; the command line reaches all."""
    if by is None:
        return
    codes = {row[field] for row in rows for field in fields if row[field]}
    outside = set(bodies_by_code(codes)) - set(bodies_by_code(codes, by))
    wrongs = [
        Wrong(index, field, _("Tổ chức mã %(code)s ngoài phạm vi đồng chí phụ trách.") % {"code": row[field]})
        for index, row in enumerate(rows)
        for field in fields
        if row[field] in outside
    ]
    if wrongs:
        raise SheetRefused(wrongs)


def _wrongs(errors: Iterable[RowError | Any]) -> list[Wrong]:
    return [Wrong(error.index, error.field, error.message) for error in errors]
