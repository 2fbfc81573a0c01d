from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q

from nenep.meetings.afterwards import Correction, MeetingFigures, Minutes, PaperEntry
from nenep.meetings.bases import CountedBase
from nenep.meetings.beforehand import Opinion, OpinionCard, OpinionKind, Response
from nenep.meetings.querysets import MeetingQuerySet
from nenep.meetings.states import (
    BEING_PREPARED,
    CALLED_OFF,
    FINISHED,
    OVER,
    Answer,
    MeetingKind,
    MeetingStatus,
    OffReason,
    Presence,
    Reply,
    ThematicPart,
)
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.rulebook.votes import fewest
from nenep.shared.fields import LONGEST_TEXT
from nenep.shared.once import MadeOnce
from nenep.shared.vietnamese import lines_in

# Modules above take the states from here, with all tables.
__all__ = [
    "BEING_PREPARED",
    "CALLED_OFF",
    "FINISHED",
    "OVER",
    "Answer",
    "Correction",
    "MeetingFigures",
    "MeetingKind",
    "MeetingStatus",
    "Minutes",
    "OffReason",
    "Opinion",
    "OpinionCard",
    "OpinionKind",
    "PaperEntry",
    "Presence",
    "Reply",
    "Response",
    "ThematicPart",
]


def new_ref() -> str:
    return secrets.token_urlsafe(12)


