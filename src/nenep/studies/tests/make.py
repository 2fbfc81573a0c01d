"""Study sessions for tests, by the real verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nenep.shared.dates import now
from nenep.studies.operations import ask, hold_session

if TYPE_CHECKING:
    from nenep.studies.models import CheckQuestion, Session


def make_session(body, *, directive=None, hours=-2, **words) -> Session:
    """Held so many hours from now."""
    given = {
        "title": "Quán triệt nghị quyết",
        "held_at": now() + timedelta(hours=hours),
        "place": "Hội trường A",
        "presenter": "Đồng chí Báo cáo viên",
        "directive": directive,
    }
    return hold_session(body.pk, words=given | words, by=None)


def make_question(session) -> CheckQuestion:
    options = ["Mỗi tháng", "Mỗi quý", "Mỗi năm"]
    return ask(session, text="Chi bộ họp thường kỳ khi nào?", options=options, right=1, by=None)
