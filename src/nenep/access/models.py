from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from nenep.access.querysets import (
    AccountQuerySet,
    CodeRequestQuerySet,
    GrantQuerySet,
    ReadingGrantQuerySet,
)
from nenep.organizations.models import Body, Period
from nenep.people.models import Member
from nenep.shared.dates import now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class TextSize(models.IntegerChoices):
    SMALL = 16, "Nhỏ"
    NORMAL = 18, "Vừa"
    LARGE = 20, "Lớn"
    LARGEST = 24, "Rất lớn"


class AccountState(models.TextChoices):
    """What a secretary sees beside a name."""

    ABSENT = "absent", "Chưa có tài khoản"
    WAITING = "waiting", "Chờ mở bằng mã"
    OPEN = "open", "Đang dùng được"
    CLOSED = "closed", "Đã khóa, không đăng nhập được"


class AccountManager(BaseUserManager[Any]):
    def get_queryset(self) -> models.QuerySet[Any]:
        """With the member: every page says whose account it is."""
        return super().get_queryset().select_related("member")


class Account(AbstractBaseUser):
    """Who signs in: a member, or an administrator who is no member."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    member = models.OneToOneField(
        Member, models.PROTECT, null=True, blank=True, related_name="account", verbose_name="đảng viên"
    )
    # Only for an administrator who is no member; a member's name stands in `people`.
    name = models.CharField("họ và tên", max_length=120, blank=True)
    is_active = models.BooleanField("được đăng nhập", default=True)
    text_size = models.PositiveSmallIntegerField("cỡ chữ", choices=TextSize, default=TextSize.NORMAL)
    # A day, not a moment: enough to see that an account is in use, too little to watch a person.
    last_seen_on = models.DateField("ngày dùng gần nhất", null=True, blank=True)
    last_login = None

    objects = AccountManager.from_queryset(AccountQuerySet)()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False) ^ ~Q(name=""),
                name="account_has_one_name",
                violation_error_message="Tài khoản là của một đảng viên, hoặc có họ tên người quản trị.",
            )
        ]

    @property
    def shown_name(self) -> str:
        return self.member.full_name if self.member else self.name

    @property
    def actor(self) -> str:
        """What the journal writes for this person."""
        return f"member:{self.member_id}" if self.member_id else f"account:{self.pk}"

    @property
    def state(self) -> AccountState:
        if not self.is_active:
            return AccountState.CLOSED
        return AccountState.OPEN if self.has_usable_password() else AccountState.WAITING


class ActivationCode(models.Model):
    """The one printed code that opens an account, or opens it anew. Only its keyed digest is kept."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="code")
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.CharField("người cấp", max_length=40)
    issued_at = models.DateTimeField("lúc cấp")
    expires_at = models.DateTimeField("hết hạn")
    # The person lost the phone or the key: the old second factor goes when the code is used.
    drops_second_factor = models.BooleanField("bỏ bước xác nhận cũ", default=False)
    used_at = models.DateTimeField("lúc dùng", null=True, blank=True)

    def is_usable(self, moment: datetime | None = None) -> bool:
        return self.used_at is None and self.expires_at > (moment or now()) and self.account.is_active


class RequestState(models.TextChoices):
    ASKED = "asked", "Đang chờ người thứ hai xác nhận"
    CONFIRMED = "confirmed", "Đã xác nhận, chờ in mã"
    PRINTED = "printed", "Đã in mã"
    REFUSED = "refused", "Không đồng ý"
    WITHDRAWN = "withdrawn", "Đã rút"
    LAPSED = "lapsed", "Đã quá hạn"

    @property
    def next(self) -> frozenset[RequestState]:
        return NEXT_REQUEST[self]


_ENDED = frozenset({RequestState.REFUSED, RequestState.WITHDRAWN, RequestState.LAPSED})
NEXT_REQUEST: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.ASKED: _ENDED | {RequestState.CONFIRMED},
    RequestState.CONFIRMED: _ENDED | {RequestState.PRINTED},
    RequestState.PRINTED: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
    RequestState.LAPSED: frozenset(),
}
OPEN_REQUEST = (RequestState.ASKED, RequestState.CONFIRMED)


