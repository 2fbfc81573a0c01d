"""A direction becomes a task of the next plan, and the way from one to the other stays."""

from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import sign_in, viewer_for
from nenep.directives.links import shown
from nenep.directives.models import Made
from nenep.directives.operations import withdraw_directive
from nenep.directives.planning import put_into_plan
from nenep.directives.reads import states_of
from nenep.directives.tests.make import make_directive, receipt_in
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.plans.models import Entry, EntryKind
from nenep.plans.operations import draft_plan
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
ONCE = "7b0e6f0e-4a4b-4f43-9a62-6b5a7d5c0021"


@pytest.fixture
def issued(bloc):
    """The directions of a final report, with one task for everybody."""
    task = {"mark": "III.2", "what": "Tiếp tục học tập Chỉ thị số 10", "doers": "all"}
    return make_directive(bloc.bloc, issued=True, requirements=[task], title="Phương hướng sau tổng kết")


def moment(year, month=5):
    return timezone.make_aware(datetime.combine(date(year, month, 15), time(14)))


def test_it_stands_in_the_plan_and_is_carried_out_by_it(client, bloc, secretary, issued):
    year, receipt, task = today().year + 1, receipt_in(issued, bloc.branch), issued.requirements.get()
    sign_in(client, secretary)
    page = client.get(reverse("directives:page", args=[issued.pk])).content.decode()
    address = reverse("directives:planning", args=[receipt.pk, task.pk])
    assert address in page
    assert client.get(address).context["form"].initial == {"content": "Tiếp tục học tập Chỉ thị số 10"}
    sent = {
        "kind": "study",
        "starts_at_0": f"15/05/{year}",
        "starts_at_1": "14:00",
        "content": "Học tập Chỉ thị số 10",
        "once": ONCE,
    }
    answer = client.post(address, sent)
    assert f"Chưa có kế hoạch sinh hoạt năm {year}" in str(answer.context["form"].errors["starts_at"])
    plan = draft_plan(bloc.branch.pk, year=year, by=None)
    before = plan.entries.count()
    for _press in range(2):
        assert client.post(address, sent).status_code == 302
    assert plan.entries.count() == before + 1
    made = Made.objects.get()
    assert (made.requirement, made.entry.content) == (task, "Học tập Chỉ thị số 10")
    (state,) = states_of(issued, [receipt])
    assert state.lacking == []
    words = shown(viewer_for(secretary), [receipt])[receipt.pk][0].words
    assert words.startswith("Kế hoạch năm: học tập, tập huấn ngày 15/05/")


def test_a_refused_entry_leaves_no_link_and_a_withdrawn_directive_no_entry(bloc, secretary, issued):
    year, receipt, task = today().year + 1, receipt_in(issued, bloc.branch), issued.requirements.get()
    plan = draft_plan(bloc.branch.pk, year=year, by=None)
    before = plan.entries.count()
    words = {"kind": EntryKind.STUDY, "place": "", "content": "Học tập"}
    withdraw_directive(issued, reason="Thay văn bản khác.", by=None)
    with pytest.raises(Refused):
        put_into_plan(receipt, task, starts_at=moment(year), by=None, **words)
    assert plan.entries.count() == before
    assert not Made.objects.exists()


def test_twin_no_other_branch_and_no_paragraph_of_others(client, bloc, secretary, issued):
    other = make_member(bloc.other_branch, name="Hà Bí Thư", post=Post.SECRETARY)
    member = make_member(bloc.branch, name="Trần Đảng Viên")
    foreign = make_directive(bloc.bloc, issued=True, requirements=[{"doers": "committees"}])
    receipt, task = receipt_in(issued, bloc.branch), issued.requirements.get()
    address = reverse("directives:planning", args=[receipt.pk, task.pk])
    for person, status in ((other, 404), (member, 403), (secretary, 200)):
        sign_in(client, person)
        assert client.get(address).status_code == status, person.full_name
    strange = reverse("directives:planning", args=[receipt.pk, foreign.requirements.get().pk])
    assert client.get(strange).status_code == 404
    own = receipt_in(foreign, bloc.branch)
    not_mine = reverse("directives:planning", args=[own.pk, foreign.requirements.get().pk])
    assert client.get(not_mine).status_code == 404
    assert not Entry.objects.exists()
