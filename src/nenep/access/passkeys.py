"""Where a key of a device can be used: browsers bind it to the name of a site, and a numeric address is no name."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

if TYPE_CHECKING:
    from django.http import HttpRequest


class PasskeyPlace(NamedTuple):
    """`elsewhere`: the same page under a name of this machine; "" where the program knows none."""

    is_here: bool
    elsewhere: str = ""


def passkey_place(request: HttpRequest) -> PasskeyPlace:
    """Whether the address that is open can hold keys (WebAuthn, 5.1.2: the RP id is a domain)."""
    at = urlsplit(f"//{request.get_host()}")
    try:
        number = ip_address(at.hostname or "")
    except ValueError:
        return PasskeyPlace(is_here=True)
    if not (number.is_loopback and validate_host("localhost", settings.ALLOWED_HOSTS)):
        return PasskeyPlace(is_here=False)
    port = f":{at.port}" if at.port else ""
    return PasskeyPlace(is_here=False, elsewhere=f"{request.scheme}://localhost{port}{request.path}")
