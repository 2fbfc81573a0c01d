"""Many offices at once, past and present: what importers hand over. Same terms as `loading`."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import Draft, record_many
from nenep.organizations.models import Cluster
from nenep.people.loading import BATCH, CHUNK, Loaded, RowError, RowsRefused
from nenep.people.models import Member, Office, Post
from nenep.people.offices import BRANCH_POSTS, OWN_OFFICE
from nenep.people.places import Place, places_by_code
from nenep.shared.dates import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from nenep.shared.viewer import Viewer

Span = tuple["date", "date"]


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """`member` holds `post` in `body` during [valid_from, valid_to); all three named by codes, as is `cluster`."""

    member: str
    body: str
    post: Post
    valid_from: date
    valid_to: date = FOREVER
    cluster: str = ""


@dataclass(slots=True)
class _Known:
    """What the rows are held against, read once."""

    places: dict[str, Place]
    members: dict[str, Member]
    spans: dict[str, list[tuple[int, date, date]]]
    clusters: dict[str, Cluster]
    held: dict[tuple[int, int, str, date], Office]
    secretaries: dict[int, list[tuple[date, date, int]]]


@transaction.atomic
def load_offices(rows: Sequence[OfficeRow], *, by: Viewer | None) -> Loaded:
    """Add these offices. Raises RowsRefused with every error found; then nothing is written.

    An office that is there already, the same to the day, is unchanged. One journal event for each body.
    """
    known = _read(rows)
    errors = sorted([*_errors(rows, known), *_own(rows, known, by)], key=lambda error: error.index)
    if errors:
        raise RowsRefused(errors)
    offices = [_office(row, known) for row in rows]
    new = [office for office in offices if _key(office) not in known.held]
    Office.objects.bulk_create(new, batch_size=BATCH)
    counts = Counter(office.body_id for office in new)
    record_many(
        [Draft("offices.loaded", body, details={"count": counts[body]}) for body in sorted(counts)], by=by
    )
    return Loaded(created=len(new), unchanged=len(rows) - len(new))


def _read(rows: Sequence[OfficeRow]) -> _Known:
    members, spans = {}, {}
    codes = sorted({row.member for row in rows})
    for start in range(0, len(codes), CHUNK):
        found = Member.objects.filter(code__in=codes[start : start + CHUNK])
        for member in found.prefetch_related("memberships"):
            members[member.code] = member
            spans[member.code] = sorted(
                (row.branch_id, row.valid_from, row.valid_to) for row in member.memberships.all()
            )
    places = places_by_code(row.body for row in rows)
    held = [
        office
        for keys in _chunks(sorted(place.pk for place in places.values()))
        for office in Office.objects.filter(body__in=keys)
    ]
    secretaries = defaultdict(list)
    for office in held:
        if office.post == Post.SECRETARY:
            secretaries[office.body_id].append((office.valid_from, office.valid_to, office.member_id))
    clusters = Cluster.objects.in_bulk(
        sorted({row.cluster for row in rows if row.cluster}), field_name="code"
    )
    return _Known(places, members, spans, clusters, {_key(office): office for office in held}, secretaries)


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _errors(rows: Sequence[OfficeRow], known: _Known) -> Iterator[RowError]:
    for index, row in enumerate(rows):
        yield from (RowError(index, *trouble) for trouble in _row_troubles(row, known))
    yield from _overlaps(rows, known)


def _own(rows: Sequence[OfficeRow], known: _Known, by: Viewer | None) -> Iterator[RowError]:
    """New offices of whoever loads them; what is there already may stand in the sheet."""
    for index, row in enumerate(rows):
        place, member = known.places.get(row.body), known.members.get(row.member)
        is_own = by and place and member and member.pk == by.member_id
        if is_own and _key(_office(row, known)) not in known.held:
            yield RowError(index, "member", str(OWN_OFFICE))


def _row_troubles(row: OfficeRow, known: _Known) -> Iterator[tuple[str, str]]:
    place, member = known.places.get(row.body), known.members.get(row.member)
    if row.valid_from >= row.valid_to:
        yield "valid_to", _("Ngày kết thúc phải sau ngày bắt đầu.")
    if row.cluster and row.cluster not in known.clusters:
        yield "cluster", _("Không có cụm mã %(code)s. Đồng chí kiểm tra lại mã.") % {"code": row.cluster}
    if row.cluster and row.post != Post.OFFICER:
        yield "cluster", _("Chỉ cán bộ theo dõi mới được giao một cụm.")
    if place is None:
        yield "body", _("Không có tổ chức mã %(code)s. Đồng chí kiểm tra lại mã.") % {"code": row.body}
    if member is None:
        yield (
            "member",
            _("Không có đảng viên mã %(code)s. Đồng chí kiểm tra lại mã.") % {"code": row.member},
        )
    if place and member:
        yield from _fit_troubles(row, place, member, known)


def _fit_troubles(row: OfficeRow, place: Place, member: Member, known: _Known) -> Iterator[tuple[str, str]]:
    spans = known.spans[row.member]
    if row.valid_from < place.founded_on or row.valid_to > place.dissolved_on:
        yield "valid_from", _("Tổ chức mã %(code)s không hoạt động suốt thời gian này.") % {"code": row.body}
    if row.post.is_elected and (member.official_on is None or member.official_on > row.valid_from):
        yield "post", _("Chức vụ trong cấp ủy do đảng viên chính thức giữ; người này còn dự bị vào ngày ấy.")
    if place.is_branch_during(row.valid_from, row.valid_to):
        own = [(start, end) for branch, start, end in spans if branch == place.pk]
        if not _covered(row, own):
            yield (
                "member",
                _("Chức vụ của chi bộ do đảng viên chính chi bộ giữ; người này không ở chi bộ suốt kỳ."),
            )
        if row.post not in BRANCH_POSTS:
            yield "post", _("Chi bộ không có chức vụ này.")
    elif not any(start <= row.valid_from < end for _branch, start, end in spans):
        yield "member", _("Người này không sinh hoạt ở chi bộ nào vào ngày bắt đầu.")
    kept = known.held.get((member.pk, place.pk, row.post, row.valid_from))
    if kept and (kept.valid_to != row.valid_to or _cluster_code(kept, known) != row.cluster):
        yield (
            "valid_to",
            _("Chức vụ này đã có trong phần mềm với dữ liệu khác. Đồng chí sửa trên trang đảng viên."),
        )


def _covered(row: OfficeRow, spans: list[tuple[date, date]]) -> bool:
    """Whether memberships that follow each other reach over the whole office."""
    reached = row.valid_from
    for start, end in sorted(spans):
        if start <= reached < end:
            reached = end
    return reached >= row.valid_to


def _overlaps(rows: Sequence[OfficeRow], known: _Known) -> Iterator[RowError]:
    """The same person twice in one post, and two secretaries of one body, at the same time."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups["same", row.member, row.body, row.post].append(index)
        if row.post == Post.SECRETARY:
            groups["secretary", row.body].append(index)
    for (what, *_rest), indexes in groups.items():
        ordered = sorted(indexes, key=lambda index: rows[index].valid_from)
        for first, second in pairwise(ordered):
            if rows[second].valid_from < rows[first].valid_to:
                yield RowError(second, "valid_from", _twice(what))
    for index, row in enumerate(rows):
        if row.post == Post.SECRETARY and _meets_another(row, known):
            yield RowError(index, "valid_from", _twice("secretary"))


def _twice(what: str) -> str:
    if what == "same":
        return _("Người này đã giữ chính chức vụ ấy trong thời gian này ở một dòng khác.")
    return _("Tổ chức đã có bí thư trong thời gian này.")


def _meets_another(row: OfficeRow, known: _Known) -> bool:
    place, member = known.places.get(row.body), known.members.get(row.member)
    return place is not None and any(
        start < row.valid_to and end > row.valid_from and (member is None or holder != member.pk)
        for start, end, holder in known.secretaries.get(place.pk, [])
    )


def _office(row: OfficeRow, known: _Known) -> Office:
    return Office(
        member=known.members[row.member],
        body_id=known.places[row.body].pk,
        post=row.post,
        cluster=known.clusters.get(row.cluster),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _key(office: Office) -> tuple[int, int, str, date]:
    return (office.member_id, office.body_id, str(office.post), office.valid_from)


def _cluster_code(office: Office, known: _Known) -> str:
    found = (code for code, cluster in known.clusters.items() if cluster.pk == office.cluster_id)
    return next(found, "" if office.cluster_id is None else "?")
