"""How far a directive has come: figures with their bases, and the list of bodies behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nenep.assignments.models import Assignment
from nenep.directives.figures import (
    LISTS,
    MEMBERS,
    STAGES,
    by_delay,
    delays_of,
    figures_of,
    listed,
    member_figures,
)
from nenep.directives.links import shown
from nenep.directives.loading import load_directive, load_receipt
from nenep.directives.models import Receipt
from nenep.directives.reading import followed
from nenep.directives.reads import states_of
from nenep.directives.way_up import above_directive, way_up
from nenep.journal.operations import record_read
from nenep.organizations.reach import within
from nenep.people.models import Member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from nenep.directives.models import Directive
    from nenep.directives.querysets import ReceiptQuerySet
    from nenep.directives.reads import BodyState
    from nenep.shared.web import Request

ON_A_PAGE = 50


def state_context(directive: Directive, states: Sequence[BodyState]) -> dict[str, Any]:
    """The figures for whoever looks after bodies that got it; {} for everybody else."""
    if not states:
        return {}
    return {
        "figures": figures_of(states),
        "member_figures": member_figures(states),
        "delays": delays_of(directive, states),
    }


@require_GET
def bodies(request: Request, pk: int) -> HttpResponse:
    """Behind each number: which bodies, with their facts and days; `members=` orders by a fact of their members."""
    directive, states = _followed(request, pk)
    which, fact = request.GET.get("which", "all"), request.GET.get("members", "")
    which = which if which in LISTS else "all"
    rows = listed(states, which)
    if fact in MEMBERS:
        rows = sorted((one for one in states if one.receipt.is_branch), key=lambda one: _share(one, fact))
    context = {
        "directive": directive,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "which": which,
        "fact": fact if fact in MEMBERS else "",
        "lists": [(key, one.label, len(listed(states, key))) for key, one in LISTS.items()],
        "label": MEMBERS.get(fact, LISTS[which].label),
    }
    return render(request, "directives/bodies.html", context)


@require_GET
def delay(request: Request, pk: int) -> HttpResponse:
    """How many days each branch took to one stage, those that have not come so far first."""
    directive, states = _followed(request, pk)
    stage = request.GET.get("stage", "arrival")
    stage = stage if stage in STAGES else "arrival"
    context = {
        "directive": directive,
        "page": Paginator(by_delay(directive, states, stage), ON_A_PAGE).get_page(request.GET.get("page")),
        "stage": stage,
        "stages": [(key, label) for key, (label, _day) in STAGES.items()],
    }
    return render(request, "directives/delay.html", context)


@require_GET
def members(request: Request, pk: int) -> HttpResponse:
    """Who of the branch was told, opened it, took part, confirmed: for its own secretary."""
    receipt, _can = load_receipt(request, pk, "see_members")
    record_read("directive.members_read", by=request.viewer, body=receipt.body_id, obj=receipt)
    (state,) = states_of(receipt.directive, [receipt])
    people = Member.objects.filter(pk__in=state.members).order_by("sort_key")
    context = {
        "receipt": receipt,
        "directive": receipt.directive,
        "state": state,
        "rows": [(person, state.members[person.pk]) for person in people],
    }
    return render(request, "directives/members.html", context)


@require_GET
def way(request: Request, pk: int) -> HttpResponse:
    """From a directive to what each level made of it, and what nobody has taken up (R17, R18)."""
    directive, _can = load_directive(request, pk)
    receipts = followed(request.viewer, directive) | own(request, directive)
    states = states_of(directive, receipts.distinct())
    made = shown(request.viewer, [state.receipt for state in states])
    acting = [state for state in states if state.receipt.pk in made]
    requirements = list(directive.requirements.all())
    uncarried = {one.pk: sum(one in state.lacking for state in states) for one in requirements}
    asked = {one.pk: sum(one.is_for(branch=s.receipt.is_branch) for s in states) for one in requirements}
    found = Paginator(acting, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "directive": directive,
        "above": above_directive(request.viewer, directive),
        "page": found,
        "rows": [(state, made[state.receipt.pk]) for state in found],
        "requirements": [(one, uncarried[one.pk], asked[one.pk]) for one in requirements],
        "idle": sum(state.is_idle for state in states),
        "base": len(states),
        "may_list": followed(request.viewer, directive).exists(),
    }
    return render(request, "directives/way.html", context)


@require_GET
def lacking(request: Request, pk: int, requirement_pk: int) -> HttpResponse:
    """Which bodies have nothing that carries out this paragraph."""
    directive, states = _followed(request, pk)
    requirement = get_object_or_404(directive.requirements, pk=requirement_pk)
    rows = [state for state in states if requirement in state.lacking]
    context = {
        "directive": directive,
        "requirement": requirement,
        "page": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "directives/lacking.html", context)


@require_GET
def from_work(request: Request, assignment_pk: int) -> HttpResponse:
    """From a piece of work up to the directive, and to what that one carries out."""
    rows = Assignment.objects.visible_to(request.viewer).select_related("owner", "item", "meeting")
    assignment = get_object_or_404(rows, pk=assignment_pk)
    record_read(
        "assignment.read",
        by=request.viewer,
        body=assignment.body_id,
        obj=assignment,
        subject=assignment.owner_id,
    )
    context = {"assignment": assignment, "steps": way_up(request.viewer, assignment)}
    return render(request, "directives/way_up.html", context)


def own(request: Request, directive: Directive) -> ReceiptQuerySet:
    """What the viewer's own bodies received, in the order of `followed`."""
    rows = Receipt.objects.filter(
        within(request.viewer, "directives.read"), directive=directive, ended_at=None
    )
    return rows.order_by("body__code", "pk")


def _followed(request: Request, pk: int) -> tuple[Directive, list[BodyState]]:
    """403 for whoever looks after none of its bodies."""
    directive, _can = load_directive(request, pk)
    states = states_of(directive, followed(request.viewer, directive))
    if not states:
        raise PermissionDenied(_("Đồng chí không theo dõi tổ chức nào nhận chỉ đạo này."))
    return directive, states


def _share(state: BodyState, fact: str) -> float:
    return state.count(fact) / len(state.members) if state.members else 0
