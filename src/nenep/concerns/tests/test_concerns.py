"""A concern is known to its author and to whoever owes the answer, by the way that the author chose, and to nobody else."""

import json
from datetime import timedelta

import pytest
from django.db.models import Q
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.concerns import operations, querysets
from nenep.concerns.jobs import remind_of_overdue
from nenep.concerns.models import Concern, ConcernStatus, Theme, Way
from nenep.concerns.operations import answer_concern, pass_up, take_back
from nenep.concerns.reads import keepers_of
from nenep.concerns.tests.make import TEXT, make_concern
from nenep.journal.models import Event
from nenep.meetings.suggesting import suggested_for, take_suggestion
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Delivery, Notice
from nenep.notices.operations import notify
from nenep.people.models import Office, Post
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member, make_office
from nenep.privacy.kept import kept_about
from nenep.privacy.retention import forget_what_is_over
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

NAME = "Trần Thị Tâm"


@pytest.fixture
def branch(bloc):
    return bloc.branch


@pytest.fixture
def deputy(branch):
    return make_member(branch, name="Lê Phó", post=Post.DEPUTY)


@pytest.fixture
def author(branch, secretary):
    return make_member(branch, name=NAME)


@pytest.fixture
def officer(bloc):
    member = make_member(bloc.other_branch, name="Phạm Đảng Ủy")
    make_office(member, bloc.organization, Post.OFFICER)
    return member


def page(concern, name="page"):
    return reverse(f"concerns:{name}", args=[concern.pk])


def look(client, person, concern):
    """The page of a concern as text; its status where it does not show."""
    sign_in(client, person)
    answer = client.get(page(concern))
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def test_a_concern_is_raised_once_answered_and_its_author_told(client, branch, secretary, author):
    sign_in(client, author)
    form = client.get(reverse("concerns:raising"))
    typed = {"theme": "living", "text": TEXT, "way": "secretary_only", "for_others": "on"}
    typed["once"] = form.context["form"]["once"].value()
    assert "Nguyễn Bí Thư" in form.content.decode()
    assert "15 ngày" in form.content.decode()
    for _press in range(2):
        assert client.post(reverse("concerns:raising"), typed)["Location"] == reverse("concerns:mine")
    wrong = client.post(reverse("concerns:raising"), {"text": "Giữ lại chữ này."})
    assert wrong.status_code == 422
    assert "Giữ lại chữ này." in wrong.content.decode()
    concern = Concern.objects.get()
    assert (concern.body_id, concern.for_others, concern.answer_by) == (
        branch.pk,
        True,
        today() + timedelta(days=15),
    )
    assert "Trả lời</a>" not in look(client, author, concern)
    assert NAME in look(client, secretary, concern)
    assert (
        reverse("concerns:page", args=[concern.pk])
        in client.get(reverse("concerns:waiting")).content.decode()
    )
    assert client.post(page(concern, "answer"), {"answer": "Tuần sau kê thêm bàn."}).status_code == 302
    notice = Notice.objects.get(member=author)
    assert (notice.url, notice.text, notice.about_id) == (reverse("concerns:mine"), "", None)
    assert "Tuần sau kê thêm bàn." in look(client, author, concern)
    assert not client.get(reverse("concerns:mine")).context["rows"][0].is_open


def test_nobody_but_author_and_secretary_sees_it_and_without_the_guard_they_would(
    client, bloc, branch, secretary, deputy, author, officer, monkeypatch
):
    helper = make_member(branch, post=Post.COMMITTEE_MEMBER)
    elsewhere = make_member(bloc.neighbour_branch, post=Post.SECRETARY)
    upper = make_member(bloc.lone_branch)
    make_office(upper, bloc.bloc, Post.OFFICER)
    concern = make_concern(author, branch)
    make_meeting(branch, chair=deputy, note_taker=helper, at=now() + timedelta(days=5))
    others = [make_member(branch), deputy, helper, elsewhere, officer, upper]
    for person in others:
        assert look(client, person, concern) == 404, person
        assert client.post(page(concern, "answer"), {"answer": "Tôi biết."}).status_code == 404
    assert TEXT in look(client, secretary, concern)
    monkeypatch.setattr(querysets, "_kept", lambda viewer: ~Q(pk=0))
    assert TEXT in look(client, deputy, concern)


def test_the_office_owes_the_answer_whoever_holds_it(client, bloc, branch, secretary, deputy, author):
    concern = make_concern(author, branch)
    transfer(author, to=bloc.neighbour_branch, day=today(), by=None)
    assert TEXT in look(client, author, concern)
    assert NAME in look(client, secretary, concern)
    Office.objects.filter(member=secretary).update(valid_to=today())
    assert look(client, secretary, concern) == 404
    assert NAME in look(client, deputy, concern)  # while there is no secretary
    successor = make_member(branch, name="Vũ Kế Nhiệm")
    make_office(successor, branch, Post.SECRETARY, since=today())
    assert look(client, deputy, concern) == 404
    assert NAME in look(client, successor, concern)
    own = make_concern(successor, branch)
    assert keepers_of(branch.pk, successor.pk) == [deputy.pk]
    assert TEXT in look(client, deputy, own)
    assert client.get(page(own, "answer")).status_code == 200


