"""The page of the own devices: what it lists, and signing one or all others out."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import PASSWORD, make_account, make_administrator, make_device, sign_in
from nenep.journal.models import Event
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at, now, today

pytestmark = pytest.mark.django_db
PAGE = "/accounts/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)"
OFFICE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"


@pytest.fixture
def account(bloc):
    return make_account(make_member(bloc.branch))


def browser(account, user_agent):
    """A browser in which the person has signed in through the real page."""
    client = Client(headers={"User-Agent": user_agent})
    client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    assert client.get(reverse("access:mine")).status_code == 200
    return client


def listed(client):
    page = client.get(PAGE).content.decode()
    return re.findall(r'class="line-title"[^>]*>([^<]*)<', page)


def test_the_page_names_each_device_and_is_one_step_from_the_account(account):
    phone, _office = browser(account, PHONE), browser(account, OFFICE)
    assert f'href="{PAGE}"' in phone.get(reverse("access:mine")).content.decode()
    assert "2 thiết bị" in phone.get(reverse("access:mine")).content.decode()
    assert listed(phone) == ["Máy tính Windows", "iPhone (đồng chí đang dùng)"]


def test_signing_one_device_out_leaves_the_others(account):
    phone, office, tablet = (browser(account, words) for words in (PHONE, OFFICE, "Android"))
    device = UserSession.objects.get(user_agent=OFFICE)
    assert phone.post(reverse("access:device_end", args=[device.pk])).url == PAGE
    assert office.get(PAGE).status_code == 302
    assert tablet.get(PAGE).status_code == 200
    assert len(listed(phone)) == 2
    assert Event.objects.filter(verb="account.session_ended", actor=account.actor).count() == 1


def test_this_device_is_signed_out_by_its_button(account):
    phone = browser(account, PHONE)
    assert (
        f'action="{reverse("account_logout")}"'
        in phone.get(PAGE).content.decode().split("<main")[1].split("<footer")[0]
    )
    device = UserSession.objects.get()
    assert phone.post(reverse("access:device_end", args=[device.pk])).status_code == 404


def test_signing_all_others_out_keeps_this_one(account):
    phone, office = browser(account, PHONE), browser(account, OFFICE)
    assert phone.post(PAGE).url == PAGE
    assert office.get(PAGE).status_code == 302
    assert listed(phone) == ["iPhone (đồng chí đang dùng)"]


def test_nobody_signs_out_a_device_of_somebody_else(account, bloc):
    device = make_device(make_account(make_member(bloc.branch)))
    phone = browser(account, PHONE)
    assert phone.post(reverse("access:device_end", args=[device.pk])).status_code == 404
    assert UserSession.objects.filter(pk=device.pk).exists()


def test_a_device_whose_sign_in_is_over_is_not_listed(account, bloc):
    browser(account, OFFICE)
    with clock_at(now() + timedelta(hours=13)):
        assert listed(browser(account, PHONE)) == ["iPhone (đồng chí đang dùng)"]
    transfer(account.member, to=bloc.neighbour_branch, day=today(), by=None)
    assert listed(browser(account, PHONE)) == ["iPhone (đồng chí đang dùng)"]


def test_a_device_from_before_a_new_password_is_not_listed(account):
    phone, _office = browser(account, PHONE), browser(account, OFFICE)
    words = {"oldpassword": PASSWORD, "password1": "sen-trang-ao-lang", "password2": "sen-trang-ao-lang"}
    phone.post(reverse("account_change_password"), words)
    assert listed(phone) == ["iPhone (đồng chí đang dùng)"]


def test_the_page_costs_the_same_for_one_device_and_many(account):
    phone = browser(account, PHONE)
    with CaptureQueriesContext(connection) as few:
        phone.get(PAGE)
    for _ in range(3):
        make_device(account)
    with CaptureQueriesContext(connection) as many:
        assert len(listed(phone)) == 4
    assert len(few) == len(many)


def test_signing_oneself_out_of_every_device_ends_at_sign_in(bloc):
    administrator = make_administrator(bloc.bloc)
    client = Client()
    sign_in(client, administrator, proven=True)
    client.get(PAGE)
    make_device(administrator)
    with clock_at(now() + timedelta(minutes=10)):  # when a page also notes its use
        answer = client.post(reverse("access:sessions", args=[administrator.pk]), follow=True)
    assert answer.status_code == 200
    assert "Đăng nhập" in answer.content.decode()
