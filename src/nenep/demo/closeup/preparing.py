"""How a meeting is prepared: well, and so that its weak points can be found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from nenep.demo import words
from nenep.demo.branches import SHOWN, shown_member, viewer
from nenep.guidance.reads import ORIGIN
from nenep.meetings import answers
from nenep.meetings.models import Meeting, Opinion, Reply
from nenep.meetings.suggesting import take_suggestion
from nenep.people.models import Member
from nenep.preparing.agreements import keep_regulation, mark_shared, record_agreement
from nenep.preparing.duties import assignable, give_duty, report_duty
from nenep.preparing.materials import keep_material
from nenep.preparing.models import Duty, SharedMatter
from nenep.shared.dates import previous_month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.demo.branches import Action, Branch
    from nenep.shared.viewer import Viewer


def well(branch: Branch) -> Iterator[Action]:
    """A branch that prepares well: what is left to do has its owner and its day."""
    yield branch.at(-7, 11), lambda: _propose(branch)
    yield branch.at(-7, 20), lambda: _give_duties(branch)
    yield branch.at(-6, 9), lambda: _answer_proposals(branch)
    yield branch.at(-6, 10), lambda: _keep_materials(branch)
    yield branch.at(-6, 11), lambda: _keep_regulation(branch, reviewed_in=1)
    yield branch.at(-6, 14), lambda: _agree(branch)
    yield branch.at(-5, 22), lambda: _report_duty(branch)


def weakly(branch: Branch) -> Iterator[Action]:
    """One whose weak points can be found: a duty too late, a paper without meaning, nothing agreed, no answer."""
    yield branch.at(-7, 11), lambda: _propose(branch)
    yield (
        branch.at(-7, 12),
        lambda: _give(branch, "materials", branch.deputy.member_id, branch.at(-6, 0).date()),
    )
    yield branch.at(-6, 10), lambda: _keep_reading(branch.meeting, by=branch.deputy)
    yield branch.at(-6, 11), lambda: _keep_regulation(branch, reviewed_in=0)
    yield branch.at(-6, 14), lambda: _share(branch)


def _propose(branch: Branch) -> None:
    others = [entry.member_id for entry in branch.people if entry.member_id not in branch.leaders]
    authors = [shown_member() if branch.body.code == SHOWN else None, others[-1]]
    for author, (subject, text) in zip(authors, words.PROPOSALS, strict=True):
        answers.propose(branch.meeting, subject=subject, text=text, by=viewer(author or others[0]))


def _answer_proposals(branch: Branch) -> None:
    """The first is taken onto the agenda, the second is not."""
    meeting = branch.meeting
    first, second = Opinion.objects.filter(meeting=meeting, kind="proposal").order_by("pk")
    take_suggestion(meeting, key=f"proposal:{first.pk}", by=branch.secretary)
    answers.answer_opinion(second, reply=Reply.DECLINED, reason=words.DECLINED, by=branch.secretary)


def _give_duties(branch: Branch) -> None:
    """The draft by the day of the rules, the papers by the eve of the meeting, the management by the secretary."""
    helper = shown_member() or branch.deputy.member_id
    _give(branch, "draft", branch.deputy.member_id, None)
    _give(branch, "materials", helper, branch.day - timedelta(days=1))
    _give(branch, "management", branch.secretary.member_id, branch.at(-5, 0).date())


def _give(branch: Branch, step: str, owner: int | None, due_on: date | None) -> None:
    meeting = branch.meeting
    member = Member.objects.get(pk=owner or 0)
    give_duty(meeting, assignable(meeting)[step], owner=member, due_on=due_on, by=branch.secretary)


def _report_duty(branch: Branch) -> None:
    for duty in Duty.objects.filter(meeting=branch.meeting, owner=branch.deputy.member_id, step="draft"):
        report_duty(duty, is_done=True, by=branch.deputy)


def _keep_materials(branch: Branch) -> None:
    """The focus says what it means here; the other information still waits for whoever has the duty."""
    meeting = branch.meeting
    fields: dict[str, Any] = words.MATERIAL | {"issued_on": previous_month(branch.month).replace(day=10)}
    keep_material(meeting, item=meeting.items.get(origin_type=ORIGIN), by=branch.deputy, **fields)
    _keep_reading(meeting, by=branch.deputy)


def _keep_reading(meeting: Meeting, *, by: Viewer) -> None:
    item = meeting.items.filter(category="information").first()
    keep_material(meeting, item=item, title=words.READING, is_official=False, by=by)


def _keep_regulation(branch: Branch, *, reviewed_in: int) -> None:
    """Signed two years ago, to be reviewed `reviewed_in` years from the first of this month."""
    since = date(branch.today.year - 2, 3, 1)
    keep_regulation(
        branch.body.pk,
        number=words.REGULATION,
        signed_on=since,
        valid_from=since,
        review_on=branch.month.replace(year=branch.month.year + reviewed_in),
        by=branch.secretary,
    )


def _share(branch: Branch) -> None:
    item = branch.meeting.items.filter(category="political_task").last()
    assert item is not None
    mark_shared(item, is_shared=True, by=branch.secretary)


def _agree(branch: Branch) -> None:
    _share(branch)
    meeting = branch.meeting
    record_agreement(
        meeting,
        held_on=branch.at(-6, 14).date(),
        whom=words.MANAGEMENT,
        agreed=words.AGREED,
        not_agreed=words.NOT_AGREED,
        matters=SharedMatter.objects.filter(item__meeting=meeting),
        by=branch.secretary,
    )
