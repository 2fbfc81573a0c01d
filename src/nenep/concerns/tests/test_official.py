"""A doubtful item goes up, its answer is published to chosen bodies below, and nobody reads there who asked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.concerns.models import OfficialAnswer, Theme, Way
from nenep.concerns.official import publish_answer
from nenep.concerns.operations import answer_concern, forget_concerns, pass_up
from nenep.concerns.providing import RECENT, official_suggestions
from nenep.concerns.tests.make import make_concern, make_doubt, make_official
from nenep.meetings.suggesting import take_suggestion
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
QUESTION = "Cơ quan có sắp giải thể không?"


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def author(bloc, secretary):
    return make_member(bloc.branch, name="Trần Người Hỏi")


def offered(body):
    meeting = make_meeting(body, at=now() + timedelta(days=2))
    return [one.title for one in official_suggestions(meeting)]


class TestItGoesUp:
    def test_a_doubtful_item_may_go_past_the_next_committee_and_nothing_else_may(
        self, client, bloc, secretary, author, upper
    ):
        doubt = make_concern(author, bloc.branch, theme=Theme.DOUBT)
        other = make_concern(author, bloc.branch, text="Bếp ăn ca tối.")
        sign_in(client, secretary)
        asked = {"asked": "Xin trả lời chính thức.", "to": bloc.bloc.pk}
        assert client.post(reverse("concerns:passing_up", args=[doubt.pk]), asked).status_code == 302
        doubt.refresh_from_db()
        assert doubt.committee == bloc.bloc
        assert Notice.objects.filter(kind="concern.passed_up", member=upper).exists()
        assert client.post(reverse("concerns:passing_up", args=[other.pk]), asked).status_code == 302
        other.refresh_from_db()
        assert other.committee == bloc.organization
        with pytest.raises(ValueError, match="does not go to body"):
            pass_up(make_concern(author, bloc.branch), asked="x", to=bloc.bloc.pk, by=None)
        with pytest.raises(ValueError, match="does not go to body"):
            pass_up(
                make_concern(author, bloc.branch, theme=Theme.DOUBT), asked="x", to=bloc.neighbour.pk, by=None
            )

    def test_the_committee_does_not_learn_the_name(self, client, bloc, secretary, author, upper):
        doubt = make_doubt(author, bloc.branch, to=bloc.bloc.pk)
        sign_in(client, upper)
        page = client.get(reverse("concerns:publication", args=[doubt.pk])).content.decode()
        assert "Trên mạng nói" in page
        assert "Trần Người Hỏi" not in page


class TestItIsPublished:
    def test_the_officer_words_it_and_the_branches_are_offered_it(
        self, client, bloc, secretary, author, upper
    ):
        doubt = make_doubt(author, bloc.branch, to=bloc.bloc.pk)
        sign_in(client, upper)
        address = reverse("concerns:publication", args=[doubt.pk])
        form = client.get(address).context["form"]
        assert form.initial == {"answer": "Chưa có chủ trương nào như vậy."}
        sent = {
            "question": QUESTION,
            "answer": "Chưa có chủ trương nào.",
            "why_it_matters": "Nhiều đồng chí hỏi.",
            "chosen": [bloc.organization.pk],
        }
        made = client.post(address, sent)
        row = OfficialAnswer.objects.get()
        assert made.url == reverse("concerns:official", args=[row.pk])
        assert client.post(address, sent).status_code == 409
        assert offered(bloc.branch) == [f"Thông tin chính thức: {QUESTION}"]
        assert offered(bloc.neighbour_branch) == []
        sign_in(client, secretary)
        page = client.get(made.url).content.decode()
        assert QUESTION in page
        assert "Trần Người Hỏi" not in page

    def test_taken_once_it_is_not_offered_again_and_old_it_is_no_news(self, bloc, secretary, author):
        make_official(author, bloc.branch)
        meeting = make_meeting(bloc.branch, at=now() + timedelta(days=2))
        (offer,) = official_suggestions(meeting)
        take_suggestion(meeting, key=offer.key, by=None)
        later = make_meeting(bloc.branch, at=now() + timedelta(days=33))
        assert official_suggestions(later) == []
        assert len(official_suggestions(make_meeting(bloc.other_branch, at=now() + timedelta(days=33)))) == 1
        after = make_meeting(bloc.section_branch, at=now() + RECENT + timedelta(days=3))
        assert official_suggestions(after) == []

    def test_withdrawn_nobody_below_reads_it(self, client, bloc, secretary, author, officer):
        row = make_official(author, bloc.branch)
        sign_in(client, officer)
        client.post(reverse("concerns:official_withdrawal", args=[row.pk]))
        assert "Đã thu hồi ngày" in client.get(reverse("concerns:official", args=[row.pk])).content.decode()
        assert offered(bloc.branch) == []
        sign_in(client, secretary)
        assert client.get(reverse("concerns:official", args=[row.pk])).status_code == 404

    def test_it_names_nobody_of_the_branch_that_asked(self, bloc, secretary, author):
        doubt = make_doubt(author, bloc.branch)
        words = {"question": QUESTION, "answer": "Không.", "why_it_matters": "Nhiều đồng chí hỏi."}
        for field in words:
            with pytest.raises(Refused, match="bỏ tên “Trần Người Hỏi”") as refusal:
                publish_answer(doubt, by=None, **(words | {field: "Đồng chí Trần Người Hỏi nêu."}))
            assert refusal.value.field == field
        assert not OfficialAnswer.objects.exists()

    def test_only_what_is_answered_and_only_a_doubtful_item(self, bloc, secretary, author):
        waiting = make_concern(author, bloc.branch, theme=Theme.DOUBT, passed_up=True)
        private = make_concern(author, bloc.branch, passed_up=True)
        answer_concern(private, answer="Sẽ sửa bếp.", by=None)
        at_home = make_concern(author, bloc.branch, theme=Theme.DOUBT)
        answer_concern(at_home, answer="Bí thư trả lời.", by=None)
        for concern in (waiting, private, at_home):
            with pytest.raises(Refused, match="chưa được cấp ủy trả lời"):
                publish_answer(concern, question=QUESTION, answer="x", why_it_matters="y", by=None)

    def test_twin_only_bodies_that_it_is_meant_for_read_it(self, client, bloc, secretary, author):
        row = make_official(author, bloc.branch, chosen=[bloc.section])
        address = reverse("concerns:official", args=[row.pk])
        inside = make_member(bloc.section_branch, name="Lê Bộ Phận")
        outside = make_member(bloc.neighbour_branch, name="Vũ Bên Cạnh")
        for person, status in ((inside, 200), (secretary, 404), (outside, 404)):
            sign_in(client, person)
            assert client.get(address).status_code == status, person.full_name
            listed = QUESTION in client.get(reverse("concerns:official_list")).content.decode()
            assert listed is (status == 200)
        with pytest.raises(ValueError, match="not directly below"):
            make_official(author, bloc.branch, chosen=[bloc.neighbour])

    def test_nobody_but_the_committee_publishes(self, client, bloc, secretary, author, officer):
        doubt = make_doubt(author, bloc.branch, way=Way.NAMED)
        other = make_member(bloc.other_branch, name="Hà Bí Thư", post=Post.SECRETARY)
        for person, status in ((other, 404), (author, 403), (secretary, 403), (officer, 200)):
            sign_in(client, person)
            answer = client.get(reverse("concerns:publication", args=[doubt.pk]))
            assert answer.status_code == status, person.full_name

    def test_what_is_forgotten_about_the_concern_leaves_the_answer(self, bloc, secretary, author):
        row = make_official(author, bloc.branch)
        forget_concerns(today() + timedelta(days=1))
        row.refresh_from_db()
        assert row.concern.author_id is None
        assert row.question == QUESTION
