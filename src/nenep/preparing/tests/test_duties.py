"""Who prepares what by when: counted back by the rules, told to the owner, overdue first, known as a figure."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.meetings.operations import call_meeting, postpone
from nenep.meetings.readiness import readiness_of
from nenep.notices.models import Notice
from nenep.organizations.tests.make import make_body
from nenep.people.models import Status
from nenep.people.operations import change_status, transfer
from nenep.preparing import dates
from nenep.preparing.agreements import keep_regulation
from nenep.preparing.duties import assignable, give_duty, report_duty, take_duty_back
from nenep.preparing.models import Duty
from nenep.preparing.tests.make import EARLY, HELD_AT, make_ahead, make_branch, make_duty
from nenep.resolutions.tests.make import make_draft
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew, parts

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ahead_once(database_of_the_file):
    branch = make_branch()
    return branch, make_ahead(branch)


@pytest.fixture
def ahead(ahead_once):
    return anew(ahead_once)


branch, meeting = parts("ahead", 2)


def test_the_usual_day_is_counted_back_by_the_rules_and_follows_the_meeting(branch, meeting):
    duty = make_duty(meeting, branch.member, "committee")
    assert dates.due_of(duty) == date(2026, 12, 12)
    with clock_at(EARLY):
        postpone(meeting, to=HELD_AT + timedelta(days=3), reason="Trùng hội nghị.", by=None)
    duty = Duty.objects.select_related("meeting").get()
    assert dates.due_of(duty) == date(2026, 12, 15)


def test_each_step_is_due_by_the_part_of_the_rules_that_names_it(meeting):
    """Of a meeting on 17/12: ten days ahead the frame, a week the question and the papers of a theme, and so on."""
    days = {
        7: ("time", "place", "chair", "note_taker"),
        10: ("focus", "management", "paper", "presenter"),
        12: ("committee",),
        14: ("agenda", "materials", "draft", "comments"),
    }
    expected = {step: date(2026, 12, day) for day, steps in days.items() for step in steps}
    assert {step: dates.usual_day(meeting, step) for step in dates.PARTS} == expected
    assert dates.usual_day(meeting, "unknown") is None


def test_the_opening_page_says_how_much_was_prepared_and_what_lacks(client, branch, meeting):
    """Seven of ten steps; then the draft is there and a step more is due: rounded down."""

    def said():
        page = client.get(reverse("meetings:opening", args=[meeting.pk])).content.decode()
        return page[page.index("Đã chuẩn bị") :].split("</li>")[0].split("</p>")[0]

    with clock_at(HELD_AT - timedelta(days=3)):
        call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
    with clock_at(HELD_AT):
        sign_in(client, branch.secretary)
        three = "họp chi ủy trước kỳ sinh hoạt, tài liệu và ý nghĩa với chi bộ, dự thảo nghị quyết"
        assert said() == f"Đã chuẩn bị 70%. Còn thiếu: {three}."
        make_draft(meeting)
        due = {"signed_on": EARLY.date(), "valid_from": EARLY.date(), "review_on": HELD_AT.date()}
        keep_regulation(branch.body.pk, **due, by=None)
        assert said().startswith("Đã chuẩn bị 72%. Còn thiếu: họp chi ủy")  # eight of eleven


def test_a_typed_day_stays_but_never_comes_after_the_meeting(branch, meeting):
    with clock_at(EARLY):
        step = assignable(meeting)["draft"]
        give_duty(meeting, step, owner=branch.member, due_on=date(2026, 12, 16), by=None)
        postpone(meeting, to=HELD_AT - timedelta(days=4), reason="Họp sớm.", by=None)
        duty = Duty.objects.select_related("meeting").get()
        assert dates.due_of(duty) == date(2026, 12, 13)
        with pytest.raises(Refused, match="đến ngày họp 13/12/2026"):
            give_duty(meeting, step, owner=branch.member, due_on=date(2026, 12, 14), by=None)


def test_only_who_is_summoned_can_be_given_a_step(branch, meeting):
    with pytest.raises(Refused, match="không thuộc danh sách dự họp"):
        make_duty(meeting, branch.stranger)
    assert not Duty.objects.exists()


def test_owner_and_former_owner_are_told_and_nobody_of_what_they_decided_themselves(branch, meeting):
    secretary = viewer_for(branch.secretary)
    make_duty(meeting, branch.member, by=secretary)
    make_duty(meeting, branch.member, by=secretary)  # the same once more is no news
    duty = make_duty(meeting, branch.secretary, by=secretary)
    told = list(Notice.objects.order_by("pk").values_list("member", "kind"))
    assert told == [(branch.member.pk, "duty.given"), (branch.member.pk, "duty.taken_back")]
    assert "nghị quyết" not in Notice.objects.first().title.lower()  # the title goes into e-mails
    with clock_at(EARLY):
        take_duty_back(duty, by=secretary)
    assert Notice.objects.count() == 2
    assert not Duty.objects.exists()


def test_it_stands_on_the_first_page_until_it_is_done_or_reported(client, branch, meeting):
    duty = make_duty(meeting, branch.member)
    line = reverse("preparing:duty", args=[duty.pk])
    sign_in(client, branch.member)
    with clock_at(EARLY):
        assert line in client.get("/").content.decode()
        assert client.get(line).status_code == 200
        client.post(reverse("preparing:duty_report", args=[duty.pk]), {"wish": "done"})
        assert line not in client.get("/").content.decode()
        client.post(reverse("preparing:duty_report", args=[duty.pk]), {"wish": "reopen"})
        assert line in client.get("/").content.decode()
        make_draft(meeting)
        assert line not in client.get("/").content.decode()


def test_it_is_of_no_concern_to_other_members_or_branches(client, branch, meeting):
    duty = make_duty(meeting, branch.member)
    sign_in(client, branch.stranger)
    assert client.get(reverse("preparing:duty", args=[duty.pk])).status_code == 404
    sign_in(client, branch.secretary)
    assert client.get(reverse("preparing:duty", args=[duty.pk])).status_code == 200
    assert client.post(reverse("preparing:duty_report", args=[duty.pk])).status_code == 403


@pytest.mark.parametrize("leaves", ["moves", "is suspended"])
def test_whoever_has_left_sees_nothing_more_of_the_own_duty(client, branch, meeting, leaves):
    line = reverse("preparing:duty", args=[make_duty(meeting, branch.member).pk])
    account = sign_in(client, branch.member)
    with clock_at(EARLY):
        assert client.get(line).status_code == 200  # the twin: as long as the branch is the own one
        if leaves == "moves":
            transfer(branch.member, to=make_body(), day=EARLY.date(), by=None)
        else:
            change_status(branch.member, status=Status.SUSPENDED, start=EARLY.date(), by=None)
        client.logout()  # such a change ends the sign-in; another may follow
        sign_in(client, account)
        assert client.get(line).status_code == 404
        assert client.post(reverse("preparing:duty_report", args=[Duty.objects.get().pk])).status_code == 404
        assert line not in client.get("/").content.decode()


def test_overdue_steps_come_first_and_the_figure_says_what_is_missing(client, branch, meeting):
    make_duty(meeting, branch.member, "draft")
    sign_in(client, branch.secretary)
    with clock_at(HELD_AT - timedelta(days=2)):
        readiness = readiness_of(meeting)
        late = [line.step.key for line in readiness.lines if line.is_overdue]
        page = client.get(reverse("meetings:preparation", args=[meeting.pk])).content.decode()
    assert late == [line.step.key for line in readiness.lines][: len(late)]
    assert {"committee", "draft"} <= set(late)
    assert "họp chi ủy trước kỳ sinh hoạt" in readiness.lacks
    assert readiness.percent == 100 * readiness.done // len(readiness.lines) < 100
    assert f"{readiness.percent}%" in page
    assert "Đồng chí Lê Ánh" in page
    assert page.index("Họp chi ủy trước") < page.index("Địa điểm")


def test_nothing_is_overdue_as_long_as_there_is_time(meeting):
    with clock_at(EARLY):
        assert not any(line.is_overdue for line in readiness_of(meeting).lines)


def test_opening_says_how_far_the_preparation_came(client, branch, meeting):
    with clock_at(HELD_AT - timedelta(days=2)):
        call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
    sign_in(client, branch.secretary)
    with clock_at(HELD_AT):
        page = client.get(reverse("meetings:opening", args=[meeting.pk])).content.decode()
    assert "Còn thiếu: họp chi ủy trước kỳ sinh hoạt" in page


def test_after_the_opening_nothing_is_given_or_reported(branch, meeting):
    duty = make_duty(meeting, branch.member)
    type(meeting).objects.filter(pk=meeting.pk).update(status="opened")
    with pytest.raises(Refused, match="đã khai mạc"):
        report_duty(duty, is_done=True, by=viewer_for(branch.member))


def test_an_unknown_step_is_not_there(client, branch, meeting):
    sign_in(client, branch.secretary)
    assert client.get(reverse("preparing:duty_change", args=[meeting.pk, "khong-co"])).status_code == 404
