"""From the rows of a sheet to the bulk verbs of organizations and people."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _

from nenep.journal.operations import Draft, record_many
from nenep.organizations.loading import TreeRefused, TreeRow, load_tree
from nenep.organizations.models import Body, Cluster
from nenep.organizations.reach import within
from nenep.people.loading import MemberRow, RowError, RowsRefused, Stay, load_members
from nenep.people.models import Membership
from nenep.people.office_loading import OfficeRow, load_offices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

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
    outside = _clusters_outside(rows, by)
    refuse_out_of_reach(rows, ("code", "parent", "successors"), by, others=outside)
    if by is not None and (tops := [index for index, row in enumerate(rows) if not row["parent"]]):
        raise SheetRefused(
            Wrong(
                index,
                "parent",
                _("Tổ chức cao nhất chỉ nạp được bằng lệnh trên máy chủ. Đồng chí ghi mã cấp trên."),
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
    refuse_out_of_reach(rows, ("branch", "stays"), by)
    try:
        done = load_members([MemberRow(**row) for row in rows], by=by)
    except RowsRefused as refused:
        raise SheetRefused(_wrongs(refused.errors)) from refused
    return Outcome(done.created, done.unchanged)


def load_offices_sheet(rows: Sequence[dict[str, Any]], by: Viewer | None) -> Outcome:
    outside = [*_holders_outside(rows, by), *_clusters_outside(rows, by)]
    refuse_out_of_reach(rows, ("body",), by, others=outside)
    try:
        done = load_offices([OfficeRow(**row) for row in rows], by=by)
    except RowsRefused as refused:
        raise SheetRefused(_wrongs(refused.errors)) from refused
    return Outcome(done.created, done.unchanged)


def bodies_by_code(codes: Iterable[str], by: Viewer | None = None) -> dict[str, int]:
    """Keys of the bodies with these codes; for a viewer only of those where imports are allowed."""
    found = dict[str, int]()
    bodies = Body.objects.all() if by is None else Body.objects.filter(within(by, VERB, field="pk"))
    for some in _in_chunks(codes):
        found |= dict(bodies.filter(code__in=some).values_list("code", "pk"))
    return found


def refuse_out_of_reach(
    rows: Sequence[dict[str, Any]],
    fields: tuple[str, ...],
    by: Viewer | None,
    *,
    others: Iterable[Wrong] = (),
) -> None:
    """Codes of bodies that exist but where this person loads nothing; the command line reaches all.

    `others`: what else the caller found outside.
    """
    if by is None:
        return
    named = [
        (index, field, code)
        for index, row in enumerate(rows)
        for field in fields
        for code in _codes(row[field])
    ]
    codes = {code for _index, _field, code in named}
    outside = set(bodies_by_code(codes)) - set(bodies_by_code(codes, by))
    message = _("Tổ chức mã %(code)s ngoài phạm vi đồng chí phụ trách.")
    wrongs = [
        Wrong(index, field, message % {"code": code}) for index, field, code in named if code in outside
    ]
    if wrongs := [*wrongs, *others]:
        raise SheetRefused(wrongs)


def _clusters_outside(rows: Sequence[dict[str, Any]], by: Viewer | None) -> Iterator[Wrong]:
    """Clusters that another body formed, where this person loads nothing."""
    if by is None:
        return
    outside = set[str]()
    for some in _in_chunks(row["cluster"] for row in rows):
        clusters = Cluster.objects.filter(code__in=some).exclude(within(by, VERB, field="owner"))
        outside.update(clusters.values_list("code", flat=True))
    message = _("Cụm mã %(code)s ngoài phạm vi đồng chí phụ trách.")
    for index, row in enumerate(rows):
        if row["cluster"] in outside:
            yield Wrong(index, "cluster", message % {"code": row["cluster"]})


def _holders_outside(rows: Sequence[dict[str, Any]], by: Viewer | None) -> Iterator[Wrong]:
    """Members whose branch, at any time during the office, is none where this person loads."""
    if by is None:
        return
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for some in _in_chunks(row["member"] for row in rows):
        strange = Membership.objects.filter(member__code__in=some).exclude(within(by, VERB, field="branch"))
        for code, start, end in strange.values_list("member__code", "valid_from", "valid_to"):
            spans[code].append((start, end))
    message = _("Đảng viên mã %(code)s sinh hoạt ở chi bộ ngoài phạm vi đồng chí phụ trách.")
    for index, row in enumerate(rows):
        if any(start < row["valid_to"] and end > row["valid_from"] for start, end in spans[row["member"]]):
            yield Wrong(index, "member", message % {"code": row["member"]})


def _codes(cell: str | tuple[str | Stay, ...]) -> list[str]:
    """The bodies that a cell names: one, several, or the hosts of stays."""
    several = (cell,) if isinstance(cell, str) else cell
    codes = (one.host if isinstance(one, Stay) else one for one in several)
    return [code for code in codes if code]


def _in_chunks(codes: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted({code for code in codes if code})
    return (wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK))


def _wrongs(errors: Iterable[RowError | Any]) -> list[Wrong]:
    return [Wrong(error.index, error.field, error.message) for error in errors]
