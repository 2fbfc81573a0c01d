import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from nenep.files import owners
from nenep.files.forms import AttachmentForm
from nenep.files.operations import attach
from nenep.files.serving import NAME_MAX, as_download, safe_name
from nenep.files.tests.make import make_image, make_pdf, make_upload
from nenep.files.views import download
from nenep.journal.models import Event
from nenep.organizations.tests.make import make_body
from nenep.shared.viewer import Viewer

AN = Viewer(actor="member:1", member_id=1)


@pytest.fixture
def attachment(db, settings, tmp_path, monkeypatch):
    settings.FILES_ROOT = tmp_path / "files"
    monkeypatch.setattr(owners, "_owners", {"organizations.body": lambda viewer, pk: viewer == AN})
    body = make_body()
    return attach(body, make_upload(make_pdf(), 'Kế hoạch "số 5".pdf'), body_id=body.pk, by=None)


def asked(attachment, viewer=AN, method="get"):
    request = getattr(RequestFactory(), method)(reverse("files:download", args=[attachment.pk]))
    request.viewer = viewer
    return download(request, attachment.pk)


def test_a_file_comes_as_a_download_in_which_nothing_can_run(attachment):
    response = asked(attachment)
    assert b"".join(response) == attachment.path.read_bytes()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch"
    )
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    response.close()


def test_a_download_is_in_the_journal(attachment):
    for _time in range(2):
        asked(attachment).close()
    event = Event.objects.get(verb="file.downloaded")
    assert (event.actor, event.object_id) == ("member:1", attachment.pk)


def test_who_does_not_see_the_owner_does_not_see_the_file(attachment):
    with pytest.raises(Http404):
        asked(attachment, viewer=Viewer(actor="member:2", member_id=2))
    assert not Event.objects.filter(verb="file.downloaded").exists()


def test_a_file_whose_bytes_are_lost_is_not_found(attachment):
    attachment.path.unlink()
    with pytest.raises(Http404):
        asked(attachment)


def test_a_file_cannot_be_posted_to(attachment):
    assert asked(attachment, method="post").status_code == 405


def test_the_address_asks_for_sign_in(client, db):
    assert client.get(reverse("files:download", args=[1])).status_code == 302


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
