"""The head and the foot of an official paper of a body, as its rules of that day say: stated once for all modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext as _

from nenep.documents.content import Recipient, Signature
from nenep.organizations.reads import committee_name_on, kind_on, locality_on, name_on, parent_on
from nenep.people.reads import signer_on

if TYPE_CHECKING:
    from datetime import date

    from nenep.rulebook.layout import Layout
    from nenep.rulebook.rules import Rules

MINUTES = "BB"


class Head(TypedDict):
    """The fields of `OfficialDocument` that body, kind and day decide."""

    kind: str
    kind_name: str
    superior: str
    issuer: str
    place: str
    day: date | None
    has_date_in_header: bool
    scopes: tuple[str, ...]


def head(kind: str, body_id: int, day: date, rules: Rules, *, by_committee: bool = False) -> Head:
    """The head of a paper of `body_id`; `kind` is a code of the rulebook (KeyError for an unknown one).

    A top body has no superior. Minutes tell day and place in their text where the pack says so (regulations.md
    1.10); their layout is still that of `day`. `by_committee`: the committee of the body is named, not the body.
    """
    named = committee_name_on if by_committee else name_on
    parent = parent_on(body_id, day)
    is_dated = kind != MINUTES or rules.layout.minutes.date_in_header
    return Head(
        kind=kind,
        kind_name=rules.numbering.kind(kind).name.upper(),
        superior=named(parent, day) if parent else "",
        issuer=named(body_id, day),
        place=locality_on(body_id, day) if is_dated else "",
        day=day,
        has_date_in_header=is_dated,
        scopes=rules.scopes,
    )


def signature(
    layout: Layout, position: str, name: str, *, collective: str = "", head: str = "", by_order_of: str = ""
) -> Signature:
    """Who signs in whose name, by regulations.md G-01 to G-05; exactly one of the three says for whom.

    `collective`: T/M, whoever of its leaders signs; K/T is not used for a collective (G-01). `head`: the office of
    the head of an agency, who signs alone, while a deputy signs K/T (G-02). `by_order_of`: T/L (G-03).
    ValueError when none or several are given.
    """
    if [bool(collective), bool(head), bool(by_order_of)].count(True) != 1:
        raise ValueError("a signature stands for a collective, for a head or by order: exactly one of them")
    rules = layout.signature
    if collective:
        capacity = f"{rules.collective} {collective}"
    elif by_order_of:
        capacity = f"{rules.delegated} {by_order_of}"
    else:
        capacity = "" if position.upper() == head.upper() else f"{rules.deputy} {head}"
    return Signature(position.upper(), name, capacity.upper())


def signed(
    body_id: int,
    day: date,
    rules: Rules,
    *,
    collective: str = "",
    chair: int | None = None,
    is_named: bool = True,
) -> Signature:
    """Whoever signs for the body that day, T/M what the pack says for a branch and for a committee.

    `collective`: another collective of the body. `chair`: key of the member who is preferred among deputies.
    A draft has room for the name (`is_named` False).
    """
    post, name = signer_on(body_id, day, chair=chair)
    if not collective:
        entry = rules.layout.signature
        collective = entry.branch_as if kind_on(body_id, day).is_branch else entry.committee_as
    return signature(rules.layout, str(post.label), name if is_named else "", collective=collective)


def signed_minutes(
    rules: Rules, note_taker: str, chair: str, *, chaired: str = ""
) -> tuple[Signature, Signature]:
    """The two signatures of minutes: who wrote them and who chaired; `chaired` is another title of the latter."""
    entry = rules.layout.minutes
    return Signature(entry.left, note_taker, side="left"), Signature(chaired or entry.right, chair)


def recipients(body_id: int, day: date, rules: Rules) -> tuple[Recipient, ...]:
    """The committee above, and the own file as the last line (regulations.md G-06)."""
    parent = parent_on(body_id, day)
    lines = rules.layout.recipients.last_line
    filed = Recipient(lines["branch" if kind_on(body_id, day).is_branch else "committee"].rstrip("."))
    return (Recipient(committee_name_on(parent, day), _("để báo cáo")), filed) if parent else (filed,)
