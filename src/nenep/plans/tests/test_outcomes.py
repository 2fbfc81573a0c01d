"""What became of the entries of a plan: said by people where the program keeps no record, else taken from the record."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings import operations as meetings
from nenep.meetings.calling_off import mark_not_held
from nenep.meetings.models import MeetingStatus
from nenep.meetings.recording import record_committee_meeting
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.people.tests.make import make_member
from nenep.plans.gaps import gaps_of
from nenep.plans.models import Entry, EntryKind
from nenep.plans.operations import add_entry, change_entry, drop_entry
from nenep.plans.outcomes import outcomes_of, say_held, say_not_held, take_back, tally
from nenep.plans.tests.make import MADE_AT, YEAR, at, make_plan, regular
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

JULY = at(13, 7)
RAN = {"present": "Bí thư, phó bí thư", "content": "Chuẩn bị", "decisions": "Đồng chí A viết báo cáo"}


@pytest.fixture
def branch(bloc):
    return bloc.branch


@pytest.fixture
def plan(bloc, secretary):
    return make_plan(bloc.branch, published=True)


@pytest.fixture
def midterm(plan):
    return plan.entries.select_related("plan", "meeting").get(kind=EntryKind.MIDTERM)


def committee(plan, month):
    return plan.entries.get(kind=EntryKind.COMMITTEE, month__month=month)


def outcome(entry):
    return outcomes_of(entry.plan, list(entry.plan.entries.for_page()))[entry.pk]


def counted(plan):
    entries = list(plan.entries.for_page())
    found = tally(entries, outcomes_of(plan, entries))
    return found.held, found.not_held, found.planned


# --- said by people --------------------------------------------------------------------------------------


def test_a_conference_is_marked_with_its_day_once_and_nobody_is_told(midterm):
    told = Notice.objects.count()
    with clock_at(JULY):
        for _time in range(2):
            say_held(midterm, on=date(YEAR, 7, 13), by=None)
        assert outcome(midterm).held_on == date(YEAR, 7, 13)
        assert counted(midterm.plan) == (1, 0, 31)
    assert Event.objects.filter(verb="plan_entry.held", object_id=midterm.pk).count() == 1
    assert Notice.objects.count() == told


def test_what_was_not_held_has_a_reason_and_can_be_taken_back(midterm):
    with clock_at(JULY):
        with pytest.raises(Refused, match="lý do") as refusal:
            say_not_held(midterm, reason="", by=None)
        assert refusal.value.field == "reason"
        say_not_held(midterm, reason="Bão số 3", by=None)
        assert outcome(midterm).reason == "Bão số 3"
        assert counted(midterm.plan) == (0, 1, 31)
        say_held(midterm, on=date(YEAR, 7, 13), by=None)  # it was held after all
        assert counted(midterm.plan) == (1, 0, 31)
        take_back(midterm, by=None)
        assert counted(midterm.plan) == (0, 0, 31)
    verbs = Event.objects.filter(object_id=midterm.pk, verb__startswith="plan_entry").order_by("pk")
    assert [event.verb for event in verbs] == [
        "plan_entry.not_held",
        "plan_entry.held",
        "plan_entry.unsaid",
    ]
    assert "Bão" not in str([event.details for event in verbs])


def test_nothing_is_said_ahead_of_the_day_and_no_day_ahead(midterm):
    with clock_at(midterm.at - timedelta(days=1)), pytest.raises(Refused, match="Chưa đến ngày"):
        say_held(midterm, on=midterm.day - timedelta(days=1), by=None)
    with clock_at(JULY):
        for day in (date(YEAR, 7, 14), date(YEAR - 1, 12, 31), None):
            with pytest.raises(Refused) as refusal:
                say_held(midterm, on=day, by=None)
            assert refusal.value.field == "held_on"
    # On its own day, and late in the next year: what was held late was held.
    with clock_at(midterm.at):
        say_held(midterm, on=midterm.day, by=None)
    with clock_at(at(10, 1, year=YEAR + 1)):
        say_held(midterm, on=date(YEAR + 1, 1, 9), by=None)


def test_what_was_said_is_taken_back_before_the_entry_is_moved_or_dropped(midterm):
    with clock_at(JULY):
        say_not_held(midterm, reason="Bão số 3", by=None)
        move = {"starts_at": at(20, 7), "place": "", "reason": "Bão"}
        with pytest.raises(Refused, match="đã ghi kết quả"):
            change_entry(midterm, by=None, **move)
        with pytest.raises(Refused, match="đã ghi kết quả"):
            drop_entry(midterm, reason="Bão", by=None)
        take_back(midterm, by=None)
        change_entry(midterm, by=None, **move)
    assert Entry.objects.get(pk=midterm.pk).at == at(20, 7)


def test_a_conference_that_was_not_held_is_missed_among_those_of_the_year(bloc):
    plan = make_plan(bloc.organization, published=True)
    entry = plan.entries.select_related("plan").get(kind=EntryKind.MIDTERM)
    with clock_at(JULY):
        assert not any("toàn đảng bộ" in gap.sentence for gap in gaps_of(plan, plan.entries.for_page()))
        say_not_held(entry, reason="Bão số 3", by=None)
        found = [gap.sentence for gap in gaps_of(plan, plan.entries.for_page())]
    assert "Hội nghị toàn đảng bộ: mới có 1 trong 2 lần của năm." in found


# --- from the records ------------------------------------------------------------------------------------


def test_meetings_of_the_branch_are_counted_from_themselves_and_never_said(bloc, plan, secretary):
    with clock_at(at(1, 2)):
        make_meeting(bloc.branch, status=MeetingStatus.CLOSED, chair=secretary, at=at(4, 1))
        assert counted(plan) == (1, 0, 31)
        with pytest.raises(Refused, match="bản ghi"):
            say_held(regular(plan, 1), on=date(YEAR, 1, 4), by=None)
        missed = meetings.open_month(bloc.branch.pk, month=date(YEAR, 2, 1), by=None)
    with clock_at(missed.starts_at + timedelta(days=2)):
        mark_not_held(missed, reason="duty", by=None)
        assert counted(plan) == (1, 1, 31)


def test_what_the_committee_recorded_before_the_meeting_counts_by_itself(bloc, plan, secretary):
    entry = committee(plan, 1)
    make_meeting(bloc.branch, chair=secretary, at=at(4, 1))
    meeting = regular(plan, 1).made
    with clock_at(at(3, 1)):
        # While the meeting is prepared its own page waits for the record.
        assert outcome(entry).prepares_id == meeting.pk
        with pytest.raises(Refused, match="bản ghi"):
            say_held(entry, on=entry.day, by=None)
        record_committee_meeting(meeting, held_at=at(2, 1), by=None, **RAN)
        assert outcome(entry).held_on == date(YEAR, 1, 2)
        assert counted(plan) == (1, 0, 31)
        with pytest.raises(Refused, match="đã có kết quả"):
            drop_entry(entry, reason="Nhầm", by=None)


def test_a_record_belongs_to_the_nearest_entry_of_its_month_and_the_other_is_said(bloc, plan, secretary):
    entry = committee(plan, 1)
    with clock_at(MADE_AT):
        other = add_entry(plan, kind=EntryKind.COMMITTEE, starts_at=at(20, 1), by=None)
    make_meeting(bloc.branch, chair=secretary, at=at(4, 1))
    with clock_at(at(3, 1)):
        record_committee_meeting(regular(plan, 1).made, held_at=at(2, 1), by=None, **RAN)
    with clock_at(at(21, 1)):
        say_held(other, on=other.day, by=None)
        assert (outcome(entry).held_on, outcome(other).held_on) == (date(YEAR, 1, 2), other.day)


def test_a_committee_meeting_without_a_record_is_said_once_the_branch_has_met(bloc, plan, secretary):
    entry = committee(plan, 1)
    make_meeting(bloc.branch, status=MeetingStatus.CLOSED, chair=secretary, at=at(4, 1))
    with clock_at(at(5, 1)):
        say_held(entry, on=entry.day, by=None)
        assert outcome(entry).held_on == entry.day


# --- the pages -------------------------------------------------------------------------------------------


def test_the_secretary_says_it_and_the_members_read_it(client, bloc, plan, midterm, secretary):
    member = make_member(bloc.branch, name="Trần Đảng Viên")
    page = reverse("plans:page", args=[bloc.branch.pk, YEAR])
    form = reverse("plans:entry_outcome", args=[midterm.pk])
    with clock_at(JULY):
        sign_in(client, secretary)
        assert form in client.get(page).content.decode()
        asked = client.get(form).content.decode()
        assert 'value="12/07/2027"' in asked  # the planned day
        assert "checked" not in asked
        typed = {"result": "held", "held_on": "14/07/2027", "reason": ""}
        refused = client.post(form, typed)
        assert (refused.status_code, "14/07/2027" in refused.content.decode()) == (422, True)
        assert client.post(form, typed | {"held_on": "13/07/2027"}).url == page
        sign_in(client, member)
        read = client.get(page).content.decode()
        assert "Đã tổ chức ngày 13/07/2027" in read
        assert "Đã tổ chức 1/31 kỳ sinh hoạt và cuộc họp trong kế hoạch." in read
        assert client.get(form).status_code == 403
        sign_in(client, secretary)
        assert "đã qua mà chưa ghi kết quả" in client.get(page).content.decode()
        assert (
            f'"{reverse("plans:entry_change", args=[midterm.pk])}"' not in client.get(page).content.decode()
        )
        client.post(form, {"result": "not_held", "held_on": "12/07/2027", "reason": "Bão số 3"})
        assert "Không tổ chức. Lý do: Bão số 3" in client.get(page).content.decode()
        client.post(form, {"result": "unsaid"})
        assert "Bão số 3" not in client.get(page).content.decode()


def test_a_form_out_of_its_time_leads_to_the_plan(client, bloc, plan, midterm, secretary):
    page = reverse("plans:page", args=[bloc.branch.pk, YEAR])
    ahead = plan.entries.get(kind=EntryKind.FINAL)
    with clock_at(JULY):
        sign_in(client, secretary)
        for entry, why in ((ahead, "chưa đến ngày"), (regular(plan, 1), "có bản ghi riêng")):
            answer = client.get(reverse("plans:entry_outcome", args=[entry.pk]), follow=True)
            assert answer.redirect_chain == [(page, 302)]
            assert why in answer.content.decode()
        assert client.get(reverse("plans:entry_outcome", args=[midterm.pk])).status_code == 200
        say_held(midterm, on=midterm.day, by=None)
        for name in ("entry_change", "entry_removal"):
            assert client.get(reverse(f"plans:{name}", args=[midterm.pk])).url == page


def test_a_committee_that_has_not_met_is_recorded_at_the_pages_of_its_meeting(client, bloc, plan, secretary):
    make_meeting(bloc.branch, chair=secretary, at=at(4, 1))
    meeting, entry = regular(plan, 1).made, committee(plan, 1)
    address, change = reverse("plans:page", args=[bloc.branch.pk, YEAR]), f'"/plans/entries/{entry.pk}/"'
    record = reverse("meetings:committee_meeting", args=[meeting.pk])
    with clock_at(at(3, 1)):
        sign_in(client, secretary)
        page = client.get(address).content.decode()
        assert (record in page, change in page) == (True, True)
        assert reverse("plans:entry_outcome", args=[entry.pk]) not in page
        record_committee_meeting(meeting, held_at=at(2, 1), by=None, **RAN)
        page = client.get(address).content.decode()
        assert (record in page, change in page) == (False, False)
        assert client.get(reverse("plans:entry_change", args=[entry.pk])).url == address
