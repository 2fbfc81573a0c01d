"""Looking at people: the people of a body, and one member. Looking at others' data is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nenep.journal.operations import record_read
from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body
from nenep.organizations.reads import kind_on, name_on
from nenep.people.access import MemberAccess, PeopleAccess
from nenep.people.forms import ListForm
from nenep.people.models import Introduction, Member, Office, Status
from nenep.people.reads import counts_by_status, counts_of, term_on
from nenep.people.showing import roster_shown
from nenep.people.structure import structure_notes
from nenep.shared.dates import today, valid_on
from nenep.shared.limits import MINUTE, is_too_often, too_often

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import HttpResponse

    from nenep.people.reads import RosterEntry
    from nenep.shared.web import Request

SHOWN_AT_MOST = 50
# An advisory unit has officers and no members.
LISTED_KINDS = [kind for kind in Kind if kind != Kind.ADVISORY_UNIT]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a printed list."""

    entry: RosterEntry
    posts: str


@require_safe
def index(request: Request) -> HttpResponse:
    """The bodies whose people the viewer may list; straight to the only one."""
    reach = request.viewer.where("people.list")
    bodies = list(Body.objects.on(today()).filter(pk__in=reach.own | reach.below).order_by("code"))
    if len(bodies) == 1:
        return redirect("people:body", bodies[0].pk)
    counts = counts_of([body.pk for body in bodies], today())
    rows = [(body, counts[body.pk]) for body in bodies]
    context = {"rows": rows, "waiting": Introduction.objects.visible_to(request.viewer).count()}
    return render(request, "people/index.html", context)


@require_safe
def body(request: Request, body_id: int) -> HttpResponse:
    """A branch's list on a day (`?day=29/09/2015&q=binh`); above branches totals and a search."""
    found = get_object_or_404(Body.objects.visible_to(request.viewer).as_of(today()), pk=body_id)
    can = PeopleAccess(request.viewer, body_id)
    if not can.count:
        raise PermissionDenied
    form = ListForm({"day": today(), **request.GET.dict()})
    if not form.is_valid():
        context = {"body": found, "form": form, "can": can}
        return render(request, "people/body.html", context, status=422)
    if form.cleaned_data["q"] and is_too_often(request, "people.search", most=30, seconds=MINUTE):
        sentence = _("Đồng chí đã tìm tên 30 lần trong một phút. Xin đợi một phút rồi tìm tiếp.")
        return too_often(request, sentence)
    day: date = form.cleaned_data["day"]
    show = _branch_list if _is_branch(found) and can.list else _totals
    return show(request, found, can, form, day)


@require_safe
def member(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Member.objects.visible_to(request.viewer).with_status(today()), pk=pk)
    can = MemberAccess(request.viewer, found)
    if not can.read:
        raise PermissionDenied
    record_read("member.read", by=request.viewer, body=can.branch_id, obj=found, subject=found.pk)
    context = {
        "member": found,
        "status": Status(found.status),
        "can": can,
        "memberships": _named(found.memberships.order_by("-valid_from"), "branch_id"),
        "offices": _named(found.offices.for_page(), "body_id"),
        "waiting": _named(found.introductions.waiting(), "destination_id"),
        "periods": _named(found.status_periods.order_by("-valid_from"), "host_id"),
        "today": today(),
    }
    return render(request, "people/member.html", context)


def _branch_list(
    request: Request, branch: Body, can: PeopleAccess, form: ListForm, day: date
) -> HttpResponse:
    posts = _posts(branch.pk, day)
    found = set(Member.objects.search(form.cleaned_data["q"]).of_branch_or_host(branch.pk, day))
    lines = [
        Line(entry, ", ".join(posts.get(entry.member_id, [])))
        for entry in roster_shown(branch.pk, day, by=request.viewer)
        if entry.member_id in found
    ]
    context = {
        "body": branch,
        "form": form,
        "can": can,
        "day": day,
        "lines": lines,
        "is_branch": True,
        "counts": _shown(counts_by_status(branch.pk, day)),
        "notes": structure_notes(branch.pk, day),
        "readable": _readable(request, lines),
        "term": term_on(branch.pk, day),
        "waiting": Introduction.objects.visible_to(request.viewer).of_body(branch.pk).count(),
    }
    return render(request, "people/body.html", context)


def _totals(request: Request, above: Body, can: PeopleAccess, form: ListForm, day: date) -> HttpResponse:
    below = Body.objects.children_of(above.pk, day).on(day).of_kind(*LISTED_KINDS)
    children = list(below.order_by("code"))
    counts = counts_of([child.pk for child in children], day)
    context = {
        "body": above,
        "form": form,
        "can": can,
        "day": day,
        "children": [(child, counts[child.pk]) for child in children],
        "counts": _shown(counts_by_status(above.pk, day)),
        "term": term_on(above.pk, day),
    }
    text = form.cleaned_data["q"]
    if text and can.list:
        record_read("members.searched", by=request.viewer, body=above.pk, obj=above)
        hits = Member.objects.visible_to(request.viewer).under(above.pk, day).search(text)
        context["hits"] = list(hits.with_status(day).in_order()[: SHOWN_AT_MOST + 1])
        context["shown_at_most"] = SHOWN_AT_MOST
    return render(request, "people/body.html", context)


def _is_branch(found: Body) -> bool:
    """By its kind of today; a body that has ended is what it was last."""
    return kind_on(found.pk, today()).is_branch


def _posts(branch_id: int, day: date) -> dict[int, list[str]]:
    posts: dict[int, list[str]] = {}
    held = Office.objects.filter(valid_on(day), body=branch_id).order_by("pk")
    for office in held.with_kind():
        posts.setdefault(office.member_id, []).append(office.post_name)
    return posts


def _readable(request: Request, lines: list[Line]) -> set[int]:
    """Whose page the viewer may open: asked once for the whole list."""
    ids = [line.entry.member_id for line in lines]
    rows = Member.objects.readable_by(request.viewer).filter(Q(pk__in=ids))
    return set(rows.values_list("pk", flat=True))


def _shown(counts: dict[Status, int]) -> list[tuple[Status, int]]:
    return [(status, count) for status, count in counts.items() if count or not status.is_stated]


def _named(rows: Sequence[object], column: str) -> list[tuple[object, str]]:
    """Each row with the name that its body had when the row began."""
    return [
        (row, name_on(key, getattr(row, "valid_from", today())) if (key := getattr(row, column)) else "")
        for row in rows
    ]
