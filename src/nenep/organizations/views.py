"""Looking at the tree: level by level, as of any day, and one body with its history."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nenep.organizations.access import BodyAccess
from nenep.organizations.kinds import Kind, UnitType
from nenep.organizations.models import Body, ClusterPlace, Edge, Succession
from nenep.organizations.reach import READ
from nenep.organizations.reads import ancestors_on, locality_on, names_on, rules_for, scopes_on
from nenep.rulebook.loader import library
from nenep.shared.dates import today, valid_on
from nenep.shared.forms import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request

PAGE = 100
SEARCHED_AT_MOST = 50
LONGEST_SEARCH = 100


@require_safe
def tree(request: Request) -> HttpResponse:
    """The tops of what the viewer may see on `?day=`, or what `?q=` finds."""
    day, day_error = _asked_day(request)
    typed = request.GET.get("q", "").strip()
    is_too_long = len(typed) > LONGEST_SEARCH
    words = "" if is_too_long else typed
    if words:
        found = Body.objects.visible_to(request.viewer).on(day).search(words, day).in_order()
        bodies = list(found[: SEARCHED_AT_MOST + 1])
    else:
        bodies = _tops(request.viewer, day)
    context = _day_context(day) | {
        "day_error": day_error,
        "words": words,
        "is_too_long": is_too_long,
        "found_more": len(bodies) > SEARCHED_AT_MOST,
        "lines": _lines(bodies[:SEARCHED_AT_MOST] if words else bodies, day),
    }
    return render(
        request, "organizations/tree.html", context, status=422 if day_error or is_too_long else 200
    )


@require_safe
def level(request: Request, pk: int) -> HttpResponse:
    """The bodies directly under one, as a page or, for htmx, as the list to open in the tree."""
    day, _error = _asked_day(request)
    body = get_object_or_404(Body.objects.visible_to(request.viewer).as_of(day), pk=pk)
    children = Body.objects.visible_to(request.viewer).on(day).children_of(pk, day).in_order()
    page = Paginator(children, PAGE).get_page(request.GET.get("page"))
    context = _day_context(day) | {"body": _named(body, day), "page": page, "lines": _lines(page, day)}
    whole = "organizations/level.html"
    return render(request, f"{whole}#lines" if request.htmx else whole, context)


@require_safe
def body(request: Request, pk: int) -> HttpResponse:
    """A body as of `?day=`: what it is, where it stands, what happened to it."""
    day, _error = _asked_day(request)
    found = get_object_or_404(Body.objects.visible_to(request.viewer).as_of(day), pk=pk)
    named = _named(found, day)
    children = Body.objects.visible_to(request.viewer).on(day).children_of(pk, day).in_order()
    lines = _lines(children[: PAGE + 1], day)
    context = _day_context(day) | {
        "body": named,
        "locality": locality_on(pk, day) or named.locality,
        "kind_words": Kind(named.kind).label,
        "unit_words": UnitType(named.unit_type).label,
        "scopes": _scopes(found, day),
        "regulation": rules_for(pk, day).vocabulary.regulation_of(named.unit_type),
        "lines": lines[:PAGE],
        "more": len(lines) > PAGE,
        "exists": found.exists_on(day),
        "can": BodyAccess(request.viewer, found),
        "way": _way(request.viewer, found, day),
        "counts": _counts_under(named, day),
        "cluster": ClusterPlace.objects.filter(valid_on(day), body=found).select_related("cluster").first(),
        "clusters": found.clusters.filter(valid_on(day)).order_by("name"),
        "changes": found.changes.order_by("day", "pk"),
        "predecessors": _relatives(
            request.viewer, found.origins.select_related("predecessor"), "predecessor"
        ),
        "successors": _relatives(request.viewer, found.successions.select_related("successor"), "successor"),
    }
    return render(request, "organizations/body.html", context)


def _asked_day(request: HttpRequest) -> tuple[date, str]:
    """The day of `?day=` (2015-09-29 or 29/09/2015), else today; with a sentence when it cannot be read."""
    try:
        return DayField(required=False).clean(request.GET.get("day", "").strip()) or today(), ""
    except ValidationError as error:
        return today(), error.messages[0]


def _day_context(day: date) -> dict[str, object]:
    return {"day": day, "is_today": day == today(), "day_query": "" if day == today() else f"?day={day}"}


def _tops(viewer: Viewer, day: date) -> list[Body]:
    """The viewer's bodies as far as none stands above another; before they existed, those they continue."""
    reach = viewer.where(READ)
    wanted, tops = set(reach.own | reach.below), set[int]()
    for _generation in range(10):
        existing = set(Body.objects.on(day).filter(pk__in=wanted).values_list("pk", flat=True))
        tops |= existing
        origins = Succession.objects.filter(successor__in=wanted - existing)
        wanted = set(origins.values_list("predecessor_id", flat=True)) - tops
        if not wanted:
            break
    nested = {key for key in tops if tops.intersection(ancestors_on(key, day))}
    return list(Body.objects.visible_to(viewer).on(day).filter(pk__in=tops - nested).in_order())


def _lines(bodies: Iterable[Body], day: date) -> list[tuple[Body, str, int]]:
    """Each body with its kind in words and the number of bodies directly under it."""
    bodies = list(bodies)
    edges = Edge.objects.filter(valid_on(day), parent__in=[body.pk for body in bodies])
    under = Counter(edges.values_list("parent_id", flat=True))
    return [(body, Kind(body.kind).label, under[body.pk]) for body in bodies]


def _scopes(body: Body, day: date) -> list[tuple[str, bool, str]]:
    """The local rules of that day: their name, whether they are the body's own, their code."""
    names = library().scope_codes()
    own = set(body.rule_scopes.filter(valid_on(day)).values_list("code", flat=True))
    return [(names.get(code, code), code in own, code) for code in scopes_on(body.pk, day)]


def _named(body: Body, day: date) -> Body:
    """The body with its annotations of that day, or its nearest ones outside its life."""
    if body.exists_on(day):
        return body
    near = body.founded_on if day < body.founded_on else body.dissolved_on - timedelta(days=1)
    return Body.objects.as_of(near).get(pk=body.pk)


def _way(viewer: Viewer, body: Body, day: date) -> list[tuple[int, str, bool]]:
    """From the top down to the parent: key, name, whether its page may be opened."""
    keys = ancestors_on(body.pk, day)[::-1]
    names = names_on(keys, day)
    open_to = set(Body.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    return [(key, names[key], key in open_to) for key in keys]


def _counts_under(body: Body, day: date) -> list[tuple[str, int]]:
    """How many bodies of each kind stand below; above the committees a count would read the whole country."""
    if body.kind in {Kind.CENTRE, Kind.PROVINCE}:
        return []
    below = Body.objects.on(day).under(body.pk, day).values("kind").annotate(count=Count("pk"))  # type: ignore[misc]  # an annotation
    counts = dict(below.values_list("kind", "count"))
    return [(kind.label, counts[kind]) for kind in Kind if kind in counts]


def _relatives(viewer: Viewer, links: QuerySet[Succession], end: str) -> list[tuple[Body, str, date, bool]]:
    """Predecessors or successors: body, its last name, the day, whether its page may be opened."""
    pairs = [(getattr(link, end), link.day) for link in links.order_by("day", "pk")]
    keys = [body.pk for body, _day in pairs]
    open_to = set(Body.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    names = names_on(keys, today())
    return [(body, names[body.pk], day, body.pk in open_to) for body, day in pairs]
