"""Branches answer the questions of a directive or a focus; above stand numbers, and words where they agreed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from nenep.access.tests.make import sign_in, viewer_for
from nenep.directives.operations import withdraw_directive
from nenep.directives.tests.make import make_directive, receipt_in
from nenep.discussions.counting import questions_of
from nenep.discussions.models import Answer, Discussion
from nenep.discussions.operations import answer_questions
from nenep.discussions.tests.make import discuss, make_answer, source_of
from nenep.guidance.operations import revise_guidance
from nenep.guidance.tests.make import WORDS as FOCUS_WORDS
from nenep.guidance.tests.make import make_guidance
from nenep.journal.models import Event
from nenep.organizations.models import Kind
from nenep.organizations.operations import NewBody, merge_bodies
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import month_start, now, today
from nenep.shared.stale import Stale
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def neighbour(bloc):
    person = make_member(bloc.neighbour_branch, name="Vũ Sở Bê")
    make_office(person, bloc.neighbour, Post.SECRETARY)
    return person


@pytest.fixture
def issued(bloc, secretary):
    return make_directive(bloc.bloc, issued=True)


def page_of(name, row, *more):
    source = source_of(row)
    return reverse(f"discussions:{name}", args=[source.kind, source.pk, *more])


def numbers(person, row):
    """(answered, asked) of each question as this person sees them."""
    return [(one.answered, one.asked) for one in questions_of(viewer_for(person), source_of(row))]


class TestABranchAnswers:
    def test_only_after_its_meeting_and_while_it_is_in_force(self, client, bloc, secretary, issued):
        sign_in(client, secretary)
        address = page_of("answering", issued, bloc.branch.pk)
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, reverse("directives:page", args=[issued.pk]))
        with pytest.raises(Refused, match="chưa bàn"):
            make_answer(issued, bloc.branch)
        meeting = discuss(issued, bloc.branch, chair=secretary)
        assert (
            "Trả lời câu hỏi thảo luận"
            in client.get(reverse("directives:page", args=[issued.pk])).content.decode()
        )
        beside = client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
        assert page_of("branch", issued, bloc.branch.pk) in beside
        sent = {"answer_1": "Vì trùng lịch cơ quan.", "answer_2": "", "revision": "0"}
        assert client.post(address, sent).status_code == 302
        assert list(Answer.objects.values_list("question", "text")) == [
            ("Vì sao còn họp dồn?", "Vì trùng lịch cơ quan.")
        ]
        withdraw_directive(issued, reason="Thay văn bản khác.", by=None)
        assert client.post(address, sent).status_code == 409
        with pytest.raises(Refused, match="thu hồi"):
            make_answer(issued, bloc.branch)

    def test_words_of_the_minutes_are_offered_and_nothing_is_kept_until_it_is_said(
        self, client, bloc, secretary, issued
    ):
        discuss(issued, bloc.branch, chair=secretary, text="Hai kỳ bị dời.")
        sign_in(client, secretary)
        address = page_of("answering", issued, bloc.branch.pk)
        form = client.get(address)
        assert form.context["form"].initial.get("answer_1", "") == ""
        assert "Hai kỳ bị dời." in form.content.decode()
        events = Event.objects.count()
        taken = client.post(
            address, {"answer_1": "Một.", "answer_2": "Ba.", "revision": "0", "take": "notes:1"}
        )
        assert taken.context["form"]["answer_1"].value() == "Một.\nHai kỳ bị dời."
        assert taken.context["form"]["answer_2"].value() == "Ba."
        assert not Discussion.objects.exists()
        assert Event.objects.count() == events
        assert client.post(address, {"answer_1": "", "revision": "0", "take": "minutes:9"}).status_code == 422

    def test_it_names_nobody(self, client, bloc, secretary, issued):
        discuss(issued, bloc.branch, chair=secretary)
        sign_in(client, secretary)
        sent = {"answer_2": "Đồng chí nguyen bi thu giữ lịch.", "revision": "0"}
        answer = client.post(page_of("answering", issued, bloc.branch.pk), sent)
        assert answer.status_code == 422
        assert "bỏ tên “Nguyễn Bí Thư”" in str(answer.context["form"].errors["answer_2"])

    def test_two_who_write_at_once_see_both_and_the_same_twice_is_one(self, bloc, secretary, issued):
        discuss(issued, bloc.branch, chair=secretary)
        with pytest.raises(Refused, match="ít nhất một câu"):
            answer_questions(source_of(issued), bloc.branch.pk, texts={}, may_be_read=True, by=None)
        made = make_answer(issued, bloc.branch, "Một.")
        assert make_answer(issued, bloc.branch, "Một.").revision == made.revision == 1
        with pytest.raises(Stale) as clash:
            make_answer(issued, bloc.branch, "Hai.")
        assert clash.value.rows == [("Vì sao còn họp dồn?", "Một.")]
        source = source_of(issued)
        answer_questions(source, bloc.branch.pk, texts={}, may_be_read=True, seen=1, by=None)
        assert not Answer.objects.exists()

    def test_twin_no_other_branch_and_no_committee_writes_for_it(
        self, client, bloc, secretary, officer, issued
    ):
        discuss(issued, bloc.branch, chair=secretary)
        other = make_member(bloc.other_branch, name="Hà Bí Thư", post=Post.SECRETARY)
        member = make_member(bloc.branch, name="Trần Đảng Viên")
        address = page_of("answering", issued, bloc.branch.pk)
        for person, status in ((other, 404), (officer, 404), (member, 403), (secretary, 200)):
            sign_in(client, person)
            assert client.get(address).status_code == status, person.full_name


class TestAbove:
    def test_each_question_says_how_many_of_how_many_asked(self, bloc, secretary, officer, upper, issued):
        discuss(issued, bloc.branch, chair=secretary)
        discuss(issued, bloc.neighbour_branch)
        assert numbers(upper, issued) == [(0, 5), (0, 5)]
        make_answer(issued, bloc.branch)
        assert numbers(upper, issued) == [(1, 5), (0, 5)]
        assert numbers(officer, issued) == [(1, 3), (0, 3)]
        (first, _second) = questions_of(viewer_for(upper), source_of(issued))
        assert first.discussed == 2
        assert [(area.name, area.answered, len(area.rows)) for area in first.areas] == [
            ("Đảng bộ Sở A", 1, 3),
            ("Chi bộ trực thuộc", 0, 1),
            ("Đảng bộ Sở B", 0, 1),
        ]

    def test_words_stand_there_only_where_the_branch_agreed(self, client, bloc, secretary, upper, issued):
        discuss(issued, bloc.branch, chair=secretary)
        discuss(issued, bloc.neighbour_branch)
        make_answer(issued, bloc.branch, "Lời giữ lại.")
        make_answer(issued, bloc.neighbour_branch, "Lời cho đọc.", open_above=True)
        sign_in(client, upper)
        page = client.get(page_of("answers", issued)).content.decode()
        assert "Lời cho đọc." in page
        assert "Lời giữ lại." not in page
        assert "1 chi bộ đã trả lời mà không cho đọc" in page
        assert "2 trên 5 chi bộ được hỏi đã trả lời" in page
        file = client.get(page_of("answers", issued), {"csv": "1"}).content.decode()
        assert "Lời cho đọc." in file
        assert "Lời giữ lại." not in file
        assert file.count("Chưa trả lời") == 8
        assert client.get(page_of("branch", issued, bloc.neighbour_branch.pk)).status_code == 200
        assert client.get(page_of("branch", issued, bloc.branch.pk)).status_code == 404

    def test_twin_a_committee_reads_what_is_below_it_and_nothing_else(
        self, client, bloc, secretary, officer, neighbour, issued
    ):
        discuss(issued, bloc.branch, chair=secretary)
        make_answer(issued, bloc.branch, "Lời của Sở A.", open_above=True)
        for person, seen in ((officer, True), (neighbour, False)):
            sign_in(client, person)
            page = client.get(page_of("answers", issued)).content.decode()
            assert ("Lời của Sở A." in page) is seen
            assert ("Chi bộ Văn phòng Sở A" in page) is seen
            status = client.get(page_of("branch", issued, bloc.branch.pk)).status_code
            assert status == (200 if seen else 404)
        sign_in(client, secretary)
        assert client.get(page_of("answers", issued)).status_code == 403

    def test_an_answer_to_the_same_question_further_down_counts_above(self, bloc, secretary, upper, issued):
        lower = make_directive(
            bloc.organization,
            issued=True,
            carries_out=(receipt_in(issued, bloc.organization), []),
            title="Kế hoạch của Sở A",
            questions="Ai nhắc lịch?\nvì sao còn họp dồn ?",
        )
        discuss(lower, bloc.branch, chair=secretary)
        texts = {"Ai nhắc lịch?": "Phó bí thư.", "vì sao còn họp dồn ?": "Trùng lịch."}
        answer_questions(source_of(lower), bloc.branch.pk, texts=texts, may_be_read=True, by=None)
        assert numbers(upper, issued) == [(1, 5), (0, 5)]
        (first, _second) = questions_of(viewer_for(upper), source_of(issued))
        assert [row.text for area in first.areas for row in area.read] == ["Trùng lịch."]

    def test_a_branch_that_has_ended_is_not_asked_any_more(self, bloc, secretary, upper, issued):
        discuss(issued, bloc.branch, chair=secretary)
        make_answer(issued, bloc.branch)
        into = NewBody(
            code="M1", name="Chi bộ Hợp nhất", kind=Kind.SUBORDINATE_BRANCH, parent=bloc.organization
        )
        merge_bodies([bloc.branch, bloc.other_branch], into=into, day=today(), by=None)
        assert numbers(upper, issued) == [(0, 4), (0, 4)]

    def test_the_questions_of_a_focus_are_answered_alike(self, client, bloc, secretary, officer):
        # Also on the first of a month shortly after midnight, when the meeting was yesterday.
        first = month_start(localdate(now() - timedelta(hours=3)))
        months = {"first_month": first, "last_month": month_start(today())}
        focus = make_guidance(bloc.organization, published=True, **months)
        discuss(focus, bloc.branch, chair=secretary)
        make_answer(focus, bloc.branch, "Bảo vệ giữ chìa khóa.", open_above=True)
        assert numbers(officer, focus) == [(1, 3), (0, 3)]
        words = FOCUS_WORDS | {
            "questions": "Bình chữa cháy còn hạn không?\nTập lúc nào?",
            "note": "Hỏi gọn hơn.",
        }
        revise_guidance(focus, words=words, seen=focus.revision, by=None)
        focus = type(focus).objects.get(pk=focus.pk)
        # What was asked before and is asked no more has no place.
        assert numbers(officer, focus) == [(0, 3), (0, 3)]
        sign_in(client, officer)
        page = client.get(reverse("guidance:page", args=[focus.pk])).content.decode()
        assert page_of("answers", focus) in page

    def test_many_branches_are_read_by_as_many_statements_as_one(
        self, bloc, secretary, upper, issued, django_assert_max_num_queries
    ):
        viewer, source = viewer_for(upper), source_of(issued)
        for body in (bloc.branch, bloc.neighbour_branch):
            discuss(issued, body)
            make_answer(issued, body, open_above=True)
        with django_assert_max_num_queries(14):
            questions_of(viewer, source)
