from django.db import models
from django.db.models import F, Q

from nenep.organizations.models import Body, Cluster, Period


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
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    search_key = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(official_on__isnull=True) | Q(official_on__gte=F("admitted_on")),
                name="member_is_official_after_admission",
                violation_error_message="Ngày chính thức phải sau ngày vào Đảng.",
            )
        ]


class Membership(Period):
    """A member belongs to exactly one branch at a time."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="memberships")
    branch = models.ForeignKey(Body, models.PROTECT, related_name="memberships")

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(fields=["member", "valid_from"], name="membership_starts_once"),
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


class StatusPeriod(Period):
    """A time in which a member is exempt, suspended, temporarily away (with the host branch) or abroad."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="status_periods")
    status = models.CharField("tình trạng", max_length=20, choices=Status)
    host = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="guests", verbose_name="chi bộ nơi đến"
    )

    class Meta(Period.Meta):
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status__in=[Status.OFFICIAL, Status.PROBATIONARY]),
                name="statusperiod_is_no_plain_standing",
            ),
        ]


class Post(models.TextChoices):
    SECRETARY = "secretary", "Bí thư"
    DEPUTY = "deputy", "Phó bí thư"
    COMMITTEE_MEMBER = "committee_member", "Cấp ủy viên"
    OFFICER = "officer", "Cán bộ theo dõi"
    CLERK = "clerk", "Văn thư"


class Office(Period):
    """A post held in a body for a time; rights follow it and end with it."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="offices")
    body = models.ForeignKey(Body, models.PROTECT, related_name="offices")
    post = models.CharField("chức vụ", max_length=20, choices=Post)
    # An officer may be responsible for one cluster instead of everything below the body.
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="offices")

    class Meta(Period.Meta):
        indexes = [models.Index(fields=["body", "post", "valid_from"], name="office_by_body")]


class Term(Period):
    """A committee's term: from the day after its opening congress to the closing of the next."""

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
