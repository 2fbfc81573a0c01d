"""The branches seen close up, on a small bloc: every record of the newer modules is there after playing."""

from collections import Counter
from datetime import date

import pytest
from django.db.models import F

from nenep.access.operations import open_account
from nenep.arrivals.models import Arrival
from nenep.ballots.models import Count, Round
from nenep.briefings.models import Briefing
from nenep.briefings.reads import carried
from nenep.briefings.tests.make import make_cluster
from nenep.concerns.counting import counts_of
from nenep.concerns.models import Concern, OfficialAnswer
from nenep.demo import branches
from nenep.demo.bodies import SUCCESSOR
from nenep.demo.branches import BOARD, ORGANIZATION, SHOWN
from nenep.demo.closeup.cast import DRAFTING, PLANNING, on
from nenep.demo.loading import _open_terms
from nenep.demo.present import play
from nenep.directives.models import Directive
from nenep.directives.reads import states_of
from nenep.discussions.models import Discussion
from nenep.documents.drafting.wording import unfilled
from nenep.documents.models import Draft
from nenep.guidance.models import Guidance
from nenep.guidance.reads import uptake
from nenep.meetings.models import CalledOff, Meeting, Opinion
from nenep.notices.models import Notice
from nenep.organizations.kinds import Kind, UnitType
from nenep.organizations.models import Body
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members, make_office
from nenep.plans.models import Change, Entry, Plan
from nenep.preparing.dates import due_of
from nenep.preparing.duties import assignable
from nenep.preparing.models import Agreement, Duty, Material, Regulation, SharedMatter
from nenep.quality.models import CheckAnswer, Note, PulseCount
from nenep.returns.models import Return
from nenep.shared.dates import clock_at
from nenep.studies.models import Session
from nenep.visits.models import Visit
from nenep.votes.models import Cast, NamedVote

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

TODAY = date(2026, 11, 23)
# In the order of the codes: what each branch of the small bloc has to show.
STAGES = {
    SHOWN: "called",
    PLANNING: "planned",
    DRAFTING: "closed",
    "CB0401": "adopted",
    "CB0402": "closed",
    "CB0403": "opened",
    "CB0404": "opened",
    "CS01": "adopted",
    "CS02": "adopted",
    "CS03": "adopted",
    "CS04": "adopted",
}

WITH_TEXT = {"adopted", "closed"}


@pytest.fixture
def top(monkeypatch):
    """The committee on top of a small bloc, after its month was played."""
    top = make_body(kind=Kind.COMMITTEE, code=SUCCESSOR)
    organization = make_body(kind=Kind.GRASSROOTS_ORGANIZATION, code=ORGANIZATION, parent=top)
    board = make_body(kind=Kind.ADVISORY_UNIT, code=BOARD, parent=top)
    for code in STAGES:
        is_below = code.startswith("CB")
        kind = Kind.SUBORDINATE_BRANCH if is_below else Kind.GRASSROOTS_BRANCH
        parent = organization if is_below else top
        branch = make_body(kind=kind, code=code, parent=parent, unit_type=UnitType.ADMINISTRATIVE)
        make_member(branch, post=Post.SECRETARY)
        make_member(branch, post=Post.DEPUTY)
        people = make_members(branch, 6)
        if code == SHOWN:
            open_account(people[0], by=None, username="dangvien")
            make_office(people[1], organization, Post.OFFICER)
            make_office(people[2], board, Post.OFFICER)
    # The organization is there since 2010, and so is its place in a cluster.
    make_cluster(top, organization, Body.objects.get(code="CS01"))
    _open_terms()
    monkeypatch.setattr(branches, "STAGES", tuple(STAGES.values()))
    assert play(TODAY) == len(STAGES)
    return top


def by_code(rows, *names):
    """Rows counted by the code of the branch and these fields."""
    return Counter(rows.values_list("meeting__body__code", *names))


def test_each_newer_module_has_records_and_every_meeting_keeps_its_state(top):
    """One course of play, since playing takes seconds."""
    states = dict(Meeting.objects.filter(month=TODAY.replace(day=1)).values_list("body__code", "status"))
    assert states == STAGES
    plans_are_there()
    the_focus_is_taken_up(top)
    a_directive_is_on_its_way_down(top)
    the_cluster_was_briefed_and_is_to_be_again(top)
    officers_attend_and_one_could_not()
    meetings_have_voted_and_reported()
    meetings_have_said_how_freely_people_spoke()
    one_branch_prepares_well_and_one_can_be_found_to_be_late()
    members_have_raised_what_waits_for_each_role()
    meetings_that_did_not_take_place_say_why()
    papers_are_on_their_way()
    papers_are_being_written()


