"""Whoever signs is shown the draft, agrees or returns it; nothing waits for it."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.documents.drafting.access import DraftAccess
from nenep.documents.drafting.consenting import answer, ask
from nenep.documents.drafting.models import Consent
from nenep.documents.drafting.operations import save
from nenep.documents.drafting.tests.make import make_draft
from nenep.documents.models import Draft
from nenep.notices.models import Notice
from nenep.people.models import Post
from nenep.people.offices import release
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(bloc):
    member = make_member(bloc.other_branch, name="Vũ Thị Minh")
    make_office(member, bloc.organization, Post.SECRETARY)
    return member


@pytest.fixture
def clerk(bloc):
    member = make_member(bloc.branch, name="Lê Văn Thư")
    make_office(member, bloc.organization, Post.CLERK)
    return member


@pytest.fixture
def draft(bloc, leader, clerk):
    return make_draft(bloc.organization, by=viewer_for(clerk))


def at(name, draft):
    return reverse(f"documents:{name}", args=[draft.pk])


def text_of(answer):
    return answer.content.decode()


def test_the_signer_is_told_and_agrees(client, draft, clerk, leader):
    sign_in(client, clerk)
    page = text_of(client.get(at("draft", draft)))
    assert "Trình đồng chí Vũ Thị Minh" in page
    assert "Trả lời của người ký" not in page
    client.post(at("draft_asking", draft))
    client.post(at("draft_asking", draft))  # pressed twice: told once
    assert Notice.objects.get().member == leader
    assert client.get(at("draft_answering", draft)).status_code == 403
    sign_in(client, leader)
    client.get(at("draft", draft))
    assert Notice.objects.get().read_at is not None
    client.post(at("draft_answering", draft), {"revision": draft.revision})
    draft.refresh_from_db()
    assert draft.consent == Consent.AGREED
    assert Notice.objects.latest("pk").member == clerk
    assert "Đồng ý ký" in text_of(client.get(at("draft", draft)))


def test_a_return_needs_its_reason(client, draft, leader):
    ask(draft, by=None)
    sign_in(client, leader)
    sent = {"revision": draft.revision, "returned": "1"}
    answer_ = client.post(at("draft_answering", draft), sent)
    assert answer_.status_code == 422
    assert "ghi cần sửa gì" in text_of(answer_)
    client.post(at("draft_answering", draft), sent | {"reason": "Thêm thời hạn ở mục II"})
    draft.refresh_from_db()
    assert (draft.consent, draft.consent_reason) == (Consent.RETURNED, "Thêm thời hạn ở mục II")
    assert "Thêm thời hạn ở mục II" in text_of(client.get(at("draft", draft)))


def test_an_answer_is_about_the_words_that_were_read(draft, leader):
    ask(draft, by=None)
    save(draft, {"subject": "khác"}, seen_revision=2, by=None)
    with pytest.raises(Refused, match="vừa được sửa"):
        answer(draft, agrees=True, seen_revision=2, by=viewer_for(leader))
    assert Draft.objects.get().consent == Consent.NONE


def test_nobody_answers_for_the_signer(draft, clerk):
    ask(draft, by=None)
    with pytest.raises(Refused, match="Chỉ người ký"):
        answer(draft, agrees=True, seen_revision=2, by=viewer_for(clerk))


def test_somebody_whom_the_program_does_not_know_is_not_asked(draft, clerk):
    save(draft, {"signer_id": None, "signer_name": "Đỗ Vinh"}, seen_revision=2, by=None)
    assert not DraftAccess(viewer_for(clerk), draft).ask
    with pytest.raises(Refused, match="in ra để trình"):
        ask(draft, by=None)


def test_a_signer_who_writes_no_papers_sees_it_once_asked_and_while_in_office(bloc, draft):
    """Somebody of the committee who leads nothing: named as signer, as by order."""
    member = make_member(bloc.other_branch, name="Đỗ Quang Vinh")
    office = make_office(member, bloc.organization, Post.COMMITTEE_MEMBER)
    save(draft, {"signer_id": member.pk}, seen_revision=2, by=None)
    assert not Draft.objects.visible_to(viewer_for(member)).exists()
    ask(draft, by=None)
    assert Draft.objects.visible_to(viewer_for(member)).exists()
    can = DraftAccess(viewer_for(member), draft)
    assert (can.write, can.issue, can.ask, can.answer) == (False, False, False, True)
    release(office, day=today(), by=None)
    assert not Draft.objects.visible_to(viewer_for(member)).exists()


def test_who_writes_and_signs_agrees_without_asking(bloc):
    member = make_member(bloc.branch, name="Vũ Thị Minh", post=Post.SECRETARY)
    draft = make_draft(bloc.branch, by=viewer_for(member))
    can = DraftAccess(viewer_for(member), draft)
    assert (can.ask, can.answer) == (False, True)
    answer(draft, agrees=True, seen_revision=2, by=viewer_for(member))
    assert draft.consent == Consent.AGREED
    assert not Notice.objects.exists()