class Meeting(models.Model):
    """One meeting of a branch. The counts are frozen when it closes and never recomputed afterwards."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    kind = models.CharField(
        "loại kỳ sinh hoạt", max_length=20, choices=MeetingKind, default=MeetingKind.REGULAR
    )
    month = models.DateField("tháng")
    status = models.CharField(max_length=20, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    starts_at = models.DateTimeField("thời gian")
    # The usual day was over when the month was planned: the program proposed this one, nobody has chosen it yet.
    is_time_proposed = models.BooleanField(default=False, editable=False)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chair = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chủ trì"
    )
    note_taker = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thư ký"
    )
    focus_question = models.CharField("vấn đề trọng tâm cần bàn và quyết định", max_length=300, blank=True)
    # The minutes that the item of the focus keeps, however the others grow (R107).
    focus_minutes = models.PositiveSmallIntegerField(
        "số phút giữ cho vấn đề trọng tâm", null=True, blank=True
    )
    guests = models.CharField("đại biểu cấp trên, khách mời", max_length=300, blank=True)
    # What allows somebody to take part from afar, where the rules of the day ask for it (R156).
    online_basis = models.CharField("văn bản cho phép dự trực tuyến", max_length=200, blank=True)
    # Counts alone: who paid and how much stands in the fee book, not here.
    fees_paid = models.PositiveSmallIntegerField("số đồng chí đã đóng đảng phí", null=True, blank=True)
    fees_owed = models.PositiveSmallIntegerField("số đồng chí chưa đóng", null=True, blank=True)
    fee_note = models.CharField("ghi thêm về đảng phí", max_length=200, blank=True)
    agenda_adopted = models.BooleanField("chi bộ đã thông qua chương trình", default=False)
    # Grows with each save of the opening lines; a stale save is refused and shows both versions.
    opening_revision = models.PositiveIntegerField(default=0, editable=False)
    called_at = models.DateTimeField(null=True, editable=False)
    # Why the notice went out before the committee had met; empty when it had (founding report line 111).
    uncommitted_reason = models.CharField("lý do chưa họp chi ủy", max_length=300, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # What the minutes say, which may be typed in long after: the taps are `opened_at` and `closed_at`.
    began_at = models.DateTimeField("khai mạc lúc", null=True, blank=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    is_imported = models.BooleanField(default=False, editable=False)
    # What calendars know it by: no other meeting of any installation has it. They see a change by a growing number.
    ref = models.CharField("mã trên lịch", max_length=40, unique=True, default=new_ref, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    # Frozen at closing; NULL until then.
    expected = models.PositiveSmallIntegerField(null=True, editable=False)
    present = models.PositiveSmallIntegerField(null=True, editable=False)
    excused = models.PositiveSmallIntegerField(null=True, editable=False)
    unexcused = models.PositiveSmallIntegerField(null=True, editable=False)
    # Who was counted: [member id, status, official, guest] of each, so that a later correction of a membership
    # changes neither these counts nor the minutes.
    roll = models.JSONField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "month"],
                condition=Q(kind="regular") & ~Q(status="cancelled"),
                name="meeting_is_the_only_regular_one_of_its_month",
                violation_error_message="Tháng này chi bộ đã có kỳ sinh hoạt thường kỳ.",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(present__lte=F("expected")),
                name="meeting_present_are_expected",
                violation_error_message="Số có mặt không thể lớn hơn số phải triệu tập.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
                name="meeting_does_not_end_before_it_began",
                violation_error_message="Giờ kết thúc phải sau giờ khai mạc.",
            ),
        ]
        indexes = [models.Index(fields=["body", "-month"], name="meeting_by_body")]

    @property
    def is_being_prepared(self) -> bool:
        return self.status in BEING_PREPARED

    @property
    def is_called(self) -> bool:
        """Its members have been told and it has not begun."""
        return self.status == MeetingStatus.CALLED

    @property
    def is_running(self) -> bool:
        return self.status == MeetingStatus.OPENED

    @property
    def is_adopted(self) -> bool:
        return self.status == MeetingStatus.ADOPTED

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED

    @property
    def is_called_off(self) -> bool:
        """It does not take place; `called_off` says why."""
        return self.status in CALLED_OFF

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED

    @property
    def takes_paper(self) -> bool:
        """Whether it may be typed in from paper: the program has no minutes of it, and none are under way."""
        is_open = self.is_being_prepared or self.status == MeetingStatus.NOT_HELD
        return is_open or self.is_imported

    @property
    def is_from_paper(self) -> bool:
        """Whether it was held on paper and typed in; one statement unless `paper_entry` was read along."""
        return hasattr(self, "paper_entry")

    @property
    def is_over(self) -> bool:
        return self.status in OVER


class Postponement(models.Model):
    """Why a meeting was moved from one time to another, and who decided it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="postponements")
    was = models.DateTimeField()
    becomes = models.DateTimeField()
    reason = models.CharField("lý do", max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")


class CalledOff(models.Model):
    """Why a meeting was cancelled or not held, and who said so."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="called_off")
    reason = models.CharField("lý do", max_length=20, choices=OffReason)
    note = models.CharField("nói rõ thêm", max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    # It was a mistake: the row stays as a visible note.
    taken_back_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=OffReason.OTHER) | ~Q(note=""),
                name="calledoff_for_another_reason_says_which",
                violation_error_message="Lý do khác thì phải ghi rõ.",
            )
        ]

    @property
    def words(self) -> str:
        """The reason as people read it, without a full stop."""
        label = OffReason(self.reason).label
        note = self.note.rstrip(".")
        return note if self.reason == OffReason.OTHER else f"{label}: {note}" if note else label


class AgendaItem(models.Model):
    """A part of the meeting, from the rule pack's agenda or added by the branch, with what came out of it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    # The step of the rule pack it comes from; empty for an item of the branch's own.
    step = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=30)
    title = models.CharField("nội dung", max_length=300)
    minutes = models.PositiveSmallIntegerField("số phút", default=10)
    presenter = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người trình bày"
    )
    is_required = models.BooleanField(default=False)
    is_focus = models.BooleanField("nội dung trọng tâm", default=False)
    why = models.CharField(max_length=300)
    # The record it was taken from (`shared.references`); empty for the pack's parts and the branch's own items.
    origin_type = models.CharField(max_length=60, blank=True)
    origin_id = models.PositiveBigIntegerField(null=True, blank=True)
    questions = models.TextField("câu hỏi thảo luận", max_length=1000, blank=True)
    why_it_matters = models.CharField("vì sao quan trọng với chi bộ", max_length=500, blank=True)
    notes = models.TextField("diễn biến, ý kiến", max_length=LONGEST_TEXT, blank=True)
    conclusion = models.TextField("kết luận", max_length=LONGEST_TEXT, blank=True)
    decision = models.TextField("quyết định", max_length=LONGEST_TEXT, blank=True)
    # Why a required part was not dealt with; minutes say it in place of a text.
    skipped_because = models.CharField("không bàn, vì", max_length=300, blank=True)
    # Grows with each save of these texts; a stale save is refused and shows both texts.
    revision = models.PositiveIntegerField(default=0)

    # Not a column: what `providers.with_origins` adds for a page.
    origin_url: str

    @property
    def question_lines(self) -> list[str]:
        return lines_in(self.questions)

    @property
    def is_concluded(self) -> bool:
        """What the branch decided concludes a part as well as the words of the chair."""
        return bool(self.conclusion.strip() or self.decision.strip())

    @property
    def has_text(self) -> bool:
        return bool(self.notes or self.conclusion or self.decision)

    @property
    def awaits_text(self) -> bool:
        """A required part without text or reason; opening and closing steps are told by the records themselves."""
        is_step = self.category in {"opening", "closing"}
        return self.is_required and not is_step and not (self.has_text or self.skipped_because)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["origin_type", "origin_id"], name="agendaitem_by_origin")]
        constraints = [
            # Not deferrable: SQLite would leave such a constraint out without a word.
            models.UniqueConstraint(fields=["meeting", "position"], name="agendaitem_has_a_place_of_its_own"),
            models.UniqueConstraint(
                fields=["meeting", "origin_type", "origin_id"], name="agendaitem_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(origin_type="", origin_id=None) | (~Q(origin_type="") & Q(origin_id__gt=0)),
                name="agendaitem_names_its_origin_whole",
            ),
        ]


