"""What a meeting learns from assignments (see `meetings.providers`): the next meeting is born filled with them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.assignments.access import may_hand_out
from nenep.assignments.models import Assignment, AssignmentStatus, Management, Progress, Result, Review
from nenep.assignments.reads import cause_of, cause_words, causes_of
from nenep.documents.content import Heading, Paragraph, Table
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import Link, Point
from nenep.meetings.rules import rules_of
from nenep.resolutions.providers import Outcome
from nenep.rulebook import rules_on
from nenep.shared.vietnamese import lower_first
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from nenep.assignments.models import AssignmentQuerySet
    from nenep.documents.content import Block
    from nenep.meetings.models import Meeting
    from nenep.rulebook.values import Term
    from nenep.shared.viewer import Viewer


def points(meeting: Meeting) -> list[Point]:
    """What is open of the work given before, with what held it up."""
    said = Progress.objects.filter(assignment=OuterRef("pk"), status=AssignmentStatus.STUCK).order_by("-at")
    rows = _given_before(meeting).annotate(obstacle=Subquery(said.values("line")[:1]))
    return [
        Point(
            key=f"assignment:{row.pk}",
            category="political_task",
            title=row.what,
            why=_why(row, meeting) + _still_to_settle(row),
            url=reverse("assignments:page", args=[row.pk]),
            is_work=True,
            # What carries it over stands for the same target.
            target_id=row.target_id or (row.continues.target_id if row.continues else None),
        )
        for row in rows.for_list().select_related("meeting", "continues__review__meeting")
    ]


def item_lines(meeting: Meeting) -> list[tuple[int, str]]:
    rows = Assignment.objects.given_at(meeting).filter(item__isnull=False)
    rows = rows.select_related("owner").prefetch_related("helpers").order_by("pk")
    return [(row.item_id, _line(row)) for row in rows if row.item_id]


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    """Where work given here is corrected, for whoever gave it; and what a meeting held on paper may have judged."""
    if meeting.is_being_prepared or not may_hand_out(viewer, meeting.body_id):
        return []
    found: list[Link] = []
    if count := Assignment.objects.given_at(meeting).count():
        label = _("Việc đã giao tại kỳ này (%(count)d)") % {"count": count}
        found.append(Link(label, reverse("assignments:handing_out", args=[meeting.pk]) + "#given"))
    if meeting.is_from_paper and (count := _given_before(meeting).count()):
        label = _("Ghi kết quả kiểm điểm theo biên bản giấy (%(count)d việc chưa ghi)") % {"count": count}
        found.append(Link(label, reverse("assignments:list")))
    return found


def _given_before(meeting: Meeting) -> AssignmentQuerySet:
    """Work of this branch that was given before this meeting and is not yet reviewed."""
    rows = Assignment.objects.filter(body_id=meeting.body_id, meeting__starts_at__lt=meeting.starts_at)
    return rows.open()


def outcomes(meeting: Meeting, resolution_id: int) -> list[tuple[int, Outcome]]:
    """Of each target that was given to somebody: the branch's judgement and why, before that how the work stands."""
    rows = Assignment.objects.standing().filter(target__resolution=resolution_id)
    causes = causes_of(meeting)
    return [
        (row.target_id, _outcome(row, causes))
        for row in rows.select_related("review").order_by("pk")
        if row.target_id
    ]


def figures(meeting: Meeting) -> list[tuple[str, int]]:
    results = Counter(Review.objects.filter(meeting=meeting).values_list("result", flat=True))
    return [
        ("reviewed", results.total()),
        ("reviewed_met", results[Result.MET]),
        ("reviewed_partly", results[Result.PARTLY]),
        ("reviewed_not_met", results[Result.NOT_MET]),
    ]


def minutes_blocks(meeting: Meeting) -> list[Block]:
    """First what became of the work given before, then the work given now."""
    return [*_reviewed(meeting), *_given(meeting)]


def _reviewed(meeting: Meeting) -> list[Block]:
    rows = list(
        meeting.reviews.select_related("assignment__owner", "assignment__continued_by").order_by("pk")
    )
    if not rows:
        return []
    results = Counter(row.result for row in rows)
    counts = {result.value: results[result] for result in Result} | {"all": len(rows)}
    words = _("Kiểm điểm %(all)d việc: đạt %(met)d, đạt một phần %(partly)d, chưa đạt %(not_met)d.")
    return [
        Heading(_("Kiểm điểm nhiệm vụ đã giao"), level=2),
        Paragraph(words % counts),
        Table(
            header=(
                _("TT"),
                _("Nhiệm vụ"),
                _("Người thực hiện"),
                _("Kết quả"),
                _("Nguyên nhân"),
                _("Hạn mới"),
            ),
            rows=tuple(_reviewed_row(n, row) for n, row in enumerate(rows, 1)),
            widths=(2, 8, 5, 4, 6, 4),
            aligned=("center", "left", "left", "left", "left", "center"),
        ),
    ]


