"""A thematic meeting held on paper: entered in one page, completed where it was planned, counted by what it had."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import make_account, sign_in
from nenep.assignments.models import Assignment
from nenep.facts.models import BranchMonth
from nenep.facts.rebuilding import check
from nenep.files.models import Attachment
from nenep.files.tests.make import make_image, make_upload
from nenep.journal.models import Event
from nenep.meetings import operations, past
from nenep.meetings.calling_off import cancel_meeting
from nenep.meetings.minutes import content_of
from nenep.meetings.models import Meeting, MeetingKind, MeetingStatus
from nenep.meetings.quarter import quarter_of
from nenep.meetings.tests.make import make_meeting
from nenep.people.tests.make import make_member
from nenep.plans.gaps import gaps_of
from nenep.plans.models import Entry, EntryKind
from nenep.plans.operations import add_entry, draft_plan, publish_plan
from nenep.preparing.materials import keep_material
from nenep.preparing.models import Material
from nenep.preparing.tests.make import EARLY, HELD_AT, make_branch, make_thematic
from nenep.shared.dates import clock_at
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db

AFTER = HELD_AT + timedelta(days=40)
DAY, MONTH = HELD_AT.date(), date(2026, 12, 1)
QUESTION = "Vì sao hồ sơ trả chậm?"


@pytest.fixture(scope="module")
def branch_once(database_of_the_file):
    branch = make_branch()
    make_account(branch.secretary)
    return branch


@pytest.fixture
def branch(client, branch_once):
    branch = anew(branch_once)
    sign_in(client, branch.secretary)
    return branch


def address(branch):
    return reverse("preparing:paper_entry", args=[branch.body.pk])


def untouched(page):
    form = page.context["form"]
    return {
        field.html_name: field.value()
        for field in form
        if field.value() not in {None, False} and field.name != "is_open"
    }


def typed(branch, day="17/12/2026", **more):
    """The sheets of a whole meeting: with the paper, the discussion, the conclusion and one piece of work."""
    return {
        "day": day, "began": "14:00", "ended": "15:30", "place": "Phòng họp",
        "chair": branch.secretary.pk, "note_taker": branch.member.pk,
        "question": QUESTION, "presenter": branch.member.pk, "has_paper": "on",
        "pT5_notes": "Báo cáo về hồ sơ chậm.",
        "pT6_notes": "Đồng chí Ánh: thiếu người nhận hồ sơ.",
        "pT7_conclusion": "Bố trí thêm một người.",
        "w0_what": "Sửa quy trình", "w0_owner": branch.member.pk, "w0_due_on": "20/01/2027",
        "votes_for": 2,
    } | more  # fmt: skip


STORY = {
    "presenter": "", "has_paper": "", "pT6_notes": "", "pT6_skipped": "chỉ kể chuyện",
    "pT7_conclusion": "", "w0_what": "", "w0_owner": "", "w0_due_on": "",
}  # fmt: skip


def enter(client, where, data):
    with clock_at(AFTER):
        return client.post(where, untouched(client.get(where)) | data)


def entered(branch):
    return Meeting.objects.get(body=branch.body, kind=MeetingKind.THEMATIC, status=MeetingStatus.ADOPTED)


def fact(branch, month=MONTH):
    row = BranchMonth.objects.get(body=branch.body, month=month)
    return row.thematic_held, row.thematic_incomplete, row.meetings_held


def test_a_whole_one_is_entered_as_adopted_and_counts_for_its_quarter(client, branch):
    with clock_at(AFTER):
        assert quarter_of(branch.body.pk, DAY).lacks_meetings
    answer = enter(client, address(branch), typed(branch))
    meeting = entered(branch)
    assert answer["Location"] == reverse("meetings:minutes", args=[meeting.pk])
    assert (meeting.month, meeting.focus_question, meeting.present) == (MONTH, QUESTION, 2)
    assert meeting.figures.thematic_lacks == ""
    assert (fact(branch), check()) == ((1, 0, 0), [])
    assert not quarter_of(branch.body.pk, DAY).lacks_meetings
    paper = Material.objects.get(meeting=meeting, is_paper=True)
    assert (paper.item.presenter, paper.item.step) == (branch.member, "T5")
    work = Assignment.objects.get()
    assert (work.meeting, work.owner, work.due_on) == (meeting, branch.member, date(2027, 1, 20))
    text = str(content_of(meeting).blocks)
    for said in ("thiếu người nhận hồ sơ", "Bố trí thêm một người", "Sửa quy trình", "Nhập từ biên bản giấy"):
        assert said in text
    assert Event.objects.filter(verb="meeting.entered_from_paper", body=branch.body.pk).count() == 1
    # Unlike the regular meeting of a month it opens no other.
    assert Meeting.objects.count() == 1


def test_a_story_told_is_entered_and_does_not_count(client, branch):
    """Twin of the one above: the same sheets without what follows from the story."""
    enter(client, address(branch), typed(branch, **STORY))
    meeting = entered(branch)
    wanted = ["presenter", "paper", "discussion", "conclusion", "follow_up"]
    assert meeting.figures.thematic_lacks.split(",") == wanted
    assert (fact(branch), check()) == ((0, 1, 0), [])
    assert quarter_of(branch.body.pk, DAY).lacks_meetings
    with clock_at(AFTER):
        said = client.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
    assert "chưa được tính vì thiếu: người trình bày, báo cáo chuyên đề" in said


@pytest.mark.parametrize("is_called", [False, True])
def test_the_planned_one_of_the_day_is_completed_and_not_doubled(client, branch, is_called):
    planned = make_thematic(branch, presenter=branch.member)
    item = planned.items.get(presenter=branch.member)
    with clock_at(EARLY):
        keep_material(planned, item=item, title="Báo cáo", is_official=False, is_paper=True, by=None)
        if is_called:
            operations.call_meeting(planned, reason="Chi ủy đi công tác.", by=None)
    enter(client, address(branch), typed(branch))
    meeting = Meeting.objects.get(kind=MeetingKind.THEMATIC)
    assert (meeting.pk, meeting.status, meeting.paper_entry.was) == (
        planned.pk,
        MeetingStatus.ADOPTED,
        "called" if is_called else "planned",
    )
    assert (fact(branch), meeting.figures.thematic_lacks) == ((1, 0, 0), "")
    assert Material.objects.get().title == "Báo cáo"


def test_one_that_was_held_on_another_day_is_chosen_from_the_list(client, branch):
    planned = make_thematic(branch, presenter=branch.member)
    completion = reverse("preparing:paper_completion", args=[planned.pk])
    with clock_at(AFTER):
        for page in ("meetings:paper_months", "preparing:paper_entry"):
            shown = client.get(reverse(page, args=[branch.body.pk]) + "?year=2026").content.decode()
            assert completion in shown
        assert completion in client.get(reverse("meetings:page", args=[planned.pk])).content.decode()
        known = client.get(completion).context["form"]
    assert (known["question"].value(), known["presenter"].value()) == ("Ai sửa?", branch.member.pk)
    assert enter(client, completion, typed(branch, day="08/01/2027")).status_code == 302
    meeting = Meeting.objects.get(kind=MeetingKind.THEMATIC)
    assert (meeting.pk, meeting.month) == (planned.pk, date(2027, 1, 1))
    assert (fact(branch, date(2027, 1, 1)), check()) == ((1, 0, 0), [])


def test_what_was_known_in_figures_gives_way_within_its_month(client, branch):
    row = past.PastMonth(
        body_id=branch.body.pk, month=MONTH, held_on=DAY, expected=9, present=9, figures={}, kind="thematic"
    )
    past.record_past_months([row], by=None)
    imported = Meeting.objects.get()
    completion = reverse("preparing:paper_completion", args=[imported.pk])
    answer = enter(client, completion, typed(branch, day="08/01/2027"))
    assert "Con số đã nạp" in answer.context["form"].errors["day"][0]
    beside = enter(client, address(branch), typed(branch, day="18/12/2026"))
    assert "con số của kỳ chuyên đề ngày 17/12/2026" in beside.context["form"].errors["day"][0]
    assert enter(client, completion, typed(branch, day="18/12/2026", **STORY)).status_code == 302
    assert (Meeting.objects.get().is_imported, fact(branch), check()) == (False, (0, 1, 0), [])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "01/02/2027"}, "day"),
        ({"day": "01/01/1900"}, "day"),
        ({"ended": "13:00"}, "ended"),
        ({"pT5_notes": ""}, "pT5_notes"),
        ({"presenter": "absent"}, "presenter"),
        ({"w0_owner": ""}, "w0_owner"),
        ({"w0_due_on": "17/12/2026"}, "w0_due_on"),
        ({"votes_for": 1}, None),
    ],
)
def test_what_does_not_hold_writes_nothing_and_keeps_the_typing(client, branch, change, field):
    absent = make_member(branch.body, name="Vũ Vắng")
    change = {name: absent.pk if value == "absent" else value for name, value in change.items()}
    data = typed(branch, **{f"m{absent.pk}_presence": "unexcused"}) | change
    answer = enter(client, address(branch), data)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field or "__all__"]
    assert "thiếu người nhận hồ sơ" in answer.content.decode()
    assert not Meeting.objects.exists()
    assert not Material.objects.exists()
    assert not Event.objects.filter(verb__startswith="meeting.").exists()


def test_a_day_that_has_one_with_minutes_takes_no_second(client, branch):
    planned = make_thematic(branch)
    enter(client, address(branch), typed(branch, day="18/12/2026"))
    again = enter(client, address(branch), typed(branch, day="18/12/2026", question="Câu khác?"))
    assert again.status_code == 422
    assert "đã có một kỳ sinh hoạt chuyên đề" in again.content.decode()
    completion = reverse("preparing:paper_completion", args=[planned.pk])
    assert enter(client, completion, typed(branch, day="18/12/2026")).status_code == 422
    assert Meeting.objects.filter(kind=MeetingKind.THEMATIC, status=MeetingStatus.ADOPTED).count() == 1


def test_a_second_press_is_answered_as_the_first_and_changes_nothing(client, branch):
    planned = make_thematic(branch)
    completion = reverse("preparing:paper_completion", args=[planned.pk])
    for where, day in ((completion, "17/12/2026"), (address(branch), "18/12/2026")):
        paper = {"paper_file": make_upload(make_image()), "is_open": "on"}
        first = enter(client, where, typed(branch, day=day) | paper)
        with clock_at(AFTER):
            again = client.post(where, typed(branch, day=day))
        assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert Event.objects.filter(verb="meeting.entered_from_paper").count() == 2
    assert Assignment.objects.count() == 2


def test_the_scan_of_the_paper_is_kept_with_it_and_that_of_the_minutes_with_the_meeting(client, branch):
    files = {"paper_file": make_upload(make_image()), "minutes_file": make_upload(make_image())}
    data = typed(branch, has_paper="", is_open="on") | files
    assert enter(client, address(branch), data).status_code == 302
    owners = {(kept.owner_type, kept.owner_id) for kept in Attachment.objects.all()}
    assert owners == {
        ("preparing.material", Material.objects.get().pk),
        ("meetings.meeting", entered(branch).pk),
    }
    assert fact(branch) == (1, 0, 0)


def test_a_file_of_another_kind_is_told_plainly_and_keeps_the_typing(client, branch):
    film = {"paper_file": make_upload(b"\x00\x00\x00\x18ftypmp42 a film", "ky-hop.mp4"), "is_open": "on"}
    answer = enter(client, address(branch), typed(branch) | film)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["paper_file"]
    page = answer.content.decode()
    assert (
        "Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), ảnh PNG, JPEG và TIFF, tệp chữ (.txt). "
        "Tệp này là loại khác."
    ) in page
    assert "thiếu người nhận hồ sơ" in page
    assert not Meeting.objects.exists()
    with clock_at(AFTER):
        again = {key: value for key, value in untouched(answer).items() if key != "paper_file"}
        assert client.post(address(branch), again).status_code == 302
    assert entered(branch).focus_question == QUESTION


def test_a_page_that_came_too_late_says_what_happened_and_shows_what_was_typed(client, branch):
    planned = make_thematic(branch)
    completion = reverse("preparing:paper_completion", args=[planned.pk])
    with clock_at(EARLY):
        cancel_meeting(planned, reason="disaster", note="Bão số 5.", by=None)
    with clock_at(AFTER):
        assert client.get(completion)["Location"] == reverse("meetings:page", args=[planned.pk])
        late = client.post(completion, typed(branch))
    assert late.status_code == 409
    assert "thiếu người nhận hồ sơ" in late.content.decode()


def test_each_part_of_the_pack_is_asked_for_what_it_is_told_by(client, branch):
    with clock_at(AFTER):
        form = client.get(address(branch)).context["form"]
    asked = [name for name in form.fields if name.startswith("pT")]
    assert asked == [
        "pT5_notes",
        "pT5_skipped",
        "pT6_notes",
        "pT6_conclusion",
        "pT6_skipped",
        "pT7_conclusion",
    ]


def test_a_regular_meeting_has_its_own_page(client, branch):
    regular = make_meeting(branch.body, chair=branch.secretary, at=HELD_AT)
    with clock_at(AFTER):
        assert client.get(reverse("preparing:paper_completion", args=[regular.pk])).status_code == 404


@pytest.mark.parametrize(("sheets", "is_lacking"), [({}, False), (STORY, True)])
def test_the_entry_of_the_yearly_plan_knows_the_meeting_and_the_quarter_whether_it_counts(
    client, branch, sheets, is_lacking
):
    at = timezone.make_aware(datetime(2026, 12, 10, 14, 0))
    with clock_at(EARLY - timedelta(days=60)):
        plan = draft_plan(branch.body.pk, year=2026, by=None)
        Entry.objects.filter(plan=plan, kind=EntryKind.THEMATIC).delete()
        entry = add_entry(plan, kind=EntryKind.THEMATIC, starts_at=at, content=QUESTION, by=None)
        publish_plan(plan, by=None)
    enter(client, address(branch), typed(branch, **sheets))
    entry.refresh_from_db()
    assert entry.meeting_id == entered(branch).pk
    for entries in (plan.entries.for_page(), []):  # in the plan or beside it
        with clock_at(HELD_AT + timedelta(days=5)):  # the quarter is not over
            gaps = gaps_of(plan, entries)
        assert any("quý IV" in gap.sentence for gap in gaps) == is_lacking


def test_wherever_the_quarter_lacks_one_a_press_leads_there(client, branch):
    with clock_at(EARLY - timedelta(days=90)):
        plan = draft_plan(branch.body.pk, year=2026, by=None)
    Entry.objects.filter(plan=plan, kind=EntryKind.THEMATIC).delete()
    planning = reverse("meetings:thematic", args=[branch.body.pk])
    year = reverse("plans:page", args=[branch.body.pk, 2026])
    with clock_at(HELD_AT - timedelta(days=90)):  # the last quarter has not begun
        gaps = [gap for gap in gaps_of(plan, plan.entries.for_page()) if "chuyên đề quý" in gap.sentence]
    assert [gap.may_be_on_paper for gap in gaps] == [True, False]
    with clock_at(HELD_AT + timedelta(days=5)):
        for page in ("/", planning, year):
            assert address(branch) in client.get(page).content.decode()
        client.post(address(branch), untouched(client.get(address(branch))) | typed(branch))
        for page in ("/", year):
            assert address(branch) not in client.get(page).content.decode()
