from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.discussions.models import LONGEST, Answer, Discussion
from nenep.discussions.sources import items_of
from nenep.journal.operations import record
from nenep.organizations.turns import take_turns
from nenep.people.naming import named_in
from nenep.shared.dates import now, today
from nenep.shared.stale import Stale
from nenep.shared.states import Refused
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nenep.discussions.sources import Source
    from nenep.shared.viewer import Viewer


@transaction.atomic
def answer_questions(
    source: Source,
    body_id: int,
    *,
    texts: Mapping[str, str],
    may_be_read: bool,
    seen: int = 0,
    by: Viewer | None,
) -> Discussion:
    """Keep what the branch answers: question -> words, empty ones take an answer away.

    Refused before its meeting has discussed the matter, after it was withdrawn, when nothing is said at all, and when a
    text names a member of the branch: an answer is the branch's. Stale when somebody saved since revision `seen`.
    """
    take_turns(body_id)
    if not source.is_open:
        raise Refused(_("Nội dung này đã thu hồi nên không trả lời nữa."))
    if not items_of(source, {body_id}):
        raise Refused(_("Chi bộ chưa bàn nội dung này tại kỳ sinh hoạt nào, nên chưa trả lời được."))
    if strangers := set(texts) - set(source.questions):
        raise ValueError(f"{strangers} are no questions of {source.kind} {source.pk}")
    said = {question: text.strip() for question, text in texts.items() if text.strip()}
    _refuse_names(source, body_id, said)
    row = Discussion.objects.filter(body=body_id, kind=source.kind, source_id=source.pk).first()
    row = row or Discussion(body_id=body_id, kind=source.kind, source_id=source.pk)
    kept = {one.question: one.text for one in row.answers.all()} if row.pk else {}
    if row.revision != seen:
        if kept == said and row.may_be_read == may_be_read:
            return row
        raise Stale(list(kept.items()), row.revision)
    if not said and not kept:
        raise Refused(_("Đồng chí trả lời ít nhất một câu."))
    row.may_be_read, row.revision = may_be_read, row.revision + 1
    row.answered_at, row.answered_by_id = now(), member_of(by)
    row.full_clean()
    row.save()
    row.answers.all().delete()
    answers = [Answer(discussion=row, question=question, text=text) for question, text in said.items()]
    for answer in answers:
        answer.full_clean()
    Answer.objects.bulk_create(answers)
    record("discussion.answered", by=by, body=body_id, obj=row, answers=len(answers))
    return row


def _refuse_names(source: Source, body_id: int, said: Mapping[str, str]) -> None:
    for question, text in said.items():
        if name := named_in(text, body_id, today()):
            says = _("Câu trả lời là của chi bộ, không ghi ai đã nói gì. Đồng chí bỏ tên “%(name)s”.")
            field = f"answer_{source.questions.index(question) + 1}"
            raise Refused(says % {"name": name}, field=field)


def with_offer(typed: str, offer: str) -> str:
    """What was typed with words of the minutes below it, as long as an answer may be."""
    return "\n".join(filter(None, [typed.rstrip(), offer.strip()]))[:LONGEST]
