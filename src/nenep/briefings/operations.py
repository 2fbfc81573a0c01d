"""The verbs of a briefing. Decisions are told when it closes; after that nothing changes but what bodies have done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.briefings.exports import compose, period_words
from nenep.briefings.figures import as_kept, bodies_of, body_figures
from nenep.briefings.models import (
    Briefing,
    BriefingStatus,
    Decision,
    DecisionStatus,
    Method,
    Note,
    Represented,
)
from nenep.briefings.reads import period_for, secretaries_of
from nenep.documents.storing import as_json
from nenep.journal.operations import record
from nenep.notices.operations import notify
from nenep.organizations.models import UnitType
from nenep.organizations.turns import take_turns
from nenep.people.models import Member
from nenep.plans.models import EntryKind, EntryStatus
from nenep.shared.dates import month_start, now, today
from nenep.shared.once import is_stored, made_before
from nenep.shared.stale import Stale, stale
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.shared.words import moment_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from nenep.organizations.models import Cluster
    from nenep.plans.models import Entry
    from nenep.shared.viewer import Viewer


@transaction.atomic
def open_briefing(
    cluster: Cluster, *, frame: Mapping[str, Any], once: UUID | None = None, by: Viewer | None
) -> Briefing:
    """Open a briefing; `frame` is months, hour, place and chair. The bodies are told if its hour is still to come."""
    take_turns(cluster.owner_id)
    found: Briefing | None = made_before(Briefing.objects.filter(cluster=cluster), once)
    if found:
        return found
    return _open(Briefing(cluster=cluster, once=once, **frame), by=by)


@transaction.atomic
def open_from_plan(cluster: Cluster, entry: Entry, *, by: Viewer | None) -> Briefing:
    """Open the briefing of an entry of the committee's plan, at its hour and place; one that is there is returned."""
    take_turns(cluster.owner_id)
    hold(entry, EntryStatus.STANDING, says=_("Kỳ này đã bỏ khỏi kế hoạch."))
    if entry.kind != EntryKind.CLUSTER_BRIEFING or entry.plan.body_id != cluster.owner_id:
        raise Refused(_("Mục này của kế hoạch không phải giao ban của cụm."))
    made = Briefing.objects.filter(cluster=cluster, entry=entry).exclude(status=BriefingStatus.WITHDRAWN)
    if found := made.first():
        return found
    first, last = period_for(cluster, entry.day)
    frame = {"first_month": first, "last_month": last, "starts_at": entry.at, "place": entry.where}
    return _open(Briefing(cluster=cluster, entry=entry, **frame), by=by)


@transaction.atomic
def change_briefing(briefing: Briefing, *, frame: Mapping[str, Any], seen: int, by: Viewer | None) -> None:
    """Other months, hour, place or chair; `seen` is the revision that the page showed."""
    _hold_open(briefing)
    if is_stored(briefing, frame):
        return
    if briefing.revision != seen:
        raise stale(briefing, frame, briefing.revision)
    has_moved = any(getattr(briefing, name) != frame[name] for name in ("starts_at", "place"))
    for name, value in frame.items():
        setattr(briefing, name, value)
    _require_lawful(briefing)
    briefing.revision += 1
    briefing.full_clean()
    briefing.save()
    record("briefing.changed", by=by, body=briefing.cluster.owner_id, obj=briefing)
    if has_moved:
        _invite(briefing, _("Đổi thời gian, địa điểm giao ban %(cluster)s"), by=by)


@transaction.atomic
def decide(
    briefing: Briefing,
    *,
    bodies: Collection[int],
    what: str,
    due_on: date,
    once: UUID | None = None,
    by: Viewer | None,
) -> list[Decision]:
    """Write down what these bodies are to do, a row for each; nobody is told before the briefing closes."""
    _hold_open(briefing)
    if found := made_before(briefing.decisions.all(), once):
        return [found]
    _require_of_cluster(briefing, bodies)
    if due_on < briefing.day:
        raise Refused(_("Thời hạn không thể trước ngày giao ban. Đồng chí xem lại ngày."), field="due_on")
    made = []
    for place, body in enumerate(bodies):
        # The key stands for the whole sending: the first row carries it.
        key = once if place == 0 else None
        row = Decision(briefing=briefing, body_id=body, what=what, due_on=due_on, once=key)
        row.full_clean()
        row.save()
        record("briefing_decision.added", by=by, body=briefing.cluster.owner_id, obj=row)
        made.append(row)
    return made


