"""The versions of a draft: what each save wrote, and what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.resolutions.models import DraftVersion
from nenep.shared.dates import now
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from nenep.resolutions.models import Resolution, Target
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the draft that a version changed: the lines that went and the lines that came."""

    part: str
    gone: list[str]
    come: list[str]


def keep_version(resolution: Resolution, targets: list[Target], *, by: Viewer | None) -> DraftVersion:
    """Write the draft down as it has just been saved."""
    return DraftVersion.objects.create(
        resolution=resolution,
        number=resolution.revision,
        title=resolution.title,
        review=resolution.review,
        direction=resolution.direction,
        organization=resolution.organization,
        targets=[_kept(target) for target in targets],
        by_id=member_of(by),
        at=now(),
    )


def changes(before: DraftVersion, after: DraftVersion) -> list[Change]:
    """What is different in `after`, part by part in the order of the paper."""
    was, is_now = parts_of(before), parts_of(after)
    found = [_change(part, was[part], is_now[part]) for part in was]
    return [change for change in found if change.gone or change.come]


def parts_of(version: DraftVersion) -> dict[str, list[str]]:
    """The lines of each part, under the heading that people know."""
    return {
        _("Trích yếu"): [version.title],
        _("Phần đánh giá"): _lines(version.review),
        _("Phương hướng, nhiệm vụ"): _lines(version.direction),
        _("Nhiệm vụ, chỉ tiêu"): [target_line(target) for target in version.targets],
        _("Tổ chức thực hiện"): _lines(version.organization),
    }


def target_line(target: dict[str, Any]) -> str:
    """A kept target in one line, what it lacks left out."""
    year, month, day = (target["due_on"] or "--").split("-")
    said = [
        target["what"],
        _("chủ trì: %(name)s") % {"name": target["lead"]} if target["lead"] else "",
        _("hạn %(day)s") % {"day": f"{day}/{month}/{year}"} if day else "",
        target["measure"],
    ]
    return ", ".join(part for part in said if part)


def _kept(target: Target) -> dict[str, Any]:
    return {
        "id": target.pk,
        "what": target.what,
        "lead": target.lead.full_name if target.lead else "",
        "due_on": target.due_on.isoformat() if target.due_on else "",
        "measure": target.measure,
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _change(part: str, was: list[str], is_now: list[str]) -> Change:
    gone: list[str] = []
    come: list[str] = []
    for _what, i, j, k, m in SequenceMatcher(a=was, b=is_now, autojunk=False).get_opcodes():
        if was[i:j] != is_now[k:m]:
            gone += was[i:j]
            come += is_now[k:m]
    return Change(part, gone, come)
