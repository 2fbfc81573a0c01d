"""The month under way, played through the real operations at the hours when branches work."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nenep.assignments.models import Assignment, AssignmentStatus
from nenep.assignments.operations import hand_out, hand_out_targets, report_progress
from nenep.demo import closeup, words
from nenep.demo.branches import SHOWN, at_work, shown_member, viewer
from nenep.journal import chains
from nenep.meetings import answers, attendance, minutes, operations, providers, recording
from nenep.meetings.models import Answer, Meeting, Presence
from nenep.people.models import Member, Status
from nenep.resolutions.models import Resolution
from nenep.resolutions.operations import draft, put_to_vote
from nenep.shared.dates import clock_at, previous_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nenep.demo.branches import Action, Branch


# No savepoint around it all: SQLite would keep every page changed since, and walk them at the end of each verb's own.
@transaction.atomic(savepoint=False)
def play(today: date) -> int:
    """Play every branch up to its stage, in the order of time; returns how many branches there were."""
    branches = list(at_work(today))
    actions = [action for branch in branches for action in _actions(branch)]
    actions += closeup.actions(branches, today)
    with chains.remembered():
        for moment, act in sorted(actions, key=lambda action: action[0]):
            with clock_at(moment):
                act()
    return len(branches)


def _actions(branch: Branch) -> Iterator[Action]:
    """What this branch does this month and when; a stage is reached by stopping early."""
    yield _last_month(branch), lambda: _hand_out_old_work(branch)
    yield branch.at(-9, 20), lambda: _reports(branch)
    if branch.stage == "late":
        return
    yield branch.at(-8, 20), lambda: _plan(branch)
    # One branch in eight skips what the report complains about: no committee meeting, no draft.
    is_prepared = branch.rng.random() > 0.125 or branch.body.code == SHOWN
    if is_prepared:
        yield branch.at(-6, 16), lambda: _committee_meets(branch)
        yield branch.at(-5, 21), lambda: _write_draft(branch)
    if branch.stage == "planned":
        return
    reason = "" if is_prepared else words.NO_COMMITTEE
    yield (
        branch.at(-4, 8),
        lambda: operations.call_meeting(branch.meeting, reason=reason, by=branch.secretary),
    )
    yield branch.at(-3, 19), lambda: _answer(branch)
    if branch.stage == "called":
        return
    yield branch.at(0, 8), lambda: _open(branch)
    yield branch.at(0, 9), lambda: _work(branch, with_vote=is_prepared and branch.stage != "opened")
    if branch.stage == "opened":
        return
    yield branch.at(0, 9, 35), lambda: operations.close_meeting(branch.meeting, by=branch.secretary)
    if branch.stage == "adopted":
        yield branch.at(0, 9, 45), lambda: _adopt(branch)


def _last_month(branch: Branch) -> datetime:
    return timezone.make_aware(datetime.combine(previous_month(branch.month).replace(day=8), time(20, 0)))


def _hand_out_old_work(branch: Branch) -> None:
    """Two or three pieces of work from last month's meeting, some of them late by now."""
    last = Meeting.objects.filter(body=branch.body, month=previous_month(branch.month)).first()
    if last is None:
        return
    workers = [entry for entry in branch.people if entry.status in {Status.OFFICIAL, Status.PROBATIONARY}]
    for place, what in enumerate(branch.rng.sample(words.WORK, 2 if branch.body.code != SHOWN else 3)):
        owner = branch.rng.choice(workers).member_id
        if branch.body.code == SHOWN and place == 0:
            owner = shown_member() or owner
        hand_out(
            last,
            what=what,
            owner=Member.objects.get(pk=owner),
            due_on=branch.month + timedelta(days=branch.rng.randint(2, 27)),
            measure=branch.rng.choice(words.MEASURES),
            by=branch.secretary,
        )


def _reports(branch: Branch) -> None:
    silent = shown_member()
    for work in Assignment.objects.filter(body=branch.body).exclude(owner_id=silent).open():
        status = branch.rng.choice(
            (None, AssignmentStatus.DOING, AssignmentStatus.DONE, AssignmentStatus.STUCK)
        )
        if status:
            line = words.STUCK if status == AssignmentStatus.STUCK else ""
            report_progress(work, status=status, line=line, by=viewer(work.owner_id))


