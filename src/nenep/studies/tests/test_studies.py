"""A body holds a study session, branches say who was there, and a check leaves counts alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from nenep.access.tests.make import sign_in, viewer_for
from nenep.directives.figures import member_figures
from nenep.directives.reading import followed
from nenep.directives.reads import states_of
from nenep.directives.tests.make import make_directive, receipt_in
from nenep.journal.models import Event
from nenep.people.models import Post, Status
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import Refused
from nenep.studies.counting import branches_of, told_questions
from nenep.studies.models import CheckOption, CheckTaken, Present, Session
from nenep.studies.operations import answer_check, ask, close_session, remove_session, say_present
from nenep.studies.tests.make import make_question, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def member(bloc, secretary):
    return make_member(bloc.branch, name="Trần Đảng Viên")


@pytest.fixture
def issued(bloc):
    return make_directive(bloc.bloc, issued=True)


def address(name, session):
    return reverse(f"studies:{name}", args=[session.pk])


def counts(person, session):
    return {one.name: (one.present, one.members) for one in branches_of(viewer_for(person), session)}


class TestWhoWasThere:
    def test_a_branch_says_it_and_the_directive_has_reached_them(
        self, client, bloc, secretary, member, issued, officer
    ):
        session = make_session(bloc.organization, directive=issued)
        sign_in(client, secretary)
        assert "Ghi người dự" in client.get(address("page", session)).content.decode()
        form = client.get(address("roll", session)).context["form"]
        assert {key for key, _name in form.fields["members"].choices} == {secretary.pk, member.pk}
        sent = {"was": form.initial["was"], "members": [secretary.pk]}
        assert client.post(address("roll", session), sent).status_code == 302
        (state,) = states_of(issued, [receipt_in(issued, bloc.branch)])
        assert state.disseminated_on is None
        assert (state.studied, len(state.members)) == (1, 2)
        client.post(
            address("roll", session), {"was": str(secretary.pk), "members": [secretary.pk, member.pk]}
        )
        (state,) = states_of(issued, [receipt_in(issued, bloc.branch)])
        assert state.disseminated_on == localdate(session.held_at)
        assert state.discussed_on is None
        page = client.get(reverse("directives:page", args=[issued.pk])).content.decode()
        assert address("page", session) in page

    def test_a_session_over_another_directive_reaches_nobody_of_this_one(self, bloc, member, issued):
        other = make_directive(bloc.bloc, issued=True, title="Việc khác")
        session = make_session(bloc.organization, directive=other)
        say_present(session, bloc.branch.pk, was=(), chosen=[member.pk], by=None)
        (state,) = states_of(issued, [receipt_in(issued, bloc.branch)])
        assert state.studied == 0

    def test_what_another_said_meanwhile_stays(self, bloc, secretary, member):
        session = make_session(bloc.organization)
        say_present(session, bloc.branch.pk, was=(), chosen=[member.pk], by=None)
        assert say_present(session, bloc.branch.pk, was=(), chosen=[secretary.pk], by=None) == 2
        events = Event.objects.count()
        say_present(session, bloc.branch.pk, was=(), chosen=[secretary.pk], by=None)
        assert Event.objects.count() == events
        assert say_present(session, bloc.branch.pk, was=[member.pk], chosen=[], by=None) == 1
        both = [member.pk, secretary.pk]
        assert say_present(session, bloc.branch.pk, was=both, chosen=both, by=None) == 1

    def test_nobody_of_another_branch_and_nobody_who_is_suspended(self, client, bloc, secretary, member):
        session = make_session(bloc.organization)
        stranger = make_member(bloc.other_branch)
        change_status(member, status=Status.SUSPENDED, start=today() - timedelta(days=9), by=None)
        for person in (stranger, member):
            with pytest.raises(ValueError, match="are not on the list"):
                say_present(session, bloc.branch.pk, was=(), chosen=[person.pk], by=None)
        assert not Present.objects.exists()
        sign_in(client, secretary)
        form = client.get(address("roll", session)).context["form"]
        assert [key for key, _name in form.fields["members"].choices] == [secretary.pk]

    def test_not_before_it_begins_and_not_after_it_is_closed(self, client, bloc, secretary):
        session = make_session(bloc.organization, hours=2)
        sign_in(client, secretary)
        assert client.get(address("roll", session)).url == address("page", session)
        with pytest.raises(Refused, match="chưa đến giờ"):
            say_present(session, bloc.branch.pk, was=(), chosen=[secretary.pk], by=None)
        with clock_at(now() + timedelta(hours=3)):
            say_present(session, bloc.branch.pk, was=(), chosen=[secretary.pk], by=None)
            close_session(session, by=None)
            with pytest.raises(Refused, match="kết thúc ghi"):
                say_present(session, bloc.branch.pk, was=(), chosen=[], by=None)

    def test_entered_by_mistake_it_goes_unless_somebody_was_there(self, bloc, secretary):
        session = make_session(bloc.branch)
        say_present(session, bloc.branch.pk, was=(), chosen=[secretary.pk], by=None)
        with pytest.raises(Refused, match="không bỏ được"):
            remove_session(session, by=None)
        remove_session(make_session(bloc.branch, title="Nhầm"), by=None)
        assert list(Session.objects.all()) == [session]


class TestAbove:
    def test_of_how_many_by_branch_and_summed(self, client, bloc, secretary, member, officer, upper, issued):
        session = make_session(bloc.bloc, directive=issued)
        say_present(session, bloc.branch.pk, was=(), chosen=[member.pk], by=None)
        assert counts(upper, session) == {
            "Chi bộ Văn phòng Sở A": (1, 2),
            "Chi bộ Thanh tra Sở A": (0, 1),
            "Chi bộ Phòng Kỹ thuật": (0, 0),
            "Chi bộ Hội D": (0, 1),
            "Chi bộ Văn phòng Sở B": (0, 0),
        }
        sign_in(client, upper)
        page = client.get(address("page", session)).content.decode()
        assert "Đã học: 1 trên 4 đồng chí" in page
        assert "Trần Đảng Viên" not in page
        states = states_of(issued, followed(viewer_for(upper), issued))
        figure = next(one for one in member_figures(states) if one.key == "studied")
        assert (figure.value, figure.base) == (1, 4)

    def test_twin_a_committee_sees_its_own_branches_and_a_branch_itself(
        self, bloc, secretary, officer, member
    ):
        session = make_session(bloc.bloc)
        say_present(session, bloc.branch.pk, was=(), chosen=[member.pk], by=None)
        assert set(counts(officer, session)) == {
            "Chi bộ Văn phòng Sở A", "Chi bộ Thanh tra Sở A", "Chi bộ Phòng Kỹ thuật"
        }  # fmt: skip
        assert counts(secretary, session) == {"Chi bộ Văn phòng Sở A": (1, 2)}
        assert counts(member, session) == {}

    def test_twin_who_stands_beside_sees_no_session(self, client, bloc, secretary):
        beside = make_member(bloc.neighbour_branch, name="Vũ Bên Cạnh", post=Post.SECRETARY)
        session = make_session(bloc.organization)
        sign_in(client, beside)
        for name in ("page", "roll", "check"):
            assert client.get(address(name, session)).status_code == 404
        assert list(Session.objects.visible_to(viewer_for(secretary))) == [session]

    def test_the_page_costs_the_same_however_many_were_there(self, client, bloc, officer):
        session = make_session(bloc.organization)
        sign_in(client, officer)
        client.get(address("page", session))
        with CaptureQueriesContext(connection) as first:
            client.get(address("page", session))
        people = make_members(bloc.branch, 3)
        say_present(session, bloc.branch.pk, was=(), chosen=[one.pk for one in people], by=None)
        with CaptureQueriesContext(connection) as second:
            client.get(address("page", session))
        assert len(second) == len(first)


class TestTheCheck:
    def test_counts_and_nothing_about_who_chose_what(self, client, bloc, secretary, member):
        session = make_session(bloc.organization)
        question = make_question(session)
        right, wrong, _last = question.options.all()
        sign_in(client, member)
        assert client.post(address("check", session), {}).status_code == 422
        answer = client.post(address("check", session), {f"question_{question.pk}": wrong.pk}, follow=True)
        assert "trả lời đúng 0 trên 1 câu" in answer.content.decode()
        again = client.post(address("check", session), {f"question_{question.pk}": right.pk})
        assert again.url == address("page", session)
        with pytest.raises(Refused, match="đã được đếm"):
            answer_check(session, {question.pk: right.pk}, by=viewer_for(member))
        assert list(CheckOption.objects.values_list("chosen", flat=True)) == [0, 1, 0]
        assert [name.name for name in CheckTaken._meta.get_fields()] == ["id", "session", "member"]
        event = Event.objects.get(verb="session.answered")
        assert (event.actor, event.subject) == ("system", None)
        with pytest.raises(Refused, match="Đã có đồng chí trả lời"):
            ask(session, text="Câu nữa?", options=["Có", "Không"], right=1, by=None)

    def test_counts_are_told_when_it_is_closed_and_five_have_answered(self, client, bloc, officer):
        session = make_session(bloc.organization)
        question = make_question(session)
        people = make_members(bloc.branch, 5)
        for person in people[:4]:
            answer_check(session, {question.pk: question.options.first().pk}, by=viewer_for(person))
        close = make_session(bloc.organization, title="Ít người")
        other = make_question(close)
        for person in people[:4]:
            answer_check(close, {other.pk: other.options.first().pk}, by=viewer_for(person))
        close_session(close, by=None)
        assert told_questions(close) == []
        answer_check(session, {question.pk: question.options.last().pk}, by=viewer_for(people[4]))
        assert told_questions(session) == []
        close_session(session, by=None)
        (told,) = told_questions(session)
        assert [option.chosen for option in told.options.all()] == [4, 0, 1]
        sign_in(client, officer)
        assert "Mỗi tháng (đúng): 4 người" in client.get(address("page", session)).content.decode()
        sign_in(client, people[0])
        assert "4 người" not in client.get(address("page", session)).content.decode()

    def test_an_option_of_another_question_and_half_an_answer_are_refused(self, bloc, member):
        session = make_session(bloc.organization)
        first = make_question(session)
        second = ask(session, text="Ai chủ trì?", options=["Bí thư", "Kế toán"], right=1, by=None)
        for chosen in (
            {first.pk: first.options.first().pk},
            {first.pk: second.options.first().pk, second.pk: second.options.first().pk},
        ):
            with pytest.raises(Refused, match="trả lời đủ"):
                answer_check(session, chosen, by=viewer_for(member))
        assert not CheckTaken.objects.exists()

    @pytest.mark.parametrize(("options", "right"), [(["Một"], 1), (["Một", "Hai"], 3), (["a"] * 5, 1)])
    def test_two_to_four_options_and_one_of_them_is_right(self, bloc, options, right):
        with pytest.raises(Refused):
            ask(make_session(bloc.organization), text="Câu?", options=options, right=right, by=None)

    def test_at_most_five_questions(self, bloc):
        session = make_session(bloc.organization)
        for number in range(5):
            ask(session, text=f"Câu {number}?", options=["Có", "Không"], right=1, by=None)
        with pytest.raises(Refused, match="Nhiều nhất 5"):
            ask(session, text="Câu nữa?", options=["Có", "Không"], right=1, by=None)


def test_an_officer_enters_it_once(client, bloc, officer, issued, secretary):
    sign_in(client, officer)
    form = reverse("studies:holding", args=[bloc.organization.pk])
    assert client.get(form, {"directive": issued.pk}).context["form"].initial["directive"] == issued.pk
    sent = {
        "directive": issued.pk,
        "title": "Quán triệt",
        "held_at_0": f"{today():%d/%m/%Y}",
        "held_at_1": "00:00",
        "place": "Hội trường",
        "presenter": "Báo cáo viên",
        "once": "7b0e6f0e-4a4b-4f43-9a62-6b5a7d5c0009",
    }
    for _press in range(2):
        answer = client.post(form, sent)
    session = Session.objects.get()
    assert answer.url == address("page", session)
    assert session.directive == issued
    client.post(address("questions", session), {"text": "Câu?", "options": "Có\nKhông", "right": "1"})
    assert session.check_questions.get().options.count() == 2
    client.post(address("closing", session))
    session.refresh_from_db()
    assert session.closed_at is not None
    assert client.post(address("closing", session)).url == address("page", session)
    sign_in(client, secretary)
    assert client.post(form, sent).status_code == 404
