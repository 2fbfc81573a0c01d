"""The pages of the preparation lead from one to the next; what is the same every month stands there already."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.agenda import add_item
from nenep.meetings.models import MeetingStatus
from nenep.meetings.recording import record_committee_meeting
from nenep.meetings.tests.make import HELD_AT, make_meeting
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members
from nenep.quality.operations import answer_self_check, questions_of
from nenep.resolutions.models import Resolution
from nenep.resolutions.tests.make import make_draft, make_vote
from nenep.returns.operations import send_return
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db

ONWARD = "Lưu, sang bước tiếp theo"


@pytest.fixture
def secretary(branch):
    make_members(branch, 3)
    return make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


def at(name, meeting):
    return reverse(name, args=[meeting.pk])


def go_on_from(client, address, **typed):
    """Send the page as it stands, with what was `typed`, and go on; returns where that leads."""
    form = client.get(address).context["form"]
    data = {bound.html_name: bound.value() for bound in form}
    begins = data.pop("starts_at", None) or data.pop("held_at", None)
    if begins:
        name = "starts_at" if "starts_at" in form.fields else "held_at"
        data |= {f"{name}_0": f"{begins:%d/%m/%Y}", f"{name}_1": f"{begins:%H:%M}"}
    data = {name: "" if value is None else value for name, value in data.items()}
    return client.post(address, data | typed | {"onward": "1"}).headers["Location"]


def test_each_saved_page_leads_to_the_next_and_at_last_to_the_preview(client, branch, secretary):
    meeting = make_meeting(branch, chair=secretary)
    sign_in(client, secretary)
    with clock_at(HELD_AT - timedelta(days=5)):
        assert go_on_from(client, at("meetings:plan", meeting)) == at("meetings:agenda", meeting)
        agenda = at("meetings:agenda", meeting)
        shown = {
            bound.html_name: bound.value() or ""
            for line, _points in client.get(agenda).context["rows"]
            for bound in line
        }
        whole = client.post(agenda, shown | {"onward": "1"})
        in_place = client.post(agenda, shown | {"onward": "1"}, headers={"HX-Request": "true"})
        committee = at("meetings:committee_meeting", meeting)
        assert whole.headers["Location"] == in_place.headers["HX-Redirect"] == committee
        draft = at("resolutions:draft", meeting)
        assert go_on_from(client, committee, decisions="Bí thư viết dự thảo.") == draft
        assert go_on_from(client, draft) == at("meetings:call", meeting)


def test_who_may_not_call_the_branch_together_ends_at_the_list_of_steps(client, branch, secretary):
    meeting = make_meeting(branch, chair=secretary)
    sign_in(client, make_member(branch, name="Lê Ánh", post=Post.COMMITTEE_MEMBER))
    with clock_at(HELD_AT - timedelta(days=5)):
        assert go_on_from(client, at("resolutions:draft", meeting)) == at("meetings:preparation", meeting)


def test_once_the_branch_is_called_a_saved_page_leads_back(client, branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.CALLED, chair=secretary)
    sign_in(client, secretary)
    for name in ("meetings:plan", "meetings:agenda", "meetings:committee_meeting", "resolutions:draft"):
        page = client.get(at(name, meeting)).content.decode()
        assert ONWARD not in page
        assert page.count("btn-primary") == 1


def test_the_first_step_that_lacks_is_the_one_deed_until_nothing_does(client, branch, secretary):
    meeting = make_meeting(branch, chair=secretary)
    sign_in(client, secretary)
    with clock_at(HELD_AT - timedelta(days=5)):
        page = client.get(at("meetings:preparation", meeting)).content.decode()
        assert page.count("btn-primary") == 1
        assert f'btn-primary btn-large" href="{at("meetings:committee_meeting", meeting)}"' in page
        met = {"held_at": HELD_AT - timedelta(days=6), "place": "Phòng bí thư", "decisions": "Viết dự thảo."}
        record_committee_meeting(meeting, content="Bàn.", present="Bí thư", by=None, **met)
        make_draft(meeting)
        page = client.get(at("meetings:preparation", meeting)).content.decode()
        assert page.count("btn-primary") == 1
        assert f'btn-primary btn-large" href="{at("meetings:call", meeting)}"' in page


def test_the_committees_minutes_start_with_its_people_its_place_and_this_agenda(client, branch, secretary):
    last = make_meeting(branch, chair=secretary, at=HELD_AT - timedelta(days=30))
    met = {
        "held_at": HELD_AT - timedelta(days=35),
        "present": "Bí thư",
        "content": "Bàn.",
        "decisions": "Viết.",
    }
    record_committee_meeting(last, place="Phòng bí thư", by=None, **met)
    meeting = make_meeting(branch, chair=secretary)
    add_item(meeting, title="Mua máy quét", category="discussion", by=None)
    sign_in(client, secretary)
    with clock_at(HELD_AT - timedelta(days=5)):
        form = client.get(at("meetings:committee_meeting", meeting)).context["form"]
    assert form["present"].value() == "Nguyễn Bí Thư"
    assert form["place"].value() == "Phòng bí thư"
    assert "Mua máy quét" in form["content"].value()
    assert "Điểm danh" not in form["content"].value()
    assert form["held_at"].value() == HELD_AT - timedelta(days=5)
    assert not form["decisions"].value()


def test_a_draft_starts_with_who_followed_up_last_month_and_one_that_was_rejected_does_not_count(
    client, branch, secretary
):
    sign_in(client, secretary)
    for days, words, hands in ((60, "Chi ủy theo dõi.", 4), (30, "Không ai theo dõi.", 0)):
        held = HELD_AT - timedelta(days=days)
        last = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary, at=held)
        with clock_at(held):
            make_vote(make_draft(last, organization=words), votes_for=hands, against=4 - hands)
    meeting = make_meeting(branch, chair=secretary)
    form = client.get(at("resolutions:draft", meeting)).context["form"]
    assert form["organization"].value() == "Chi ủy theo dõi."
    assert not form["review"].value()
    assert not Resolution.objects.filter(meeting=meeting).exists()


def test_one_press_says_that_everybody_agrees_and_it_is_asked_once_more(client, branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.CLOSED, chair=secretary)
    sign_in(client, secretary)
    asked = client.post(at("meetings:adoption", meeting), {"all": "1", "votes_for": "1", "speakers": "2"})
    assert asked.context["kept"] == {"votes_for": meeting.present, "speakers": 2}
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CLOSED


def test_ending_the_discussion_leads_to_the_self_check_and_only_once(client, branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.OPENED, chair=secretary)
    sign_in(client, secretary)
    skipped = {f"s{item.pk}": "hết giờ" for item in meeting.items.all()}
    end = {"ended_at_0": f"{HELD_AT:%d/%m/%Y}", "ended_at_1": "23:00"} | skipped
    with clock_at(HELD_AT.replace(hour=23)):
        first = client.post(at("meetings:closing", meeting), end)
        assert first.headers["Location"] == at("quality:self_check", meeting)
        meeting.refresh_from_db()
        answer_self_check(meeting, {one.code: ("met", "") for one in questions_of(meeting)}, by=None)
        client.post(at("meetings:resumption", meeting))
        again = client.post(at("meetings:closing", meeting), end)
        assert again.headers["Location"] == at("meetings:minutes", meeting)


def test_signed_papers_lead_to_the_report_that_is_owed(client, branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.ADOPTED, chair=secretary)
    sign_in(client, secretary)
    owed = client.post(at("meetings:signature", meeting))
    assert owed.headers["Location"] == at("returns:page", meeting)
    send_return(meeting, by=None)
    sent = client.post(at("meetings:signature", meeting))
    assert sent.headers["Location"] == at("meetings:minutes", meeting)
