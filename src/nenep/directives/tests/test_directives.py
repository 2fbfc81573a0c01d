"""A directive goes down the tree, each body answers, and only numbers go back up."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from nenep.access.tests.make import sign_in, viewer_for
from nenep.directives.answering import (
    acknowledge,
    confirm_understood,
    link_made,
    put_on_agenda,
    say_implemented,
)
from nenep.directives.audience import receivers
from nenep.directives.jobs import PATIENCE, remind_unacknowledged
from nenep.directives.models import Confirmation, Directive, Made
from nenep.directives.operations import add_requirement, issue_directive, withdraw_directive
from nenep.directives.providing import suggestions
from nenep.directives.reads import states_of
from nenep.directives.tests.make import WORDS, hold_and_write, make_directive, receipt_in
from nenep.journal.models import Event
from nenep.meetings.models import Attendance
from nenep.meetings.suggesting import take_suggestion
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.organizations.models import Kind, UnitType
from nenep.organizations.operations import (
    NewBody,
    form_cluster,
    merge_bodies,
    place_in_cluster,
    reclassify_body,
)
from nenep.organizations.tests.make import make_body
from nenep.people.models import Office, Post
from nenep.people.offices import release
from nenep.people.tests.make import make_member
from nenep.privacy.looks import events_about, looks
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
TITLE = WORDS["title"]


@pytest.fixture
def member(bloc, secretary):
    return make_member(bloc.branch, name="Trần Đảng Viên")


@pytest.fixture
def issued(bloc):
    return make_directive(bloc.bloc, issued=True, requirements=[{}])


def keys(directive):
    return {body.pk for body in receivers(directive, today())}


def state_in(directive, body):
    (state,) = states_of(directive, [receipt_in(directive, body)])
    return state


class TestForWhom:
    def test_all_below_get_it_and_an_advisory_unit_does_not(self, bloc):
        draft = make_directive(bloc.bloc)
        assert keys(draft) == {
            body.pk
            for body in (
                bloc.organization, bloc.branch, bloc.other_branch, bloc.section, bloc.section_branch,
                bloc.lone_branch, bloc.neighbour, bloc.neighbour_branch,
            )
        }  # fmt: skip

    def test_a_kind_of_unit_and_who_leads_it(self, bloc):
        day = today() - timedelta(days=40)
        reclassify_body(bloc.section_branch, unit_type=UnitType.PRESS, day=day, by=None)
        draft = make_directive(bloc.bloc, audience="unit_type", unit_type=UnitType.PRESS)
        assert keys(draft) == {bloc.section_branch.pk, bloc.section.pk, bloc.organization.pk}

    def test_a_cluster_and_a_list_go_to_all_below_the_named(self, bloc):
        day = today() - timedelta(days=40)
        cluster = form_cluster(bloc.bloc, code="C9", name="Cụm 9", day=day, by=None)
        place_in_cluster(bloc.neighbour, cluster=cluster, day=day, by=None)
        meant = {bloc.neighbour.pk, bloc.neighbour_branch.pk}
        assert keys(make_directive(bloc.bloc, audience="cluster", cluster=cluster)) == meant
        assert keys(make_directive(bloc.bloc, audience="bodies", chosen=[bloc.neighbour])) == meant

    def test_for_nobody_it_is_not_issued(self, bloc):
        draft = make_directive(bloc.bloc, audience="unit_type", unit_type=UnitType.PRESS)
        with pytest.raises(Refused, match="Không có tổ chức nào"):
            issue_directive(draft, by=None)

    def test_who_comes_later_did_not_get_it(self, bloc, issued):
        late = make_body("Chi bộ Mới", parent=bloc.organization, day=today())
        assert not issued.receipts.filter(body=late).exists()

    def test_a_digest_has_three_lines(self, bloc):
        with pytest.raises(ValidationError, match="ba dòng"):
            make_directive(bloc.bloc, digest="Một.\nHai.\nBa.\nBốn.")

    def test_once_issued_it_stays_as_it_is(self, bloc, issued):
        with pytest.raises(Refused, match="không sửa được nữa"):
            add_requirement(issued, mark="X", what="Thêm", doers="all", by=None)


class TestABranchAnswers:
    def test_one_press_acknowledges_and_puts_it_on_the_agenda(self, client, bloc, secretary, member, issued):
        meeting = make_meeting(bloc.branch, chair=secretary, at=now() + timedelta(days=2))
        sign_in(client, secretary)
        home = client.get("/").content.decode()
        assert "Mỗi quý một chuyên đề." in home
        receipt = receipt_in(issued, bloc.branch)
        for _press in range(2):
            assert client.post(reverse("directives:agenda", args=[receipt.pk])).status_code == 302
        item = meeting.items.get(title=TITLE)
        assert item.question_lines == ["Vì sao còn họp dồn?", "Ai giữ lịch?"]
        assert WORDS["why_it_matters"] in item.why_it_matters
        assert "Kết luận phải rõ người, rõ việc." in item.why_it_matters
        receipt.refresh_from_db()
        assert receipt.acknowledged_by == secretary
        # The leader was told at the issue, the others now, each once.
        assert Notice.objects.filter(member=secretary).about(issued).count() == 1
        assert Notice.objects.filter(member=member, kind="directive.spread").count() == 1
        assert "Mỗi quý một chuyên đề." not in client.get("/").content.decode()
        page = client.get(reverse("meetings:preparation", args=[meeting.pk])).content.decode()
        assert f'<a href="/directives/{issued.pk}/">chỉ đạo của cấp trên, Đảng ủy Khối, số 02-NQ/ĐUK' in page

    def test_the_preparation_offers_it_with_digest_and_questions(self, client, bloc, secretary, issued):
        meeting = make_meeting(bloc.branch, chair=secretary, at=now() + timedelta(days=2))
        sign_in(client, secretary)
        page = client.get(reverse("meetings:preparation", args=[meeting.pk])).content.decode()
        assert f"Đưa “{TITLE}” vào chương trình" in page
        assert "Ai giữ lịch?" in page
        withdraw_directive(issued, reason="Thay văn bản khác.", by=None)
        assert suggestions(meeting) == []
        assert Notice.objects.filter(member=secretary, text="Thay văn bản khác.").exists()

    def test_discussed_is_read_from_the_meeting_and_only_with_text(self, bloc, secretary, member, issued):
        meeting = make_meeting(bloc.branch, chair=secretary, at=now() - timedelta(hours=3))
        absent = make_member(bloc.branch, name="Lê Vắng")
        with clock_at(meeting.starts_at - timedelta(hours=1)):
            put_on_agenda(receipt_in(issued, bloc.branch), meeting, by=None)
        assert state_in(issued, bloc.branch).discussed_on is None
        meeting.items.filter(title=TITLE).update(notes="Ghi trước khi họp.")
        assert state_in(issued, bloc.branch).discussed_on is None
        meeting.items.filter(title=TITLE).update(notes="")
        hold_and_write(meeting, TITLE, "")
        assert state_in(issued, bloc.branch).discussed_on is None
        meeting.items.filter(title=TITLE).update(notes="Bàn ba việc.")
        Attendance.objects.create(meeting=meeting, member=absent, presence="excused", reason="Ốm")
        state = state_in(issued, bloc.branch)
        assert state.discussed_on == localdate(meeting.starts_at)
        assert (state.took_part, len(state.members), state.confirmed) == (2, 3, 0)
        assert state.disseminated_on is None
        confirm_understood(issued, by=viewer_for(absent))
        assert state_in(issued, bloc.branch).disseminated_on == today()
        assert suggestions(make_meeting(bloc.other_branch, at=now() + timedelta(days=9)))

    def test_implemented_is_said_with_a_day_and_words(self, bloc, secretary, issued):
        receipt = receipt_in(issued, bloc.branch)
        for day, words, sentence in (
            (today() + timedelta(days=1), "Xong.", "sau hôm nay"),
            (WORDS["source_date"] - timedelta(days=1), "Xong.", "trước ngày của văn bản"),
            (today(), "  ", "ghi kết quả"),
        ):
            with pytest.raises(Refused, match=sentence):
                say_implemented(receipt, day=day, words=words, by=None)
        say_implemented(receipt, day=today(), words="Đã có lịch.", by=None)
        assert state_in(issued, bloc.branch).implemented_on == today()

    def test_who_does_not_answer_is_reminded_once_and_who_has_is_not(self, bloc, secretary, issued):
        other = make_member(bloc.other_branch, name="Hà Bí Thư", post=Post.SECRETARY)
        acknowledge(receipt_in(issued, bloc.branch), by=None)
        assert remind_unacknowledged() == 0
        with clock_at(now() + PATIENCE + timedelta(hours=1)):
            assert remind_unacknowledged() == 7
            assert remind_unacknowledged() == 0
        reminded = Notice.objects.filter(kind="directive.reminder").values_list("member", flat=True)
        assert list(reminded) == [other.pk]


class TestDownTheTree:
    @pytest.fixture
    def handed_down(self, bloc, issued):
        upper = receipt_in(issued, bloc.organization)
        requirement = issued.requirements.get()
        return make_directive(
            bloc.organization,
            issued=True,
            carries_out=(upper, [requirement]),
            requirements=[{"mark": "1", "what": "Gửi lịch về Đảng ủy"}],
            title="Kế hoạch của Sở A",
            source_symbol="12-KH/ĐU",
            source_issuer="Đảng ủy Sở A",
        )

    def test_the_nearer_one_is_offered_and_counts_for_the_upper(self, bloc, secretary, issued, handed_down):
        meeting = make_meeting(bloc.branch, chair=secretary, at=now() - timedelta(hours=3))
        assert [offer.title for offer in suggestions(meeting)] == ["Kế hoạch của Sở A"]
        acknowledge(receipt_in(handed_down, bloc.branch), by=None)
        assert receipt_in(issued, bloc.branch).acknowledged_at is not None
        with clock_at(meeting.starts_at - timedelta(hours=1)):
            take_suggestion(meeting, key=f"directive:{handed_down.pk}", by=None)
        hold_and_write(meeting, "Kế hoạch của Sở A", "Bàn lịch.")
        assert state_in(issued, bloc.branch).discussed_on == localdate(meeting.starts_at)
        later = make_meeting(bloc.branch, chair=secretary, at=now() + timedelta(days=30))
        assert suggestions(later) == []

    def test_what_the_upper_asks_and_the_lower_lacks_is_listed(
        self, client, bloc, upper, issued, handed_down
    ):
        requirement = issued.requirements.get()
        assert state_in(issued, bloc.branch).lacking == [requirement]
        assert state_in(issued, bloc.organization).lacking == []  # it asks branches
        assert state_in(issued, bloc.organization).made == 1
        link_made(receipt_in(issued, bloc.branch), requirement=requirement, words="Lịch 2027", by=None)
        assert state_in(issued, bloc.branch).lacking == []
        sign_in(client, upper)
        page = client.get(reverse("directives:way", args=[issued.pk])).content.decode()
        assert "12-KH/ĐU" in page
        assert "4 trên 5 nơi chưa có" in page
        listed = client.get(reverse("directives:lacking", args=[issued.pk, requirement.pk])).content.decode()
        assert "Chi bộ Hội D" in listed
        assert "Chi bộ Văn phòng Sở A" not in listed

    def test_what_is_made_of_the_nearer_one_serves_the_same_paragraph(self, bloc, issued, handed_down):
        assert state_in(issued, bloc.branch).is_idle
        link_made(receipt_in(handed_down, bloc.branch), words="Lịch 2027", by=None)
        state = state_in(issued, bloc.branch)
        assert not state.is_idle
        assert state.lacking == []
        assert state_in(issued, bloc.other_branch).is_idle
        assert len(state_in(handed_down, bloc.branch).lacking) == 1  # linked to the whole of that one

    def test_a_draft_further_down_is_nobody_elses(self, bloc, issued):
        make_directive(bloc.organization, carries_out=(receipt_in(issued, bloc.organization), []))
        assert state_in(issued, bloc.organization).made == 0
        assert state_in(issued, bloc.organization).is_idle

    def test_the_same_link_said_twice_is_one(self, bloc, issued):
        receipt = receipt_in(issued, bloc.branch)
        for _press in range(2):
            link_made(receipt, words="Lịch 2027", by=None)
        assert Made.objects.count() == 1

    def test_a_successor_takes_over_what_is_open(self, bloc, secretary, issued):
        done, open_one = receipt_in(issued, bloc.branch), receipt_in(issued, bloc.other_branch)
        other = make_directive(bloc.bloc, issued=True, title="Việc khác")
        say_implemented(done, day=today(), words="Xong.", by=None)
        for directive in (issued, other):
            acknowledge(receipt_in(directive, bloc.other_branch), by=None)
        into = NewBody(
            code="M1", name="Chi bộ Hợp nhất", kind=Kind.SUBORDINATE_BRANCH, parent=bloc.organization
        )
        new = merge_bodies([bloc.branch, bloc.other_branch], into=into, day=today(), by=None)
        open_one.refresh_from_db()
        assert open_one.ended_at is not None
        taken = receipt_in(issued, new)
        assert taken.is_branch
        assert taken.acknowledged_at is None
        assert receipt_in(other, new).is_open
        assert issued.receipts.filter(ended_at=None).count() == 7


class TestWhoSeesWhat:
    def test_no_member_sees_the_confirmation_of_another(
        self, client, bloc, secretary, member, officer, issued
    ):
        third = make_member(bloc.branch, name="Đỗ Thứ Ba")
        receipt = receipt_in(issued, bloc.branch)
        acknowledge(receipt, by=None)
        sign_in(client, member)
        client.post(reverse("directives:confirmation", args=[issued.pk]))
        assert Confirmation.objects.get().member == member
        assert (
            "Đồng chí đã xác nhận"
            in client.get(reverse("directives:page", args=[issued.pk])).content.decode()
        )
        address = reverse("directives:members", args=[receipt.pk])
        for person, status in ((third, 403), (member, 403), (officer, 403), (secretary, 200)):
            sign_in(client, person)
            assert client.get(address).status_code == status
            page = client.get(reverse("directives:page", args=[issued.pk])).content.decode()
            assert page.count("Trần Đảng Viên") == (person is member)  # the own name at the foot
            assert "1 trên 3 đồng chí xác nhận" in page or person is officer
        listed = client.get(address).content.decode()
        assert listed.count("Đã xác nhận") == 1
        assert "Trần Đảng Viên" in listed
        event = Event.objects.get(verb="directive.understood")
        assert (event.actor, event.subject) == ("system", None)

    def test_twin_the_secretary_of_another_branch_sees_none(self, client, bloc, issued):
        other = make_member(bloc.other_branch, name="Hà Bí Thư", post=Post.SECRETARY)
        sign_in(client, other)
        assert (
            client.get(reverse("directives:members", args=[receipt_in(issued, bloc.branch).pk])).status_code
            == 404
        )

    def test_a_deputy_sees_the_members_only_while_there_is_no_secretary(
        self, client, bloc, secretary, issued
    ):
        deputy = make_member(bloc.branch, name="Hồ Phó Bí Thư", post=Post.DEPUTY)
        address = reverse("directives:members", args=[receipt_in(issued, bloc.branch).pk])
        sign_in(client, deputy)
        assert client.get(address).status_code == 403
        release(Office.objects.get(member=secretary), day=today(), by=None)
        assert client.get(address).status_code == 200

    def test_a_look_at_the_list_is_a_look_of_every_member(self, client, bloc, secretary, member, issued):
        sign_in(client, secretary)
        client.get(reverse("directives:members", args=[receipt_in(issued, bloc.branch).pk]))
        seen = [look.what for look in looks(events_about(member.pk))]
        assert sum(what.startswith("Xem đảng viên nào đã nắm chỉ đạo") for what in seen) == 1

    def test_a_branch_sees_itself_and_no_other_body(self, client, bloc, secretary, issued):
        acknowledge(receipt_in(issued, bloc.neighbour_branch), by=None)
        sign_in(client, secretary)
        page = client.get(reverse("directives:page", args=[issued.pk])).content.decode()
        assert "Chi bộ Văn phòng Sở A" in page
        assert "Sở B" not in page
        assert client.get(reverse("directives:bodies", args=[issued.pk])).status_code == 403
        assert "Sở B" not in client.get(reverse("directives:way", args=[issued.pk])).content.decode()

    def test_a_branch_outside_the_audience_sees_nothing(self, client, bloc, secretary):
        elsewhere = make_directive(bloc.bloc, issued=True, audience="bodies", chosen=[bloc.neighbour])
        sign_in(client, secretary)
        assert client.get(reverse("directives:page", args=[elsewhere.pk])).status_code == 404
        assert Directive.objects.visible_to(viewer_for(secretary)).count() == 0

    def test_a_committee_sees_its_own_branches_and_the_issuer_all(self, client, bloc, officer, upper, issued):
        acknowledge(receipt_in(issued, bloc.neighbour_branch), by=None)
        address = reverse("directives:bodies", args=[issued.pk])
        sign_in(client, officer)
        page = client.get(address).content.decode()
        assert "Chi bộ Phòng Kỹ thuật" in page
        assert "Sở B" not in page
        sign_in(client, upper)
        assert "Chi bộ Văn phòng Sở B" in client.get(address, {"which": "acknowledged"}).content.decode()
        assert "Chi bộ Hội D" not in client.get(address, {"which": "acknowledged"}).content.decode()
        assert "Chi bộ Hội D" in client.get(address, {"which": "nothing"}).content.decode()

    def test_nobody_confirms_for_a_branch_that_did_not_get_it(self, bloc, member):
        elsewhere = make_directive(bloc.bloc, issued=True, audience="bodies", chosen=[bloc.neighbour])
        with pytest.raises(Refused, match="không gửi tới"):
            confirm_understood(elsewhere, by=viewer_for(member))
