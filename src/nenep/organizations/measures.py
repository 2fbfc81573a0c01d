"""What the tree costs: reads at every level of the largest way down, today and on the eve of the last change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Count

from nenep.organizations.models import Body, Closure
from nenep.organizations.reach import may, within
from nenep.organizations.reads import ancestors_on, locality_on, root_on
from nenep.shared.dates import today, valid_on
from nenep.shared.measuring import Measure
from nenep.shared.viewer import Reach, Viewer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

READ = "organizations.read"


def measures() -> Iterator[Measure]:
    """Nothing on an installation without bodies."""
    if not Body.objects.on(today()).exists():
        return
    day = today()
    way = largest_way(day)
    for level, key in way.items():
        yield Measure(f"tree.subtree.{level}", partial(_subtree, key, day))
        yield Measure(f"tree.subtree_count.{level}", partial(_count, key, day))
        yield Measure(f"tree.children.{level}", partial(_children, key, day))
        yield Measure(f"tree.reach.branches.{level}", partial(_reached, key, day))
    leaf, top = way["leaf"], way["root"]
    viewer = Viewer(reach={READ: Reach(below=frozenset({top}))})
    stranger = Viewer(reach={READ: Reach(below=frozenset({leaf}))})
    yield Measure("tree.ancestors", lambda: ancestors_on(leaf, day))
    yield Measure("tree.locality", lambda: locality_on(leaf, day))
    yield Measure("tree.root", lambda: root_on(day))
    yield Measure("tree.reach.allowed", lambda: may(viewer, READ, leaf))
    yield Measure("tree.reach.refused", lambda: may(stranger, READ, top))
    yield Measure(
        "tree.reach.one_row", lambda: list(Body.objects.filter(within(viewer, READ, field="pk"), pk=leaf))
    )


def largest_way(day: date) -> dict[str, int]:
    """One body of each level, from the top down, each the one with most under it; `leaf` at the end."""
    levels = ("root", "province", "committee", "org")
    key = root_on(day).pk
    way = {"root": key}
    for level in levels[1:]:
        under = Closure.objects.filter(valid_on(day), ancestor=key, depth=1).values("descendant")
        sizes = Closure.objects.filter(valid_on(day), ancestor__in=under).values("ancestor")
        largest = sizes.annotate(size=Count("descendant")).order_by("-size", "ancestor").first()
        if largest is None or largest["size"] < 2:
            break
        way[level] = key = largest["ancestor"]
    leaf = Body.objects.children_of(key, day).order_by("pk").first()
    return way | {"leaf": leaf.pk if leaf else key}


def _subtree(key: int, day: date) -> list[int]:
    return list(Body.objects.under(key, day).values_list("pk", flat=True))


def _count(key: int, day: date) -> int:
    return Body.objects.under(key, day).count()


def _reached(key: int, day: date) -> int:
    """The branches that somebody of this body may see: what a list of theirs counts."""
    viewer = Viewer(reach={READ: Reach(own=frozenset({key}), below=frozenset({key}))})
    return Body.objects.on(day).branches().filter(within(viewer, READ, field="pk")).count()


def _children(key: int, day: date) -> list[Body]:
    return list(Body.objects.on(day).children_of(key, day).in_order())