def _plan(branch: Branch) -> None:
    operations.open_month(branch.body.pk, month=branch.month, by=branch.secretary)
    meeting, starts_at = branch.meeting, branch.at(0, 8)
    # Early in a month the day of the published plan is still ahead: nobody moves it without a reason.
    is_moved = not meeting.is_time_proposed and meeting.starts_at != starts_at
    if is_moved and providers.awaiting.ask(meeting):
        operations.postpone(meeting, to=starts_at, reason=words.MOVED, by=branch.secretary)
    operations.plan(
        branch.meeting,
        starts_at=starts_at,
        place=branch.rng.choice(words.PLACES),
        chair_id=branch.secretary.member_id,
        note_taker_id=branch.deputy.member_id,
        focus_question=branch.rng.choice(words.FOCUS),
        by=branch.secretary,
    )


def _committee_meets(branch: Branch) -> None:
    recording.record_committee_meeting(
        branch.meeting,
        held_at=branch.at(-6, 15),
        place="Phòng bí thư",
        present="\n".join(entry.name for entry in branch.people if entry.member_id in branch.leaders),
        content="Thống nhất chương trình và vấn đề trọng tâm; xem lại các việc chưa xong.",
        decisions="Phó bí thư viết dự thảo nghị quyết; bí thư chuẩn bị phần gợi ý thảo luận.",
        by=branch.secretary,
    )


def _write_draft(branch: Branch) -> None:
    leads = [entry for entry in branch.people if entry.status == Status.OFFICIAL]
    targets = [
        {
            "what": what,
            "lead": Member.objects.get(pk=branch.rng.choice(leads).member_id),
            "due_on": branch.day + timedelta(days=branch.rng.randint(10, 25)),
            "measure": "",
        }
        for what in branch.rng.sample(words.WORK, 3)
    ]
    meeting = branch.meeting
    draft(
        meeting,
        title=f"lãnh đạo thực hiện nhiệm vụ tháng {(branch.day.replace(day=28) + timedelta(days=4)):%m/%Y}",
        review=words.REVIEW,
        direction=words.DIRECTION,
        organization=words.ORGANIZATION,
        targets=targets,
        seen_revision=0,
        by=branch.deputy,
    )


def _answer(branch: Branch) -> None:
    meeting = branch.meeting
    answering = len(branch.people) // (2 if branch.body.code == SHOWN else 5)
    for entry in branch.rng.sample(branch.people, answering):
        will_come = branch.rng.random() > 0.1 or entry.member_id in branch.leaders
        answers.respond(
            meeting,
            answer=Answer.WILL_COME if will_come else Answer.ASKS_LEAVE,
            reason="" if will_come else "mission",
            by=viewer(entry.member_id),
        )
    if branch.rng.random() < 0.3 or branch.body.code == SHOWN:
        author = viewer(branch.rng.choice(branch.people).member_id)
        answers.write_opinion(meeting, text=branch.rng.choice(words.OPINIONS), item_id=None, by=author)


def _open(branch: Branch) -> None:
    meeting = branch.meeting
    operations.open_meeting(meeting, by=branch.secretary)
    marks = attendance.starting_marks(meeting)
    others = [e for e in branch.people if e.member_id not in {*marks, *branch.leaders}]
    for entry in branch.rng.sample(others, min(len(others) - 2, branch.rng.randint(0, 2))):
        marks[entry.member_id] = attendance.Mark(Presence.EXCUSED, branch.rng.choice(words.REASONS))
    attendance.record_attendance(meeting, marks=marks, by=branch.deputy)
    attendance.call_the_rest_present(meeting, by=branch.deputy)


def _work(branch: Branch, *, with_vote: bool) -> None:
    meeting = branch.meeting
    for item in meeting.items.filter(category__in=("political_task", "party_building", "discussion")):
        notes, conclusion = branch.rng.choice(words.NOTES), branch.rng.choice(words.CONCLUSIONS)
        recording.record_item(
            item,
            notes=notes,
            conclusion=conclusion if item.category != "party_building" else "",
            decision=words.DECISION if item.category == "discussion" else "",
            seen_revision=item.revision,
            by=branch.deputy,
        )
    resolution = Resolution.objects.filter(meeting=meeting).select_related("meeting__body").first()
    if with_vote and resolution:
        hands = attendance.count(meeting).present_official
        put_to_vote(resolution, votes_for=hands, votes_against=0, votes_other=0, by=branch.secretary)


def _adopt(branch: Branch) -> None:
    meeting = branch.meeting
    present = meeting.present or 0
    speakers = min(present, branch.rng.randint(3, 7))
    minutes.adopt_minutes(meeting, votes_for=present, speakers=speakers, by=branch.secretary)
    if Resolution.objects.filter(meeting=meeting, status="adopted").exists():
        hand_out_targets(meeting, by=branch.secretary)
