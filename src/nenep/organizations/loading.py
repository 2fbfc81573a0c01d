"""Many bodies at once, with their whole history: what importers and generators hand over.

A row is one period of one body, as a line of a spreadsheet states it; rows with the same code follow each
other without gap. Nothing is written unless every row is right. A body that is there already must be there with
the same history: loading adds, it never rewrites.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.organizations import closure, storing
from nenep.organizations.history import lock_tree
from nenep.organizations.kinds import CHILDLESS_KINDS, PARENTS, ROOT_KINDS, Kind, UnitType
from nenep.organizations.rules import UNKNOWN_SCOPE, is_known_scope
from nenep.shared.dates import FOREVER
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from nenep.shared.viewer import Viewer

LONGEST = {
    "code": 30,
    "name": 200,
    "short_name": 80,
    "locality": 80,
    "decision": 80,
    "cluster": 30,
    "scope": 60,
}


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One period [valid_from, valid_to) of one body. `parent`, `cluster` and `successors` are codes.

    `decision` is the number of the decision that began the period; `successors` continue the body after its
    last period; a cluster that does not exist yet is formed by the parent; `scope` names local rules.
    """

    code: str
    name: str
    kind: Kind
    parent: str
    valid_from: date
    valid_to: date = FOREVER
    short_name: str = ""
    locality: str = ""
    unit_type: UnitType = UnitType.OTHER
    decision: str = ""
    cluster: str = ""
    scope: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row: its place among the rows (from 0), the field of TreeRow, a sentence."""

    index: int
    field: str
    message: str


class TreeRefused(Refused):
    """Some rows are wrong; `errors` says which and why, in the order of the rows."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__(
            _("%(count)d dòng có lỗi nên chưa ghi gì. Dòng đầu: %(first)s")
            % {"count": len({error.index for error in errors}), "first": errors[0].message}
        )
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Loaded:
    created: int
    unchanged: int


@dataclass(slots=True)
class Life:
    """The rows of one body in order of time, with their places in the file; none for a body only kept."""

    code: str
    rows: list[TreeRow] = field(default_factory=list)
    indexes: list[int] = field(default_factory=list)

    def sort(self) -> None:
        order = sorted(range(len(self.rows)), key=lambda place: self.rows[place].valid_from)
        self.rows = [self.rows[place] for place in order]
        self.indexes = [self.indexes[place] for place in order]

    @property
    def founded_on(self) -> date:
        return self.rows[0].valid_from

    @property
    def dissolved_on(self) -> date:
        return self.rows[-1].valid_to


@transaction.atomic
def load_tree(rows: Iterable[TreeRow], *, by: Viewer | None) -> Loaded:
    """Add the bodies that these rows tell of. Raises TreeRefused with every error found; then nothing is written.

    A body that is kept already with the same history counts as unchanged: loading a file twice is harmless.
    """
    lock_tree()
    lives = _lives(rows)
    kept = storing.kept_histories(set(lives) | _mentioned(lives))
    errors = sorted(_errors(lives, kept), key=lambda error: error.index)
    if errors:
        raise TreeRefused(errors)
    new = [life for code, life in lives.items() if code not in kept]
    if new:
        keys = storing.store(new)
        _close(keys)
    done = Loaded(created=len(new), unchanged=len(lives) - len(new))
    record("tree.loaded", by=by, body=None, created=done.created, unchanged=done.unchanged)
    return done


def _close(keys: list[int]) -> None:
    """Bodies that were there before got no new ancestors; only the new ones need their closure."""
    if len(keys) * 2 > storing.count_bodies():
        closure.rebuild()
    else:
        closure.refresh(keys)


def _lives(rows: Iterable[TreeRow]) -> dict[str, Life]:
    lives: dict[str, Life] = {}
    for index, row in enumerate(rows):
        life = lives.setdefault(row.code, Life(row.code))
        life.rows.append(row)
        life.indexes.append(index)
    for life in lives.values():
        life.sort()
    return lives


def _mentioned(lives: Mapping[str, Life]) -> set[str]:
    """Codes that stand as parent or successor without rows of their own."""
    rows = [row for life in lives.values() for row in life.rows]
    parents = {row.parent for row in rows if row.parent and row.parent not in lives}
    return parents | {code for row in rows for code in row.successors if code not in lives}


def _errors(lives: Mapping[str, Life], kept: Mapping[str, storing.History]) -> Iterator[RowError]:
    """Every error of every row; each check assumes nothing of the others."""
    stages = _Stages(lives, kept)
    for life in lives.values():
        yield from _history_errors(life)
        if life.code in kept and kept[life.code] != storing.history_of(life):
            message = _(
                "Tổ chức mã %(code)s đã có trong phần mềm với dữ liệu khác. Đồng chí sửa trên trang "
                "của tổ chức đó hoặc bỏ dòng này."
            )
            yield RowError(life.indexes[0], "code", message % {"code": life.code})
        for index, row in zip(life.indexes, life.rows, strict=True):
            yield from _text_errors(index, row)
            yield from stages.parent_errors(index, row)
            for code in row.successors:
                if code not in lives and code not in kept:
                    message = _("Không có tổ chức tiếp nối mã %(code)s. Đồng chí kiểm tra lại mã.")
                    yield RowError(index, "successors", message % {"code": code})
    yield from stages.circle_errors()


