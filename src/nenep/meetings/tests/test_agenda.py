"""The order of the agenda: each item at a place of its own, on every database and whatever is moved."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from nenep.meetings.agenda import add_item, arrange, change_item
from nenep.meetings.models import AgendaItem, MeetingStatus
from nenep.meetings.tests.make import acting, make_meeting, press
from nenep.notices.models import Notice
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_small_bloc().branch


@pytest.fixture
def meeting(branch):
    return make_meeting(branch)


def places(meeting):
    return list(meeting.items.values_list("position", flat=True))


def titles(meeting):
    return list(meeting.items.values_list("title", flat=True))


def test_no_database_takes_two_items_at_one_place(meeting):
    first, second = meeting.items.all()[:2]
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=second.pk).update(position=first.position)


def test_items_are_added_moved_and_removed_without_a_gap(meeting):
    before = titles(meeting)
    added = add_item(meeting, title="Việc riêng", category="discussion", by=None)
    for deed in ("up", "up", "down"):
        press(added, deed)
    assert places(meeting) == list(range(1, len(before) + 2))
    here = titles(meeting).index("Việc riêng")
    press(added, "up")
    assert titles(meeting).index("Việc riêng") == here - 1
    press(AgendaItem.objects.get(pk=added.pk), "remove")
    assert (titles(meeting), places(meeting)) == (before, list(range(1, len(before) + 1)))


def test_who_presents_is_told_once_and_told_when_another_does(branch, meeting):
    first, second = make_member(branch, name="Trần Một"), make_member(branch, name="Lê Hai")

    def told(member):
        return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", "text"))

    item = add_item(meeting, title="Kho hồ sơ", category="discussion", presenter=first, by=None)
    change_item(item, presenter=first, minutes=15, by=None)
    arrange(meeting, changes={item.pk: {"minutes": 20}}, by=None)
    assert [kind for kind, _text in told(first)] == ["presenter.given"]
    assert told(first)[0][1].startswith("Kho hồ sơ, kỳ sinh hoạt ngày 03/12/2026.")
    arrange(meeting, changes={item.pk: {"presenter": second}}, by=acting(second))
    assert told(second) == []  # took it over in person
    assert told(first)[1:] == [
        ("presenter.taken_back", "Đồng chí thôi trình bày: Kho hồ sơ, kỳ sinh hoạt ngày 03/12/2026.")
    ]
    press(AgendaItem.objects.get(pk=item.pk), "remove")
    assert [kind for kind, _text in told(second)] == ["presenter.taken_back"]


def test_at_either_end_nothing_moves(meeting):
    before = titles(meeting)
    press(meeting.items.first(), "up")
    press(meeting.items.last(), "down")
    assert titles(meeting) == before


def test_nothing_is_removed_from_a_meeting_that_somebody_else_opened_meanwhile(branch):
    """The page that offers the removal was loaded before."""
    secretary = make_member(branch, post=Post.SECRETARY)
    meeting = make_meeting(branch, chair=secretary)
    seen = add_item(meeting, title="Việc riêng", category="discussion", by=None)
    type(meeting).objects.filter(pk=meeting.pk).update(status=MeetingStatus.OPENED)
    with pytest.raises(Refused, match="đã khai mạc"):
        press(seen, "remove")
    assert AgendaItem.objects.filter(pk=seen.pk).exists()


def test_items_of_before_are_numbered_anew_in_their_order(meeting):
    """A gap stands for the doubles that only a database without the constraint can hold."""
    before = titles(meeting)
    AgendaItem.objects.filter(pk=meeting.items.last().pk).update(position=99)
    import_module("nenep.meetings.migrations.0010_agenda_renumbered").renumber(apps, None)
    assert (titles(meeting), places(meeting)) == (before, list(range(1, len(before) + 1)))
