"""What a member chose holds for the next notice; a device that signed out hears nothing any more."""

import pytest
from django.test import Client
from django.urls import reverse

from nenep.access.operations import end_sessions
from nenep.access.tests.make import make_account, sign_in, viewer_for
from nenep.notices.choosing import choose_ways
from nenep.notices.models import Preference, PushDevice
from nenep.notices.tests.make import make_notice
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.tests.make import make_member
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
ENDPOINT = "https://fcm.googleapis.com/fcm/send/"
PAGE, ADD = "/notices/channels/", "/notices/devices/"


@pytest.fixture(autouse=True)
def _push_is_on(settings, tmp_path):
    settings.PUSH, settings.PUSH_KEY_FILE = True, tmp_path / "push_key"


@pytest.fixture
def branch():
    return make_small_bloc().branch


@pytest.fixture
def member(branch):
    return make_member(branch, email="hoa@example.vn", phone="0912345678")


def channels_to(member):
    return sorted(make_notice(member).deliveries.values_list("channel", flat=True))


def choose(member, **ways):
    chosen = {"by_email": False, "by_phone": False, "wants_paper": False} | ways
    choose_ways(member, **chosen, by=viewer_for(member))
    return channels_to(member)


def test_a_notice_goes_the_ways_that_were_chosen(member):
    make_account(member)
    assert channels_to(member) == ["email", "inbox"]
    assert choose(member) == ["inbox"]
    assert choose(member, by_phone=True) == ["inbox", "phone"]
    assert choose(member, wants_paper=True, by_email=True) == ["email", "inbox", "paper"]
    assert choose(member, wants_paper=True, by_phone=True) == ["inbox", "paper", "phone"]


def test_whom_nothing_reaches_is_called_or_gets_paper_whatever_was_chosen(branch, member):
    Preference.objects.create(member=member, by_email=False)
    assert channels_to(member) == ["phone"]
    assert channels_to(make_member(branch)) == ["paper"]


def test_a_call_without_a_number_is_refused_beside_the_choice(branch, client):
    member = make_member(branch)
    with pytest.raises(Refused, match="số điện thoại"):
        choose(member, by_phone=True)
    sign_in(client, member)
    answer = client.post(PAGE, {"by_phone": "on", "wants_paper": "on"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["by_phone"]
    member.refresh_from_db()
    assert not member.wants_paper


def test_the_page_keeps_the_choice(client, member):
    sign_in(client, member)
    assert client.post(PAGE, {"wants_paper": "on"}).status_code == 302
    assert client.get(PAGE).context["form"].initial == {
        "by_email": False,
        "by_phone": False,
        "wants_paper": True,
    }


def test_a_browser_is_added_and_known_again(client, member):
    sign_in(client, member)
    client.post(ADD, {"endpoint": ENDPOINT + "one"}, headers={"user-agent": "Mozilla (iPhone)"})
    page = client.get(PAGE).content.decode()
    assert "iPhone (máy đồng chí đang dùng)" in page
    assert "Bật báo trên máy này" not in page
    other = Client()
    sign_in(other, member)
    assert "máy đồng chí đang dùng" not in other.get(PAGE).content.decode()
    assert channels_to(member) == ["email", "inbox", "push"]


@pytest.mark.parametrize(
    "endpoint", ["", "http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://evil.vn/x"]
)
def test_an_address_that_is_no_push_service_is_not_kept(client, member, endpoint):
    sign_in(client, member)
    assert client.post(ADD, {"endpoint": endpoint}).status_code == 302
    assert not PushDevice.objects.exists()


def test_signing_out_here_ends_this_device_only(client, member):
    other = Client()
    for browser, name in ((client, "one"), (other, "two")):
        sign_in(browser, member)
        browser.post(ADD, {"endpoint": ENDPOINT + name})
    sign_in(client, member)  # another sign-in in the same browser: the cookie still says which one it is
    client.post(reverse("account_logout"))
    assert [device.endpoint for device in PushDevice.objects.all()] == [ENDPOINT + "two"]


def test_signing_out_elsewhere_ends_every_device(client, member):
    account = sign_in(client, member)
    client.post(ADD, {"endpoint": ENDPOINT + "one"})
    end_sessions(account, by=viewer_for(member))
    assert not PushDevice.objects.exists()


def test_whoever_uses_the_browser_next_takes_it_over(client, branch, member):
    sign_in(client, member)
    client.post(ADD, {"endpoint": ENDPOINT + "shared"})
    second = make_member(branch)
    sign_in(client, second)
    client.post(ADD, {"endpoint": ENDPOINT + "shared"})
    assert [device.account.member_id for device in PushDevice.objects.all()] == [second.pk]


def test_a_device_of_somebody_else_is_not_found(client, branch, member):
    sign_in(client, member)
    client.post(ADD, {"endpoint": ENDPOINT + "one"})
    device = PushDevice.objects.get()
    sign_in(client, make_member(branch))
    address = reverse("notices:device_removal", args=[device.pk])
    assert client.post(address).status_code == 404
    sign_in(client, member)
    assert client.post(address).status_code == 302
    assert not PushDevice.objects.exists()


def test_the_worker_stands_for_the_whole_site_and_keeps_nothing(client):
    answer = client.get(reverse("notices:push_worker"))
    script = answer.content.decode()
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert "Có thông báo mới trong Nền nếp" in script
    assert not any(word in script for word in ("caches", "fetch", "event.data"))
