"""What bodies made of directives: text and address of what the viewer may see, kind and symbol of the rest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.assignments.models import Assignment
from nenep.directives.models import Directive, Made
from nenep.guidance.models import Guidance
from nenep.resolutions.models import Resolution
from nenep.shared.words import day_words, month_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet

    from nenep.directives.models import Receipt, Requirement
    from nenep.plans.models import Entry
    from nenep.shared.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Shown:
    """One link. `url` is empty where the viewer may not open it; `further`: the directive that it is."""

    made: Made
    words: str
    url: str = ""
    further: int | None = None

    @property
    def requirement(self) -> Requirement | None:
        return self.made.requirement


def shown(viewer: Viewer, receipts: Iterable[Receipt]) -> dict[int, list[Shown]]:
    """Receipt -> its links in the order of the paragraphs; a constant number of statements."""
    keys = [row.pk for row in receipts]
    told = Made.objects.told().filter(receipt__in=keys).with_links()
    rows = list(told.order_by(F("requirement_id").asc(nulls_first=True), "pk"))
    visible = {
        "assignment": Assignment.objects.visible_to(viewer),
        "resolution": Resolution.objects.visible_to(viewer),
        "guidance": Guidance.objects.visible_to(viewer),
        "handed_down": Directive.objects.visible_to(viewer),
    }
    seen = {name: _seen(query.values_list("pk", flat=True), rows, name) for name, query in visible.items()}
    found: dict[int, list[Shown]] = defaultdict(list)
    for row in rows:
        kind = row.kind
        is_seen = getattr(row, f"{kind}_id", None) in seen.get(kind, ())
        found[row.receipt_id].append(_shown(row, kind, is_seen=is_seen))
    return dict(found)


def _seen(visible: QuerySet[Any, int], rows: list[Made], name: str) -> set[int]:
    keys = {key for row in rows if (key := getattr(row, f"{name}_id"))}
    return set(visible.filter(pk__in=keys)) if keys else set()


def _shown(row: Made, kind: str, *, is_seen: bool) -> Shown:
    made = getattr(row, kind)
    if kind == "words":
        return Shown(row, row.words)
    if not is_seen:
        return Shown(row, _KINDS[kind](made))
    key = made.meeting_id if kind == "resolution" else made.pk
    words = _KINDS[kind](made)
    if kind in _TITLES:
        words = f"{words}: {_TITLES[kind](made)}"
    further = row.handed_down_id if kind == "handed_down" else None
    return Shown(row, words, reverse(_PAGES[kind], args=[key]), further)


def _of_entry(entry: Entry) -> str:
    words = {"kind": entry.get_kind_display().lower(), "day": day_words(entry.starts_at)}
    return _("Kế hoạch năm: %(kind)s ngày %(day)s") % words


# How each kind is called for everybody who sees the link; for those who may open it its title and page besides.
_KINDS: dict[str, Callable[[Any], str]] = {
    "document": lambda row: (
        _("Văn bản %(symbol)s: %(subject)s") % {"symbol": row.symbol, "subject": row.subject}
    ),
    "entry": _of_entry,
    "guidance": lambda _row: _("Trọng tâm sinh hoạt"),
    "resolution": lambda row: _("Nghị quyết %(month)s") % {"month": month_words(row.meeting.month)},
    "assignment": lambda _row: _("Việc đã giao"),
    "handed_down": lambda row: (
        _("Chỉ đạo ban hành tiếp: %(symbol)s, %(title)s") % {"symbol": row.source_symbol, "title": row.title}
    ),
}
_TITLES: dict[str, Callable[[Any], str]] = {
    "guidance": lambda row: row.current.title,
    "resolution": lambda row: row.title,
    "assignment": lambda row: row.what,
}
_PAGES = {
    "guidance": "guidance:page",
    "resolution": "resolutions:page",
    "assignment": "assignments:page",
    "handed_down": "directives:page",
}
