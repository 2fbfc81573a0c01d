"""The officer's board: its sums, what its links count, what it says first, and for whom it sums up by body."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in
from nenep.home.board import branches_of, counts_of, in_state, late_on, rows_of, with_states
from nenep.home.board_views import SHOWN
from nenep.home.measures import measures
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.progress import steps_of
from nenep.organizations.kinds import Kind
from nenep.organizations.operations import change_rules
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.rulebook.loader import library
from nenep.rulebook.rules import _rules_on
from nenep.shared.dates import clock_at
from nenep.shared.viewer import Reach, Viewer

pytestmark = pytest.mark.django_db
MONTH = date(2026, 12, 1)
NOW = timezone.make_aware(datetime(2026, 12, 20, 9, 0))


def meeting_in(branch, status, day=20):
    starts_at = timezone.make_aware(datetime(2026, 12, day, 14, 0))
    return Meeting.objects.create(body=branch, month=MONTH, status=status, starts_at=starts_at)


@pytest.fixture
def month(bloc):
    """One branch late with its notice, one called for later, one waiting for its minutes; two without a meeting."""
    meeting_in(bloc.section_branch, MeetingStatus.PLANNED, day=17)
    meeting_in(bloc.other_branch, MeetingStatus.CALLED, day=24)
    meeting_in(bloc.neighbour_branch, MeetingStatus.CLOSED, day=18)
    return bloc


@pytest.fixture
def officer(bloc):
    officer = make_member(bloc.neighbour_branch, name="Phạm Cán Bộ")
    make_office(officer, bloc.bloc, Post.OFFICER)
    return officer


def looking_below(body):
    return Viewer(actor="member:1", reach={"meetings.see_state": Reach(below=frozenset({body.pk}))})


def shown(client, **query):
    with clock_at(NOW):
        return client.get(reverse("home:board"), {"month": "2026-12", **query})


def names(answer):
    return [row.body.name for row in answer.context["rows"]]


def test_the_states_add_up_to_all_branches(client, month, officer):
    sign_in(client, officer)
    counts = shown(client).context["counts"]
    assert (counts.all, counts.missing, counts.planned, counts.called, counts.held) == (5, 2, 1, 1, 1)
    assert (counts.late, counts.needed) == (1, 3)
    assert "2 chưa lập kỳ sinh hoạt" in shown(client).content.decode()


@pytest.mark.parametrize("state", SHOWN)
def test_every_number_counts_the_rows_that_its_link_shows(client, month, officer, state):
    sign_in(client, officer)
    answer = shown(client, state=state)
    assert len(names(answer)) == getattr(answer.context["counts"], state)
    assert answer.context["page"].paginator.num_pages == 1


def test_every_link_of_the_board_opens_and_keeps_to_its_month(client, month, officer):
    sign_in(client, officer)
    links = re.findall(r'href="(\?[^"]+)"', shown(client).content.decode())
    assert len(links) > 20
    with clock_at(NOW):
        for link in links:
            answer = client.get(reverse("home:board") + link.replace("&amp;", "&"))
            assert answer.status_code == 200
            assert ("month=2026-12" in link) == (answer.context["month"] == MONTH)


def test_the_late_come_first_then_those_without_a_meeting(client, month, officer):
    sign_in(client, officer)
    urgent = ["Chi bộ Phòng Kỹ thuật", "Chi bộ Văn phòng Sở A", "Chi bộ Hội D"]
    assert names(shown(client))[0] == urgent[0]
    assert set(names(shown(client))[:3]) == set(urgent)
    assert names(shown(client, state="needed")) == names(shown(client))[:3]


def test_a_row_says_the_step_and_how_many_days_it_is_late(client, month, officer):
    sign_in(client, officer)
    assert "Chuẩn bị: Quá hạn, 3 ngày" in shown(client, state="late").content.decode()


def test_a_month_to_come_asks_for_nothing_yet(client, bloc, officer):
    sign_in(client, officer)
    counts = shown(client, month="2027-01").context["counts"]
    assert (counts.missing, counts.needed) == (5, 0)


def test_the_sums_by_body_lead_to_the_branches_of_that_body(client, month, officer):
    sign_in(client, officer)
    parts = {part.body.pk: part.counts for part in shown(client).context["parts"]}
    assert set(parts) == {month.organization.pk, month.neighbour.pk, month.lone_branch.pk}
    assert (parts[month.organization.pk].all, parts[month.organization.pk].late) == (3, 1)
    assert sum(counts.all for counts in parts.values()) == 5
    inside = shown(client, body=month.organization.pk)
    assert inside.context["counts"].all == 3
    assert inside.context["parts"] == []
    assert names(shown(client, body=month.lone_branch.pk)) == ["Chi bộ Hội D"]


def test_a_grassroots_committee_sees_its_branches_at_once(client, month):
    deputy = make_member(month.branch, name="Phạm Đảng Ủy")
    make_office(deputy, month.organization, Post.DEPUTY)
    sign_in(client, deputy)
    answer = shown(client)
    assert answer.context["parts"] == []
    assert len(names(answer)) == 3
    assert shown(client, body=month.neighbour.pk).status_code == 404
    assert shown(client, body=month.bloc.pk).status_code == 404


def test_nonsense_in_the_address_shows_all_branches(client, month, officer):
    sign_in(client, officer)
    for query in ({"state": "x"}, {"body": "²"}, {"page": "x"}):
        assert len(names(shown(client, **query))) == 5


@pytest.mark.parametrize("status", MeetingStatus)
@pytest.mark.parametrize("today", [date(2026, 12, 16) + timedelta(days=n) for n in range(16)])
def test_the_database_calls_late_what_the_steps_call_late(bloc, status, today):
    meeting = meeting_in(bloc.branch, status, day=18)
    late = any(step.state == "overdue" for step in steps_of(meeting, today))
    assert Meeting.objects.filter(late_on(today, MONTH), pk=meeting.pk).exists() == late


PACK = """
id: LOCAL-{code}
title: "hướng dẫn của {code}"
name: "Hướng dẫn của {code}"
issuer: "{code}"
signed: 2026-01-05
valid_from: 2026-01-10
valid_to: null
extends: MEET-2025H
scope: {{level: local, code: "test:{code}", name: "{code}"}}
subjects: [meeting]
source: {{key: L1, label: FOUND-C-LOCAL, ref: "2"}}
needs_review: true

