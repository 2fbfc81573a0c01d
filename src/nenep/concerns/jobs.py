"""Every day: whoever owes an answer that is overdue is told, once for each day by which it was due."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from nenep.concerns.models import OPEN, Concern
from nenep.concerns.operations import remind
from nenep.concerns.reads import ORIGIN
from nenep.notices.models import Notice
from nenep.shared.dates import today

KIND = "concern.overdue"


def remind_of_overdue() -> int:
    """How many concerns somebody was reminded of; a second run the same day finds none."""
    told = Notice.objects.filter(
        about_type=ORIGIN,
        about_id=OuterRef("pk"),
        kind=KIND,
        created_at__date__gt=OuterRef("answer_by"),
    )
    late = Concern.objects.filter(~Exists(told), status__in=OPEN, answer_by__lt=today(), author__isnull=False)
    found = list(late.order_by("pk"))
    for concern in found:
        remind(concern, KIND, _("Có tâm tư, kiến nghị quá hạn trả lời"))
    return len(found)
