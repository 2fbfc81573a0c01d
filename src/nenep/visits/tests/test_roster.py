"""A committee arranges who attends which branch, sees what speaks against it, and two who save at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.meetings.calling_off import cancel_meeting
from nenep.meetings.operations import call_meeting, plan, postpone
from nenep.notices.models import Notice
from nenep.organizations.kinds import Kind
from nenep.organizations.operations import move_body
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post, Status
from nenep.people.offices import appoint, release
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member
from nenep.plans.models import EntryKind
from nenep.plans.operations import add_entry, draft_plan, publish_plan
from nenep.shared.dates import clock_at, month_start, next_month, now, previous_month, today
from nenep.shared.states import Refused
from nenep.visits.models import Roster, Visit, VisitStatus
from nenep.visits.operations import arrange
from nenep.visits.querysets import VisitQuerySet
from nenep.visits.tests.make import (
    coming_month,
    hold_at,
    make_arranged,
    make_attended,
    make_officer,
    make_visit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def address(body, month=None, **more):
    month = month or coming_month()
    return reverse("visits:roster", kwargs={"body_id": body.pk, "year": month.year, "month": month.month})


def typed(chosen, *, revision=0, each=2, **more):
    names = {f"officer_{branch.pk}": officer.pk if officer else "" for branch, officer in chosen.items()}
    return names | {"each": each, "revision": revision} | more


def on(day, hour=2):
    """09:00 in Vietnam of a day of the coming month."""
    at = now().replace(hour=hour, minute=0, second=0, microsecond=0)
    month = coming_month()
    return at.replace(year=month.year, month=month.month, day=day)


class TestArranging:
    def test_the_page_lists_the_branches_with_hour_and_saves_who_goes_where(
        self, client, bloc, officer, secretary
    ):
        hold_at(bloc.lone_branch, on(3))
        year, fifth = coming_month().year, on(5)
        with clock_at(on(1) - timedelta(days=40)):
            plan = draft_plan(bloc.branch.pk, year=year, by=None)
            for entry in plan.entries.filter(kind=EntryKind.REGULAR):
                entry.delete()
            add_entry(plan, kind=EntryKind.REGULAR, starts_at=fifth, place="", by=None)
            publish_plan(plan, by=None)
        sign_in(client, officer)
        page = client.get(address(bloc.bloc)).content.decode()
        for words in (f"09:00 ngày {on(3):%d/%m/%Y}, Phòng họp", f"{on(5):%d/%m/%Y} (theo kế hoạch năm)"):
            assert words in page
        assert page.count("Chưa có lịch") == 3
        assert "5 chi bộ: 0 đã có người dự, 0 đã phân công, 5 chưa có ai." in page
        sent = typed({bloc.lone_branch: officer})
        for _sending in range(2):
            assert client.post(address(bloc.bloc), sent).status_code == 302
        visit = Visit.objects.get()
        assert (visit.branch, visit.officer, visit.status) == (bloc.lone_branch, officer, "assigned")
        assert Roster.objects.get().revision == 1  # the double sending changed nothing
        told = Notice.objects.get(member=officer)
        assert f"Chi bộ Hội D, lúc 09:00 ngày {on(3):%d/%m/%Y} tại Phòng họp." in told.text
        assert "Vũ Cán Bộ (Cán bộ theo dõi) dự" in Notice.objects.get(member=secretary).text
        assert "1 đã phân công, 4 chưa có ai." in client.get(address(bloc.bloc)).content.decode()

    def test_another_officer_in_the_place_is_told_to_all_three(self, bloc, officer, deputy, secretary):
        make_arranged(bloc.bloc, {bloc.lone_branch: officer})
        make_arranged(bloc.bloc, {bloc.lone_branch: deputy})
        assert [visit.status for visit in Visit.objects.order_by("pk")] == ["dropped", "assigned"]
        texts = {
            member: Notice.objects.filter(member=member).latest("pk").text
            for member in (officer, deputy, secretary)
        }
        assert texts[officer].startswith("Cấp ủy thôi phân công")
        assert texts[deputy].startswith("Đồng chí được phân công")
        assert "nay là đồng chí An Phó Bí Thư" in texts[secretary]
        make_arranged(bloc.bloc, {bloc.lone_branch: None})
        assert (
            "không dự sinh hoạt chi bộ như đã báo"
            in Notice.objects.filter(member=secretary).latest("pk").text
        )

    def test_a_clash_is_refused_at_both_branches_and_nothing_typed_is_lost(
        self, client, bloc, officer, deputy
    ):
        hold_at(bloc.lone_branch, on(3))
        hold_at(bloc.branch, on(3) + timedelta(hours=1))
        hold_at(bloc.other_branch, on(3) + timedelta(hours=7))
        sign_in(client, officer)
        chosen = {bloc.lone_branch: officer, bloc.branch: officer, bloc.other_branch: officer}
        answer = client.post(address(bloc.bloc), typed(chosen))
        page = answer.content.decode()
        assert answer.status_code == 422
        sentence = f"không dự được cả Chi bộ Hội D lúc 09:00 ngày {on(3):%d/%m/%Y} và Chi bộ Văn phòng Sở A lúc 10:00"
        assert sentence in page
        assert page.count(f'<option value="{officer.pk}" selected>') == 3
        assert not Visit.objects.exists()
        # Twin: of the three only the hour of the second was in the way.
        assert client.post(address(bloc.bloc), typed(chosen | {bloc.branch: deputy})).status_code == 302

    def test_the_verb_refuses_what_no_form_stopped(self, bloc, officer):
        clerk = make_officer(bloc.neighbour_branch, bloc.bloc, Post.CLERK, "Văn Thư")
        for branch, who in ((bloc.neighbour_branch, officer), (bloc.lone_branch, clerk)):
            with pytest.raises(Refused) as refusal:
                make_arranged(bloc.bloc, {branch: who})
            assert refusal.value.field == f"officer_{branch.pk}"
        with pytest.raises(Refused, match="trực thuộc"):
            make_arranged(bloc.organization, {bloc.lone_branch: officer})
        with pytest.raises(Refused, match="đã qua"):
            make_arranged(bloc.bloc, {bloc.lone_branch: officer}, month=previous_month(today()))

    def test_what_the_officer_attends_for_another_committee_is_in_the_way_too(self, bloc, officer):
        appoint(officer, body=bloc.organization, post=Post.OFFICER, day=bloc.bloc.founded_on, by=None)
        hold_at(bloc.lone_branch, on(3))
        hold_at(bloc.branch, on(3))
        make_arranged(bloc.bloc, {bloc.lone_branch: officer})
        with pytest.raises(Refused, match="Chi bộ Hội D"):
            make_arranged(bloc.organization, {bloc.branch: officer})

    def test_the_second_of_two_sees_what_the_first_saved(self, client, bloc, officer, deputy):
        sign_in(client, officer)
        sent = typed({bloc.lone_branch: officer, bloc.branch: officer})
        make_arranged(bloc.bloc, {bloc.lone_branch: deputy})
        answer = client.post(address(bloc.bloc), sent)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "đồng chí khác đã lưu lịch này" in page
        assert "An Phó Bí Thư</a>" in page
        assert page.count(f'<option value="{officer.pk}" selected>') == 2
        assert Visit.objects.get().officer == deputy
        # Having seen it, the second may save: the page that came back carries the present revision.
        assert 'name="revision" value="1"' in page
        assert client.post(address(bloc.bloc), sent | {"revision": 1}).status_code == 302
        assert Visit.objects.standing().get(branch=bloc.lone_branch).officer == officer

    def test_the_proposal_fills_empty_places_stores_nothing_and_keeps_what_was_chosen(
        self, client, bloc, officer, deputy
    ):
        make_attended(bloc.bloc, bloc.lone_branch, officer, month=previous_month(today()))
        sign_in(client, officer)
        answer = client.post(address(bloc.bloc), typed({bloc.branch: officer}, propose=1))
        page, form = answer.content.decode(), answer.context["form"]
        filled = {
            branch: form[f"officer_{branch.pk}"].initial
            for branch in (bloc.branch, bloc.other_branch, bloc.section_branch, bloc.lone_branch)
        }
        # Both are members of the fifth branch. The deputy, who has done nothing yet, takes two; one is left for each.
        assert filled == {
            bloc.branch: officer.pk,
            bloc.other_branch: deputy.pk,
            bloc.section_branch: deputy.pk,
            bloc.lone_branch: officer.pk,
        }
        assert form[f"officer_{bloc.neighbour_branch.pk}"].initial is None
        assert "Đã xếp thử cho 3 chi bộ, chưa lưu." in page
        assert "Còn 1 chi bộ của trang này chưa có ai" in page
        assert Visit.objects.count() == 1

    def test_a_branch_that_was_not_on_the_sender_s_page_stays_as_it_is(self, client, bloc, officer, deputy):
        make_arranged(bloc.bloc, {bloc.lone_branch: deputy})
        sign_in(client, officer)
        client.post(address(bloc.bloc), typed({bloc.branch: officer}, revision=1))
        standing = Visit.objects.standing().values_list("branch", "officer")
        assert set(standing) == {(bloc.lone_branch.pk, deputy.pk), (bloc.branch.pk, officer.pk)}

    def test_who_is_suspended_is_not_offered(self, client, bloc, officer, deputy):
        change_status(deputy, status=Status.SUSPENDED, start=today(), by=None)
        sign_in(client, officer)
        page = client.get(address(bloc.bloc)).content.decode()
        assert f'<option value="{officer.pk}">' in page
        assert f'<option value="{deputy.pk}">' not in page


class TestAfterwards:
    def test_a_meeting_that_moves_shows_its_hour_marks_the_clash_and_tells_the_officer(
        self, client, bloc, officer, secretary
    ):
        moved = hold_at(bloc.lone_branch, on(3))
        hold_at(bloc.branch, on(4))
        make_arranged(bloc.bloc, {bloc.lone_branch: officer, bloc.branch: officer})
        sign_in(client, officer)
        assert "không dự được cả" not in client.get(address(bloc.bloc)).content.decode()
        postpone(moved, to=on(4), reason="Bão", by=None)
        page = client.get(address(bloc.bloc)).content.decode()
        assert page.count("không dự được cả") == 2
        latest = Notice.objects.filter(member=officer).latest("pk").text
        assert (
            latest
            == f"Chi bộ Hội D họp lúc 09:00 ngày {on(4):%d/%m/%Y} tại Phòng họp. Đồng chí được phân công dự."
        )
        cancel_meeting(moved, reason="duty", by=None)
        assert "đã hủy kỳ sinh hoạt" in Notice.objects.filter(member=officer).latest("pk").text

    def test_who_no_longer_holds_a_post_must_be_replaced(self, client, bloc, officer, deputy):
        make_arranged(bloc.bloc, {bloc.lone_branch: officer})
        release(officer.offices.get(), day=today(), by=None)
        sign_in(client, deputy)
        page = client.get(address(bloc.bloc)).content.decode()
        assert "Người dự Chi bộ Hội D không còn giữ chức vụ." in page
        assert "Không còn giữ chức vụ" in page  # in the sums of the year
        client.post(address(bloc.bloc), typed({bloc.lone_branch: deputy}, revision=1))
        assert Visit.objects.standing().get().officer == deputy

    def test_a_branch_that_moved_is_on_the_new_roster_and_to_be_taken_off_the_old_one(
        self, client, bloc, officer
    ):
        other = make_body(kind=Kind.COMMITTEE)
        newcomer = make_officer(bloc.neighbour_branch, other, Post.OFFICER, "Mới Nhận")
        make_attended(bloc.bloc, bloc.lone_branch, officer, month=previous_month(today()))
        make_arranged(bloc.bloc, {bloc.lone_branch: officer})
        move_body(bloc.lone_branch, parent=other, day=today(), by=None)
        sign_in(client, officer)
        page = client.get(address(bloc.bloc)).content.decode()
        assert "Chi bộ Hội D không còn trực thuộc trong tháng này." in page
        assert "4 chi bộ: 0 đã có người dự, 0 đã phân công, 4 chưa có ai." in page
        client.post(address(bloc.bloc), typed({bloc.lone_branch: None}, revision=1))
        assert not Visit.objects.standing().of_month(coming_month()).exists()
        past = client.get(address(bloc.bloc, previous_month(today()))).content.decode()
        assert "Vũ Cán Bộ" in past  # what was, stays with the old committee
        sign_in(client, newcomer)
        page = client.get(address(other)).content.decode()
        assert "Chi bộ Hội D" in page
        assert "Vũ Cán Bộ" not in page
        assert "Chưa dự lần nào" in page

    def test_months_since_count_from_what_happened_and_the_sums_add_up(self, client, bloc, officer, deputy):
        long_ago = previous_month(previous_month(today()))
        make_attended(bloc.bloc, bloc.lone_branch, officer, month=long_ago)
        last = previous_month(today())
        with clock_at(now().replace(year=last.year, month=last.month, day=10)):
            make_visit(bloc.bloc, bloc.lone_branch, deputy, month=last)  # who never said what came of it
        sign_in(client, officer)
        answer = client.get(address(bloc.bloc))
        sheet = answer.context["sheet"]
        row = next(row for row in sheet.rows if row.branch_id == bloc.lone_branch.pk)
        assert row.months_since == 3
        assert [row.branch_id for row in sheet.rows][-1] == bloc.lone_branch.pk
        loads = {load.name: (load.given, load.attended, load.untold) for load in sheet.loads}
        assert loads == {"Vũ Cán Bộ": (1, 1, 0), "An Phó Bí Thư": (1, 0, 1)}
        assert (sheet.total.given, sheet.total.attended, sheet.total.untold) == (2, 1, 1)
        assert "3 tháng trước" in answer.content.decode()

    def test_a_month_that_is_over_can_be_read_and_not_saved(self, client, bloc, officer):
        sign_in(client, officer)
        past = address(bloc.bloc, previous_month(today()))
        assert "Lưu lịch</button>" not in client.get(past).content.decode()
        assert client.post(past, typed({bloc.lone_branch: officer})).status_code in {302, 409}
        assert not Roster.objects.exists()
        assert client.get(address(bloc.bloc, month_start(today()).replace(year=1990))).status_code == 404


class TestWhoSeesIt:
    def test_the_roster_is_for_its_committee(self, client, bloc, officer, secretary):
        elsewhere = make_officer(bloc.lone_branch, bloc.neighbour, Post.OFFICER, "Nơi Khác")
        for person in (elsewhere, secretary, make_member(bloc.lone_branch)):
            sign_in(client, person)
            assert client.get(address(bloc.bloc)).status_code == 404
            assert client.post(address(bloc.bloc), typed({bloc.lone_branch: officer})).status_code == 404

    def test_a_visit_is_for_committee_branch_and_officer_alone(self, client, bloc, officer, secretary):
        visit = make_visit(bloc.bloc, bloc.lone_branch, officer)
        page = reverse("visits:page", args=[visit.pk])
        stranger = make_member(bloc.branch, name="Lê Người Ngoài", post=Post.SECRETARY)
        other = make_officer(bloc.branch, bloc.neighbour, Post.OFFICER, "Nơi Khác")
        for person, status in ((officer, 200), (secretary, 200), (stranger, 404), (other, 404)):
            sign_in(client, person)
            assert client.get(page).status_code == status, person.full_name

    def test_without_the_guard_a_stranger_would_see_it(self, client, bloc, officer, monkeypatch):
        """Twin: the page asks nobody else who may see a visit."""
        visit = make_visit(bloc.bloc, bloc.lone_branch, officer)
        monkeypatch.setattr(VisitQuerySet, "visible_to", lambda self, viewer: self)
        sign_in(client, make_member(bloc.branch, name="Lê Người Ngoài", post=Post.SECRETARY))
        assert client.get(reverse("visits:page", args=[visit.pk])).status_code == 200


def test_the_roster_costs_the_same_for_five_and_nine_branches(client, bloc, officer, deputy):
    sign_in(client, officer)
    counts = []
    for more in range(2):
        for _branch in range(4 * more):
            make_body(parent=bloc.organization)
        for branch, who in ((bloc.branch, officer), (bloc.other_branch, deputy))[: more + 1]:
            hold_at(branch, on(3 + more))
            make_visit(bloc.bloc, branch, who, month=coming_month())
        client.get(address(bloc.bloc))
        with CaptureQueriesContext(connection) as captured:
            client.get(address(bloc.bloc))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_same_choice_from_two_pages_at_once_is_one_visit(bloc, officer):
    for _time in range(2):
        arrange(
            bloc.bloc.pk, next_month(today()), chosen={bloc.branch.pk: officer.pk}, each=2, seen=0, by=None
        )
    assert Visit.objects.get().status == VisitStatus.ASSIGNED


def test_calling_the_meeting_tells_whoever_is_to_attend(bloc, officer, secretary):
    meeting = hold_at(bloc.lone_branch, on(3))
    make_visit(bloc.bloc, bloc.lone_branch, officer, month=coming_month(), by=viewer_for(officer))
    before = Notice.objects.filter(member=officer).count()
    with clock_at(on(1)):
        call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
    assert Notice.objects.filter(member=officer).count() == before + 1
    with clock_at(on(1)):
        plan(meeting, place="Nhà văn hóa", by=None)
        plan(meeting, guests="Đại diện công đoàn", by=None)
    latest = Notice.objects.filter(member=officer).latest("pk").text
    assert "tại Nhà văn hóa. Đồng chí được phân công dự." in latest
    assert Notice.objects.filter(member=officer).count() == before + 2
