from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from nenep.organizations.reach import within
from nenep.people.models import Office, Post
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from nenep.concerns.models import Concern  # noqa: F401  # named in a string below
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
        return self.select_related("author", "answered_by")


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
