from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body, Cluster, Period
from nenep.people.querysets import IntroductionQuerySet, MemberQuerySet, OfficeQuerySet
from nenep.shared.dates import FOREVER
from nenep.shared.fields import SortKeyField

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


class Member(models.Model):
    """A party member: what meetings need to know and nothing more (design.md, People)."""

    code = models.CharField("mã đảng viên", max_length=30, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    admitted_on = models.DateField("ngày vào Đảng")
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("số điện thoại", max_length=20, blank=True)
    wants_paper = models.BooleanField("nhận giấy", default=False)
    sort_key = SortKeyField(max_length=400, editable=False)
    search_key = models.CharField(max_length=200, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên"
        indexes = [models.Index(fields=["sort_key"], name="member_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(official_on__isnull=True) | Q(official_on__gte=F("admitted_on")),
                name="member_is_official_after_admission",
                violation_error_message="Ngày chính thức phải sau ngày vào Đảng.",
            )
        ]

    def __str__(self) -> str:
        return self.full_name


class Membership(Period):
    """A member belongs to exactly one branch at a time; a transfer ends one row and opens the next."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    branch = models.ForeignKey(Body, models.PROTECT, related_name="memberships")

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["member", "valid_from"], name="membership_starts_once"),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(valid_to=FOREVER),
                name="membership_is_open_once",
                violation_error_message="Đảng viên chỉ sinh hoạt chính thức ở một chi bộ.",
            ),
        ]
        indexes = [models.Index(fields=["branch", "valid_from", "valid_to"], name="membership_by_branch")]


class Status(models.TextChoices):
    """A member's standing on a day. The first two follow from dates; the rest are stated periods."""

    OFFICIAL = "official", "Chính thức"
    PROBATIONARY = "probationary", "Dự bị"
    EXEMPT = "exempt", "Miễn công tác và sinh hoạt"
    SUSPENDED = "suspended", "Đình chỉ sinh hoạt"
    AWAY = "away", "Sinh hoạt tạm thời nơi khác"
    ABROAD = "abroad", "Ở nước ngoài"

    @property
    def is_stated(self) -> bool:
        return self not in {Status.OFFICIAL, Status.PROBATIONARY}


class StatusPeriod(Period):
    """A time in which a member is exempt, suspended, temporarily away (with the host branch) or abroad."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="status_periods")
    status = models.CharField("tình trạng", max_length=20, choices=Status)
    # Empty when the member is away at a branch that is not in this program.
    host = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="guests", verbose_name="chi bộ nơi đến"
    )

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["member", "valid_from"], name="statusperiod_starts_once"),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.OFFICIAL, Status.PROBATIONARY]),
                name="statusperiod_is_no_plain_standing",
                violation_error_message="Chính thức hay dự bị do ngày công nhận quyết định, không ghi ở đây.",
            ),
            models.CheckConstraint(
                condition=Q(host__isnull=True) | Q(status=Status.AWAY),
                name="statusperiod_has_a_host_only_when_away",
                violation_error_message="Chỉ ghi chi bộ nơi đến khi đảng viên sinh hoạt tạm thời nơi khác.",
            ),
        ]
        indexes = [models.Index(fields=["host", "valid_from", "valid_to"], name="statusperiod_by_host")]


class Post(models.TextChoices):
    SECRETARY = "secretary", "Bí thư"
    DEPUTY = "deputy", "Phó bí thư"
    COMMITTEE_MEMBER = "committee_member", "Cấp ủy viên"
    OFFICER = "officer", "Cán bộ theo dõi"
    CLERK = "clerk", "Văn thư"

    @property
    def is_elected(self) -> bool:
        """Elected posts are held by official members (regulations.md 3.2)."""
        return self in {Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER}

    def called_in(self, kind: Kind) -> str:
        """As people say it there: whoever sits in a branch's committee is no member of a đảng ủy."""
        if self != Post.COMMITTEE_MEMBER:
            return str(self.label)
        return "Chi ủy viên" if kind.is_branch else "Đảng ủy viên"


# Who leads a branch, in the order in which they are named.
LEADERS = (Post.SECRETARY, Post.DEPUTY)


class Office(Period):
    """A post held in a body for a time; rights follow it and end with it."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="offices")
    body = models.ForeignKey(Body, models.PROTECT, related_name="offices")
    post = models.CharField("chức vụ", max_length=20, choices=Post)
    # An officer may be responsible for one cluster instead of everything below the body.
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="offices", verbose_name="cụm phụ trách"
    )

    kind: str  # only there after `with_kind`

    objects = OfficeQuerySet.as_manager()

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["member", "body", "post", "valid_from"], name="office_starts_once"
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(post=Post.SECRETARY, valid_to=FOREVER),
                name="office_of_secretary_is_held_by_one",
                violation_error_message="Tổ chức này đã có bí thư; hãy ghi ngày thôi giữ chức vụ trước.",
            ),
        ]
        indexes = [models.Index(fields=["body", "post", "valid_from"], name="office_by_body")]

    @property
    def post_name(self) -> str:
        """What people call this post in that body; needs `with_kind`."""
        return Post(self.post).called_in(Kind(self.kind))


class Term(Period):
    """A committee's term: from its opening congress to that of the next."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms")
    name = models.CharField("nhiệm kỳ", max_length=40)

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["body", "valid_from"], name="term_starts_once"),
        ]


