"""Sheets out: the template of a kind, empty or filled from the database, and a file with its errors marked."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.importers.checking import ERRORS
from nenep.importers.sheets import read_lines, write_book, write_marked
from nenep.organizations.kinds import Kind, UnitType
from nenep.organizations.models import Body
from nenep.people.loading import Stay
from nenep.people.models import Member, Office, Post, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from nenep.importers.checking import Fault
    from nenep.importers.columns import Column
    from nenep.importers.schemas import Schema

CHUNK = 500


def template(schema: Schema) -> bytes:
    """Headers and one example row to write over, a sheet of the words that are allowed, a sheet of notes."""
    return _book(schema, [[column.example for column in schema.columns]])


def filled(schema: Schema) -> bytes:
    """The same sheet with everything that the database holds; loading it back changes nothing."""
    return filled_with(schema, schema.rows())


def filled_with(schema: Schema, rows: Iterable[dict[str, Any]]) -> bytes:
    """The same sheet with these rows; each holds a value for every field of the kind."""
    return _book(schema, ([_shown(column, row) for column in schema.columns] for row in rows))


def marked(name: str, content: bytes, faults: Sequence[Fault]) -> bytes:
    """The file as it was, wrong cells red with a comment, and a last column that says what to put right."""
    wrong: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    told: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        wrong[fault.row][fault.place].append(fault.message)
        sentence = _("Cột %(header)s: %(message)s")
        told[fault.row].append(sentence % {"header": fault.header, "message": fault.message})
    lines = read_lines(name, content)
    width = max(len(line.cells) for line in lines)
    head = [*lines[0].cells, *[None] * (width - len(lines[0].cells))]
    place = next((at for at, cell in enumerate(head) if cell == ERRORS), width)
    rows: list[tuple[list[Any], dict[int, str]]] = [(_with(head, place, ERRORS), {})]
    for line in lines[1:]:
        troubles = {column: " ".join(said) for column, said in wrong[line.number].items()}
        cells = [*line.cells, *[None] * (width - len(line.cells))]
        rows.append((_with(cells, place, " ".join(told[line.number])), troubles))
    return write_marked(rows, title=_("Dữ liệu"))


def body_rows() -> Iterator[dict[str, Any]]:
    """One row for each period in which name, kind, parent and cluster of a body stay the same."""
    bodies = Body.objects.order_by("founded_on", "code").prefetch_related(
        "names",
        "kinds",
        "edges_up__parent",
        "cluster_places__cluster",
        "rule_scopes",
        "changes",
        "successions__successor",
    )
    for body in bodies.iterator(chunk_size=CHUNK):
        yield from _body_periods(body)


def member_rows() -> Iterator[dict[str, Any]]:
    """One row for each membership; statuses stand in the first row of a person."""
    members = Member.objects.order_by("code").prefetch_related("memberships__branch", "status_periods__host")
    for member in members.iterator(chunk_size=CHUNK):
        stays = tuple(
            Stay(Status(row.status), row.valid_from, row.valid_to, row.host.code if row.host else "")
            for row in member.status_periods.all()
        )
        spans = sorted(member.memberships.all(), key=lambda row: row.valid_from)
        for place, row in enumerate(spans):
            yield {
                "code": member.code,
                "full_name": member.full_name,
                "birth_year": member.birth_year,
                "admitted_on": member.admitted_on,
                "official_on": member.official_on,
                "branch": row.branch.code,
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
                "stays": stays if place == 0 else (),
                "email": member.email,
                "phone": member.phone,
                "wants_paper": member.wants_paper,
            }


def office_rows() -> Iterator[dict[str, Any]]:
    offices = Office.objects.select_related("member", "body", "cluster")
    for row in offices.order_by("body__code", "valid_from", "member__code").iterator(chunk_size=CHUNK):
        yield {
            "member": row.member.code,
            "body": row.body.code,
            "post": Post(row.post),
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "cluster": row.cluster.code if row.cluster else "",
        }


def _body_periods(body: Body) -> Iterator[dict[str, Any]]:
    names, kinds = list(body.names.all()), list(body.kinds.all())
    edges, clusters = list(body.edges_up.all()), list(body.cluster_places.all())
    scopes = list(body.rule_scopes.all())
    decisions = {change.day: change.decision for change in body.changes.all() if change.decision}
    bounds = {body.founded_on, body.dissolved_on}
    for row in [*names, *kinds, *edges, *clusters, *scopes]:
        bounds |= {row.valid_from, row.valid_to}
    days = sorted(day for day in bounds if body.founded_on <= day <= body.dissolved_on)
    for start, end in pairwise(days):
        name, kind, edge = _at(names, start), _at(kinds, start), _at(edges, start)
        cluster, scope = _at(clusters, start), _at(scopes, start)
        is_last = end == body.dissolved_on
        yield {
            "code": body.code,
            "name": name.name,
            "short_name": name.short_name,
            "locality": name.locality,
            "kind": Kind(kind.kind),
            "unit_type": UnitType(kind.unit_type),
            "parent": edge.parent.code if edge else "",
            "valid_from": start,
            "valid_to": end,
            "decision": decisions.get(start, ""),
            "cluster": cluster.cluster.code if cluster else "",
            "scope": scope.code if scope else "",
            "successors": tuple(sorted(row.successor.code for row in body.successions.all()))
            if is_last
            else (),
        }


def _at(rows: Iterable[Any], day: date) -> Any:
    return next((row for row in rows if row.valid_from <= day < row.valid_to), None)


def _book(schema: Schema, rows: Iterable[Sequence[Any]]) -> bytes:
    head = [column.header for column in schema.columns]
    return write_book(
        [
            (_("Dữ liệu"), _chained(head, rows)),
            (_("Giá trị được dùng"), _allowed(schema)),
            (_("Cách ghi"), _notes(schema)),
        ]
    )


def _chained(head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield head
    yield from rows


def _allowed(schema: Schema) -> list[Sequence[str]]:
    """One column for each list of words, below the header that it belongs to."""
    lists = [(column.header, column.allowed) for column in schema.columns if column.allowed]
    tallest = max((len(words) for _header, words in lists), default=0)
    rows: list[Sequence[str]] = [[header for header, _words in lists] or [_("Không có danh mục nào")]]
    rows += [[words[at] if at < len(words) else "" for _header, words in lists] for at in range(tallest)]
    return rows


def _notes(schema: Schema) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = [[_("Cột"), _("Bắt buộc"), _("Cách ghi")]]
    rows += [[c.header, _("có") if c.required else "", str(c.hint)] for c in schema.columns]
    rows += [[str(schema.lead)], *([str(note)] for note in schema.notes)]
    return rows


def _shown(column: Column, row: dict[str, Any]) -> Any:
    value = row[column.field]
    return "" if value is None else column.show(value)


def _with(cells: Sequence[Any], place: int, value: Any) -> list[Any]:
    row = [*cells, *[None] * (place + 1 - len(cells))]
    row[place] = value
    return row
