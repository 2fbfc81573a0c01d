"""What a briefing is about and what comes of it: figures that nobody types, decisions that bodies answer for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.briefings.figures import body_figures, total
from nenep.briefings.models import Decision
from nenep.briefings.operations import close_briefing, mark_done, open_from_plan, withdraw_briefing
from nenep.briefings.reads import carried
from nenep.briefings.tests.make import (
    address,
    hold_month,
    make_briefing,
    make_closed,
    make_cluster,
    make_decision,
)
from nenep.notices.models import Notice
from nenep.organizations.operations import dissolve_body, place_in_cluster
from nenep.organizations.tests.make import FOUNDED
from nenep.plans.models import EntryKind
from nenep.plans.operations import draft_plan, publish_plan
from nenep.plans.outcomes import outcomes_of, say_held
from nenep.plans.tests.make import at
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


def count_queries(client, url):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


class TestFigures:
    def test_they_are_the_facts_of_the_branches_in_the_cluster_and_of_no_other(self, bloc, cluster):
        hold_month(bloc.branch, meetings_held=1, present=8, expected=11, thematic_held=1)
        hold_month(bloc.section_branch, meetings_not_held=1)
        hold_month(bloc.lone_branch, meetings_held=1, present=5, expected=5)
        hold_month(bloc.neighbour_branch, meetings_held=1, present=99, expected=99)
        hold_month(bloc.branch, month=today(), meetings_held=1, present=50, expected=50)  # not of the period
        rows = body_figures(make_briefing(cluster))
        assert [row.name for row in rows] == ["Đảng bộ Sở A", "Chi bộ Hội D"]
        figures = total(rows)
        assert (figures.branches, figures.due, figures.held, figures.not_held, figures.unknown) == (
            4,
            4,
            2,
            1,
            1,
        )
        assert (figures.present, figures.expected, figures.share) == (13, 16, 81.3)  # 81.25, not 81.2
        assert rows[1].figures.share == 100.0

    def test_each_opens_to_its_branches_for_the_officer_alone(
        self, client, bloc, cluster, officer, secretary
    ):
        hold_month(bloc.section_branch, meetings_not_held=1)
        hold_month(bloc.branch, meetings_held=1)
        briefing = make_briefing(cluster)
        sign_in(client, officer)
        assert "?which=not_held" in client.get(address("page", briefing)).content.decode()
        page = client.get(address("branches", briefing), {"which": "not_held"}).content.decode()
        month = briefing.last_month
        assert reverse("home:branch_month", args=[bloc.section_branch.pk, month.year, month.month]) in page
        assert bloc.branch.code not in page
        assert "Chi bộ Văn phòng Sở A" not in page
        sign_in(client, secretary)
        page = client.get(address("page", briefing))
        assert [row.body_id for row in page.context["rows"]] == [bloc.lone_branch.pk]
        assert "?which=" not in page.content.decode()

    def test_the_pages_cost_the_same_for_more_bodies_branches_and_decisions(
        self, client, bloc, cluster, officer
    ):
        make_closed(cluster, bloc.lone_branch, at=now() - timedelta(days=9))
        briefing = make_briefing(cluster)
        make_decision(briefing, bloc.organization)
        sign_in(client, officer)

        def costs():
            return [count_queries(client, address(name, briefing)) for name in ("page", "branches")]

        costs()
        before = costs()
        place_in_cluster(bloc.neighbour, cluster=cluster, day=FOUNDED, by=None)
        for body in (bloc.neighbour, bloc.lone_branch):
            make_decision(briefing, body)
        assert costs() == before == [16, 10]


class TestDecisions:
    def test_they_are_told_when_it_closes_to_the_secretaries_of_their_bodies_alone(
        self, client, bloc, cluster, officer, secretary, organization_secretary
    ):
        briefing = make_briefing(cluster)
        sign_in(client, officer)
        url = address("decision_addition", briefing)
        once = client.get(url).context["form"]["once"].value()
        due = (today() + timedelta(days=9)).strftime("%d/%m/%Y")
        data = {"bodies": [bloc.organization.pk], "what": "Họp bù", "due_on": due, "once": str(once)}
        for _sending in range(2):
            assert client.post(url, data).status_code == 302
        assert [row.body for row in briefing.decisions.all()] == [bloc.organization]
        assert client.post(url, data | {"bodies": [bloc.neighbour.pk], "once": ""}).status_code == 422
        sign_in(client, organization_secretary)
        assert "Họp bù" not in client.get(address("page", briefing)).content.decode()  # still a draft
        sign_in(client, officer)
        closing = {"represented": [bloc.organization.pk], "conclusions": "Giữ nề nếp."}
        for _sending in range(2):
            assert client.post(address("closing", briefing), closing).status_code == 302
        told = Notice.objects.filter(kind="briefing.decided")
        assert [notice.member for notice in told] == [organization_secretary]
        assert told.get().url == address("page", briefing)

    def test_the_body_ticks_it_off_with_one_line_that_no_other_body_reads(
        self, client, bloc, cluster, officer, secretary, organization_secretary
    ):
        briefing = make_closed(cluster, bloc.lone_branch)
        decision = briefing.decisions.get()
        url = reverse("briefings:decision_done", args=[decision.pk])
        sign_in(client, organization_secretary)
        assert client.post(url, {"line": "Xong hộ."}).status_code == 403
        sign_in(client, secretary)
        empty = client.post(url, {"line": ""})
        assert empty.status_code == 422
        assert "Đồng chí chưa ghi mục này." in empty.content.decode()
        assert f'href="#decision-{decision.pk}-line"' in empty.content.decode()
        for _sending in range(2):
            assert client.post(url, {"line": "Đã gặp từng đồng chí."}).status_code == 302
        assert client.post(url, {"line": "Lần hai, bấm muộn."}).status_code == 409
        pages = {}
        for member in (secretary, officer, organization_secretary):
            sign_in(client, member)
            pages[member] = client.get(address("page", briefing)).content.decode()
            assert "Đã xong" in pages[member]
        assert [("Đã gặp từng đồng chí." in page) for page in pages.values()] == [True, True, False]
        sign_in(client, secretary)
        client.post(reverse("briefings:decision_reopening", args=[decision.pk]))
        assert Decision.objects.get().done_line == ""

    def test_the_next_briefing_is_born_with_what_is_unfinished(self, client, bloc, cluster, officer):
        before = make_closed(cluster, bloc.organization, bloc.lone_branch, at=now() - timedelta(days=20))
        done, late = before.decisions.order_by("pk")
        mark_done(done, line="Xong.", by=None)
        Decision.objects.filter(pk=late.pk).update(due_on=today() - timedelta(days=1))
        unclosed = make_briefing(cluster, at=now() - timedelta(days=2))
        make_decision(unclosed, bloc.organization, "Chưa giao cho ai")
        briefing = make_briefing(cluster)
        assert carried(briefing) == [late]
        sign_in(client, officer)
        page = client.get(address("page", briefing)).content.decode()
        assert "Quá hạn" in page
        assert "Việc của lần giao ban trước chưa xong" in page
        dissolve_body(bloc.lone_branch, day=briefing.day, by=None)  # what it had to do is nobody's now
        assert carried(briefing) == []

    def test_a_body_that_left_the_cluster_still_answers_for_what_it_was_given(
        self, client, bloc, cluster, secretary
    ):
        briefing, other = make_closed(cluster, bloc.lone_branch), make_closed(cluster, bloc.organization)
        place_in_cluster(bloc.lone_branch, cluster=None, day=today(), by=None)
        sign_in(client, secretary)
        url = reverse("briefings:decision_done", args=[briefing.decisions.get().pk])
        assert client.post(url, {"line": "Xong."}).status_code == 302
        assert client.get(address("page", other)).status_code == 404


class TestInThePlan:
    """An entry of the committee's plan stands for the briefings of all clusters."""

    @pytest.fixture
    def entry(self, bloc, cluster):
        with clock_at(at(10, 12, year=2026)):
            plan = draft_plan(bloc.bloc.pk, year=2027, by=None)
            publish_plan(plan, by=None)
        return plan.entries.get(kind=EntryKind.CLUSTER_BRIEFING, month__month=3)

    def outcome(self, entry):
        return outcomes_of(entry.plan, list(entry.plan.entries.for_page()))[entry.pk]

    def test_it_is_held_when_those_that_were_opened_are_closed(self, bloc, cluster, entry):
        other = make_cluster(bloc.bloc, bloc.neighbour_branch, code="C2", name="Cụm 2")
        with clock_at(entry.at + timedelta(hours=2)):
            opened = [open_from_plan(one, entry, by=None) for one in (cluster, other)]
            for briefing, body in zip(opened, (bloc.organization, bloc.neighbour_branch), strict=True):
                assert self.outcome(entry).held_on is None
                # What the program has a record of is said nowhere else.
                with pytest.raises(Refused, match="bản ghi"):
                    say_held(entry, on=entry.day, by=None)
                close_briefing(briefing, represented=[body.pk], conclusions="Giữ nề nếp.", by=None)
        assert self.outcome(entry).held_on == entry.day

    def test_one_that_was_withdrawn_or_held_without_the_program_is_said_in_the_plan(self, cluster, entry):
        with clock_at(entry.at + timedelta(hours=2)):
            withdraw_briefing(open_from_plan(cluster, entry, by=None), reason="Bão số 5", by=None)
            say_held(entry, on=entry.day, by=None)
        assert self.outcome(entry).held_on == entry.day
