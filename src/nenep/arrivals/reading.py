"""Reading a file before its paper is entered. Beside `intakes`: no start of the program waits for what reads files.

What is short is read at once. A PDF and an image wait for the worker, a scan page by page, so that mails and sums wait
for one page at most and a worker that was killed goes on where it stood.
"""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult, TaskResultStatus

from nenep.arrivals.intake_page import kept, storable
from nenep.arrivals.models import Intake, IntakeState
from nenep.arrivals.tasks import read_intake
from nenep.documents.intake import scans
from nenep.documents.intake.lines import read_scanned, scanned_in
from nenep.documents.intake.reading import reading_from
from nenep.files.models import Attachment, FileType
from nenep.files.operations import attach, examine, remove, secrets_recorded
from nenep.journal.operations import record
from nenep.notices.models import Heartbeat
from nenep.notices.worker import LOST_AFTER
from nenep.organizations.models import Body
from nenep.rulebook import rules_on
from nenep.shared.dates import now, today
from nenep.shared.once import made_before
from nenep.shared.states import Refused, move
from nenep.shared.viewer import Viewer, member_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.core.files.base import File

    from nenep.documents.intake.reading import Reading
    from nenep.rulebook.numbering import Numbering

# Read within the request: of these types, up to this size. A report of 40 pages takes a second.
AT_ONCE = frozenset({FileType.TXT, FileType.DOCX, FileType.XLSX})
MOST_BYTES = 256 * 1024
# One task reads on for so long, then lets others by.
STEP_SECONDS = 15
MOST_TRIES = 3
# A worker looks every second; whoever waits longer is told that there is none.
PATIENCE = timedelta(seconds=30)


def read_file(body: Body, file: File[bytes], *, once: UUID | None, by: Viewer | None) -> Intake:
    """Keep a file with what is read of it, for who may enter papers of the body; or let it wait to be read.

    Refused for what `files` refuses, and for what intake cannot read: then nothing stays. With a secret marking, also
    one that only the reading of a scan shows, stays what `files` keeps of it; so call this outside a transaction.
    """
    if made := made_before(Intake.objects.filter(body=body), once):
        return made
    checked = examine(file, body_id=body.pk, by=by)
    reading = None
    if checked.content_type in {FileType.PNG, FileType.JPEG}:
        scans.require_engine(is_image=True)
    elif checked.content_type in AT_ONCE and len(checked.content) <= MOST_BYTES:
        with secrets_recorded(checked.name, checked.content, body_id=body.pk, by=by):
            reading = reading_from(checked.name, checked.content, _numbering())
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
            read=kept(reading) if reading else {},
            state=IntakeState.READ if reading else IntakeState.WAITING,
        )
        intake.full_clean()
        intake.save(force_insert=True)
        attach(intake, file, body_id=body.pk, by=by)
        record("intake.read", by=by, body=body.pk, obj=intake)
        if not reading:
            read_intake.enqueue(intake.pk)
    return intake


def read_on(intake_id: int) -> None:
    """The next step of a file that waits, and the task for the one after it. Twice is as once; gone is nothing.

    What cannot be read is said on its page, and its file goes, as `read_file` keeps none of it.
    """
    intake = _begun(intake_id)
    scan = Attachment.objects.of(intake).first() if intake else None
    if intake is None or scan is None:
        return
    try:
        content = scan.path.read_bytes()
        with secrets_recorded(intake.name, content, body_id=intake.body_id, by=_uploader(intake)):
            progress, reading = _step(intake, content)
    except FileNotFoundError:
        _fail(intake.pk, _("Tệp này không còn trong phần mềm. Đồng chí tải lại tệp."))
    except Refused as refusal:
        _fail(intake.pk, str(refusal))
    else:
        _keep(intake.pk, progress, reading)


@transaction.atomic
def read_again(intake: Intake, *, by: Viewer | None) -> None:
    """Begin anew where the worker has stopped for good; nothing for a file that is read, refused or under way."""
    locked = Intake.objects.select_for_update().get(pk=intake.pk)
    if locked.is_waiting and not is_under_way(locked):
        Intake.objects.filter(pk=locked.pk).update(tries=0)
        read_intake.enqueue(locked.pk)
        record("intake.read_again", by=by, body=locked.body_id, obj=locked)


def is_under_way(intake: Intake) -> bool:
    """Whether the queue will still come to it."""
    unfinished = DBTaskResult.objects.filter(
        task_path=read_intake.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    return any(row.args_kwargs["args"] == [intake.pk] for row in unfinished.only("args_kwargs"))


def has_no_worker(intake: Intake) -> bool:
    """Whether it waits for longer than a worker takes to see it, and none is alive."""
    waits = now() - intake.at > PATIENCE
    return waits and not Heartbeat.objects.filter(seen_at__gt=now() - LOST_AFTER).exists()


@transaction.atomic
def _begun(intake_id: int) -> Intake | None:
    """None for what is gone, read or refused; and for what failed too often, which is said."""
    intake = Intake.objects.select_for_update().filter(pk=intake_id, state=IntakeState.WAITING).first()
    if intake and intake.tries >= MOST_TRIES:
        _fail(
            intake_id,
            _("Đọc tệp này mấy lần đều dừng giữa chừng. Đồng chí chia nhỏ tệp hoặc vào sổ bằng tay."),
        )
        return None
    if intake:
        intake.tries += 1
        intake.save(update_fields=["tries"])
    return intake


def _step(intake: Intake, content: bytes) -> tuple[dict[str, Any], Reading | None]:
    """How far it is now, and the reading where this was the last step."""
    progress = intake.progress
    if not progress and content.startswith(b"%PDF-") and (pages := scanned_in(content)):
        return {"todo": pages, "pages": {}}, None
    todo, pages_read = list(progress.get("todo", ())), dict(progress.get("pages", {}))
    until = monotonic() + STEP_SECONDS
    for number in progress.get("todo", ()):
        todo.remove(number)
        pages_read[str(number)] = storable(read_scanned(content, number))
        if monotonic() >= until:
            break
    if todo:
        return {"todo": todo, "pages": pages_read}, None
    scanned = {int(number): rows for number, rows in pages_read.items()} if progress else None
    return {}, reading_from(intake.name, content, _numbering(), scanned)


@transaction.atomic
def _keep(intake_id: int, progress: dict[str, Any], reading: Reading | None) -> None:
    intake = Intake.objects.select_for_update().filter(pk=intake_id, state=IntakeState.WAITING).first()
    if intake is None:
        return  # given up meanwhile
    if reading:
        move(intake, IntakeState.READ, field="state", read=kept(reading), progress={}, tries=0)
        return
    Intake.objects.filter(pk=intake_id).update(progress=progress, tries=0)
    read_intake.enqueue(intake_id)


@transaction.atomic
def _fail(intake_id: int, why: str) -> None:
    intake = Intake.objects.select_for_update().filter(pk=intake_id, state=IntakeState.WAITING).first()
    if intake is None:
        return
    for attachment in Attachment.objects.of(intake):
        remove(attachment, by=None)
    move(intake, IntakeState.FAILED, field="state", why=why[:500], progress={})
    record("intake.failed", by=None, body=intake.body_id, obj=intake)


def _uploader(intake: Intake) -> Viewer | None:
    """Who must follow up what they sent, where it bears a secret marking."""
    member_id = intake.member_id
    return Viewer(actor=f"member:{member_id}", member_id=member_id) if member_id else None


def _numbering() -> Numbering:
    return rules_on(today(), ()).numbering  # a paper of anybody: no local rules
