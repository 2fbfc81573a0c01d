"""What puts questions to branches, a directive or a focus alike: whom it asked, and where they discussed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from nenep.directives.lineage import with_those_below
from nenep.directives.models import Directive
from nenep.directives.reads import discussions
from nenep.discussions.models import Kind
from nenep.guidance.models import Guidance, GuidanceVersion
from nenep.guidance.reads import ORIGIN as FOCUS
from nenep.guidance.reads import branches_of
from nenep.meetings.models import OVER, AgendaItem
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Source:
    """`is_open`: issued, and not withdrawn since. `body_id`: who asks."""

    kind: Kind
    pk: int
    body_id: int
    title: str
    url: str
    questions: tuple[str, ...]
    is_open: bool

    @property
    def chain(self) -> list[tuple[str, int]]:
        """It, and what was issued further down to carry it out: an answer to the same question there counts here."""
        if self.kind == Kind.GUIDANCE:
            return [(self.kind, self.pk)]
        return [(self.kind, key) for key in sorted(with_those_below([self.pk])[self.pk])]


def load_source(viewer: Viewer, kind: str, pk: int) -> Source:
    """Http404 for an unknown kind, and for what the viewer does not see or is still a draft."""
    if kind == Kind.DIRECTIVE:
        directive = Directive.objects.visible_to(viewer).filter(pk=pk, issued_at__isnull=False).first()
        if directive:
            return of_directive(directive)
    if kind == Kind.GUIDANCE:
        seen = Guidance.objects.visible_to(viewer).filter(pk=pk, published_at__isnull=False)
        if guidance := seen.prefetch_related("versions").first():
            return of_guidance(guidance)
    raise Http404


def of_directive(directive: Directive) -> Source:
    return Source(
        Kind.DIRECTIVE,
        directive.pk,
        directive.keeper_id,
        directive.title,
        reverse("directives:page", args=[directive.pk]),
        tuple(directive.question_lines),
        directive.is_issued,
    )


def of_guidance(guidance: Guidance) -> Source:
    """With the questions of its present version."""
    return Source(
        Kind.GUIDANCE,
        guidance.pk,
        guidance.body_id,
        guidance.current.title,
        reverse("guidance:page", args=[guidance.pk]),
        tuple(guidance.current.question_lines),
        guidance.is_published,
    )


def asked_by(source: Source) -> set[int]:
    """The branches that were asked and have not ended."""
    if source.kind == Kind.GUIDANCE:
        return set(branches_of(Guidance.objects.get(pk=source.pk)).values_list("pk", flat=True))
    got = Directive.objects.get(pk=source.pk).receipts.filter(is_branch=True, ended_at=None)
    return set(got.values_list("body_id", flat=True))


def items_of(source: Source, branches: Collection[int]) -> dict[int, AgendaItem]:
    """Branch -> the first item with text of a meeting that is over, under which it discussed the matter."""
    if source.kind == Kind.DIRECTIVE:
        return discussions(branches, {key for _kind, key in source.chain})
    versions = GuidanceVersion.objects.filter(guidance=source.pk).values("pk")
    items = AgendaItem.objects.filter(
        ~Q(notes="", conclusion="", decision=""),
        origin_type=FOCUS,
        origin_id__in=versions,
        meeting__status__in=OVER,
    )
    found: dict[int, AgendaItem] = {}
    for item in items.select_related("meeting").order_by("meeting__starts_at", "pk"):
        if item.meeting.body_id in branches:
            found.setdefault(item.meeting.body_id, item)
    return found


def same(question: str) -> str:
    """What two spellings of one question share."""
    return search_key(question).strip(" ?.:")
