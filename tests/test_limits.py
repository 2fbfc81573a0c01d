"""What one person may do how often, and numbers and words that are too large to be anything."""

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter

from nenep.access.tests.make import PASSWORD, make_account, make_administrator, sign_in
from nenep.journal.models import Event
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member

pytestmark = pytest.mark.django_db
HUGE = 2**63


@pytest.fixture
def bloc():
    found = make_small_bloc()
    found.secretary = make_member(found.branch, post=Post.SECRETARY)
    return found


def numbered(patterns, before=""):
    """Names of the addresses whose only part is a number."""
    for entry in patterns:
        namespace = getattr(entry, "namespace", None)
        if not isinstance(entry, URLPattern):
            yield from numbered(entry.url_patterns, f"{before}{namespace}:" if namespace else before)
        elif [type(part) for part in entry.pattern.converters.values()] == [IntConverter] and entry.name:
            yield f"{before}{entry.name}"


def test_a_number_beyond_64_bits_is_nothing_at_any_address(client, bloc):
    sign_in(client, bloc.secretary)
    names = sorted(set(numbered(get_resolver().url_patterns)))
    assert len(names) > 60
    for name in names:
        assert client.get(reverse(name, args=[HUGE])).status_code == 404, name
        assert client.post(reverse(name, args=[HUGE])).status_code == 404, name


def test_a_number_beyond_64_bits_among_bodies_to_merge_is_a_wrong_choice(client, bloc):
    sign_in(client, make_administrator(bloc.bloc))
    typed = {"others": str(HUGE), "into": "this", "day": "01/06/2016", "step": "check"}
    assert client.post(reverse("organizations:merge", args=[bloc.branch.pk]), typed).status_code == 422


def test_a_very_long_search_says_what_to_type(client, bloc):
    sign_in(client, bloc.secretary)
    answer = client.get(reverse("organizations:tree"), {"q": "a " * 35_000})
    assert answer.status_code == 422
    assert "dài quá 100 ký tự" in answer.content.decode()
    people = client.get(reverse("people:body", args=[bloc.branch.pk]), {"q": "a " * 35_000})
    assert people.status_code == 422


def test_the_thirty_first_search_of_a_minute_waits(client, bloc, monkeypatch):
    monkeypatch.setattr("nenep.shared.limits.time", lambda: 1_800_000_000)
    sign_in(client, bloc.secretary)
    address = reverse("people:body", args=[bloc.branch.pk])
    assert {client.get(address, {"q": "an"}).status_code for _time in range(30)} == {200}
    answer = client.get(address, {"q": "an"})
    assert (answer.status_code, "30 lần trong một phút" in answer.content.decode()) == (429, True)
    assert client.get(address).status_code == 200
    monkeypatch.setattr("nenep.shared.limits.time", lambda: 1_800_000_060)
    assert client.get(address, {"q": "an"}).status_code == 200


def test_the_sixth_download_of_a_day_waits_and_is_no_download(client, bloc, monkeypatch):
    monkeypatch.setattr("nenep.shared.limits.time", lambda: 1_800_000_000)
    sign_in(client, bloc.secretary)
    address = reverse("privacy:download")
    assert [client.get(address).status_code for _time in range(6)] == [200] * 5 + [429]
    assert Event.objects.filter(verb="data.downloaded").count() == 5


def try_from(client, account, address, password="sai"):
    return client.post(
        reverse("account_login"), {"login": account.username, "password": password}, REMOTE_ADDR=address
    )


def test_a_stranger_elsewhere_locks_nobody_out(client, bloc):
    account = make_account(bloc.secretary)
    for _time in range(8):
        try_from(client, account, "203.0.113.9")
    assert try_from(client, account, "203.0.113.9", PASSWORD).status_code != 302
    assert try_from(client, account, "198.51.100.4", PASSWORD).status_code == 302


def test_tries_of_one_name_from_everywhere_end_too(client, bloc):
    account = make_account(bloc.secretary)
    for number in range(50):
        try_from(client, account, f"203.0.113.{number}")
    answer = try_from(client, account, "198.51.100.4", PASSWORD)
    assert answer.status_code != 302
    assert "đợi" in answer.content.decode()
