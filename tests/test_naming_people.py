"""Every form that names people offers those whom its verb accepts: nobody who is suspended on the day."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.arrivals.tests.make import make_arrival
from nenep.assignments.operations import hand_out
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post, Status
from nenep.people.operations import change_status
from nenep.people.tests.make import make_member
from nenep.plans.operations import draft_plan
from nenep.preparing.duties import assignable
from nenep.shared.dates import now, previous_month, today

pytestmark = pytest.mark.django_db

PLANNED, OPENED = MeetingStatus.PLANNED, MeetingStatus.OPENED
SOURCE = Path(__file__).parents[1] / "src" / "nenep"


def of_meeting(name):
    return lambda meeting: reverse(name, args=[meeting.pk])


def of_body(name):
    return lambda meeting: reverse(name, args=[meeting.body_id])


def of_item(meeting):
    return reverse("meetings:item_change", args=[meeting.items.first().pk])


def of_duty(meeting):
    return reverse("preparing:duty_change", args=[meeting.pk, next(iter(assignable(meeting)))])


def of_work(meeting):
    due_on = today() + timedelta(days=9)
    work = hand_out(meeting, what="Rà hồ sơ", owner=meeting.chair, due_on=due_on, by=None)
    return reverse("assignments:correction", args=[work.pk])


def of_plan(meeting):
    plan = draft_plan(meeting.body_id, year=today().year + 1, by=None)
    return reverse("plans:entry_addition", args=[plan.pk])


def of_month(meeting):
    month = previous_month(previous_month(today()))
    return reverse("meetings:paper_entry", args=[meeting.body_id, month.year, month.month])


def of_paper(meeting):
    return reverse("arrivals:routing", args=[make_arrival(make_body(), meeting.body).pk])


# the fields of a person -> the module of the form, the state of the meeting, its address
FORMS = {
    "chair of a plan": ("meetings/forms.py", PLANNED, of_meeting("meetings:plan")),
    "thematic": ("meetings/forms.py", PLANNED, of_body("meetings:thematic")),
    "room": ("meetings/forms.py", OPENED, of_meeting("meetings:room")),
    "agenda": ("meetings/agenda_forms.py", PLANNED, of_meeting("meetings:agenda")),
    "item added": ("meetings/agenda_forms.py", PLANNED, of_meeting("meetings:item_addition")),
    "item changed": ("meetings/agenda_forms.py", PLANNED, of_item),
    "paper": ("meetings/paper_forms.py", PLANNED, of_month),
    "thematic paper": ("preparing/paper_forms.py", PLANNED, of_body("preparing:paper_entry")),
    "resolution": ("resolutions/forms.py", PLANNED, of_meeting("resolutions:draft")),
    "duty": ("preparing/forms.py", PLANNED, of_duty),
    "work": ("assignments/forms.py", OPENED, of_meeting("assignments:handing_out")),
    "work corrected": ("assignments/forms.py", OPENED, of_work),
    "paper that came": ("arrivals/forms.py", PLANNED, of_paper),
    "entry of a plan": ("plans/forms.py", PLANNED, of_plan),
}
# Whoever signed a card signed it, whatever was decided about them since.
ANYBODY = {"meetings/card_forms.py"}
# Names whoever holds an office in a committee, not the people of a branch: tested beside the form.
OF_COMMITTEES = {"briefings/forms.py"}


def test_every_form_that_names_people_stands_in_the_table():
    naming = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*forms.py")
        if re.search(r"Members?Field\(", path.read_text())
    }
    assert naming == {module for module, _status, _address in FORMS.values()} | ANYBODY | OF_COMMITTEES


@pytest.mark.parametrize("name", FORMS)
def test_a_form_offers_nobody_who_is_suspended(client, name):
    module, status, address_of = FORMS[name]
    branch = make_body()
    secretary = make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
    suspended, own = make_member(branch, name="Vũ Đình Chỉ"), make_member(branch, name="Lê Tham Dự")
    since = today() - timedelta(days=100)
    change_status(suspended, status=Status.SUSPENDED, start=since, by=None)
    meeting = make_meeting(branch, status=status, chair=secretary, at=now() + timedelta(minutes=1))
    sign_in(client, secretary)
    page = client.get(address_of(meeting)).content.decode()
    assert f'<option value="{own.pk}">Lê Tham Dự</option>' in page
    assert f'<option value="{suspended.pk}"' not in page
    if module == "assignments/forms.py":
        helpers = re.findall(r'name="helpers" value="(\d+)"', page)
        assert {str(suspended.pk), str(own.pk)} & set(helpers) == {str(own.pk)}
