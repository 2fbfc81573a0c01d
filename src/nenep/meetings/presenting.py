"""Whoever presents a part of the agenda is told so, and told when somebody else does it (R141)."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.meetings.models import MeetingKind
from nenep.meetings.progress import meeting_day
from nenep.meetings.rules import rules_of
from nenep.notices.operations import notify
from nenep.shared.dates import today
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.meetings.models import Meeting
    from nenep.shared.viewer import Viewer


@contextmanager
def telling_presenters(meeting: Meeting, *, by: Viewer | None) -> Iterator[None]:
    """Tell each member once which parts were given to them, and which taken away, by what is done inside.

    Nobody is told what they have just decided themselves. Only inside a transaction.
    """
    before = _presenters(meeting)
    yield
    after = _presenters(meeting)
    given, taken = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for item_id in {**before, **after}:
        (was, old_title), (now_is, title) = before.get(item_id, (None, "")), after.get(item_id, (None, ""))
        if was == now_is:
            continue
        if now_is is not None:
            given[now_is].append(title)
        if was is not None:
            taken[was].append(old_title)
    for member_id, titles in given.items():
        _tell(meeting, member_id, titles, is_given=True, by=by)
    for member_id, titles in taken.items():
        _tell(meeting, member_id, titles, is_given=False, by=by)


def _presenters(meeting: Meeting) -> dict[int, tuple[int | None, str]]:
    rows = meeting.items.order_by("position").values_list("pk", "presenter_id", "title")
    return {pk: (presenter, title) for pk, presenter, title in rows}


def _tell(meeting: Meeting, member_id: int, titles: list[str], *, is_given: bool, by: Viewer | None) -> None:
    if by is not None and by.member_id == member_id:
        return
    day = meeting_day(meeting)
    words = {"titles": "; ".join(titles), "day": day_words(day)}
    if is_given:
        title = _("Đồng chí được phân công trình bày")
        text = _("%(titles)s, kỳ sinh hoạt ngày %(day)s.") % words
        part = "paper" if meeting.kind == MeetingKind.THEMATIC else "documents"
        rule = rules_of(meeting).meeting.prepare_days(part)
        due = day - timedelta(days=rule.number) if rule.value is not None else None
        if due and due >= today():
            text += " " + _("Báo cáo, tài liệu xong chậm nhất ngày %(day)s.") % {"day": day_words(due)}
    else:
        title = _("Đổi người trình bày")
        text = _("Đồng chí thôi trình bày: %(titles)s, kỳ sinh hoạt ngày %(day)s.") % words
    notify(
        [member_id],
        kind="presenter.given" if is_given else "presenter.taken_back",
        title=title,
        text=text,
        url=reverse("meetings:page", args=[meeting.pk]),
        body=meeting.body_id,
        about=meeting,
        by=by,
    )
