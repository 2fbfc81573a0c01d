import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from nenep.access.tests.make import make_administrator, sign_in
from nenep.importers.jobs import forget_uploads
from nenep.importers.models import Upload
from nenep.importers.schemas import SCHEMAS
from nenep.importers.tests.make import sheet
from nenep.importers.tests.test_operations import member
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Member, Post
from nenep.people.operations import MemberData, admit
from nenep.people.tests.make import make_member
from nenep.shared.dates import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make_small_bloc()


@pytest.fixture
def administrator(client, tree):
    return sign_in(client, make_administrator(tree.bloc))


def at(name, *args):
    return reverse(f"importers:{name}", args=args)


def send(client, kind, content, name="bang.xlsx"):
    return client.post(at("upload", kind), {"file": SimpleUploadedFile(name, content)})


def test_only_who_may_import_sees_anything(client, tree):
    sign_in(client, make_member(tree.branch, post=Post.SECRETARY))
    assert client.get(at("index")).status_code == 403
    assert client.get(at("template", "members")).status_code == 403
    assert send(client, "members", b"x").status_code == 403


@pytest.mark.parametrize("kind", list(SCHEMAS))
def test_the_template_can_be_loaded_down(client, administrator, kind):
    assert at("upload", kind) in client.get(at("index")).content.decode()
    assert client.get(at("upload", kind)).status_code == 200
    answer = client.get(at("template", kind))
    page = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert page.cell(1, 1).value == SCHEMAS[kind].columns[0].header
    assert client.get(at("template", "unheard-of")).status_code == 404


def test_nothing_is_saved_until_confirmed(client, administrator, tree):
    content = sheet("members", member(branch=tree.branch.code))
    answer = send(client, "members", content)
    assert answer.status_code == 200
    assert "ghi 1 mục mới" in answer.content.decode()
    assert not Member.objects.exists()
    upload = Upload.objects.get()
    assert client.get(at("confirmation", upload.pk)).status_code == 405
    assert client.post(at("confirmation", upload.pk)).url == at("index")
    assert Member.objects.get().code == "DV1"
    assert not Upload.objects.exists()
    again = send(client, "members", content)
    assert "không có gì để ghi" in again.content.decode()


def test_errors_are_shown_and_the_marked_file_is_given(client, administrator, tree):
    answer = send(client, "members", sheet("members", member(branch="A9")))
    assert answer.status_code == 422
    assert "Không có chi bộ mã A9" in answer.content.decode()
    marked = client.get(at("marked", Upload.objects.get().pk))
    assert marked["Content-Disposition"] == 'attachment; filename="da-danh-dau-members.xlsx"'
    page = load_workbook(io.BytesIO(marked.content)).worksheets[0]
    assert any(cell.comment for cell in page[2])
    assert client.post(at("confirmation", Upload.objects.get().pk)).status_code == 422
    assert not Member.objects.exists()


def test_a_wrong_file_is_said_at_the_field(client, administrator):
    answer = send(client, "members", b"\x89PNG", name="anh.png")
    assert answer.status_code == 422
    assert "Chỉ đọc được tệp .xlsx và .csv" in answer.content.decode()
    assert "Đồng chí chọn tệp" in client.post(at("upload", "members")).content.decode()
    assert not Upload.objects.exists()


def test_what_changed_since_the_check_stops_the_confirmation(client, administrator, tree):
    send(client, "members", sheet("members", member(branch=tree.branch.code)))
    data = MemberData(code="DV1", full_name="Người Khác", admitted_on=tree.branch.founded_on)
    admit(data, branch=tree.branch, day=tree.branch.founded_on, by=None)
    answer = client.post(at("confirmation", Upload.objects.get().pk))
    assert answer.status_code == 422
    assert Member.objects.get().full_name == "Người Khác"


def test_an_upload_is_its_owners_alone_and_can_be_withdrawn(client, administrator, tree):
    send(client, "members", sheet("members", member(branch=tree.branch.code)))
    upload = Upload.objects.get()
    sign_in(client, make_administrator(tree.bloc, username="khac"))
    for address in ("confirmation", "withdrawal"):
        assert client.post(at(address, upload.pk)).status_code == 404
    assert client.get(at("marked", upload.pk)).status_code == 404
    sign_in(client, administrator)
    assert client.post(at("withdrawal", upload.pk)).status_code == 302
    assert not Upload.objects.exists()


def test_a_file_that_nobody_confirmed_is_forgotten_after_a_day(client, administrator, tree):
    send(client, "members", sheet("members", member(branch=tree.branch.code)))
    assert forget_uploads() == 0
    Upload.objects.update(at=now() - timedelta(days=1, minutes=1))
    assert forget_uploads() == 1