@transaction.atomic
def drop_decision(decision: Decision, *, by: Viewer | None) -> None:
    """Take back what nobody has been told yet."""
    briefing = decision.briefing
    _hold_open(briefing)
    record("briefing_decision.dropped", by=by, body=briefing.cluster.owner_id, obj=decision)
    decision.delete()


@transaction.atomic
def discuss(
    briefing: Briefing, *, question: str, methods: Mapping[str, str], seen: int, by: Viewer | None
) -> None:
    """What was discussed and what was agreed on: unit type -> method, the empty ones left out (R39)."""
    _hold_open(briefing)
    said = {unit: text for unit, text in methods.items() if text}
    stood = dict(briefing.methods.values_list("unit_type", "text"))
    if (briefing.question, stood) == (question, said):
        return
    if briefing.revision != seen:
        theirs = [(str(UnitType(unit).label), text) for unit, text in stood.items()]
        raise Stale([(_("Câu hỏi"), briefing.question), *theirs], briefing.revision)
    if said and not question:
        raise Refused(_("Đồng chí ghi câu hỏi đã thảo luận trước khi ghi cách làm."), field="question")
    briefing.question, briefing.revision = question, briefing.revision + 1
    briefing.full_clean()
    briefing.save(update_fields=["question", "revision"])
    briefing.methods.all().delete()
    Method.objects.bulk_create(
        Method(briefing=briefing, unit_type=unit, text=text) for unit, text in said.items()
    )
    record("briefing.discussed", by=by, body=briefing.cluster.owner_id, obj=briefing)


@transaction.atomic
def close_briefing(
    briefing: Briefing, *, represented: Collection[int], conclusions: str, by: Viewer | None
) -> int:
    """Freeze figures and minutes and tell each body what was decided for it; returns how many were told."""
    _hold_open(briefing)
    if not briefing.has_begun:
        raise Refused(_("Chưa đến giờ giao ban nên chưa kết thúc được. Đồng chí xem lại ngày giờ."))
    if not represented:
        raise Refused(_("Đồng chí chọn những tổ chức có đại diện dự."), field="represented")
    if not conclusions:
        raise Refused(_("Đồng chí ghi kết luận của giao ban."), field="conclusions")
    _require_of_cluster(briefing, represented)
    Represented.objects.bulk_create(Represented(briefing=briefing, body_id=body) for body in represented)
    rows = body_figures(briefing)
    briefing.conclusions = conclusions
    briefing.full_clean()
    writer = Member.objects.filter(pk=member_of(by) or 0).first()
    content = compose(briefing, rows, written_by=writer.full_name if writer else "")
    move(
        briefing,
        BriefingStatus.CLOSED,
        conclusions=conclusions,
        figures=as_kept(rows),
        content=as_json(content),
        closed_at=now(),
    )
    record("briefing.closed", by=by, body=briefing.cluster.owner_id, obj=briefing, bodies=len(represented))
    return _tell_decisions(briefing, by=by)


@transaction.atomic
def withdraw_briefing(briefing: Briefing, *, reason: str, by: Viewer | None) -> None:
    """It is not held; its entry of the plan may be opened again."""
    _hold_open(briefing)
    move(briefing, BriefingStatus.WITHDRAWN, withdrawal_reason=reason)
    record("briefing.withdrawn", by=by, body=briefing.cluster.owner_id, obj=briefing)
    _tell_all(briefing, "briefing.withdrawn", _("Không tổ chức giao ban %(cluster)s"), reason, by=by)


@transaction.atomic
def add_note(briefing: Briefing, *, text: str, once: UUID | None = None, by: Viewer | None) -> Note:
    """Add a visible note below closed minutes."""
    hold(
        briefing,
        BriefingStatus.CLOSED,
        says=_("Giao ban chưa kết thúc nên sửa được ngay, không cần ghi thêm."),
    )
    if found := made_before(briefing.notes.all(), once):
        return found
    note = Note(briefing=briefing, text=text, once=once, at=now(), by_id=member_of(by))
    note.full_clean()
    note.save()
    record("briefing.noted", by=by, body=briefing.cluster.owner_id, obj=briefing)
    return note


