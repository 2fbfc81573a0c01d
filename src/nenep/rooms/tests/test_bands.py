"""Who has not spoken stays as counts of age bands that hide everybody in them, and as nothing else (R121)."""

from datetime import timedelta

import pytest
from django.apps import apps

from nenep.meetings import operations as meetings
from nenep.meetings.attendance import Mark, record_attendance
from nenep.meetings.models import MeetingStatus, Presence
from nenep.meetings.tests.make import make_meeting
from nenep.people.models import Member, Post
from nenep.people.tests.make import make_member, make_members
from nenep.rooms import bands, operations
from nenep.rooms.bands import band_words, figures_by_band
from nenep.rooms.models import BandCount
from nenep.shared.dates import now, today

pytestmark = pytest.mark.django_db
YOUNG, MIDDLE, OLD = 25, 40, 70


@pytest.fixture
def secretary(branch):
    return make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY, birth_year=today().year - MIDDLE)


def aged(branch, age, number):
    return make_members(branch, number, birth_year=today().year - age)


def opened(branch, secretary):
    return make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, at=now() - timedelta(hours=1))


def close_with(meeting, *speakers, marks=None):
    for member in speakers:
        operations.give_floor(meeting, member.pk, by=None)
    if marks:
        record_attendance(meeting, marks=marks, by=None)
    meetings.close_meeting(meeting, by=None)
    return set(BandCount.objects.filter(meeting=meeting).values_list("age_from", "present", "silent"))


def test_bands_that_hide_everybody_stay_as_counts(branch, secretary):
    young, _middle = aged(branch, YOUNG, 5), aged(branch, MIDDLE, 4)
    meeting = opened(branch, secretary)
    assert close_with(meeting, secretary, young[0], young[0]) == {(0, 5, 4), (31, 5, 4)}
    persons = [field.name for field in BandCount._meta.get_fields() if field.is_relation]
    assert persons == ["meeting"]


def test_a_band_of_four_is_not_kept_and_its_twin_shows_that_it_would_be(branch, secretary, monkeypatch):
    aged(branch, MIDDLE, 5)
    young, old = aged(branch, YOUNG, 4), aged(branch, OLD, 1)
    meeting = opened(branch, secretary)
    assert close_with(meeting, young[0]) == {(31, 6, 6)}
    births = dict(Member.objects.values_list("pk", "birth_year"))
    real = bands.rules_of

    class Lowered:
        def __init__(self, meeting):
            self.meeting = self
            self.age_bands = real(meeting).meeting.age_bands
            self.least_group = type("Rule", (), {"value": 1})

    monkeypatch.setattr(bands, "rules_of", Lowered)
    open_to_guessing = figures_by_band(meeting, births, {young[0].pk, old[0].pk})
    assert [(row.present, row.silent) for row in open_to_guessing] == [(4, 3), (6, 6), (1, 0)]


def test_what_is_missing_from_the_sum_tells_about_nobody(branch, secretary):
    """Two bands of five and one old member: were both kept, the rest would be that one person."""
    aged(branch, MIDDLE, 5)
    young, _old = aged(branch, YOUNG, 5), aged(branch, OLD, 1)
    assert close_with(opened(branch, secretary), young[0]) == {(31, 6, 6)}
    assert BandCount.objects.count() == 1


def test_who_is_absent_is_not_silent(branch, secretary):
    aged(branch, MIDDLE, 5)
    meeting = opened(branch, secretary)
    away = make_member(branch, birth_year=today().year - MIDDLE)
    assert close_with(meeting, secretary, marks={away.pk: Mark(Presence.EXCUSED, "Ốm")}) == {(31, 6, 5)}


def test_nothing_is_said_where_the_room_counted_nobody_or_forgot_who_had_spoken(branch, secretary):
    members = aged(branch, MIDDLE, 5)
    silent = opened(branch, secretary)
    assert close_with(silent) == set()
    meetings.resume_meeting(silent, by=None)
    assert close_with(silent, members[0]) == {(31, 6, 5)}
    meetings.resume_meeting(silent, by=None)
    assert close_with(silent, members[1]) == set()


def test_bands_are_said_as_people_say_them():
    assert [band_words(*band) for band in ((0, 30), (31, 45), (61, None))] == [
        "Đến 30 tuổi",
        "Từ 31 đến 45 tuổi",
        "Trên 60 tuổi",
    ]


def test_no_table_links_a_person_to_a_count_of_who_spoke():
    for name in ("SpokenCount", "BandCount"):
        related = [field.related_model for field in apps.get_model("rooms", name)._meta.fields]
        assert apps.get_model("people", "Member") not in related
