"""What is to be done before the notice: the one list that the preparation, the notice and the first page read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings import providers
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import PreparationStep
from nenep.meetings.rules import rules_of
from nenep.shared.dates import now, today
from nenep.shared.words import count_words, moment_words

if TYPE_CHECKING:
    from datetime import date

    from nenep.meetings.models import Meeting
    from nenep.people.models import Member


def steps_before_notice(meeting: Meeting) -> list[PreparationStep]:
    """In the order of work; higher modules add theirs. Without those that block, a notice would mean nothing."""
    plan = reverse("meetings:plan", args=[meeting.pk])
    return [
        _time(meeting, plan),
        _step("place", _("Địa điểm"), meeting.place, _("Chưa có địa điểm họp."), plan, blocks=True),
        _step("chair", _("Chủ trì"), _name(meeting.chair), _("Chưa có người chủ trì."), plan, blocks=True),
        _step("note_taker", _("Thư ký"), _name(meeting.note_taker), _("Chưa chọn thư ký."), plan),
        _step(
            "focus",
            _("Vấn đề trọng tâm"),
            meeting.focus_question,
            _("Chưa nêu vấn đề trọng tâm cần bàn và quyết định."),
            plan,
        ),
        _step(
            "agenda",
            _("Chương trình"),
            _("Xem và sắp xếp thứ tự, thời gian, người trình bày.") if meeting.items.exists() else "",
            _("Chương trình chưa có nội dung nào."),
            reverse("meetings:agenda", args=[meeting.pk]),
            blocks=True,
        ),
        _committee(meeting),
        *providers.preparation.ask(meeting),
    ]


def page_after(meeting: Meeting, here: str) -> str:
    """Where who has saved the page `here` goes on: the next step in turn that is not done, at last the preview.

    The agenda is always looked at: it is born filled, so being there says nothing.
    """
    steps = [step for step in steps_before_notice(meeting) if step.in_turn]
    last = max((place for place, step in enumerate(steps) if step.url == here), default=-1)
    left = (step.url for step in steps[last + 1 :] if not step.is_done or step.key == "agenda")
    return next(left, reverse("meetings:call", args=[meeting.pk]))


def blocking(meeting: Meeting) -> list[str]:
    return [step.hint for step in steps_before_notice(meeting) if step.is_blocking and not step.is_done]


def warnings(meeting: Meeting) -> list[str]:
    """What may be missing in a notice: said, and left to the secretary."""
    steps = steps_before_notice(meeting)
    sentences = [step.hint for step in steps if not step.is_blocking and not step.is_done]
    lead = rules_of(meeting).meeting.documents_lead_days
    if is_late(meeting, today()):
        sentences.append(
            _("Báo trước chưa đủ %(days)d ngày, %(source)s.") % {"days": lead.number, "source": lead.citation}
        )
    return sentences


def is_late(meeting: Meeting, day: date) -> bool:
    """Whether a paper that members get on `day` comes later than the rules of the meeting's day ask for."""
    lead = rules_of(meeting).meeting.documents_lead_days
    return lead.value is not None and meeting_day(meeting) - day < timedelta(days=lead.number)


def late_words(meeting: Meeting) -> str:
    """Said to whoever keeps a paper today, as a remark: "" in time, and once the meeting was opened."""
    if not meeting.is_being_prepared or not is_late(meeting, today()):
        return ""
    lead = rules_of(meeting).meeting.documents_lead_days
    return _(
        "Tài liệu phải có trước ngày họp ít nhất %(days)d ngày, %(source)s; bản này đưa muộn. "
        "Đồng chí báo để mọi người kịp đọc."
    ) % {"days": lead.number, "source": lead.citation}


def lead_time(meeting: Meeting) -> str:
    """How many days before the meeting it is told today, and what the rules of its day ask for, with the source."""
    lead = rules_of(meeting).meeting.documents_lead_days
    days = max((meeting_day(meeting) - today()).days, 0)
    told = count_words(
        days, _("Gửi hôm nay là báo trước %(count)d ngày."), _("Gửi hôm nay là báo ngay trong ngày họp.")
    )
    words = {"source": lead.citation}
    if lead.value is None:
        asked = _("Số ngày phải có tài liệu trước: %(source)s.") % words
    else:
        words["least"] = str(lead.number)
        asked = _("Tài liệu phải có trước ít nhất %(least)s ngày, %(source)s.") % words
    return f"{told} {asked}"


def _committee(meeting: Meeting) -> PreparationStep:
    missing = _("Chưa ghi cuộc họp chi ủy trước kỳ sinh hoạt.")
    if meeting.uncommitted_reason:
        missing += " " + _("Lý do: %(reason)s.") % {"reason": meeting.uncommitted_reason.rstrip(".")}
    return _step(
        "committee",
        _("Họp chi ủy trước kỳ sinh hoạt"),
        _("Đã ghi biên bản.") if hasattr(meeting, "committee_meeting") else "",
        missing,
        reverse("meetings:committee_meeting", args=[meeting.pk]),
    )


def _time(meeting: Meeting, url: str) -> PreparationStep:
    # Once it is called, its hour comes: that is no fault of the preparation.
    is_past = meeting.starts_at <= now() and not meeting.is_called
    if is_past:
        hint = _("Thời gian họp đã qua. Đồng chí chọn ngày giờ khác.")
    elif meeting.is_time_proposed:
        hint = _("Ngày họp thường lệ đã qua nên phần mềm đề nghị ngày này. Đồng chí xem rồi chọn.")
    else:
        hint = moment_words(meeting.starts_at)
    is_done = not is_past and not meeting.is_time_proposed
    return PreparationStep(
        _("Ngày giờ họp"), is_done, hint, url, key="time", is_expected=True, is_blocking=is_past, in_turn=True
    )


def _step(
    key: str, label: str, done: str, missing: str, url: str, *, blocks: bool = False
) -> PreparationStep:
    hint = done or missing
    return PreparationStep(
        label, bool(done), hint, url, key=key, is_expected=True, is_blocking=blocks, in_turn=True
    )


def _name(member: Member | None) -> str:
    return member.full_name if member else ""