def _history_errors(life: Life) -> Iterator[RowError]:
    for index, row in zip(life.indexes, life.rows, strict=True):
        if row.valid_from >= row.valid_to:
            yield RowError(index, "valid_to", _("Ngày kết thúc phải sau ngày bắt đầu."))
    for (earlier, later), index in zip(pairwise(life.rows), life.indexes[1:], strict=True):
        if earlier.valid_to != later.valid_from:
            message = _("Kỳ này phải bắt đầu ngày %(day)s, là ngày kết thúc của kỳ trước cùng mã %(code)s.")
            yield RowError(
                index, "valid_from", message % {"day": day_words(earlier.valid_to), "code": life.code}
            )
        if earlier.successors:
            yield RowError(index, "successors", _("Chỉ ghi tổ chức tiếp nối ở kỳ cuối của tổ chức."))
    if life.rows[-1].successors and life.dissolved_on == FOREVER:
        yield RowError(life.indexes[-1], "valid_to", _("Tổ chức có tổ chức tiếp nối phải có ngày kết thúc."))


def _text_errors(index: int, row: TreeRow) -> Iterator[RowError]:
    for column, longest in LONGEST.items():
        text = clean(getattr(row, column))
        if not text and column in {"code", "name"}:
            yield RowError(index, column, _("Ô này không được để trống."))
        if len(text) > longest:
            yield RowError(index, column, _("Ô này dài quá %(count)d ký tự.") % {"count": longest})
    if row.scope and not is_known_scope(clean(row.scope)):
        yield RowError(index, "scope", UNKNOWN_SCOPE % {"scope": clean(row.scope)})
    if not row.short_name and len(clean(row.name)) > LONGEST["short_name"]:
        yield RowError(index, "short_name", _("Tên dài quá 80 ký tự thì cần có tên gọi tắt."))


class _Stages:
    """What each body was in each period, from the rows and from the database: for the checks of parents."""

    def __init__(self, lives: Mapping[str, Life], kept: Mapping[str, storing.History]) -> None:
        self.lives = lives
        self.kinds: dict[str, list[tuple[date, date, Kind]]] = defaultdict(list)
        for code, history in kept.items():
            self.kinds[code] = sorted((start, end, Kind(kind)) for start, end, kind, _unit in history.kinds)
        for code, life in lives.items():
            if code not in kept:
                self.kinds[code] = [(row.valid_from, row.valid_to, row.kind) for row in life.rows]

    def parent_errors(self, index: int, row: TreeRow) -> Iterator[RowError]:
        if not row.parent:
            if row.kind not in ROOT_KINDS:
                message = _("%(kind)s phải trực thuộc một tổ chức.")
                yield RowError(index, "parent", message % {"kind": row.kind.label})
            return
        if row.parent not in self.kinds:
            message = _("Không có tổ chức cấp trên mã %(code)s. Đồng chí kiểm tra lại mã.")
            yield RowError(index, "parent", message % {"code": row.parent})
            return
        spans = self.kinds[row.parent]
        if row.valid_from < spans[0][0] or row.valid_to > spans[-1][1]:
            message = _(
                "Tổ chức cấp trên mã %(code)s hoạt động từ %(start)s đến trước %(end)s, không đủ kỳ này."
            )
            facts = {"code": row.parent, "start": day_words(spans[0][0]), "end": day_words(spans[-1][1])}
            yield RowError(index, "parent", message % facts)
        for start, end, kind in spans:
            if start < row.valid_to and end > row.valid_from and not _fits(row.kind, kind):
                message = _("%(kind)s không trực thuộc %(above)s.")
                yield RowError(index, "parent", message % {"kind": row.kind.label, "above": kind.label})

    def circle_errors(self) -> Iterator[RowError]:
        """Only committees may stand under their own kind, so only they can go in a circle."""
        for life in self.lives.values():
            for index, row in zip(life.indexes, life.rows, strict=True):
                if row.kind is Kind.COMMITTEE and self._leads_back(row):
                    message = _("Tổ chức mã %(code)s nằm trong chính nó. Đồng chí xem lại mã cấp trên.")
                    yield RowError(index, "parent", message % {"code": row.code})

    def _leads_back(self, row: TreeRow) -> bool:
        """Follow every way up while its period holds; a body outside the file ends the way."""
        ways, steps = [(row.parent, row.valid_from, row.valid_to)], 0
        while ways and steps < closure.DEEPEST:
            ways = [
                (above.parent, max(start, above.valid_from), min(end, above.valid_to))
                for code, start, end in ways
                if code in self.lives
                for above in self.lives[code].rows
                if above.valid_from < end and above.valid_to > start
            ]
            if any(code == row.code for code, _start, _end in ways):
                return True
            steps += 1
        return row.parent == row.code


def _fits(kind: Kind, above: Kind) -> bool:
    return above not in CHILDLESS_KINDS and above in PARENTS[kind]
