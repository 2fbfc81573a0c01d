"""Who prepared a meeting: told by the journal, with the office of the day (later criteria test exactly this)."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.meetings.agenda import add_item
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.preparing.materials import keep_material
from nenep.preparing.tests.make import make_ahead, make_branch
from nenep.preparing.trace import trace_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_branch()


def test_the_program_is_no_author_and_a_helper_is_no_leader(branch):
    meeting = make_ahead(branch)
    assert trace_of(meeting).authors == []
    helper = make_member(branch.body, name="Trần Chi Ủy", post=Post.COMMITTEE_MEMBER)
    for _time in range(2):
        keep_material(
            meeting, item=meeting.items.first(), title="Tin", is_official=False, by=viewer_for(helper)
        )
    trace = trace_of(meeting)
    assert [(author.name, author.post) for author in trace.authors] == [("Trần Chi Ủy", "Chi ủy viên")]
    assert trace.authors[0].deeds[0][:2] == ("Ghi tài liệu của kỳ sinh hoạt", 2)
    assert not trace.is_by_leaders
    add_item(meeting, title="Việc", minutes=5, category="discussion", by=viewer_for(branch.secretary))
    trace = trace_of(meeting)
    assert trace.is_by_leaders
    assert {author.post for author in trace.authors} == {"Bí thư", "Chi ủy viên"}


def test_what_another_meeting_was_prepared_with_is_not_told(branch):
    meeting = make_ahead(branch)
    branch = make_branch()
    other = make_ahead(branch)
    by = viewer_for(branch.secretary)
    keep_material(other, item=other.items.first(), title="Tin", is_official=False, by=by)
    assert trace_of(meeting).authors == []


def test_the_page_is_for_those_who_prepare(client, branch):
    meeting = make_ahead(branch)
    address = reverse("preparing:trace", args=[meeting.pk])
    for person, status in ((branch.stranger, 404), (branch.member, 403), (branch.secretary, 200)):
        sign_in(client, person)
        assert client.get(address).status_code == status
    assert "Chưa thấy bí thư, phó bí thư trực tiếp chuẩn bị" in client.get(address).content.decode()
