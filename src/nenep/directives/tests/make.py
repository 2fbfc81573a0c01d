"""Directives for tests, by the real verbs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from nenep.directives.operations import add_requirement, draft_directive, issue_directive
from nenep.directives.programmes import open_programme, set_period
from nenep.meetings.attendance import call_the_rest_present
from nenep.meetings.models import MeetingStatus
from nenep.meetings.operations import close_meeting, open_meeting
from nenep.meetings.recording import record_item
from nenep.shared.dates import clock_at

if TYPE_CHECKING:
    from nenep.directives.models import Directive, Programme, Receipt

WORDS = {
    "title": "Nâng cao chất lượng sinh hoạt chi bộ",
    "digest": "Mỗi tháng họp một lần.\nMỗi quý một chuyên đề.\nKết luận phải rõ người, rõ việc.",
    "why_it_matters": "Chi bộ còn họp dồn vào cuối quý.",
    "questions": "Vì sao còn họp dồn?\nAi giữ lịch?",
    "source_issuer": "Đảng ủy Khối",
    "source_symbol": "02-NQ/ĐUK",
    "source_date": date(2026, 11, 2),
}
REQUIREMENT = {"mark": "II.1", "what": "Chi bộ lập lịch họp cả năm", "doers": "branches"}
PROGRAMME = {
    "title": "Nghị quyết về chất lượng sinh hoạt",
    "objectives": "Chi bộ nào cũng họp hằng tháng.\nMỗi quý một chuyên đề.",
    "source_issuer": "Đảng ủy Khối",
    "source_symbol": "02-NQ/ĐUK",
    "source_date": date(2006, 7, 17),
}


def make_directive(body, *, issued=False, requirements=(), chosen=(), carries_out=None, **words) -> Directive:
    """A draft of `body`, or issued today; `requirements`: the words of each beside those of REQUIREMENT."""
    directive = draft_directive(body.pk, words=WORDS | words, chosen=chosen, carries_out=carries_out, by=None)
    for more in requirements:
        add_requirement(directive, by=None, **(REQUIREMENT | more))
    if issued:
        issue_directive(directive, by=None)
    return directive


def receipt_in(directive, body) -> Receipt:
    return directive.receipts.get(body=body)


def make_programme(body, **words) -> Programme:
    programme = open_programme(body.pk, words=PROGRAMME | words, by=None)
    set_period(
        programme,
        first_day=date(2026, 1, 1),
        last_day=date(2030, 12, 31),
        midterm_due=date(2028, 6, 30),
        final_due=None,
        by=None,
    )
    return programme


def hold_and_write(meeting, title, text):
    """Call, open and close the meeting at its hour, with `text` under the item of that title."""
    at = meeting.starts_at
    type(meeting).objects.filter(pk=meeting.pk).update(status=MeetingStatus.CALLED)
    meeting.refresh_from_db()
    with clock_at(at):
        open_meeting(meeting, by=None)
        call_the_rest_present(meeting, by=None)
        item = meeting.items.get(title=title)
        record_item(item, notes=text, conclusion="", decision="", seen_revision=0, by=None)
    with clock_at(at + timedelta(minutes=90)):
        close_meeting(meeting, by=None)
