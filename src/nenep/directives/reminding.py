"""Every day: whoever answers for a body is told of what is due soon, once, and of what is past its day, once.

The issuer's rule says how many days before (`directives.remind_days`). What is done is not spoken of.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.directives.due import duties_of
from nenep.directives.models import DirectiveStatus, DueReminder, Receipt, Requirement
from nenep.journal.operations import record
from nenep.notices.operations import notify
from nenep.organizations.reads import rules_for
from nenep.people.models import Office, Post
from nenep.shared.dates import now, today, valid_on
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from nenep.directives.due import Duty
    from nenep.directives.models import Directive

# A machine that was off for longer does not begin with the reminders of a year.
MISSED = timedelta(days=30)
LONGEST = 2000  # characters of a notice
ANSWERING = (Post.SECRETARY, Post.DEPUTY, Post.CLERK)


def remind_due() -> int:
    """How many bodies were told, each once for a day and for soon or late; a second run finds none."""
    day, told = today(), 0
    dated = Requirement.objects.filter(
        directive__status=DirectiveStatus.ISSUED, due_on__gte=day - MISSED
    ).select_related("directive")
    for directive in {one.directive_id: one.directive for one in dated}.values():
        ahead = rules_for(directive.keeper_id, day).rule("directives.remind_days")
        soon = day + timedelta(days=ahead.number if ahead.value is not None else 0)
        with transaction.atomic():
            told += _remind(directive, day, soon)
    return told


def answering_for(bodies: Collection[int], day: date) -> dict[int, list[int]]:
    """Body -> the members who answer for its papers: secretary and clerk, a deputy while there is no secretary."""
    held: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    offices = Office.objects.filter(valid_on(day), post__in=ANSWERING, body__in=bodies)
    for body, post, member in offices.order_by("body", "member").values_list("body_id", "post", "member_id"):
        held[body][post].append(member)
    return {
        body: [*(posts[Post.SECRETARY] or posts[Post.DEPUTY]), *posts[Post.CLERK]]
        for body, posts in held.items()
    }


def _remind(directive: Directive, day: date, soon: date) -> int:
    receipts = Receipt.objects.standing().filter(directive=directive, implemented_on=None)
    rows = list(receipts.select_related("body"))
    duties = duties_of(rows, due_before=soon + timedelta(days=1))
    waiting: dict[tuple[date, bool, int], list[Duty]] = defaultdict(list)
    for duty in duties:
        if duty.done_on is None and duty.due_on >= day - MISSED:
            waiting[duty.due_on, duty.due_on < day, duty.receipt.pk].append(duty)
    sent = DueReminder.objects.filter(receipt__in=rows)
    for key in sent.values_list("due_on", "is_late", "receipt_id"):
        waiting.pop(key, None)
    people = answering_for({row.body_id for row in rows}, day)
    # Bodies that are asked the same by the same day hear of it together.
    together: dict[tuple[date, bool, tuple[int, ...]], list[Receipt]] = defaultdict(list)
    for (due_on, is_late, _receipt), of_it in waiting.items():
        if people.get(of_it[0].receipt.body_id):
            together[due_on, is_late, tuple(one.requirement.pk for one in of_it)].append(of_it[0].receipt)
    asked = {duty.requirement.pk: duty.requirement for duty in duties}
    for (due_on, is_late, wanted), told in together.items():
        members = [member for row in told for member in people[row.body_id]]
        _tell(directive, due_on, [asked[key] for key in wanted], members, is_late=is_late)
        DueReminder.objects.bulk_create(
            [DueReminder(receipt=row, due_on=due_on, is_late=is_late, at=now()) for row in told]
        )
    bodies = {row.body_id for told in together.values() for row in told}
    if bodies:
        record("directive.due_reminded", by=None, body=directive.keeper_id, obj=directive, bodies=len(bodies))
    return len(bodies)


def _tell(
    directive: Directive,
    due_on: date,
    asked: Iterable[Requirement],
    members: Iterable[int],
    *,
    is_late: bool,
) -> None:
    title = _("Quá hạn: %(title)s") if is_late else _("Sắp đến hạn: %(title)s")
    lines = [_("Hạn %(day)s.") % {"day": day_words(due_on)}, *(f"{one.mark}: {one.what}" for one in asked)]
    notify(
        members,
        kind="directive.overdue" if is_late else "directive.due",
        title=(title % {"title": directive.title})[:200],
        text="\n".join(lines)[:LONGEST],
        url=reverse("directives:page", args=[directive.pk]),
        body=directive.keeper_id,
        about=directive,
        by_hand=False,
        by=None,
    )
