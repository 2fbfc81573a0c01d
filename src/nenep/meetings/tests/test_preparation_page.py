"""The preparation page and its agenda: the next deed first, one list that is arranged in place, its time, its focus."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import make_account, sign_in
from nenep.assignments.models import AssignmentStatus, Result
from nenep.assignments.operations import report_progress, review
from nenep.assignments.tests.make import make_past_work
from nenep.journal.models import Event
from nenep.meetings import agenda, preparation
from nenep.meetings.agenda import add_item
from nenep.meetings.answers import answer_opinion, propose, write_opinion
from nenep.meetings.models import AgendaItem, MeetingStatus, Reply
from nenep.meetings.suggesting import drop_suggestion, points_for, restore_suggestion
from nenep.meetings.tests.make import HELD_AT, acting, make_meeting, press
from nenep.organizations.models import UnitType
from nenep.organizations.operations import reclassify_body
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.rulebook import rules_on
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db
DAYS_BEFORE = HELD_AT - timedelta(days=9)


@pytest.fixture(scope="module")
def meeting_once(database_of_the_file):
    branch = make_body()
    secretary = make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    make_members(branch, 3)
    make_account(secretary)
    with clock_at(DAYS_BEFORE):
        return make_meeting(branch, status=MeetingStatus.PLANNED, chair=secretary)


@pytest.fixture(autouse=True)
def days_before():
    """A meeting is prepared before it is held, whatever day the tests run on."""
    with clock_at(DAYS_BEFORE):
        yield


@pytest.fixture
def meeting(client, meeting_once):
    meeting = anew(meeting_once)
    sign_in(client, meeting.chair)
    return meeting


def page(client, meeting, name="agenda"):
    return client.get(reverse(f"meetings:{name}", args=[meeting.pk])).content.decode()


def sent(meeting, deed="", **changed):
    """What the page sends: for every line what it showed and what it holds; `changed`: "minutes_<item>" and so on."""
    data = {"deed": deed} if deed else {}
    for item in meeting.items.all():
        shown = {"minutes": item.minutes, "presenter": item.presenter_id or ""}
        for name, value in shown.items():
            data[f"initial-i{item.pk}-{name}"] = value
            data[f"i{item.pk}-{name}"] = changed.get(f"{name}_{item.pk}", value)
    return data


def post(client, meeting, data, **headers):
    return client.post(reverse("meetings:agenda", args=[meeting.pk]), data, headers=headers)


def titles(meeting):
    return list(meeting.items.values_list("title", flat=True))


def test_the_source_stands_once_and_rows_tell_only_what_differs(client, meeting):
    add_item(meeting, title="Mua máy quét", minutes=5, category="discussion", by=None)
    text = page(client, meeting)
    source = meeting.items.exclude(step="").first().why
    assert text.count(f"Các mục có sẵn {source}") == 1
    assert text.count("Vì sao có mục này") == 1
    assert "Vì sao có mục này: chi ủy đề nghị." in text


def test_opinions_are_counted_without_proposals_and_say_how_many_lack_an_answer(client, meeting):
    """R140: how many have prepared. A proposal is offered for the agenda, an answered opinion waits for nothing."""
    member = acting(make_member(meeting.body, name="Trần Đảng Viên"))
    with clock_at(HELD_AT - timedelta(days=5)):
        propose(meeting, subject="Bàn việc gửi xe", text="Chật.", by=member)
        assert "Ý kiến đảng viên gửi trước" not in page(client, meeting, "preparation")
        rows = [write_opinion(meeting, text=f"Ý {n}.", item_id=None, by=member) for n in range(3)]
        answer_opinion(rows[0], reply=Reply.ADOPTED, reason="", by=None)
        assert "Có 3 ý kiến, 2 ý kiến chưa trả lời." in page(client, meeting, "preparation")
        for row in rows[1:]:
            answer_opinion(row, reply=Reply.ADOPTED, reason="", by=None)
        assert "Có 3 ý kiến, đã trả lời cả." in page(client, meeting, "preparation")


def test_the_next_deed_comes_first_and_the_agenda_in_one_line(client, meeting):
    text = page(client, meeting, "preparation")
    minutes = sum(meeting.items.values_list("minutes", flat=True))
    assert f"{meeting.items.count()} mục, {minutes} phút" in text
    assert text.index("Xem trước thông báo") < text.index("Các bước chuẩn bị")
    assert text.index("Các bước chuẩn bị") < text.index("Sắp xếp chương trình")


def test_moving_an_item_keeps_what_was_typed_in_other_lines(client, meeting):
    first, second = meeting.items.all()[:2]
    data = sent(meeting, f"down {first.pk}", **{f"minutes_{second.pk}": 33})
    text = post(client, meeting, data, **{"HX-Request": "true"}).content.decode()
    assert text.index(second.title) < text.index(first.title)
    assert "<html" not in text
    assert list(meeting.items.values_list("title", "minutes")[:2]) == [
        (second.title, 33),
        (first.title, first.minutes),
    ]
    answer = post(client, meeting, sent(meeting, f"up {first.pk}"))
    assert answer.url.endswith(f"/agenda/?open={first.pk}#item-{first.pk}")
    assert titles(meeting)[:2] == [first.title, second.title]


def test_a_line_that_was_not_touched_keeps_what_somebody_else_wrote_meanwhile(client, meeting):
    mine, theirs = meeting.items.all()[:2]
    data = sent(meeting, **{f"minutes_{mine.pk}": 7})
    agenda.change_item(AgendaItem.objects.get(pk=theirs.pk), minutes=25, by=None)
    post(client, meeting, data)
    assert list(meeting.items.values_list("minutes", flat=True)[:2]) == [7, 25]


def test_an_item_that_somebody_else_took_off_meanwhile_does_no_harm(client, meeting):
    item = add_item(meeting, title="Việc riêng", category="discussion", by=None)
    data = sent(meeting, f"remove {item.pk}", **{f"minutes_{item.pk}": 9})
    press(item, "remove")
    before = titles(meeting)
    assert post(client, meeting, data).status_code == 302
    assert titles(meeting) == before


def test_a_presenter_is_chosen_in_the_list_and_a_stranger_is_not(client, meeting):
    item = meeting.items.first()
    member = meeting.body.memberships.order_by("pk").last().member
    post(client, meeting, sent(meeting, **{f"presenter_{item.pk}": member.pk}))
    assert meeting.items.first().presenter == member
    stranger = make_member(make_body())
    data = sent(meeting, **{f"presenter_{item.pk}": stranger.pk, f"minutes_{item.pk}": 44})
    answer = post(client, meeting, data)
    assert answer.status_code == 422
    assert 'value="44"' in answer.content.decode()
    assert meeting.items.first().presenter == member


def test_a_required_part_is_not_removed_and_the_page_says_why(client, meeting):
    part = meeting.items.filter(is_required=True).first()
    answer = post(client, meeting, sent(meeting, f"remove {part.pk}"))
    assert answer.status_code == 422
    assert "là phần bắt buộc" in answer.content.decode()
    assert meeting.items.filter(pk=part.pk).exists()


class TestFocus:
    def test_its_item_gets_the_minutes_and_nothing_takes_them(self, client, meeting):
        item = meeting.items.get(step="C5")
        data = {"question": "Vì sao hồ sơ chậm?", "item": item.pk, "minutes": 35}
        client.post(reverse("meetings:focus", args=[meeting.pk]), data)
        item.refresh_from_db()
        assert (item.is_focus, item.minutes) == (True, 35)
        answer = post(client, meeting, sent(meeting, **{f"minutes_{item.pk}": 10}))
        assert "được giữ 35 phút" in answer.content.decode()
        assert meeting.items.get(step="C5").minutes == 35

    def test_its_page_says_what_this_type_of_unit_lays_stress_on_and_who_says_so(self, client, meeting):
        assert "thường chú ý" not in page(client, meeting, "focus")  # of another type, nothing is known
        reclassify_body(meeting.body, day=today(), unit_type=UnitType.PRESS, by=None)
        said = page(client, meeting, "focus")
        assert "Cơ quan báo chí thường chú ý đến những việc sau" in said
        assert "Tôn chỉ, mục đích" in said
        assert "phần mềm suy ra, không phải nguyên văn quy định" in said
        assert "thường chú ý" not in page(client, meeting, "item_addition")

    def test_it_moves_with_the_question_and_there_is_one(self, meeting):
        for step in ("C3", "C5"):
            item = meeting.items.get(step=step)
            agenda.set_focus(meeting, question="Gì?", item=item, minutes=20, by=None)
        assert [item.step for item in meeting.items.filter(is_focus=True)] == ["C5"]

    def test_minutes_without_a_place_are_refused(self, meeting):
        with pytest.raises(Refused, match="bàn ở mục nào"):
            agenda.set_focus(meeting, question="Gì?", item=None, minutes=20, by=None)

    def test_its_item_is_not_removed(self, meeting):
        item = add_item(meeting, title="Việc riêng", category="discussion", by=None)
        agenda.set_focus(meeting, question="Gì?", item=item, minutes=20, by=None)
        with pytest.raises(Refused, match="trọng tâm"):
            press(AgendaItem.objects.get(pk=item.pk), "remove")


class TestBalance:
    def warning(self, client, meeting, sentence):
        return sentence in page(client, meeting)

    def test_the_missing_minutes_are_said(self, client, meeting):
        meeting.items.filter(category="discussion").update(minutes=1)
        total = sum(meeting.items.values_list("minutes", flat=True))
        assert f"Đồng chí thêm {90 - total} phút" in page(client, meeting)

    def test_professional_work_over_half_of_the_time_is_asked_about(self, client, meeting):
        assert not self.warning(client, meeting, "Công việc chuyên môn chiếm")
        meeting.items.filter(category="political_task").update(minutes=90)
        assert self.warning(client, meeting, "Công việc chuyên môn chiếm")

    def test_professional_work_alone_is_said(self, client, meeting):
        meeting.items.filter(category__in=["information", "party_building"]).delete()
        assert self.warning(client, meeting, "chỉ có công việc chuyên môn")


class TestUnfinishedWork:
    def line(self, client, meeting):
        text = page(client, meeting)
        part = meeting.items.filter(category="political_task").first()
        assert text.index(part.title) < text.index("Kiểm điểm 1 việc đã giao")
        return text.split("Vì sao có việc này: ")[1].split("</p>")[0]

    @pytest.fixture
    def work(self, meeting):
        return make_past_work(meeting.body, meeting.chair, meeting.chair)

    def test_what_holds_it_up_stands_under_the_review_part(self, client, meeting, work):
        report_progress(work, status=AssignmentStatus.STUCK, line="Thiếu kinh phí", by=None)
        assert self.line(client, meeting).endswith("đang vướng mắc: Thiếu kinh phí.")

    def test_a_carried_over_one_says_why_it_was_not_finished(self, client, meeting, work):
        due = today()
        at = now() - (now() - work.given_at) / 2
        cause = rules_on(at.date()).vocabulary.causes[0]
        with clock_at(at):
            held = make_meeting(meeting.body, status=MeetingStatus.OPENED, chair=meeting.chair, at=at)
            review(work, meeting=held, result=Result.PARTLY, cause=cause.code, carry_to=due, by=None)
        assert f"vì {cause.label[:1].lower()}{cause.label[1:]}" in self.line(client, meeting)

    def test_it_is_left_out_and_put_back(self, meeting, work):
        key = f"assignment:{work.pk}"
        drop_suggestion(meeting, key=key, by=None)
        assert points_for(meeting) == []
        restore_suggestion(meeting, key=key, by=None)
        assert [point.key for point in points_for(meeting)] == [key]


def test_one_sending_writes_one_event(client, meeting):
    first, second = meeting.items.all()[:2]
    page(client, meeting)
    before = Event.objects.count()
    changed = {f"minutes_{first.pk}": 8, f"minutes_{second.pk}": 9}
    post(client, meeting, sent(meeting, f"down {first.pk}", **changed))
    assert [event.verb for event in Event.objects.order_by("pk")[before:]] == ["agenda.changed"]


def test_a_short_warning_has_no_brackets_within_brackets(meeting):
    with clock_at(HELD_AT):
        said = [line for line in preparation.warnings(meeting) if "Báo trước" in line]
    assert said
    assert "((" not in said[0]
    assert said[0].count("(") <= 1


def test_a_number_that_no_row_has_changes_nothing(client, meeting):
    before = titles(meeting)
    assert post(client, meeting, sent(meeting, "up " + "9" * 5000)).status_code < 500
    assert titles(meeting) == before
    far = f"/meetings/of-branch/{meeting.body_id}/paper/9999999999-1/"
    assert client.get(far).status_code == 404


def test_the_line_that_was_moved_stays_open_and_so_does_one_that_is_wrong(client, meeting):
    first, second = meeting.items.all()[:2]
    assert 'class="agenda-more" open' not in page(client, meeting)
    moved = post(client, meeting, sent(meeting, f"up {second.pk}"), **{"HX-Request": "true"}).content.decode()
    assert moved.count('class="agenda-more" open') == 1
    shown = moved.index('class="agenda-more" open')
    assert moved.index(f'id="item-{second.pk}"') < shown < moved.index(f'id="item-{first.pk}"')
    wrong = post(client, meeting, sent(meeting, **{f"presenter_{first.pk}": "0"}))
    assert wrong.status_code == 422
    assert wrong.content.decode().count('class="agenda-more" open') == 1


def test_a_step_that_is_done_is_folded_until_nothing_lacks(client, meeting):
    with clock_at(HELD_AT):
        text = page(client, meeting, "preparation")
    folded = text.index('<summary class="card-body">Đã xong')
    assert text.index("Họp chi ủy trước kỳ sinh hoạt</a>") < folded < text.index("Địa điểm</a>")
