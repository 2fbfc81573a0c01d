"""A draft is amended, also after a failed vote; its targets stay the same ones and every version is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.assignments.tests.make import make_running
from nenep.meetings.models import Vote
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.resolutions.models import Resolution, ResolutionStatus
from nenep.resolutions.tests.make import make_draft, make_vote
from nenep.resolutions.versions import changes
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db

DUE = today() + timedelta(days=9)


@pytest.fixture(scope="module")
def meeting_once(database_of_the_file):
    branch = make_small_bloc().branch
    return make_running(branch, make_member(branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY))


@pytest.fixture
def meeting(meeting_once):
    return anew(meeting_once)


@pytest.fixture
def secretary(meeting):
    return meeting.chair


def test_a_rejected_draft_is_amended_and_put_to_the_vote_again(meeting):
    row = make_draft(meeting)
    assert not make_vote(row, votes_for=0, against=1).passed
    assert Resolution.objects.get().status == ResolutionStatus.REJECTED
    amended = make_draft(meeting, direction="Làm xong trước ngày 20.")
    assert (amended.status, amended.vote) == (ResolutionStatus.DRAFT, None)
    assert make_vote(amended, votes_for=1).passed
    assert Resolution.objects.get().status == ResolutionStatus.ADOPTED
    assert [version.vote.passed for version in amended.versions.all()] == [False, True]


def test_an_adopted_resolution_is_amended_no_more(meeting):
    make_vote(make_draft(meeting), votes_for=1)
    with pytest.raises(Refused, match="đã thông qua nên không sửa"):
        make_draft(meeting, direction="Khác.")


def test_a_draft_is_voted_on_once(meeting):
    row = make_draft(meeting)
    stale = Resolution.objects.select_related("meeting").get()
    make_vote(row, votes_for=1)
    with pytest.raises(Refused, match="đã biểu quyết"):
        make_vote(stale, votes_for=1)
    assert Vote.objects.count() == 1


def test_targets_keep_their_identity_while_they_are_changed_and_moved(meeting):
    row = make_draft(meeting, {"what": "Một"}, {"what": "Hai"}, {"what": "Ba"})
    one, two, three = row.targets.all()
    make_draft(
        meeting,
        {"id": three.pk, "what": "Ba, sửa"},
        {"what": "Bốn"},
        {"id": one.pk, "what": "Một"},
    )
    assert [(t.pk, t.what) for t in row.targets.all()][::2] == [(three.pk, "Ba, sửa"), (one.pk, "Một")]
    assert not row.targets.filter(pk=two.pk).exists()


def test_a_target_of_another_resolution_is_not_taken_over(meeting):
    foreign = make_draft(
        make_running((other := make_member(make_small_bloc().branch)).memberships.get().branch, other),
        {"what": "Việc của chi bộ khác"},
    ).targets.get()
    row = make_draft(meeting, {"id": foreign.pk, "what": "Việc mới"})
    assert row.targets.get().pk != foreign.pk
    foreign.refresh_from_db()
    assert foreign.what == "Việc của chi bộ khác"


def test_the_form_carries_each_targets_identity_and_an_emptied_line_goes(client, secretary, meeting):
    row = make_draft(meeting, {"what": "Một", "due_on": DUE}, {"what": "Hai"})
    one, two = row.targets.all()
    sign_in(client, secretary)
    address = reverse("resolutions:draft", args=[meeting.pk])
    page = client.get(address).content.decode()
    assert f'name="t0-id" value="{one.pk}"' in page
    typed = {"title": row.title, "direction": "Làm xong.", "revision": row.revision}
    lines = {"t0-id": one.pk, "t0-what": "", "t1-id": two.pk, "t1-what": "Hai, sửa"}
    client.post(address, typed | lines)
    assert [(t.pk, t.what) for t in row.targets.all()] == [(two.pk, "Hai, sửa")]


def test_a_version_tells_what_it_changed_and_nothing_else(meeting):
    make_draft(meeting, {"what": "Một", "lead": meeting.chair}, direction="Dòng đầu.\nDòng hai.")
    row = make_draft(
        meeting,
        {
            "id": Resolution.objects.get().targets.get().pk,
            "what": "Một",
            "lead": meeting.chair,
            "due_on": DUE,
        },
        direction="Dòng đầu.\nDòng hai, sửa.",
    )
    direction, target = changes(*row.versions.all())
    assert (direction.gone, direction.come) == (["Dòng hai."], ["Dòng hai, sửa."])
    assert target.gone == ["Một, chủ trì: Nguyễn Thị Hòa"]
    assert target.come == [f"Một, chủ trì: Nguyễn Thị Hòa, hạn {DUE:%d/%m/%Y}"]


def test_the_page_of_versions_shows_them_to_the_branch(client, meeting):
    make_vote(make_draft(meeting, direction="Làm một việc."), votes_for=0, against=1)
    make_draft(meeting, direction="Làm hai việc.")
    member = make_member(meeting.body, name="Trần Thị Bình")
    sign_in(client, member)
    page = client.get(reverse("resolutions:versions", args=[meeting.pk])).content.decode()
    assert "<del>Làm một việc.</del>" in page
    assert "<ins>Làm hai việc.</ins>" in page
    assert "0/1 tán thành, không thông qua" in page
