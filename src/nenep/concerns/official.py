"""Official answers: published to bodies below by the committee that answered a doubtful item, withdrawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.concerns.access import is_publishable
from nenep.concerns.models import OfficialAnswer
from nenep.journal.operations import record
from nenep.organizations.models import Body
from nenep.people.naming import named_in
from nenep.shared.dates import now, today
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from nenep.concerns.models import Concern
    from nenep.shared.viewer import Viewer


@transaction.atomic
def publish_answer(
    concern: Concern,
    *,
    question: str,
    answer: str,
    why_it_matters: str,
    chosen: Collection[int] = (),
    once: UUID | None = None,
    by: Viewer | None,
) -> OfficialAnswer:
    """Publish to the `chosen` bodies directly below and all under them; to everybody below where none is chosen.

    Refused when a text names somebody of the branch that asked. ValueError for bodies elsewhere. The event and the row
    say which committee speaks; the branch that asked and its member stay where the concern keeps them.
    """
    hold(concern)
    committee = concern.committee_id
    if found := made_before(OfficialAnswer.objects.filter(body=committee or 0), once):
        return found
    if (
        committee is None
        or not is_publishable(concern)
        or OfficialAnswer.objects.filter(concern=concern).exists()
    ):
        raise Refused(_("Điều này chưa được cấp ủy trả lời, hoặc câu trả lời đã công bố."))
    below = set(Body.objects.on(today()).children_of(committee, today()).values_list("pk", flat=True))
    if strangers := set(chosen) - below:
        raise ValueError(f"bodies {strangers} are not directly below {committee}")
    for field, text in (("question", question), ("answer", answer), ("why_it_matters", why_it_matters)):
        if name := named_in(text, concern.body_id, today()):
            raise Refused(_("Đồng chí bỏ tên “%(name)s”: không để lộ ai hỏi.") % {"name": name}, field=field)
    row = OfficialAnswer(
        body_id=committee,
        concern=concern,
        question=question,
        answer=answer.strip(),
        why_it_matters=why_it_matters,
        published_at=now(),
        once=once,
    )
    row.full_clean()
    row.save()
    row.chosen.set(chosen)
    record("answer.published", by=by, body=committee, obj=row)
    return row


@transaction.atomic
def withdraw_answer(row: OfficialAnswer, *, by: Viewer | None) -> None:
    """Nobody below reads it any more; a second time changes nothing."""
    hold(row)
    if row.withdrawn_at is None:
        row.withdrawn_at = now()
        row.save(update_fields=["withdrawn_at"])
        record("answer.withdrawn", by=by, body=row.body_id, obj=row)
