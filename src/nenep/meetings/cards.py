"""Cards on paper for who does not write on a phone: printed with a code, typed in once.

A card belongs to a meeting, not to a person. Unsigned, its opinion is kept without an author; signed, it is the
signer's, written down by somebody else, and the signer is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.access.codes import as_meant, grouped, new_code
from nenep.journal.operations import record
from nenep.meetings.models import Opinion, OpinionCard
from nenep.meetings.progress import meeting_day
from nenep.meetings.states import CARDS_PRINTED, CARDS_TYPED_IN
from nenep.notices.operations import notify
from nenep.people.reads import roster
from nenep.shared.dates import now
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer

LENGTH = 8
# So many lie unused at most: more than a branch has members, too few to fill a disk.
MOST_UNUSED = 200


@transaction.atomic
def make_cards(meeting: Meeting, *, count: int, once: UUID | None = None, by: Viewer | None) -> None:
    """`count` new cards; a repeated sending of the same page makes no more."""
    hold(meeting, *CARDS_PRINTED, says=_("Kỳ sinh hoạt đã kết thúc nên không in thêm phiếu được nữa."))
    if made_before(meeting.cards.all(), once):
        return
    if unused_cards(meeting).count() + count > MOST_UNUSED:
        raise Refused(
            _("Mỗi kỳ có nhiều nhất %(most)d phiếu chưa dùng. Đồng chí in lại những phiếu đã có.")
            % {"most": MOST_UNUSED},
            field="count",
        )
    codes: set[str] = set()
    taken = set(meeting.cards.values_list("code", flat=True))
    while len(codes) < count:
        codes |= {as_meant(new_code(LENGTH), LENGTH)} - taken
    cards = [OpinionCard(meeting=meeting, code=code, printed_at=now()) for code in sorted(codes)]
    cards[0].once = once
    OpinionCard.objects.bulk_create(cards)
    record("cards.made", by=by, body=meeting.body_id, obj=meeting, cards=count)


def unused_cards(meeting: Meeting) -> QuerySet[OpinionCard]:
    return meeting.cards.filter(is_used=False).order_by("pk")


@transaction.atomic
def type_card_in(
    meeting: Meeting, *, code: str, text: str, item_id: int | None, author_id: int | None, by: Viewer
) -> Opinion:
    """What stands on a card becomes an opinion, once. `author_id`: who signed it; None for a card without a name.

    `code` as it was typed. Raises Refused when no card of this meeting has it, or when it was typed in already.
    """
    hold(meeting, *CARDS_TYPED_IN, says=_("Biên bản đã thông qua nên không nhập phiếu được nữa."))
    if item_id is not None and not meeting.items.filter(pk=item_id).exists():
        raise ValueError(f"item {item_id} is not of meeting {meeting.pk}")
    known = {entry.member_id for entry in roster(meeting.body_id, meeting_day(meeting))}
    if author_id is not None and author_id not in known:
        raise Refused(_("Đồng chí này không có trong danh sách của kỳ sinh hoạt."), field="author")
    _use(meeting, code)
    opinion = Opinion(meeting=meeting, item_id=item_id, author_id=author_id, text=text, at=now())
    if author_id != by.member_id:
        opinion.written_by_id = by.member_id
    opinion.full_clean()
    opinion.save()
    record("opinion.typed_in", by=by, body=meeting.body_id, obj=opinion, subject=author_id)
    if opinion.written_by_id and author_id:
        _tell(opinion, author_id, by=by)
    return opinion


def _use(meeting: Meeting, typed: str) -> None:
    card = meeting.cards.filter(code=as_meant(typed, LENGTH)).first()
    if card is None:
        raise Refused(
            _("Không có phiếu nào của kỳ này mang mã ấy. Đồng chí xem lại mã in trên phiếu."), field="code"
        )
    if not meeting.cards.filter(pk=card.pk, is_used=False).update(is_used=True):
        raise Refused(
            _("Phiếu %(code)s đã được nhập rồi; mỗi phiếu chỉ nhập một lần.") % {"code": grouped(card.code)},
            field="code",
        )


def _tell(opinion: Opinion, author_id: int, *, by: Viewer) -> None:
    notify(
        [author_id],
        kind="opinion.typed_in",
        title=_("Phiếu góp ý của đồng chí đã được nhập"),
        text=_("Đồng chí xem lại lời đã nhập; chưa đúng thì báo người nhập."),
        url=reverse("meetings:opinions", args=[opinion.meeting_id]),
        body=opinion.meeting.body_id,
        about=opinion,
        by_hand=False,
        by=by,
    )
