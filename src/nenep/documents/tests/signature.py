"""An independent reading of a signed PDF: `verified(content)` checks what a reader of PAdES checks, without pyHanko.

The CMS of RFC 5652 is read by a small DER parser, the mathematics are those of `cryptography`. Only what a signature
of ours has: one signer, SHA-256, RSA or an elliptic curve.
"""

import hashlib
import re
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

DIGEST, CONTENT_TYPE, CERTIFICATE_V2 = (
    "1.2.840.113549.1.9.4",
    "1.2.840.113549.1.9.3",
    "1.2.840.113549.1.9.16.2.47",
)
SHA_256, SIGNED_DATA, DATA = "2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"


class Broken(Exception):
    """The signature does not hold; says why."""


@dataclass(frozen=True)
class Node:
    tag: int
    body: bytes
    raw: bytes

    @property
    def parts(self):
        return parsed(self.body)


def parsed(data):
    """The DER values that stand one after the other in `data`."""
    found, at = [], 0
    while at < len(data):
        tag, length, head = data[at], data[at + 1], 2
        if length & 0x80:
            head += length & 0x7F
            length = int.from_bytes(data[at + 2 : at + head], "big")
        end = at + head + length
        if end > len(data):
            raise Broken("a value is longer than what holds it")
        found.append(Node(tag, data[at + head : end], data[at:end]))
        at = end
    return found


def name_of(node):
    """An object identifier in dots."""
    first, *rest = node.body
    parts, value = [min(first // 40, 2), first - 40 * min(first // 40, 2)], 0
    for byte in rest:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            parts.append(value)
            value = 0
    return ".".join(map(str, parts))


def verified(content):
    """The certificate of the last signature; Broken when anything is not as it must be."""
    ranges = re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", content)
    if not ranges:
        raise Broken("no signature")
    start, length, second, rest = map(int, ranges[-1])
    if start or second + rest != len(content):
        raise Broken("the signature does not cover the whole file")
    hole = content[length:second]
    if not re.fullmatch(rb"<[0-9A-Fa-f]+>", hole):
        raise Broken("more than the signature is left out")
    if b"/ETSI.CAdES.detached" not in content:
        raise Broken("no PAdES")
    covered = content[:length] + content[second:]
    padded = bytes.fromhex(hole[1:-1].decode())
    return _checked(_first(padded), covered)


def _first(padded):
    """The CMS without the zeros behind it."""
    tag, length, head = padded[0], padded[1], 2
    if length & 0x80:
        head += length & 0x7F
        length = int.from_bytes(padded[2:head], "big")
    assert tag == 0x30
    if padded[head + length :].strip(b"\0"):
        raise Broken("something stands behind the signature")
    return parsed(padded[: head + length])[0]


def _checked(message, covered):
    kind, wrapped = message.parts
    if name_of(kind) != SIGNED_DATA:
        raise Broken("no signed data")
    _version, _digests, _content, certificates, *_more, signers = wrapped.parts[0].parts
    [signer] = signers.parts
    _version, issuer, digest, attributes, _algorithm, signature, *_unsigned = signer.parts
    if name_of(digest.parts[0]) != SHA_256:
        raise Broken("another digest than SHA-256")
    said = {name_of(one.parts[0]): one.parts[1].parts[0] for one in attributes.parts}
    if name_of(said[CONTENT_TYPE]) != DATA:
        raise Broken("signed as another type of content")
    if said[DIGEST].body != hashlib.sha256(covered).digest():
        raise Broken("the file was changed after it was signed")
    certificate = _certificate_of(issuer, certificates)
    named = said[CERTIFICATE_V2].parts[0].parts[0].parts
    if hashlib.sha256(certificate.raw).digest() not in [part.body for part in named]:
        raise Broken("the signature does not name its certificate")
    known = x509.load_der_x509_certificate(certificate.raw)
    # Signed is the set as such, though the message tags it as [0].
    _verify(known.public_key(), signature.body, b"\x31" + attributes.raw[1:])
    return known


def _certificate_of(issuer, certificates):
    number = int.from_bytes(issuer.parts[1].body, "big")
    for certificate in certificates.parts:
        if x509.load_der_x509_certificate(certificate.raw).serial_number == number:
            return certificate
    raise Broken("the certificate is not there")


def _verify(key, signature, signed):
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as wrong:
        raise Broken("the signature is not that of the certificate") from wrong
