"""One row for each body that gets a paper, which stands in `documents`; and a file read before its entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from nenep.arrivals.querysets import ArrivalQuerySet, IntakeQuerySet
from nenep.documents.models import Document, Series
from nenep.documents.partial import shown_day
from nenep.documents.reads import purposes_on
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.shared.dates import today
from nenep.shared.once import MadeOnce

if TYPE_CHECKING:
    from collections.abc import Collection


class ArrivalStatus(models.TextChoices):
    WAITING = "waiting", "Chờ vào sổ"
    REGISTERED = "registered", "Đã vào sổ"
    DONE = "done", "Đã xử lý xong"

    @property
    def next(self) -> Collection[ArrivalStatus]:
        return {
            ArrivalStatus.WAITING: (ArrivalStatus.REGISTERED,),
            ArrivalStatus.REGISTERED: (ArrivalStatus.DONE,),
            ArrivalStatus.DONE: (ArrivalStatus.REGISTERED,),
        }[self]


class Arrival(MadeOnce):
    """That a paper came to a body: sent to it in the system, then entered; or brought from outside and entered."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="arrivals", verbose_name="văn bản")
    body = models.ForeignKey(Body, models.PROTECT, related_name="arrivals", verbose_name="tổ chức nhận")
    # A code of the rulebook's `recipient_purposes`; empty where the paper does not say why it came.
    purpose = models.CharField("mục đích gửi", max_length=20, blank=True)
    # When it was sent through the system; NULL for what came from outside.
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    status = models.CharField(
        "tình trạng", max_length=10, choices=ArrivalStatus, default=ArrivalStatus.WAITING
    )
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dãy số đến"
    )
    number = models.PositiveIntegerField("số đến", null=True, blank=True)
    arrived_on = models.DateField("ngày đến", null=True, blank=True)
    # As the stamp has it where it is not whole: "--09-29", whose year in `arrived_on` is inferred (R4).
    arrived_as_read = models.CharField("ngày đến như ghi trên dấu", max_length=10, blank=True)
    registered_at = models.DateTimeField("lúc vào sổ", null=True, blank=True)
    handler = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xử lý"
    )
    due_on = models.DateField("hạn xử lý", null=True, blank=True)
    done_on = models.DateField("ngày xử lý xong", null=True, blank=True)
    note = models.CharField("kết quả xử lý", max_length=500, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "body"], name="arrival_is_entered_once"),
            models.UniqueConstraint(fields=["series", "number"], name="arrival_number_is_unique_in_series"),
            models.CheckConstraint(
                condition=Q(status="waiting", series=None, number=None, arrived_on=None, registered_at=None)
                | (
                    ~Q(status="waiting")
                    & Q(series__isnull=False, number__isnull=False)
                    & Q(arrived_on__isnull=False, registered_at__isnull=False)
                ),
                name="arrival_has_a_number_once_registered",
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False) | (~Q(status="done") & Q(done_on=None)),
                name="arrival_is_done_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "status", "due_on"], name="arrival_by_body"),
            models.Index(fields=["body", "arrived_on"], name="arrival_by_day"),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.status == ArrivalStatus.WAITING

    @property
    def is_done(self) -> bool:
        return self.status == ArrivalStatus.DONE

    @property
    def is_overdue(self) -> bool:
        return self.status == ArrivalStatus.REGISTERED and self.due_on is not None and self.due_on < today()

    @property
    def must_be_carried_out(self) -> bool:
        """Only a paper that came to be carried out makes a duty (R7)."""
        term = purposes_on(self.document.issued_on or today()).get(self.purpose)
        return bool(term and term.is_duty)

    @property
    def day_shown(self) -> str:
        return shown_day(self.arrived_on, self.arrived_as_read)


class IntakeState(models.TextChoices):
    WAITING = "waiting", "Đang đọc"
    READ = "read", "Đã đọc"
    FAILED = "failed", "Không đọc được"

    @property
    def next(self) -> Collection[IntakeState]:
        return (IntakeState.READ, IntakeState.FAILED) if self is IntakeState.WAITING else ()


class Intake(MadeOnce):
    """A file that is kept while somebody looks at what was read from it; gone when entered, given up or a week old.

    `once` is its name in addresses, and the key of the arrival that comes of it.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="tổ chức nhận")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người tải tệp lên"
    )
    at = models.DateTimeField("lúc tải lên")
    name = models.CharField("tên tệp", max_length=160)
    # What was read, in the shape of `intake_page.kept`; never changed by a correction.
    read = models.JSONField("phần đọc được", default=dict, blank=True)
    # Which of its suspects a person corrected: their places in the list, from 1.
    accepted = models.JSONField("những chỗ đã sửa", default=list, blank=True)

    state = models.CharField("tình trạng đọc", max_length=10, choices=IntakeState, default=IntakeState.READ)
    # While a scan is read page by page: {"todo": numbers of pages, "pages": {number: its lines}}.
    progress = models.JSONField("phần đang đọc", default=dict, blank=True)
    # How often a worker began the step that waits; back to 0 with each step that is done.
    tries = models.PositiveSmallIntegerField("số lần thử đọc", default=0)
    # The sentence for people when it could not be read; its file is gone then.
    why = models.CharField("vì sao không đọc được", max_length=500, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(once__isnull=False), name="intake_has_its_key"),
            models.CheckConstraint(
                condition=Q(state="failed") | Q(why=""), name="intake_says_why_it_could_not_be_read"
            ),
        ]
        indexes = [models.Index(fields=["body", "at"], name="intake_by_body")]

    @property
    def is_read(self) -> bool:
        return self.state == IntakeState.READ

    @property
    def is_waiting(self) -> bool:
        return self.state == IntakeState.WAITING

    @property
    def pages_read(self) -> str:
        """ "3/12" while a scan is read page by page; "" before its pages are counted."""
        done, left = len(self.progress.get("pages", ())), len(self.progress.get("todo", ()))
        return f"{done}/{done + left}" if done + left else ""
