"""The only writer of a lifecycle: a compare-and-set step between lawful states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.db.models import Model, TextChoices


class Refused(Exception):
    """A verb may not be carried out now; the message is a Vietnamese sentence for the person who asked.

    Views show it (`shared.web.refusals_shown`); nothing is half done, since operations are atomic.
    """


class IllegalMove(Refused):
    """The row may not take this step, or somebody else moved it first."""


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
        raise IllegalMove(_("Người khác vừa cập nhật mục này. Đồng chí hãy tải lại trang rồi làm tiếp."))
    for name, value in changes.items():
        setattr(row, name, value)
