"""Raised, answered or passed up, taken back; and forgotten when the time of keeping is over.

The journal never says who raised what bears no name: its events have no actor where the author acts, and no subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.concerns.models import Concern, ConcernStatus, Theme, Way
from nenep.concerns.reads import answer_by, keepers_of, office_of, ways_offered
from nenep.journal.operations import record
from nenep.notices.operations import notify
from nenep.organizations.models import Body
from nenep.organizations.reads import ancestors_on, parent_on
from nenep.shared.dates import now, today
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from nenep.shared.viewer import Viewer


@transaction.atomic
def raise_concern(
    body_id: int,
    *,
    theme: Theme,
    text: str,
    way: Way,
    for_others: bool = False,
    may_be_named_above: bool = False,
    once: UUID | None = None,
    by: Viewer,
) -> Concern:
    """Keep what a member raises in the branch and tell whoever owes the answer.

    Refused for a way that the committee does not offer, and while nobody holds the office that answers.
    """
    hold(Body.objects.get(pk=body_id))
    found: Concern | None = made_before(Concern.objects.filter(body=body_id, author=by.member_id), once)
    if found:
        return found
    if way not in ways_offered(body_id):
        raise Refused(_("Cách này hiện không dùng ở chi bộ. Đồng chí chọn cách khác."), field="way")
    keepers = keepers_of(body_id, by.member_id)
    if not keepers:
        raise Refused(
            _(
                "Chi bộ chưa có bí thư, phó bí thư nào nhận trả lời. Đồng chí gặp trực tiếp chi ủy hoặc cấp trên."
            )
        )
    concern = Concern(
        body_id=body_id,
        author_id=by.member_id,
        theme=theme,
        text=text.strip(),
        way=way,
        for_others=for_others,
        may_be_named_above=may_be_named_above,
        raised_at=now(),
        answer_by=answer_by(body_id),
        once=once,
    )
    concern.full_clean()
    concern.save()
    record("concern.raised", by=_actor(concern, by), body=body_id, obj=concern)
    title = _("Có tâm tư, kiến nghị chờ đồng chí trả lời")
    _tell(keepers, "concern.raised", title, concern, by=_actor(concern, by))
    return concern


@transaction.atomic
def answer_concern(concern: Concern, *, answer: str, by: Viewer | None) -> None:
    """The secretary answers what was raised, the committee what was passed up to it; the author is told."""
    _hold_open(concern)
    was_passed_up = concern.status == ConcernStatus.PASSED_UP
    move(
        concern,
        ConcernStatus.ANSWERED,
        answer=answer.strip(),
        answered_at=now(),
        answered_by_id=member_of(by),
    )
    record("concern.answered", by=by, body=concern.body_id, obj=concern)
    _tell_author(concern, "concern.answered", _("Điều đồng chí nêu đã được trả lời"), by=by)
    if was_passed_up:
        title = _("Cấp trên đã trả lời một kiến nghị của chi bộ")
        keepers = keepers_of(concern.body_id, concern.author_id)
        _tell(keepers, "concern.answered", title, concern, by=by)


@transaction.atomic
def pass_up(concern: Concern, *, asked: str, to: int | None = None, by: Viewer | None) -> None:
    """Give what is beyond the branch to the committee directly above, saying what is asked; it owes the answer then.

    `to`: a committee further up, for a doubtful item that needs an official answer (R129). ValueError for another body.
    """
    _hold_open(concern)
    committee = to or parent_on(concern.body_id, today())
    if to and (concern.theme != Theme.DOUBT or to not in ancestors_on(concern.body_id, today())):
        raise ValueError(f"concern {concern.pk} does not go to body {to}")
    if committee is None:
        raise Refused(_("Phần mềm chưa ghi tổ chức cấp trên của chi bộ. Đồng chí báo người quản trị."))
    move(
        concern,
        ConcernStatus.PASSED_UP,
        committee_id=committee,
        asked=asked.strip(),
        answer_by=answer_by(committee),
    )
    record("concern.passed_up", by=by, body=concern.body_id, obj=concern)
    title = _("Có kiến nghị của chi bộ chuyển lên, chờ trả lời")
    _tell(_owing(concern), "concern.passed_up", title, concern, by=by)
    _tell_author(concern, "concern.passed_up", _("Điều đồng chí nêu đã được chuyển lên cấp trên"), by=by)


@transaction.atomic
def take_back(concern: Concern, *, by: Viewer) -> None:
    """Its author thinks otherwise, while nobody has answered; nobody else sees it from then on."""
    _hold_open(concern)
    move(concern, ConcernStatus.TAKEN_BACK)
    record("concern.taken_back", by=_actor(concern, by), body=concern.body_id, obj=concern)


@transaction.atomic
def remind(concern: Concern, kind: str, title: str) -> None:
    """Tell whoever owes the answer now."""
    _tell(_owing(concern), kind, title, concern, by=None)


def forget_concerns(before: date) -> int:
    """Erase author and texts of those raised before that day; theme and state stay to be counted."""
    rows = Concern.objects.filter(raised_at__date__lt=before, author__isnull=False)
    gone = {"author": None, "text": "", "asked": "", "answer": "", "answered_by": None, "once": None}
    return rows.update(**gone)


def _hold_open(concern: Concern) -> None:
    """Lock it as the page showed it: somebody else may have answered or passed it up, its author taken it back."""
    seen = concern.status
    hold(concern)
    if not concern.is_open:
        raise Refused(_("Điều này đã có trả lời hoặc đã được rút lại. Đồng chí mở lại trang để xem."))
    if concern.status != seen:
        raise Refused(_("Điều này đã chuyển lên cấp trên, cấp trên trả lời. Đồng chí mở lại trang để xem."))


def _owing(concern: Concern) -> list[int]:
    """Members who owe the answer now: in the committee, where it was passed up."""
    if concern.status == ConcernStatus.PASSED_UP and concern.committee_id:
        return [one for one in office_of(concern.committee_id) if one != concern.author_id]
    return keepers_of(concern.body_id, concern.author_id)


def _actor(concern: Concern, by: Viewer) -> Viewer | None:
    """Who stands in the journal where the author acts: nobody, unless the branch hears the name anyway."""
    return by if concern.way == Way.NAMED else None


def _tell(members: Iterable[int], kind: str, title: str, concern: Concern, *, by: Viewer | None) -> None:
    url = reverse("concerns:page", args=[concern.pk])
    notify(
        members, kind=kind, title=title, url=url, body=concern.body_id, about=concern, by_hand=False, by=by
    )


def _tell_author(concern: Concern, kind: str, title: str, *, by: Viewer | None) -> None:
    """Leads to the own page and names no record: reading the notice leaves no trace of whose concern it was.

    Of no body and never carried by hand: those who lead a branch see how its notices reached whom.
    """
    assert concern.author_id is not None  # it is open
    url = reverse("concerns:mine")
    notify([concern.author_id], kind=kind, title=title, url=url, body=None, by_hand=False, by=by)
