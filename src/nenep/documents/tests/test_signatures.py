"""What is told of the signatures in a PDF, and which signed copies are kept. The files are signed by our own `sign`."""

import io
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from nenep.access.tests.make import sign_in, viewer_for
from nenep.arrivals.models import Arrival
from nenep.arrivals.tests.make import make_outside, make_sent
from nenep.documents import pdf, signatures
from nenep.documents.issuing import keep_content
from nenep.documents.layout import layout_on
from nenep.documents.models import Archive
from nenep.documents.signatures import compared, read_signatures
from nenep.documents.signed import keep_signed
from nenep.documents.signing import sign
from nenep.documents.tests.make import LAYOUT, make_minutes, make_resolution
from nenep.documents.tests.test_signing import REASON, SIGNER, make_key
from nenep.files.models import Attachment
from nenep.files.operations import attach
from nenep.files.tests.make import make_image, make_pdf, make_upload, make_word
from nenep.journal.models import Event
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import now
from nenep.shared.states import Refused

BLIND = """
import runpy, sys
sys.modules["pyhanko"] = None
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture(scope="module")
def paper():
    return pdf.render(make_resolution(), LAYOUT)


@pytest.fixture
def key(tmp_path):
    return make_key(tmp_path)


@pytest.fixture
def signed(paper, key):
    return sign(paper, key, reason=REASON)


@pytest.fixture
def blind(monkeypatch):
    """The child finds no pyHanko, as where the extra is not installed."""
    real = subprocess.run

    def run(command, **options):
        if command[-1].endswith("signature_child.py"):
            command = [command[0], "-I", "-c", BLIND, command[-1]]
        return real(command, **options)

    monkeypatch.setattr(subprocess, "run", run)


def with_another_page(content):
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    writer.add_blank_page(300, 400)
    made = io.BytesIO()
    writer.write(made)
    assert made.getvalue().startswith(content)
    assert len(PdfReader(made).pages) == len(PdfReader(io.BytesIO(content)).pages) + 1
    return made.getvalue()


def changed(content):
    made = content.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert made != content
    return made


def forged(content):
    """One digit of the signature itself is another."""
    hole = content.rindex(b"/Contents") + 100
    last = content.rindex(b"04820100", hole) + 40
    return content[:last] + (b"0" if content[last : last + 1] != b"0" else b"1") + content[last + 1 :]


class TestReading:
    def test_a_good_signature_says_who_by_which_certificate_and_when(self, signed):
        report = read_signatures(signed)
        [one] = report.signatures
        assert (report.fields, report.is_checked) == (1, True)
        assert (one.name, one.issuer, one.reason) == (SIGNER, SIGNER, REASON)
        assert abs(one.at - now()) < timedelta(minutes=5)
        assert one.starts < one.at < one.ends
        assert (one.is_good, one.covers_file, one.was_outside) == (True, True, False)

    def test_a_file_without_one_has_none(self, paper):
        assert read_signatures(paper) == signatures.Report(0, is_checked=True, signatures=[])

    def test_a_changed_byte_shows(self, signed):
        [one] = read_signatures(changed(signed)).signatures
        assert (one.is_intact, one.is_good, one.name) == (False, False, SIGNER)

    def test_a_forged_signature_shows(self, signed):
        [one] = read_signatures(forged(signed)).signatures
        assert (one.is_valid, one.is_good) == (False, False)

    def test_a_page_that_was_added_later_shows_though_the_digest_holds(self, signed):
        [one] = read_signatures(with_another_page(signed)).signatures
        assert (one.is_intact, one.is_valid) == (True, True)
        assert (one.covers_file, one.adds_content, one.is_good) == (False, True, False)

    def test_of_two_signatures_the_first_covers_what_was_there_and_both_hold(self, signed, tmp_path):
        first, second = read_signatures(
            sign(signed, make_key(tmp_path, "CURVE"), reason="Xác nhận")
        ).signatures
        assert (first.covers_file, first.adds_content, first.is_good) == (False, False, True)
        assert (second.covers_file, second.is_good, second.reason) == (True, True, "Xác nhận")

    def test_a_page_between_two_signatures_is_laid_to_the_first_alone(self, signed, tmp_path):
        made = sign(with_another_page(signed), make_key(tmp_path, "CURVE"), reason="Xác nhận")
        first, second = read_signatures(made).signatures
        assert (first.is_good, second.is_good) == (False, True)

    def test_bytes_behind_the_last_signature_show(self, signed):
        [one] = read_signatures(signed + b"\n%").signatures
        assert not one.covers_file
        assert not one.is_good

    def test_without_the_extra_only_the_number_of_signatures_is_told(self, signed, paper, tmp_path, blind):
        twice = sign(signed, make_key(tmp_path, "CURVE"), reason="Xác nhận")
        assert [read_signatures(one) for one in (paper, signed, twice)] == [
            signatures.Report(fields, is_checked=False, signatures=[]) for fields in range(3)
        ]

    @pytest.mark.parametrize("content", [b"%PDF-1.7 rac", b"", b"%PDF-1.7\n" + b"[" * 100_000])
    def test_what_cannot_be_read_is_refused_in_a_sentence(self, content):
        with pytest.raises(Refused, match="Không đọc được chữ ký số"):
            read_signatures(content)

    def test_a_reader_that_takes_too_long_is_ended(self, signed, monkeypatch, tmp_path):
        slow = tmp_path / "slow.py"
        slow.write_text("import time; time.sleep(30)")
        monkeypatch.setattr(signatures, "_CHILD", slow)
        monkeypatch.setattr(signatures, "SECONDS", 0.5)
        with pytest.raises(Refused, match="quá phức tạp"):
            read_signatures(signed)

    def test_the_child_asks_nothing_of_the_network_and_has_limits(self):
        text = signatures._CHILD.read_text(encoding="utf-8")
        assert "RLIMIT_AS" in text
        assert "RLIMIT_CPU" in text
        assert '"-I"' in signatures._CHILD.with_name("signatures.py").read_text(encoding="utf-8")


class TestComparing:
    def test_the_signed_copy_of_the_kept_words_says_the_same(self, key):
        kept = make_resolution()
        assert compared(kept, sign(pdf.render(kept, layout_on(kept.day, ())), key, reason="x")).is_same

    def test_another_number_in_the_file_shows_on_both_sides(self):
        content = pdf.render(make_resolution(number_line="Số 06-NQ/CB"), LAYOUT)
        found = compared(make_resolution(), content)
        assert not found.is_same
        assert ("05-NQ/CB" in found.missing, "06-NQ/CB" in found.added) == (True, True)

    def test_another_paper_shows_and_only_some_words_are_named(self):
        found = compared(make_resolution(), pdf.render(make_minutes(), LAYOUT))
        assert len(found.missing) == signatures.MOST_WORDS

    def test_a_scan_has_nothing_to_compare(self):
        from nenep.documents.intake.tests.test_scans import make_scan

        assert compared(make_resolution(), make_scan()).is_scan


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def _files_apart(self, settings, tmp_path):
        settings.FILES_ROOT = tmp_path / "files"

    @pytest.fixture
    def secretary(self, client, bloc):
        member = make_member(
            bloc.organization_branch if hasattr(bloc, "organization_branch") else bloc.branch
        )

        make_office(member, bloc.organization, Post.CLERK)
        sign_in(client, member)
        client.viewer = viewer_for(member)
        return client

    def upload(self, client, document, content, name="ky.pdf", **more):
        data = {"file": make_upload(content, name), "is_open": "on", "retention": "lasting", **more}
        return client.post(reverse("documents:signing", args=[document.pk]), data)

    def test_the_pdf_goes_out_and_comes_back_signed_with_the_same_words(self, secretary, bloc, key):
        document = make_sent(bloc.organization, bloc.branch)
        keep_content(document, make_resolution())
        assert (
            "Tải PDF để ký"
            in secretary.get(reverse("documents:signing", args=[document.pk])).content.decode()
        )
        answer = secretary.get(reverse("documents:file", args=[document.pk, "pdf"]))
        assert answer["Content-Disposition"].startswith("attachment")
        made = sign(b"".join(answer) if answer.streaming else answer.content, key, reason=REASON)
        shown = self.upload(secretary, document, made)
        page = secretary.get(shown.url).content.decode()
        for words in (
            SIGNER,
            "Phần đã ký còn nguyên",
            "bao trùm cả tệp",
            "Chưa kiểm tra chứng thư với nơi cấp",
            "đúng như nội dung",
        ):
            assert words in page, words
        assert Attachment.objects.of(document).get().path.read_bytes() == made
        assert Archive.objects.get(document=document).sha256 == ""  # the words stay the kept copy
        event = Event.objects.get(verb="document.signed_copy_kept")
        assert event.details == {"sha256": Attachment.objects.get().sha256}
        assert shown.url in secretary.get(reverse("documents:page", args=[document.pk])).content.decode()

    def test_the_signed_file_becomes_the_kept_copy_where_there_is_none(self, secretary, bloc, signed):
        document = make_sent(bloc.organization, bloc.branch)
        for _press in range(2):
            assert self.upload(secretary, document, signed).status_code == 302
        assert Archive.objects.get(document=document).sha256 == Attachment.objects.get().sha256
        assert (
            "So với bản lưu"
            not in secretary.get(
                reverse("documents:signatures", args=[Attachment.objects.get().pk])
            ).content.decode()
        )

    @pytest.mark.parametrize(
        ("spoil", "sentence"),
        [
            (lambda made: pdf.render(make_resolution(), LAYOUT), "không có chữ ký số"),
            (changed, "bị sửa sau khi ký"),
            (forged, "bị sửa sau khi ký"),
            (with_another_page, "bị sửa sau khi ký"),
            (lambda made: make_word("NGHỊ QUYẾT"), "phải là tệp PDF"),
            (lambda made: make_image(), "phải là tệp PDF"),
            (lambda made: make_pdf("TUYỆT MẬT"), "bí mật nhà nước"),
        ],
    )
    def test_what_is_no_good_signed_copy_is_not_kept(self, secretary, bloc, signed, spoil, sentence):
        document = make_sent(bloc.organization, bloc.branch)
        answer = self.upload(secretary, document, spoil(signed))
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert (Archive.objects.count(), Attachment.objects.count()) == (0, 0)

    def test_without_the_extra_it_is_kept_and_the_page_says_what_was_not_checked(
        self, secretary, bloc, signed, blind
    ):
        document = make_sent(bloc.organization, bloc.branch)
        page = secretary.get(self.upload(secretary, document, signed).url).content.decode()
        assert "Tệp có 1 chữ ký số. Không kiểm tra được chữ ký: chưa cài thư viện" in page
        assert "còn nguyên" not in page
        assert self.upload(secretary, document, make_pdf("BÁO CÁO")).status_code == 422

    def test_another_text_than_the_kept_words_is_said(self, secretary, bloc, key):
        document = make_sent(bloc.organization, bloc.branch)
        keep_content(document, make_resolution())
        other = sign(pdf.render(make_resolution(place="Nơi Khác"), LAYOUT), key, reason=REASON)
        page = secretary.get(self.upload(secretary, document, other).url).content.decode()
        assert "Chữ trong tệp khác nội dung đã lưu" in page

    def test_a_receiver_looks_at_the_signatures_of_what_was_sent_and_of_its_own_scan(
        self, client, bloc, signed
    ):
        document = make_sent(bloc.organization, bloc.branch)
        keep_signed(document, make_upload(signed, "a.pdf"), retention="lasting", by=None)
        own = make_outside(bloc.branch)
        attach(own, make_upload(signed, "b.pdf"), body_id=bloc.branch.pk, by=None)
        sign_in(client, make_member(bloc.branch, post=Post.SECRETARY))
        for arrival in (Arrival.objects.get(document=document), own):
            page = client.get(reverse("arrivals:page", args=[arrival.pk])).content.decode()
            assert "Xem chữ ký số trong" in page
        addresses = [reverse("documents:signatures", args=[one.pk]) for one in Attachment.objects.all()]
        assert [client.get(address).status_code for address in addresses] == [200, 200]
        assert client.get(reverse("documents:signing", args=[document.pk])).status_code == 403
        sign_in(client, make_member(bloc.neighbour_branch, post=Post.SECRETARY))
        assert [client.get(address).status_code for address in addresses] == [404, 404]
        assert client.get(reverse("documents:signing", args=[document.pk])).status_code == 404

    def test_what_is_no_pdf_has_no_signatures_to_look_at(self, secretary, bloc):
        document = make_sent(bloc.organization, bloc.branch)
        kept = attach(document, make_upload(make_image(), "a.png"), body_id=bloc.organization.pk, by=None)
        assert secretary.get(reverse("documents:signatures", args=[kept.pk])).status_code == 404
        assert (
            "Xem chữ ký số"
            not in secretary.get(reverse("documents:page", args=[document.pk])).content.decode()
        )
