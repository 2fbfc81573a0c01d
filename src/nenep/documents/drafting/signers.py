"""Who may sign a paper of a body and in whose name, by regulations.md G-01 to G-03 (`heads.signature`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.documents.drafting.models import SignedFor
from nenep.organizations.reads import kind_on
from nenep.people.models import LEADERS, Office, Post
from nenep.shared.dates import valid_on

if TYPE_CHECKING:
    from datetime import date

    from nenep.rulebook.rules import Rules


@dataclass(frozen=True, slots=True)
class Signer:
    """`words`: the line of the list; `columns`: those of `Draft`."""

    key: str
    words: str
    member_id: int
    name: str
    position: str
    collective: str

    @property
    def columns(self) -> dict[str, object]:
        return {
            "signer_id": self.member_id,
            "signer_name": self.name,
            "signer_position": self.position,
            "signed_how": SignedFor.COLLECTIVE,
            "signed_for": self.collective,
        }


def signers_of(body_id: int, day: date, rules: Rules) -> list[Signer]:
    """Secretary and deputies of the day, for the body's collective and in a committee for its standing one too.

    Whoever leads a collective signs T/M, a deputy as well; K/T and T/L are for agencies and are typed.
    """
    entry = rules.layout.signature
    is_branch = kind_on(body_id, day).is_branch
    collectives = [entry.branch_as] if is_branch else [entry.committee_as, _("BAN THƯỜNG VỤ")]
    held = Office.objects.filter(valid_on(day), body=body_id, post__in=LEADERS).select_related("member")
    leaders = sorted(held.order_by("member__sort_key"), key=lambda office: LEADERS.index(Post(office.post)))
    return [
        Signer(
            key=f"{office.member_id}:{number}",
            words=_("%(post)s %(name)s, %(mark)s %(collective)s")
            % {
                "post": Post(office.post).label,
                "name": office.member.full_name,
                "mark": entry.collective,
                "collective": collective,
            },
            member_id=office.member_id,
            name=office.member.full_name,
            position=str(Post(office.post).label),
            collective=collective,
        )
        for office in leaders
        for number, collective in enumerate(collectives)
    ]
