"""The answers of all branches below a committee, question by question: of how many asked, by which part below it.

An answer is the word of a branch, not of a person, so no smallest count applies; its words need the branch's consent.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.discussions.models import Answer
from nenep.discussions.sources import asked_by, items_of, same
from nenep.organizations.models import Body, Closure
from nenep.organizations.reads import names_on
from nenep.shared.dates import today, valid_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nenep.discussions.sources import Source
    from nenep.shared.viewer import Viewer


@dataclass(slots=True)
class Row:
    """One branch and one question. `text`: "" where it has not answered, or has not agreed to be read."""

    body_id: int
    name: str
    has_answered: bool = False
    has_discussed: bool = False
    text: str = ""


@dataclass(slots=True)
class Area:
    """What stands directly below the committee, with the branches under it; branches directly below are together."""

    name: str
    rows: list[Row] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(row.has_answered for row in self.rows)

    @property
    def read(self) -> list[Row]:
        return [row for row in self.rows if row.text]

    @property
    def unread(self) -> int:
        """How many answered and keep their words."""
        return self.answered - len(self.read)

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.rows if not row.has_answered]


@dataclass(frozen=True, slots=True)
class Question:
    number: int
    text: str
    areas: list[Area]

    @property
    def rows(self) -> list[Row]:
        return [row for area in self.areas for row in area.rows]

    @property
    def asked(self) -> int:
        return len(self.rows)

    @property
    def answered(self) -> int:
        return sum(row.has_answered for row in self.rows)

    @property
    def discussed(self) -> int:
        return sum(row.has_discussed for row in self.rows)


def questions_of(viewer: Viewer, source: Source) -> list[Question]:
    """Of the branches that were asked and stand below the viewer's bodies today; [] when there are none."""
    places = _places(viewer, source)
    if not places:
        return []
    day = today()
    names = names_on({*places, *places.values()}, day)
    discussed = items_of(source, set(places))
    said = _said(source, places)
    order = list(Body.objects.filter(pk__in=places).order_by("code").values_list("pk", flat=True))
    found = []
    for number, text in enumerate(source.questions, 1):
        areas: dict[int, Area] = {}
        for body in order:
            answer = said.get((body, same(text)))
            row = Row(body, names[body], answer is not None, body in discussed)
            row.text = answer.text if answer and answer.discussion.may_be_read else ""
            place = places[body] if places[body] != body else 0
            area = areas.setdefault(place, Area(names.get(place, str(_("Chi bộ trực thuộc")))))
            area.rows.append(row)
        found.append(Question(number, text, list(areas.values())))
    return found


def _places(viewer: Viewer, source: Source) -> dict[int, int]:
    """Branch -> the body directly below the viewer's own under which it stands (or itself)."""
    above = viewer.where("discussions.follow").below
    roots = [source.body_id] if source.body_id in above else sorted(above)
    below = Closure.objects.filter(valid_on(today()), descendant__in=asked_by(source))
    heads = Closure.objects.filter(valid_on(today()), ancestor__in=roots, depth=1).values("descendant")
    rows = below.filter(ancestor__in=heads).order_by("-depth").values_list("descendant_id", "ancestor_id")
    return dict(rows)


def _said(source: Source, branches: Iterable[int]) -> dict[tuple[int, str], Answer]:
    """(branch, question) -> its answer; given to this source itself before one that carries it out."""
    rows = Answer.objects.of(source.chain).filter(discussion__body__in=list(branches))
    found: dict[tuple[int, str], Answer] = {}
    nearest: dict[bool, list[Answer]] = defaultdict(list)
    for row in rows.select_related("discussion").order_by("pk"):
        nearest[row.discussion.source_id == source.pk].append(row)
    for row in [*nearest[True], *nearest[False]]:
        found.setdefault((row.discussion.body_id, same(row.question)), row)
    return found
