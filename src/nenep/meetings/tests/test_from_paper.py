"""A month held on paper: entered in one page by the rules of its day, all or nothing, within five minutes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.facts.models import BranchMonth
from nenep.facts.rebuilding import check
from nenep.files.models import Attachment, RefusedUpload
from nenep.files.tests.make import make_image, make_upload
from nenep.journal.models import Event
from nenep.meetings import past
from nenep.meetings.calling_off import mark_not_held
from nenep.meetings.minutes import content_of
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.meetings.tests.make import HELD_AT, acting, make_meeting
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.shared.dates import clock_at
from nenep.shared.tests.anew import anew, parts

pytestmark = pytest.mark.django_db

MONTH, AFTER = date(2026, 12, 1), HELD_AT + timedelta(days=40)


@pytest.fixture(scope="module")
def people_once(database_of_the_file):
    branch = make_small_bloc().branch
    members = make_members(branch, 11)
    return branch, members, make_member(branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def people(people_once):
    return anew(people_once)


branch, members, secretary = parts("people", 3)


def address(branch, month=MONTH):
    return reverse("meetings:paper_entry", args=[branch.pk, month.year, month.month])


def untouched(page):
    """What the form sends when nobody has touched it."""
    form = page.context["form"]
    return {
        field.html_name: field.value()
        for field in form
        if field.value() is not None and field.name != "is_open"
    }


# What the paper of a usual meeting says, as somebody types it: (field, text). Selects and ticks have no text.
def typed(members, secretary, day="03/12/2026"):
    absent, away = members[:2]
    conclusions = {
        "C1": "Hoàn thành 5/6 nhiệm vụ, còn hồ sơ chậm.",
        "C2": "Đã quán triệt Chỉ thị 50.",
        "C3": "Tháng tới trả hồ sơ đúng hẹn.",
        "C4": "Phân công 2 đồng chí giúp quần chúng.",
        "C5": "Nhất trí với báo cáo.",
    }
    return {
        "day": day, "began": "14:00", "ended": "15:35", "place": "Phòng họp", "note_taker": members[2].pk,
        f"m{absent.pk}_presence": "excused", f"m{absent.pk}_reason": "Ốm",
        f"m{away.pk}_presence": "unexcused",
        **{f"p{step}_conclusion": text for step, text in conclusions.items()},
        "pC6_skipped": "không có trường hợp nào",
        "v0_subject": "Nghị quyết tháng 12", "v0_for": 9, "v0_against": 1,
        "resolution": "12-NQ/CB ngày 03/12/2026", "votes_for": 10, "is_signed": "on",
    }  # fmt: skip


def enter(client, branch, data, at=AFTER):
    with clock_at(at):
        page = client.get(address(branch))
        return client.post(address(branch), untouched(page) | data)


def test_a_month_with_nothing_is_entered_as_adopted_with_its_mark(client, branch, members, secretary):
    sign_in(client, secretary)
    answer = enter(client, branch, typed(members, secretary))
    meeting = Meeting.objects.get(body=branch, month=MONTH)
    assert answer["Location"] == reverse("meetings:minutes", args=[meeting.pk])
    assert meeting.status == MeetingStatus.ADOPTED
    assert (meeting.expected, meeting.present, meeting.excused, meeting.unexcused) == (12, 10, 1, 1)
    assert meeting.opened_at is None
    vote = meeting.votes.get()
    assert (vote.base, vote.votes_for, vote.votes_against, vote.passed) == (12, 9, 1, True)
    text = str(content_of(meeting).blocks)
    for said in ("không có trường hợp nào", "12-NQ/CB ngày 03/12/2026", "Nhập từ biên bản giấy", "(Ốm)"):
        assert said in text
    fact = BranchMonth.objects.get(body=branch, month=MONTH)
    assert (fact.meetings_held, fact.present, fact.minutes_discussion) == (1, 10, 0)
    assert check() == []
    assert meeting.minutes.signed_at is not None
    # Judged by the day of the sheets, not by the day of typing.
    assert meeting.figures.adopted_on == HELD_AT.date() < AFTER.date()
    assert Event.objects.filter(verb="meeting.entered_from_paper", body=branch.pk).count() == 1
    with clock_at(AFTER):
        assert "nhập từ giấy" in client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
    # The month that is going on is opened, not the one after the sheets.
    assert set(Meeting.objects.values_list("month", flat=True)) == {MONTH, date(2027, 1, 1)}


def as_planned(branch, secretary):
    make_meeting(branch, status=MeetingStatus.PLANNED, chair=secretary)


def as_called(branch, secretary):
    make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary)


def as_not_held(branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary)
    with clock_at(AFTER):
        mark_not_held(meeting, reason="few", by=acting(secretary))


def as_imported(branch, secretary):
    row = past.PastMonth(
        body_id=branch.pk, month=MONTH, held_on=HELD_AT.date(), expected=3, present=2, figures={}
    )
    past.record_past_months([row], by=None)


@pytest.mark.parametrize("known", [as_planned, as_called, as_not_held, as_imported])
def test_whatever_was_known_of_the_month_gives_way_to_the_sheets(client, branch, members, secretary, known):
    known(branch, secretary)
    before = Meeting.objects.get(month=MONTH)
    sign_in(client, secretary)
    assert enter(client, branch, typed(members, secretary)).status_code == 302
    meeting = Meeting.objects.get(month=MONTH)
    assert (meeting.pk, meeting.status, meeting.is_imported) == (before.pk, MeetingStatus.ADOPTED, False)
    fact = BranchMonth.objects.get(body=branch, month=MONTH)
    assert (fact.meetings_held, fact.meetings_not_held, fact.present) == (1, 0, 10)
    assert check() == []
    events = Event.objects.filter(verb="meeting.not_holding_taken_back").count()
    assert events == (known is as_not_held)
    with clock_at(AFTER):
        page = client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
    assert ("lời ghi ấy đã bỏ" in page) == (known is as_not_held)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"day": "03/01/2027"}, None),
        ({"day": "08/01/2027"}, "chậm nhất ngày 07/01/2027"),
        ({"ended": "13:00"}, "Giờ kết thúc phải từ giờ khai mạc"),
        ({"pC6_skipped": ""}, "hoặc ghi vì sao không bàn"),
        ({"v0_for": 11}, "chỉ có 10 đảng viên chính thức dự"),
        ({"votes_for": 5}, "chưa được quá nửa"),
        ({"note_taker": "absent"}, "ghi là vắng"),
    ],
)
def test_what_does_not_hold_writes_nothing_and_keeps_the_typing(
    client, branch, members, secretary, change, says
):
    sign_in(client, secretary)
    change = {name: members[0].pk if value == "absent" else value for name, value in change.items()}
    answer = enter(client, branch, typed(members, secretary) | change)
    if says is None:  # the first days of the next month still belong to it
        assert answer.status_code == 302
        return
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Hoàn thành 5/6 nhiệm vụ" in page
    assert not Meeting.objects.exists()
    assert not Event.objects.filter(verb__startswith="meeting.").exists()


def test_the_roster_and_the_pack_are_those_of_the_day_that_was_typed(client, branch, members, secretary):
    """Somebody who came between the day shown and the day typed has to be called too."""
    new = make_member(branch, name="Lê Mới Đến", since=date(2026, 12, 20))
    sign_in(client, secretary)
    with clock_at(AFTER):
        page = client.get(address(branch))
    assert new.full_name not in page.content.decode()
    answer = enter(client, branch, typed(members, secretary, day="28/12/2026"))
    assert answer.status_code == 422
    assert "có thêm: Lê Mới Đến" in answer.content.decode()
    again = untouched(answer) | {f"m{new.pk}_presence": "present"}
    with clock_at(AFTER):
        assert client.post(address(branch), again).status_code == 302
    assert Meeting.objects.get(month=MONTH).expected == 13


def test_a_month_before_the_present_guidance_asks_for_the_parts_of_its_own(
    client, branch, members, secretary
):
    sign_in(client, secretary)
    with clock_at(AFTER):
        then = client.get(address(branch, date(2019, 5, 1))).context["form"]
        now = client.get(address(branch)).context["form"]
    assert [step.pack.id for step in then.steps] != [step.pack.id for step in now.steps]


def test_the_signed_sheets_are_kept_with_it_and_a_secret_one_stops_everything(
    client, branch, members, secretary
):
    sign_in(client, secretary)
    unsaid = {"resolution_file": make_upload(make_image())}
    assert "is_open" in enter(client, branch, typed(members, secretary) | unsaid).context["form"].errors
    secret = {"minutes_file": make_upload(make_image(), "TỐI MẬT.png"), "is_open": "on"}
    answer = enter(client, branch, typed(members, secretary) | secret)
    assert answer.status_code == 422
    assert RefusedUpload.objects.count() == 1
    assert not Meeting.objects.exists()
    paper = {"minutes_file": make_upload(make_image()), "is_open": "on"}
    assert enter(client, branch, typed(members, secretary) | paper).status_code == 302
    assert Attachment.objects.get().owner_id == Meeting.objects.get(month=MONTH).pk


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (
            b"\x00\x00\x00\x18ftypmp42 a film",
            "ky-hop.mp4",
            "Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), ảnh",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "bien-ban.doc", "lưu lại thành .docx"),
    ],
)
def test_a_file_of_another_kind_is_told_plainly_and_keeps_the_typing(
    client, branch, members, secretary, content, name, says
):
    sign_in(client, secretary)
    film = {"minutes_file": make_upload(content, name), "is_open": "on"}
    answer = enter(client, branch, typed(members, secretary) | film)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["minutes_file"]
    page = answer.content.decode()
    assert says in page
    assert "Hoàn thành 5/6 nhiệm vụ, còn hồ sơ chậm." in page
    assert not Meeting.objects.exists()
    assert not Attachment.objects.exists()
    # What the page shows is the whole of it: sent without the file it is entered.
    with clock_at(AFTER):
        again = {key: value for key, value in untouched(answer).items() if key != "minutes_file"}
        assert client.post(address(branch), again).status_code == 302
    entered = Meeting.objects.get(month=MONTH)
    assert (entered.expected, entered.present) == (12, 10)


def test_a_second_press_is_answered_as_the_first_and_changes_nothing(client, branch, members, secretary):
    sign_in(client, secretary)
    first = enter(client, branch, typed(members, secretary))
    with clock_at(AFTER):
        again = client.post(address(branch), typed(members, secretary))
    assert again["Location"] == first["Location"]
    assert Event.objects.filter(verb="meeting.entered_from_paper").count() == 1


def test_minutes_that_are_there_are_not_entered_again(client, branch, members, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.ADOPTED, chair=secretary)
    sign_in(client, secretary)
    with clock_at(AFTER):
        assert client.get(address(branch))["Location"] == f"/meetings/{meeting.pk}/"
        assert client.get(address(branch, date(2027, 2, 1))).status_code == 404
        months = client.get(reverse("meetings:paper_months", args=[branch.pk]) + "?year=2026").context[
            "months"
        ]
    assert [gap.month.month for gap in months] == list(range(11, 0, -1))


@pytest.mark.parametrize(("year", "folded"), [(2026, "<details>"), (2011, "<details open>")])
def test_years_long_past_are_folded_away_until_one_is_asked_for(client, branch, secretary, year, folded):
    sign_in(client, secretary)
    with clock_at(AFTER):
        answer = client.get(reverse("meetings:paper_months", args=[branch.pk]) + f"?year={year}")
    shown = answer.context
    assert (shown["years"][0], shown["earlier"][-1]) == (AFTER.year, branch.founded_on.year)
    assert len(shown["years"]) == 5
    assert f"{folded}<summary>Các năm trước" in answer.content.decode()


def test_not_held_by_mistake_is_taken_back_and_stays_visible(client, branch, members, secretary):
    as_not_held(branch, secretary)
    meeting = Meeting.objects.get(month=MONTH)
    sign_in(client, secretary)
    with clock_at(AFTER):
        client.post(reverse("meetings:non_holding_withdrawal", args=[meeting.pk]))
        meeting = Meeting.objects.get(pk=meeting.pk)
        assert meeting.status == MeetingStatus.CALLED
        assert BranchMonth.objects.get(body=branch, month=MONTH).meetings_not_held == 0
        assert "đã bỏ lúc" in client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
        mark_not_held(meeting, reason="disaster", by=None)
    assert Meeting.objects.get(pk=meeting.pk).called_off.taken_back_at is None
    assert check() == []


# Seconds for a person of 60 on a phone: pointing at a field and thinking of it; a tap; a letter (keystroke-level
# model with the factor 1.43 for seniors of flows.md 6.3, U1).
SENIOR, POINT, TAP, LETTER = 1.43, 1.1 + 1.35, 0.2, 0.28


def test_a_branch_of_twelve_is_entered_within_five_minutes(client, branch, members, secretary):
    """Counts what a person has to touch: everything else comes filled in from the page itself."""
    sign_in(client, secretary)
    data = typed(members, secretary)
    assert enter(client, branch, data).status_code == 302
    chosen = [name for name in data if name.endswith(("_presence", "note_taker", "is_signed"))]
    letters = sum(len(str(data[name])) for name in data if name not in chosen)
    opened = 1 + 1  # the two "Lý do", "Không bàn" that are folded
    touched = len(data) + opened + 1  # and the button
    seconds = SENIOR * (touched * (POINT + TAP) + len(chosen) * (POINT + TAP) + letters * LETTER)
    assert touched <= 26
    assert seconds <= 5 * 60, f"{touched} fields, {letters} letters: {seconds:.0f} s"
