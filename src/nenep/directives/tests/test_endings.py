"""A body ends: its directives keep somebody who looks after them, and what it had done counts with its successor."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.directives.answering import acknowledge, say_implemented
from nenep.directives.due import duties_of, followed_on
from nenep.directives.figures import figures_of
from nenep.directives.models import Directive, Programme
from nenep.directives.operations import withdraw_directive
from nenep.directives.reading import followed
from nenep.directives.reads import states_of
from nenep.directives.tests.make import make_directive, make_programme, receipt_in
from nenep.organizations.models import Kind
from nenep.organizations.operations import NewBody, dissolve_body, merge_bodies, split_body, succeed_body
from nenep.people.models import Member, Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at, day_begins, today

pytestmark = pytest.mark.django_db


def new(bloc, code, kind=Kind.SUBORDINATE_BRANCH, parent=None):
    return NewBody(code=code, name=f"Tổ chức {code}", kind=kind, parent=parent or bloc.organization)


def officer_of(body, branch):
    person = make_member(branch, name=f"Cán bộ {body.code}")
    make_office(person, body, Post.SECRETARY)
    return viewer_for(person)


def figure(viewer, directive, key):
    """(value, base) as the viewer sees it."""
    states = states_of(directive, followed(viewer, directive))
    return next((one.value, one.base) for one in figures_of(states) if one.key == key)


class TestWhoIssuedItEnds:
    @pytest.fixture
    def issued(self, bloc):
        return make_directive(
            bloc.organization, issued=True, requirements=[{"due_on": today() + timedelta(days=5)}]
        )

    def test_merged_its_successor_looks_after_what_it_issued(self, client, bloc, issued):
        programme = make_programme(bloc.organization)
        draft = make_directive(bloc.organization, title="Đang soạn dở", programme=programme)
        into = new(bloc, "G1", Kind.GRASSROOTS_ORGANIZATION, bloc.bloc)
        merged = merge_bodies([bloc.organization, bloc.neighbour], into=into, day=today(), by=None)
        viewer = officer_of(merged, bloc.branch)
        assert set(Directive.objects.visible_to(viewer)) == {issued, draft}
        assert list(Programme.objects.visible_to(viewer)) == [programme]
        issued.refresh_from_db()
        assert (issued.body, issued.keeper) == (bloc.organization, merged)
        assert figure(viewer, issued, "acknowledged") == (0, 4)
        with clock_at(day_begins(today() + timedelta(days=9))):
            day = today()
            late = duties_of(followed_on(viewer, day).select_related("body"), due_before=day)
        assert {duty.receipt.body_id for duty in late} == {
            bloc.branch.pk, bloc.other_branch.pk, bloc.section_branch.pk
        }  # fmt: skip
        sign_in(client, Member.objects.get(pk=viewer.member_id))
        page = client.get(reverse("directives:page", args=[issued.pk])).content.decode()
        assert "Nay theo dõi" in page
        client.post(reverse("directives:withdrawal", args=[issued.pk]), {"reason": "Đã có văn bản mới"})
        issued.refresh_from_db()
        assert issued.is_withdrawn

    def test_twin_who_was_beside_it_gets_nothing(self, bloc, issued):
        merged = succeed_body(
            bloc.organization,
            into=new(bloc, "G1", Kind.GRASSROOTS_ORGANIZATION, bloc.bloc),
            day=today(),
            by=None,
        )
        beside = officer_of(bloc.neighbour, bloc.neighbour_branch)
        assert not Directive.objects.visible_to(beside).exists()
        assert Directive.objects.visible_to(officer_of(merged, bloc.branch)).exists()

    def test_split_the_part_with_most_receivers_looks_after_it(self, bloc, issued):
        parts = [new(bloc, code, Kind.GRASSROOTS_ORGANIZATION, bloc.bloc) for code in ("G1", "G2")]
        children = {bloc.branch.pk: "G1", bloc.other_branch.pk: "G2", bloc.section.pk: "G2"}
        first, second = split_body(bloc.organization, parts=parts, day=today(), children=children, by=None)
        issued.refresh_from_db()
        assert issued.keeper == second
        viewer = officer_of(second, bloc.other_branch)
        assert figure(viewer, issued, "acknowledged") == (0, 4)
        assert followed_on(viewer, today()).filter(body=bloc.branch).exists()
        # The other part sees its own branch alone.
        assert figure(officer_of(first, bloc.branch), issued, "acknowledged") == (0, 1)

    def test_dissolved_the_committee_above_looks_after_it(self, bloc):
        issued = make_directive(bloc.section, issued=True)
        dissolve_body(bloc.section_branch, day=today() - timedelta(days=1), by=None)
        dissolve_body(bloc.section, day=today(), by=None)
        issued.refresh_from_db()
        assert issued.keeper == bloc.organization
        withdraw_directive(issued, reason="Thôi.", by=officer_of(bloc.organization, bloc.branch))


class TestWhoReceivedItEnds:
    @pytest.fixture
    def issued(self, bloc):
        return make_directive(bloc.bloc, issued=True, requirements=[{}, {"mark": "II.2", "what": "Giữ lịch"}])

    @pytest.fixture
    def upper(self, bloc):
        person = make_member(bloc.lone_branch, name="Đinh Khối")
        make_office(person, bloc.bloc, Post.OFFICER)
        return viewer_for(person)

    def merged(self, bloc):
        bodies = [bloc.branch, bloc.other_branch]
        return merge_bodies(bodies, into=new(bloc, "M1"), day=today(), by=None)

    def test_what_all_had_done_is_done_and_counts_once(self, bloc, upper, issued):
        for body, days in ((bloc.branch, 1), (bloc.other_branch, 0)):
            acknowledge(receipt_in(issued, body), by=None)
            type(issued).objects.filter(pk=issued.pk).update(source_date=today() - timedelta(days=9))
            issued.refresh_from_db()
            say_implemented(
                receipt_in(issued, body), day=today() - timedelta(days=days), words="Xong.", by=None
            )
        assert figure(upper, issued, "implemented") == (2, 8)
        taken = receipt_in(issued, self.merged(bloc))
        assert taken.implemented_on == today()
        assert figure(upper, issued, "implemented") == (1, 7)
        assert figure(upper, issued, "acknowledged") == (1, 7)

    @pytest.mark.parametrize("first_is_done", [True, False])
    def test_what_one_had_not_done_is_open_in_the_successor(self, bloc, upper, issued, first_is_done):
        done, left = (bloc.branch, bloc.other_branch)[:: 1 if first_is_done else -1]
        acknowledge(receipt_in(issued, done), by=None)
        say_implemented(receipt_in(issued, done), day=today(), words="Xong.", by=None)
        one = issued.requirements.get(mark="II.2")
        say_implemented(receipt_in(issued, left), day=today(), words="Mục này.", requirement=one, by=None)
        taken = receipt_in(issued, self.merged(bloc))
        assert taken.implemented_on is None
        assert taken.acknowledged_at is None
        assert [row.requirement for row in taken.fulfilments.all()] == [one]
        assert figure(upper, issued, "implemented") == (0, 7)

    def test_a_paragraph_that_only_one_had_done_is_open(self, bloc, issued):
        one = issued.requirements.get(mark="II.2")
        say_implemented(receipt_in(issued, bloc.branch), day=today(), words="Xong.", requirement=one, by=None)
        taken = receipt_in(issued, self.merged(bloc))
        assert not taken.fulfilments.exists()

    def test_a_body_that_lived_before_keeps_its_own_word(self, bloc, issued):
        say_implemented(receipt_in(issued, bloc.branch), day=today(), words="Đã xong.", by=None)
        merge_bodies([bloc.branch, bloc.other_branch], into=bloc.branch, day=today(), by=None)
        assert receipt_in(issued, bloc.branch).implemented_words == "Đã xong."

    def test_dissolved_nobody_is_asked_any_more(self, bloc, upper, issued):
        dissolve_body(bloc.branch, day=today(), by=None)
        assert figure(upper, issued, "implemented") == (0, 7)