def _reviewed_row(number: int, row: Review) -> tuple[str, ...]:
    work = row.assignment
    successor = getattr(work, "continued_by", None)
    return (
        str(number),
        work.what,
        work.owner.full_name,
        f"{row.get_result_display()}: {row.actual}" if row.actual else row.get_result_display(),
        cause_of(row),
        day_words(successor and successor.due_on),
    )


def _given(meeting: Meeting) -> list[Block]:
    rows = Assignment.objects.given_at(meeting).select_related("owner").prefetch_related("helpers")
    table = tuple(
        (str(n), _with_management(row), _with_helpers(row), day_words(row.due_on))
        for n, row in enumerate(rows.order_by("pk"), 1)
    )
    if not table:
        return []
    return [
        Heading(_("Phân công nhiệm vụ"), level=2),
        Table(
            header=(_("TT"), _("Nhiệm vụ"), _("Người thực hiện"), _("Thời hạn")),
            rows=table,
            widths=(1, 6, 3, 2),
            aligned=("center", "left", "left", "center"),
        ),
    ]


def _with_management(row: Assignment) -> str:
    words = row.management_words
    return f"{row.what} ({lower_first(words)})" if words else row.what


def _with_helpers(row: Assignment) -> str:
    names = {"name": row.owner.full_name, "helpers": row.helper_names}
    return _("%(name)s; phối hợp: %(helpers)s") % names if row.helper_names else row.owner.full_name


def _line(row: Assignment) -> str:
    words = {
        "name": row.owner.full_name,
        "what": row.what,
        "due": day_words(row.due_on),
        "helpers": row.helper_names,
    }
    if row.helper_names:
        return _("Giao đồng chí %(name)s: %(what)s, hạn %(due)s; phối hợp: %(helpers)s") % words
    return _("Giao đồng chí %(name)s: %(what)s, hạn %(due)s") % words


def _outcome(row: Assignment, causes: tuple[Term, ...]) -> Outcome:
    review = getattr(row, "review", None)
    if review is None:
        return Outcome(row.get_status_display())
    words = str(review.get_result_display())
    if review.actual:
        words = f"{words}: {review.actual.rstrip('.')}"
    cause = "" if review.result == Result.MET else cause_words(review, causes).rstrip(".")
    return Outcome(words, cause)


def _still_to_settle(row: Assignment) -> str:
    """What has been agreed holds nobody up any more."""
    is_open = row.management == Management.NEEDED
    return _("; cần thống nhất với lãnh đạo cơ quan, đơn vị") if is_open else ""


def _why(row: Assignment, meeting: Meeting) -> str:
    words = {
        "name": row.owner.full_name,
        "due": day_words(row.due_on),
        "state": row.get_status_display().lower(),
        # The sentence that it becomes a part of has its own full stop.
        "cause": _cause_before(row, meeting).rstrip("."),
        "obstacle": (getattr(row, "obstacle", "") or "").rstrip("."),
    }
    if row.status == AssignmentStatus.STUCK:
        if words["obstacle"]:
            return _("giao đồng chí %(name)s, hạn %(due)s, đang vướng mắc: %(obstacle)s") % words
        return _("giao đồng chí %(name)s, hạn %(due)s, đang vướng mắc") % words
    if row.is_taken_over:
        return _("nhận từ chi bộ đã kết thúc hoạt động, đồng chí %(name)s, hạn %(due)s, %(state)s") % words
    if words["cause"]:
        return _("chuyển tiếp từ tháng trước vì %(cause)s; đồng chí %(name)s, hạn %(due)s, %(state)s") % words
    if row.continues_id:
        return _("chuyển tiếp từ tháng trước, đồng chí %(name)s, hạn %(due)s, %(state)s") % words
    return _("giao đồng chí %(name)s, hạn %(due)s, %(state)s") % words


def _cause_before(row: Assignment, meeting: Meeting) -> str:
    """Why what it continues was not finished, as the review found it; "" when it continues nothing."""
    review = getattr(row.continues, "review", None)
    if review is None:
        return ""
    # A review of a branch that has ended was made under the rules of another place.
    scopes = rules_of(meeting).scopes if review.meeting.body_id == meeting.body_id else ()
    words = cause_words(review, rules_on(meeting_day(review.meeting), scopes).vocabulary.causes)
    return words[:1].lower() + words[1:]
