"""The one door to other people's servers: an empty POST to a push service, and to nothing else.

The address comes from a browser, so it may name anything. It must be https, one of the hosts that settings allow, and
resolve to public addresses only; these are checked on the very address that is dialled, so that a name which changes
its mind between the check and the call gains nothing. Redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from http.client import HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Dial = Callable[[str], socket.socket]

PORT = 443
TIMEOUT = 10.0  # seconds
# Addresses of version 6 that lead to one of version 4 behind a gateway: what is behind it cannot be judged.
_TUNNELS = tuple(ipaddress.ip_network(net) for net in ("2002::/16", "2001::/32", "64:ff9b::/32"))


class NotAllowed(Exception):
    """The address is not one that the program may call."""


class NotReached(Exception):
    """The service did not answer; later it may."""


def is_push_service(endpoint: str) -> bool:
    """Whether this is an https address of a push service that settings allow (`NENEP_PUSH_HOSTS`)."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    is_plain = parts.netloc.lower() in {host, f"{host}:{PORT}"}  # no user, no password, no other port
    is_ours = any(host == name or host.endswith(f".{name}") for name in settings.PUSH_HOSTS)
    return parts.scheme == "https" and is_plain and port in {None, PORT} and is_ours


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is of the open internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    is_veiled = isinstance(ip, ipaddress.IPv6Address) and (
        ip.ipv4_mapped is not None or any(ip in net for net in _TUNNELS)
    )
    return ip.is_global and not ip.is_multicast and not is_veiled


def dial_public(host: str) -> socket.socket:
    """An encrypted connection to `host`, refused when any of its addresses is not public."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    for *_family, address in found:
        if not is_public(str(address[0])):
            raise NotAllowed(f"{host} resolves to {address[0]}, which is not a public address")
    problem: OSError | None = None
    for family, kind, protocol, _name, address in found:
        raw = socket.socket(family, kind, protocol)
        raw.settimeout(TIMEOUT)
        try:
            raw.connect(address)
            return ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        except OSError as error:
            raw.close()
            problem = error
    raise problem or OSError(f"{host} has no address")


def post_empty(endpoint: str, headers: Mapping[str, str], *, dial: Dial = dial_public) -> int:
    """POST nothing but `headers`; returns the status of the answer, whose words nobody reads.

    `dial` opens the connection: tests hand in one that leads to a server of theirs. Raises NotAllowed, NotReached.
    """
    if not is_push_service(endpoint):
        raise NotAllowed(f"{urlsplit(endpoint).hostname!r} is not a push service of NENEP_PUSH_HOSTS")
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    connection = HTTPSConnection(host, PORT, timeout=TIMEOUT)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        connection.sock = dial(host)
        connection.request("POST", target, body=b"", headers=dict(headers))
        return connection.getresponse().status
    except (OSError, HTTPException, ValueError) as error:
        raise NotReached(f"{host}: {type(error).__name__}") from error
    finally:
        connection.close()
