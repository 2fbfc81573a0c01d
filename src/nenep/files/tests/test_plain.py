"""Plain text is kept as it is: letters in UTF-8 or UTF-16 under a name that says so, never what is something else."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.files.checking import check
from nenep.files.marking import SecretMarking
from nenep.files.models import Attachment, FileType, RefusedUpload
from nenep.files.operations import attach
from nenep.files.plain import MAX_BYTES, text_in
from nenep.files.tests.make import make_upload
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.states import Refused

TEXT = "ĐẢNG BỘ TỈNH\r\n\r\nKẾ HOẠCH\r\nkiểm tra\tsinh hoạt chi bộ\f\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_a_text_is_taken_and_stays_byte_for_byte(content):
    kept = check("Kế hoạch.TXT", content)
    assert (kept.content_type, kept.content, kept.name) == (FileType.TXT, content, "Kế hoạch.TXT")
    assert text_in(content) == TEXT


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("KẾ HOẠCH".encode() + b"\x00", "không phải chữ"),
        (b"\x1b[2J" + TEXT.encode(), "không phải chữ"),
        (b"a\xc2\x9b31m", "không phải chữ"),
        ("Kế hoạch".encode("cp1258", errors="replace") + b"\xea\xf4", "không phải chữ"),
        (b"\xff\xfe\x00\xd8a\x00", "không phải chữ"),
        (b"MZ" + bytes(200), "không phải chữ"),
        (b"a" * (MAX_BYTES + 1), "lớn hơn 4 MB"),
        (b"", "trống"),
    ],
)
def test_what_is_no_text_is_refused_whatever_its_name_says(content, reason):
    with pytest.raises(Refused, match=reason):
        check("a.txt", content)


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.csv", "a.txt.bat", "a", "txt"])
def test_letters_under_another_name_are_no_text(name):
    with pytest.raises(Refused, match="loại khác"):
        check(name, b"<script>alert(1)</script>")


def test_what_its_first_bytes_tell_is_never_taken_for_text():
    with pytest.raises(Refused, match="bị hỏng"):
        check("a.txt", b"%PDF-1.7 " + TEXT.encode())


@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
@pytest.mark.parametrize("marking", ["TUYỆT MẬT", "MẬT", "T Ố I  M Ậ T"])
def test_a_secret_marking_is_looked_for(code, marking):
    head, foot = f"{marking}\n{TEXT}", "\n".join([TEXT] * 60) + marking
    for text in (head, foot):
        with pytest.raises(SecretMarking):
            check("a.txt", text.encode(code))
    assert check("a.txt", f"{TEXT}bảo vệ bí mật nhà nước".encode(code))


@pytest.mark.django_db
def test_a_marked_text_leaves_only_what_the_refusal_keeps(branch):
    with pytest.raises(SecretMarking):
        attach(branch, make_upload(f"TỐI MẬT\n{TEXT}".encode(), "a.txt"), body_id=branch.pk, by=None)
    assert (Attachment.objects.count(), RefusedUpload.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_it_leaves_as_a_download_in_which_nothing_runs(client, bloc):
    from nenep.arrivals.tests.make import make_arrival

    sign_in(client, make_member(bloc.branch, post=Post.SECRETARY))
    arrival = make_arrival(bloc.bloc, bloc.branch)
    page = b"<html><script>alert(1)</script></html>"
    kept = attach(arrival, make_upload(page, "a.txt"), body_id=bloc.branch.pk, by=None)
    answer = client.get(reverse("files:download", args=[kept.pk]))
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == page
