from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from nenep.organizations.models import Closure
from nenep.organizations.reach import within
from nenep.people.models import Office, Post
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from nenep.concerns.models import Concern, OfficialAnswer  # noqa: F401  # named in strings below
    from nenep.shared.viewer import Viewer


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """One's own; those whose answer the viewer owes today; those passed up to the viewer's committee.

        What was taken back is seen by its author alone, what is forgotten by nobody.
        """
        return self.filter(_own(viewer) | ~Q(status="taken_back") & (_kept(viewer) | _received(viewer)))

    def of_author(self, viewer: Viewer) -> Self:
        return self.filter(_own(viewer)).order_by("-raised_at", "-pk")

    def waiting_for(self, viewer: Viewer) -> Self:
        """Those that wait for an answer of this viewer, the most pressing first."""
        waiting = Q(status="raised") & _kept(viewer) | Q(status="passed_up") & _received(viewer)
        return self.filter(waiting).order_by(F("answer_by").asc(nulls_last=True), "pk")

    def for_page(self) -> Self:
        return self.select_related("author", "answered_by", "published")


class OfficialAnswerQuerySet(models.QuerySet["OfficialAnswer"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What the viewer's committees published, and what was published above the viewer's bodies for them."""
        bodies = viewer.where("concerns.read_answers").own
        return self.filter(within(viewer, "concerns.answer_passed") | _meant_for(bodies, today()))

    def for_body(self, body_id: int, day: date) -> Self:
        """Not withdrawn, and meant for this body where it stands on `day`."""
        return self.filter(_meant_for([body_id], day))


def _meant_for(bodies: Iterable[int], day: date) -> Q:
    above = Closure.objects.filter(valid_on(day), descendant__in=bodies).values("ancestor")
    from_above = Closure.objects.filter(
        valid_on(day), descendant__in=bodies, ancestor=OuterRef("body"), depth__gt=0
    )
    return Q(Exists(from_above), withdrawn_at=None) & (Q(chosen=None) | Q(chosen__in=above))


def _own(viewer: Viewer) -> Q:
    return Q(author=viewer.member_id or 0)


def _kept(viewer: Viewer) -> Q:
    """As `reads.keepers_of`: the secretary of today; a deputy only where no secretary but the author is known."""
    secretaries = Office.objects.filter(valid_on(today()), body=OuterRef("body"), post=Post.SECRETARY)
    others = secretaries.exclude(member=OuterRef("author"))
    is_secretary = Exists(secretaries.filter(member=viewer.member_id or 0))
    return (
        within(viewer, "concerns.answer")
        & Q(author__isnull=False)
        & ~_own(viewer)
        & (Q(is_secretary) | ~Q(Exists(others)))
    )


def _received(viewer: Viewer) -> Q:
    above = within(viewer, "concerns.answer_passed", field="committee")
    return above & Q(author__isnull=False, status__in=("passed_up", "answered")) & ~_own(viewer)
