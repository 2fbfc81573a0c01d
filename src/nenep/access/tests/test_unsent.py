"""What was typed is not lost when the sign-in ended meanwhile: it travels through sign-in and is sent again."""

import re
from datetime import timedelta
from html import unescape

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nenep.access import middleware
from nenep.access.models import ReadingGrant
from nenep.access.tests.make import PASSWORD, make_account, sign_in
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at, now, today

pytestmark = pytest.mark.django_db
WORDS = "Kiểm tra chuyên đề & “nợ đọng” <b>quý IV</b>"
ADDRESS = "/accounts/readings/new/"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def officer(bloc):
    member = make_member(bloc.lone_branch, name="Trần Cán Bộ")
    make_office(member, bloc.bloc, Post.OFFICER)
    return make_account(member)


@pytest.fixture
def typed(bloc):
    day = today().strftime("%d/%m/%Y")
    return {"body": bloc.branch.pk, "purpose": WORDS, "valid_from": day, "last": day}


@pytest.fixture
def an_hour_later(client, officer):
    """An officer who opened a page, typed for an hour, and is signed out by now."""
    sign_in(client, officer)
    client.get(ADDRESS)
    with clock_at(now() + timedelta(hours=1)):
        yield


def form_with(answer, button):
    """Where the form with this button goes and what it holds in hidden fields."""
    forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', answer.content.decode(), re.DOTALL)
    (found,) = [(action, inside) for action, inside in forms if f">{button}<" in inside]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[1])
    return found[0], {name: unescape(value) for name, value in hidden}


def send(client, answer, button, **more):
    action, fields = form_with(answer, button)
    return client.post(action, fields | more)


def code():
    return totp.format_hotp_value(totp.hotp_value(SECRET, next(totp.yield_hotp_counters_from_time())))


def test_a_form_sent_too_late_is_sent_again_after_signing_in(client, officer, typed, an_hour_later):
    asked = client.post(ADDRESS, typed)
    assert asked.status_code == 403
    assert "không mất" in asked.content.decode()
    assert "Đã lâu không dùng" in asked.content.decode()
    assert "no-store" in asked["Cache-Control"]
    wrong = send(client, asked, "Đăng nhập", login=officer.username, password="sai")
    page = send(client, wrong, "Đăng nhập", login=officer.username, password=PASSWORD)
    assert "với tên đồng chí Trần Cán Bộ" in page.content.decode()
    assert WORDS in unescape(page.content.decode())
    assert "<b>quý" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not ReadingGrant.objects.exists()
    assert send(client, page, "Gửi lại").status_code == 302
    assert ReadingGrant.objects.get().purpose == WORDS


def test_it_passes_the_second_factor_too(client, officer, typed, an_hour_later):
    totp.TOTP.activate(officer, SECRET)
    asked = client.post(ADDRESS, typed)
    second = send(client, asked, "Đăng nhập", login=officer.username, password=PASSWORD)
    wrong = send(client, second, "Đăng nhập", code="000000")
    assert "Mã chưa đúng" in wrong.content.decode()
    page = send(client, wrong, "Đăng nhập", code=code())
    assert send(client, page, "Gửi lại").status_code == 302
    assert ReadingGrant.objects.get().purpose == WORDS


def test_a_key_that_fails_leaves_it_on_the_page(client, typed, an_hour_later):
    asked = client.post(ADDRESS, typed)
    again = send(client, asked, "Đăng nhập bằng khóa của thiết bị", credential="{}")
    assert form_with(again, "Đăng nhập")[1]["unsent"] == form_with(asked, "Đăng nhập")[1]["unsent"]


def test_nothing_of_it_is_stored(client, officer, typed, an_hour_later):
    totp.TOTP.activate(officer, SECRET)
    asked = client.post(ADDRESS, typed)
    send(client, asked, "Đăng nhập", login=officer.username, password=PASSWORD)
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert kept
    assert not [data for data in kept if "chuyên đề" in data or "unsent" in data]
    assert not [morsel for morsel in client.cookies.values() if len(morsel.value) > 200]


def test_a_button_without_words_is_pressed_again_as_well(client, bloc, officer, an_hour_later):
    asked = client.post(reverse("access:code", args=[officer.pk]))
    page = send(client, asked, "Đăng nhập", login=officer.username, password=PASSWORD)
    assert form_with(page, "Gửi lại")[0] == reverse("access:code", args=[officer.pk])


def test_a_file_must_be_chosen_again_and_the_page_says_so(client, officer, typed, an_hour_later):
    paper = SimpleUploadedFile("to-trinh.pdf", b"%PDF", content_type="application/pdf")
    asked = client.post(ADDRESS, {**typed, "paper": paper})
    page = send(client, asked, "Đăng nhập", login=officer.username, password=PASSWORD)
    assert "Tệp đính kèm thì đồng chí chọn lại" in page.content.decode()


def test_passwords_never_travel(client, an_hour_later):
    sent = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "sen"})
    assert sent.status_code == 302
    assert sent.url.startswith(reverse("account_login"))


def test_only_what_we_signed_is_shown_again(client, officer, typed, an_hour_later):
    asked = client.post(ADDRESS, typed)
    forged = form_with(asked, "Đăng nhập")[1]["unsent"][:-1] + "_"
    answer = send(client, asked, "Đăng nhập", login=officer.username, password=PASSWORD, unsent=forged)
    assert answer.url == "/"


def test_without_carrying_the_words_are_lost(client, officer, typed, an_hour_later, monkeypatch):
    """Twin: the plain redirect to sign-in."""
    monkeypatch.setattr(middleware, "is_kept", lambda request: False)
    sent = client.post(ADDRESS, typed)
    page = client.post(sent.url, {"login": officer.username, "password": PASSWORD}, follow=True)
    assert "chuyên đề" not in page.content.decode()


@pytest.fixture
def second_tab(officer, typed):
    """A browser that signed in again in another tab, and the token of the page in the first one."""
    client = Client(enforce_csrf_checks=True)
    words = {"login": officer.username, "password": PASSWORD}

    def token(address):
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(address).content.decode())
        return {"csrfmiddlewaretoken": found[1]}

    client.post(reverse("account_login"), words | token(reverse("account_login")))
    old = token(ADDRESS)
    client.post(reverse("account_logout"), old)
    client.post(reverse("account_login"), words | token(reverse("account_login")))
    return client, typed | old


def test_a_form_older_than_the_sign_in_of_another_tab_is_sent_again(second_tab):
    client, typed = second_tab
    page = client.post(ADDRESS, typed, headers={"Origin": "http://testserver"})
    assert WORDS in unescape(page.content.decode())
    assert not ReadingGrant.objects.exists()
    assert send(client, page, "Gửi lại").status_code == 302
    assert ReadingGrant.objects.get().purpose == WORDS


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", ""])
def test_a_form_of_another_site_is_refused_and_not_shown(second_tab, origin):
    client, typed = second_tab
    answer = client.post(ADDRESS, typed, headers={"Origin": origin} if origin else {})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()
    assert "chuyên đề" not in answer.content.decode()
    assert not ReadingGrant.objects.exists()
