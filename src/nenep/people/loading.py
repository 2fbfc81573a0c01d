"""Many members at once, with all their memberships and statuses: what importers hand over.

A row is one membership; rows with the same code are one person and repeat what is kept about that person. Nothing
is written unless every row is right. Loading adds and never rewrites: who is there already must be there with the
same history, and then counts as unchanged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import Draft, record_many
from nenep.people.models import Member, Membership, Status, StatusPeriod
from nenep.people.operations import write_keys
from nenep.people.places import Place, places_by_code
from nenep.shared.dates import FOREVER, today
from nenep.shared.states import Refused
from nenep.shared.vietnamese import clean
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from nenep.shared.viewer import Viewer

CHUNK = 800
BATCH = 500
LONGEST = {"code": 30, "full_name": 120, "phone": 20}
YOUNGEST = 17


class Stay(NamedTuple):
    """A stated status during [start, end); `host` is the code of the branch stayed at, or empty."""

    status: Status
    start: date
    end: date = FOREVER
    host: str = ""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One membership [valid_from, valid_to) of one person in `branch` (a code)."""

    code: str
    full_name: str
    admitted_on: date
    branch: str
    valid_from: date
    valid_to: date = FOREVER
    birth_year: int | None = None
    official_on: date | None = None
    stays: tuple[Stay, ...] = ()
    email: str = ""
    phone: str = ""
    wants_paper: bool = False


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a row: its place among the rows (from 0), the field of the row, a sentence."""

    index: int
    field: str
    message: str


class RowsRefused(Refused):
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
class Person:
    """The rows of one person in order of time, with their places in the file."""

    rows: list[MemberRow] = field(default_factory=list)
    indexes: list[int] = field(default_factory=list)

    def lines(self) -> Iterator[tuple[int, MemberRow]]:
        return zip(self.indexes, self.rows, strict=True)

    @property
    def stays(self) -> set[Stay]:
        return {stay for row in self.rows for stay in row.stays}


@transaction.atomic
def load_members(rows: Iterable[MemberRow], *, by: Viewer | None) -> Loaded:
    """Add these members. Raises RowsRefused with every error found; then nothing is written.

    One journal event for each branch in which somebody begins, with the count.
    """
    people = _people(rows)
    places = places_by_code(_codes(people))
    kept = _kept(people)
    errors = sorted(_errors(people, places, kept), key=lambda error: error.index)
    if errors:
        raise RowsRefused(errors)
    new = [person for code, person in people.items() if code not in kept]
    if new:
        _store(new, places)
        counts = Counter(places[row.branch].pk for person in new for row in person.rows)
        record_many(
            [Draft("members.loaded", body, details={"count": counts[body]}) for body in sorted(counts)], by=by
        )
    return Loaded(created=len(new), unchanged=len(people) - len(new))


def _people(rows: Iterable[MemberRow]) -> dict[str, Person]:
    people: dict[str, Person] = defaultdict(Person)
    for index, row in sorted(enumerate(rows), key=lambda pair: (pair[1].valid_from, pair[0])):
        people[row.code].rows.append(row)
        people[row.code].indexes.append(index)
    return people


def _codes(people: Mapping[str, Person]) -> set[str]:
    rows = [row for person in people.values() for row in person.rows]
    return {row.branch for row in rows} | {stay.host for row in rows for stay in row.stays if stay.host}


def _errors(
    people: Mapping[str, Person], places: Mapping[str, Place], kept: Mapping[str, object]
) -> Iterator[RowError]:
    for code, person in people.items():
        if code in kept and kept[code] != _history(person):
            message = _(
                "Đảng viên mã %(code)s đã có trong phần mềm với dữ liệu khác. Đồng chí sửa trên trang "
                "của đảng viên đó hoặc bỏ dòng này."
            )
            yield RowError(person.indexes[0], "code", message % {"code": code})
        yield from _person_errors(person)
        yield from _period_errors(person)
        yield from _stay_errors(person, places)
        for index, row in person.lines():
            if message := branch_trouble(row.branch, row.valid_from, row.valid_to, places):
                yield RowError(index, "branch", message)


def _person_errors(person: Person) -> Iterator[RowError]:
    index, first = person.indexes[0], person.rows[0]
    for column, longest in LONGEST.items():
        text = clean(getattr(first, column))
        if not text and column != "phone":
            yield RowError(index, column, _("Ô này không được để trống."))
        if len(text) > longest:
            yield RowError(index, column, _("Ô này dài quá %(count)d ký tự.") % {"count": longest})
    if first.email and not _is_address(first.email):
        yield RowError(index, "email", _("Địa chỉ thư điện tử này không đúng."))
    if first.birth_year is not None and not 1900 <= first.birth_year <= today().year - YOUNGEST:
        yield RowError(index, "birth_year", _("Năm sinh này không hợp lý."))
    if first.official_on is not None and first.official_on < first.admitted_on:
        yield RowError(index, "official_on", _("Ngày chính thức phải sau ngày vào Đảng."))
    for other, row in list(person.lines())[1:]:
        for column in _differing(first, row):
            message = _("Ô này khác với dòng trước cùng mã %(code)s; một người chỉ ghi một cách.")
            yield RowError(other, column, message % {"code": row.code})


def _period_errors(person: Person) -> Iterator[RowError]:
    for index, row in person.lines():
        if row.valid_from >= row.valid_to:
            yield RowError(index, "valid_to", _("Ngày kết thúc phải sau ngày bắt đầu."))
        if row.valid_from < row.admitted_on:
            yield RowError(index, "valid_from", _("Ngày vào chi bộ không được trước ngày vào Đảng."))
    for (_place, earlier), (index, later) in pairwise(person.lines()):
        if later.valid_from < earlier.valid_to:
            message = _("Đảng viên mã %(code)s đang ở chi bộ %(branch)s vào ngày này; xem lại hai dòng.")
            facts = {"code": later.code, "branch": earlier.branch}
            yield RowError(index, "valid_from", message % facts)


def _stay_errors(person: Person, places: Mapping[str, Place]) -> Iterator[RowError]:
    index = next((at for at, row in person.lines() if row.stays), person.indexes[0])
    stays = sorted(person.stays, key=lambda stay: stay.start)
    for stay in stays:
        if stay.start >= stay.end:
            yield RowError(index, "stays", _("Tình trạng phải kết thúc sau ngày bắt đầu."))
        if stay.host and stay.status != Status.AWAY:
            yield RowError(index, "stays", _("Chỉ ghi chi bộ nơi đến khi sinh hoạt tạm thời nơi khác."))
        if stay.host and (message := branch_trouble(stay.host, stay.start, stay.end, places)):
            yield RowError(index, "stays", message)
        if not any(row.valid_from <= stay.start < row.valid_to for row in person.rows):
            yield RowError(index, "stays", _("Tình trạng bắt đầu khi đảng viên không ở chi bộ nào."))
    if any(later.start < earlier.end for earlier, later in pairwise(stays)):
        yield RowError(index, "stays", _("Hai tình trạng trùng thời gian."))


def branch_trouble(code: str, start: date, end: date, places: Mapping[str, Place]) -> str:
    """Why nobody can belong to this branch during [start, end); empty when somebody can."""
    place = places.get(code)
    if place is None:
        return _("Không có chi bộ mã %(code)s. Đồng chí kiểm tra lại mã.") % {"code": code}
    if start < place.founded_on or end > place.dissolved_on:
        facts = {"code": code, "start": day_words(place.founded_on), "end": day_words(place.dissolved_on)}
        if place.dissolved_on == FOREVER:
            return _("Chi bộ mã %(code)s thành lập ngày %(start)s, sau ngày ghi ở dòng này.") % facts
        return _("Chi bộ mã %(code)s chỉ hoạt động từ %(start)s đến trước %(end)s.") % facts
    if not place.is_branch_during(start, end):
        return _("Tổ chức mã %(code)s không phải chi bộ trong thời gian này.") % {"code": code}
    return ""


def _kept(people: Mapping[str, Person]) -> dict[str, object]:
    """The histories of those who are there already, in the same shape as `_history`."""
    found: dict[str, object] = {}
    codes = sorted(people)
    for start in range(0, len(codes), CHUNK):
        members = Member.objects.filter(code__in=codes[start : start + CHUNK])
        for member in members.prefetch_related("memberships__branch", "status_periods__host"):
            spans = {(row.branch.code, row.valid_from, row.valid_to) for row in member.memberships.all()}
            stays = {
                Stay(Status(row.status), row.valid_from, row.valid_to, row.host.code if row.host else "")
                for row in member.status_periods.all()
            }
            found[member.code] = (_details(member), spans, stays)
    return found


def _history(person: Person) -> object:
    spans = {(row.branch, row.valid_from, row.valid_to) for row in person.rows}
    return (_details(person.rows[0]), spans, person.stays)


_DETAILS = (
    "full_name",
    "birth_year",
    "admitted_on",
    "official_on",
    "email",
    "phone",
    "wants_paper",
)


def _details(source: MemberRow | Member) -> tuple[Any, ...]:
    values = (getattr(source, name) for name in _DETAILS)
    return tuple(clean(value) if isinstance(value, str) else value for value in values)


def _differing(first: MemberRow, other: MemberRow) -> list[str]:
    pairs = zip(_DETAILS, _details(first), _details(other), strict=True)
    return [name for name, one, two in pairs if one != two]


def _store(people: list[Person], places: Mapping[str, Place]) -> None:
    members = [_member(person.rows[0]) for person in people]
    Member.objects.bulk_create(members, batch_size=BATCH)
    pairs = list(zip(members, people, strict=True))
    Membership.objects.bulk_create(
        (
            Membership(
                member=member,
                branch_id=places[row.branch].pk,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for member, person in pairs
            for row in person.rows
        ),
        batch_size=BATCH,
    )
    StatusPeriod.objects.bulk_create(
        (
            StatusPeriod(
                member=member,
                status=stay.status,
                host_id=places[stay.host].pk if stay.host else None,
                valid_from=stay.start,
                valid_to=stay.end,
            )
            for member, person in pairs
            for stay in sorted(person.stays)
        ),
        batch_size=BATCH,
    )


def _member(row: MemberRow) -> Member:
    member = Member(code=row.code, **dict(zip(_DETAILS, _details(row), strict=True)))
    write_keys(member)
    return member


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
