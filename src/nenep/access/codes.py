"""Printed codes: letters and digits that survive poor print, old eyes and a Vietnamese keyboard.

No vowel, no D and no W, so that Telex and VNI typing turn nothing into "Á" or "Đ"; and of each pair of look-alikes
only one is used, the other is read as it. 12 of 22 signs are about 53 bits: with a limited number of tries and
a limited life nobody guesses one.
"""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.crypto import salted_hmac

SIGNS = "CFHJKLMNPQRTVX23456789"
LENGTH = 12
GROUP = 4
_READ_AS = str.maketrans("OD01IBSZGUY", "QQQLL8526VV")


def new_code(length: int = LENGTH) -> str:
    """A fresh code as it is printed: "K7MQ-X2PT-94FH"."""
    return grouped("".join(secrets.choice(SIGNS) for _ in range(length)))


def grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def as_meant(typed: str, length: int = LENGTH) -> str:
    """What was typed, without spaces, case, marks and look-alikes; "" when it cannot be a code."""
    plain = unicodedata.normalize("NFD", typed.upper().replace("Đ", "D"))
    signs = "".join(sign for sign in plain if sign.isalnum()).translate(_READ_AS)
    return signs if len(signs) == length and set(signs) <= set(SIGNS) else ""


def digest(code: str) -> str:
    """What is kept instead of the code: useless without the key of this installation."""
    return salted_hmac("nenep.access.codes", as_meant(code), algorithm="sha256").hexdigest()