def papers_are_on_their_way():
    """Something waits for a secretary and a clerk, something is late, and one came from outside."""
    rows = Arrival.objects.values_list("body__code", "status")
    assert Counter(rows.filter(body__code=ORGANIZATION)) == {
        (ORGANIZATION, "registered"): 2,
        (ORGANIZATION, "waiting"): 1,
    }
    branches_there = [code for code in STAGES if code.startswith("CB")]
    assert Counter(rows.filter(body__code__startswith="CB")) == {
        (code, "waiting"): 1 for code in branches_there
    }
    assert Counter(rows.filter(body__code__startswith="CS")) == {
        (f"CS0{n}", "waiting"): 2 for n in (1, 2, 3, 4)
    }
    with clock_at(on(TODAY, 9)):
        assert [late.body.code for late in Arrival.objects.overdue()] == [ORGANIZATION]
    outside = Arrival.objects.get(sent_on=None)
    assert (outside.number, outside.document.symbol_is_doubtful, outside.arrived_as_read) == (
        2,
        True,
        "--11-08",
    )


def papers_are_being_written():
    """One by the clerk of the organization that still has a place to fill, one by the secretary of the shown branch."""
    plan, notice = Draft.objects.order_by("created_at")
    assert [(one.body.code, one.kind, one.revision) for one in (plan, notice)] == [
        (ORGANIZATION, "KH", 2),
        (SHOWN, "TB", 2),
    ]
    assert unfilled(plan.text) == ["2 | Việc lãnh đạo thực hiện nhiệm vụ chuyên môn | … | Quý III"]
    assert unfilled(notice.text) == []


def meetings_that_did_not_take_place_say_why():
    rows = CalledOff.objects.values_list(
        "meeting__body__code", "meeting__month", "meeting__kind", "meeting__status", "reason"
    )
    assert set(rows) == {
        ("CB0402", date(2026, 8, 1), "regular", "not_held", "disaster"),
        ("CS03", date(2026, 7, 1), "regular", "not_held", "duty"),
        ("CB0404", date(2026, 9, 1), "regular", "cancelled", "superior"),
        (SHOWN, date(2026, 9, 1), "thematic", "cancelled", "duty"),
    }
    told = Notice.objects.filter(kind="meeting.cancelled").values("body__code").distinct()
    assert {row["body__code"] for row in told} == {"CB0404", SHOWN}


def members_have_raised_what_waits_for_each_role():
    shown = Concern.objects.filter(body__code=SHOWN, raised_at__gte="2026-10-01T00:00+07:00")
    assert Counter(shown.values_list("status", "way")) == {
        ("answered", "secretary_only"): 2,
        ("raised", "secretary_only"): 1,
        ("passed_up", "secretary_only"): 1,
        ("raised", "read_by_chair"): 1,
        ("raised", "named"): 1,
    }
    assert shown.get(status="passed_up").committee.code == ORGANIZATION
    official = OfficialAnswer.objects.get()
    assert official.body == official.concern.committee != official.concern.body
    counts = counts_of(Body.objects.get(code=ORGANIZATION).pk, date(2026, 7, 1), date(2026, 10, 1))
    assert [group.count for group in counts.themes] == [6, 6]


def plans_are_there():
    plans = Plan.objects.values_list("body__code", "status")
    assert set(plans) == {
        (SHOWN, "published"),
        (PLANNING, "published"),
        (ORGANIZATION, "published"),
        (SUCCESSOR, "published"),
        (DRAFTING, "draft"),
    }
    assert Plan.objects.get(body__code=SHOWN).entries.filter(kind="regular").count() == 12
    assert {(change.becomes is None, bool(change.reason)) for change in Change.objects.all()} == {
        (False, True),  # moved
        (True, True),  # dropped
    }
    said = Entry.objects.filter(held_on__isnull=False).values_list("plan__body__code", "kind")
    assert {(SHOWN, "midterm"), (ORGANIZATION, "study"), (SUCCESSOR, "midterm")} <= set(said)


def the_focus_is_taken_up(top):
    guidance = Guidance.objects.get(status="published")
    assert guidance.body == top
    assert [len(version.question_lines) for version in guidance.versions.all()] == [2, 3]
    assert uptake(guidance) == {"all": 11, "taken": 4, "discussed": 2, "open": 7}
    (draft,) = Guidance.objects.filter(status="draft")
    assert draft.first_month == date(2026, 12, 1)


def a_directive_is_on_its_way_down(top):
    upper, lower = Directive.objects.get(body=top), Directive.objects.get(body__code=ORGANIZATION)
    assert upper.programme.periods.count() == 1
    states = states_of(upper, upper.receipts.order_by("body__code"))
    assert len(states) == 8  # the organization and its branches
    codes = Body.objects.in_bulk([state.receipt.body_id for state in states])
    discussed = {codes[state.receipt.body_id].code for state in states if state.discussed_on}
    assert discussed == {code for code, stage in STAGES.items() if code[:2] == "CB" and stage in WITH_TEXT}
    (shown,) = states_of(lower, lower.receipts.filter(body__code=SHOWN))
    assert (shown.confirmed, shown.discussed_on) == (3, None)
    work = lower.receipts.filter(made__assignment__isnull=False)
    assert {receipt.body.code for receipt in work} == discussed
    organization = next(state for state in states if not state.receipt.is_branch)
    assert [one.mark for one in organization.lacking] == ["II.3"]
    answered = Discussion.objects.filter(kind="directive", source_id=lower.pk)
    assert {row.body.code for row in answered} == discussed
    assert set(answered.values_list("may_be_read", flat=True)) == {True, False}
    session = Session.objects.get(directive=lower)
    assert set(session.present.values_list("branch__code", flat=True)) == {SHOWN}
    assert 0 < session.taken.count() < session.present.count()
    assert 0 < shown.studied <= session.present.count()


