"""What a meeting learns from assignments (see `meetings.providers`): the next meeting is born filled with them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.assignments.models import Assignment, AssignmentStatus, Result, Review
from nenep.documents.content import Paragraph, Table
from nenep.meetings.providers import Suggestion

if TYPE_CHECKING:
    from nenep.documents.content import Block
    from nenep.meetings.models import Meeting


def suggestions(meeting: Meeting) -> list[Suggestion]:
    """Work of this branch that was given before this meeting and is not yet reviewed."""
    rows = Assignment.objects.filter(body_id=meeting.body_id, meeting__starts_at__lt=meeting.starts_at)
    return [
        Suggestion(
            key=f"assignment:{row.pk}",
            category="political_task",
            title=row.what,
            why=_why(row),
            url=reverse("assignments:page", args=[row.pk]),
        )
        for row in rows.open().for_list()
    ]


def item_lines(meeting: Meeting) -> list[tuple[int, str]]:
    rows = meeting.assignments.filter(item__isnull=False).select_related("owner").order_by("pk")
    return [(row.item_id, _line(row)) for row in rows if row.item_id]


def figures(meeting: Meeting) -> list[tuple[str, int]]:
    results = Counter(Review.objects.filter(meeting=meeting).values_list("result", flat=True))
    return [
        ("reviewed", results.total()),
        ("reviewed_met", results[Result.MET]),
        ("reviewed_partly", results[Result.PARTLY]),
        ("reviewed_not_met", results[Result.NOT_MET]),
    ]


def minutes_blocks(meeting: Meeting) -> list[Block]:
    rows = list(meeting.assignments.select_related("owner").order_by("pk"))
    if not rows:
        return []
    table = [
        [str(n), row.what, row.owner.full_name, f"{row.due_on:%d/%m/%Y}"] for n, row in enumerate(rows, 1)
    ]
    return [
        Paragraph(_("Phân công nhiệm vụ:")),
        Table(
            header=(_("TT"), _("Nhiệm vụ"), _("Người thực hiện"), _("Thời hạn")),
            rows=tuple(map(tuple, table)),
        ),
    ]


def _line(row: Assignment) -> str:
    return _("Giao đồng chí %(name)s: %(what)s, hạn %(due)s") % {
        "name": row.owner.full_name,
        "what": row.what,
        "due": f"{row.due_on:%d/%m/%Y}",
    }


def _why(row: Assignment) -> str:
    words = {
        "name": row.owner.full_name,
        "due": f"{row.due_on:%d/%m/%Y}",
        "state": row.get_status_display().lower(),
    }
    if row.status == AssignmentStatus.STUCK:
        return _("giao đồng chí %(name)s, hạn %(due)s, đang vướng mắc") % words
    if row.continues_id:
        return _("chuyển tiếp từ tháng trước, đồng chí %(name)s, hạn %(due)s, %(state)s") % words
    return _("giao đồng chí %(name)s, hạn %(due)s, %(state)s") % words
