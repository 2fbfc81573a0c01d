import io
import shutil
import subprocess
import sys
from datetime import timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from django.core.management import call_command
from pypdf import PdfReader

from nenep.documents import pdf
from nenep.documents.signing import KeyFile, Token, configured, sign
from nenep.documents.tests.make import LAYOUT, make_resolution
from nenep.documents.tests.signature import Broken, verified
from nenep.shared.dates import clock_at, now
from nenep.shared.states import Refused

SIGNER, REASON = "Vũ Thị Minh Hạnh", "Ban hành nghị quyết của chi bộ"


@cache  # making one takes long, and every worker collects every file
def private_key(kind):
    return rsa.generate_private_key(65537, 2048) if kind == "RSA" else ec.generate_private_key(ec.SECP256R1())


def make_key(folder, kind="RSA", passphrase="mật khẩu", *, days=30):
    """A PKCS#12 file with a certificate of its own, valid from yesterday for `days` days."""
    private = private_key(kind)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, SIGNER)])
    start = now() - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .sign(private, hashes.SHA256())
    )
    kept = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    path = folder / "khoa.p12"
    path.write_bytes(serialize_key_and_certificates(b"khoa", private, certificate, None, kept))
    return KeyFile(path, passphrase)


@pytest.fixture(scope="module")
def paper():
    return pdf.render(make_resolution(), LAYOUT)


@pytest.fixture
def key(tmp_path):
    return make_key(tmp_path)


@pytest.mark.parametrize(("kind", "passphrase"), [("RSA", "mật khẩu"), ("CURVE", "x"), ("RSA", "")])
def test_another_reader_finds_the_signature_good(tmp_path, paper, kind, passphrase):
    made = sign(paper, make_key(tmp_path, kind, passphrase), reason=REASON, place="Long Tân")
    certificate = verified(made)
    assert certificate.public_key() == private_key(kind).public_key()
    assert certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value == SIGNER
    assert made.startswith(paper)  # the paper itself is untouched
    [field] = PdfReader(io.BytesIO(made)).get_fields().values()
    assert (field["/V"]["/Reason"], field["/V"]["/Location"]) == (REASON, "Long Tân")
    assert field["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert text == PdfReader(io.BytesIO(paper)).pages[0].extract_text()


def test_a_second_signature_leaves_the_first_as_it_was(tmp_path, paper, key):
    once = sign(paper, key, reason=REASON)
    twice = sign(once, make_key(tmp_path, "CURVE"), reason="Xác nhận")
    assert twice.startswith(once)
    assert verified(once).public_key() == private_key("RSA").public_key()
    assert verified(twice).public_key() == private_key("CURVE").public_key()


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (lambda made: made.replace(b"%PDF-1.7", b"%PDF-1.6", 1), "changed after"),
        (lambda made: made + b"\n%", "whole file"),
        (lambda made: made.replace(b"ETSI.CAdES.detached", b"adbe.pkcs7.detached"), "no PAdES"),
    ],
)
def test_the_reader_sees_a_changed_file(paper, key, change, because):
    made = sign(paper, key, reason=REASON)
    assert change(made) != made
    with pytest.raises(Broken, match=because):
        verified(change(made))


def test_the_reader_sees_a_forged_signature(paper, key):
    made = sign(paper, key, reason=REASON)
    hole = made.rindex(b"/Contents") + 100
    digest = made.rindex(b"04820100", hole)  # the octets of the signature itself
    last = digest + 40
    forged = made[:last] + (b"0" if made[last : last + 1] != b"0" else b"1") + made[last + 1 :]
    with pytest.raises(Broken, match="not that of the certificate"):
        verified(forged)


def test_poppler_agrees_where_it_is_installed(tmp_path, paper, key):
    made = sign(paper, key, reason=REASON)
    assert verified(made)
    if pdfsig := shutil.which("pdfsig"):
        (tmp_path / "a.pdf").write_bytes(made)
        told = subprocess.run(
            [pdfsig, "-nocert", tmp_path / "a.pdf"], capture_output=True, text=True, check=False
        ).stdout
        assert "Signature is Valid." in told
        assert "Total document signed" in told


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda key: KeyFile(key.path, "sai"), "sai mật khẩu"),
        (lambda key: KeyFile(key.path.with_name("khac.p12"), ""), "Không đọc được tệp khóa"),
        (lambda key: (key.path.write_bytes(b"x"), key)[1], "không phải tệp .p12"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused(paper, key, spoil, sentence):
    with pytest.raises(Refused, match=sentence):
        sign(paper, spoil(key), reason=REASON)


def test_a_certificate_that_has_ended_is_refused(paper, key):
    with clock_at(now() + timedelta(days=40)), pytest.raises(Refused, match="có hiệu lực từ"):
        sign(paper, key, reason=REASON)


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"PK\x03\x04", "Chỉ ký số được tệp PDF"), (b"%PDF-1.7 rac", "không ký được")]
)
def test_what_is_no_pdf_is_refused(key, content, sentence):
    with pytest.raises(Refused, match=sentence):
        sign(content, key, reason=REASON)


def test_without_the_extra_the_program_says_so(paper, key, monkeypatch):
    for name in ("pyhanko", "pyhanko.sign"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Refused, match="chưa cài phần ký số"):
        sign(paper, key, reason=REASON)


def test_without_a_key_the_program_says_what_to_set(settings, key):
    with pytest.raises(Refused, match="NENEP_SIGN_KEY_FILE"):
        configured()
    settings.SIGN_KEY_FILE, settings.SIGN_PASSPHRASE = key.path, "mật khẩu"
    assert configured() == key
    settings.SIGN_TOKEN_LIBRARY = key.path
    with pytest.raises(Refused, match="một trong hai"):
        configured()
    settings.SIGN_KEY_FILE, settings.SIGN_TOKEN_LABEL, settings.SIGN_TOKEN_CERTIFICATE = None, "THE", "ky"
    assert configured() == Token(key.path, "THE", "ky", "mật khẩu")


def test_a_token_that_is_not_there_is_refused(paper, tmp_path):
    with pytest.raises(Refused, match="Không mở được thiết bị ký số “THE”"):
        sign(paper, Token(tmp_path / "khong-co.so", "THE", "ky", "1234"), reason=REASON)


class TestCommand:
    @pytest.fixture(autouse=True)
    def _set_up(self, settings, key):
        settings.SIGN_KEY_FILE, settings.SIGN_PASSPHRASE = key.path, key.passphrase

    def test_the_signed_file_stands_beside_the_other(self, tmp_path, paper, capsys):
        (tmp_path / "a.pdf").write_bytes(paper)
        call_command("sign", str(tmp_path / "a.pdf"))
        assert verified((tmp_path / "a-da-ky.pdf").read_bytes())
        assert (tmp_path / "a.pdf").read_bytes() == paper
        assert "a-da-ky.pdf" in capsys.readouterr().out

    def test_no_file_is_written_over_and_a_refusal_is_one_sentence(self, tmp_path, capsys):
        (tmp_path / "a.pdf").write_bytes(b"x")
        with pytest.raises(SystemExit) as ended:
            call_command("sign", str(tmp_path / "a.pdf"))
        assert ended.value.code == 1
        assert capsys.readouterr().err == "Chỉ ký số được tệp PDF.\n"
        (tmp_path / "a-da-ky.pdf").write_bytes(b"kept")
        for wrong in ("a.pdf", "khac.pdf"):
            with pytest.raises(SystemExit) as ended:
                call_command("sign", str(tmp_path / wrong))
            assert ended.value.code == 2
        assert (tmp_path / "a-da-ky.pdf").read_bytes() == b"kept"
