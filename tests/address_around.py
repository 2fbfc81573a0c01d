"""What the addresses of the modules around a meeting need: ballots, calendars, directives, plans, preparing, visits."""

from __future__ import annotations

from datetime import timedelta

from nenep.access.tests.make import viewer_for
from nenep.assignments.operations import hand_out
from nenep.ballots.models import Round
from nenep.ballots.operations import enter_count
from nenep.ballots.tests.make import figures, make_confirmed, make_election, make_question
from nenep.briefings.models import Briefing, Decision
from nenep.briefings.operations import mark_done
from nenep.briefings.tests.make import make_briefing, make_closed, make_cluster, make_decision
from nenep.calendars.operations import make_feed, open_calendar
from nenep.concerns.tests.make import make_concern, make_doubt, make_official
from nenep.directives.answering import acknowledge, link_made
from nenep.directives.models import Directive
from nenep.directives.tests.make import make_directive, make_programme, receipt_in
from nenep.discussions.tests.make import discuss, make_answer
from nenep.meetings.models import Meeting, MeetingKind
from nenep.meetings.operations import plan_thematic
from nenep.meetings.recording import record_committee_meeting
from nenep.organizations.models import Cluster
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.plans.models import Entry, EntryKind, Plan
from nenep.plans.operations import add_entry, draft_plan, publish_plan
from nenep.preparing.agreements import keep_regulation, record_agreement
from nenep.preparing.duties import assignable, give_duty
from nenep.preparing.materials import keep_material
from nenep.quality.notebook import write_note
from nenep.shared.dates import clock_at, month_start, next_month, now, previous_month, today
from nenep.shared.words import day_words
from nenep.studies.tests.make import make_question as make_check
from nenep.studies.tests.make import make_session
from nenep.visits.tests.make import make_visit
from tests.address_meetings import (
    agenda_item,
    overdue_meeting_on_paper,
    planned_meeting,
    running_meeting,
)

# --- ballots ----------------------------------------------------------------------------------------------


def open_ballot(world, owner):
    """A question to be answered on paper; the secretary counts."""
    facts = running_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    return facts | {"pk": make_question(meeting, head=world.members["secretary"]).pk}


def counted_ballot(world, owner):
    facts = open_ballot(world, owner)
    enter_count(Round.objects.get(pk=facts["pk"]), figures((2, 0, 0), issued=2), by=None)
    return facts


def confirmed_ballot(world, owner):
    facts = open_ballot(world, owner)
    make_confirmed(Round.objects.get(pk=facts["pk"]), figures((2, 0, 0), issued=2))
    return facts


def confirmed_ballot_as_word(world, owner):
    return confirmed_ballot(world, owner) | {"fmt": "docx"}


def undecided_election(world, owner):
    """The member stood and was not elected, so a further round may follow."""
    facts = running_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    ballot = make_election(meeting, [world.members["member"]], head=world.members["secretary"])
    make_confirmed(ballot, figures(0, issued=2))
    return facts | {"pk": ballot.pk}


# --- calendars ------------------------------------------------------------------------------------------


def calendar_feed(world, owner):
    """The private calendar of the member, whoever asks for it."""
    by = viewer_for(world.members["member"])
    return {"token": make_feed(by.account_id, shows_place=True, by=by)}


def public_calendar(world, owner):
    body_id = world.bloc.branch.pk
    calendar = open_calendar(body_id, kinds=[MeetingKind.REGULAR], shows_place=True, by=None)
    return {"body_id": body_id, "ref": calendar.ref}


# --- plans ----------------------------------------------------------------------------------------------


def year_without_plan(world, owner):
    year = today().year + 1
    return {"body_id": world.bloc.branch.pk, "year": year, "day": f"20/06/{year}"}


def draft_of_plan(world, owner):
    facts = year_without_plan(world, owner)
    return facts | {"pk": draft_plan(facts["body_id"], year=facts["year"], by=None).pk}


def published_plan(world, owner):
    facts = draft_of_plan(world, owner)
    publish_plan(Plan.objects.get(pk=facts["pk"]), by=None)
    return facts


def planned_entry(world, owner):
    """A thematic meeting of a published plan, of which the meeting could be made."""
    facts = published_plan(world, owner)
    entry = Plan.objects.get(pk=facts["pk"]).entries.filter(kind="thematic").first()
    Entry.objects.filter(pk=entry.pk).update(content="Vì sao hồ sơ chậm?")
    return facts | {"pk": entry.pk, "member": world.members["member"].pk}


def past_entry(world, owner):
    """A conference of this year's published plan, planned for today before today came."""
    with clock_at(now() - timedelta(days=1)):
        plan = draft_plan(world.bloc.branch.pk, year=(today() + timedelta(days=1)).year, by=None)
        entry = add_entry(plan, kind=EntryKind.STUDY, starts_at=now() + timedelta(days=1), by=None)
        publish_plan(plan, by=None)
    return {"pk": entry.pk, "day": day_words(today())}


