"""Members comment on lines of the draft; each comment gets its answer, and only two sides see who wrote it."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.journal.models import Event
from nenep.meetings.models import MeetingStatus, Reply
from nenep.meetings.tests.make import make_meeting
from nenep.notices.models import Notice
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.resolutions.comments import answer_comment, comment, lines_on
from nenep.resolutions.models import DraftComment
from nenep.resolutions.providing import figures, preparation
from nenep.resolutions.tests.make import make_draft
from nenep.shared.dates import now
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_member(make_small_bloc().branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def branch(secretary):
    return secretary.memberships.get().branch


@pytest.fixture
def member(branch):
    return make_member(branch, name="Trần Thị Bình")


def coming(branch, secretary, status=MeetingStatus.CALLED, days=5):
    return make_meeting(branch, status=status, chair=secretary, at=now() + timedelta(days=days))


@pytest.fixture
def draft(branch, secretary):
    return make_draft(coming(branch, secretary), {"what": "Mua máy"}, direction="Dòng đầu.\nDòng hai.")


def said(draft, member, place="direction:2", **fields):
    return comment(
        draft,
        **{"number": draft.revision, "place": place, "text": "Rõ hơn.", "by": viewer_for(member)} | fields,
    )


def answered(row, secretary, reply=Reply.DECLINED, reason="Đã đủ."):
    answer_comment(row, reply=reply, reason=reason, by=viewer_for(secretary))


def test_a_comment_hangs_on_the_line_of_the_version_that_was_read(draft, member):
    row = said(draft, member)
    make_draft(draft.meeting, direction="Viết lại hết.")
    row.refresh_from_db()
    assert (row.version.number, row.quote) == (1, "Dòng hai.")
    on_target = said(draft, member, place=f"target:{row.version.targets[0]['id']}", number=1)
    assert on_target.quote == "Mua máy"
    assert [line.place for line in lines_on(draft.versions.last())] == ["title:1", "direction:1"]


@pytest.mark.parametrize("where", [{"place": "direction:9"}, {"number": 7}])
def test_a_line_that_is_not_there_takes_no_comment(draft, member, where):
    with pytest.raises(Refused, match="không còn trong dự thảo"):
        said(draft, member, **where)


def test_after_the_opening_members_speak_instead_of_writing(branch, secretary, member):
    meeting = coming(branch, secretary, MeetingStatus.OPENED, days=-1)
    with pytest.raises(Refused, match="phát biểu trực tiếp"):
        said(make_draft(meeting), member, place="direction:1")


def test_the_author_is_told_and_sees_the_reason(client, draft, member, secretary):
    row = said(draft, member)
    with pytest.raises(Refused, match="ghi lý do"):
        answered(row, secretary, reason=" ")
    answered(row, secretary)
    assert Notice.objects.filter(member=member, kind="draft_comment.answered").count() == 1
    sign_in(client, member)
    page = client.get(reverse("resolutions:comments", args=[draft.meeting_id])).content.decode()
    assert "Chưa tiếp thu" in page
    assert "Trả lời: Đã đủ." in page
    with pytest.raises(Refused, match="đã được trả lời"):
        answered(row, secretary, reply=Reply.ADOPTED)


def test_the_database_itself_keeps_no_refusal_without_a_reason(draft, member):
    row = said(draft, member)
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftComment.objects.filter(pk=row.pk).update(reply=Reply.DECLINED)


def test_other_members_see_neither_the_words_nor_the_author(client, branch, draft, member):
    said(draft, member, text="Lời riêng của tôi")
    sign_in(client, make_member(branch, name="Lê Ánh"))
    for name in ("resolutions:page", "resolutions:comments", "resolutions:versions"):
        assert "Lời riêng" not in client.get(reverse(name, args=[draft.meeting_id])).content.decode()
    assert client.get(reverse("resolutions:comment_inbox", args=[draft.meeting_id])).status_code == 403


def test_whoever_owes_an_answer_reads_it_and_the_journal_says_so(client, draft, member, secretary):
    row = said(draft, member)
    sign_in(client, secretary)
    inbox = client.get(reverse("resolutions:comment_inbox", args=[draft.meeting_id])).content.decode()
    assert "Đồng chí Trần Thị Bình" in inbox
    assert Event.objects.filter(verb="draft_comments.read").count() == 1
    address = reverse("resolutions:comment_reply", args=[row.pk])
    typed = {f"c{row.pk}-reply": "adapted", f"c{row.pk}-reason": ""}
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "ghi lý do" in refused.content.decode()
    client.post(address, typed | {f"c{row.pk}-reason": "Đưa vào dòng đầu."})
    row.refresh_from_db()
    assert (row.reply, row.replied_by) == (Reply.ADAPTED, secretary)


def test_the_page_sends_one_comment_however_often(client, draft, member):
    sign_in(client, member)
    address = reverse("resolutions:comments", args=[draft.meeting_id])
    page = client.get(address + "?place=direction:2").content.decode()
    key = re.search(r'name="once" value="([0-9a-f-]{36})"', page).group(1)
    typed = {"once": key, "place": "direction:2", "number": 1, "text": "Rõ hơn."}
    assert [client.post(address, typed).status_code for _time in range(2)] == [302, 302]
    assert DraftComment.objects.count() == 1


def test_comments_are_a_step_of_the_preparation_and_a_figure_of_the_month(draft, member, secretary):
    said(draft, member)
    answered(said(draft, member, place="direction:1"), secretary, reply=Reply.ADOPTED, reason="")
    step = preparation(draft.meeting)[1]
    assert (step.is_done, step.hint) == (False, "Có 2 góp ý, 1 góp ý chưa trả lời.")
    counted = dict(figures(draft.meeting))
    assert (counted["draft_comments"], counted["draft_comments_taken"]) == (2, 1)
    answered(said(draft, member, place="direction:2"), secretary, reply=Reply.DECLINED)
    answered(said(draft, member, place="title:1"), secretary, reply=Reply.ADAPTED)
    counted = dict(figures(draft.meeting))
    assert (counted["draft_comments_adapted"], counted["draft_comments_declined"]) == (1, 1)
    assert (counted["draft_comments"], counted["draft_comments_taken"]) == (4, 2)