def test_the_committee_sees_it_from_passing_up_on_and_the_name_only_with_consent(
    client, branch, secretary, author, officer
):
    hidden, named = make_concern(author, branch), make_concern(author, branch, may_be_named_above=True)
    assert look(client, officer, hidden) == 404
    sign_in(client, secretary)
    for concern in (hidden, named):
        assert client.post(page(concern, "passing_up"), {"asked": "Xin kinh phí."}).status_code == 302
        assert client.get(page(concern, "answer"))["Location"] == page(concern)
    shown = look(client, officer, hidden)
    assert "Xin kinh phí." in shown
    assert NAME not in shown
    assert NAME in look(client, officer, named)  # the twin: it could have been shown
    assert client.post(page(hidden, "answer"), {"answer": "Đã duyệt."}).status_code == 302
    assert Notice.objects.filter(member=author, kind="concern.answered").count() == 1
    assert Notice.objects.filter(member=secretary, kind="concern.answered").count() == 1
    assert "Đã duyệt." in look(client, secretary, hidden)


def test_the_second_of_two_answers_is_told_and_what_is_taken_back_is_the_authors(
    client, branch, secretary, author
):
    concern, other = make_concern(author, branch), make_concern(author, branch)
    late = Concern.objects.get(pk=concern.pk)
    answer_concern(concern, answer="Một.", by=viewer_for(secretary))
    with pytest.raises(Refused, match="đã có trả lời"):
        answer_concern(late, answer="Hai.", by=viewer_for(secretary))
    sign_in(client, secretary)
    told = client.post(page(concern, "answer"), {"answer": "Trả lời hai."})
    assert told.status_code == 409
    assert "Trả lời hai." in told.content.decode()
    assert Concern.objects.get(pk=concern.pk).answer == "Một."
    passed = make_concern(author, branch)
    late = Concern.objects.get(pk=passed.pk)
    pass_up(passed, asked="Xin kinh phí.", by=viewer_for(secretary))
    with pytest.raises(Refused, match="cấp trên trả lời"):
        answer_concern(late, answer="Thôi.", by=viewer_for(secretary))
    sign_in(client, author)
    assert client.post(page(other, "taking_back"))["Location"] == reverse("concerns:mine")
    with pytest.raises(Refused, match="được rút lại"):
        take_back(other, by=viewer_for(author))
    assert TEXT in look(client, author, other)
    assert look(client, secretary, other) == 404
    sign_in(client, author)
    assert client.get(page(concern, "taking_back"))["Location"] == page(concern)


def test_no_event_or_notice_links_an_unnamed_concern_to_its_author(client, branch, secretary, author):
    """The twin: a concern whose author is named before the branch leaves the name in the same places."""
    for way, is_linked in ((Way.SECRETARY_ONLY, False), (Way.READ_BY_CHAIR, False), (Way.NAMED, True)):
        since = Event.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        concern = make_concern(author, branch, way=way)
        look(client, secretary, concern)
        pass_up(concern, asked=TEXT, by=viewer_for(secretary))
        look(client, author, concern)
        answer_concern(concern, answer=TEXT, by=None)
        written = Event.objects.filter(seq__gt=since, verb__startswith="concern.")
        assert {event.verb for event in written} == {
            f"concern.{step}" for step in ("raised", "read", "passed_up", "answered")
        }
        told = list(Event.objects.filter(seq__gt=since).values("actor", "subject", "details", "verb"))
        told = [one for one in told if one["verb"].startswith(("concern.", "notice."))]
        assert TEXT not in json.dumps(told)
        linked = [one for one in told if one["subject"] == author.pk or one["actor"] == f"member:{author.pk}"]
        assert bool(linked) == is_linked, linked
        make = make_concern(author, branch, way=way)
        before = Event.objects.count()
        take_back(make, by=viewer_for(author))
        actors = Event.objects.order_by("-seq")[: Event.objects.count() - before].values_list(
            "actor", flat=True
        )
        assert (f"member:{author.pk}" in set(actors)) == is_linked
    mine = Notice.objects.filter(member=author)
    assert mine.count() == 6
    assert not mine.exclude(about_id=None).exists()