def the_cluster_was_briefed_and_is_to_be_again(top):
    closed, coming = Briefing.objects.order_by("starts_at")
    assert (closed.status, coming.status) == ("closed", "open")
    assert closed.methods.count() == 2  # two kinds of unit
    assert sorted(closed.decisions.values_list("body__code", "status")) == [
        ("CS01", "open"),
        (ORGANIZATION, "done"),
        (ORGANIZATION, "open"),
    ]
    assert len(carried(coming)) == 2


def meetings_have_said_how_freely_people_spoke():
    """Those of the branches that report; in the others nobody has answered yet."""
    counts = PulseCount.objects.annotate(answers=F("free") + F("held_back") + F("nothing"))
    answers = dict(counts.values_list("meeting__body__code", "answers"))
    answered = {code for code, count in answers.items() if count}
    assert answered == {"CB0401", "CS01", "CS02", "CS03", "CS04"}
    told = counts.filter(answers__gt=0)
    assert {row.nothing for row in told} == {1}  # the chair
    assert any(row.held_back for row in told)


def officers_attend_and_one_could_not():
    """The only officer is a member of the shown branch, takes two others a month, and missed the second of each."""
    told = Counter(Visit.objects.values_list("roster__month", "status"))
    assert told == {
        (date(2026, 9, 1), "attended"): 1,
        (date(2026, 9, 1), "missed"): 1,
        (date(2026, 10, 1), "attended"): 1,
        (date(2026, 10, 1), "missed"): 1,
        (date(2026, 11, 1), "assigned"): 2,
    }
    assert not Visit.objects.filter(branch__code=SHOWN).exists()


def meetings_have_voted_and_reported():
    assert by_code(NamedVote.objects, "status") == {
        ("CB0404", "closed"): 1,
        ("CB0404", "open"): 1,
        ("CB0401", "closed"): 1,
    }
    assert Cast.objects.exclude(written_by=None).count() == 3
    assert Cast.objects.exclude(reserved="").count() == 2

    assert by_code(Round.objects, "kind", "status") == {
        ("CB0402", "election", "confirmed"): 1,
        ("CB0403", "official_recognition", "open"): 1,
    }
    (count,) = Count.objects.all()
    assert (count.status, count.unfilled) == ("confirmed", 0)

    assert {code for (code,) in by_code(CheckAnswer.objects)} == {
        "CS01",
        "CS02",
        "CS03",
        "CS04",
        "CB0401",
        "CB0402",
    }
    notes = Note.objects.filter(body__code=SHOWN)
    assert [note.month for note in notes] == [date(2026, month, 1) for month in (10, 9, 8)]
    assert by_code(Return.objects, "status") == {
        ("CS04", "sent"): 1,
        ("CS03", "received"): 1,
        ("CS02", "sent_back"): 1,
        ("CS01", "sent"): 1,
    }
    assert Return.objects.exclude(remark="").get().meeting.body.code == "CS01"


def one_branch_prepares_well_and_one_can_be_found_to_be_late():
    duties = {(d.meeting.body.code, d.step): d for d in Duty.objects.all()}
    assert duties[SHOWN, "draft"].reported_at
    assert duties[SHOWN, "materials"].owner.account.username == "dangvien"
    for code, is_late in ((SHOWN, False), (PLANNING, True)):
        duty = duties[code, "materials"]
        assert not duty.reported_at
        assert not assignable(duty.meeting)["materials"].is_done
        assert (due_of(duty) < TODAY) == is_late

    papers = by_code(Material.objects, "is_official")
    assert papers == {(SHOWN, True): 1, (SHOWN, False): 1, (PLANNING, False): 1}
    assert not Material.objects.filter(is_official=True, digest="").exists()
    shared = SharedMatter.objects.values_list("item__meeting__body__code", "agreement")
    assert set(shared) == {(SHOWN, Agreement.objects.get().pk), (PLANNING, None)}
    regulations = {row.body.code: row.review_on for row in Regulation.objects.all()}
    assert regulations[PLANNING] <= TODAY < regulations[SHOWN]

    proposals = Opinion.objects.filter(kind="proposal")
    assert by_code(proposals, "reply") == {
        (SHOWN, "adopted"): 1,
        (SHOWN, "declined"): 1,
        (PLANNING, "open"): 2,
    }
