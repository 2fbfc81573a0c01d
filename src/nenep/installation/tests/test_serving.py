"""What the server tells the rest of the program before it listens."""

import pytest

from nenep.installation.serving import note_address


@pytest.fixture(autouse=True)
def _unset(monkeypatch, settings):
    monkeypatch.setenv("NENEP_ADDRESS", "")
    settings.SITE_ADDRESS = "http://127.0.0.1:8000"
    settings.ALLOWED_HOSTS = ["nennep.local"]


@pytest.mark.parametrize(
    ("host", "noted"),
    [
        ("127.0.0.1", "http://127.0.0.1:8021"),
        ("::1", "http://[::1]:8021"),
        ("0.0.0.0", "http://nennep.local:8021"),
    ],
)
def test_slips_and_mails_name_the_address_that_is_served(settings, host, noted):
    note_address(host, 8021)
    assert noted == settings.SITE_ADDRESS


@pytest.mark.parametrize("given", ["http://nennep.tinh.vn", ""])
def test_an_address_that_was_set_or_comes_from_https_stays(monkeypatch, settings, given):
    monkeypatch.setenv("NENEP_ADDRESS", given)
    settings.HTTPS = not given
    settings.SITE_ADDRESS = "https://kept"
    note_address("127.0.0.1", 8021)
    assert settings.SITE_ADDRESS == "https://kept"