class Transfer(models.Model):
    """A member's move from one branch to another, kept for both sides."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="transfers")
    origin = models.ForeignKey(Body, models.PROTECT, related_name="transfers_out")
    destination = models.ForeignKey(Body, models.PROTECT, related_name="transfers_in")
    day = models.DateField("ngày chuyển")
    letter = models.CharField("số giấy giới thiệu", max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "day"], name="transfer_is_stated_once"),
            models.CheckConstraint(
                condition=~Q(origin=F("destination")),
                name="transfer_joins_two_branches",
                violation_error_message="Chi bộ nơi đến phải khác chi bộ đang sinh hoạt.",
            ),
        ]


class IntroductionKind(models.TextChoices):
    TRANSFER = "transfer", "Chuyển sinh hoạt chính thức"
    STAY = "stay", "Sinh hoạt tạm thời"


class IntroductionState(models.TextChoices):
    WAITING = "waiting", "Chờ tiếp nhận"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    REFUSED = "refused", "Không tiếp nhận"
    WITHDRAWN = "withdrawn", "Đã rút"
    LAPSED = "lapsed", "Không còn hiệu lực"

    @property
    def next(self) -> AbstractSet[IntroductionState]:
        waits = self == IntroductionState.WAITING
        return frozenset(IntroductionState) - {IntroductionState.WAITING} if waits else frozenset()


class Introduction(models.Model):
    """A branch sends a member to another one that has yet to agree; until it accepts no list and no right changes."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="introductions")
    kind = models.CharField("hình thức", max_length=10, choices=IntroductionKind)
    origin = models.ForeignKey(
        Body, models.PROTECT, related_name="introductions_out", verbose_name="chi bộ giới thiệu"
    )
    destination = models.ForeignKey(
        Body, models.PROTECT, related_name="introductions_in", verbose_name="chi bộ nơi đến"
    )
    day = models.DateField("từ ngày")
    end = models.DateField("đến trước ngày", default=FOREVER)
    letter = models.CharField("số giấy giới thiệu", max_length=80, blank=True)
    state = models.CharField(
        "tình trạng", max_length=10, choices=IntroductionState, default=IntroductionState.WAITING
    )
    stated_at = models.DateTimeField("lúc giới thiệu")
    answered_at = models.DateTimeField("lúc trả lời", null=True, blank=True)
    reason = models.CharField("lý do không tiếp nhận", max_length=300, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state="waiting"),
                name="introduction_waits_once",
                violation_error_message="Đồng chí này đang có giới thiệu chờ tiếp nhận; hãy rút việc ấy trước.",
            ),
            models.CheckConstraint(
                condition=~Q(origin=F("destination")), name="introduction_joins_two_branches"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("day")), name="introduction_ends_after_its_day"),
            models.CheckConstraint(
                condition=Q(end=FOREVER) | Q(kind="stay"), name="introduction_ends_only_for_a_stay"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(answered_at__isnull=False),
                name="introduction_answered_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="introduction_refused_with_reason",
                violation_error_message="Không tiếp nhận thì phải nói rõ lý do.",
            ),
        ]
        indexes = [models.Index(fields=["destination", "state"], name="introduction_by_destination")]
