from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q

from nenep.meetings.models import AgendaItem, Meeting
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.preparing.querysets import DutyQuerySet, MaterialQuerySet, RegulationQuerySet
from nenep.shared.fields import LONGEST_TEXT
from nenep.shared.once import MadeOnce


class Duty(models.Model):
    """Who prepares one step of a meeting, by when. Whether the step is done, the meeting itself knows."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="duties")
    # The key of a `PreparationStep`, and its words when it was given.
    step = models.CharField("bước chuẩn bị", max_length=20)
    label = models.CharField("việc chuẩn bị", max_length=100)
    owner = models.ForeignKey(Member, models.PROTECT, related_name="duties", verbose_name="người chuẩn bị")
    # NULL: the day that the rules of the meeting count back to, wherever the meeting is moved.
    due_on = models.DateField("xong trước ngày", null=True, blank=True)
    given_at = models.DateTimeField(editable=False)
    reported_at = models.DateTimeField("lúc báo xong", null=True, editable=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "step"], name="duty_is_one_for_each_step")]
        indexes = [models.Index(fields=["owner"], condition=Q(reported_at=None), name="open_duty_by_owner")]


class Material(MadeOnce):
    """A paper that belongs to a part of the agenda: where it comes from, and what it means for the branch."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="materials")
    # NULL once the part has left the agenda.
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, related_name="materials", verbose_name="dùng cho nội dung"
    )
    title = models.CharField("tên tài liệu", max_length=300)
    is_official = models.BooleanField("tài liệu chính thức", default=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    address = models.CharField(
        "địa chỉ trên mạng", max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    # Its greatest length is a rule of the day: meet.prepare.digest.
    digest = models.TextField("điều này có nghĩa gì với chi bộ ta", max_length=LONGEST_TEXT, blank=True)
    is_paper = models.BooleanField("đây là báo cáo chuyên đề", default=False)
    kept_at = models.DateTimeField(editable=False)
    kept_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")
    # How many have read it as it stands, before the meeting.
    readers = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_official=False)
                | ~Q(address="")
                | (~Q(issuer="") & (~Q(number="") | Q(issued_on__isnull=False))),
                name="material_is_official_with_its_source",
                violation_error_message=(
                    "Tài liệu chính thức phải có cơ quan ban hành cùng số hoặc ngày, hoặc có địa chỉ trên mạng. "
                    "Không có thì chọn “tài liệu tham khảo, không chính thức”."
                ),
            )
        ]


class Reading(models.Model):
    """That a member has read a paper, so that nobody is counted twice; forgotten after the meeting."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="readings")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["material", "member"], name="material_is_read_once"),
        ]


class Agreement(MadeOnce):
    """What the branch's committee and the management of its unit agreed before a meeting, and what they did not."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agreements")
    held_on = models.DateField("ngày bàn")
    # An office, never a person of the register: the management need not be members.
    whom = models.CharField("bàn với ai", max_length=200)
    agreed = models.TextField("điều đã thống nhất", max_length=2000, blank=True)
    not_agreed = models.TextField("điều chưa thống nhất", max_length=2000, blank=True)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(Member, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(agreed="") | ~Q(not_agreed=""),
                name="agreement_says_something",
                violation_error_message="Đồng chí ghi điều đã thống nhất hoặc điều chưa thống nhất.",
            )
        ]


class SharedMatter(models.Model):
    """A part of the agenda that the branch settles only together with the management of its unit."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="shared_matter")
    agreement = models.ForeignKey(Agreement, models.SET_NULL, null=True, related_name="matters")


class Regulation(MadeOnce):
    """The coordination regulation of a branch and the management of its unit, for the time that it holds."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    title = models.CharField("tên quy chế", max_length=200, default="Quy chế phối hợp")
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    signed_on = models.DateField("ngày ký")
    valid_from = models.DateField("có hiệu lực từ ngày")
    valid_to = models.DateField("hết hiệu lực từ ngày", null=True, blank=True)
    review_on = models.DateField("rà soát lại vào ngày", null=True, blank=True)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="regulation_ends_after_it_begins",
                violation_error_message="Ngày hết hiệu lực phải sau ngày có hiệu lực.",
            )
        ]
