"""What came of a visit: the officer's one tap, a line about the meeting, or a reason; who reads it where."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.calendars.operations import make_feed
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at, month_start, now, today
from nenep.shared.states import Refused
from nenep.visits.models import Visit
from nenep.visits.operations import mark_attended, mark_missed
from nenep.visits.tests.make import coming_month, hold_at, make_arranged, make_visit

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def visit(bloc, officer, secretary):
    """Of this month, to a branch whose hour is not known: it may have been held any day."""
    return make_visit(bloc.bloc, bloc.lone_branch, officer, month=month_start(today()))


def tap(client, visit, name="attendance", **typed):
    return client.post(reverse(f"visits:{name}", args=[visit.pk]), typed)


def page_of(client, visit):
    return client.get(reverse("visits:page", args=[visit.pk])).content.decode()


def test_one_tap_on_the_first_page_says_that_the_officer_was_there(client, visit, officer):
    sign_in(client, officer)
    first = client.get("/").content.decode()
    assert f'action="{reverse("visits:attendance", args=[visit.pk])}"' in first
    assert "Dự sinh hoạt Chi bộ Hội D" in first
    for _press in range(2):
        assert tap(client, visit).status_code == 302
    visit.refresh_from_db()
    assert (visit.status, visit.remark) == ("attended", "")
    assert reverse("visits:attendance", args=[visit.pk]) not in client.get("/").content.decode()


def test_the_line_is_read_by_the_branch_and_the_committee_and_one_too_long_is_kept_on_the_page(
    client, visit, bloc, officer, deputy
):
    sign_in(client, officer)
    tap(client, visit)
    long = client.post(reverse("visits:attendance", args=[visit.pk]), {"remark": "Nền nếp. " * 60})
    assert long.status_code == 422
    assert "Nền nếp. Nền nếp." in long.content.decode()
    assert tap(client, visit, remark="Bàn kỹ việc kho hồ sơ.").status_code == 302
    for reader in (deputy, make_member(bloc.lone_branch, name="Trần Đảng Viên")):
        sign_in(client, reader)
        assert "Bàn kỹ việc kho hồ sơ." in page_of(client, visit)
        assert tap(client, visit, remark="Khác").status_code == 403
    sign_in(client, officer)
    tap(client, visit)  # on a first page that was opened before
    assert Visit.objects.get().remark == "Bàn kỹ việc kho hồ sơ."


def test_nobody_was_there_before_the_hour_has_come(client, bloc, officer):
    meeting = hold_at(bloc.lone_branch, now() + timedelta(days=2))
    visit = make_visit(bloc.bloc, bloc.lone_branch, officer, month=meeting.month)
    with pytest.raises(Refused, match="Chưa đến giờ"):
        mark_attended(visit, by=None)
    with clock_at(meeting.starts_at + timedelta(hours=2)):
        mark_attended(visit, by=None)
    assert visit.is_attended


def test_who_cannot_come_says_why_and_the_place_is_given_to_somebody_else(
    client, bloc, officer, deputy, secretary
):
    make_arranged(bloc.bloc, {bloc.lone_branch: officer})
    sign_in(client, deputy)
    roster = reverse("visits:roster", args=[bloc.bloc.pk, coming_month().year, coming_month().month])
    sent = {f"officer_{bloc.lone_branch.pk}": officer.pk, "each": 3, "revision": 1}
    client.post(roster, sent)  # whoever saved last is told
    visit = Visit.objects.get()
    sign_in(client, officer)
    assert tap(client, visit, "absence", reason="").status_code == 422
    assert tap(client, visit, "absence", reason="Đi học chính trị").status_code == 302
    assert Notice.objects.get(member=deputy).text.endswith("Lý do: Đi học chính trị.")
    assert "như đã báo" in Notice.objects.filter(member=secretary).latest("pk").text
    sign_in(client, deputy)
    page = client.get(roster).content.decode()
    assert "Đồng chí Vũ Cán Bộ không dự được: Đi học chính trị" in page
    assert client.post(roster, sent).status_code == 422  # from a page that did not know it yet
    assert not Visit.objects.standing().exists()
    proposed = client.post(roster, {"each": 3, "revision": 2, "propose": 1}).context["form"]
    assert proposed[f"officer_{bloc.lone_branch.pk}"].initial == deputy.pk
    make_arranged(bloc.bloc, {bloc.lone_branch: deputy})
    with clock_at(now() + timedelta(days=75)), pytest.raises(Refused, match="đồng chí khác dự thay"):
        mark_attended(visit, by=None)


def test_what_the_committee_took_back_is_answered_no_more(client, visit, bloc, officer):
    make_arranged(bloc.bloc, {bloc.lone_branch: None}, month=month_start(today()))
    with pytest.raises(Refused):
        mark_missed(visit, reason="Bận", by=None)
    sign_in(client, officer)
    answer = tap(client, visit, "absence", reason="Đi công tác xa nhà")
    assert answer.status_code == 409  # what was typed is shown again
    assert "Đi công tác xa nhà" in answer.content.decode()
    assert "Thôi phân công" in page_of(client, visit)


def test_the_branch_sees_who_will_come_while_it_prepares_and_on_the_meeting(client, bloc, officer, secretary):
    meeting = make_meeting(
        bloc.lone_branch, status=MeetingStatus.CALLED, chair=secretary, at=now() + timedelta(days=5)
    )
    sign_in(client, secretary)
    pages = [reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("preparation", "page")]
    for page in pages:
        assert "Cấp trên dự" not in client.get(page).content.decode()
    make_visit(bloc.bloc, bloc.lone_branch, officer, month=meeting.month)
    for page in pages:
        assert "Cấp trên dự: đồng chí Vũ Cán Bộ" in client.get(page).content.decode()


def test_the_meeting_stands_in_the_officer_s_own_calendar_and_in_nobody_else_s(
    client, bloc, officer, deputy, secretary
):
    meeting = make_meeting(
        bloc.lone_branch, status=MeetingStatus.CALLED, chair=secretary, at=now() + timedelta(days=5)
    )
    visit = make_visit(bloc.bloc, bloc.lone_branch, officer, month=meeting.month)
    found = {}
    for person in (officer, deputy):
        by = viewer_for(person)
        feed = reverse("calendars:feed", args=[make_feed(by.account_id, shows_place=True, by=by)])
        found[person] = reverse("visits:page", args=[visit.pk]) in client.get(feed).content.decode()
    assert found == {officer: True, deputy: False}
