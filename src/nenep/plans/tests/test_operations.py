"""A plan after its first draft: changed, published, told; and the meetings that are made from it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings import operations as meetings
from nenep.meetings.calling_off import cancel_meeting
from nenep.meetings.models import Meeting, Postponement
from nenep.meetings.tests.make import acting
from nenep.notices.models import Notice
from nenep.people.models import Post, Status
from nenep.people.operations import change_status, transfer
from nenep.people.tests.make import make_member, make_office
from nenep.plans import providing
from nenep.plans.models import Entry, EntryKind, Plan
from nenep.plans.operations import add_entry, change_entry, drop_entry, make_meeting, publish_plan
from nenep.plans.tests.make import MADE_AT, at, make_plan, regular, thematic
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
QUESTION = "Làm thế nào để hồ sơ được trả đúng hẹn?"


@pytest.fixture
def branch(bloc):
    return bloc.branch


@pytest.fixture
def member(branch, secretary):
    return make_member(branch, name="Trần Đảng Viên")


def changed(entry, **fields):
    given = {"starts_at": entry.at, "place": entry.where} | fields
    with clock_at(MADE_AT):
        change_entry(entry, by=None, **given)
    return Entry.objects.get(pk=entry.pk)


def told(member):
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", "text"))


# --- publication and what is told -----------------------------------------------------------------------


def test_publishing_tells_every_member_once(branch, member, secretary):
    plan = make_plan(branch)
    with clock_at(MADE_AT):
        assert publish_plan(plan, by=acting(secretary)) == 2
        with pytest.raises(Refused, match="đã công bố rồi"):
            publish_plan(Plan.objects.get(pk=plan.pk), by=acting(secretary))
    assert [kind for kind, _text in told(member)] == ["plan.published"]


def test_the_plan_of_an_organization_is_told_to_those_who_hold_an_office_in_it(bloc, member):
    make_office(member, bloc.organization, Post.DEPUTY)
    other = make_member(bloc.other_branch)
    make_plan(bloc.organization, published=True)
    assert (len(told(member)), len(told(other))) == (1, 0)


def test_a_draft_is_changed_without_a_word_and_a_published_plan_with_a_reason_that_is_told(branch, member):
    entry = changed(regular(make_plan(branch), 3), starts_at=at(4, 3))
    assert (told(member), entry.changes.count()) == ([], 0)
    with clock_at(MADE_AT):
        publish_plan(entry.plan, by=None)
    with pytest.raises(Refused, match="ghi lý do"):
        changed(entry, starts_at=at(5, 3))
    entry = changed(entry, starts_at=at(5, 3), reason="Trùng hội nghị.")
    change = entry.changes.get()
    assert (change.was, change.becomes, change.reason) == (at(4, 3), at(5, 3), "Trùng hội nghị.")
    kind, text = told(member)[-1]
    assert kind == "plan_entry.moved"
    assert text == "Thay đổi: sinh hoạt thường kỳ lúc 14:00 ngày 05/03/2027. Lý do: Trùng hội nghị."
    changed(entry)  # saved as it was
    assert len(told(member)) == 2


def test_what_is_dropped_from_a_published_plan_stays_with_its_reason(branch, member):
    draft = thematic(make_plan(branch), 2)
    drop_entry(draft, by=None)
    assert not Entry.objects.filter(pk=draft.pk).exists()
    with clock_at(MADE_AT):
        publish_plan(Plan.objects.get(), by=None)
    entry = thematic(Plan.objects.get(), 5)
    with pytest.raises(Refused, match="lý do"):
        drop_entry(entry, by=None)
    drop_entry(entry, reason="Gộp vào quý sau", by=None)
    entry.refresh_from_db()
    assert (entry.is_dropped, entry.changes.get().becomes) == (True, None)
    assert told(member)[-1][0] == "plan_entry.dropped"
    with pytest.raises(Refused, match="đã bỏ"):
        changed(entry, place="Hội trường")


# --- what an entry may be -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "when", "sentence"),
    [
        (EntryKind.REGULAR, at(20, 4), "đã có kỳ thường kỳ"),
        (EntryKind.STUDY, at(20, 4, year=2028), "kế hoạch năm 2027"),
        (EntryKind.STUDY, at(1, 12, year=2026), "đã qua"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_at_its_day(branch, kind, when, sentence):
    plan = make_plan(branch)
    with clock_at(MADE_AT), pytest.raises(Refused, match=sentence) as refusal:
        add_entry(plan, kind=kind, starts_at=when, by=None)
    assert refusal.value.field == "starts_at"


def test_a_committee_has_no_meeting_of_a_branch(bloc):
    plan = make_plan(bloc.organization)
    with clock_at(MADE_AT), pytest.raises(Refused, match="Chỉ chi bộ"):
        add_entry(plan, kind=EntryKind.THEMATIC, starts_at=at(20, 4), by=None)


def test_the_regular_meeting_of_a_month_may_slip_into_the_first_days_of_the_next_only(branch):
    entry = regular(make_plan(branch), 3)
    assert changed(entry, starts_at=at(7, 4)).month == entry.month
    with pytest.raises(Refused, match="từ 01/03/2027 đến 07/04/2027"):
        changed(entry, starts_at=at(8, 4))


def test_one_form_sent_twice_adds_one_entry_and_one_notice(branch, member):
    plan = make_plan(branch, published=True)
    key = uuid4()
    with clock_at(MADE_AT):
        made = [
            add_entry(plan, kind=EntryKind.STUDY, starts_at=at(20, 4), once=key, by=None)
            for _time in range(2)
        ]
    assert made[0] == made[1]
    assert [kind for kind, _text in told(member)] == ["plan.published", "plan_entry.added"]


def test_somebody_of_another_branch_presents_nothing(bloc, branch):
    plan, stranger = make_plan(branch), make_member(bloc.other_branch)
    with pytest.raises(Refused, match="không có trong danh sách"):
        changed(thematic(plan, 2), presenter=stranger, content=QUESTION)


# --- meetings from the plan -----------------------------------------------------------------------------


def test_a_month_is_opened_on_the_day_and_at_the_place_of_the_published_plan(branch, member):
    plan = make_plan(branch)
    changed(
        regular(plan, 3),
        starts_at=at(5, 3, hour=8),
        place="Nhà văn hóa",
        content="Sơ kết quý I",
        presenter=member,
    )
    with clock_at(MADE_AT):
        publish_plan(plan, by=None)
    with clock_at(at(20, 2)):
        meeting = meetings.open_month(branch.pk, month=at(1, 3).date(), by=None)
    assert (meeting.starts_at, meeting.place) == (at(5, 3, hour=8), "Nhà văn hóa")
    item = meeting.items.get(title="Sơ kết quý I")
    assert (item.presenter, item.why) == (member, "kế hoạch sinh hoạt năm 2027")
    assert regular(plan, 3).made == meeting


def test_a_draft_does_not_decide_the_day_of_a_month(branch):
    """Twin of the test above: not published, so the fixed day of the rules holds."""
    plan = make_plan(branch)
    changed(regular(plan, 3), starts_at=at(5, 3, hour=8), place="Nhà văn hóa")
    with clock_at(at(20, 2)):
        meeting = meetings.open_month(branch.pk, month=at(1, 3).date(), by=None)
    assert (meeting.starts_at, meeting.place) == (at(3, 3), "")


def test_a_thematic_meeting_takes_question_and_presenter_along_and_is_made_once(branch, member):
    plan = make_plan(branch, published=True)
    entry = thematic(plan, 5)
    with clock_at(MADE_AT), pytest.raises(Refused, match="câu hỏi"):
        make_meeting(entry, by=None)
    entry = changed(entry, content=QUESTION, presenter=member, place="Hội trường", reason="Chọn chuyên đề")
    with clock_at(at(20, 4)):
        made = make_meeting(entry, by=None)
        again = make_meeting(Entry.objects.get(pk=entry.pk), by=None)
    assert made == again == thematic(plan, 5).made
    assert (made.starts_at, made.focus_question, made.place) == (entry.starts_at, QUESTION, "Hội trường")
    assert made.items.filter(presenter=member).exists()
    assert thematic(plan, 2).made is None


def test_a_thematic_meeting_on_another_day_is_still_that_of_its_quarter(branch):
    plan = make_plan(branch, published=True)
    with clock_at(at(1, 4)):
        made = meetings.plan_thematic(branch.pk, starts_at=at(11, 6), focus_question=QUESTION, by=None)
    assert thematic(plan, 5).made == made
    assert [thematic(plan, month).made for month in (2, 8, 11)] == [None, None, None]


def test_whoever_has_left_does_not_keep_the_month_from_being_opened(bloc, branch, member):
    plan = make_plan(branch)
    changed(regular(plan, 3), content="Sơ kết quý I", presenter=member)
    with clock_at(MADE_AT):
        publish_plan(plan, by=None)
    transfer(member, to=bloc.other_branch, day=at(1, 2).date(), by=None)
    with clock_at(at(20, 2)):
        meeting = meetings.open_month(branch.pk, month=at(1, 3).date(), by=None)
    assert meeting.items.get(title="Sơ kết quý I").presenter is None


def test_whoever_was_suspended_presents_nothing(branch, member):
    plan = make_plan(branch)
    entry = changed(thematic(plan, 5), content=QUESTION, presenter=member)
    with clock_at(MADE_AT):
        publish_plan(plan, by=None)
    change_status(member, status=Status.SUSPENDED, start=at(1, 2).date(), by=None)
    with clock_at(at(20, 4)):
        assert [
            one.presenter for one in providing.planned(branch.pk, EntryKind.THEMATIC, at(20, 4).date())
        ] == [None]
        with pytest.raises(Refused, match="không có trong danh sách"):
            add_entry(plan, kind=EntryKind.STUDY, starts_at=at(9, 6), presenter=member, by=None)
        made = make_meeting(Entry.objects.get(pk=entry.pk), by=None)
    assert not made.items.filter(presenter=member).exists()


def test_a_meeting_that_was_made_is_moved_by_its_own_verb_and_recorded_once(branch, member):
    plan = make_plan(branch, published=True)
    with clock_at(MADE_AT):
        meeting = meetings.open_month(branch.pk, month=at(1, 1).date(), by=None)
    entry = changed(regular(plan, 1), starts_at=at(6, 1), place="Hội trường", reason="Bão")
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.place) == (at(6, 1), "Hội trường") == (entry.at, entry.where)
    assert (Postponement.objects.count(), entry.changes.count()) == (1, 0)
    # Nobody had been called, so the plan tells; afterwards the meeting does, and only the meeting.
    assert [kind for kind, _text in told(member)] == ["plan.published", "plan_entry.moved"]
    Meeting.objects.filter(pk=meeting.pk).update(status="called")
    changed(regular(plan, 1), starts_at=at(7, 1), reason="Bão")
    assert [kind for kind, _text in told(member)][2:] == ["meeting.postponed"]


class TestBeforeTheNotice:
    """The plan told everybody when the month meets, so whoever changes it says why, and everybody hears of it."""

    @pytest.fixture
    def opened(self, branch, member):  # one who is told
        make_plan(branch, published=True)
        with clock_at(MADE_AT):
            yield meetings.open_month(branch.pk, month=at(1, 1).date(), by=None)

    def test_the_day_is_moved_with_a_reason_only_and_everybody_is_told_once(self, opened, member):
        with pytest.raises(Refused, match="Hoãn hoặc đổi ngày") as refusal:
            meetings.plan(opened, starts_at=at(6, 1), place="Phòng họp", by=None)
        assert refusal.value.field == "starts_at"
        opened.refresh_from_db()
        assert opened.starts_at == at(4, 1)
        meetings.postpone(opened, to=at(6, 1), reason="Trùng hội nghị", by=None)
        assert told(member)[1:] == [
            (
                "plan_entry.moved",
                "Thay đổi: sinh hoạt thường kỳ lúc 14:00 ngày 06/01/2027. Lý do: Trùng hội nghị.",
            )
        ]

    def test_another_place_is_told_and_another_note_taker_is_not(self, opened, member):
        meetings.plan(opened, starts_at=opened.starts_at, place="Nhà văn hóa", by=None)
        meetings.plan(opened, starts_at=opened.starts_at, place="Nhà văn hóa", guests="Cấp trên", by=None)
        assert [text for _kind, text in told(member)[1:]] == [
            "Thay đổi: sinh hoạt thường kỳ lúc 14:00 ngày 04/01/2027 tại Nhà văn hóa."
        ]

    def test_a_meeting_that_is_given_up_is_told(self, client, opened, member, secretary):
        sign_in(client, secretary)
        page = client.get(reverse("meetings:cancellation", args=[opened.pk])).content.decode()
        assert "2 đồng chí đã biết ngày họp sẽ được báo" in page
        assert cancel_meeting(opened, reason="duty", by=None) == 2
        kind, text = told(member)[-1]
        assert (kind, text[:57]) == (
            "plan_entry.cancelled",
            "Hủy: sinh hoạt thường kỳ lúc 14:00 ngày 04/01/2027. Lý do",
        )
        assert len(told(member)) == 2

    def test_a_day_that_the_program_proposed_is_chosen_freely_and_told(self, branch, member):
        make_plan(branch, published=True)
        with clock_at(at(10, 1)):
            late = meetings.open_month(branch.pk, month=at(1, 1).date(), by=None)
            assert late.is_time_proposed
            meetings.plan(late, starts_at=at(20, 1), by=None)
            with pytest.raises(Refused, match="Hoãn hoặc đổi ngày"):
                meetings.plan(late, starts_at=at(21, 1), by=None)
        assert [text[-31:] for _kind, text in told(member)[1:]] == ["Lý do: Ngày theo kế hoạch đã qua."[-31:]]

    def test_what_stands_in_a_draft_only_is_moved_freely_and_nobody_hears_of_it(self, branch, member):
        make_plan(branch)
        with clock_at(MADE_AT):
            meeting = meetings.open_month(branch.pk, month=at(1, 1).date(), by=None)
            meetings.plan(meeting, starts_at=at(6, 1), place="Phòng họp", by=None)
            assert cancel_meeting(meeting, reason="duty", by=None) == 0
        assert told(member) == []


def test_a_cancelled_meeting_gives_its_entry_back(branch):
    plan = make_plan(branch, published=True)
    with clock_at(MADE_AT):
        meeting = meetings.open_month(branch.pk, month=at(1, 1).date(), by=None)
        with pytest.raises(Refused, match="hủy ở trang"):
            drop_entry(regular(plan, 1), reason="Thôi", by=None)
        cancel_meeting(meeting, reason="duty", by=None)
        assert (regular(plan, 1).made, regular(plan, 1).at) == (None, at(4, 1))
        again = meetings.open_month(branch.pk, month=at(1, 1).date(), by=None)
    assert regular(plan, 1).made == again


def test_the_next_thematic_meeting_of_the_plan_is_offered(branch):
    changed(thematic(make_plan(branch, published=True), 5), content=QUESTION, reason="Chọn chuyên đề")
    with clock_at(at(1, 5)):
        offered = providing.planned(branch.pk, "thematic", at(1, 5).date())
    assert [(one.starts_at, one.theme) for one in offered] == [(at(20, 5), QUESTION)]
    with clock_at(at(20, 5) + timedelta(hours=1)):
        assert [
            one.starts_at.month for one in providing.planned(branch.pk, "thematic", at(20, 5).date())
        ] == [8]


def test_no_content_stands_in_the_journal(branch, member):
    plan = make_plan(branch, published=True)
    changed(thematic(plan, 2), content=QUESTION, presenter=member, reason="Chọn chuyên đề")
    events = Event.objects.filter(verb__startswith="plan")
    assert {event.verb for event in events} == {"plan.drafted", "plan.published", "plan_entry.changed"}
    assert "hồ sơ" not in str([event.details for event in events])
