from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.people.reads import branch_on
from nenep.people.telling import tell
from nenep.privacy.inventory import inventory
from nenep.privacy.models import CorrectionRequest, CorrectionState
from nenep.shared.dates import now, today
from nenep.shared.states import Refused, move
from nenep.shared.vietnamese import clean

if TYPE_CHECKING:
    from nenep.access.models import Account
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer


@transaction.atomic
def ask_correction(
    member: Member, *, field: str, row: int | None, proposed: str, reason: str, by: Viewer
) -> CorrectionRequest:
    """Ask that a value be put right; `field` is a key of the inventory."""
    body = branch_on(member.pk, today())
    if body is None:
        raise Refused(
            _("Đồng chí không còn sinh hoạt ở chi bộ nào. Đồng chí gửi đề nghị bằng giấy tới đảng ủy cơ sở.")
        )
    entry = inventory().get(field)
    if entry is None or not entry.personal:
        raise Refused(_("Không có mục dữ liệu này. Đồng chí chọn lại ở trang Dữ liệu của tôi."))
    request = CorrectionRequest(
        member=member,
        body_id=body,
        field=field,
        row=row,
        proposed=clean(proposed),
        reason=clean(reason),
        asked_at=now(),
    )
    try:
        request.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    request.save()
    record("correction.asked", by=by, body=body, obj=request, subject=member.pk, field=field)
    return request


@transaction.atomic
def answer_correction(
    request: CorrectionRequest, *, corrected: bool, answer: str, answerer: Account, by: Viewer
) -> None:
    """Say what was done; a refusal needs its reason, which the person sees. The person is told."""
    answer = clean(answer)
    if not corrected and not answer:
        raise Refused(_("Không sửa thì phải nói rõ lý do để đồng chí ấy biết."))
    move(
        request,
        CorrectionState.CORRECTED if corrected else CorrectionState.REFUSED,
        field="state",
        answer=answer,
        answered_at=now(),
        answered_by=answerer,
    )
    record(
        "correction.answered",
        by=by,
        body=request.body_id,
        obj=request,
        subject=request.member_id,
        corrected=corrected,
    )
    tell(
        [request.member_id],
        kind="correction.answered",
        title=_("Đề nghị sửa dữ liệu của đồng chí đã được trả lời"),
        text="",
        url="/privacy/corrections/",
        body=request.body_id,
        by=by,
    )


@transaction.atomic
def note_download(*, member_id: int, by: Viewer) -> None:
    record("data.downloaded", by=by, body=branch_on(member_id, today()), subject=member_id)
