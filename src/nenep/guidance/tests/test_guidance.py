"""A committee gives its branches the focus of a month; a branch takes it up, and only numbers go back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.guidance import reads
from nenep.guidance.models import Guidance, GuidanceVersion
from nenep.guidance.operations import publish_guidance, revise_guidance, withdraw_guidance
from nenep.guidance.providing import suggestions
from nenep.guidance.tests.make import WORDS, make_guidance
from nenep.meetings.agenda import change_item
from nenep.meetings.models import MeetingStatus
from nenep.meetings.operations import open_meeting
from nenep.meetings.recording import record_item
from nenep.meetings.suggesting import take_suggestion
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.organizations.models import UnitType
from nenep.organizations.operations import form_cluster, place_in_cluster, reclassify_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at, month_start, next_month, now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
TITLE = WORDS["title"]


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def officer(bloc):
    """Of the organization above; belongs to another branch."""
    member = make_member(bloc.other_branch, name="Phạm Đảng Ủy")
    make_office(member, bloc.organization, Post.DEPUTY)
    return member


@pytest.fixture
def meeting(bloc, secretary):
    return make_meeting(bloc.branch, chair=secretary, at=now() + timedelta(days=2))


def guidance_for(meeting, body, **more):
    return make_guidance(body, published=True, month=meeting.month, **more)


def typed(**more):
    month = month_start(today()).isoformat()
    frame = {"first_month": month, "last_month": month, "audience": "all"}
    words = {name: value for name, value in WORDS.items() if name != "questions"}
    return words | frame | {"source_date": "02/11/2026", "question_1": "Ai giữ chìa khóa?"} | more


class TestTakingItUp:
    def test_one_press_puts_it_on_the_agenda_with_its_questions_and_where_it_comes_from(
        self, client, bloc, secretary, meeting
    ):
        guidance = guidance_for(meeting, bloc.organization)
        sign_in(client, secretary)
        preparation = reverse("meetings:preparation", args=[meeting.pk])
        page = client.get(preparation).content.decode()
        assert "Ai giữ chìa khóa?" in page
        assert WORDS["why_it_matters"] in page
        assert f"Đưa “{TITLE}” vào chương trình" in page
        data = {"choice": "take", "key": f"guidance:{guidance.pk}"}
        client.post(reverse("meetings:suggestion_choice", args=[meeting.pk]), data)
        item = meeting.items.get(title=TITLE)
        assert item.question_lines == ["Ai giữ chìa khóa?", "Bình chữa cháy còn hạn không?"]
        page = client.get(preparation).content.decode()
        assert f"Đưa “{TITLE}” vào chương trình" not in page
        assert f'<a href="/guidance/{guidance.pk}/">trọng tâm của cấp trên, Đảng ủy Sở A' in page

    def test_taken_twice_it_stands_there_once(self, bloc, meeting):
        guidance = guidance_for(meeting, bloc.organization)
        for _press in range(2):
            take_suggestion(meeting, key=f"guidance:{guidance.pk}", by=None)
        assert meeting.items.filter(title=TITLE).count() == 1

    def test_a_new_version_is_told_and_renews_the_item_without_what_the_branch_set(
        self, client, bloc, secretary, meeting
    ):
        guidance = guidance_for(meeting, bloc.organization)
        take_suggestion(meeting, key=f"guidance:{guidance.pk}", by=None)
        item = meeting.items.get(title=TITLE)
        change_item(item, minutes=25, presenter=secretary, by=None)
        new = WORDS | {"title": "Phòng cháy và cứu nạn", "note": "Thêm cứu nạn."}
        assert revise_guidance(guidance, words=new, seen=1, by=None) == 1
        assert Notice.objects.filter(member=secretary, kind="guidance.told").count() == 2
        sign_in(client, secretary)
        assert (
            "Cập nhật mục đã có" in client.get(reverse("meetings:agenda", args=[meeting.pk])).content.decode()
        )
        take_suggestion(meeting, key=f"guidance:{guidance.pk}", by=None)
        item.refresh_from_db()
        assert (item.title, item.minutes, item.presenter) == ("Phòng cháy và cứu nạn", 25, secretary)
        assert [version.title for version in guidance.versions.all()] == [TITLE, "Phòng cháy và cứu nạn"]

    def test_a_withdrawn_one_is_offered_no_more_and_what_was_taken_stays(self, bloc, secretary, meeting):
        guidance = guidance_for(meeting, bloc.organization)
        take_suggestion(meeting, key=f"guidance:{guidance.pk}", by=None)
        assert withdraw_guidance(guidance, reason="Thay văn bản khác.", by=None) == 1
        assert Notice.objects.filter(member=secretary, text="Thay văn bản khác.").exists()
        assert suggestions(meeting) == []
        assert meeting.items.filter(title=TITLE).exists()


class TestForWhom:
    def test_it_reaches_the_branches_below_in_its_months(self, bloc, meeting):
        assert suggestions(meeting) == []
        guidance_for(meeting, bloc.neighbour)
        make_guidance(bloc.organization, month=meeting.month)  # a draft
        make_guidance(bloc.organization, published=True, month=next_month(meeting.month))
        assert suggestions(meeting) == []
        guidance_for(meeting, bloc.organization)
        guidance_for(meeting, bloc.bloc, words={"title": "Của Khối"})
        assert {offer.title for offer in suggestions(meeting)} == {TITLE, "Của Khối"}

    def test_of_a_kind_of_unit_or_of_a_cluster(self, bloc, meeting):
        day = today() - timedelta(days=40)
        reclassify_body(bloc.branch, unit_type=UnitType.PRESS, day=day, by=None)
        reclassify_body(bloc.other_branch, unit_type=UnitType.RESIDENTIAL, day=day, by=None)
        guidance_for(meeting, bloc.organization, audience="unit_type", unit_type=UnitType.RESIDENTIAL)
        cluster = form_cluster(bloc.organization, code="C9", name="Cụm 9", day=day, by=None)
        place_in_cluster(bloc.other_branch, cluster=cluster, day=day, by=None)
        guidance_for(meeting, bloc.organization, audience="cluster", cluster=cluster)
        assert suggestions(meeting) == []
        press = guidance_for(meeting, bloc.organization, audience="unit_type", unit_type=UnitType.PRESS)
        assert [offer.key for offer in suggestions(meeting)] == [f"guidance:{press.pk}"]
        assert [branch.pk for branch in reads.branches_of(press)] == [bloc.branch.pk]
        place_in_cluster(bloc.branch, cluster=cluster, day=today(), by=None)
        assert len(suggestions(meeting)) == 2

    def test_for_nobody_it_is_not_published(self, bloc):
        draft = make_guidance(bloc.organization, audience="unit_type", unit_type=UnitType.PRESS)
        with pytest.raises(Refused, match="Không có chi bộ nào"):
            publish_guidance(draft, by=None)

    def test_a_month_that_is_over_is_not_published(self, bloc):
        draft = make_guidance(bloc.organization, month=month_start(today()) - timedelta(days=3))
        with pytest.raises(Refused, match="đã qua"):
            publish_guidance(draft, by=None)


class TestWhatTheOfficerSees:
    def test_numbers_of_branches_and_their_names_but_no_text(self, client, bloc, secretary, officer, meeting):
        guidance = guidance_for(meeting, bloc.organization)
        make_member(bloc.other_branch, name="Bí Thư Khác", post=Post.SECRETARY)
        assert reads.uptake(guidance) == {"all": 3, "taken": 0, "discussed": 0, "open": 3}
        take_suggestion(meeting, key=f"guidance:{guidance.pk}", by=None)
        assert reads.uptake(guidance) == {"all": 3, "taken": 1, "discussed": 0, "open": 2}
        hold_and_write(meeting, "Đồng chí X giữ chìa khóa")
        assert reads.uptake(guidance) == {"all": 3, "taken": 1, "discussed": 1, "open": 2}
        sign_in(client, officer)
        address = reverse("guidance:branches", args=[guidance.pk])
        listed = client.get(address, {"which": "discussed"}).content.decode()
        assert "Chi bộ Văn phòng Sở A" in listed
        assert "Chi bộ Thanh tra Sở A" not in listed
        assert "chìa khóa" not in listed
        assert "Chi bộ Thanh tra Sở A" in client.get(address, {"which": "open"}).content.decode()

    def test_an_item_that_nobody_wrote_anything_about_is_not_counted_as_discussed(self, bloc, meeting):
        guidance = guidance_for(meeting, bloc.organization)
        take_suggestion(meeting, key=f"guidance:{guidance.pk}", by=None)
        hold_and_write(meeting, "")
        assert reads.uptake(guidance)["discussed"] == 0

    def test_branches_see_no_draft_and_nothing_of_beside(self, client, bloc, secretary, officer):
        make_guidance(bloc.neighbour, published=True)
        draft = make_guidance(bloc.organization)
        assert Guidance.objects.visible_to(viewer_for(secretary)).count() == 0
        assert list(Guidance.objects.visible_to(viewer_for(officer))) == [draft]

    def test_the_page_costs_the_same_however_many_branches_took_it(
        self, client, bloc, officer, meeting, django_assert_max_num_queries
    ):
        guidance = guidance_for(meeting, bloc.organization)
        take_suggestion(meeting, key=f"guidance:{guidance.pk}", by=None)
        sign_in(client, officer)
        client.get(reverse("guidance:page", args=[guidance.pk]))
        with django_assert_max_num_queries(16):
            client.get(reverse("guidance:page", args=[guidance.pk]))


class TestWriting:
    def test_an_officer_drafts_looks_and_publishes(self, client, bloc, secretary, officer):
        sign_in(client, officer)
        answer = client.post(reverse("guidance:draft", args=[bloc.organization.pk]), typed())
        made = Guidance.objects.get()
        assert answer.url == reverse("guidance:page", args=[made.pk])
        assert "Ban hành tới 3 chi bộ" in client.get(answer.url).content.decode()
        assert not Notice.objects.exists()
        client.post(reverse("guidance:publication", args=[made.pk]))
        assert list(Notice.objects.values_list("member", flat=True)) == [secretary.pk]

    def test_a_second_press_makes_no_second_draft_and_publishes_once(self, client, bloc, secretary, officer):
        sign_in(client, officer)
        sent = typed(once="7b0e6f0e-4a4b-4f43-9a62-6b5a7d5c0001")
        for _press in range(2):
            client.post(reverse("guidance:draft", args=[bloc.organization.pk]), sent)
        made = Guidance.objects.get()
        for _press in range(2):
            client.post(reverse("guidance:publication", args=[made.pk]))
        assert Notice.objects.count() == 1

    def test_what_is_published_is_not_changed_without_saying_what(self, client, bloc, officer):
        guidance = make_guidance(bloc.organization, published=True)
        sign_in(client, officer)
        address = reverse("guidance:words", args=[guidance.pk])
        answer = client.post(address, typed(title="Việc khác", revision=1))
        assert answer.status_code == 422
        assert "Việc khác" in answer.content.decode()
        assert GuidanceVersion.objects.count() == 1
        client.post(address, typed(title="Việc khác", revision=1, note="Đổi việc."))
        assert GuidanceVersion.objects.get(number=1).title == TITLE
        page = client.post(address, typed(title="Việc thứ ba", revision=1, note="Đổi nữa.")).content.decode()
        assert "<dd>Việc khác</dd>" in page
        assert 'value="Việc thứ ba"' in page
        assert 'name="revision" value="2"' in page
        assert GuidanceVersion.objects.count() == 2

    def test_of_two_who_change_a_draft_neither_is_overwritten(self, client, bloc, officer):
        draft = make_guidance(bloc.organization)
        sign_in(client, officer)
        address = reverse("guidance:words", args=[draft.pk])
        assert client.post(address, typed(title="Bản một", revision=1)).status_code == 302
        page = client.post(address, typed(title="Bản hai", revision=1)).content.decode()
        assert "<dd>Bản một</dd>" in page
        assert draft.versions.get().title == "Bản một"
        assert client.post(address, typed(title="Bản gộp", revision=2)).status_code == 302
        assert draft.versions.get().title == "Bản gộp"

    def test_after_the_withdrawal_a_page_that_was_open_says_so(self, client, bloc, officer):
        guidance = make_guidance(bloc.organization, published=True)
        withdraw_guidance(guidance, reason="Thay văn bản khác", by=None)
        sign_in(client, officer)
        answer = client.post(reverse("guidance:words", args=[guidance.pk]), typed(title="Muộn Rồi"))
        assert answer.status_code == 409
        assert "đã thu hồi. Lý do: Thay văn bản khác." in answer.content.decode()
        assert "Muộn Rồi" in answer.content.decode()


def hold_and_write(meeting, text):
    at = meeting.starts_at
    with clock_at(at - timedelta(days=1)):
        type(meeting).objects.filter(pk=meeting.pk).update(status=MeetingStatus.CALLED)
        meeting.refresh_from_db()
    with clock_at(at):
        open_meeting(meeting, by=None)
        record_item(
            meeting.items.get(title=TITLE), notes=text, conclusion="", decision="", seen_revision=0, by=None
        )
    type(meeting).objects.filter(pk=meeting.pk).update(status=MeetingStatus.CLOSED)
