"""The one thing a secretary should do next, as a sentence and a button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.days import last_day
from nenep.meetings.models import FINISHED, Meeting, MeetingStatus
from nenep.meetings.preparation import steps_before_notice
from nenep.meetings.progress import meeting_day
from nenep.returns.deadlines import deadline_of
from nenep.shared import dates
from nenep.shared.dates import month_start
from nenep.shared.words import day_words, month_words

if TYPE_CHECKING:
    from datetime import date

    from nenep.home.following import FollowUp


@dataclass(frozen=True, slots=True)
class NextThing:
    """`is_post`: the button does it at once; otherwise it leads to the page where it is done."""

    sentence: str
    button: str
    url: str
    is_post: bool = False
    # The other answers, where the sentence asks: (button, url).
    others: tuple[tuple[str, str], ...] = ()


def current_meeting(body_id: int, today: date) -> Meeting | None:
    """The regular meeting the branch is working on: the earliest that is not finished, else this month's.

    `month_before` on it is the latest month before with a regular meeting, None for the first.
    """
    known = Meeting.objects.filter(body_id=body_id).regular().standing()
    before = known.filter(month__lt=OuterRef("month")).order_by("-month").values("month")[:1]
    meetings = known.for_page().annotate(month_before=Subquery(before))
    unfinished: Meeting | None = meetings.exclude(status__in=FINISHED).order_by("month").first()
    this_month: Meeting | None = unfinished or meetings.filter(month=month_start(today)).first()
    return this_month


def to_follow_up(rest: FollowUp) -> NextThing:
    """The papers and the work of an adopted month, before the next month takes the page."""
    meeting = rest.meeting
    sentences = [
        _("Biên bản tháng %(month)s đã thông qua.") % {"month": month_words(meeting.month)},
        _("Còn %(count)d việc của nghị quyết chưa giao.") % {"count": rest.targets} if rest.targets else "",
        "" if rest.is_signed else _papers(rest),
        _report(rest) if rest.owes_report else "",
    ]
    sentence = " ".join(filter(None, sentences))
    if rest.targets:
        url = reverse("assignments:from_resolution", args=[meeting.pk])
        read = _("Đọc nghị quyết"), reverse("resolutions:page", args=[meeting.pk])
        return NextThing(sentence, _("Giao các việc của nghị quyết"), url, is_post=True, others=(read,))
    report = _("Mở báo cáo tháng"), reverse("returns:page", args=[meeting.pk])
    if rest.is_signed:
        return NextThing(sentence, *report)
    url = reverse("meetings:minutes", args=[meeting.pk])
    others = (report,) if rest.owes_report else ()
    return NextThing(sentence, _("Mở biên bản để in và ký"), url, others=others)


def _report(rest: FollowUp) -> str:
    if rest.report is not None:
        return _("Cấp trên trả lại báo cáo tháng: sửa rồi gửi lại.")
    due = deadline_of(rest.meeting).words(dates.today())
    return _("Báo cáo tháng chưa gửi cấp trên, %(due)s.") % {"due": due}


def _papers(rest: FollowUp) -> str:
    if rest.has_resolution:
        return _("Còn phải in và ký biên bản, nghị quyết.")
    return _("Còn phải in và ký biên bản.")


def next_thing(meeting: Meeting | None, body_id: int, today: date, *, leads: bool) -> NextThing:
    """`leads`: calls and runs the meeting. Who only helps to prepare it is sent where that can be done."""
    if meeting is None:
        return NextThing(
            _("Tháng %(month)s chưa có kỳ sinh hoạt nào.") % {"month": month_words(today)},
            _("Lập kỳ sinh hoạt tháng này"),
            reverse("meetings:opening_of_month", args=[body_id]),
            is_post=True,
        )
    return BY_STATUS[MeetingStatus(meeting.status)](meeting, today) if leads else _for_helper(meeting)


def _for_helper(meeting: Meeting) -> NextThing:
    day = {"day": day_words(meeting_day(meeting))}
    if meeting.is_being_prepared:
        sentence, button = _("Cùng chuẩn bị kỳ sinh hoạt ngày %(day)s.") % day, _("Chuẩn bị")
        return NextThing(sentence, button, reverse("meetings:preparation", args=[meeting.pk]))
    if meeting.is_called_off:
        return _called_off(meeting, meeting.month)
    sentence, button = _("Kỳ sinh hoạt ngày %(day)s đã khai mạc.") % day, _("Xem kỳ sinh hoạt")
    return NextThing(sentence, button, reverse("meetings:page", args=[meeting.pk]))


def _was_it_held(meeting: Meeting) -> NextThing:
    """Its day has passed and nothing was recorded: the branch met without the program, meets late, or did not meet."""
    others = [(_("Không họp"), reverse("meetings:non_holding", args=[meeting.pk]))]
    if meeting.is_called:
        others.insert(
            0, (_("Có họp, ghi lại trong phòng họp"), reverse("meetings:opening", args=[meeting.pk]))
        )
    elif dates.today() <= last_day(meeting.body_id, meeting.month):
        others.insert(0, (_("Chưa họp, chọn ngày khác"), reverse("meetings:plan", args=[meeting.pk])))
    return NextThing(
        _("Kỳ sinh hoạt tháng %(month)s chưa khai mạc. Chi bộ có họp không?")
        % {"month": month_words(meeting.month)},
        _("Có họp, nhập biên bản giấy"),
        _paper(meeting.body_id, meeting.month),
        others=tuple(others),
    )


def about_gap(body_id: int, month: date) -> NextThing:
    """A month passed in which no meeting was even planned: it was held on paper, or somebody says why not."""
    return NextThing(
        _("Tháng %(month)s chưa có kỳ sinh hoạt nào và đã hết ngày họp. Chi bộ có họp không?")
        % {"month": month_words(month)},
        _("Có họp, nhập biên bản giấy"),
        _paper(body_id, month),
        others=(
            (_("Không họp"), reverse("meetings:month_not_held", args=[body_id, month.year, month.month])),
        ),
    )


def _paper(body_id: int, month: date) -> str:
    return reverse("meetings:paper_entry", args=[body_id, month.year, month.month])


def _planned(meeting: Meeting, today: date) -> NextThing:
    if meeting_day(meeting) < today:
        return _was_it_held(meeting)
    day = {"day": day_words(meeting_day(meeting))}
    # A month born filled could be called at once; it still lacks what only people can say.
    lacking = [step for step in steps_before_notice(meeting) if step.is_expected and not step.is_done]
    if lacking:
        words = day | {"lacks": lacking[0].hint}
        sentence, button = _("Chuẩn bị kỳ sinh hoạt ngày %(day)s. %(lacks)s") % words, _("Chuẩn bị")
        return NextThing(sentence, button, reverse("meetings:preparation", args=[meeting.pk]))
    sentence = (
        _("Kỳ sinh hoạt ngày %(day)s đã đủ thời gian, địa điểm, chương trình. Xem lại rồi thông báo.") % day
    )
    return NextThing(sentence, _("Xem trước thông báo"), reverse("meetings:call", args=[meeting.pk]))


def _called(meeting: Meeting, today: date) -> NextThing:
    day = meeting_day(meeting)
    if day < today:
        return _was_it_held(meeting)
    if day > today:
        sentence = _("Đã thông báo họp ngày %(day)s. Xem ai chưa nhận được tin.") % {"day": day_words(day)}
        return NextThing(sentence, _("Xem danh sách"), reverse("meetings:notice", args=[meeting.pk]))
    return NextThing(_("Hôm nay họp chi bộ."), _("Khai mạc"), reverse("meetings:opening", args=[meeting.pk]))


def _opened(meeting: Meeting, _today: date) -> NextThing:
    return NextThing(_("Đang họp chi bộ."), _("Vào phòng họp"), reverse("meetings:room", args=[meeting.pk]))


def _closed(meeting: Meeting, _today: date) -> NextThing:
    return NextThing(
        _("Kỳ sinh hoạt đã kết luận. Còn phải đọc lại và thông qua biên bản."),
        _("Đọc lại biên bản"),
        reverse("meetings:minutes", args=[meeting.pk]),
    )


def _adopted(meeting: Meeting, _today: date) -> NextThing:
    sentence = _("Tháng %(month)s đã xong. Theo dõi các việc đã giao.")
    words = {"month": month_words(meeting.month)}
    return NextThing(sentence % words, _("Xem phân công"), reverse("assignments:list"))


def _called_off(meeting: Meeting, _today: date) -> NextThing:
    return NextThing(
        _("Tháng %(month)s chi bộ không họp. Theo dõi các việc đã giao.")
        % {"month": month_words(meeting.month)},
        _("Xem phân công"),
        reverse("assignments:list"),
    )


BY_STATUS = {
    MeetingStatus.PLANNED: _planned,
    MeetingStatus.CALLED: _called,
    MeetingStatus.OPENED: _opened,
    MeetingStatus.CLOSED: _closed,
    MeetingStatus.ADOPTED: _adopted,
    MeetingStatus.NOT_HELD: _called_off,
    MeetingStatus.CANCELLED: _called_off,
}
