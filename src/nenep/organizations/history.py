"""The dated rows of one body: a change closes the last row and opens the next, so there is no gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from nenep.organizations.models import BodyKind, BodyName, ClusterPlace, Edge, RuleScope
from nenep.shared.dates import FOREVER
from nenep.shared.states import Refused
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model, QuerySet

    from nenep.organizations.models import Body

Row = TypeVar("Row", BodyName, BodyKind, Edge, ClusterPlace, RuleScope)
# Any constant will do, as long as nobody else takes the same one.
TREE_LOCK = 0x7EEE


def lock_tree() -> None:
    """Let one structural change happen at a time: two lawful moves at once could make a circle.

    SQLite has one writer anyway. PostgreSQL gives the lock back at the end of the transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def save(row: Model, *, is_first: bool = False) -> None:
    """Check and insert or update a row; what a check finds becomes a refusal that people can read.

    The first row of a body just made meets no other: the database is not asked whether it does.
    """
    try:
        row.full_clean(validate_constraints=not is_first)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save()


def last(model: type[Row], body: Body) -> Row | None:
    """The row that holds until further notice, or held last."""
    owner = "child" if model is Edge else "body"
    rows: QuerySet[Row] = model._base_manager.filter(**{owner: body})
    return rows.order_by("-valid_from").first()


def close_last(model: type[Row], body: Body, day: date) -> Row | None:
    """End the last row before `day`; returns it. Refused when a change on or after `day` is known already."""
    row = last(model, body)
    if row is None or row.valid_to <= day:
        return row
    known = row.valid_from if row.valid_to == FOREVER else row.valid_to
    if known >= day:
        raise Refused(
            _(
                "Tổ chức mã %(code)s đã có thay đổi ghi từ ngày %(known)s nên không ghi thêm được thay đổi "
                "từ ngày %(day)s. Đồng chí chọn ngày sau ngày %(known)s."
            )
            % {"code": body.code, "known": day_words(known), "day": day_words(day)}
        )
    row.valid_to = day
    row.save(update_fields=["valid_to"])
    return row


def succeed_last(row: Row, day: date) -> Row:
    """Close the last row of the same body and store the unsaved `row` from `day` on."""
    body = row.child if isinstance(row, Edge) else row.body
    close_last(type(row), body, day)
    row.valid_from, row.valid_to = day, FOREVER
    save(row)
    return row
