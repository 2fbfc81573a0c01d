"""A programme and its directive on the way down: a committee has handed it on, some branches have discussed it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from nenep.assignments.operations import hand_out
from nenep.demo import directive_words as words
from nenep.demo.bodies import SUCCESSOR
from nenep.demo.branches import BOARD, ORGANIZATION, viewer
from nenep.demo.closeup.cast import at_work, on
from nenep.directives.answering import acknowledge, confirm_understood, link_made, put_on_agenda
from nenep.directives.models import Directive, Receipt
from nenep.directives.operations import add_requirement, draft_directive, issue_directive
from nenep.directives.programmes import open_programme, set_period
from nenep.discussions.operations import answer_questions
from nenep.discussions.sources import of_directive
from nenep.meetings.recording import record_item
from nenep.organizations.models import Body
from nenep.people.models import Member
from nenep.shared.dates import previous_month
from nenep.studies.operations import answer_check, ask, hold_session, say_present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.demo.branches import Action, Branch
    from nenep.demo.closeup.cast import Cast
    from nenep.shared.viewer import Viewer

STUDYING = 9
CONFIRMING = 3  # members of the shown branch who have understood it by today


def actions(cast: Cast) -> Iterator[Action]:
    """Issued before any branch plans its meeting; the branches of one organization get it, and not all discuss it."""
    issued = previous_month(cast.today).replace(day=12)
    upper, lower = cast.officer(BOARD), cast.officer(ORGANIZATION)
    yield on(issued, 9), lambda: _issue(cast.today, issued, by=upper)
    yield on(issued + timedelta(days=3), 10), lambda: _hand_down(issued, by=lower)
    yield on(issued + timedelta(days=5), 8), lambda: _spread(cast.shown)
    yield on(issued + timedelta(days=8), 14), lambda: _study(cast, issued + timedelta(days=8), by=lower)
    organization = Body.objects.get(code=ORGANIZATION)
    below = set(Body.objects.under(organization.pk, cast.today).values_list("pk", flat=True))
    for place, branch in enumerate(cast.branches):
        if branch.body.pk not in below or branch.stage not in {"adopted", "closed"}:
            continue
        yield branch.at(-7, 11), partial(_take_up, branch)
        yield at_work(branch, 6), partial(_discuss, branch)
        yield branch.at(0, 9, 45), partial(_answer, branch, place)


def _issue(today: date, day: date, *, by: Viewer) -> None:
    top = Body.objects.get(code=SUCCESSOR)
    source = words.SOURCE | {"source_date": day}
    programme = open_programme(top.pk, words=words.PROGRAMME | source, by=by)
    first = date(today.year - 1, 1, 1)
    set_period(
        programme,
        first_day=first,
        last_day=date(first.year + 4, 12, 31),
        midterm_due=date(first.year + 2, 6, 30),
        final_due=date(first.year + 4, 12, 15),
        by=by,
    )
    frame = {"programme": programme, "audience": "bodies"}
    chosen = Body.objects.filter(code=ORGANIZATION)
    directive = draft_directive(top.pk, words=words.DIRECTIVE | source | frame, chosen=chosen, by=by)
    for requirement in words.REQUIREMENTS:
        due_on = today + timedelta(days=60)
        add_requirement(directive, by=by, due_on=due_on, **requirement)
    issue_directive(directive, by=by)


def _hand_down(day: date, *, by: Viewer) -> None:
    """The organization has a plan of its own for the first paragraph; the second waits."""
    receipt = Receipt.objects.get(body__code=ORGANIZATION)
    acknowledge(receipt, by=by)
    requirement = receipt.directive.requirements.first()
    assert requirement is not None
    source = {"source_date": day + timedelta(days=3)}
    directive = draft_directive(
        receipt.body_id,
        words=words.HANDED_DOWN | source,
        carries_out=(receipt, [requirement]),
        by=by,
    )
    add_requirement(directive, by=by, **words.HANDED_DOWN_REQUIREMENT)
    issue_directive(directive, by=by)


def _spread(branch: Branch) -> None:
    """The shown branch has told its members, and the last of them have understood."""
    acknowledge(_received(branch), by=branch.secretary)
    directive = _handed_down()
    for entry in branch.people[-CONFIRMING:]:
        confirm_understood(directive, by=viewer(entry.member_id))


def _study(cast: Cast, day: date, *, by: Viewer) -> None:
    """The organization has studied it in its hall; the shown branch says who of it was there, others still owe it."""
    directive, branch = _handed_down(), cast.shown
    words_of_it = words.STUDY | {"directive": directive, "held_at": on(day, 8)}
    session = hold_session(directive.body_id, words=words_of_it, by=by)
    for question in words.CHECK:
        ask(session, by=by, **question)
    there = [entry.member_id for entry in branch.people if not entry.is_suspended][:STUDYING]
    say_present(session, branch.body.pk, was=(), chosen=there, by=branch.secretary)
    questions = list(session.check_questions.prefetch_related("options"))
    for place, member in enumerate(there[1:]):
        chosen = {row.pk: row.options.all()[place % 2].pk for row in questions}
        answer_check(session, chosen, by=viewer(member))


def _take_up(branch: Branch) -> None:
    put_on_agenda(_received(branch), branch.meeting, by=branch.secretary)


def _discuss(branch: Branch) -> None:
    """Talk, a conclusion, and a piece of work that carries out the paragraph."""
    directive, meeting = _handed_down(), branch.meeting
    item = meeting.items.get(origin_type="directives.directive")
    record_item(
        item,
        notes=words.NOTES,
        conclusion=words.CONCLUSION,
        decision="",
        seen_revision=item.revision,
        by=branch.deputy,
    )
    owner = Member.objects.get(pk=branch.people[-1].member_id)
    due_on = branch.day + timedelta(days=20)
    work = hand_out(meeting, what=words.WORK, owner=owner, due_on=due_on, item=item, by=branch.secretary)
    link_made(
        _received(branch), requirement=directive.requirements.first(), assignment=work, by=branch.secretary
    )


def _answer(branch: Branch, place: int) -> None:
    """Every second branch lets its committee read what it answers."""
    source = of_directive(_handed_down())
    texts = dict(zip(source.questions, words.ANSWERS, strict=True))
    answer_questions(source, branch.body.pk, texts=texts, may_be_read=place % 2 == 0, by=branch.secretary)


def _handed_down() -> Directive:
    return Directive.objects.get(body__code=ORGANIZATION)


def _received(branch: Branch) -> Receipt:
    return Receipt.objects.get(directive=_handed_down(), body=branch.body)