@transaction.atomic
def mark_done(decision: Decision, *, line: str, by: Viewer | None) -> None:
    """The body says that it is done, and in one line what it did."""
    hold(decision, DecisionStatus.OPEN, says=_("Việc này đã ghi là xong rồi."))
    if not decision.briefing.is_closed:
        raise Refused(_("Giao ban chưa kết thúc nên việc này chưa giao."))
    decision.done_line, decision.done_on = line, today()
    decision.full_clean()
    move(decision, DecisionStatus.DONE, done_line=line, done_on=today())
    record("briefing_decision.done", by=by, body=decision.body_id, obj=decision)


@transaction.atomic
def reopen_decision(decision: Decision, *, by: Viewer | None) -> None:
    """The tick was a mistake."""
    hold(decision)
    move(decision, DecisionStatus.OPEN, done_line="", done_on=None)
    record("briefing_decision.reopened", by=by, body=decision.body_id, obj=decision)


def _open(briefing: Briefing, *, by: Viewer | None) -> Briefing:
    _require_lawful(briefing)
    briefing.full_clean()
    briefing.save()
    record("briefing.opened", by=by, body=briefing.cluster.owner_id, obj=briefing)
    _invite(briefing, _("Mời dự giao ban %(cluster)s"), by=by)
    return briefing


def _hold_open(briefing: Briefing) -> None:
    hold(briefing, BriefingStatus.OPEN, says=_("Giao ban này không còn mở nên không sửa được nữa."))


def _require_lawful(briefing: Briefing) -> None:
    if briefing.last_month > month_start(briefing.day):
        raise Refused(_("Số liệu chỉ có đến tháng giao ban. Đồng chí chọn lại tháng."), field="last_month")
    if not bodies_of(briefing):
        raise Refused(_("Ngày ấy cụm chưa có tổ chức nào. Đồng chí xem lại ngày."), field="starts_at")


def _require_of_cluster(briefing: Briefing, bodies: Collection[int]) -> None:
    if not {body.pk for body in bodies_of(briefing)}.issuperset(bodies):
        raise Refused(
            _("Có tổ chức không còn trong cụm vào ngày giao ban. Đồng chí mở lại trang rồi chọn lại.")
        )


def _invite(briefing: Briefing, title: str, *, by: Viewer | None) -> None:
    """Nobody is invited to what has begun."""
    if not briefing.has_begun:
        words = {
            "time": moment_words(briefing.starts_at),
            "place": briefing.place,
            "period": period_words(briefing),
        }
        text = _("Lúc %(time)s, tại %(place)s. Số liệu %(period)s có ở trang này.")
        if not briefing.place:
            text = _("Lúc %(time)s. Số liệu %(period)s có ở trang này.")
        _tell_all(briefing, "briefing.called", title, text % words, by=by)


def _tell_all(briefing: Briefing, kind: str, title: str, text: str, *, by: Viewer | None) -> None:
    told = [member for _body, member in secretaries_of([body.pk for body in bodies_of(briefing)])]
    _tell(briefing, told, kind, title, text, by=by)


def _tell_decisions(briefing: Briefing, *, by: Viewer | None) -> int:
    """One notice for each body, whatever the number of its decisions: one text for those with equally many."""
    counts = Counter(briefing.decisions.values_list("body_id", flat=True))
    holders = secretaries_of(list(counts))
    title = _("Việc giao tại giao ban %(cluster)s")
    text = _("Có %(count)d việc giao cho tổ chức của đồng chí. Làm xong thì ghi ở trang này.")
    for count in sorted(set(counts.values())):
        members = [member for body, member in holders if counts[body] == count]
        _tell(briefing, members, "briefing.decided", title, text % {"count": count}, by=by)
    return len(holders)


def _tell(
    briefing: Briefing, members: Collection[int], kind: str, title: str, text: str, *, by: Viewer | None
) -> None:
    notify(
        members,
        kind=kind,
        title=title % {"cluster": briefing.of_cluster},
        text=text,
        url=reverse("briefings:page", args=[briefing.pk]),
        body=briefing.cluster.owner_id,
        about=briefing,
        by_hand=False,
        by=by,
    )