# --- briefings ------------------------------------------------------------------------------------------


def cluster_of_bloc(world, owner):
    """Of the member's organization alone."""
    cluster = make_cluster(world.bloc.bloc, world.bloc.organization, code="G1")
    month, day = previous_month(today()), today() + timedelta(days=3)
    facts = {"body": world.bloc.organization.pk, "month": month.isoformat(), "day": day_words(day)}
    return facts | {"cluster_id": cluster.pk}


def planned_briefing(world, owner):
    facts = cluster_of_bloc(world, owner)
    plan = draft_plan(world.bloc.bloc.pk, year=today().year + 1, by=None)
    starts_at = now().replace(year=plan.year, month=3, day=15)
    entry = add_entry(plan, kind=EntryKind.CLUSTER_BRIEFING, starts_at=starts_at, by=None)
    publish_plan(plan, by=None)
    return facts | {"entry_id": entry.pk}


def open_briefing_of_cluster(world, owner):
    facts = cluster_of_bloc(world, owner)
    return facts | {"pk": make_briefing(Cluster.objects.get(pk=facts["cluster_id"])).pk}


def closed_briefing(world, owner):
    """It gives the organization one thing to do."""
    facts = cluster_of_bloc(world, owner)
    cluster = Cluster.objects.get(pk=facts["cluster_id"])
    return facts | {"pk": make_closed(cluster, world.bloc.organization).pk}


def minutes_of_briefing_as_word(world, owner):
    return closed_briefing(world, owner) | {"fmt": "docx"}


def decision_not_told(world, owner):
    facts = open_briefing_of_cluster(world, owner)
    briefing = Briefing.objects.get(pk=facts["pk"])
    return facts | {"pk": make_decision(briefing, world.bloc.organization).pk}


def decision_of_organization(world, owner):
    facts = closed_briefing(world, owner)
    return facts | {"pk": Decision.objects.get(briefing=facts["pk"]).pk}


def decision_done_by_organization(world, owner):
    facts = decision_of_organization(world, owner)
    mark_done(Decision.objects.get(pk=facts["pk"]), line="Đã họp bù.", by=None)
    return facts


# --- visits ---------------------------------------------------------------------------------------------


def roster_of_organization(world, owner):
    """Of the coming month; nothing is arranged yet."""
    month = next_month(today())
    return {"body_id": world.bloc.organization.pk, "year": month.year, "month": month.month}


def visit_to_branch(world, owner):
    """The deputy of the organization attends the branch this month."""
    bloc, deputy = world.bloc, world.members["committee"]
    return {"pk": make_visit(bloc.organization, bloc.branch, deputy, month=month_start(today())).pk}


# --- preparing ------------------------------------------------------------------------------------------


def committee_minutes_as_word(world, owner):
    facts = planned_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    record_committee_meeting(
        meeting, held_at=now(), present="Bí thư", content="Chương trình", decisions="Soạn dự thảo", by=None
    )
    return facts | {"fmt": "docx"}


def step_of_preparation(world, owner):
    return planned_meeting(world, owner) | {"step": "focus"}


def duty_of_member(world, owner):
    facts = planned_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    member = world.members["member"]
    duty = give_duty(meeting, assignable(meeting)["focus"], owner=member, due_on=None, by=None)
    return facts | {"pk": duty.pk}


def branch_with_thematic_sheets(world, owner):
    facts = overdue_meeting_on_paper(world, owner)
    return facts | {"today": today().strftime("%d/%m/%Y")}


def overdue_thematic_meeting(world, owner):
    facts = branch_with_thematic_sheets(world, owner)
    with clock_at(now() - timedelta(days=4)):
        starts_at = now() + timedelta(days=1)
        meeting = plan_thematic(world.bloc.branch.pk, starts_at=starts_at, focus_question="Ai sửa?", by=None)
    return facts | {"pk": meeting.pk}


def agenda_item_of_meeting(world, owner):
    facts = agenda_item(world, owner)
    return facts | {"pk": facts["meeting_pk"], "item": facts["pk"]}


def material_of_item(world, owner):
    facts = agenda_item_of_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    kept = keep_material(meeting, item_id=facts["item"], title="Tin tháng", is_official=False, by=None)
    return facts | {"pk": kept.pk}


def agreement_before_meeting(world, owner):
    facts = planned_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    talk = record_agreement(
        meeting, held_on=today(), whom="Giám đốc", agreed="Thêm người.", not_agreed="", by=None
    )
    return facts | {"pk": talk.pk}


