"""What becomes of a file that was read: corrected one suggestion at a time, then entered or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.arrivals.intake_page import text_of
from nenep.arrivals.models import Arrival, Intake
from nenep.arrivals.operations import register_outside
from nenep.files.models import Attachment
from nenep.files.operations import hand_over, remove
from nenep.journal.operations import record
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.shared.viewer import Viewer


@transaction.atomic
def correct(intake: Intake, key: int, *, is_accepted: bool) -> None:
    """Take the suggestion of a suspect, or put back what was read; `key` counts from 1. Refused where there is none."""
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    suspects = locked.read.get("suspects", ())
    if not (0 < key <= len(suspects) and suspects[key - 1]["suggestion"]):
        raise Refused(_("Chỗ này không có gợi ý để dùng."))
    chosen = {*locked.accepted, key} if is_accepted else {*locked.accepted} - {key}
    intake.accepted = sorted(chosen)
    intake.save(update_fields=["accepted"])


@transaction.atomic
def enter(
    intake: Intake,
    *,
    head: Mapping[str, Any],
    arrived: str,
    number: int | None,
    purpose: str,
    by: Viewer | None,
) -> Arrival:
    """Enter the paper as `register_outside` does, with the text as it was read and corrected; its file goes along."""
    locked = Intake.objects.select_for_update().filter(pk=intake.pk).first()
    if locked is None:
        return _entered_before(intake)
    if not locked.is_read:
        raise Refused(_("Tệp này chưa đọc xong. Đồng chí mở lại trang sau ít phút."))
    scan = Attachment.objects.of(locked).first()
    arrival = register_outside(
        locked.body,
        head={**head, "text": text_of(locked)},
        arrived=arrived,
        number=number,
        purpose=purpose,
        sha256=scan.sha256 if scan else "",
        once=locked.once,
        by=by,
    )
    hand_over(locked, arrival, by=by)
    locked.delete()
    return arrival


@transaction.atomic
def give_up(intake: Intake, *, by: Viewer | None) -> None:
    """Erase the file and what was read from it."""
    for attachment in Attachment.objects.of(intake):
        remove(attachment, by=by)
    record("intake.given_up", by=by, body=intake.body_id, obj=intake)
    intake.delete()


def _entered_before(intake: Intake) -> Arrival:
    if made := Arrival.objects.filter(body=intake.body_id, once=intake.once).first():
        return made
    raise Refused(_("Tệp này đã bỏ. Đồng chí tải lại tệp nếu vẫn cần vào sổ."))
