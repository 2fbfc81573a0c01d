"""Who helps with a piece of work: named where it is given, told, shown, carried along; the owner alone answers for it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.correcting import correct, withdraw
from nenep.assignments.models import Assignment
from nenep.assignments.providing import item_lines
from nenep.assignments.tests.make import DUE, make_past_work, make_review, make_running, make_work
from nenep.meetings.minutes import compose
from nenep.notices.models import Notice
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(branch):
    return make_member(branch, name="Trần Thị Bình")


@pytest.fixture
def helper(branch):
    return make_member(branch, name="Lê Văn Ánh")


@pytest.fixture
def other(branch):
    return make_member(branch, name="Vũ Thị Dung")


@pytest.fixture
def meeting(branch, secretary, owner, helper, other):
    return make_running(branch, secretary)


def told(member):
    notices = Notice.objects.filter(member=member, kind__startswith="assignment.").order_by("pk")
    return list(notices.values_list("title", flat=True))


def typed(owner, *helpers):
    due = f"{DUE:%d/%m/%Y}"
    return {"what": "Rà soát", "owner": owner.pk, "due_on": due, "helpers": [one.pk for one in helpers]}


def test_helpers_are_named_where_work_is_given_and_corrected(
    client, secretary, meeting, owner, helper, other
):
    sign_in(client, secretary)
    client.post(reverse("assignments:handing_out", args=[meeting.pk]), typed(owner, helper))
    work = Assignment.objects.get()
    assert list(work.helpers.all()) == [helper]
    assert told(helper) == ["Đồng chí được phân công phối hợp một việc"]
    address = reverse("assignments:correction", args=[work.pk])
    page = client.get(address).content.decode()
    assert re.search(rf'name="helpers" value="{helper.pk}"[^>]* checked', page)
    assert not re.search(rf'name="helpers" value="{other.pk}"[^>]* checked', page)
    client.post(address, typed(owner, other))
    assert list(work.helpers.all()) == [other]
    assert told(helper)[-1] == "Một việc không còn cần đồng chí phối hợp"
    assert told(other) == ["Đồng chí được phân công phối hợp một việc"]
    withdraw(work, by=None)
    assert told(other)[-1] == "Một việc không còn cần đồng chí phối hợp"


def test_who_becomes_the_owner_helps_no_longer_and_is_told_of_the_work_alone(meeting, owner, helper):
    work = make_work(meeting, owner, helpers=[helper, owner])
    assert list(work.helpers.all()) == [helper]
    correct(work, what="Rà soát", owner=helper, due_on=DUE, measure="", by=None)
    assert not work.helpers.exists()
    assert told(helper)[-1] == "Đồng chí được giao một việc"


def test_a_stranger_helps_in_no_correction(bloc, meeting, owner):
    work = make_work(meeting, owner)
    stranger = make_member(bloc.branch)
    with pytest.raises(Refused, match="không thuộc danh sách") as refused:
        correct(work, what="Rà", owner=owner, due_on=DUE, measure="", helpers=[stranger], by=None)
    assert refused.value.field == "helpers"


def test_the_page_and_the_minutes_and_the_line_of_the_item_name_them(client, meeting, owner, helper, other):
    item = meeting.items.first()
    work = make_work(meeting, owner, helpers=[other, helper], item=item)
    sign_in(client, owner)
    page = client.get(reverse("assignments:page", args=[work.pk])).content.decode()
    assert "<dt>Người phối hợp</dt><dd>Lê Văn Ánh, Vũ Thị Dung</dd>" in page
    assert "Trần Thị Bình; phối hợp: Lê Văn Ánh, Vũ Thị Dung" in str(compose(meeting).blocks)
    assert [line for pk, line in item_lines(meeting) if pk == item.pk] == [
        f"Giao đồng chí Trần Thị Bình: Rà soát hồ sơ, hạn {DUE:%d/%m/%Y}; phối hợp: Lê Văn Ánh, Vũ Thị Dung"
    ]


def test_a_helper_sees_it_among_the_own_work_and_reports_nothing(client, meeting, owner, helper):
    work = make_work(meeting, owner, helpers=[helper])
    make_work(meeting, owner, what="Việc khác")
    sign_in(client, helper)
    mine = client.get(reverse("assignments:mine")).content.decode()
    assert "Việc tôi phối hợp" in mine
    assert reverse("assignments:page", args=[work.pk]) in mine
    assert "Việc khác" not in mine
    home = client.get(reverse("home:home")).content.decode()
    assert f"Phối hợp với đồng chí Trần Thị Bình, hạn {DUE:%d/%m/%Y}" in home
    assert "không còn việc nào" not in home
    report = reverse("assignments:progress", args=[work.pk])
    assert report not in mine
    assert client.post(report, {"status": "done"}).status_code == 403


def test_a_helper_who_has_moved_away_still_opens_it_and_it_stands_once_for_others(
    client, bloc, secretary, meeting, owner, helper, other
):
    work = make_work(meeting, owner, helpers=[helper, other, secretary])
    transfer(helper, to=bloc.branch, day=today(), by=None)
    sign_in(client, helper)
    assert client.get(reverse("assignments:page", args=[work.pk])).status_code == 200
    sign_in(client, secretary)
    listed = client.get(reverse("assignments:list")).content.decode()
    assert listed.count(f'id="work-{work.pk}"') == 1


def test_helpers_go_along_with_what_is_carried_over_but_not_who_has_left(
    bloc, branch, secretary, meeting, owner, helper, other
):
    work = make_past_work(branch, secretary, owner, helpers=[helper, other])
    transfer(other, to=bloc.branch, day=today() - timedelta(days=5), by=None)
    make_review(work, meeting, carry_to=DUE)
    assert list(work.continued_by.helpers.all()) == [helper]
