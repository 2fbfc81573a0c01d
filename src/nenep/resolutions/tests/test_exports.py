"""The resolution as an official paper: what its head says, in the content, the PDF and the Word file."""

import io
import re
from datetime import datetime

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from nenep.access.tests.make import sign_in
from nenep.documents.content import Heading
from nenep.journal.models import Event
from nenep.journal.verbs import label
from nenep.meetings.minutes import compose
from nenep.meetings.models import MeetingKind, MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.operations import change_locality, correct_locality, rename_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.resolutions.exports import content_of
from nenep.resolutions.operations import draft, put_to_vote, usual_title

pytestmark = pytest.mark.django_db

MOMENT = timezone.make_aware(datetime(2026, 12, 3, 14, 0))
DATE_LINE = "Hòa Sơn, ngày 03 tháng 12 năm 2026"


@pytest.fixture
def resolution(bloc):
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    meeting = make_meeting(bloc.branch, chair=secretary, at=MOMENT)
    texts = {"review": "", "direction": "Làm xong.", "organization": ""}
    return draft(meeting, title="Nghị quyết tháng", targets=[], seen_revision=0, by=None, **texts)


def download(client, resolution, fmt):
    sign_in(client, resolution.meeting.chair)
    answer = client.get(reverse("resolutions:file", args=[resolution.meeting_id, fmt]))
    assert answer.status_code == 200
    return io.BytesIO(answer.getvalue() if answer.streaming else answer.content)


def pdf_text(client, resolution):
    pages = PdfReader(download(client, resolution, "pdf")).pages
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages))


def word_text(client, resolution):
    body = docx.Document(download(client, resolution, "docx")).element.body
    return re.sub(r"\s+", " ", "".join(node.text or "" for node in body.iter(docx.oxml.ns.qn("w:t"))))


def test_a_resolution_is_dated_from_the_place_of_the_body_above_on_paper_and_on_screen(
    client, bloc, resolution
):
    correct_locality(bloc.bloc, locality="Hòa Sơn", day=resolution.meeting.month, by=None)
    assert content_of(resolution).place == "Hòa Sơn"
    assert DATE_LINE in pdf_text(client, resolution)
    assert DATE_LINE in word_text(client, resolution)
    page = client.get(reverse("resolutions:page", args=[resolution.meeting_id])).content.decode()
    assert DATE_LINE in page  # with plain spaces: it may break on a narrow screen
    assert "Chưa ghi địa danh" not in page


def test_without_any_place_the_line_begins_with_the_day(client, resolution):
    """The twin: the place is what the tree says, not what the page invents."""
    assert content_of(resolution).place == ""
    assert "Ngày 03 tháng 12 năm 2026" in pdf_text(client, resolution)
    page = client.get(reverse("resolutions:page", args=[resolution.meeting_id])).content.decode()
    assert "Chưa ghi địa danh" in page


@pytest.mark.parametrize(("name", "more"), [("page", []), ("file", ["pdf"]), ("file", ["docx"])])
def test_who_read_a_resolution_is_in_the_journal(client, bloc, resolution, name, more):
    address = reverse(f"resolutions:{name}", args=[resolution.meeting_id, *more])
    sign_in(client, make_member(bloc.neighbour_branch))
    assert client.get(address).status_code == 404
    assert not Event.objects.filter(verb="resolution.read").exists()
    reader = make_member(bloc.branch, name="Trần Đảng Viên")
    sign_in(client, reader)
    for _time in range(2):
        assert client.get(address).status_code == 200
    event = Event.objects.get(verb="resolution.read")
    assert (event.actor, event.body, event.object_id) == (
        f"member:{reader.pk}",
        bloc.branch.pk,
        resolution.pk,
    )
    assert label(event.verb) == "Xem nghị quyết"


def test_a_resolution_keeps_the_place_of_its_day(bloc, resolution):
    correct_locality(bloc.bloc, locality="Hòa Sơn", day=resolution.meeting.month, by=None)
    change_locality(bloc.bloc, locality="Bến Đá", day=resolution.meeting.month.replace(day=4), by=None)
    assert content_of(resolution).place == "Hòa Sơn"


