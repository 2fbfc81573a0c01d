"""What is due in a directive: told once before, once late, never when done; the list of any day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.directives.answering import say_implemented
from nenep.directives.due import duties_of, followed_on
from nenep.directives.models import DueReminder
from nenep.directives.operations import withdraw_directive
from nenep.directives.reminding import answering_for, remind_due
from nenep.directives.tests.make import make_directive, receipt_in
from nenep.notices.models import Notice
from nenep.organizations.models import Kind
from nenep.organizations.operations import NewBody, dissolve_body, merge_bodies, move_body
from nenep.people.models import Office, Post
from nenep.people.offices import release
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at, day_begins, today

pytestmark = pytest.mark.django_db
DUE = timedelta(days=20)


@pytest.fixture
def issued(bloc):
    """To all below the organization, a paragraph for branches that is due in twenty days, one that has no day."""
    return make_directive(
        bloc.organization,
        issued=True,
        requirements=[{"due_on": today() + DUE}, {"mark": "II.2", "what": "Giữ lịch ấy"}],
    )


def on(days):
    """Noon so many days from today."""
    return clock_at(day_begins(today() + timedelta(days=days)) + timedelta(hours=12))


def told(kind="directive.due"):
    return sorted(Notice.objects.filter(kind=kind).values_list("member__full_name", flat=True))


def late_on(viewer, day):
    duties = duties_of(followed_on(viewer, day).select_related("body"), due_before=day)
    return {duty.receipt.body_id for duty in duties if duty.is_open_on(day)}


class TestReminding:
    def test_once_before_the_day_and_once_when_it_is_past(self, bloc, secretary, issued):
        for days, sent in ((14, 0), (15, 1), (16, 0), (20, 0), (21, 1), (22, 0), (60, 0)):
            with on(days):
                assert remind_due() == sent, days
        assert told() == told("directive.overdue") == ["Nguyễn Bí Thư"]
        notice = Notice.objects.get(kind="directive.due")
        assert "II.1: Chi bộ lập lịch họp cả năm" in notice.text
        assert "II.2" not in notice.text
        assert notice.url == reverse("directives:page", args=[issued.pk])

    def test_nobody_hears_of_what_is_done(self, bloc, secretary, issued):
        requirement = issued.requirements.get(mark="II.1")
        say_implemented(
            receipt_in(issued, bloc.branch), day=today(), words="Có lịch.", requirement=requirement, by=None
        )
        other = make_member(bloc.other_branch, name="Hà Bí Thư", post=Post.SECRETARY)
        with on(15):
            assert remind_due() == 1
        assert told() == [other.full_name]
        say_implemented(receipt_in(issued, bloc.other_branch), day=today(), words="Xong cả.", by=None)
        with on(21):
            assert remind_due() == 0

    def test_nobody_hears_of_what_was_withdrawn_and_a_committee_not_of_what_branches_do(
        self, bloc, secretary, upper
    ):
        given = make_directive(bloc.bloc, issued=True, requirements=[{"due_on": today() + DUE}])
        make_office(make_member(bloc.neighbour_branch, name="Đỗ Đảng Ủy"), bloc.organization, Post.SECRETARY)
        with on(15):
            assert remind_due() == 1
        assert told() == ["Nguyễn Bí Thư"]
        withdraw_directive(given, reason="Thay văn bản khác.", by=None)
        with on(21):
            assert remind_due() == 0

    def test_a_clerk_hears_too_and_a_deputy_only_without_a_secretary(self, client, bloc, secretary, issued):
        deputy = make_member(bloc.branch, name="Hồ Phó Bí Thư", post=Post.DEPUTY)
        clerk = make_member(bloc.branch, name="Lý Văn Thư", post=Post.CLERK)
        key = bloc.branch.pk
        assert answering_for([key], today()) == {key: [secretary.pk, clerk.pk]}
        release(Office.objects.get(member=secretary), day=today(), by=None)
        assert answering_for([key], today()) == {key: [deputy.pk, clerk.pk]}
        sign_in(client, clerk)
        assert client.get(reverse("directives:page", args=[issued.pk])).status_code == 200

    def test_where_nobody_is_in_office_the_first_who_comes_is_told(self, bloc, issued):
        with on(15):
            assert remind_due() == 0
        assert not DueReminder.objects.exists()
        make_member(bloc.branch, name="Mới Bí Thư", post=Post.SECRETARY)
        with on(17):
            assert remind_due() == 1

    def test_a_program_that_was_off_does_not_speak_of_what_is_long_past(self, bloc, secretary, issued):
        with on(51):
            assert remind_due() == 0
        with on(50):
            assert remind_due() == 1


class TestTheListOfAnyDay:
    def test_a_day_shows_what_was_not_done_by_then(self, bloc, upper, officer, issued):
        viewer = viewer_for(officer)
        for body, days in ((bloc.branch, 22), (bloc.other_branch, 25)):
            with on(30):
                receipt, day = receipt_in(issued, body), today() - timedelta(days=30 - days)
                say_implemented(receipt, day=day, words="Xong.", by=None)
        with on(40):
            first = today() - timedelta(days=40)
            for days, late in (
                (20, set()),
                (21, {bloc.branch.pk, bloc.other_branch.pk, bloc.section_branch.pk}),
                (22, {bloc.other_branch.pk, bloc.section_branch.pk}),
                (24, {bloc.other_branch.pk, bloc.section_branch.pk}),
                (25, {bloc.section_branch.pk}),
                (40, {bloc.section_branch.pk}),
            ):
                assert late_on(viewer, first + timedelta(days=days)) == late, days

    def test_bodies_that_merged_stand_there_before_and_their_successor_after(self, bloc, officer, issued):
        first = today()
        with on(30):
            into = NewBody(
                code="M1", name="Chi bộ Hợp nhất", kind=Kind.SUBORDINATE_BRANCH, parent=bloc.organization
            )
            day = first + timedelta(days=25)
            new = merge_bodies([bloc.branch, bloc.other_branch], into=into, day=day, by=None)
        with on(31):
            viewer, apart = viewer_for(officer), {bloc.branch.pk, bloc.other_branch.pk}
            assert late_on(viewer, day - timedelta(days=1)) == apart | {bloc.section_branch.pk}
            assert late_on(viewer, day) == late_on(viewer, today()) == {new.pk, bloc.section_branch.pk}

    def test_twin_a_committee_sees_what_stood_below_it_and_nobody_elses(self, bloc, officer):
        given = make_directive(bloc.bloc, issued=True, requirements=[{"due_on": today() + DUE}])
        assert given.receipts.filter(body=bloc.neighbour_branch).exists()
        with on(30):
            move_body(bloc.section, parent=bloc.neighbour, day=today(), by=None)
            dissolve_body(bloc.branch, day=today(), by=None)
        with on(31):
            viewer, before = viewer_for(officer), today() - timedelta(days=5)
            # The section has another committee now, which looks after it; the branch that ended stays with its own.
            assert late_on(viewer, before) == {bloc.branch.pk, bloc.other_branch.pk}
            assert late_on(viewer, today()) == {bloc.other_branch.pk}

    def test_the_page_says_of_how_many_and_the_file_holds_no_formula(
        self, client, bloc, secretary, officer, issued
    ):
        sign_in(client, secretary)
        assert client.get(reverse("directives:overdue")).status_code == 403
        type(issued).objects.filter(pk=issued.pk).update(source_symbol="=1+1")
        requirement = issued.requirements.get(mark="II.1")
        say_implemented(
            receipt_in(issued, bloc.branch), day=today(), words="Xong.", requirement=requirement, by=None
        )
        day = f"{today() + timedelta(days=23):%d/%m/%Y}"
        with on(23):
            sign_in(client, officer)
            page = client.get(reverse("directives:overdue"), {"day": day}).content.decode()
            assert "2 trên 3 việc đã đến hạn chưa xong, ở 2 trên 3 tổ chức" in page
            assert "3 ngày" in page
            file = client.get(reverse("directives:overdue"), {"day": day, "csv": "1"}).content.decode()
        lines = file.removeprefix("\ufeff").splitlines()
        assert len(lines) == 3
        assert "'=1+1;II.1;" in lines[1]
        assert client.get(reverse("directives:overdue"), {"day": "40/40/2026"}).status_code == 422

    def test_one_paragraph_is_said_to_be_done_from_the_page(self, client, bloc, secretary, issued):
        sign_in(client, secretary)
        receipt, requirement = receipt_in(issued, bloc.branch), issued.requirements.get(mark="II.1")
        page = client.get(reverse("directives:page", args=[issued.pk])).content.decode()
        assert "Ghi đã xong mục II.1" in page
        address = reverse("directives:implementation", args=[receipt.pk])
        form = client.get(address, {"requirement": requirement.pk}).context["form"]
        assert form.initial["requirement"] == requirement.pk
        sent = {"requirement": requirement.pk, "day": f"{today():%d/%m/%Y}", "words": "Có lịch."}
        assert client.post(address, sent).status_code == 302
        receipt.refresh_from_db()
        assert receipt.implemented_on is None
        page = client.get(reverse("directives:page", args=[issued.pk])).content.decode()
        assert "Mục II.1 xong ngày" in page
        assert "Ghi đã xong mục II.1" not in page
