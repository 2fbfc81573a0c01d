from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.organizations.turns import take_turns
from nenep.people.reads import branch_on, roster
from nenep.shared.dates import now, today
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold
from nenep.studies.models import (
    MOST_OPTIONS,
    MOST_QUESTIONS,
    CheckOption,
    CheckQuestion,
    CheckTaken,
    Present,
    Session,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from nenep.shared.viewer import Viewer


@transaction.atomic
def hold_session(
    body_id: int, *, words: Mapping[str, Any], once: UUID | None = None, by: Viewer | None
) -> Session:
    """`words`: title, held_at, place, presenter, material, raised, and a directive or a document, or neither."""
    take_turns(body_id)
    found: Session | None = made_before(Session.objects.filter(body=body_id), once)
    if found:
        return found
    session = Session(body_id=body_id, once=once, **words)
    session.full_clean()
    session.save()
    record("session.held", by=by, body=body_id, obj=session)
    return session


@transaction.atomic
def remove_session(session: Session, *, by: Viewer | None) -> None:
    """It was entered by mistake; refused once somebody was said to have been there, or has answered."""
    _hold_open(session)
    if session.present.exists() or session.taken.exists():
        raise Refused(_("Đã ghi người dự hoặc đã có người trả lời nên không bỏ được nữa."))
    record("session.removed", by=by, body=session.body_id, obj=session)
    session.delete()


@transaction.atomic
def close_session(session: Session, *, by: Viewer | None) -> None:
    """Who was there is known; nobody answers any more, and the counts may be told."""
    _hold_open(session)
    _require_begun(session)
    session.closed_at = now()
    session.save(update_fields=["closed_at"])
    record("session.closed", by=by, body=session.body_id, obj=session)


@transaction.atomic
def say_present(
    session: Session, branch_id: int, *, was: Collection[int], chosen: Collection[int], by: Viewer | None
) -> int:
    """Who of a branch was there; returns how many are said to have been. `was`: who the page showed as there.

    What another has said meanwhile of somebody whom the page leaves as shown stays.
    """
    _hold_open(session)
    _require_begun(session)
    day = timezone.localdate(session.held_at)
    listed = {entry.member_id for entry in roster(branch_id, day) if not entry.is_suspended}
    if strangers := (set(chosen) | set(was)) - listed:
        raise ValueError(f"members {strangers} are not on the list of branch {branch_id}")
    there = set(session.present.filter(branch=branch_id).values_list("member_id", flat=True))
    gone, come = set(was) - set(chosen), set(chosen) - set(was) - there
    elsewhere = set(session.present.filter(member__in=come).values_list("member_id", flat=True))
    session.present.filter(branch=branch_id, member__in=gone).delete()
    Present.objects.bulk_create(
        [Present(session=session, member_id=key, branch_id=branch_id, at=now()) for key in come - elsewhere]
    )
    if gone & there or come - elsewhere:
        record("session.present", by=by, body=branch_id, obj=session, come=len(come), gone=len(gone))
    return session.present.filter(branch=branch_id).count()


@transaction.atomic
def ask(
    session: Session, *, text: str, options: Sequence[str], right: int, by: Viewer | None
) -> CheckQuestion:
    """One question of the check; `right`: the place of the right one of two to four options, from 1.

    Refused once somebody has answered: all answer the same. The same question said twice is one.
    """
    _hold_open(session)
    if session.taken.exists():
        raise Refused(_("Đã có đồng chí trả lời nên không thêm câu hỏi được nữa."))
    if same := session.check_questions.filter(text=text).first():
        return same
    if session.check_questions.count() >= MOST_QUESTIONS:
        raise Refused(_("Nhiều nhất %(count)d câu hỏi.") % {"count": MOST_QUESTIONS})
    if not 2 <= len(options) <= MOST_OPTIONS:  # a choice
        raise Refused(_("Đồng chí ghi từ hai đến bốn phương án, mỗi dòng một phương án."), field="options")
    if not 1 <= right <= len(options):
        raise Refused(_("Đồng chí ghi phương án đúng là dòng thứ mấy."), field="right")
    question = CheckQuestion.objects.create(session=session, text=text)
    CheckOption.objects.bulk_create(
        CheckOption(question=question, text=option, is_right=place == right)
        for place, option in enumerate(options, 1)
    )
    record("session.asked", by=by, body=session.body_id, obj=session)
    return question


@transaction.atomic
def answer_check(session: Session, chosen: Mapping[int, int], *, by: Viewer) -> None:
    """Count the answers of the acting member: question -> option, each question once. It cannot be changed afterwards.

    The event has no actor: with one, the journal would say who answered just when a count grew.
    """
    _hold_open(session)
    _require_begun(session)
    options = {row.pk: row.question_id for row in CheckOption.objects.filter(question__session=session)}
    asked = set(session.check_questions.values_list("pk", flat=True))
    if not asked or set(chosen) != asked or any(options.get(key) != place for place, key in chosen.items()):
        raise Refused(_("Đồng chí trả lời đủ các câu hỏi."))
    branch = branch_on(by.member_id or 0, today())
    _row, is_new = CheckTaken.objects.get_or_create(session=session, member_id=by.member_id)
    if not is_new:
        raise Refused(_("Câu trả lời của đồng chí đã được đếm."))
    CheckOption.objects.filter(pk__in=chosen.values()).update(chosen=F("chosen") + 1)
    record("session.answered", by=None, body=branch or session.body_id, obj=session)


def _hold_open(session: Session) -> None:
    hold(session)
    if session.closed_at:
        raise Refused(_("Hội nghị này đã kết thúc ghi."))


def _require_begun(session: Session) -> None:
    if session.held_at > now():
        raise Refused(_("Hội nghị chưa đến giờ nên chưa ghi người dự được."))