def test_the_secretary_signs_what_a_deputy_has_chaired_and_nobody_a_draft(bloc):
    make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)
    deputy = make_member(bloc.branch, name="Lê Ánh", post=Post.DEPUTY)
    meeting = make_meeting(bloc.branch, status=MeetingStatus.OPENED, chair=deputy, at=MOMENT)
    texts = {"review": "", "direction": "Làm xong.", "organization": ""}
    row = draft(meeting, title="việc tháng tới", targets=[], seen_revision=0, by=None, **texts)
    assert [signed.name for signed in content_of(row).signatures] == [""]
    put_to_vote(row, votes_for=2, votes_against=0, votes_other=0, by=None)
    [signed] = content_of(row).signatures
    assert (signed.capacity, signed.position, signed.name) == ("T/M CHI BỘ", "BÍ THƯ", "Nguyễn Thị Hòa")


def test_a_resolution_goes_to_the_committee_above_and_into_the_file(bloc, resolution):
    rename_body(bloc.organization, name="Đảng bộ Sở Nội vụ", day=resolution.meeting.month, by=None)
    sent = [(line.name, line.purpose) for line in content_of(resolution).recipients]
    assert sent == [("Đảng ủy Sở Nội vụ", "để báo cáo"), ("Lưu Chi bộ", "")]


def test_the_vote_on_the_resolution_stands_once_in_the_minutes(bloc):
    secretary = make_member(bloc.branch, post=Post.SECRETARY)
    meeting = make_meeting(bloc.branch, status=MeetingStatus.OPENED, chair=secretary, at=MOMENT)
    texts = {"review": "", "direction": "Làm xong.", "organization": ""}
    row = draft(meeting, title="việc tháng tới", targets=[], seen_revision=0, by=None, **texts)
    put_to_vote(row, votes_for=1, votes_against=0, votes_other=0, by=None)
    told = [block for block in compose(meeting).blocks if "việc tháng tới" in getattr(block, "text", "")]
    assert [block.text for block in told] == [
        "Thông qua nghị quyết việc tháng tới: tán thành 1/1 đảng viên chính thức, nhất trí 100%. "
        "Kết quả: thông qua."
    ]


def test_on_a_phone_each_cell_of_the_targets_says_what_it_is(client, bloc, resolution):
    meeting = resolution.meeting
    target = {"what": "Mua một máy quét", "lead": meeting.chair, "due_on": datetime(2026, 12, 20).date()}
    texts = {"review": "", "direction": "Làm xong.", "organization": ""}
    draft(meeting, title="Nghị quyết tháng", targets=[target], seen_revision=1, by=None, **texts)
    sign_in(client, meeting.chair)
    page = client.get(reverse("resolutions:page", args=[meeting.pk])).content.decode()
    assert '<td data-label="Nhiệm vụ">Mua một máy quét</td>' in page
    assert '<td data-label="Thời hạn">20/12/2026</td>' in page


def test_a_thematic_resolution_speaks_of_its_theme_and_not_of_a_month(client, bloc, resolution):
    meeting = resolution.meeting
    texts = {
        "review": "Hồ sơ còn trễ.",
        "direction": "Mỗi tuần rà một lần.",
        "organization": "",
        "targets": [],
    }
    monthly = draft(meeting, title=usual_title(meeting), seen_revision=1, by=None, **texts)
    heads = [block.text for block in content_of(monthly).blocks if isinstance(block, Heading)]
    assert heads == ["ĐÁNH GIÁ KẾT QUẢ LÃNH ĐẠO THÁNG QUA", "PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG TỚI"]
    meeting.kind, meeting.focus_question = MeetingKind.THEMATIC, "Làm gì để hồ sơ không trễ hạn?"
    meeting.save()
    monthly.refresh_from_db()
    heads = [block.text for block in content_of(monthly).blocks if isinstance(block, Heading)]
    assert heads == ["ĐÁNH GIÁ THỰC TRẠNG", "CHỦ TRƯƠNG, GIẢI PHÁP"]
    assert usual_title(meeting) == "về chuyên đề “Làm gì để hồ sơ không trễ hạn”"
    meeting.focus_question = "Làm gì " * 42
    assert len(usual_title(meeting)) < 300
    sign_in(client, meeting.chair)
    page = client.get(reverse("resolutions:draft", args=[meeting.pk])).content.decode()
    assert "Chủ trương, giải pháp" in page
    assert "tháng tới" not in page
