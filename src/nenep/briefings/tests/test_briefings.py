"""A committee opens a briefing of a cluster, holds it and closes it; who sees it and who may not."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document as Word

from nenep.access.tests.make import sign_in, viewer_for
from nenep.briefings.exports import content_of
from nenep.briefings.figures import body_figures, branch_figures, total
from nenep.briefings.models import Briefing, BriefingStatus
from nenep.briefings.operations import (
    change_briefing,
    close_briefing,
    decide,
    discuss,
    open_from_plan,
    withdraw_briefing,
)
from nenep.briefings.tests.make import (
    address,
    frame_for,
    hold_month,
    make_briefing,
    make_closed,
    make_cluster,
)
from nenep.documents.models import Document
from nenep.notices.models import Notice
from nenep.organizations.models import UnitType
from nenep.people.models import Post, Status
from nenep.people.offices import appoint
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member, make_office
from nenep.plans.models import EntryKind
from nenep.plans.operations import add_entry, draft_plan, publish_plan
from nenep.shared.dates import clock_at, month_start, now, previous_month, today
from nenep.shared.stale import Stale
from nenep.shared.states import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


def typed(**more):
    frame = frame_for(at=now() + timedelta(days=3))
    at = frame["starts_at"].strftime
    months = {name: frame[name].isoformat() for name in ("first_month", "last_month")}
    return months | {"starts_at_0": at("%d/%m/%Y"), "starts_at_1": "14:00", "place": "Phòng họp 2"} | more


class TestOpening:
    def test_the_entry_of_the_plan_opens_it_by_one_press_at_its_hour_and_place(
        self, client, bloc, cluster, officer, secretary
    ):
        plan = draft_plan(bloc.bloc.pk, year=today().year, by=None)
        at = now() + timedelta(hours=2)
        with clock_at(now() - timedelta(days=1)):
            entry = add_entry(plan, kind=EntryKind.CLUSTER_BRIEFING, starts_at=at, place="Nhà khách", by=None)
            publish_plan(plan, by=None)
        other = make_cluster(bloc.bloc, bloc.neighbour, code="C2", name="2")
        sign_in(client, officer)
        page = client.get(reverse("briefings:list")).content.decode()
        press = reverse("briefings:opening_from_plan", args=[cluster.pk, entry.pk])
        assert f'action="{press}"' in page
        assert "Giao ban cụm 2" in page  # the cluster is called "2"
        for _press in range(2):
            client.post(press)
        briefing = Briefing.objects.get()
        assert (briefing.starts_at, briefing.place, briefing.entry) == (at, "Nhà khách", entry)
        assert briefing.last_month == previous_month(briefing.day)
        page = client.get(reverse("briefings:list")).content.decode()
        assert press not in page
        assert reverse("briefings:opening_from_plan", args=[other.pk, entry.pk]) in page
        assert Notice.objects.get(member=secretary).title == "Mời dự giao ban cụm 1"
        withdraw_briefing(briefing, reason="Bão số 5.", by=None)
        assert press in client.get(reverse("briefings:list")).content.decode()
        assert open_from_plan(cluster, entry, by=None) != briefing

    def test_a_form_sent_twice_opens_one_and_a_wrong_one_keeps_what_was_typed(self, client, cluster, officer):
        sign_in(client, officer)
        url = reverse("briefings:opening", args=[cluster.pk])
        once = client.get(url).context["form"]["once"].value()
        for _sending in range(2):
            assert client.post(url, typed(once=str(once))).status_code == 302
        assert Briefing.objects.count() == 1
        bad = client.post(url, typed(first_month=month_start(today()).isoformat()))
        assert bad.status_code == 422
        assert "Phòng họp 2" in bad.content.decode()

    def test_the_period_follows_the_last_briefing(self, client, cluster, officer):
        three_back = previous_month(previous_month(previous_month(today())))
        make_briefing(cluster, first_month=three_back, last_month=three_back)
        sign_in(client, officer)
        form = client.get(reverse("briefings:opening", args=[cluster.pk])).context["form"]
        assert form.initial["first_month"] == previous_month(previous_month(today()))

    def test_two_who_change_it_at_once_do_not_overwrite_each_other(self, cluster):
        briefing = make_briefing(cluster)
        change_briefing(briefing, frame=frame_for() | {"place": "A"}, seen=0, by=None)
        with pytest.raises(Stale) as theirs:
            change_briefing(briefing, frame=frame_for() | {"place": "B"}, seen=0, by=None)
        assert ("Địa điểm", "A") in theirs.value.rows
        assert briefing.place == "A"

    def test_nobody_suspended_is_offered_as_chair(self, client, bloc, cluster, officer):
        """The branch forms have theirs in tests/test_naming_people.py."""
        chairs = [make_member(bloc.branch, name=name) for name in ("Lý Thường Vụ", "Vũ Đình Chỉ")]
        for member, post in zip(chairs, (Post.SECRETARY, Post.DEPUTY), strict=True):
            make_office(member, bloc.bloc, post)
        change_status(chairs[1], status=Status.SUSPENDED, start=today(), by=None)
        sign_in(client, officer)
        page = client.get(reverse("briefings:opening", args=[cluster.pk])).content.decode()
        assert "Lý Thường Vụ" in page
        assert "Vũ Đình Chỉ" not in page


class TestDiscussion:
    def test_the_methods_for_each_kind_of_unit_are_read_on_the_page_by_the_cluster(
        self, client, bloc, cluster, officer, organization_secretary
    ):
        briefing = make_briefing(cluster)
        sign_in(client, officer)
        form = client.get(address("discussion", briefing)).context["form"]
        assert form.units == [UnitType.OTHER]  # the kinds that stand in the cluster
        data = {"question": "Làm sao họp đủ?", "method_other": "Họp sau giờ làm.", "revision": 0}
        assert client.post(address("discussion", briefing), data).status_code == 302
        assert client.post(address("discussion", briefing), data).status_code == 302  # the same words again
        stale = client.post(address("discussion", briefing), data | {"method_other": "Họp tối."})
        assert stale.status_code == 422
        assert "<dd>Họp sau giờ làm.</dd>" in stale.content.decode()
        assert "Họp tối.</textarea>" in stale.content.decode()
        close_briefing(briefing, represented=[bloc.organization.pk], conclusions="Nhất trí.", by=None)
        sign_in(client, organization_secretary)
        page = client.get(address("page", briefing)).content.decode()
        assert "Làm sao họp đủ?" in page
        assert "Họp sau giờ làm." in page

    def test_a_method_needs_its_question(self, cluster):
        with pytest.raises(Refused):
            discuss(make_briefing(cluster), question="", methods={"other": "Họp tối."}, seen=0, by=None)


class TestClosing:
    def test_it_needs_bodies_conclusions_and_its_hour(self, bloc, cluster):
        bodies = [bloc.organization.pk]
        early = make_briefing(cluster, at=now() + timedelta(hours=1))
        for briefing, represented, conclusions in (
            (early, bodies, "Nhất trí."),
            (make_briefing(cluster), [], "Nhất trí."),
            (make_briefing(cluster), bodies, ""),
            (make_briefing(cluster), [bloc.neighbour.pk], "Nhất trí."),
        ):
            with pytest.raises(Refused):
                close_briefing(briefing, represented=represented, conclusions=conclusions, by=None)
        assert not Briefing.objects.filter(status=BriefingStatus.CLOSED).exists()

    def test_figures_and_minutes_stay_as_they_were(self, client, bloc, cluster, officer, secretary):
        hold_month(bloc.lone_branch, meetings_held=1, present=4, expected=5)
        briefing = make_closed(cluster, bloc.lone_branch)
        kept = content_of(briefing)
        hold_month(bloc.lone_branch, meetings_held=1, present=5, expected=5)
        assert total(body_figures(briefing)).share == 80.0
        again = next(row for row in branch_figures(briefing) if row.branch == bloc.lone_branch)
        assert again.figures.share == 100.0  # twin: counted again it is another number
        for change in (
            lambda: decide(briefing, bodies=[bloc.lone_branch.pk], what="Thêm", due_on=today(), by=None),
            lambda: discuss(briefing, question="Gì?", methods={}, seen=briefing.revision, by=None),
            lambda: change_briefing(briefing, frame=frame_for(), seen=briefing.revision, by=None),
            lambda: withdraw_briefing(briefing, reason="Thôi.", by=None),
        ):
            with pytest.raises(Refused):
                change()
        sign_in(client, officer)
        once = client.get(address("page", briefing)).context["note_form"]["once"].value()
        for _sending in range(2):
            client.post(address("note", briefing), {"text": "Sửa tên người chủ trì.", "once": str(once)})
        briefing.refresh_from_db()
        assert content_of(briefing) == kept
        briefing.content["day"] = None  # as kept by an earlier version
        assert content_of(briefing).day == kept.day == briefing.day
        sign_in(client, secretary)
        page = client.get(address("page", briefing)).content.decode()
        assert page.count("Sửa tên người chủ trì.") == 1

    def test_the_minutes_are_a_word_file_with_sums_and_decisions_and_without_a_number(
        self, client, bloc, cluster, officer, organization_secretary
    ):
        hold_month(bloc.branch, meetings_held=1, present=8, expected=10)
        briefing = make_closed(cluster, bloc.organization, by=viewer_for(officer))
        sign_in(client, organization_secretary)
        file = client.get(address("minutes_file", briefing, fmt="docx"))
        word = Word(io.BytesIO(file.content))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
        for said in (
            "BIÊN BẢN",
            "cụm 1",
            "Cụm có 2 tổ chức, 1 tổ chức có đại diện dự.",
            "80%",
            "Rà lại danh sách",
            "Vũ Cán Bộ",  # who closed it wrote it
            "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH",
        ):
            assert said in text, said
        assert "Dự thảo" not in text
        assert not Document.objects.exists()
        pdf = client.get(address("minutes_file", briefing, fmt="pdf"))
        assert pdf.content.startswith(b"%PDF")


class TestWhoSees:
    def test_an_officer_of_another_cluster_sees_nothing_of_this_one(self, client, bloc, cluster, officer):
        other = make_cluster(bloc.bloc, bloc.neighbour, code="C2", name="Cụm 2")
        of_other, of_this = (make_member(bloc.neighbour_branch, name=name) for name in ("Cao Hai", "Cao Một"))
        for member, looked_after in ((of_other, other), (of_this, cluster)):
            appoint(member, body=bloc.bloc, post=Post.OFFICER, cluster=looked_after, day=today(), by=None)
        briefing = make_briefing(cluster)
        for member, status in ((of_other, 404), (of_this, 200), (officer, 200)):
            sign_in(client, member)
            assert client.get(address("page", briefing)).status_code == status
            assert client.get(reverse("briefings:opening", args=[cluster.pk])).status_code == status

    def test_a_secretary_under_the_cluster_reads_and_may_change_nothing(self, client, bloc, cluster):
        under = make_member(bloc.section_branch, name="Đỗ Cơ Sở", post=Post.SECRETARY)
        outside = make_member(bloc.neighbour_branch, name="Hồ Ngoài", post=Post.SECRETARY)
        briefing = make_briefing(cluster)
        names = ("frame", "discussion", "closing", "withdrawal", "decision_addition", "branches")
        for member, sees, does in ((under, 200, 403), (outside, 404, 404)):
            sign_in(client, member)
            assert client.get(address("page", briefing)).status_code == sees
            assert {client.get(address(name, briefing)).status_code for name in names} == {does}

    def test_what_comes_too_late_is_shown_to_be_copied(self, client, bloc, cluster, officer):
        briefing = make_closed(cluster, bloc.organization)
        sign_in(client, officer)
        for name in ("frame", "discussion", "closing", "withdrawal", "decision_addition"):
            assert client.get(address(name, briefing))["Location"] == address("page", briefing)
        late = client.post(address("decision_addition", briefing), {"what": "Rà soát thêm một lần nữa"})
        assert late.status_code == 409
        assert "Rà soát thêm một lần nữa" in late.content.decode()
        early = client.post(address("note", make_briefing(cluster)), {"text": "Ghi thêm quá sớm"})
        assert early.status_code == 409
