"""What a meeting learns from its preparation (see `meetings.providers`), and whose its files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.meetings.models import MeetingKind, ThematicPart
from nenep.meetings.preparation import is_late
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import Due, Link, PreparationStep
from nenep.preparing.access import PaperAccess
from nenep.preparing.agreements import regulation_on, regulation_words
from nenep.preparing.dates import PARTS, due_of, usual_day
from nenep.preparing.models import Agreement, Duty, Material, Regulation
from nenep.preparing.shown import Beside, beside, review_of_regulation
from nenep.preparing.thematic import SENTENCES, presenting

if TYPE_CHECKING:
    from collections.abc import Collection

    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer

# Parts of the agenda that bring information from above: each says what it means for the branch (R112).
INFORMATION = "information"


def duties(meeting: Meeting) -> list[tuple[str, Due]]:
    """Every step that can be given, with the day of the rules where nobody has been given it."""
    rows = {duty.step: duty for duty in Duty.objects.filter(meeting=meeting).select_related("owner")}
    found = []
    for step in PARTS:
        url = reverse("preparing:duty_change", args=[meeting.pk, step])
        duty = rows.get(step)
        if duty is None:
            found.append((step, Due(usual_day(meeting, step), url=url)))
            continue
        duty.meeting = meeting
        found.append((step, Due(due_of(duty), duty.owner.full_name, bool(duty.reported_at), url)))
    return found


def links(viewer: Viewer, meeting: Meeting) -> list[Link]:
    """For whoever presents a part, or was given the papers: where they are sent."""
    can = PaperAccess(viewer, meeting)
    if can.keep_all or not meeting.is_being_prepared or not can.own_items().exists():
        return []
    url = reverse("preparing:material_addition", args=[meeting.pk])
    return [Link(_("Đưa tài liệu cho phần đồng chí chuẩn bị"), url)]


def preparation(meeting: Meeting) -> list[PreparationStep]:
    parts = beside(meeting).values()
    steps = _thematic(meeting, parts) if meeting.kind == MeetingKind.THEMATIC else []
    return [*steps, _materials(meeting, parts), _management(meeting, parts), *_regulation(meeting)]


def material_is_readable(viewer: Viewer, material_id: int) -> bool:
    """Whether a file of this material is for the viewer (`files.owners`)."""
    return Material.objects.visible_to(viewer).filter(pk=material_id).exists()


def regulation_is_readable(viewer: Viewer, regulation_id: int) -> bool:
    return Regulation.objects.visible_to(viewer).filter(pk=regulation_id).exists()


def _thematic(meeting: Meeting, parts: Collection[Beside]) -> list[PreparationStep]:
    """Who presents, and the paper: its question is a step of every meeting."""
    presented = presenting(meeting, list(meeting.items.all()))
    has_paper = any(material.is_paper for part in parts for material in part.materials)
    name = presented.presenter.full_name if presented and presented.presenter else ""
    paper = _("Đã có báo cáo.") if has_paper else str(SENTENCES[ThematicPart.PAPER])
    if name and not has_paper:
        paper += " " + _("Đồng chí %(name)s trình bày và chuẩn bị báo cáo.") % {"name": name}
    agenda = reverse("meetings:agenda", args=[meeting.pk])
    materials = reverse("preparing:materials", args=[meeting.pk])
    return [
        PreparationStep(
            _("Người trình bày chuyên đề"),
            bool(name),
            name or str(SENTENCES[ThematicPart.PRESENTER]),
            agenda,
            key="presenter",
            is_expected=True,
        ),
        PreparationStep(
            _("Báo cáo chuyên đề"),
            has_paper,
            paper,
            materials,
            key="paper",
            is_expected=True,
        ),
    ]


def _materials(meeting: Meeting, parts: Collection[Beside]) -> PreparationStep:
    """Done when every part that informs says what that means for the branch."""
    silent = [
        part.title
        for part in parts
        if part.category == INFORMATION and not any(material.digest for material in part.materials)
    ]
    count = sum(len(part.materials) for part in parts)
    if silent:
        hint = _("Chưa ghi “Điều này có nghĩa gì với chi bộ ta” cho: %(titles)s.") % {
            "titles": "; ".join(silent)
        }
    elif count:
        hint = _("Có %(count)d tài liệu.") % {"count": count}
    else:
        hint = _("Kỳ này không có nội dung nào cần tài liệu.")
    late = [
        material.title
        for part in parts
        for material in part.materials
        if is_late(meeting, timezone.localdate(material.kept_at))
    ]
    if late:
        hint += " " + _("Đưa hoặc sửa muộn so với quy định: %(titles)s.") % {"titles": "; ".join(late)}
    url = reverse("preparing:materials", args=[meeting.pk])
    return PreparationStep(_("Tài liệu và ý nghĩa với chi bộ"), not silent, hint, url, key="materials")


def _regulation(meeting: Meeting) -> list[PreparationStep]:
    """Only once the review of the one in force is due (R104): until then there is nothing to do."""
    day, review_on = meeting_day(meeting), review_of_regulation(meeting)
    if review_on is None or review_on > day:
        return []
    hint = regulation_words(regulation_on(meeting.body_id, day), day)
    url = reverse("preparing:regulations", args=[meeting.body_id])
    return [PreparationStep(_("Rà soát quy chế phối hợp"), is_done=False, hint=hint, url=url)]


def _management(meeting: Meeting, parts: Collection[Beside]) -> PreparationStep:
    """Needed before a thematic meeting (R153) and for the parts that are marked (R162)."""
    label = _("Bàn với lãnh đạo cơ quan, đơn vị")
    url = reverse("preparing:agreements", args=[meeting.pk])
    shared = [part for part in parts if part.is_shared]
    if not shared and meeting.kind != MeetingKind.THEMATIC:
        hint = _("Kỳ này không có nội dung nào được đánh dấu cần thống nhất.")
        return PreparationStep(label, is_done=True, hint=hint, url=url, key="management")
    is_open = [part.title for part in shared if part.agreed is None]
    has_talked = bool(shared) or Agreement.objects.filter(meeting=meeting).exists()
    if is_open:
        hint = _("Chưa thống nhất: %(titles)s.") % {"titles": "; ".join(is_open)}
    else:
        hint = _("Đã ghi.") if has_talked else _("Chưa ghi lần bàn nào trước kỳ chuyên đề.")
    day = meeting_day(meeting)
    regulation = regulation_words(regulation_on(meeting.body_id, day), day)
    is_done = has_talked and not is_open
    return PreparationStep(label, is_done, f"{hint} {regulation}", url, key="management")
