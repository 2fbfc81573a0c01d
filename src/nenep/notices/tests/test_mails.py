from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from nenep.notices.models import Delivery, DeliveryState
from nenep.notices.operations import notify
from nenep.notices.tasks import MAIL_TRIES
from nenep.notices.worker import Worker
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.tests.make import make_member

pytestmark = pytest.mark.django_db
HERE = f"{__name__}."


@pytest.fixture
def members():
    branch = make_small_bloc().branch
    return [make_member(branch, email=f"m{number}@example.vn").pk for number in range(3)]


@pytest.fixture
def tell(members, django_capture_on_commit_callbacks):
    def told(title="Mời họp chi bộ tháng 11", **facts):
        with django_capture_on_commit_callbacks(execute=True):
            notify(members, kind="x.y", title=title, url="/meetings/7/", body=None, by=None, **facts)

    return told


def work():
    Worker(pauses=(timedelta(0), timedelta(0))).work_off()
    return sorted(Delivery.objects.filter(channel="email").values_list("state", "tries"))


def test_a_mail_holds_title_and_address_but_no_content(tell, settings):
    settings.SITE_ADDRESS = "https://nennep.tinh.vn"
    tell(text="Nội dung kín: góp ý cho đồng chí A.")
    assert work() == [(DeliveryState.SENT, 1)] * 3
    assert sorted(message.to[0] for message in mail.outbox) == [f"m{n}@example.vn" for n in range(3)]
    message = mail.outbox[0]
    assert message.subject == "Mời họp chi bộ tháng 11"
    assert "https://nennep.tinh.vn/meetings/7/" in message.body
    assert "Nội dung kín" not in str(message.message())
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 3


def test_a_line_break_in_a_title_starts_no_header(tell):
    tell(title="Mời họp\nBcc: all@example.vn")
    work()
    assert mail.outbox[0].subject == "Mời họp Bcc: all@example.vn"
    assert mail.outbox[0].recipients() == ["m0@example.vn"]


def test_running_the_task_again_sends_nothing_twice(tell):
    tell()
    work()
    from nenep.notices.tasks import send_mails

    assert send_mails.func(list(Delivery.objects.values_list("pk", flat=True))) == 0
    assert len(mail.outbox) == 3


class Down(EmailBackend):
    def open(self):
        raise ConnectionRefusedError


def test_a_server_that_is_down_is_tried_three_times_and_then_said(tell, settings):
    settings.EMAIL_BACKEND = HERE + "Down"
    tell()
    assert work() == [(DeliveryState.FAILED, MAIL_TRIES)] * 3
    assert set(Delivery.objects.filter(channel="email").values_list("reason", flat=True)) == {
        "Không nối được máy chủ thư."
    }


def test_a_server_that_comes_back_gets_the_mails(tell, settings):
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, HERE + "Down"
    tell()
    worker = Worker(pauses=(timedelta(0), timedelta(0)))
    assert worker.work_once()
    settings.EMAIL_BACKEND = working
    assert work() == [(DeliveryState.SENT, 2)] * 3
    assert set(Delivery.objects.values_list("reason", flat=True)) == {""}


class Picky(EmailBackend):
    """Refuses one address for good, one for now, drops the line once."""

    later = 1

    def send_messages(self, messages):
        address = messages[0].to[0]
        if address == "m0@example.vn":
            raise SMTPRecipientsRefused({address: (550, b"no such user")})
        if address == "m1@example.vn" and Picky.later:
            Picky.later -= 1
            raise SMTPRecipientsRefused({address: (450, b"busy")})
        return super().send_messages(messages)


def test_a_wrong_address_is_given_up_at_once_and_hinders_nobody(tell, settings):
    settings.EMAIL_BACKEND = HERE + "Picky"
    Picky.later = 1
    tell()
    assert work() == [(DeliveryState.FAILED, 1), (DeliveryState.SENT, 1), (DeliveryState.SENT, 2)]
    failed = Delivery.objects.get(state=DeliveryState.FAILED)
    assert failed.reason == "Địa chỉ thư điện tử không nhận được thư."


class Dropping(EmailBackend):
    def send_messages(self, messages):
        raise SMTPServerDisconnected


def test_a_dropped_line_is_no_fault_of_the_address(tell, settings):
    settings.EMAIL_BACKEND = HERE + "Dropping"
    tell()
    assert work() == [(DeliveryState.FAILED, MAIL_TRIES)] * 3
    assert Delivery.objects.first().reason == "Máy chủ thư từ chối gửi."
