"""Papers and marks beside the parts of an agenda: one statement for a meeting, kept with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.models import AgendaItem
from nenep.meetings.progress import meeting_day
from nenep.meetings.providers import ItemPapers, Paper
from nenep.preparing.materials import source_of
from nenep.preparing.models import Material, Regulation
from nenep.shared.keeping import keep_on, kept_on
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from nenep.meetings.models import Meeting

SOURCE = ("is_official", "issuer", "number", "issued_on", "address")
REVIEW = "review_of_regulation"
FIELDS = ("id", "title", "digest", "is_paper", "readers", "kept_at", *SOURCE)


@dataclass(slots=True)
class Beside:
    """What stands beside one part of the agenda. `agreed`: with whom it was settled and when, if it needs that."""

    title: str
    category: str
    materials: list[Material] = field(default_factory=list)
    is_shared: bool = False
    agreed: tuple[str, date] | None = None

    @property
    def mark(self) -> str:
        if not self.is_shared:
            return ""
        if self.agreed is None:
            return _("Cần thống nhất với lãnh đạo cơ quan, đơn vị.")
        words = {"whom": self.agreed[0], "day": day_words(self.agreed[1])}
        return _("Đã thống nhất với %(whom)s ngày %(day)s.") % words


def beside(meeting: Meeting) -> dict[int, Beside]:
    """Every part of the agenda by key; read once for a `meeting`."""
    return kept_on(meeting, "beside", lambda: _read(meeting))


def review_of_regulation(meeting: Meeting) -> date | None:
    """When the coordination regulation in force on the day is to be reviewed; read in the statement of `beside`."""
    beside(meeting)
    return kept_on(meeting, REVIEW, lambda: None)


def item_papers(meeting: Meeting) -> list[tuple[int, ItemPapers]]:
    return [
        (key, ItemPapers(tuple(_paper(material) for material in row.materials), row.mark))
        for key, row in beside(meeting).items()
        if row.materials or row.is_shared
    ]


def _read(meeting: Meeting) -> dict[int, Beside]:
    in_force = Regulation.objects.filter(body=meeting.body_id).on(meeting_day(meeting))
    items = AgendaItem.objects.filter(meeting=meeting).annotate(
        review_on=Subquery(in_force.values("review_on")[:1])
    )
    rows = items.order_by("position", "materials__pk").values(
        "pk",
        "title",
        "category",
        "review_on",
        "shared_matter",
        "shared_matter__agreement__whom",
        "shared_matter__agreement__held_on",
        *(f"materials__{name}" for name in FIELDS),
    )
    found: dict[int, Beside] = {}
    for row in rows:
        keep_on(meeting, REVIEW, row["review_on"])
        part = found.setdefault(row["pk"], Beside(row["title"], row["category"]))
        part.is_shared = row["shared_matter"] is not None
        if row["shared_matter__agreement__whom"]:
            part.agreed = row["shared_matter__agreement__whom"], row["shared_matter__agreement__held_on"]
        if row["materials__id"]:
            part.materials.append(Material(**{name: row[f"materials__{name}"] for name in FIELDS}))
    return found


def _paper(material: Material) -> Paper:
    url = reverse("preparing:material", args=[material.pk])
    return Paper(material.title, material.digest, source_of(material), url, material.readers)
