"""Files refused for a secret marking: who learns of them, and that nobody learns what was in them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.models import GrantedRole
from nenep.access.tests.make import make_account, make_administrator, make_grant, sign_in, viewer_for
from nenep.files.models import RefusedUpload
from nenep.files.operations import attach
from nenep.files.querysets import RefusedUploadQuerySet
from nenep.files.tests.make import make_pdf, make_upload
from nenep.journal.models import Event
from nenep.journal.verbs import label
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

ADDRESS = "files:refused"
NAME = "Kế hoạch phòng thủ.pdf"


@pytest.fixture
def uploader(bloc):
    return make_member(bloc.branch, name="Lê Tải Lên", post=Post.COMMITTEE_MEMBER)


@pytest.fixture
def trace(bloc, uploader):
    return refuse(bloc.branch, uploader)


def refuse(body, uploader, name=NAME):
    paper = make_upload(make_pdf("TUYỆT MẬT", "CANARY-CONTENT"), name)
    with pytest.raises(Refused):
        attach(body, paper, body_id=body.pk, by=viewer_for(uploader))
    return RefusedUpload.objects.latest("pk")


def cast(bloc):
    """Everybody who might look: (person, whether the refused file of the branch is theirs to know)."""

    def clerk_of(body):
        person = make_member(bloc.neighbour_branch)
        make_grant(make_account(person), GrantedRole.CLERK, body)
        return person

    def officer_of(body):
        person = make_member(bloc.neighbour_branch)
        make_office(person, body, Post.DEPUTY)
        return person

    return {
        "secretary": (make_member(bloc.branch, post=Post.SECRETARY), True),
        "clerk": (clerk_of(bloc.branch), True),
        "deputy": (make_member(bloc.branch, post=Post.DEPUTY), True),
        "member": (make_member(bloc.branch), False),
        "clerk of the organization": (clerk_of(bloc.organization), False),
        "officer of the organization": (officer_of(bloc.organization), False),
        "officer of the bloc": (officer_of(bloc.bloc), False),
        "secretary elsewhere": (make_member(bloc.other_branch, post=Post.SECRETARY), False),
        "administrator": (make_administrator(bloc.bloc), False),
    }


def shown_to(client, person):
    sign_in(client, person)
    answer = client.get(reverse(ADDRESS))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_known_to_whoever_tried_and_to_secretary_deputy_and_clerk_alone(client, bloc, uploader, trace):
    people = cast(bloc)
    knows = {who: NAME in shown_to(client, person) for who, (person, _may) in people.items()}
    assert knows == {who: may for who, (_person, may) in people.items()}
    assert NAME in shown_to(client, uploader)


def test_without_the_reach_of_the_viewer_everybody_would_know(client, bloc, trace, monkeypatch):
    """The twin: it is `visible_to` that keeps the name from the others."""
    monkeypatch.setattr(RefusedUploadQuerySet, "visible_to", lambda rows, viewer: rows)
    assert NAME in shown_to(client, make_member(bloc.other_branch))


def test_the_page_tells_what_is_kept_and_never_the_content(client, bloc, trace):
    shown = shown_to(client, make_member(bloc.branch, post=Post.SECRETARY))
    for words in (trace.sha256, "Lê Tải Lên", "Phần đầu văn bản mang dấu mật", "Chi bộ Văn phòng Sở A"):
        assert words in shown
    assert "CANARY" not in shown


def test_everybody_reads_what_to_do_with_a_secret_paper(client, bloc):
    shown = shown_to(client, make_member(bloc.branch))
    assert "để nguyên trên giấy" in shown
    assert "Luật 117/2025/QH15" in shown
    assert "chưa kiểm chứng" in shown
    assert "Chưa có tệp nào bị từ chối" in shown


def test_looking_is_in_the_journal_but_at_the_own_try(client, bloc, uploader, trace):
    shown_to(client, uploader)
    assert not Event.objects.filter(verb="refusals.read").exists()
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    for _time in range(2):
        shown_to(client, secretary)
    event = Event.objects.get(verb="refusals.read")
    assert (event.actor, event.body) == (f"member:{secretary.pk}", bloc.branch.pk)
    assert label(event.verb) == "Xem danh sách tệp bị từ chối vì mang dấu mật"


def test_the_list_costs_the_same_for_one_and_three_files(client, bloc, uploader, trace):
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    counts = []
    for _round in range(2):
        shown_to(client, secretary)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(ADDRESS))
        counts.append(len(captured))
        for number in range(2):
            refuse(bloc.branch, make_member(bloc.branch, post=Post.DEPUTY), name=f"{number}.pdf")
    assert counts[0] == counts[1]
