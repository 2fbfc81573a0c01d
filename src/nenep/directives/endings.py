"""When a body ends: what it received goes on with its successors, and what it issued is looked after by one of them.

A successor has done what all who went into it had done; it has other members, so it acknowledges and discusses anew
whatever is open.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nenep.directives.found import directives, receipts
from nenep.directives.models import Directive, Fulfilment, Programme, Receipt
from nenep.journal.operations import record
from nenep.organizations.models import Closure
from nenep.organizations.reads import kind_on, parent_on
from nenep.search.operations import put_all
from nenep.shared.dates import day_begins, now, valid_on

if TYPE_CHECKING:
    from nenep.organizations.endings import Ending
    from nenep.organizations.models import Body


def hand_over_directives(ending: Ending) -> None:
    """Each receipt ends; every successor that has none gets one that goes on from it.

    What the body discussed, confirmed and made stays with it, as its meetings do.
    """
    left = list(Receipt.objects.filter(body=ending.body, ended_at=None).prefetch_related("fulfilments"))
    if not left:
        return
    Receipt.objects.filter(pk__in=[row.pk for row in left]).update(ended_at=now())
    put_all(receipts().filter(pk__in=[row.pk for row in left]))
    count = sum(row.implemented_on is None for row in left)
    record("directives.ended", by=ending.by, body=ending.body.pk, obj=ending.body, count=count)
    for successor in ending.successors:
        had = {row.directive_id: row for row in Receipt.objects.filter(body=successor)}
        new = [_continue(row, successor, ending) for row in left if row.directive_id not in had]
        for row in left:
            theirs = had.get(row.directive_id)
            # What a body said itself stands; one that was founded by this has said nothing.
            if theirs and theirs.is_continued and successor.founded_on == ending.day:
                _join(theirs, row)
        if new:
            put_all(receipts().filter(pk__in=[row.pk for row in new]))
            record("directives.taken_over", by=ending.by, body=successor.pk, obj=ending.body, count=len(new))


def hand_over_issued(ending: Ending) -> None:
    """What the body issued, and its programmes, get a keeper: of several successors the one with most receivers.

    Of a body that is dissolved outright the committee above it. A top body that ends so keeps its own.
    """
    kept = list(Directive.objects.filter(keeper=ending.body).values_list("pk", flat=True))
    opened = Programme.objects.filter(keeper=ending.body)
    if not kept and not opened.exists():
        return
    keeper = _keeper(ending, kept)
    if keeper is None:
        return
    count = opened.update(keeper=keeper) + Directive.objects.filter(pk__in=kept).update(keeper=keeper)
    put_all(directives().filter(pk__in=kept))
    record("directives.kept_on", by=ending.by, body=keeper, obj=ending.body, count=count)


def _continue(row: Receipt, successor: Body, ending: Ending) -> Receipt:
    """The same state in the successor; begun on the day of the ending, however late that was recorded."""
    new = Receipt.objects.create(
        directive_id=row.directive_id,
        body=successor,
        is_branch=kind_on(successor.pk, ending.day).is_branch,
        arrived_at=min(now(), day_begins(ending.day)),
        acknowledged_at=row.acknowledged_at if row.implemented_on else None,
        implemented_on=row.implemented_on,
        implemented_words=row.implemented_words,
        is_continued=True,
    )
    _copy(row, new)
    return new


def _join(theirs: Receipt, row: Receipt) -> None:
    """One more body goes into the successor, which has done what all of them had done."""
    if row.implemented_on:
        if theirs.implemented_on:
            theirs.implemented_on = max(theirs.implemented_on, row.implemented_on)
            theirs.save(update_fields=["implemented_on"])
        return
    done = [one.requirement_id for one in row.fulfilments.all()]
    theirs.fulfilments.exclude(requirement__in=done).delete()
    if theirs.implemented_on:
        theirs.implemented_on, theirs.implemented_words, theirs.acknowledged_at = None, "", None
        theirs.save(update_fields=["implemented_on", "implemented_words", "acknowledged_at"])
        _copy(row, theirs)


def _copy(row: Receipt, to: Receipt) -> None:
    said = {one.requirement_id for one in to.fulfilments.all()}
    Fulfilment.objects.bulk_create(
        Fulfilment(receipt=to, requirement_id=one.requirement_id, done_on=one.done_on, words=one.words)
        for one in row.fulfilments.all()
        if one.requirement_id not in said
    )


def _keeper(ending: Ending, kept: list[int]) -> int | None:
    successors = [body.pk for body in ending.successors]
    if not successors:
        return parent_on(ending.body.pk, ending.day - timedelta(days=1))
    below = Closure.objects.filter(valid_on(ending.day), ancestor__in=successors)
    places = dict(below.values_list("descendant_id", "ancestor_id"))
    reached = Receipt.objects.filter(directive__in=kept, body__in=places)
    counts = dict.fromkeys(successors, 0)
    for body in reached.values_list("body_id", flat=True):
        counts[places[body]] += 1
    return max(successors, key=lambda key: counts[key])
