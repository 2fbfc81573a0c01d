import io
import time
import zipfile
from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from nenep.demo.bodies import BLOC, SUCCEEDED_ON, SUCCESSOR, bodies, branch_codes
from nenep.demo.branches import STAGES, Branch
from nenep.demo.missed import months_without
from nenep.demo.months import months
from nenep.demo.people import REPORTED_ON, offices, people
from nenep.demo.present import _actions
from nenep.demo.sheets import rows_of, settled
from nenep.importers.exports import filled_with
from nenep.importers.schemas import SCHEMAS
from nenep.meetings.models import MeetingKind
from nenep.notices.tests.process import Installation
from nenep.organizations.kinds import Kind
from nenep.organizations.models import Body
from nenep.people.models import Post
from nenep.shared.viewer import Viewer

TODAY = date(2026, 11, 23)


def kinds_on(day):
    return Counter(row.kind for row in bodies() if row.valid_from <= day < row.valid_to)


def test_the_bloc_of_the_report_has_its_size_and_shape():
    kinds = kinds_on(REPORTED_ON)
    assert kinds[Kind.GRASSROOTS_ORGANIZATION] == 36
    assert kinds[Kind.GRASSROOTS_BRANCH] == 25
    assert kinds[Kind.SUBORDINATE_BRANCH] == 239
    assert kinds[Kind.SECTIONAL_ORGANIZATION] == 1
    assert sum(p.joined_on <= REPORTED_ON < p.left_on for p in people(TODAY)) == 3918


def test_the_grassroots_bodies_grow_from_57_to_61_and_two_merge_in_2025():
    def grassroots(day):
        kinds = kinds_on(day)
        return kinds[Kind.GRASSROOTS_ORGANIZATION] + kinds[Kind.GRASSROOTS_BRANCH]

    assert [grassroots(date(year, 12, 31)) for year in range(2010, 2016)] == [57, 58, 60, 61, 61, 61]
    assert grassroots(SUCCEEDED_ON) == 60
    assert kinds_on(SUCCEEDED_ON)[Kind.COMMITTEE] == 1


def test_papers_of_every_day_are_dated_from_the_invented_province():
    for day in (REPORTED_ON, TODAY):
        tops = [row for row in bodies() if not row.parent and row.valid_from <= day < row.valid_to]
        assert [row.locality for row in tops] == ["Hòa Sơn"]


def test_every_branch_exists_in_every_month_of_the_report():
    assert len(branch_codes()) == 264
    for month in (date(2010, 7, 31), date(2012, 5, 31), date(2015, 9, 29), TODAY):
        kinds = kinds_on(month)
        assert kinds[Kind.SUBORDINATE_BRANCH] + kinds[Kind.GRASSROOTS_BRANCH] == 264


DIGESTS = """
import hashlib
from datetime import date
from nenep.demo.sheets import rows_of
digests = [hashlib.sha256(repr(list(rows)).encode()).hexdigest() for _kind, rows in rows_of(date(2026, 11, 23))]
seed = hash("chi bộ")
"""


def test_same_date_same_rows_in_another_process(tmp_path):
    """All four sheets; the other process puts the members of every set in another order, which is the danger."""
    here = {}
    exec(DIGESTS, here)  # the same words as over there
    there = Installation(tmp_path).python(f"{DIGESTS}\nprint(*digests, seed)", PYTHONHASHSEED="1").split()
    assert there[:-1] == here["digests"]
    assert len(set(there[:-1])) == 4
    assert there[-1] != f"{here['seed']}"


def bytes_in_another_hour(monkeypatch, write):
    """What `write` gives now, and what it gives tomorrow."""
    now, local = write(), time.localtime
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr("datetime.datetime", Tomorrow)
        tomorrow.setattr(time, "localtime", lambda second: local(second + 86_400))
        return now, write()


