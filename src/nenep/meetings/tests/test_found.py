"""What of adopted minutes is found: titles, conclusions, decisions. Never what was said, nor who said it (P2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nenep.access.tests.make import viewer_for
from nenep.meetings.minutes import adopt_minutes, correct_minutes
from nenep.meetings.models import AgendaItem, MeetingStatus, Minutes, Opinion
from nenep.meetings.operations import close_meeting
from nenep.meetings.recording import record_item
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.people.models import Membership, Post
from nenep.people.tests.make import make_member, make_members, make_office
from nenep.search.finding import find
from nenep.search.folding import folded
from nenep.search.models import Entry
from nenep.search.questions import read
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db
SPEAKER = "Đoàn Quỳnh Khuê"


def sentences(kind, count):
    """Each with a word that stands nowhere else."""
    return [f"Đồng chí {SPEAKER} nói điều {kind}{number}z không đồng ý." for number in range(count)]


def word_of(sentence):
    return sentence.split()[7]


@pytest.fixture
def meeting(bloc):
    chair = make_member(bloc.branch, name=SPEAKER, post=Post.SECRETARY)
    make_members(bloc.branch, 5)
    return make_meeting(bloc.branch, status=MeetingStatus.OPENED, chair=chair)


def write(meeting, *, notes, conclusions, decisions):
    """Spread the sentences over the parts of the meeting."""
    items = list(meeting.items.all())
    with clock_at(HELD_AT):
        for place, item in enumerate(items):
            record_item(
                item,
                notes=" ".join(notes[place :: len(items)]),
                conclusion=" ".join(conclusions[place :: len(items)]),
                decision=" ".join(decisions[place :: len(items)]),
                seen_revision=item.revision,
                by=None,
            )


def adopt(meeting):
    with clock_at(HELD_AT + timedelta(minutes=90)):
        close_meeting(meeting, by=None)
        adopt_minutes(meeting, votes_for=meeting.present, by=None)
    return Minutes.objects.get(meeting=meeting)


def found(viewer, typed):
    return [one.object_id for one in find(viewer, read(typed)).found if one.type == "minutes"]


def test_two_hundred_sentences_of_a_discussion_are_not_found_and_conclusions_are(meeting):
    said, beforehand = sentences("loi", 160), sentences("truoc", 40)
    concluded, decided = sentences("ket", 20), sentences("dinh", 20)
    # No name in what the branch concluded: whose words they are stands nowhere.
    concluded, decided = (
        [text.replace(f"Đồng chí {SPEAKER}", "Chi bộ ta") for text in texts] for texts in (concluded, decided)
    )
    for text in beforehand:
        Opinion.objects.create(meeting=meeting, author=meeting.chair, text=text, at=HELD_AT)
    write(meeting, notes=said, conclusions=concluded, decisions=decided)
    minutes = adopt(meeting)
    correct_minutes(minutes, text=f"{SPEAKER} xin sửa suadoi1z.", by=None)
    reader = viewer_for(meeting.chair)
    planted = [word_of(text) for text in [*said, *beforehand]]
    assert len(set(planted)) == 200
    assert [word for word in planted if found(reader, word)] == []
    assert [
        found(reader, typed) for typed in ("suadoi1z", SPEAKER, "Quỳnh Khuê", '"đồng chí đoàn"', "Khuê")
    ] == [[]] * 5
    # They could be found: the same words in a conclusion are.
    for text in [*concluded, *decided]:
        assert found(reader, text.split()[5]) == [minutes.pk], text
    kept = Entry.objects.get(type="minutes")
    everything = set(f"{kept.head} {kept.plain} {kept.marked}".split())
    assert everything.isdisjoint({folded(word) for word in planted} | {folded("Khuê"), folded("Quỳnh")})


def test_minutes_are_found_once_adopted_by_members_of_the_branch_and_nobody_else(bloc, meeting):
    write(meeting, notes=[], conclusions=["Rà soát hồ sơ lưu trữ"], decisions=[])
    member = next(
        entry.member
        for entry in Membership.objects.filter(branch=bloc.branch)
        if entry.member != meeting.chair
    )
    others = [make_member(bloc.other_branch, post=Post.SECRETARY), make_member(bloc.neighbour_branch)]
    make_office(others[1], bloc.organization, Post.DEPUTY)
    assert found(viewer_for(member), "hồ sơ lưu trữ") == []
    minutes = adopt(meeting)
    assert found(viewer_for(member), "ho so luu tru") == [minutes.pk]
    assert [found(viewer_for(other), "hồ sơ lưu trữ") for other in others] == [[], []]


def test_the_title_and_the_agenda_are_found(meeting):
    AgendaItem.objects.filter(meeting=meeting, position=3).update(title="Bàn về nhà để xe")
    minutes = adopt(meeting)
    reader = viewer_for(meeting.chair)
    assert found(reader, "nhà để xe") == [minutes.pk]
    assert found(reader, "biên bản tháng 12/2026") == [minutes.pk]
    assert Entry.objects.get(type="minutes").day == timezone.localdate(HELD_AT)
