"""An optional digital signature of a PDF: PAdES B-B with a key file (PKCS#12) or a token (PKCS#11).

The library (pyHanko) is an extra, `requirements-sign.in`; without it or without a key the refusal says what is
missing. Nothing is asked of the network: the time in the signature is that of this machine, without a time stamp.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from django.conf import settings
from django.utils.translation import gettext as _

from nenep.shared.dates import now
from nenep.shared.states import Refused
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A PKCS#12 file (.p12, .pfx) with its passphrase."""

    path: Path
    passphrase: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token by the library of its maker. `certificate`: the label of certificate and key on it."""

    library: Path
    label: str
    certificate: str
    pin: str


def configured() -> KeyFile | Token:
    """The key of this installation (docs/settings.md); Refused when there is none or more than one."""
    file, library = settings.SIGN_KEY_FILE, settings.SIGN_TOKEN_LIBRARY
    if file and library:
        raise Refused(
            _(
                "Chỉ đặt một trong hai: NENEP_SIGN_KEY_FILE (tệp khóa) hoặc NENEP_SIGN_TOKEN_LIBRARY (thiết bị)."
            )
        )
    if file:
        return KeyFile(file, settings.SIGN_PASSPHRASE)
    if library:
        label, certificate = settings.SIGN_TOKEN_LABEL, settings.SIGN_TOKEN_CERTIFICATE
        return Token(library, label, certificate, settings.SIGN_PASSPHRASE)
    raise Refused(_("Chưa cài đặt ký số: đặt NENEP_SIGN_KEY_FILE hoặc NENEP_SIGN_TOKEN_LIBRARY rồi ký lại."))


def sign(content: bytes, key: KeyFile | Token, *, reason: str, place: str = "") -> bytes:
    """The PDF with one more signature; what was there stays byte for byte before it.

    Refused without the extra, for a key or token that cannot be used, a certificate that is not valid now, and a
    file that is no PDF to be signed.
    """
    if not content.startswith(b"%PDF-"):
        raise Refused(_("Chỉ ký số được tệp PDF."))
    _require_extra()
    with _signer(key) as signer:
        return _signed(content, signer, reason=reason, place=place)


def _require_extra() -> None:
    try:
        import pyhanko.sign  # noqa: F401, PLC0415  # an extra
    except ImportError as missing:
        told = _(
            "Máy này chưa cài phần ký số. Cài bằng: pip install --require-hashes -r requirements-sign.lock"
        )
        raise Refused(told) from missing


def _signed(content: bytes, signer: Any, *, reason: str, place: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415  # an extra
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415
    from pyhanko.sign.general import SigningError  # noqa: PLC0415

    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        number = sum(1 for _field in fields.enumerate_sig_fields(writer)) + 1
        metadata = signers.PdfSignatureMetadata(
            field_name=f"ChuKySo{number}",
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
            location=place or None,
            # A certificate for documents may be marked for either; what it is for is its issuer's business.
            signer_key_usage=set(),
        )
        made: bytes = signers.sign_pdf(writer, metadata, signer=signer).getvalue()
    except (PdfError, SigningError) as wrong:
        raise Refused(
            _("Tệp PDF này không ký được: hỏng, có mật khẩu hoặc không cho thêm chữ ký.")
        ) from wrong
    return made


@contextmanager
def _signer(key: KeyFile | Token) -> Iterator[Any]:
    if isinstance(key, KeyFile):
        yield _signer_of_file(key)
    else:
        with _signer_of_token(key) as signer:
            yield signer


def _signer_of_file(key: KeyFile) -> Any:
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415  # an extra

    passphrase = key.passphrase.encode() or None
    try:
        private, certificate, _more = load_key_and_certificates(key.path.read_bytes(), passphrase)
    except OSError as unread:
        raise Refused(_("Không đọc được tệp khóa %(path)s.") % {"path": key.path}) from unread
    except ValueError as wrong:
        raise Refused(_("Tệp khóa không mở được: sai mật khẩu hoặc không phải tệp .p12, .pfx.")) from wrong
    if private is None or certificate is None:
        raise Refused(_("Tệp khóa thiếu khóa riêng hoặc chứng thư."))
    _require_valid(certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    return SimpleSigner.load_pkcs12(key.path, passphrase=passphrase)


@contextmanager
def _signer_of_token(key: Token) -> Iterator[Any]:
    import pkcs11  # noqa: PLC0415  # an extra
    from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415

    try:
        session = open_pkcs11_session(
            str(key.library), token_criteria=TokenCriteria(label=key.label), user_pin=key.pin
        )
    except (pkcs11.PKCS11Error, SigningError, OSError, RuntimeError) as wrong:
        raise Refused(
            _(
                "Không mở được thiết bị ký số “%(label)s”: chưa cắm, sai mã PIN hoặc sai thư viện của thiết bị."
            )
            % {"label": key.label}
        ) from wrong
    with session:
        signer = PKCS11Signer(session, cert_label=key.certificate, key_label=key.certificate)
        try:
            certificate = signer.signing_cert
        except (pkcs11.PKCS11Error, SigningError) as wrong:
            told = _("Thiết bị không có chứng thư tên “%(name)s”.") % {"name": key.certificate}
            raise Refused(told) from wrong
        _require_valid(certificate.not_valid_before, certificate.not_valid_after)
        yield signer


def _require_valid(start: datetime, end: datetime) -> None:
    if not start <= now() <= end:
        span = {"start": day_words(start), "end": day_words(end)}
        raise Refused(_("Chứng thư số chỉ có hiệu lực từ %(start)s đến %(end)s.") % span)