rules:
  - id: meet.follow_up.days
    says: Số ngày để hoàn thiện báo cáo, kết luận, nghị quyết
    value: {days}
    unit: day
    severity: warn
    source: {{key: L1, label: FOUND-C-LOCAL, ref: "2"}}
    needs_review: true
"""


@pytest.fixture
def local_days(settings, tmp_path):
    """Local rules: one gives ten days for the conclusions, the other two, as the national ones do."""
    settings.LOCAL_PACKS = tmp_path
    (tmp_path / "sources.yml").write_text("L1: Hướng dẫn\n", encoding="utf-8")
    for code, days in (("TEN", 10), ("TWO", 2)):
        (tmp_path / f"local-{code.lower()}.yml").write_text(
            PACK.format(code=code, days=days), encoding="utf-8"
        )
    library.cache_clear()
    _rules_on.cache_clear()
    yield
    library.cache_clear()
    _rules_on.cache_clear()


@pytest.mark.parametrize("today", [date(2026, 12, 18) + timedelta(days=n) for n in range(13)])
@pytest.mark.parametrize(("around", "inside"), [("TEN", "TWO"), ("TWO", "TEN")])
def test_the_database_goes_by_the_local_rules_of_each_branch(bloc, local_days, today, around, inside):
    change_rules(bloc.bloc, scope=f"test:{around}", day=date(2026, 12, 1), by=None)
    change_rules(bloc.neighbour, scope=f"test:{inside}", day=date(2026, 12, 1), by=None)
    for branch in (bloc.branch, bloc.section_branch, bloc.neighbour_branch):
        meeting_in(branch, MeetingStatus.CLOSED, day=18)
    found = with_states(branches_of(looking_below(bloc.bloc), MONTH), MONTH, today)
    rows = rows_of(list(found), MONTH, today)
    late = {row.body.pk for row in rows if row.meeting and any(step.state == "overdue" for step in row.steps)}
    assert late == {branch.pk for branch in found if branch.is_late}
    due = {"TEN": date(2026, 12, 28), "TWO": date(2026, 12, 20)}
    assert (bloc.neighbour_branch.pk in late) == (today > due[inside])
    assert (bloc.branch.pk in late) == (today > due[around])


def test_a_branch_outside_the_local_rules_goes_by_the_national_ones(bloc, local_days):
    change_rules(bloc.organization, scope="test:TEN", day=date(2026, 12, 1), by=None)
    inside = meeting_in(bloc.branch, MeetingStatus.CLOSED, day=18)
    outside = meeting_in(bloc.neighbour_branch, MeetingStatus.CLOSED, day=18)
    assert list(Meeting.objects.filter(late_on(date(2026, 12, 22), MONTH))) == [outside]
    assert set(Meeting.objects.filter(late_on(date(2026, 12, 29), MONTH))) == {inside, outside}


def test_closed_meetings_cost_no_more_statements_than_one(client, month, officer):
    sign_in(client, officer)
    costs = []
    for branch in (None, month.branch, month.lone_branch):
        if branch:
            meeting_in(branch, MeetingStatus.CLOSED, day=17)
        shown(client)
        with CaptureQueriesContext(connection) as captured:
            assert names(shown(client))
        costs.append(len(captured))
    assert costs == [costs[0]] * 3


def test_counts_and_rows_agree_with_the_steps(month):
    found = with_states(branches_of(looking_below(month.bloc), MONTH), MONTH, NOW.date())
    rows = rows_of(list(in_state(found, "late", is_coming=False)), MONTH, NOW.date())
    assert [row.days_late for row in rows] == [3]
    assert counts_of(found, is_coming=False).late == 1


def test_the_sums_cost_the_same_for_two_bodies_and_for_five(bloc, officer):
    client, costs = Client(), []
    sign_in(client, officer)
    for _round in range(2):
        shown(client)
        with CaptureQueriesContext(connection) as captured:
            assert shown(client).context["parts"]
        costs.append(len(captured))
        for _number in range(3):
            make_body(parent=make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=bloc.bloc))
    assert costs[0] == costs[1]


def test_bench_counts_the_board_at_every_level(month):
    counted = {measure.name: measure.run() for measure in measures()}
    assert counted["board.root"] == 5
    assert counted["board.leaf"] == 1