def regulation_of_branch(world, owner):
    day = today()
    kept = keep_regulation(world.bloc.branch.pk, title="Quy chế", signed_on=day, valid_from=day, by=None)
    return {"pk": kept.pk, "body_id": world.bloc.branch.pk}


# --- concerns ---------------------------------------------------------------------------------------------


def branches_that_answer(world, owner):
    """Every branch has somebody who answers what its members raise."""
    for branch in (world.bloc.neighbour_branch, world.bloc.other_branch, world.bloc.lone_branch):
        make_member(branch, post=Post.DEPUTY)
    return {}


def concern_raised(world, owner):
    return {"pk": make_concern(make_member(world.bloc.branch), world.bloc.branch).pk}


def concern_passed_up(world, owner):
    return {"pk": make_concern(make_member(world.bloc.branch), world.bloc.branch, passed_up=True).pk}


def doubt_answered(world, owner):
    """A doubtful item that the branch passed up and the organization has answered."""
    return {"pk": make_doubt(make_member(world.bloc.branch), world.bloc.branch).pk}


def official_answer(world, owner):
    return {"pk": make_official(make_member(world.bloc.branch), world.bloc.branch).pk}


def concern_of_owner(world, owner):
    return {"pk": make_concern(world.members[owner], world.bloc.branch).pk}


# --- directives -------------------------------------------------------------------------------------------


def drafted_directive(world, owner):
    directive = make_directive(world.bloc.organization, requirements=[{}])
    return {"pk": directive.pk, "requirement": directive.requirements.get().pk}


def issued_directive(world, owner):
    """To the branches of the organization; the branch has acknowledged it."""
    directive = make_directive(world.bloc.organization, issued=True, requirements=[{}])
    acknowledge(receipt_in(directive, world.bloc.branch), by=None)
    return {"pk": directive.pk, "requirement_pk": directive.requirements.get().pk}


def received_directive(world, owner):
    """In the branch, which has not acknowledged it and prepares a meeting."""
    planned_meeting(world, owner)
    directive = make_directive(world.bloc.organization, issued=True)
    return {"pk": receipt_in(directive, world.bloc.branch).pk}


def directive_for_the_plan(world, owner):
    """With a paragraph, and a plan of next year in the branch."""
    plan = draft_plan(world.bloc.branch.pk, year=today().year + 1, by=None)
    directive = make_directive(world.bloc.organization, issued=True, requirements=[{}])
    receipt = receipt_in(directive, world.bloc.branch)
    facts = {"requirement_pk": directive.requirements.get().pk, "day": f"15/05/{plan.year}"}
    return {"pk": receipt.pk} | facts


def directive_with_a_plan(world, owner):
    directive = make_directive(world.bloc.organization, issued=True)
    receipt = receipt_in(directive, world.bloc.branch)
    return {"pk": receipt.pk, "made": link_made(receipt, words="Lịch họp cả năm", by=None).pk}


def work_from_directive(world, owner):
    facts = running_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    directive = make_directive(world.bloc.organization, issued=True)
    due_on = today() + timedelta(days=9)
    work = hand_out(meeting, what="Lập lịch", owner=make_member(world.bloc.branch), due_on=due_on, by=None)
    link_made(receipt_in(directive, world.bloc.branch), assignment=work, by=None)
    return {"assignment_pk": work.pk}


def programme(world, owner):
    return {"pk": make_programme(world.bloc.organization).pk}


# --- studies ----------------------------------------------------------------------------------------------


def study_session(world, owner):
    """Of the organization some hours ago, with a question."""
    session = make_session(world.bloc.organization)
    question = make_check(session)
    option = question.options.first()
    return {
        "pk": session.pk,
        "member_pk": world.members["member"].pk,
        "field": f"question_{question.pk}",
        "option": option.pk,
    }


# --- discussions ------------------------------------------------------------------------------------------


def branch_that_discussed(world, owner):
    """A directive of the organization, which the branch has discussed at its meeting."""
    directive = make_directive(world.bloc.organization, issued=True)
    discuss(directive, world.bloc.branch, chair=world.members["secretary"])
    return {"kind": "directive", "pk": directive.pk, "body_id": world.bloc.branch.pk}


def branch_that_answered(world, owner):
    """And lets it be read above."""
    facts = branch_that_discussed(world, owner)
    make_answer(Directive.objects.get(pk=facts["pk"]), world.bloc.branch, open_above=True)
    return facts


# --- quality ----------------------------------------------------------------------------------------------


def note_of_branch(world, owner):
    body = world.bloc.branch.pk
    note = write_note(body, month=today(), worked="Họp chi ủy trước ba ngày.", to_avoid="", by=None)
    return {"pk": note.pk, "body_id": body, "month": f"{today():%Y-%m}"}
