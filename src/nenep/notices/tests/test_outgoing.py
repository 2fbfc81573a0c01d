"""The only request that leaves the program goes to a push service, on the open internet, and nowhere else."""

import socket

import pytest

from nenep.notices import outgoing
from nenep.notices.outgoing import NotAllowed, dial_public, is_public, is_push_service, post_empty
from nenep.notices.tests.push_server import push_server

GOOD = "https://fcm.googleapis.com/fcm/send/abc:1"


def test_the_services_of_the_settings_are_known():
    good = [GOOD, "https://updates.push.services.mozilla.com/wpush/v2/x", "https://web.push.apple.com/Qx"]
    assert all(is_push_service(address) for address in [*good, "https://fcm.googleapis.com:443/x"])


@pytest.mark.parametrize(
    "address",
    [
        *("", "fcm.googleapis.com", "http://fcm.googleapis.com/x", "HTTP://fcm.googleapis.com/x"),
        *(
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com:0/x",
            "https://fcm.googleapis.com:x/",
        ),
        *("https://me@fcm.googleapis.com/x", "https://fcm.googleapis.com@127.0.0.1/x"),
        *(
            "https://fcm.googleapis.com.evil.vn/x",
            "https://evilfcm.googleapis.com/x",
            "https://googleapis.com/x",
        ),
        *(
            "https://127.0.0.1/x",
            "https://2130706433/x",
            "https://0177.0.0.1/x",
            "https://[::1]/x",
            "https://[/x",
        ),
        *(
            "https://localhost/x",
            "file:///etc/passwd",
            "gopher://fcm.googleapis.com/",
            "//fcm.googleapis.com/x",
        ),
        *("https://evil.vn/?https://fcm.googleapis.com/", "https://evil.vn#fcm.googleapis.com"),
        *("https://evil.vn\\@fcm.googleapis.com/", "https:/fcm.googleapis.com/x"),
    ],
)
def test_any_other_address_is_none(address):
    assert not is_push_service(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1"),
        *(
            "::",
            "::1",
            "fc00::1",
            "fe80::1%eth0",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
        ),
        *("2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2001::7f00:1"),
    ],
)
def test_an_inner_address_is_not_public(address):
    assert not is_public(address)


def test_an_address_of_the_internet_is_public():
    assert is_public("142.250.66.74")
    assert is_public("2404:6800:4005:80f::200a")


@pytest.fixture
def server():
    with push_server() as running:
        yield running


@pytest.fixture
def name_that_leads_inside(server, monkeypatch):
    """The name of a service that its name server now gives an address of our own machine."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", server.server_address)]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: found)


@pytest.mark.usefixtures("name_that_leads_inside")
def test_a_name_that_leads_inside_is_not_dialled(server):
    with pytest.raises(NotAllowed, match=r"127\.0\.0\.1"):
        dial_public("fcm.googleapis.com")
    assert server.connections == 0


@pytest.mark.usefixtures("name_that_leads_inside")
def test_twin_without_the_look_at_the_address_it_is_dialled(server, monkeypatch):
    monkeypatch.setattr(outgoing, "is_public", lambda _address: True)
    monkeypatch.setattr(outgoing, "TIMEOUT", 0.2)
    with pytest.raises(OSError):  # whatever the handshake with a server without TLS ends in
        dial_public("fcm.googleapis.com")
    assert server.connections == 1


def test_a_redirect_is_not_followed(server):
    server.answers = [302]
    assert post_empty(GOOD, {"TTL": "1"}, dial=server.dial) == 302
    assert [path for path, _headers, _body in server.requests] == ["/fcm/send/abc:1"]


def test_an_address_that_is_none_is_refused_before_anything_is_dialled(server):
    with pytest.raises(NotAllowed):
        post_empty("https://evil.vn/x", {}, dial=server.dial)
    assert server.connections == 0
