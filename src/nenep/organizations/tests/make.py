"""Plain builders of bodies, on the real operations."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from nenep.organizations import operations
from nenep.organizations.loading import TreeRow, load_tree
from nenep.organizations.models import Body, Kind, UnitType

FOUNDED = date(2010, 1, 1)
# Codes of one length: bodies are listed by code, and "T10" would come before "T9".
_numbers = count(100_001)
_PARENT = {
    Kind.PROVINCE: Kind.CENTRE,
    Kind.GRASSROOTS_BRANCH: Kind.COMMITTEE,
    Kind.SECTIONAL_ORGANIZATION: Kind.GRASSROOTS_ORGANIZATION,
    Kind.SUBORDINATE_BRANCH: Kind.GRASSROOTS_ORGANIZATION,
    Kind.ADVISORY_UNIT: Kind.COMMITTEE,
}


def make_body(
    name="",
    *,
    kind=Kind.SUBORDINATE_BRANCH,
    parent=None,
    day=FOUNDED,
    code="",
    unit_type=UnitType.OTHER,
    scope="",
) -> Body:
    """A body that exists since 2010; a kind that needs a parent gets a new fitting one when none is given."""
    number = next(_numbers)
    if parent is None and kind in _PARENT:
        parent = make_body(kind=_PARENT[kind], day=day)
    body = operations.create_body(
        code=code or f"T{number}",
        name=name or f"{kind.label} số {number}",
        kind=kind,
        unit_type=unit_type,
        parent=parent,
        day=day,
        by=None,
    )
    if scope:
        operations.change_rules(body, scope=scope, day=day, by=None)
    return body


@dataclass
class SmallBloc:
    """A bloc with one of everything: the shape of the founding report with as few bodies as possible."""

    bloc: Body
    office: Body  # an advisory unit of the bloc
    organization: Body  # with two branches and a section
    branch: Body
    other_branch: Body
    section: Body
    section_branch: Body  # three levels below the bloc
    lone_branch: Body  # a grassroots branch directly under the bloc
    neighbour: Body  # another grassroots organization
    neighbour_branch: Body


_SMALL_BLOC = {
    "bloc": (None, Kind.COMMITTEE, "Đảng bộ Khối các cơ quan tỉnh"),
    "office": ("bloc", Kind.ADVISORY_UNIT, "Văn phòng Đảng ủy Khối"),
    "organization": ("bloc", Kind.GRASSROOTS_ORGANIZATION, "Đảng bộ Sở A"),
    "branch": ("organization", Kind.SUBORDINATE_BRANCH, "Chi bộ Văn phòng Sở A"),
    "other_branch": ("organization", Kind.SUBORDINATE_BRANCH, "Chi bộ Thanh tra Sở A"),
    "section": ("organization", Kind.SECTIONAL_ORGANIZATION, "Đảng bộ bộ phận Chi cục C"),
    "section_branch": ("section", Kind.SUBORDINATE_BRANCH, "Chi bộ Phòng Kỹ thuật"),
    "lone_branch": ("bloc", Kind.GRASSROOTS_BRANCH, "Chi bộ Hội D"),
    "neighbour": ("bloc", Kind.GRASSROOTS_ORGANIZATION, "Đảng bộ Sở B"),
    "neighbour_branch": ("neighbour", Kind.SUBORDINATE_BRANCH, "Chi bộ Văn phòng Sở B"),
}


def make_small_bloc(day=FOUNDED) -> SmallBloc:
    """Loaded as from a spreadsheet, which costs a twentieth of founding one body after the other."""
    codes = {None: ""} | {part: f"T{next(_numbers)}" for part in _SMALL_BLOC}
    load_tree(
        [
            TreeRow(codes[part], name, kind, codes[parent], valid_from=day)
            for part, (parent, kind, name) in _SMALL_BLOC.items()
        ],
        by=None,
    )
    found = {body.code: body for body in Body.objects.filter(code__in=codes.values())}
    return SmallBloc(**{part: found[codes[part]] for part in _SMALL_BLOC})
