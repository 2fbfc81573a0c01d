"""What finding costs: common and rare words, for a reader of one branch, of a few dozen and of everything."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection, transaction

from nenep.organizations.bulk import insert
from nenep.organizations.measures import largest_way
from nenep.organizations.models import Body
from nenep.search import tables
from nenep.search.finding import find
from nenep.search.models import Entry
from nenep.search.operations import entry_of
from nenep.search.questions import read
from nenep.search.sources import SOURCES, Draft
from nenep.shared.dates import today
from nenep.shared.measuring import Measure
from nenep.shared.viewer import Reach, Viewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nenep.search.finding import Answer

FOR_EACH_BRANCH, AT_MOST = 30, 100_000
WORDS_IN_A_TEXT = 120
YEARS = 10
# In every document; each in one half of them; in one of 500; in a dozen; in none.
QUESTIONS = {
    "common": "chi bộ",
    "common_phrase": '"chi bộ"',
    "common_without_marks": "chi bo",
    "apart": "quyết tuyển",
    "abbreviated": "UBKT",
    "symbol": "12-NQ/TW",
    "rare": "hồ sơ kiêng",
    "none": "quỳnh khuyết",
}
_FIRST = "b c ch d đ gi h kh l m n ng nh ph s t th tr v x"
_REST = "a ai am an ang anh ao âm ân âng ê ên i inh o oi on ông"


def measures() -> Iterator[Measure]:
    """Where there is a tree and an empty index, entries are made up in a transaction that leaves nothing behind."""
    branches = list(Body.objects.on(today()).branches().order_by("pk").values_list("pk", flat=True))
    if not branches or not SOURCES:
        return
    if Entry.objects.exists():
        yield from reads()
        return
    with transaction.atomic():
        make_up(branches, min(AT_MOST, FOR_EACH_BRANCH * len(branches)))
        yield from reads()
        transaction.set_rollback(True)


def reads() -> Iterator[Measure]:
    for name, run in asked().items():
        yield Measure(f"search.{name}", run)


def asked() -> dict[str, Callable[[], Answer]]:
    """Each question for each reader: who sees the branch, the organization above it, everything."""
    way = largest_way(today())
    leaf = way.pop("leaf")
    readers = {"leaf": _reader(Reach(own=frozenset({leaf})))}
    readers |= {level: _reader(Reach(below=frozenset({key}))) for level, key in way.items()}
    return {
        f"{name}.{level}": partial(find, viewer, read(question))
        for name, question in QUESTIONS.items()
        for level, viewer in readers.items()
    }


def make_up(branches: Sequence[int], count: int) -> None:
    """`count` documents of YEARS years among the branches, as long as minutes are; needs a transaction around it."""
    chance = random.Random(7)  # noqa: S311  # the same documents in every run
    source = next(iter(SOURCES.values()))
    syllables = [f"{first}{rest}" for first in _FIRST.split() for rest in _REST.split()]
    weights = [1 / (place + 10) for place in range(len(syllables))]
    columns = ("id", "type", "object_id", "body_id", "day", "head", "plain", "marked", "place")

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(1, count + 1):
            words = chance.choices(syllables, weights, k=WORDS_IN_A_TEXT)
            words[5:5] = ["chi", "bộ"]
            words.append(("quyết", "tuyển")[number % 2])
            if number % (count // 12 or 1) == 0:
                words.append("hồ sơ kiêng")
            if number % 500 == 0:
                words.append("UBKT Nghị quyết số 12-NQ/TW")
            day = today() - timedelta(days=chance.randrange(365 * YEARS))
            draft = Draft(
                chance.choice(branches), day, f"Kế hoạch số {number % 90} của chi bộ", " ".join(words)
            )
            entry = entry_of(source, number, draft)
            yield tuple(getattr(entry, "pk" if name == "id" else name) for name in columns)

    with tables.renewed(connection):
        insert(Entry, columns, rows())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_entry")


def _reader(reach: Reach) -> Viewer:
    return Viewer(reach={source.verb: reach for source in SOURCES.values()})
