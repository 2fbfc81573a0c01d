"""Months from before the program was used: one row for a branch's meeting."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.importers.loading import Outcome, SheetRefused, Wrong, refuse_out_of_reach
from nenep.meetings.models import Meeting, MeetingFigures, MeetingKind
from nenep.meetings.past import PastMonth, record_past_months
from nenep.people.loading import branch_trouble
from nenep.people.places import places_by_code
from nenep.shared.dates import next_month, today

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nenep.people.places import Place
    from nenep.shared.viewer import Viewer

USUAL_START = time(14, 0)
FIGURES = (
    "duration_minutes",
    "committee_met",
    "draft_prepared",
    "speakers",
    "opinions_beforehand",
    "minutes_information",
    "minutes_political_task",
    "minutes_party_building",
    "minutes_discussion",
    "conclusions",
    "reviewed",
    "reviewed_met",
    "reviewed_partly",
    "reviewed_not_met",
    "reviewed_without_cause",
    "adopted_on",
)
CHUNK = 800


def load_past_months(rows: Sequence[dict[str, Any]], by: Viewer | None) -> Outcome:
    """Records and facts of the months; a month that was held in the program is never overwritten."""
    refuse_out_of_reach(rows, ("body",), by)
    places = places_by_code(row["body"] for row in rows)
    wrongs = sorted(_wrongs(rows, places), key=lambda wrong: wrong.index)
    if wrongs:
        raise SheetRefused(wrongs)
    written, unchanged = record_past_months([_past_month(row, places) for row in rows], by=by)
    return Outcome(written, unchanged)


def past_month_rows() -> Iterator[dict[str, Any]]:
    """The imported months, as a sheet would state them."""
    figures = MeetingFigures.objects.filter(meeting__is_imported=True).select_related("meeting__body")
    for row in figures.order_by("meeting__body__code", "meeting__month", "meeting__kind").iterator():
        meeting = row.meeting
        began = timezone.localtime(meeting.starts_at)
        sent = None if row.notice_days is None else began.date() - timedelta(days=row.notice_days)
        yield {
            "body": meeting.body.code,
            "month": meeting.month,
            "kind": MeetingKind(meeting.kind),
            "held_on": began.date(),
            "starts_at": began.time(),
            "expected": meeting.expected,
            "present": meeting.present,
            "excused": meeting.excused,
            "unexcused": meeting.unexcused,
            "documents_sent_on": sent,
            **{name: getattr(row, name) for name in FIGURES},
        }


def _wrongs(rows: Sequence[dict[str, Any]], places: Mapping[str, Place]) -> Iterator[Wrong]:
    held = _held_in_program(rows, places)
    seen: dict[tuple[str, date, str], int] = {}
    for index, row in enumerate(rows):
        key = (row["body"], row["month"], str(row["kind"]))
        if key in seen:
            yield Wrong(index, "month", _("Chi bộ, tháng và loại kỳ sinh hoạt này đã có ở một dòng trên."))
        seen.setdefault(key, index)
        if key in held:
            yield Wrong(index, "month", _("Kỳ sinh hoạt tháng này đã họp trong phần mềm; không nạp đè."))
        day = row["held_on"]
        if message := branch_trouble(row["body"], day, day + timedelta(days=1), places):
            yield Wrong(index, "body", message)
        yield from (Wrong(index, *trouble) for trouble in _day_troubles(row))
        yield from (Wrong(index, *trouble) for trouble in _count_troubles(row))


def _day_troubles(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    held, sent, adopted = row["held_on"], row["documents_sent_on"], row["adopted_on"]
    if not row["month"] <= held < next_month(row["month"]):
        yield "held_on", _("Ngày họp không nằm trong tháng ghi ở cột “Tháng”.")
    if held > today():
        yield "held_on", _("Ngày họp ở tương lai; chỉ nạp các tháng đã qua.")
    if sent and sent > held:
        yield "documents_sent_on", _("Ngày gửi tài liệu phải trước hoặc đúng ngày họp.")
    if adopted and adopted < held:
        yield "adopted_on", _("Ngày thông qua biên bản phải từ ngày họp trở đi.")


def _count_troubles(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Counts that do not add up are for people to look at, not for the program to choose from."""
    total = row["present"] + row["excused"] + row["unexcused"]
    if total != row["expected"]:
        facts = {"total": total, "expected": row["expected"]}
        yield "expected", _("Có mặt cộng vắng là %(total)d, khác số phải dự %(expected)d.") % facts
    results = row["reviewed_met"] + row["reviewed_partly"] + row["reviewed_not_met"]
    if results != row["reviewed"]:
        facts = {"total": results, "reviewed": row["reviewed"]}
        yield (
            "reviewed",
            _("Đạt, đạt một phần và chưa đạt cộng lại là %(total)d, khác %(reviewed)d việc.") % facts,
        )
    if row["reviewed_without_cause"] > row["reviewed_partly"] + row["reviewed_not_met"]:
        yield "reviewed_without_cause", _("Số việc chưa nêu nguyên nhân lớn hơn số việc chưa đạt đủ.")
    if row["speakers"] is not None and row["speakers"] > row["present"]:
        yield "speakers", _("Số người phát biểu lớn hơn số người có mặt.")


def _held_in_program(
    rows: Sequence[dict[str, Any]], places: Mapping[str, Place]
) -> set[tuple[str, date, str]]:
    code_of = {place.pk: code for code, place in places.items()}
    keys, found = sorted(code_of), set()
    months = {row["month"] for row in rows}
    for start in range(0, len(keys), CHUNK):
        meetings = Meeting.objects.standing().filter(
            is_imported=False,
            body__in=keys[start : start + CHUNK],
            month__gte=min(months),
            month__lte=max(months),
        )
        found |= {
            (code_of[body], month, kind)
            for body, month, kind in meetings.values_list("body", "month", "kind")
        }
    return found


def _past_month(row: Mapping[str, Any], places: Mapping[str, Place]) -> PastMonth:
    sent = row["documents_sent_on"]
    figures = {name: row[name] for name in FIGURES}
    figures["notice_days"] = (row["held_on"] - sent).days if sent else None
    return PastMonth(
        body_id=places[row["body"]].pk,
        month=row["month"],
        kind=row["kind"],
        held_on=row["held_on"],
        starts_at=row["starts_at"],
        expected=row["expected"],
        present=row["present"],
        excused=row["excused"],
        unexcused=row["unexcused"],
        figures=figures,
    )
