from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from nenep.access.models import Account
from nenep.notices.querysets import DeliveryQuerySet, NoticeQuerySet
from nenep.organizations.models import Body
from nenep.people.models import Member

if TYPE_CHECKING:
    from collections.abc import Mapping


class Notice(models.Model):
    """One thing told to one member. `kind` is the sender's code, `url` a path of ours ("/meetings/7/").

    `about_type` and `about_id` name the record it speaks of (`shared.references`), which may stand on a higher floor.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="notices")
    kind = models.CharField("loại", max_length=60)
    title = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung", max_length=2000, blank=True)
    url = models.CharField("địa chỉ", max_length=300, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="notices")
    about_type = models.CharField("loại hồ sơ", max_length=60, blank=True, editable=False)
    about_id = models.BigIntegerField("số của hồ sơ", null=True, editable=False)
    created_at = models.DateTimeField("lúc gửi")
    read_at = models.DateTimeField("lúc đọc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-created_at"], name="notice_by_member"),
            models.Index(
                fields=["about_type", "about_id", "member"],
                condition=Q(about_id__isnull=False),
                name="notice_by_record",
            ),
            models.Index(fields=["member"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]
        constraints = [
            models.CheckConstraint(
                # An address of another site could not be told from ours in a mail.
                condition=Q(url="") | (Q(url__startswith="/") & ~Q(url__startswith="//")),
                name="notice_address_is_ours",
                violation_error_message="Địa chỉ của thông báo phải nằm trong chương trình.",
            )
        ]

    @property
    def is_unread(self) -> bool:
        return self.read_at is None


class Channel(models.TextChoices):
    INBOX = "inbox", "Hộp thông báo"
    EMAIL = "email", "Thư điện tử"
    PUSH = "push", "Báo trên máy"
    PAPER = "paper", "Giấy báo"
    PHONE = "phone", "Điện thoại"


# A person carries these out and ticks them off.
BY_HAND = (Channel.PAPER, Channel.PHONE)


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "Chưa báo"
    SENT = "sent", "Đã báo"
    FAILED = "failed", "Không gửi được"
    NOT_POSSIBLE = "not_possible", "Không có cách gửi"

    @property
    def next(self) -> frozenset[DeliveryState]:
        return NEXT[self]


NEXT: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.WAITING: frozenset({DeliveryState.SENT, DeliveryState.FAILED}),
    DeliveryState.SENT: frozenset({DeliveryState.WAITING}),  # a tick that was a slip of the finger
    DeliveryState.FAILED: frozenset({DeliveryState.WAITING}),  # sent again once the cause is mended
    DeliveryState.NOT_POSSIBLE: frozenset(),
}


class Delivery(models.Model):
    """One way in which a notice reaches its member."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField("cách gửi", max_length=10, choices=Channel)
    state = models.CharField(
        "tình trạng", max_length=12, choices=DeliveryState, default=DeliveryState.WAITING
    )
    tried_at = models.DateTimeField("lúc gửi gần nhất", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("số lần gửi", default=0)
    reason = models.CharField("lý do", max_length=200, blank=True)
    # Told by hand although nothing asked for it: taking the tick back takes the row away.
    is_added = models.BooleanField("báo thêm", default=False, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_is_one_per_channel")
        ]
        indexes = [
            models.Index(fields=["channel", "notice"], condition=Q(state="waiting"), name="delivery_waiting")
        ]


class Preference(models.Model):
    """How a member wants to be told besides the inbox; without a row the defaults hold.

    Paper is `Member.wants_paper`, which the branch's register has always had; push is a matter of each device.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    by_email = models.BooleanField("báo qua thư điện tử", default=True)
    by_phone = models.BooleanField("báo qua điện thoại", default=False)


class PushDevice(models.Model):
    """A browser that asked to be told that there is something new. It is sent no words, so no key of it is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="push_devices")
    endpoint = models.CharField("địa chỉ báo", max_length=1000, unique=True)
    # Of the mark in the browser's cookie: by it signing out finds the row of this device.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    machine = models.CharField("máy", max_length=60)
    added_at = models.DateTimeField("lúc bật")


class Schedule(models.Model):
    """When a timed job runs next. Its row decides which of several workers takes the run."""

    class State(models.TextChoices):
        NEVER = "never", "Chưa chạy lần nào"
        DONE = "done", "Xong"
        FAILED = "failed", "Lỗi"

    name = models.CharField("công việc", max_length=60, unique=True)
    next_run = models.DateTimeField("lần tới")
    last_run = models.DateTimeField("lần gần nhất", null=True, blank=True)
    last_state = models.CharField("kết quả", max_length=10, choices=State, default=State.NEVER)


class Heartbeat(models.Model):
    """A worker that is alive; one that has not been seen for a while has lost its task."""

    worker = models.CharField("tiến trình", max_length=64, unique=True)
    seen_at = models.DateTimeField("lúc thấy gần nhất")
