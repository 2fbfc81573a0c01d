import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from nenep.access.tests.make import sign_in
from nenep.files.models import Attachment
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.kinds import Kind
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member

pytestmark = pytest.mark.django_db


def picture():
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    return SimpleUploadedFile("Sơ đồ.png", content.getvalue(), "image/png")


def client_of(person):
    client = Client()
    sign_in(client, person)
    return client


@pytest.fixture
def meeting(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    branch = make_body(kind=Kind.GRASSROOTS_BRANCH)
    return make_meeting(branch, chair=make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY))


def add(client, meeting, file):
    return client.post(reverse("meetings:materials", args=[meeting.pk]), {"file": file, "is_open": "on"})


def test_the_branch_reads_what_its_secretary_attached_and_nobody_else_does(meeting):
    secretary = client_of(meeting.chair)
    assert add(secretary, meeting, picture()).status_code == 302
    attachment = Attachment.objects.get()
    address = reverse("files:download", args=[attachment.pk])
    member = client_of(make_member(meeting.body, name="Trần Đảng Viên"))
    assert "Sơ đồ.png" in member.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
    paper = member.get(address)
    assert paper.status_code == 200
    assert b"".join(paper.streaming_content).startswith(b"\x89PNG")
    stranger = client_of(make_member(make_body(kind=Kind.GRASSROOTS_BRANCH)))
    assert stranger.get(address).status_code == 404


def test_a_common_paper_tells_its_source_or_is_marked(meeting):
    """R128, as the papers of the single parts do."""
    secretary, page = client_of(meeting.chair), reverse("meetings:page", args=[meeting.pk])
    own = reverse("meetings:materials", args=[meeting.pk])
    add(secretary, meeting, picture())
    for address in (own, page):
        assert "Tài liệu tham khảo, không chính thức" in secretary.get(address).content.decode()
    Attachment.objects.all().delete()
    source = "Ban Tuyên giáo Tỉnh ủy, số 12-TL/BTG"
    secretary.post(own, {"file": picture(), "is_open": "on", "source": source})
    for address in (own, page):
        text = secretary.get(address).content.decode()
        assert f"Nguồn: {source}" in text
        assert "không chính thức</span>" not in text


def test_a_member_may_not_attach(meeting):
    member = client_of(make_member(meeting.body, name="Trần Đảng Viên"))
    assert add(member, meeting, picture()).status_code == 403
    assert not Attachment.objects.exists()


def test_a_refused_file_says_why_and_is_not_kept(meeting):
    page = SimpleUploadedFile("a.png", b"<html><script>alert(1)</script></html>", "image/png")
    answer = add(client_of(meeting.chair), meeting, page)
    assert answer.status_code == 422
    assert not Attachment.objects.exists()


def test_a_paper_with_a_secret_marking_leads_to_what_to_do_with_it(meeting):
    file = picture()
    file.name = "TỐI MẬT.png"
    answer = add(client_of(meeting.chair), meeting, file)
    assert answer.status_code == 422
    assert reverse("files:refused") in answer.content.decode()
    assert "TỐI MẬT.png" in client_of(meeting.chair).get(reverse("files:refused")).content.decode()


def test_a_removed_paper_is_gone(meeting):
    secretary = client_of(meeting.chair)
    add(secretary, meeting, picture())
    attachment = Attachment.objects.get()
    secretary.post(reverse("meetings:material_removal", args=[meeting.pk, attachment.pk]))
    assert not Attachment.objects.exists()
