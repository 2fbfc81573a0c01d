"""An invented country of a chosen size: what the tree must carry (performance.md 0). Same size, same rows.

63 provinces become 34 on 1/7/2025: 11 go on, 52 merge into 23. The whole middle level is replaced and every
grassroots body gets a new parent on that day. Besides, every month from 12/2021 to 11/2026 some branches move to
another organization of their province (0.16 %) and some grassroots bodies to another committee (0.1 %).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from nenep.organizations.kinds import Kind, UnitType
from nenep.organizations.loading import TreeRow
from nenep.shared.dates import FOREVER, months_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOUNDED = date(2010, 7, 1)
REORGANIZED = date(2025, 7, 1)
MONTHS = (date(2021, 12, 1), date(2026, 11, 1))
OLD_PROVINCES, NEW_PROVINCES, KEPT_PROVINCES = 63, 34, 11
BRANCHES_MOVED, BODIES_MOVED = 0.0016, 0.001  # shares a month
UNIT_TYPES = tuple(UnitType)


@dataclass(frozen=True, slots=True)
class Size:
    """How many bodies; committees per province before and after the reorganization."""

    organizations: int
    grassroots_branches: int
    subordinate_branches: int
    old_committees: int
    new_committees: int

    @property
    def branches(self) -> int:
        return self.grassroots_branches + self.subordinate_branches


SIZES = {
    "100th": Size(510, 200, 2_800, 1, 2),
    "10th": Size(5_100, 2_000, 28_000, 2, 11),
    "full": Size(51_000, 20_000, 280_000, 11, 107),
}

Way = list[tuple[date, str]]  # since when under which code


def country(name: str) -> Iterator[TreeRow]:
    """The rows of the country of this size, parents before children."""
    size, random = SIZES[name], Random(f"nenep {name}")  # noqa: S311  # must repeat itself
    yield TreeRow("VN", "Đảng bộ toàn quốc", Kind.CENTRE, "", FOUNDED)
    yield from _provinces()
    yield from _committees(size)
    bodies = _Grassroots(size, random)
    yield from bodies.rows()
    yield from _branches(size, random, bodies)


def _province_after(old: int) -> int:
    """Old provinces 0-10 go on as new 0-10; the other 52 merge, two or three at a time, into new 11-33."""
    if old < KEPT_PROVINCES:
        return old
    return KEPT_PROVINCES + (old - KEPT_PROVINCES) % (NEW_PROVINCES - KEPT_PROVINCES)


def _old_province(old: int) -> str:
    return f"T{old + 1:02d}"


def _new_province(new: int) -> str:
    return _old_province(new) if new < KEPT_PROVINCES else f"M{new + 1:02d}"


def _provinces() -> Iterator[TreeRow]:
    for old in range(OLD_PROVINCES):
        code, after = _old_province(old), _new_province(_province_after(old))
        end, successors = (FOREVER, ()) if code == after else (REORGANIZED, (after,))
        yield TreeRow(
            code,
            f"Đảng bộ tỉnh số {old + 1}",
            Kind.PROVINCE,
            "VN",
            FOUNDED,
            end,
            locality=f"Tỉnh số {old + 1}",
            successors=successors,
        )
    for new in range(KEPT_PROVINCES, NEW_PROVINCES):
        yield TreeRow(
            _new_province(new),
            f"Đảng bộ tỉnh mới số {new + 1}",
            Kind.PROVINCE,
            "VN",
            REORGANIZED,
            locality=f"Tỉnh mới số {new + 1}",
        )


def _committees(size: Size) -> Iterator[TreeRow]:
    for old in range(OLD_PROVINCES):
        for number in range(size.old_committees):
            after = f"{_new_province(_province_after(old))}-X{number % size.new_committees + 1}"
            yield TreeRow(
                f"{_old_province(old)}-H{number + 1}",
                f"Đảng bộ huyện số {number + 1}, tỉnh số {old + 1}",
                Kind.COMMITTEE,
                _old_province(old),
                FOUNDED,
                REORGANIZED,
                successors=(after,),
            )
    for new in range(NEW_PROVINCES):
        for number in range(size.new_committees):
            yield TreeRow(
                f"{_new_province(new)}-X{number + 1}",
                f"Đảng bộ xã số {number + 1}, tỉnh số {new + 1}",
                Kind.COMMITTEE,
                _new_province(new),
                REORGANIZED,
            )


class _Grassroots:
    """Grassroots organizations, then grassroots branches; number -> old province, way through the years."""

    def __init__(self, size: Size, random: Random) -> None:
        self.size = size
        count = size.organizations + size.grassroots_branches
        self.province = [number % OLD_PROVINCES for number in range(count)]
        self.ways: list[Way] = [[(FOUNDED, self._old_parent(number, random))] for number in range(count)]
        for month in months_between(*MONTHS):
            if month == REORGANIZED:
                for number, way in enumerate(self.ways):
                    way.append((month, self._new_parent(number, random)))
                continue
            parent = self._old_parent if month < REORGANIZED else self._new_parent
            for number in random.sample(range(count), max(1, round(count * BODIES_MOVED))):
                _step(self.ways[number], month, parent(number, random))

    def code(self, number: int) -> str:
        return f"CS{number + 1:06d}"

    def rows(self) -> Iterator[TreeRow]:
        for number, way in enumerate(self.ways):
            is_branch = number >= self.size.organizations
            kind = Kind.GRASSROOTS_BRANCH if is_branch else Kind.GRASSROOTS_ORGANIZATION
            name = f"{'Chi bộ' if is_branch else 'Đảng bộ'} cơ sở số {number + 1}"
            yield from _rows(self.code(number), name, kind, way, UNIT_TYPES[number % len(UNIT_TYPES)])

    def _old_parent(self, number: int, random: Random) -> str:
        return f"{_old_province(self.province[number])}-H{random.randint(1, self.size.old_committees)}"

    def _new_parent(self, number: int, random: Random) -> str:
        new = _new_province(_province_after(self.province[number]))
        return f"{new}-X{random.randint(1, self.size.new_committees)}"


def _branches(size: Size, random: Random, bodies: _Grassroots) -> Iterator[TreeRow]:
    neighbours: dict[int, list[int]] = defaultdict(list)
    for number in range(size.organizations):
        neighbours[bodies.province[number]].append(number)
    homes = [number % size.organizations for number in range(size.subordinate_branches)]
    ways: list[Way] = [[(FOUNDED, bodies.code(home))] for home in homes]
    for month in months_between(*MONTHS):
        for number in random.sample(range(len(ways)), max(1, round(len(ways) * BRANCHES_MOVED))):
            home = random.choice(neighbours[bodies.province[homes[number]]])
            _step(ways[number], month, bodies.code(home))
    for number, way in enumerate(ways):
        unit_type = UNIT_TYPES[homes[number] % len(UNIT_TYPES)]
        yield from _rows(
            f"CB{number + 1:06d}", f"Chi bộ số {number + 1}", Kind.SUBORDINATE_BRANCH, way, unit_type
        )


def _step(way: Way, day: date, parent: str) -> None:
    if way[-1][1] != parent:
        way.append((day, parent))


def _rows(
    code: str, name: str, kind: Kind, way: Sequence[tuple[date, str]], unit_type: UnitType
) -> Iterator[TreeRow]:
    ends = [since for since, _parent in way[1:]] + [FOREVER]
    for (since, parent), end in zip(way, ends, strict=True):
        yield TreeRow(code, name, kind, parent, since, end, unit_type=unit_type)
