"""The bodies of the demo: a bloc of 61 grassroots bodies and 264 branches, and what became of it in 2025."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from nenep.demo.names import BRANCHES, ORGANIZATIONS, units_of
from nenep.organizations.kinds import Kind, UnitType
from nenep.shared.dates import FOREVER

FOUNDED = date(2003, 1, 1)
# Provincial blocs ended early in 2025 (regulations.md R-01); the day and the successor here are invented.
SUCCEEDED_ON = date(2025, 3, 1)
BLOC, SUCCESSOR = "KHOI", "CCQ"
LOCALITY = "Hòa Sơn"  # the invented province; every body below dates its papers from it

# Branches that became grassroots branches of their own: (name, organization they came from, day).
RAISED: dict[str, tuple[str, date]] = {
    "Quỹ Đầu tư phát triển tỉnh": ("Sở Tài chính", date(2011, 8, 1)),
    "Thư viện tỉnh": ("Sở Văn hóa, Thể thao và Du lịch", date(2012, 5, 1)),
    "Bảo tàng tỉnh": ("Sở Văn hóa, Thể thao và Du lịch", date(2012, 5, 1)),
    "Trung tâm Lưu trữ tỉnh": ("Sở Nội vụ", date(2013, 6, 1)),
}
# Two organizations merged with the succession, as two agencies did.
MERGED = ("Sở Tài chính", "Sở Kế hoạch và Đầu tư")
MERGED_NAME = "Sở Tài chính"  # the agency of two keeps the name of one, as it was in most provinces
SECTIONED = "Cục Thuế tỉnh"


@dataclass(frozen=True, slots=True)
class BodySpan:
    """One body in one period: what it was called, what it was, what it stood under."""

    code: str
    name: str
    short_name: str
    kind: Kind
    unit_type: UnitType
    parent: str
    valid_from: date
    valid_to: date = FOREVER
    decision: str = ""
    cluster: str = ""
    locality: str = ""
    successors: tuple[str, ...] = field(default=())


def bodies() -> list[BodySpan]:
    """Every body in every period, parents before children."""
    return [*_top(), *_organizations(), *_merged_organization(), *_branches(), *_grassroots_branches()]


def branch_codes() -> list[str]:
    """The 264 branches, in the order of the sheet."""
    rows = dict.fromkeys(row.code for row in bodies() if row.kind.is_branch)
    return list(rows)


def clusters_of(top: str) -> list[str]:
    """The clusters that this committee divides its grassroots bodies into, in the order of their codes."""
    return sorted({row.cluster for row in bodies() if row.parent == top and row.cluster})


def _top() -> list[BodySpan]:
    rows = [
        BodySpan(
            BLOC, "Đảng bộ Khối các cơ quan tỉnh", "Đảng ủy Khối", Kind.COMMITTEE, UnitType.LEADING, "", FOUNDED,
            SUCCEEDED_ON, locality=LOCALITY, successors=(SUCCESSOR,),
        ),
        BodySpan(
            SUCCESSOR, "Đảng bộ các cơ quan tỉnh", "Đảng ủy các cơ quan tỉnh", Kind.COMMITTEE, UnitType.LEADING, "",
            SUCCEEDED_ON, decision="01-QĐ/MAU", locality=LOCALITY,
        ),
    ]  # fmt: skip
    boards = (
        ("BTC", "Ban Tổ chức"),
        ("BTG", "Ban Tuyên giáo"),
        ("UBKT", "Ủy ban Kiểm tra"),
        ("VP", "Văn phòng"),
    )
    for top, short, start, end in (
        (BLOC, "Đảng ủy Khối", FOUNDED, SUCCEEDED_ON),
        (SUCCESSOR, "Đảng ủy các cơ quan tỉnh", SUCCEEDED_ON, FOREVER),
    ):
        rows += [
            BodySpan(
                f"{top}-{key}",
                f"{name} {short}",
                f"{name}",
                Kind.ADVISORY_UNIT,
                UnitType.LEADING,
                top,
                start,
                end,
            )
            for key, name in boards
        ]
    return rows


def _under_bloc(
    code: str, name: str, short: str, kind: Kind, unit: UnitType, cluster: str, start: date = FOUNDED
) -> list[BodySpan]:
    """A grassroots body under the bloc until 2025 and under its successor since."""
    return [
        BodySpan(code, name, short, kind, unit, BLOC, start, SUCCEEDED_ON, cluster=cluster),
        BodySpan(code, name, short, kind, unit, SUCCESSOR, SUCCEEDED_ON, cluster=f"N{cluster}"),
    ]


def _organizations() -> list[BodySpan]:
    rows: list[BodySpan] = []
    for number, (unit, kind, _branches_of) in enumerate(ORGANIZATIONS, 1):
        spans = _under_bloc(
            f"DB{number:02d}",
            f"Đảng bộ {unit}",
            f"ĐB {unit}",
            Kind.GRASSROOTS_ORGANIZATION,
            kind,
            _cluster(number, kind),
        )
        if unit in MERGED:
            first = spans[0]
            spans = [replace(first, successors=("DB37",))]
        rows += spans
        if unit == SECTIONED:
            name = "Đảng bộ bộ phận Văn phòng Cục Thuế"
            rows.append(
                BodySpan(
                    f"DB{number:02d}-BP",
                    name,
                    "ĐBBP Văn phòng Cục",
                    Kind.SECTIONAL_ORGANIZATION,
                    kind,
                    f"DB{number:02d}",
                    FOUNDED,
                )
            )
    return rows


def _merged_organization() -> list[BodySpan]:
    return [
        BodySpan(
            "DB37", f"Đảng bộ {MERGED_NAME}", f"ĐB {MERGED_NAME}", Kind.GRASSROOTS_ORGANIZATION,
            UnitType.ADMINISTRATIVE, SUCCESSOR, SUCCEEDED_ON, decision="02-QĐ/MAU", cluster="NC4",
        )
    ]  # fmt: skip


def _branches() -> list[BodySpan]:
    """239 subordinate branches; those of the two merged organizations go to the new one in 2025."""
    rows: list[BodySpan] = []
    for number, (unit, kind, how_many) in enumerate(ORGANIZATIONS, 1):
        names = units_of(unit)
        for place in range(how_many):
            code, home = f"CB{number:02d}{place + 1:02d}", f"DB{number:02d}"
            if unit == SECTIONED and place < 5:
                home = f"{home}-BP"
            name = f"Chi bộ {names[place]}, {unit}"
            short = f"CB {names[place]}"
            end = SUCCEEDED_ON if unit in MERGED else FOREVER
            rows.append(BodySpan(code, name, short, Kind.SUBORDINATE_BRANCH, kind, home, FOUNDED, end))
            if unit in MERGED:
                rows.append(BodySpan(code, name, short, Kind.SUBORDINATE_BRANCH, kind, "DB37", SUCCEEDED_ON))
    return rows


def _grassroots_branches() -> list[BodySpan]:
    rows: list[BodySpan] = []
    homes = {unit: f"DB{number:02d}" for number, (unit, _kind, _n) in enumerate(ORGANIZATIONS, 1)}
    for number, (unit, kind) in enumerate(BRANCHES, 1):
        code, name, short, start = f"CS{number:02d}", f"Chi bộ {unit}", f"CB {unit}", FOUNDED
        if unit in RAISED:
            home, start = RAISED[unit]
            rows.append(
                BodySpan(code, name, short, Kind.SUBORDINATE_BRANCH, kind, homes[home], FOUNDED, start)
            )
        rows += _under_bloc(code, name, short, Kind.GRASSROOTS_BRANCH, kind, _cluster(number, kind), start)
    return rows


def _cluster(number: int, kind: UnitType) -> str:
    fixed = {UnitType.LEADING: 1, UnitType.MASS_ORGANIZATION: 1, UnitType.JUDICIAL: 2, UnitType.PRESS: 5}
    if kind in {UnitType.PUBLIC_SERVICE, UnitType.NON_PUBLIC}:
        return f"C{6 if number % 2 else 5}"
    return f"C{fixed.get(kind, 2 + number % 3)}"
