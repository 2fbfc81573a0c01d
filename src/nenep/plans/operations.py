"""The verbs of a plan. After publication every change is told to those whom the plan concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.journal.operations import record
from nenep.meetings import operations as meetings
from nenep.meetings.access import MeetingAccess
from nenep.meetings.circle import summoned_on
from nenep.meetings.models import BEING_PREPARED
from nenep.notices.operations import notify
from nenep.organizations.reads import short_name_on
from nenep.organizations.turns import take_turns
from nenep.plans.drafting import drafted
from nenep.plans.models import MONTHLY, Change, Entry, EntryKind, EntryStatus, Plan, PlanStatus
from nenep.plans.outcomes import outcome_of
from nenep.plans.reads import day_in, days_of, is_branch, people_of, presenters_of
from nenep.shared.dates import month_start, now, today
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.shared.words import day_words, moment_words, month_words

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from nenep.meetings.models import Meeting
    from nenep.meetings.providers import Replanned
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer


@transaction.atomic
def draft_plan(body_id: int, *, year: int, by: Viewer | None) -> Plan:
    """Make the year's draft from the template of the body's kind; the plan that is there already is returned as it is.

    Only for this year and the next: holidays further ahead are not decided.
    """
    if year not in years_ahead():
        raise Refused(_("Phần mềm chỉ lập kế hoạch cho năm nay và năm sau. Đồng chí chọn lại năm."))
    take_turns(body_id)
    found = Plan.objects.filter(body_id=body_id, year=year).first()
    if found:
        return found
    plan = Plan(body_id=body_id, year=year)
    plan.full_clean()
    plan.save()
    entries = drafted(body_id, year)
    for entry in entries:
        entry.plan = plan
    Entry.objects.bulk_create(entries)
    record("plan.drafted", by=by, body=body_id, obj=plan, entries=len(entries))
    return plan


@transaction.atomic
def publish_plan(plan: Plan, *, by: Viewer | None) -> int:
    """Tell everybody whom the plan concerns; from now on changes are told too. Returns how many were told."""
    hold(plan, PlanStatus.DRAFT, says=_("Kế hoạch này đã công bố rồi."))
    if not plan.entries.standing().exists():
        raise Refused(_("Kế hoạch chưa có kỳ nào. Đồng chí thêm ít nhất một kỳ rồi công bố."))
    move(plan, PlanStatus.PUBLISHED, published_at=now())
    record("plan.published", by=by, body=plan.body_id, obj=plan)
    text = _("%(body)s đã có kế hoạch sinh hoạt năm %(year)d, gồm %(count)d kỳ sinh hoạt và cuộc họp.") % {
        "body": short_name_on(plan.body_id, day_in(plan.year)),
        "year": plan.year,
        "count": plan.entries.standing().count(),
    }
    return _tell(plan, "plan.published", _("Kế hoạch sinh hoạt năm %(year)d"), text, by=by)


@transaction.atomic
def add_entry(
    plan: Plan,
    *,
    kind: EntryKind,
    starts_at: datetime,
    place: str = "",
    content: str = "",
    presenter: Member | None = None,
    once: UUID | None = None,
    by: Viewer | None,
) -> Entry:
    """Add a meeting. `once` is the key of the page that sends it: a second sending returns what the first one made."""
    hold(plan)
    if found := made_before(plan.entries.all(), once):
        return found
    entry = Entry(
        plan=plan,
        kind=kind,
        month=month_start(timezone.localdate(starts_at)),
        starts_at=starts_at,
        place=place,
        content=content,
        presenter=presenter,
        once=once,
    )
    _require_day(entry, starts_at)
    _require_fitting(entry)
    _require_presenter(entry, presenter)
    entry.full_clean()
    entry.save()
    record("plan_entry.added", by=by, body=plan.body_id, obj=entry)
    if plan.is_published:
        _tell_of(entry, "plan_entry.added", _("Thêm: %(entry)s."), by=by)
    return entry


@transaction.atomic
def change_entry(
    entry: Entry,
    *,
    starts_at: datetime,
    place: str,
    reason: str = "",
    by: Viewer | None,
    **about: Any,
) -> None:
    """Change when and where, and `about`: content, presenter. Refused without a reason for what is published.

    Where the meeting was made already its own verbs change it; content and presenter are then changed at the meeting.
    """
    plan = entry.plan
    hold(plan)
    _hold_open(entry)
    was, has_moved = entry.at, (starts_at, place) != (entry.at, entry.where)
    if not has_moved and all(getattr(entry, name) == value for name, value in about.items()):
        return
    if has_moved and plan.is_published and not reason:
        raise Refused(_("Kế hoạch đã công bố. Đồng chí ghi lý do thay đổi."), field="reason")
    if starts_at != entry.at:
        _require_day(entry, starts_at)
    if entry.made:
        _change_meeting(entry.made, starts_at=starts_at, place=place, reason=reason, by=by)
    else:
        _require_presenter(entry, about.get("presenter"))
        entry.starts_at, entry.place = starts_at, place
        if entry.kind not in MONTHLY:
            entry.month = month_start(timezone.localdate(starts_at))
        for name, value in about.items():
            setattr(entry, name, value)
        entry.full_clean()
        entry.save(update_fields=["starts_at", "place", "month", *about])
        if has_moved and plan.is_published:
            _keep(entry, was=was, becomes=starts_at, reason=reason, by=by)
    verb = "plan_entry.moved" if has_moved else "plan_entry.changed"
    record(verb, by=by, body=plan.body_id, obj=entry)
    if plan.is_published and not entry.made:
        _tell_of(entry, verb, _("Thay đổi: %(entry)s."), reason, by=by)


@transaction.atomic
def drop_entry(entry: Entry, *, reason: str = "", by: Viewer | None) -> None:
    """Take a meeting off: of a draft it goes, of a published plan it stays as dropped, with the reason, and is told.

    Refused once the meeting was made: that is cancelled, by a verb of its own.
    """
    plan = entry.plan
    hold(plan)
    _hold_open(entry)
    if entry.made:
        raise Refused(_("Kỳ sinh hoạt này đã lập. Nếu không họp, đồng chí hủy ở trang của kỳ sinh hoạt."))
    if plan.is_published and not reason:
        raise Refused(_("Kế hoạch đã công bố. Đồng chí ghi lý do bỏ kỳ này."), field="reason")
    record("plan_entry.dropped", by=by, body=plan.body_id, obj=entry)
    if not plan.is_published:
        entry.delete()
        return
    move(entry, EntryStatus.DROPPED)
    _keep(entry, was=entry.starts_at, becomes=None, reason=reason, by=by)
    _tell_of(entry, "plan_entry.dropped", _("Bỏ: %(entry)s."), reason, by=by)


def tell_of_meeting(change: Replanned) -> None:
    """A meeting of a published plan was changed before its notice: whoever read of its day in the plan is told."""
    if entry := Entry.objects.published_for(change.meeting):
        kind, words = "plan_entry.moved", _("Thay đổi: %(entry)s.")
        if change.meeting.is_cancelled:
            kind, words = "plan_entry.cancelled", _("Hủy: %(entry)s.")
        _tell_of(entry, kind, words, change.reason, meeting=change.meeting, by=change.by)


def make_meeting(entry: Entry, *, by: Viewer | None) -> Meeting:
    """Make the branch's meeting from its entry; the one that was made already is returned.

    Refused for a thematic one without its question (R142), and when its time has passed.
    """
    if entry.made:
        return entry.made
    if entry.is_dropped or not entry.becomes_meeting:
        raise Refused(_("Mục này của kế hoạch không lập thành kỳ sinh hoạt chi bộ."))
    body_id = entry.plan.body_id
    if entry.kind == EntryKind.REGULAR:
        return meetings.open_month(body_id, month=entry.month, by=by)
    if not entry.content:
        raise Refused(_("Kỳ chuyên đề chưa có câu hỏi cần bàn. Đồng chí ghi nội dung trong kế hoạch trước."))
    there = summoned_on(body_id, timezone.localdate(entry.starts_at))
    return meetings.plan_thematic(
        body_id,
        starts_at=entry.starts_at,
        focus_question=entry.content,
        place=entry.place,
        presenter=entry.presenter if entry.presenter_id in there else None,
        by=by,
    )


def years_ahead() -> tuple[int, int]:
    return today().year, today().year + 1


def _hold_open(entry: Entry) -> None:
    hold(entry, EntryStatus.STANDING, says=_("Kỳ này đã bỏ khỏi kế hoạch."))
    if entry.is_said:
        raise Refused(_("Cuộc này đã ghi kết quả. Đồng chí bỏ kết quả ấy trước."))
    if not entry.becomes_meeting and outcome_of(entry).is_known:
        raise Refused(_("Cuộc này đã có kết quả nên không sửa, không bỏ được nữa."))


def _require_day(entry: Entry, at: datetime) -> None:
    if at <= now():
        raise Refused(_("Thời gian này đã qua. Đồng chí chọn ngày giờ khác."), field="starts_at")
    year = entry.plan.year
    if entry.month.year != year:
        raise Refused(
            _("Đây là kế hoạch năm %(year)d. Đồng chí chọn ngày trong năm ấy.") % {"year": year},
            field="starts_at",
        )
    first, last = days_of(entry)
    if not first <= timezone.localdate(at) <= last:
        days = {"first": day_words(first), "last": day_words(last)}
        raise Refused(
            _("Ngày phải từ %(first)s đến %(last)s. Đồng chí xem lại ngày.") % days, field="starts_at"
        )


def _require_fitting(entry: Entry) -> None:
    plan = entry.plan
    if entry.becomes_meeting and not is_branch(plan.body_id, plan.year):
        raise Refused(_("Chỉ chi bộ mới có kỳ sinh hoạt chi bộ. Đồng chí chọn loại khác."), field="kind")
    taken = plan.entries.standing().filter(kind=EntryKind.REGULAR, month=entry.month)
    if entry.kind == EntryKind.REGULAR and taken.exists():
        raise Refused(
            _("Kế hoạch đã có kỳ thường kỳ của tháng %(month)s. Đồng chí sửa kỳ ấy, hoặc chọn loại khác.")
            % {"month": month_words(entry.month)},
            field="starts_at",
        )


def _require_presenter(entry: Entry, presenter: Member | None) -> None:
    if presenter is not None and presenter.pk not in presenters_of(entry.plan.body_id, entry.plan.year):
        raise Refused(
            _("Đồng chí %(name)s không có trong danh sách. Đồng chí chọn người khác.")
            % {"name": presenter.full_name},
            field="presenter",
        )


def _change_meeting(
    meeting: Meeting, *, starts_at: datetime, place: str, reason: str, by: Viewer | None
) -> None:
    """Move the meeting itself; its own verbs tell of it, before the notice by way of `tell_of_meeting`.

    Once it is called, another time asks for the right that the meeting's own page asks for.
    """
    hold(
        meeting, *BEING_PREPARED, says=_("Kỳ sinh hoạt này đã khai mạc hoặc đã xong nên không đổi được nữa.")
    )
    if starts_at != meeting.starts_at:
        if by and meeting.is_called and not MeetingAccess(by, meeting).postpone:
            raise Refused(
                _("Kỳ sinh hoạt này đã thông báo nên chỉ bí thư, phó bí thư đổi được ngày giờ."),
                field="starts_at",
            )
        if not reason:
            raise Refused(_("Đồng chí ghi lý do đổi ngày."), field="reason")
        meetings.postpone(meeting, to=starts_at, place=place, reason=reason, by=by)
    elif place != meeting.place:
        meetings.plan(meeting, place=place, reason=reason, by=by)


def _keep(entry: Entry, *, was: datetime, becomes: datetime | None, reason: str, by: Viewer | None) -> None:
    change = Change(entry=entry, was=was, becomes=becomes, reason=reason, at=now(), by_id=member_of(by))
    change.full_clean()
    change.save()


def _tell_of(
    entry: Entry,
    kind: str,
    words: str,
    reason: str = "",
    *,
    meeting: Meeting | None = None,
    by: Viewer | None,
) -> None:
    """`meeting`: the one made from the entry, cancelled or not; without it, `entry` knows when and where."""
    at, where = (meeting.starts_at, meeting.place) if meeting else (entry.at, entry.where)
    said = _("%(kind)s lúc %(time)s") % {
        "kind": EntryKind(entry.kind).label.lower(),
        "time": moment_words(at),
    }
    if where:
        said = _("%(entry)s tại %(place)s") % {"entry": said, "place": where}
    why = _("Lý do: %(reason)s.") % {"reason": reason.rstrip(".")} if reason else ""
    text = " ".join(filter(None, [words % {"entry": said}, why]))
    _tell(entry.plan, kind, _("Thay đổi kế hoạch sinh hoạt năm %(year)d"), text, by=by)


def _tell(plan: Plan, kind: str, title: str, text: str, *, by: Viewer | None) -> int:
    return len(
        notify(
            people_of(plan.body_id, plan.year),
            kind=kind,
            title=title % {"year": plan.year},
            text=text,
            url=reverse("plans:page", args=[plan.body_id, plan.year]),
            body=plan.body_id,
            about=plan,
            by=by,
        )
    )
