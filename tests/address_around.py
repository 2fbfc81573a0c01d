"""What the addresses of the modules around a meeting need: ballots, calendars, plans, preparing."""

from __future__ import annotations

from nenep.access.tests.make import viewer_for
from nenep.ballots.models import Round
from nenep.ballots.operations import enter_count
from nenep.ballots.tests.make import figures, make_confirmed, make_election, make_question
from nenep.calendars.operations import make_feed, open_calendar
from nenep.meetings.models import Meeting, MeetingKind
from nenep.meetings.recording import record_committee_meeting
from nenep.plans.models import Entry, Plan
from nenep.plans.operations import draft_plan, publish_plan
from nenep.preparing.agreements import keep_regulation, record_agreement
from nenep.preparing.duties import assignable, give_duty
from nenep.preparing.materials import keep_material
from nenep.quality.notebook import write_note
from nenep.shared.dates import now, today
from tests.address_meetings import agenda_item, planned_meeting, running_meeting

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


# --- quality ----------------------------------------------------------------------------------------------


def note_of_branch(world, owner):
    body = world.bloc.branch.pk
    note = write_note(body, month=today(), worked="Họp chi ủy trước ba ngày.", to_avoid="", by=None)
    return {"pk": note.pk, "body_id": body, "month": f"{today():%Y-%m}"}
