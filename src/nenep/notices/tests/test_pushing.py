"""A push says that there is something new and nothing else; a device that is gone is forgotten."""

import stat
from functools import partial

import pytest
from py_vapid import Vapid02

from nenep.access.tests.make import make_account, viewer_for
from nenep.notices.choosing import add_device
from nenep.notices.models import Delivery, DeliveryState, PushDevice
from nenep.notices.outgoing import post_empty
from nenep.notices.pushing import TRIES, public_key, push
from nenep.notices.tasks import StillWaiting
from nenep.notices.tests.make import make_notice
from nenep.notices.tests.push_server import push_server
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.tests.make import make_member

pytestmark = pytest.mark.django_db
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.fixture(autouse=True)
def _push_is_on(settings, tmp_path):
    settings.PUSH, settings.PUSH_KEY_FILE = True, tmp_path / "push_key"


@pytest.fixture
def server():
    with push_server() as running:
        yield running


@pytest.fixture
def member():
    member = make_member(make_small_bloc().branch)
    add_device(make_account(member), endpoint=ENDPOINT, user_agent="iPhone", by=viewer_for(member))
    return member


@pytest.fixture
def delivery(member):
    notice = make_notice(member, title="Họp chi bộ bàn việc kín", text="Góp ý cho đồng chí A.")
    return notice.deliveries.get(channel="push")


def told(server, delivery):
    push([delivery.pk], post=partial(post_empty, dial=server.dial))


def now_of(delivery):
    return Delivery.objects.values_list("state", "tries", "reason").get(pk=delivery.pk)


def test_a_push_is_empty_and_signed(server, delivery):
    told(server, delivery)
    assert now_of(delivery) == (DeliveryState.SENT, 1, "")
    [(path, headers, body)] = server.requests
    assert (path, body) == ("/fcm/send/abc", b"")
    assert Vapid02.verify(headers["Authorization"])
    assert public_key() in headers["Authorization"]
    sent = path + str(headers)
    assert not any(word in sent for word in ("Họp", "chi bộ", "A.", "meetings"))
    assert int(headers["TTL"]) > 0


def test_running_it_again_sends_nothing_twice(server, delivery):
    told(server, delivery)
    told(server, delivery)
    assert len(server.requests) == 1


@pytest.mark.parametrize("answer", [404, 410])
def test_a_device_that_is_gone_is_forgotten(server, delivery, answer):
    server.answers = [answer]
    told(server, delivery)
    assert not PushDevice.objects.exists()
    assert now_of(delivery) == (DeliveryState.FAILED, 1, "Máy đã tắt báo.")


def test_a_busy_service_is_tried_again_and_then_given_up(server, delivery):
    server.answers = [503] * TRIES
    for _time in range(TRIES - 1):
        with pytest.raises(StillWaiting):
            told(server, delivery)
    told(server, delivery)
    assert now_of(delivery) == (DeliveryState.FAILED, TRIES, "Không nối được dịch vụ báo của trình duyệt.")
    assert PushDevice.objects.exists()


def test_a_refusal_is_final_and_an_address_turned_inside_is_not_called(server, delivery, settings):
    settings.PUSH_HOSTS = ["push.apple.com"]
    told(server, delivery)
    assert now_of(delivery) == (DeliveryState.FAILED, 1, "Dịch vụ báo của trình duyệt từ chối.")
    assert server.connections == 0


def test_switched_off_nothing_is_queued(member, settings):
    settings.PUSH = False
    assert list(make_notice(member).deliveries.values_list("channel", flat=True)) == ["inbox"]


def test_the_key_is_made_once_and_read_by_nobody_else(settings):
    first = public_key()
    assert public_key() == first
    assert stat.S_IMODE(settings.PUSH_KEY_FILE.stat().st_mode) == 0o600
