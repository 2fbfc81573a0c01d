"""A thematic meeting counts when it has all its parts; what lacks is said before closing and kept in the figures."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.operations import hand_out
from nenep.facts.models import BranchMonth
from nenep.meetings import operations
from nenep.meetings.agenda import arrange
from nenep.meetings.attendance import call_the_rest_present
from nenep.meetings.minutes import adopt_minutes
from nenep.meetings.models import Meeting
from nenep.meetings.preparation import steps_before_notice
from nenep.meetings.quarter import quarter_of
from nenep.meetings.recording import record_item
from nenep.preparing.materials import keep_material
from nenep.preparing.tests.make import HELD_AT, make_ahead, make_branch, make_thematic
from nenep.preparing.thematic import SENTENCES, lacks
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_branch()


def opened(branch, meeting):
    with clock_at(HELD_AT - timedelta(days=2)):
        operations.call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
    with clock_at(HELD_AT):
        operations.open_meeting(meeting, by=None)
        call_the_rest_present(meeting, by=None)
    return meeting


def write(meeting, category, **texts):
    item = meeting.items.filter(category=category).first()
    text = {"notes": item.notes, "conclusion": item.conclusion, "decision": item.decision} | texts
    record_item(item, **text, seen_revision=item.revision, by=None)


def adopted(meeting):
    with clock_at(HELD_AT + timedelta(minutes=80)):
        operations.close_meeting(meeting, by=None)
        adopt_minutes(meeting, votes_for=meeting.present, by=None)


def test_each_part_is_missed_until_it_is_there(branch):
    meeting = make_thematic(branch, presenter=branch.member)
    assert lacks(meeting) == ["paper", "discussion", "conclusion", "follow_up"]
    paper = meeting.items.get(presenter=branch.member)
    keep_material(meeting, item=paper, title="Báo cáo", is_official=False, is_paper=True, by=None)
    opened(branch, meeting)
    with clock_at(HELD_AT):
        write(meeting, "discussion", notes="Chi bộ thảo luận ba ý.")
        assert lacks(meeting) == ["conclusion", "follow_up"]
        write(meeting, "closing", conclusion="Sửa quy trình.")
        assert lacks(meeting) == ["follow_up"]
        due = HELD_AT.date() + timedelta(days=20)
        hand_out(meeting, what="Sửa quy trình", owner=branch.member, due_on=due, by=None)
    assert lacks(meeting) == []
    adopted(meeting)
    fact = BranchMonth.objects.get(body=branch.body)
    assert (fact.thematic_held, fact.thematic_incomplete) == (1, 0)
    assert not quarter_of(branch.body.pk, HELD_AT.date()).lacks_meetings


def test_the_checklist_says_who_has_the_paper(branch):
    def hint(meeting):
        with clock_at(HELD_AT - timedelta(days=5)):
            return next(step.hint for step in steps_before_notice(meeting) if step.key == "paper")

    meeting = make_thematic(branch, presenter=branch.member)
    name = branch.member.full_name
    assert hint(meeting) == f"Chưa có báo cáo chuyên đề. Đồng chí {name} trình bày và chuẩn bị báo cáo."
    with clock_at(HELD_AT - timedelta(days=5)):
        item = meeting.items.get(presenter=branch.member)
        arrange(meeting, changes={item.pk: {"presenter": None}}, by=None)
    assert hint(Meeting.objects.get(pk=meeting.pk)) == "Chưa có báo cáo chuyên đề."


def test_a_story_told_is_said_not_to_count_before_it_is_closed_and_does_not(client, branch):
    """Twin of the one above: the same meeting with notes only."""
    meeting = opened(branch, make_thematic(branch))
    with clock_at(HELD_AT):
        write(meeting, "discussion", notes="Kể một mẩu chuyện.")
        sign_in(client, branch.secretary)
        page = client.get(reverse("meetings:closing", args=[meeting.pk])).content.decode()
    wanted = ["presenter", "paper", "conclusion", "follow_up"]
    assert [code for code in SENTENCES if str(SENTENCES[code]) in page] == wanted
    adopted(meeting)
    assert meeting.figures.thematic_lacks.split(",") == wanted
    sign_in(client, branch.member)
    page = client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
    assert "vì thiếu: người trình bày, báo cáo chuyên đề, kết luận, việc làm sau kỳ sinh hoạt." in page
    fact = BranchMonth.objects.get(body=branch.body)
    assert (fact.thematic_held, fact.thematic_incomplete) == (0, 1)
    assert quarter_of(branch.body.pk, HELD_AT.date()).lacks_meetings


def test_the_preparation_asks_for_presenter_and_paper(branch):
    meeting = make_thematic(branch)
    hints = {step.key: step.hint for step in steps_before_notice(meeting) if not step.is_done}
    urls = {step.key: step.url for step in steps_before_notice(meeting)}
    assert urls["presenter"] == reverse("meetings:agenda", args=[meeting.pk])  # where a presenter is named
    assert (hints["presenter"], hints["paper"]) == (SENTENCES["presenter"], SENTENCES["paper"])


def test_a_regular_meeting_lacks_none_of_this(branch):
    meeting = make_ahead(branch)
    assert lacks(meeting) == []
    assert {"presenter", "paper"}.isdisjoint(step.key for step in steps_before_notice(meeting))
