"""The only writer of a lifecycle, and the lock under which a verb looks at the state it depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models import Model, TextChoices
    from django.utils.functional import Promise


class Refused(Exception):
    """A verb may not be carried out now; the message is a Vietnamese sentence for the person who asked.

    Views show it (`shared.web.refused_into` around a form's verb, at `field` if it has one; `refusals_shown` for a
    bare button); nothing is half done, since operations are atomic.
    """

    def __init__(self, sentence: str | Promise = "", *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class IllegalMove(Refused):
    """The row may not take this step, or somebody else moved it first."""


def hold(row: Model, *states: str, says: str = "") -> None:
    """Lock `row` until the transaction ends and read it anew, into the very object.

    The first line of every verb that depends on a row's state: what a page loaded before the transaction may have
    moved on since. Refused with `says` when it is in none of `states`; no states: any will do.
    """
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())
    if states and row.status not in states:  # type: ignore[attr-defined]
        raise Refused(says)


def move(row: Model, to: TextChoices, *, field: str = "status", **changes: Any) -> None:
    """Take `row` to state `to` and write `changes` with it.

    `to`'s class has a property `next`: the states that may follow each state.
    Raises IllegalMove when the step is not lawful or the row is no longer in the state that we read.
    """
    was = type(to)(getattr(row, field))
    if to not in was.next:  # type: ignore[attr-defined]
        raise IllegalMove(
            _("Không thể chuyển từ “%(was)s” sang “%(to)s”.") % {"was": was.label, "to": to.label},
        )
    changes[field] = to
    found = type(row)._base_manager.filter(pk=row.pk, **{field: was}).update(**changes)
    if not found:
        raise IllegalMove(_("Người khác vừa cập nhật mục này. Đồng chí tải lại trang rồi làm tiếp."))
    for name, value in changes.items():
        setattr(row, name, value)
