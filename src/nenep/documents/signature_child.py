"""A program of its own (see `signatures`): the digital signatures of a PDF on standard input, as JSON on the output.

`{"fields", "library", "signatures": [{"name", "issuer", "at", "reason", "covers", "intact", "valid", "later", ...}]}`.
Without pyHanko only how many signatures there are. Nothing is asked of the network, no certificate is trusted.
"""

import contextlib
import io
import json
import logging
import sys
from typing import Any

CPU_SECONDS = 12
MEMORY = 768 * 1024 * 1024
# More are no paper's, and each costs a digest over the whole file.
MOST = 20
MAX_WORDS = 200
# Kinds of signature whose digest is that of the covered bytes.
DETACHED = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"}


def main() -> None:
    _limit()
    logging.disable(logging.CRITICAL)
    content = sys.stdin.buffer.read()
    try:
        import pyhanko.sign.validation  # noqa: F401, PLC0415  # an extra
    except ImportError:
        told = {"fields": _fields(content), "library": False, "signatures": []}
    else:
        told = _read(content)
    sys.stdout.write(json.dumps(told))


def _fields(content: bytes) -> int:
    """Signature fields that hold a signature, as far as a plain reader of PDF sees them."""
    from pypdf import PdfReader  # noqa: PLC0415  # after the limits

    fields = PdfReader(io.BytesIO(content), strict=False).get_fields() or {}
    return sum(1 for field in fields.values() if field.get("/FT") == "/Sig" and field.get("/V"))


def _read(content: bytes) -> dict[str, Any]:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415  # an extra

    found = PdfFileReader(io.BytesIO(content), strict=False).embedded_regular_signatures
    return {
        "fields": len(found),
        "library": True,
        "signatures": [_one(signature) for signature in found[:MOST]],
    }


def _one(signature: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"is_read": False}
    with contextlib.suppress(Exception):  # what is broken in one says nothing of the others
        told |= _said(signature)
        told |= _checked(signature)
    return told


def _said(signature: Any) -> dict[str, Any]:
    """Who signed by which certificate, when and why: as the signer's machine and the certificate say it."""
    certificate, written = signature.signer_cert, signature.sig_object
    at = signature.self_reported_timestamp
    return {
        "name": _name(certificate.subject),
        "issuer": _name(certificate.issuer),
        "from": certificate.not_valid_before.isoformat(),
        "until": certificate.not_valid_after.isoformat(),
        "at": at.isoformat() if at else "",
        "reason": str(written.get("/Reason", ""))[:MAX_WORDS],
    }


def _checked(signature: Any) -> dict[str, Any]:
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY  # noqa: PLC0415
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    if str(signature.sig_object.get("/SubFilter", "")) not in DETACHED:
        return {}
    intact, valid = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, "data", signature.compute_digest()
    )
    signature.coverage = coverage = signature.evaluate_signature_coverage()
    covers = {SignatureCoverageLevel.ENTIRE_FILE: "file", SignatureCoverageLevel.ENTIRE_REVISION: "revision"}
    later = ""
    if covers.get(coverage) == "revision":
        later = "content"  # what cannot be told apart from a change is one
        with contextlib.suppress(Exception):
            changed = signature.evaluate_modifications(DEFAULT_DIFF_POLICY)
            level = getattr(changed, "modification_level", None)
            if getattr(level, "name", "") in {"LTA_UPDATES", "FORM_FILLING"}:
                later = "signatures"
    return {
        "is_read": True,
        "intact": bool(intact),
        "valid": bool(valid),
        "covers": covers.get(coverage, "part"),
        "later": later,
    }


def _name(of: Any) -> str:
    """The common name, else the organization, else all of it."""
    said = of.native
    name = said.get("common_name") or said.get("organization_name") or of.human_friendly
    return str(name if isinstance(name, str) else name[0])[:MAX_WORDS]


def _limit() -> None:
    """Where the system has limits (not on Windows); some systems refuse one of them."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
