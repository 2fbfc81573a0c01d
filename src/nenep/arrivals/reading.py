"""Reading a file before its paper is entered. Beside `intakes`: no start of the program waits for what reads files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from nenep.arrivals.intake_page import kept
from nenep.arrivals.models import Intake
from nenep.documents.intake.reading import reading_from
from nenep.files.operations import attach, examine, secrets_recorded
from nenep.journal.operations import record
from nenep.organizations.models import Body
from nenep.rulebook import rules_on
from nenep.shared.dates import now, today
from nenep.shared.once import made_before
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.core.files.base import File

    from nenep.shared.viewer import Viewer


def read_file(body: Body, file: File[bytes], *, once: UUID | None, by: Viewer | None) -> Intake:
    """Read a file and keep it with what was read, for who may enter papers of the body; after that it is looked at.

    Refused for what `files` refuses, and for what intake cannot read: then nothing stays. With a secret marking, also
    one that only the reading of a scan shows, stays what `files` keeps of it; so call this outside a transaction.
    """
    if made := made_before(Intake.objects.filter(body=body), once):
        return made
    checked = examine(file, body_id=body.pk, by=by)
    with secrets_recorded(checked.name, checked.content, body_id=body.pk, by=by):
        # A paper of anybody: no local rules.
        reading = reading_from(checked.name, checked.content, rules_on(today(), ()).numbering)
    with transaction.atomic():
        # The row of the body is the lock under which the same sending is looked for.
        Body.objects.select_for_update().get(pk=body.pk)
        if made := made_before(Intake.objects.filter(body=body), once):
            return made
        intake = Intake(
            once=once or uuid4(),
            body=body,
            member_id=member_of(by),
            at=now(),
            name=checked.name,
            read=kept(reading),
        )
        intake.full_clean()
        intake.save(force_insert=True)
        attach(intake, file, body_id=body.pk, by=by)
        record("intake.read", by=by, body=body.pk, obj=intake)
    return intake
