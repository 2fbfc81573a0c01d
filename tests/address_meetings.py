"""What the addresses of a month show or change; see `tests.address_objects` for how a builder works."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from nenep.access.tests.make import viewer_for
from nenep.assignments.operations import hand_out
from nenep.files.marking import SecretMarking
from nenep.files.operations import attach
from nenep.files.tests.make import make_image, make_upload
from nenep.meetings.agenda import add_item
from nenep.meetings.answers import write_opinion
from nenep.meetings.calling_off import mark_not_held
from nenep.meetings.cards import make_cards
from nenep.meetings.models import AgendaItem, Attendance, Meeting, MeetingStatus
from nenep.meetings.signing import mark_signed
from nenep.meetings.tests.make import make_meeting
from nenep.meetings.voting import count_vote
from nenep.people.tests.make import make_member
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
    others = {who: world.members[who].pk for who in ("deputy", "note_taker", "suspended")}
    return facts | others | {"body_id": world.bloc.branch.pk, "year": month.year, "month": month.month}


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


def counted_meeting(world, owner):
    """Running, with a count of hands; `pk` is the meeting's."""
    return counted_vote(world, owner) | {"pk": Meeting.objects.latest("pk").pk}


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


def year_of_branch(world, _owner):
    return {"body_id": world.bloc.branch.pk, "year": today().year}


def month_of_branch(world, owner):
    facts = called_meeting(world, owner)
    month = Meeting.objects.get(pk=facts["pk"]).month
    return {"body_id": world.bloc.branch.pk, "year": month.year, "month": month.month}
