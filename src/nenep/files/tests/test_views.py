import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.files import owners
from nenep.files.forms import AttachmentForm, OptionalFileForm
from nenep.files.operations import attach
from nenep.files.serving import NAME_MAX, as_download, safe_name
from nenep.files.tests.make import make_image, make_pdf, make_upload
from nenep.journal.models import Event
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.viewer import Viewer


@pytest.fixture
def member(db):
    return make_member(make_body())


@pytest.fixture
def attachment(member, settings, tmp_path, monkeypatch):
    """A file that this member may see, and nobody else."""
    settings.FILES_ROOT = tmp_path / "files"
    monkeypatch.setattr(
        owners, "_owners", {"people.member": lambda viewer, pk: viewer.member_id == pk == member.pk}
    )
    upload = make_upload(make_pdf(), 'Kế hoạch "số 5".pdf')
    return attach(member, upload, body_id=make_body().pk, by=None)


def address(attachment):
    return reverse("files:download", args=[attachment.pk])


def test_a_file_comes_as_a_download_in_which_nothing_can_run(client, member, attachment):
    sign_in(client, member)
    response = client.get(address(attachment))
    assert b"".join(response.streaming_content) == attachment.path.read_bytes()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch"
    )
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_a_download_is_in_the_journal(client, member, attachment):
    sign_in(client, member)
    for _time in range(2):
        client.get(address(attachment)).getvalue()
    event = Event.objects.get(verb="file.downloaded")
    assert (event.actor, event.object_id) == (f"member:{member.pk}", attachment.pk)


def test_who_does_not_see_the_owner_does_not_see_the_file(client, attachment):
    sign_in(client, make_member(make_body(), post=Post.SECRETARY))
    assert client.get(address(attachment)).status_code == 404
    assert not Event.objects.filter(verb="file.downloaded").exists()


def test_the_random_reference_opens_the_file_for_the_same_people_only(client, member, attachment):
    link = reverse("files:linked", args=[attachment.ref])
    assert client.get(link).status_code == 302
    sign_in(client, make_member(make_body()))
    assert client.get(link).status_code == 404
    sign_in(client, member)
    assert client.get(link).getvalue() == attachment.path.read_bytes()
    assert client.get(reverse("files:linked", args=["x" * 22])).status_code == 404


def test_a_file_whose_bytes_are_lost_is_not_found(client, member, attachment):
    sign_in(client, member)
    attachment.path.unlink()
    assert client.get(address(attachment)).status_code == 404


def test_a_file_cannot_be_posted_to(client, member, attachment):
    sign_in(client, member)
    assert client.post(address(attachment)).status_code == 405


def test_the_address_asks_for_sign_in(client, attachment):
    assert client.get(address(attachment)).status_code == 302


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Nghị quyết.pdf", "Nghị quyết.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\tệp\\a.docx", "a.docx"),
        ('a"b<c>|?*.pdf', "a-b-c----.pdf"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil- 1.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("...", "tep"),
        ("", "tep"),
        ("con.pdf", "tep-con.pdf"),
        ("Nghi\u0323.pdf", "Nghị.pdf"),
    ],
)
def test_a_name_is_made_safe_and_stays_vietnamese(given, safe):
    assert safe_name(given) == safe


def test_a_long_name_keeps_its_extension():
    name = safe_name("dài " * 200 + ".docx")
    assert len(name) <= NAME_MAX
    assert name.endswith(".docx")


def test_a_name_cannot_break_out_of_its_header():
    header = as_download(HttpResponse(), 'x"; filename="y.html\r\nA: b.pdf')["Content-Disposition"]
    assert "\n" not in header
    assert header == 'attachment; filename="x-; filename=-y.htmlA- b.pdf"'


def test_the_form_asks_whether_the_file_is_secret():
    form = AttachmentForm({}, {"file": make_upload(make_image())})
    assert not form.is_valid()
    assert "bí mật nhà nước" in form.errors["is_open"][0]
    assert AttachmentForm({"is_open": "on"}, {"file": make_upload(make_image())}).is_valid()
    assert list(form.fields) == ["file", "is_open"]
    assert OptionalFileForm({}).is_valid()
    assert "is_open" in OptionalFileForm({}, {"file": make_upload(make_image())}).errors


def test_the_list_of_files_shows_what_the_viewer_may_download(member, attachment):
    template = Template("{% load files_tags %}{% attached_files owner %}")
    request = RequestFactory().get("/")
    request.viewer = Viewer(actor=f"member:{member.pk}", member_id=member.pk)
    shown = template.render(Context({"request": request, "owner": member}))
    assert address(attachment) in shown
    assert "Kế hoạch -số 5-.pdf" in shown
    request.viewer = Viewer(actor="member:0", member_id=0)
    assert "<a" not in template.render(Context({"request": request, "owner": member}))
