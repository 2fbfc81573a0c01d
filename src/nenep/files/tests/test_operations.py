import hashlib
import os

import pytest

from nenep.files import owners
from nenep.files.models import Attachment, RefusedUpload
from nenep.files.operations import ORPHAN_SECONDS, attach, remove, sweep
from nenep.files.tests.make import make_image, make_pdf, make_upload
from nenep.journal.models import Event
from nenep.organizations.models import Body
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member
from nenep.shared.states import Refused
from nenep.shared.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def body():
    return make_body()


def kept(root):
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_a_file_is_kept_with_its_owner_and_told_to_the_journal(body, root):
    content = make_pdf()
    attachment = attach(body, make_upload(content, "Kế hoạch.pdf"), body_id=body.pk, by=None)
    assert [path.read_bytes() for path in kept(root)] == [content]
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    assert (attachment.name, attachment.size, attachment.type_label) == ("Kế hoạch.pdf", len(content), "PDF")
    assert list(Attachment.objects.of(body)) == [attachment]
    event = Event.objects.get(verb="file.attached")
    assert (event.object_id, event.details) == (
        attachment.pk,
        {"owner": "organizations.body", "size": len(content)},
    )


def test_the_name_on_disk_is_random_and_only_ours_to_read(body, root):
    attachment = attach(body, make_upload(make_pdf(), "../../thư.pdf"), body_id=body.pk, by=None)
    (path,) = kept(root)
    assert path == attachment.path
    assert "thư" not in str(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_image_is_kept_as_drawn_anew(body, root):
    attachment = attach(body, make_upload(make_image() + b"<script>", "a.png"), body_id=body.pk, by=None)
    assert b"script" not in attachment.path.read_bytes()
    assert attachment.size == attachment.path.stat().st_size


def test_the_quota_of_a_body_is_held(body, root, settings):
    image = make_image()
    first = attach(body, make_upload(image, "1.png"), body_id=body.pk, by=None)
    settings.FILES_QUOTA_BYTES = 2 * first.size
    attach(body, make_upload(image, "2.png"), body_id=body.pk, by=None)
    with pytest.raises(Refused, match="gỡ tệp cũ"):
        attach(body, make_upload(image, "3.png"), body_id=body.pk, by=None)
    assert len(kept(root)) == 2
    other = make_body()
    attach(other, make_upload(image, "4.png"), body_id=other.pk, by=None)


def test_a_large_file_is_refused_before_it_is_read(body, settings):
    settings.FILE_MAX_BYTES = 10

    class Unread:
        size, name = 11, "x.pdf"

    with pytest.raises(Refused, match="lớn hơn"):
        attach(body, Unread(), body_id=body.pk, by=None)


def test_of_a_secret_file_only_the_trace_is_kept(body, root):
    content = make_pdf("TUYỆT MẬT", "CANARY-CONTENT")
    with pytest.raises(Refused, match="bí mật nhà nước"):
        attach(body, make_upload(content, "Kế hoạch.pdf"), body_id=body.pk, by=None)
    trace = RefusedUpload.objects.get()
    assert (trace.name, trace.size, trace.reason) == ("Kế hoạch.pdf", len(content), "header")
    assert trace.sha256 == hashlib.sha256(content).hexdigest()
    assert not kept(root)
    assert not Attachment.objects.exists()
    assert Event.objects.filter(verb="file.refused", object_id=trace.pk).count() == 1


def test_the_trace_names_who_sent_the_secret_file(body):
    member = make_member(body)
    by = Viewer(actor=f"member:{member.pk}", member_id=member.pk)
    with pytest.raises(Refused):
        attach(body, make_upload(make_image(), "TỐI MẬT.png"), body_id=body.pk, by=by)
    trace = RefusedUpload.objects.get()
    assert (trace.uploader, trace.reason) == (member, "name")


def test_a_hostile_file_leaves_nothing(body, root):
    with pytest.raises(Refused):
        attach(body, make_upload(b"<svg/>", "a.svg"), body_id=body.pk, by=None)
    assert not kept(root)
    assert not RefusedUpload.objects.exists()


def test_a_broken_off_upload_leaves_no_file(body, root):
    with pytest.raises(Body.DoesNotExist):
        attach(body, make_upload(make_pdf()), body_id=body.pk + 1, by=None)
    assert not kept(root)


def test_a_removed_file_is_gone_from_disk_once_that_is_certain(
    body, root, django_capture_on_commit_callbacks
):
    attachment = attach(body, make_upload(make_pdf()), body_id=body.pk, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        remove(attachment, by=None)
        assert kept(root)
    assert not kept(root)
    assert not Attachment.objects.exists()
    assert Event.objects.filter(verb="file.removed").count() == 1


def test_a_disk_that_cannot_be_written_is_said_in_a_sentence(body, root):
    root.write_text("a file where the folder should be")
    with pytest.raises(Refused, match="ổ đĩa"):
        attach(body, make_upload(make_pdf()), body_id=body.pk, by=None)


def test_sweeping_erases_old_orphans_and_nothing_else(body, root):
    attachment = attach(body, make_upload(make_pdf()), body_id=body.pk, by=None)
    old = attachment.path.stat().st_mtime - ORPHAN_SECONDS - 60
    orphan, young = (attachment.path.with_name(name) for name in ("orphan", "young"))
    for path in (orphan, young):
        path.write_bytes(b"x")
    for path in (orphan, attachment.path):
        os.utime(path, (old, old))
    assert sweep() == 1
    assert kept(root) == sorted([attachment.path, young])


def test_files_of_a_kind_that_nobody_answers_for_are_seen_by_nobody(body):
    attach(body, make_upload(make_pdf()), body_id=body.pk, by=None)
    assert not Attachment.objects.visible_to(Viewer(actor="member:1", is_administrator=True)).exists()


def test_files_are_seen_with_their_owner(body, monkeypatch):
    monkeypatch.setattr(owners, "_owners", {})
    other = make_body()
    seen, hidden = (
        attach(owner, make_upload(make_pdf()), body_id=body.pk, by=None) for owner in (body, other)
    )
    owners.register_owner("organizations.body", lambda viewer, pk: viewer.member_id == 1 and pk == body.pk)
    assert list(Attachment.objects.visible_to(Viewer(actor="member:1", member_id=1))) == [seen]
    assert hidden not in Attachment.objects.visible_to(Viewer(actor="member:1", member_id=1))
    assert not Attachment.objects.visible_to(Viewer(actor="member:2", member_id=2)).exists()


def test_a_kind_of_owner_is_answered_for_once(monkeypatch):
    monkeypatch.setattr(owners, "_owners", {})
    owners.register_owner("x.y", lambda viewer, pk: True)
    with pytest.raises(ValueError, match="owner already"):
        owners.register_owner("x.y", lambda viewer, pk: False)