class DroppedSuggestion(models.Model):
    """A suggested point that the secretary took off this month's agenda."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="dropped")
    key = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="suggestion_is_dropped_once")]


class CommitteeMeeting(models.Model):
    """The committee's own short meeting before the branch meets (founding report line 111)."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="committee_meeting")
    held_at = models.DateTimeField("thời gian họp")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    present = models.TextField("thành phần dự họp", max_length=LONGEST_TEXT)
    content = models.TextField("nội dung đã bàn", max_length=LONGEST_TEXT)
    decisions = models.TextField("kết luận, phân công chuẩn bị", max_length=LONGEST_TEXT)
    revision = models.PositiveIntegerField(default=0, editable=False)


class Attendance(models.Model):
    """How a member attended. While the meeting runs, whoever has no row has not been called yet.

    Closing keeps the exceptions only: afterwards whoever has no row was there from beginning to end.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendance")
    presence = models.CharField("điểm danh", max_length=20, choices=Presence)
    reason = models.CharField("lý do", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_is_stated_once"),
            models.CheckConstraint(
                condition=~Q(presence=Presence.EXCUSED) | ~Q(reason=""),
                name="attendance_is_excused_by_a_reason",
                violation_error_message="Vắng có lý do thì phải ghi lý do.",
            ),
        ]


class Vote(CountedBase, MadeOnce):
    """A counted vote, by show of hands or by name. Base, parts and threshold are fixed with the count, in integers."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="votes")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="votes")
    subject = models.CharField("nội dung biểu quyết", max_length=300)
    kind = models.CharField("loại biểu quyết", max_length=30)
    votes_for = models.PositiveSmallIntegerField("tán thành")
    votes_against = models.PositiveSmallIntegerField("không tán thành", default=0)
    votes_other = models.PositiveSmallIntegerField("ý kiến khác", default=0)
    present_official = models.PositiveSmallIntegerField(null=True, editable=False)
    # NULL and empty: counted before the threshold was kept with it.
    num = models.PositiveSmallIntegerField(null=True, editable=False)
    den = models.PositiveSmallIntegerField(null=True, editable=False)
    strict = models.BooleanField(null=True, editable=False)
    citation = models.CharField("căn cứ", max_length=300, blank=True, editable=False)
    passed = models.BooleanField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            *CountedBase.Meta.constraints,
            models.CheckConstraint(
                condition=Q(present_official__gte=F("votes_for") + F("votes_against") + F("votes_other")),
                name="vote_counts_no_more_hands_than_there_were",
            ),
            models.CheckConstraint(
                condition=Q(num=None, den=None, strict=None, citation="")
                | Q(num__gte=1, den__gte=2, strict__isnull=False) & ~Q(citation=""),
                name="vote_keeps_its_whole_threshold",
            ),
        ]

    @property
    def needed(self) -> int | None:
        """The fewest votes that were enough, None where the threshold is not known."""
        if self.num is None or self.den is None or self.strict is None:
            return None
        return fewest(self.base, num=self.num, den=self.den, strict=self.strict)

    @property
    def not_voting(self) -> int:
        """Official members who were there and raised no hand."""
        hands = self.votes_for + self.votes_against + self.votes_other
        return (self.present_official or hands) - hands