class Tomorrow(datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + timedelta(days=1)


def bodies_sheet():
    (_kind, rows), *_others = rows_of(TODAY)
    return filled_with(SCHEMAS["bodies"], rows)


def test_same_rows_same_bytes_at_any_hour(monkeypatch):
    today, tomorrow = bytes_in_another_hour(monkeypatch, lambda: settled(bodies_sheet()))
    assert today == tomorrow


def test_without_settling_the_bytes_tell_the_hour(monkeypatch):
    """The twin: it is the settling that makes the bytes equal."""
    today, tomorrow = bytes_in_another_hour(monkeypatch, bodies_sheet)
    assert today != tomorrow
    assert _core(today) != _core(tomorrow)


def test_every_branch_has_one_secretary_at_a_time():
    held = [office for office in offices(people(TODAY)) if office.post == Post.SECRETARY]
    for day in (date(2011, 1, 1), REPORTED_ON, date(2020, 6, 1), TODAY):
        bodies_led = Counter(office.body for office in held if office.valid_from <= day < office.valid_to)
        assert {bodies_led[code] for code in branch_codes()} == {1}


def test_every_living_cluster_has_one_officer_and_one_officer_follows_them_all():
    rows, held = bodies(), offices(people(TODAY))
    for day, top in ((REPORTED_ON, BLOC), (TODAY, SUCCESSOR)):
        living = {row.cluster for row in rows if row.cluster and row.valid_from <= day < row.valid_to}
        officers = [
            office
            for office in held
            if office.post == Post.OFFICER and office.valid_from <= day < office.valid_to
        ]
        assert len(living) == 6
        assert Counter(office.cluster for office in officers if office.cluster) == dict.fromkeys(living, 1)
        assert [office.cluster for office in officers if office.body == f"{top}-BTC"] == [""]


@pytest.fixture(scope="module")
def past():
    return list(months(people(TODAY), TODAY))


def test_all_63_months_of_264_branches_were_held_and_this_year_so_far_but_three(past):
    regular = [row for row in past if row.kind == MeetingKind.REGULAR]
    without = months_without(TODAY)
    assert len(regular) == (63 + 10) * 264 - len(without)
    assert sum(row.month < date(2016, 1, 1) for row in regular) == 63 * 264
    assert without.isdisjoint((row.branch, row.month) for row in regular)
    assert max(row.month for row in regular) == date(2026, 10, 1)


def test_the_weak_points_of_the_report_are_there_to_be_found(past):
    regular = [row for row in past if row.kind == MeetingKind.REGULAR]
    thematic = [row for row in past if row.kind == MeetingKind.THEMATIC]
    assert any(not row.committee_met for row in regular)
    assert any(not row.draft_prepared for row in regular)
    assert any(row.reviewed_without_cause for row in regular)
    assert any(row.conclusions == 0 for row in thematic)
    assert {0, None} <= {row.notice_days for row in regular}
    late = sum(not row.notice_days for row in regular)
    assert 0.03 < late / len(regular) < 0.2


def test_months_hold_together(past):
    for row in past:
        assert row.expected == row.present + row.excused + row.unexcused
        assert row.reviewed == row.reviewed_met + row.reviewed_partly + row.reviewed_not_met
        assert row.reviewed_without_cause <= row.reviewed_partly + row.reviewed_not_met
        assert row.speakers <= row.present
        assert row.held_on <= row.adopted_on


@pytest.mark.parametrize("stage", sorted({*STAGES}))
@pytest.mark.parametrize("ahead", range(7))
@pytest.mark.parametrize("hour", [0.2, 3, 8.5, 11.9, 12, 21])
def test_nothing_of_the_month_under_way_is_dated_in_the_future(stage, ahead, hour):
    day = TODAY + timedelta(days=ahead if stage in {"called", "planned", "late"} else 0)
    present = timezone.make_aware(datetime(TODAY.year, TODAY.month, TODAY.day)) + timedelta(hours=hour)
    branch = branch_at(stage, day, present)
    moments = [moment for moment, _act in _actions(branch)]
    assert moments == sorted(moments)
    assert max(moments) <= present
    assert branch.at(0, 8).date() == day


def test_a_morning_that_is_over_has_the_hours_of_an_office():
    branch = branch_at("opened", TODAY, timezone.make_aware(datetime(TODAY.year, TODAY.month, TODAY.day, 12)))
    assert [f"{branch.at(0, *hour):%H:%M}" for hour in [(8,), (9, 35)]] == ["08:00", "09:35"]


def branch_at(stage, day, present):
    secretary, deputy = Viewer(member_id=1), Viewer(member_id=2)
    return Branch(Body(code="CB0101"), stage, day, secretary, deputy, [], Random(1), TODAY, present)


def test_whoever_leads_a_branch_attends_its_meetings():
    members = {person.code: person for person in people(TODAY)}
    branches = set(branch_codes())
    leading = {held.member for held in offices(list(members.values())) if held.body in branches}
    assert not [code for code in leading if members[code].status]
    assert any(person.status for person in members.values())


def _core(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return book.read("docProps/core.xml")