def test_no_delivery_tells_those_who_lead_whom_an_answer_went_to_and_an_ordinary_notice_would(
    branch, secretary, deputy, author
):
    """Whom no account reaches is told on paper from a list of those who lead, who also see the other ways."""
    told = Delivery.objects.filter(notice__member=author)
    seen = told.visible_to(viewer_for(deputy))
    answer_concern(make_concern(author, branch), answer="Đã rõ.", by=None)
    assert not told.exists()
    notify([author.pk], kind="concern.answered", title="Thử", body=branch.pk, by=None)
    assert seen.by_hand().count() == 1
    viewer_for(author)  # has an account from now on
    answer_concern(make_concern(author, branch), answer="Đã rõ.", by=None)
    assert (told.count(), seen.count()) == (2, 1)
    notify([author.pk], kind="concern.answered", title="Thử", body=branch.pk, by=None)
    assert (told.count(), seen.count()) == (3, 2)


def test_the_agenda_is_offered_what_is_for_the_branch_with_a_name_only_where_it_is_wanted(
    branch, secretary, author
):
    secret = make_concern(author, branch, text="Điều riêng.")
    read = make_concern(author, branch, way=Way.READ_BY_CHAIR, text="Nhờ đọc.")
    named = make_concern(author, branch, way=Way.NAMED, theme=Theme.UNITY, text="Tôi nêu.")
    meeting = make_meeting(branch, chair=secretary, at=now() + timedelta(days=5))
    offers = {offer.key: offer for offer in suggested_for(meeting, [], with_points=False).offers}
    assert f"concern:{secret.pk}" not in offers
    said = offers[f"concern:{read.pk}"]
    assert said.questions == "Nhờ đọc."
    assert NAME not in f"{said.title} {said.why} {said.questions}"
    assert NAME in offers[f"concern:{named.pk}"].why
    take_suggestion(meeting, key=f"concern:{read.pk}", by=viewer_for(secretary))
    answer_concern(named, answer="Đã rõ.", by=None)
    left = suggested_for(meeting, meeting.items.all(), with_points=False).offers
    assert not [offer for offer in left if offer.key.startswith("concern:")]
    with clock_at(now() + timedelta(days=32)):
        later = make_meeting(branch, chair=secretary, at=now() + timedelta(days=5))
        again = suggested_for(later, [], with_points=False).offers
    assert f"concern:{read.pk}" not in {offer.key for offer in again}


def test_a_way_that_the_committee_does_not_offer_is_refused(client, branch, author, monkeypatch):
    monkeypatch.setattr(operations, "ways_offered", lambda _body: [Way.NAMED])
    with pytest.raises(Refused, match="chọn cách khác") as refused:
        make_concern(author, branch)
    assert refused.value.field == "way"
    assert make_concern(author, branch, way=Way.NAMED).pk
    Office.objects.filter(body=branch).update(valid_to=today())
    with pytest.raises(Refused, match="chưa có bí thư"):
        make_concern(author, branch, way=Way.NAMED)


def test_author_and_text_are_shown_to_the_author_until_they_are_forgotten_and_the_count_stays(
    client, branch, secretary, author
):
    with clock_at(now() - timedelta(days=740)):
        old = make_concern(author, branch)
    new = make_concern(author, branch, text="Điều mới.")
    answer_concern(old, answer="Đã kê bàn.", by=viewer_for(secretary))
    kept = " ".join(one.value for one in kept_about(author.pk))
    assert TEXT in kept
    assert TEXT not in " ".join(one.value for one in kept_about(secretary.pk))
    assert forget_what_is_over()["concerns.Concern"] == 1
    row = Concern.objects.get(pk=old.pk)
    assert (row.author_id, row.text, row.answer, row.answered_by_id) == (None, "", "", None)
    assert (row.theme, row.status) == (Theme.LIVING, ConcernStatus.ANSWERED)
    assert look(client, author, old) == look(client, secretary, old) == 404
    assert "Điều mới." in look(client, author, new)


def test_what_is_overdue_stands_first_and_a_page_of_many_costs_as_one_of_few(
    client, branch, secretary, author, django_assert_max_num_queries
):
    new = make_concern(author, branch)
    with clock_at(now() - timedelta(days=20)):
        late = make_concern(author, branch)
    for _more in range(5):
        make_concern(author, branch)
    sign_in(client, secretary)
    client.get(reverse("concerns:waiting"))
    with django_assert_max_num_queries(13):
        shown = client.get(reverse("concerns:waiting"))
    assert [row for row, _name in shown.context["rows"]][:2] == [late, new]
    assert "Quá hạn trả lời" in shown.content.decode()


def test_whoever_owes_an_overdue_answer_is_reminded_once(branch, secretary, author, officer):
    with clock_at(now() - timedelta(days=20)):
        late = make_concern(author, branch)
        passed = make_concern(author, branch, passed_up=True)
        answer_concern(make_concern(author, branch), answer="Đã rõ.", by=None)
    make_concern(author, branch)
    assert (remind_of_overdue(), remind_of_overdue()) == (2, 0)
    told = Notice.objects.filter(kind="concern.overdue").values_list("member", "about_id")
    assert set(told) == {(secretary.pk, late.pk), (officer.pk, passed.pk)}
