"""What a page says about work: done-reported work is calm, reviewed work tells why and what follows."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.models import Assignment, AssignmentStatus
from nenep.assignments.operations import report_progress
from nenep.assignments.tests.make import DUE, make_past_work, make_review, make_running
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.rulebook import rules_on
from nenep.shared.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_member(make_small_bloc().branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def late(secretary):
    """Work of the secretary that was due three days ago."""
    branch = secretary.memberships.get().branch
    return make_past_work(branch, secretary, secretary, due_on=today() - timedelta(days=3))


def text(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_work_that_is_said_to_be_done_is_no_longer_overdue_anywhere(client, secretary, late):
    sign_in(client, secretary)
    pages = [("assignments:page", late.pk), ("assignments:list",), ("assignments:mine",), ("home:home",)]
    for address in pages:
        assert "Quá hạn" in text(client, *address)
    assert list(Assignment.objects.overdue()) == [late]
    report_progress(late, status=AssignmentStatus.DONE, by=None)
    for address in pages:
        assert "Quá hạn" not in text(client, *address)
    assert "Đã báo xong, chờ chi bộ kiểm điểm." in text(client, "assignments:list")
    assert f"Đã báo xong ngày {today():%d/%m/%Y}, chờ chi bộ kiểm điểm" in text(client, *pages[0])
    assert not Assignment.objects.overdue()


def test_one_tap_answers_with_its_line_in_place_and_with_the_page_without_scripts(client, secretary, late):
    sign_in(client, secretary)
    progress = reverse("assignments:progress", args=[late.pk])
    answer = client.post(progress, {"status": "done", "line": ""}, headers={"HX-Request": "true"})
    assert "Đã ghi: báo đã xong." in answer.content.decode()
    assert answer.content.decode().strip().startswith(f'<li id="work-{late.pk}">')
    late.refresh_from_db()
    assert late.is_said_to_be_done
    assert client.post(progress, {"status": "doing", "line": ""}).url.endswith(f"/assignments/{late.pk}/")


def test_the_report_form_starts_where_the_work_stands(client, secretary, late):
    report_progress(late, status=AssignmentStatus.DONE, by=None)
    sign_in(client, secretary)
    assert '<option value="done" selected>' in text(client, "assignments:page", late.pk)


def test_reviewed_work_tells_its_cause_its_day_and_what_continues_it(client, secretary, late):
    cause = rules_on(today()).vocabulary.causes[2]
    meeting = make_running(late.body, secretary)
    make_review(late, meeting, cause=cause.code, actual="xong 5 trong 12 hồ sơ", carry_to=DUE)
    sign_in(client, secretary)
    words = text(client, "assignments:page", late.pk)
    assert f"Kiểm điểm ngày {today():%d/%m/%Y}: đạt một phần, xong 5 trong 12 hồ sơ." in words
    assert f"Nguyên nhân: {cause.label}." in words
    assert f"hạn mới {DUE:%d/%m/%Y}" in words
    assert reverse("assignments:page", args=[late.continued_by.pk]) in words
