"""Every day: who has not acknowledged a directive in time is reminded, once; then silence, and none once it is done."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from nenep.directives.models import Receipt
from nenep.directives.operations import tell_leaders
from nenep.journal.operations import record
from nenep.shared.dates import now

# No regulation names a day; within a week a body looks into its papers.
PATIENCE = timedelta(days=7)


def remind_unacknowledged() -> int:
    """How many bodies were reminded; a second run finds none."""
    late = (
        Receipt.objects.standing().unacknowledged().filter(reminded_at=None, arrived_at__lt=now() - PATIENCE)
    )
    rows = list(late.select_related("directive").order_by("directive", "body"))
    for directive in {row.directive_id: row.directive for row in rows}.values():
        with transaction.atomic():
            of_it = [row for row in rows if row.directive_id == directive.pk]
            Receipt.objects.filter(pk__in=[row.pk for row in of_it]).update(reminded_at=now())
            record("directive.reminded", by=None, body=directive.keeper_id, obj=directive, bodies=len(of_it))
            tell_leaders(
                directive,
                {row.body_id for row in of_it},
                _("Chưa tiếp nhận chỉ đạo: %(title)s"),
                kind="directive.reminder",
                by=None,
            )
    return len(rows)
