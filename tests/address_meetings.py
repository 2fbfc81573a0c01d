"""What the addresses of a month show or change; see `tests.address_objects` for how a builder works."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from nenep.access.tests.make import viewer_for
from nenep.assignments.operations import hand_out
from nenep.ballots.models import Round
from nenep.ballots.operations import enter_count
from nenep.ballots.tests.make import figures, make_confirmed, make_election, make_question
from nenep.calendars.operations import make_feed, open_calendar
from nenep.files.marking import SecretMarking
from nenep.files.operations import attach
from nenep.files.tests.make import make_image, make_upload
from nenep.meetings.agenda import add_item
from nenep.meetings.answers import write_opinion
from nenep.meetings.calling_off import mark_not_held
from nenep.meetings.cards import make_cards
from nenep.meetings.models import AgendaItem, Attendance, Meeting, MeetingKind, MeetingStatus
from nenep.meetings.recording import record_committee_meeting
from nenep.meetings.signing import mark_signed
from nenep.meetings.tests.make import make_meeting
from nenep.meetings.voting import count_vote
from nenep.people.tests.make import make_member
from nenep.plans.models import Entry, Plan
from nenep.plans.operations import draft_plan, publish_plan
from nenep.preparing.agreements import keep_regulation, record_agreement
from nenep.preparing.duties import assignable, give_duty
from nenep.preparing.materials import keep_material
from nenep.resolutions.comments import comment
from nenep.resolutions.models import Resolution
from nenep.resolutions.operations import draft, put_to_vote
from nenep.returns.operations import send_return
from nenep.rooms import codes
from nenep.rulebook import rules_on
from nenep.shared.dates import now, previous_month, today
from nenep.votes.models import Choice, NamedVote
from nenep.votes.operations import cast_vote, close_vote
from nenep.votes.operations import open_vote as ask


def attached_file(world, owner):
    """A paper of a meeting, which the members of the branch see."""
    facts = planned_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    found = attach(meeting, make_upload(make_image()), body_id=meeting.body_id, by=None)
    return facts | {"pk": found.pk, "ref": found.ref, "meeting_pk": meeting.pk}


def material_of_meeting(world, owner):
    facts = attached_file(world, owner)
    return facts | {"pk": facts["meeting_pk"], "attachment_pk": facts["pk"]}


def refused_upload(world, owner):
    """A paper with a secret marking that a member tried to attach; its content is gone."""
    by = viewer_for(world.members["member"])
    with suppress(SecretMarking):
        attach(
            world.bloc.branch, make_upload(make_image(), "TỐI MẬT.png"), body_id=world.bloc.branch.pk, by=by
        )
    return {}


# --- meetings -------------------------------------------------------------------------------------------


def planned_meeting(world, owner):
    return _meeting(world, MeetingStatus.PLANNED, now() + timedelta(days=5))


def called_meeting(world, owner):
    return _meeting(world, MeetingStatus.CALLED, now() + timedelta(days=5))


def called_meeting_and_member(world, owner):
    reason = rules_on(today()).vocabulary.absence_reasons[0].code
    return called_meeting(world, owner) | {"member_pk": world.members["member"].pk, "reason": reason}


def called_meeting_and_newcomer(world, owner):
    facts = called_meeting(world, owner)
    make_member(world.bloc.branch)
    return facts


def meeting_with_card(world, owner):
    facts = called_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    make_cards(meeting, count=1, by=None)
    return facts | {"code": meeting.cards.get().code}


def meeting_of_today(world, owner):
    return _meeting(world, MeetingStatus.CALLED, now())


def overdue_meeting(world, owner):
    return _meeting(world, MeetingStatus.CALLED, now() - timedelta(days=1))


def overdue_meeting_on_paper(world, owner):
    facts = overdue_meeting(world, owner)
    month = Meeting.objects.get(pk=facts["pk"]).month
    return facts | {"body_id": world.bloc.branch.pk, "year": month.year, "month": month.month}


def meeting_not_held(world, owner):
    facts = overdue_meeting(world, owner)
    mark_not_held(Meeting.objects.get(pk=facts["pk"]), reason="disaster", by=None)
    return facts


def empty_past_month(world, owner):
    month = previous_month(previous_month(today()))
    return {"body_id": world.bloc.branch.pk, "year": month.year, "month": month.month}


def running_meeting(world, owner):
    return _meeting(world, MeetingStatus.OPENED, now() - timedelta(hours=1))


def running_meeting_written_down(world, owner):
    facts = running_meeting(world, owner)
    AgendaItem.objects.filter(meeting=facts["pk"]).update(conclusion="Nhất trí.")
    return facts


def closed_meeting(world, owner):
    return _meeting(world, MeetingStatus.CLOSED, now() - timedelta(hours=3))


def adopted_meeting(world, owner):
    return _meeting(world, MeetingStatus.ADOPTED, now() - timedelta(hours=3))


def sent_return(world, owner):
    facts = adopted_meeting(world, owner)
    return facts | {"checksum": send_return(Meeting.objects.get(pk=facts["pk"]), by=None).checksum}


def signed_meeting(world, owner):
    facts = adopted_meeting(world, owner)
    mark_signed(Meeting.objects.get(pk=facts["pk"]).minutes, by=None)
    return facts


def closed_meeting_as_word(world, owner):
    return closed_meeting(world, owner) | {"fmt": "docx"}


def agenda_item(world, owner):
    facts = planned_meeting(world, owner)
    item = add_item(Meeting.objects.get(pk=facts["pk"]), title="Việc riêng", category="discussion", by=None)
    return facts | {"pk": item.pk}


def meeting_and_item(world, owner):
    facts = agenda_item(world, owner)
    return facts | {"pk": facts["meeting_pk"], "item": facts["pk"]}


def running_item(world, owner):
    facts = running_meeting(world, owner)
    return facts | {"pk": AgendaItem.objects.filter(meeting=facts["pk"]).first().pk}


def room_with_code(world, owner):
    """Nobody has been called yet, so whoever checks in is news."""
    facts = running_meeting(world, owner)
    Attendance.objects.filter(meeting=facts["pk"]).delete()
    return facts | {"code": codes.digits_at(facts["pk"], now())}


def counted_vote(world, owner):
    facts = running_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    found = count_vote(meeting, subject="Chương trình", kind="ordinary_resolution", votes_for=2, by=None)
    return facts | {"pk": found.pk}


def open_vote(world, owner):
    facts = running_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    return facts | {"pk": ask(meeting, subject="Nhất trí?", kind="ordinary_resolution", by=None).pk}


def closed_vote(world, owner):
    """Everybody has voted by name."""
    facts = open_vote(world, owner)
    vote = NamedVote.objects.get(pk=facts["pk"])
    for name in ("member", "secretary", "deputy", "note_taker"):
        cast_vote(vote, choice=Choice.FOR, by=viewer_for(world.members[name]))
    close_vote(vote, by=None)
    return facts


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


def opinion_beforehand(world, owner):
    facts = planned_meeting(world, owner)
    meeting = Meeting.objects.get(pk=facts["pk"])
    by = viewer_for(world.members["member"])
    return facts | {"pk": write_opinion(meeting, text="Bàn kỹ hơn.", item_id=None, by=by).pk}


def meeting_with_opinion(world, owner):
    facts = opinion_beforehand(world, owner)
    return facts | {"pk": facts["meeting_pk"]}


def branch_without_meeting(world, owner):
    coming = (today() + timedelta(days=9)).strftime("%d/%m/%Y")
    return {"body_id": world.bloc.branch.pk, "day": coming, "member": world.members["member"].pk}


def _meeting(world, status, at):
    """The regular meeting of the branch; its facts serve every address of a meeting."""
    people = {name: world.members[name] for name in ("member", "secretary")}
    meeting = make_meeting(
        world.bloc.branch,
        status=status,
        chair=people["secretary"],
        note_taker=world.members["note_taker"],
        at=at,
    )
    day, this_moment = timezone.localtime(meeting.starts_at), timezone.localtime(now())
    return {
        "pk": meeting.pk,
        "meeting_pk": meeting.pk,
        "day": day.strftime("%d/%m/%Y"),
        "hour": day.strftime("%H:%M"),
        "now_day": this_moment.strftime("%d/%m/%Y"),
        "now_hour": this_moment.strftime("%H:%M"),
        "day_before": (day - timedelta(days=1)).strftime("%d/%m/%Y"),
        "today": this_moment.strftime("%d/%m/%Y"),
        "day_after": (day + timedelta(days=1)).strftime("%d/%m/%Y"),
        **{name: person.pk for name, person in people.items()},
    }


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


# --- resolutions ----------------------------------------------------------------------------------------


def draft_to_read(world, owner):
    return _with_draft(planned_meeting(world, owner))


def comment_on_draft(world, owner):
    facts = draft_to_read(world, owner)
    resolution = Resolution.objects.get(meeting=facts["meeting_pk"])
    by = viewer_for(world.members["member"])
    row = comment(resolution, number=1, place="direction:1", text="Nên nêu rõ ngày.", by=by)
    return facts | {"pk": row.pk}


def drafted_resolution(world, owner):
    return _with_draft(running_meeting(world, owner))


def drafted_resolution_as_word(world, owner):
    return drafted_resolution(world, owner) | {"fmt": "docx"}


def adopted_resolution(world, owner):
    facts = drafted_resolution(world, owner)
    resolution = Resolution.objects.get(meeting=facts["meeting_pk"])
    put_to_vote(resolution, votes_for=4, votes_against=0, votes_other=0, by=None)
    return facts


def _with_draft(facts):
    draft(
        Meeting.objects.get(pk=facts["meeting_pk"]),
        title="Nghị quyết tháng",
        review="",
        direction="Làm xong việc còn lại.",
        organization="",
        targets=[
            {
                "what": "Rà soát hồ sơ",
                "lead_id": facts["member"],
                "due_on": today() + timedelta(days=9),
            }
        ],
        seen_revision=0,
        by=None,
    )
    return facts


# --- assignments ----------------------------------------------------------------------------------------


def work_of_member(world, owner):
    """Work that the member owes, while a meeting runs at which it can be reviewed."""
    return _work_of(world.members["member"], running_meeting(world, owner))


def work_of_other(world, owner):
    """Work of a third person of the branch, so that whoever looks looks at somebody else's."""
    other = make_member(world.bloc.branch, name="Đỗ Người Khác")
    return _work_of(other, running_meeting(world, owner))


def _work_of(person, facts):
    work = hand_out(
        Meeting.objects.get(pk=facts["meeting_pk"]),
        what="Rà soát hồ sơ",
        owner=person,
        due_on=today() + timedelta(days=9),
        by=None,
    )
    return facts | {"pk": work.pk, "cause": rules_on(today()).vocabulary.causes[0].code}


# --- home -----------------------------------------------------------------------------------------------


def month_of_branch(world, owner):
    facts = called_meeting(world, owner)
    month = Meeting.objects.get(pk=facts["pk"]).month
    return {"body_id": world.bloc.branch.pk, "year": month.year, "month": month.month}
