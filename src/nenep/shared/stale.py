"""Two people save the same thing: nothing is overwritten, and both texts stand on the page of who came second."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.shared.states import Refused
from nenep.shared.words import day_words, moment_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from django.http import QueryDict


class Stale(Refused):
    """Somebody else saved since the form was filled. `rows` are (label, text) of theirs, `revision` is the present one.

    Shown by `ui/clash.html`. What was typed goes back onto the page at the present revision (`at_revision`): saving
    it again means that both were read.
    """

    def __init__(self, rows: Iterable[tuple[str, str]], revision: int) -> None:
        super().__init__(
            _("Đồng chí khác vừa lưu nội dung này. Cả hai bản đều ở dưới đây; đồng chí gộp rồi lưu lại.")
        )
        self.rows = [(label, text) for label, text in rows if text]
        self.revision = revision


def stale(row: Model, names: Iterable[str], revision: int) -> Stale:
    """Of the columns of a row, by their names on the screen."""
    return Stale([(_label(row, name), shown(getattr(row, name))) for name in names], revision)


def at_revision(typed: QueryDict, revision: int) -> QueryDict:
    """What was typed, as typed on this revision."""
    typed = typed.copy()
    typed["revision"] = str(revision)
    return typed


def shown(value: Any) -> str:
    """A value of a column as a person reads it; nothing for what is not set."""
    if isinstance(value, bool):
        return _("Có") if value else _("Chưa")
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return day_words(value)
    return "" if value is None else str(value)


def _label(row: Model, name: str) -> str:
    label = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]