class CodeRequest(models.Model):
    """A new code for an account that has been opened: one person asks, a second one confirms, the first prints."""

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="code_requests", verbose_name="tài khoản"
    )
    asked_by = models.ForeignKey(
        Account, models.PROTECT, related_name="codes_asked", verbose_name="người đề nghị"
    )
    asked_at = models.DateTimeField("lúc đề nghị")
    expires_at = models.DateTimeField("hết hạn")
    drops_second_factor = models.BooleanField("bỏ bước xác nhận cũ", default=False)
    state = models.CharField("tình trạng", max_length=10, choices=RequestState, default=RequestState.ASKED)
    # Who confirmed or refused; nobody while it waits and when it was withdrawn or lapsed before that.
    decided_by = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="codes_decided",
        verbose_name="người trả lời",
    )
    decided_at = models.DateTimeField("lúc trả lời", null=True, blank=True)

    objects = CodeRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state__in=OPEN_REQUEST),
                name="coderequest_is_one_at_a_time",
                violation_error_message="Tài khoản này đang có một đề nghị cấp mã chưa xong.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "printed"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("account"))),
                name="coderequest_confirmed_by_a_second_person",
                violation_error_message="Người đề nghị và chính người được cấp mã không tự xác nhận được.",
            ),
        ]

    def is_open(self) -> bool:
        return self.state in OPEN_REQUEST and self.expires_at > now()

    @property
    def shown_state(self) -> RequestState:
        """Overdue is seen by the clock; the row is only told so when the next request comes."""
        is_overdue = self.state in OPEN_REQUEST and not self.is_open()
        return RequestState.LAPSED if is_overdue else RequestState(self.state)


class GrantedRole(models.TextChoices):
    """Roles that may be held without an office; their rights stand in roles.yml."""

    ADMINISTRATOR = "administrator", "Quản trị phần mềm"
    UPPER_OFFICER = "upper_officer", "Cán bộ cấp trên"
    COMMITTEE_OFFICER = "committee_officer", "Cán bộ đảng ủy"
    CLERK = "clerk", "Văn thư"


class Grant(Period):
    """A role in a body for a time, given by decision to somebody who holds no office for it."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="grants", verbose_name="tài khoản")
    role = models.CharField("vai trò", max_length=30, choices=GrantedRole)
    body = models.ForeignKey(Body, models.PROTECT, related_name="grants", verbose_name="tổ chức")
    decision = models.CharField("số quyết định", max_length=80, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["account", "role", "body", "valid_from"], name="grant_starts_once"
            ),
        ]


class ReadingState(models.TextChoices):
    ASKED = "asked", "Đang chờ đồng ý"
    GIVEN = "given", "Được xem"
    REFUSED = "refused", "Không đồng ý"
    WITHDRAWN = "withdrawn", "Đã dừng"

    @property
    def next(self) -> frozenset[ReadingState]:
        return NEXT_READING[self]


NEXT_READING: Mapping[ReadingState, frozenset[ReadingState]] = {
    ReadingState.ASKED: frozenset({ReadingState.GIVEN, ReadingState.REFUSED, ReadingState.WITHDRAWN}),
    ReadingState.GIVEN: frozenset({ReadingState.WITHDRAWN}),
    ReadingState.REFUSED: frozenset(),
    ReadingState.WITHDRAWN: frozenset(),
}


class ReadingGrant(Period):
    """An officer may read the meetings of a body and those below it, for a stated purpose, at most 14 days."""

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="readings", verbose_name="người xin xem"
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="readings", verbose_name="tổ chức")
    purpose = models.CharField("để làm gì", max_length=300)
    state = models.CharField("tình trạng", max_length=10, choices=ReadingState, default=ReadingState.ASKED)
    asked_at = models.DateTimeField("lúc xin")
    given_by = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="readings_given",
        verbose_name="người đồng ý",
    )

    objects = ReadingGrantQuerySet.as_manager()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="given") | Q(given_by__isnull=False), name="readinggrant_given_by_someone"
            ),
        ]
        indexes = [models.Index(fields=["body", "valid_to"], name="reading_by_body")]
