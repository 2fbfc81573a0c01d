"""The targets of an adopted resolution become work: those that name nobody or no day are named, not dropped."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.models import Assignment
from nenep.assignments.operations import hand_out_targets
from nenep.assignments.tests.make import DUE, make_running, make_work
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.resolutions.models import Target
from nenep.resolutions.tests.make import make_draft, make_vote
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_member(make_small_bloc().branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def meeting(secretary):
    return make_running(secretary.memberships.get().branch, secretary)


def adopted(meeting, *targets):
    row = make_draft(meeting, *targets)
    make_vote(row, votes_for=1)
    return row


def test_targets_without_a_leader_or_a_deadline_are_left_and_named(client, secretary, meeting):
    adopted(
        meeting,
        {"what": "Rà soát hồ sơ", "lead": secretary, "due_on": DUE},
        {"what": "Mua một máy quét", "due_on": DUE},
        {"what": "Lập danh sách", "lead": secretary},
    )
    sign_in(client, secretary)
    page = client.post(reverse("assignments:from_resolution", args=[meeting.pk]), follow=True)
    words = page.content.decode()
    assert "Đã giao 1 trong 3 việc." in words
    assert "Còn việc “Mua một máy quét” chưa có người chủ trì." in words
    assert "Còn việc “Lập danh sách” chưa có thời hạn." in words
    assert words.count("Chọn người và giao</a>") == 2
    assert "Giao các việc của nghị quyết" not in words
    assert Assignment.objects.get().what == "Rà soát hồ sơ"


def test_a_target_that_is_left_is_given_from_its_own_form(client, secretary, meeting):
    adopted(meeting, {"what": "Mua một máy quét"})
    target = Target.objects.get()
    sign_in(client, secretary)
    address = f"{reverse('assignments:handing_out', args=[meeting.pk])}?target={target.pk}"
    assert 'value="Mua một máy quét"' in client.get(address).content.decode()
    typed = {"what": target.what, "owner": secretary.pk, "due_on": f"{DUE:%d/%m/%Y}", "target": target.pk}
    page = client.post(reverse("assignments:handing_out", args=[meeting.pk]), typed, follow=True)
    assert Assignment.objects.get().target == target
    assert "Việc chưa giao được" not in page.content.decode()


def test_a_target_is_given_once(secretary, meeting):
    adopted(meeting, {"what": "Rà soát hồ sơ", "lead": secretary, "due_on": DUE})
    assert [len(rows) for rows in hand_out_targets(meeting, by=None)] == [1, 0]
    with pytest.raises(Refused, match="đã được giao rồi"):
        make_work(meeting, secretary, target=Target.objects.get())


def test_a_target_of_a_draft_is_not_given(secretary, meeting):
    row = make_draft(meeting, {"what": "Rà soát hồ sơ"})
    with pytest.raises(Refused, match="chưa được thông qua"):
        make_work(meeting, secretary, target=row.targets.get())


def test_a_deadline_lies_after_the_day_of_the_meeting(client, secretary, meeting):
    with pytest.raises(Refused, match="phải sau ngày họp"):
        make_work(meeting, secretary, due_on=today())
    sign_in(client, secretary)
    typed = {"what": "Rà soát sổ sách", "owner": secretary.pk, "due_on": f"{today():%d/%m/%Y}"}
    answer = client.post(reverse("assignments:handing_out", args=[meeting.pk]), typed)
    assert answer.status_code == 422
    assert 'value="Rà soát sổ sách"' in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"due_on"}
