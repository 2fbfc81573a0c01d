from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from nenep.meetings.models import AgendaItem, Meeting
from nenep.organizations.models import Body
from nenep.organizations.reach import within
from nenep.people.models import Member
from nenep.resolutions.models import Target
from nenep.shared.dates import today
from nenep.shared.once import MadeOnce

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date

    from nenep.shared.viewer import Viewer


class AssignmentStatus(models.TextChoices):
    GIVEN = "given", "Mới giao"
    DOING = "doing", "Đang làm"
    STUCK = "stuck", "Vướng mắc"
    DONE = "done", "Báo đã xong"
    REVIEWED = "reviewed", "Đã kiểm điểm"
    WITHDRAWN = "withdrawn", "Đã bỏ"
    ENDED = "ended", "Chi bộ đã kết thúc hoạt động"

    @property
    def next(self) -> AbstractSet[AssignmentStatus]:
        if self not in OPEN:
            return frozenset()
        return frozenset(AssignmentStatus) - {AssignmentStatus.GIVEN}


UNFINISHED = (AssignmentStatus.GIVEN, AssignmentStatus.DOING, AssignmentStatus.STUCK)
OPEN = (*UNFINISHED, AssignmentStatus.DONE)
# What an owner says of it.
REPORTED = (AssignmentStatus.DOING, AssignmentStatus.DONE, AssignmentStatus.STUCK)


class Result(models.TextChoices):
    MET = "met", "Đạt"
    PARTLY = "partly", "Đạt một phần"
    NOT_MET = "not_met", "Chưa đạt"


class Management(models.TextChoices):
    """Where a piece of work stands that the branch cannot do without the management of its unit (R162)."""

    NOT_NEEDED = "", "Không cần thống nhất với lãnh đạo cơ quan, đơn vị"
    NEEDED = "needed", "Cần thống nhất với lãnh đạo cơ quan, đơn vị"
    AGREED = "agreed", "Đã thống nhất với lãnh đạo cơ quan, đơn vị"


def _helped(member_id: int | None) -> Q:
    """A subquery: a join would show a piece of work once for each of its helpers."""
    return Q(pk__in=Assignment.helpers.through.objects.filter(member=member_id).values("assignment"))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Those of the branches whose assignments the viewer may read; what one does or helps with wherever it is."""
        own = Q(owner_id=viewer.member_id) | _helped(viewer.member_id)
        return self.filter(within(viewer, "assignments.read") | own)

    def helped_by(self, member_id: int | None) -> Self:
        """What somebody else does and this member helps with."""
        return self.filter(_helped(member_id))

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def standing(self) -> Self:
        """All but what was given by mistake and taken back."""
        return self.exclude(status=AssignmentStatus.WITHDRAWN)

    def given_at(self, meeting: Meeting) -> Self:
        """Without what a successor of the branch took over: that is no more this meeting's to correct."""
        return self.standing().filter(meeting=meeting, body=meeting.body_id)

    def overdue(self, day: date | None = None) -> Self:
        """Due before `day` (today), and not even said to be done."""
        return self.filter(status__in=UNFINISHED, due_on__lt=day or today())

    def for_list(self) -> Self:
        return self.select_related("owner", "body").order_by(F("due_on").asc(nulls_last=True), "pk")


class Assignment(MadeOnce):
    """A piece of work with an owner and a deadline. A carried-over one points to the one it continues."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="assignments")
    what = models.CharField("việc được giao", max_length=300)
    owner = models.ForeignKey(
        Member, models.PROTECT, related_name="assignments", verbose_name="người thực hiện"
    )
    helpers = models.ManyToManyField(Member, related_name="+", blank=True, verbose_name="người phối hợp")
    due_on = models.DateField("thời hạn")
    measure = models.CharField("kết quả cần đạt", max_length=200, blank=True)
    status = models.CharField(max_length=20, choices=AssignmentStatus, default=AssignmentStatus.GIVEN)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="assignments")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="assignments")
    target = models.OneToOneField(Target, models.PROTECT, null=True, blank=True, related_name="assignment")
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    management = models.CharField(
        "thống nhất với lãnh đạo cơ quan, đơn vị",
        max_length=10,
        choices=Management,
        default=Management.NOT_NEEDED,
        blank=True,
        editable=False,
    )
    given_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["body", "due_on"], name="open_assignment_by_body", condition=Q(status__in=OPEN)
            ),
            models.Index(
                fields=["owner", "due_on"], name="open_assignment_by_owner", condition=Q(status__in=OPEN)
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_correctable(self) -> bool:
        """Until the branch has adopted the minutes that name it; what was given after that, until its owner reports.

        No minutes of the branch name what it took over from one that has ended: that is its own until it is judged.
        """
        if self.is_taken_over:
            return self.is_open
        minutes = getattr(self.meeting, "minutes", None)
        if minutes is None:
            return self.is_open
        return self.status == AssignmentStatus.GIVEN and self.given_at > minutes.adopted_at

    @property
    def is_taken_over(self) -> bool:
        """Given by a branch that has ended; needs `meeting`."""
        return self.meeting.body_id != self.body_id

    @property
    def is_overdue(self) -> bool:
        return self.status in UNFINISHED and self.due_on < today()

    @property
    def helper_names(self) -> str:
        """In the order of a Vietnamese list; "" where nobody helps. Lists fetch the helpers with the rows."""
        return ", ".join(
            person.full_name for person in sorted(self.helpers.all(), key=lambda one: one.sort_key)
        )

    @property
    def management_words(self) -> str:
        """ "" where nobody marked it."""
        return str(Management(self.management).label) if self.management else ""

    @property
    def state_words(self) -> str:
        """A sentence for whoever comes too late."""
        words = _("Tình hình việc này hiện nay: %(state)s.")
        return words % {"state": self.get_status_display().lower()}

    @property
    def is_said_to_be_done(self) -> bool:
        """Nothing is left for the owner to do: the branch has to judge it."""
        return self.status == AssignmentStatus.DONE


class Progress(models.Model):
    """One line from the owner: where the work stands, or what is in the way."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="progress")
    status = models.CharField("tình hình", max_length=20, choices=AssignmentStatus)
    line = models.CharField("ghi thêm", max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]


class Review(models.Model):
    """The branch's judgement at a meeting: met, partly or not met, and why, from the coded list of causes."""

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="review")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="reviews")
    result = models.CharField("kết quả", max_length=20, choices=Result)
    actual = models.CharField("kết quả thực tế", max_length=200, blank=True)
    cause = models.CharField("nguyên nhân", max_length=40)
    cause_text = models.CharField("nói rõ thêm", max_length=300, blank=True)
    at = models.DateTimeField()
