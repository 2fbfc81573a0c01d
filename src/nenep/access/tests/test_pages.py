"""The pages of sign-in and accounts, through real requests."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.models import Account, AccountState
from nenep.access.operations import issue_code, open_account
from nenep.access.tests.make import PASSWORD, make_account, make_administrator, sign_in, viewer_for
from nenep.journal.models import Event
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b")


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


def test_signing_in_with_a_password_opens_the_first_page_and_is_journaled(client, secretary):
    account = make_account(secretary)
    answer = client.post(reverse("account_login"), {"login": account.username.upper(), "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url == "/"
    assert Event.objects.filter(verb="account.signed_in", subject=secretary.pk).count() == 1


def test_signing_in_with_a_wrong_password_says_what_to_do(client, secretary):
    account = make_account(secretary)
    answer = client.post(reverse("account_login"), {"login": account.username, "password": "sai"})
    assert "chưa đúng" in answer.content.decode()
    assert not Event.objects.filter(verb="account.signed_in").exists()


def test_sixth_wrong_password_in_five_minutes_is_not_even_tried(client, secretary):
    account = make_account(secretary)
    for _try in range(5):
        client.post(reverse("account_login"), {"login": account.username, "password": "sai"})
    answer = client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    assert answer.status_code != 302
    assert "đợi" in answer.content.decode()


def test_thirty_first_sign_in_of_a_minute_from_one_address_is_not_even_tried(client, secretary):
    right = {"login": make_account(secretary).username, "password": PASSWORD}
    for number in range(30):
        client.post(reverse("account_login"), {"login": f"khong.co.{number}", "password": "sai"})
    assert client.post(reverse("account_login"), right).status_code == 429
    assert client.post(reverse("account_login"), right, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_closed_account_is_told_so(client, secretary):
    account = make_account(secretary)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    answer = client.post(
        reverse("account_login"), {"login": account.username, "password": PASSWORD}, follow=True
    )
    assert "đang bị khóa" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/password/reset/",
        "/accounts/password/set/",
        "/accounts/login/code/",
        "/accounts/2fa/webauthn/signup/",
    ],
)
def test_ways_in_that_nobody_should_have_do_not_exist(client, secretary, path):
    sign_in(client, secretary)
    assert client.get(path).status_code == 404


def test_printed_code_opens_the_account_and_signs_in(client, secretary):
    account = open_account(secretary, by=None)
    code = issue_code(account, by=None).lower().replace("-", " ")
    answer = client.post(reverse("access:activation"), {"code": code})
    assert answer.url == reverse("access:activation_password")
    answer = client.post(answer.url, {"password": "hoa-sen-mua-ha", "again": "hoa-sen-mua-ha"})
    assert answer.status_code == 302
    assert client.get(reverse("access:mine")).status_code == 200
    assert Event.objects.filter(verb="account.activated", subject=secretary.pk).exists()


def test_wrong_code_keeps_what_was_typed_and_tries_are_limited(client):
    answer = client.post(reverse("access:activation"), {"code": "sai roi"})
    assert answer.status_code == 422
    assert "sai roi" in answer.content.decode()
    for _try in range(9):
        client.post(reverse("access:activation"), {"code": "sai roi"})
    assert client.post(reverse("access:activation"), {"code": "sai roi"}).status_code == 429


def test_password_page_without_a_code_leads_back_to_the_code(client):
    assert client.get(reverse("access:activation_password")).url == reverse("access:activation")


def test_secretary_prints_slips_for_everybody_without_an_account(client, bloc, secretary):
    others = [make_member(bloc.branch) for _ in range(3)]
    sign_in(client, secretary, proven=True)
    page = client.get(reverse("access:branch", args=[bloc.branch.pk])).content.decode()
    assert page.count(AccountState.ABSENT.label) == 3
    answer = client.post(reverse("access:slips", args=[bloc.branch.pk]))
    assert len(set(CODE.findall(answer.content.decode()))) == 3
    assert "no-store" in answer["Cache-Control"]
    assert Account.objects.filter(member__in=others).count() == 3
    assert Event.objects.filter(verb="account.code_issued").count() == 3


def test_secretary_of_another_branch_sees_nothing_of_it(client, bloc, secretary):
    sign_in(client, secretary)
    assert client.get(reverse("access:branch", args=[bloc.neighbour_branch.pk])).status_code == 404
    stranger = make_account(make_member(bloc.neighbour_branch))
    assert client.get(reverse("access:account", args=[stranger.pk])).status_code == 404


def test_member_sees_the_branch_but_may_not_open_accounts(client, bloc, secretary):
    sign_in(client, make_member(bloc.branch), proven=True)
    assert client.get(reverse("access:branch", args=[bloc.branch.pk])).status_code == 403
    assert client.post(reverse("access:slips", args=[bloc.branch.pk])).status_code == 403


def test_printing_a_code_asks_the_secretary_to_prove_who_they_are(client, bloc, secretary):
    member = open_account(make_member(bloc.branch), by=None)
    make_account(secretary)
    sign_in(client, secretary)
    asked = client.post(reverse("access:code", args=[member.pk]))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    done = client.post(asked.url, {"password": PASSWORD})
    assert CODE.search(done.content.decode())  # the suspended act went on


def test_second_factor_is_demanded_of_a_secretary_until_there_is_one(client, secretary, settings):
    settings.SECOND_FACTOR_DEMANDED = True
    account = sign_in(client, secretary)
    assert client.get(reverse("access:mine")).url == reverse("mfa_index")
    part = client.get(reverse("access:mine"), headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (200, reverse("mfa_index"))
    assert client.get(reverse("mfa_index")).status_code == 200
    TOTP.activate(account, generate_totp_secret())
    assert client.get(reverse("access:mine")).status_code == 200
    Authenticator.objects.all().delete()
    assert client.get(reverse("access:mine")).status_code == 302


def test_second_factor_is_not_demanded_of_a_member_nor_where_it_is_off(client, bloc, secretary, settings):
    sign_in(client, secretary)
    assert client.get(reverse("access:mine")).status_code == 200
    settings.SECOND_FACTOR_DEMANDED = True
    sign_in(client, make_member(bloc.branch))
    assert client.get(reverse("access:mine")).status_code == 200


def test_demanding_a_second_factor_asks_one_query_more(client, secretary, settings):
    TOTP.activate(sign_in(client, secretary), generate_totp_secret())
    client.get(reverse("access:roles"))
    with CaptureQueriesContext(connection) as undemanded:
        client.get(reverse("access:roles"))
    settings.SECOND_FACTOR_DEMANDED = True
    with CaptureQueriesContext(connection) as demanded:
        client.get(reverse("access:roles"))
    assert len(demanded) == len(undemanded) + 1


def test_second_factor_is_asked_when_signing_in(client, secretary):
    account = make_account(secretary)
    TOTP.activate(account, generate_totp_secret())
    answer = client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    assert answer.url == reverse("mfa_authenticate")
    assert client.get(answer.url).status_code == 200
    assert client.get(reverse("access:mine")).status_code == 302


def test_text_size_of_the_account_reaches_a_new_device(client, secretary):
    sign_in(client, secretary)
    client.post(reverse("access:mine"), {"size": "24"})
    client.cookies.pop("text_size", None)
    assert client.get(reverse("access:mine")).cookies["text_size"].value == "24"


def test_signing_out_is_a_post_and_empties_the_browser(client, secretary):
    sign_in(client, secretary)
    client.get(reverse("account_logout"))
    assert client.get(reverse("access:mine")).status_code == 200
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(reverse("access:mine")).status_code == 302


def test_ending_sessions_takes_effect_at_once(client, bloc, secretary):
    account = make_account(make_member(bloc.branch))
    client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    assert client.get(reverse("access:mine")).status_code == 200
    other = type(client)()
    sign_in(other, secretary, proven=True)
    other.post(reverse("access:closure", args=[account.pk]))
    assert client.get(reverse("access:mine")).status_code == 302


SIGNED_IN_PAGES = [
    "access:mine",
    "access:roles",
    "access:readings",
    "account_change_password",
    "account_reauthenticate",
    "account_logout",
    "mfa_index",
    "mfa_list_webauthn",
    "access:devices",
]
PROVEN_PAGES = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]
ENGLISH = re.compile(
    r"\b(Sign|Password|Username|Code|Security|Key|Authenticator|Confirm|Current|Enter|Please)\b"
)


def words_of(answer):
    return re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)


@pytest.mark.parametrize("name", SIGNED_IN_PAGES)
def test_page_speaks_vietnamese(client, secretary, name):
    sign_in(client, secretary)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert not ENGLISH.findall(words_of(answer))


@pytest.mark.parametrize("name", PROVEN_PAGES)
def test_page_behind_a_proof_speaks_vietnamese(client, secretary, name):
    account = sign_in(client, secretary)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    if name == "mfa_generate_recovery_codes":
        TOTP.activate(account, generate_totp_secret())
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert not ENGLISH.findall(words_of(answer))


@pytest.mark.parametrize(
    ("host", "elsewhere"),
    [
        ("127.0.0.1:8001", "http://localhost:8001/accounts/login/"),
        ("[::1]:8001", "http://localhost:8001/accounts/login/"),
        ("127.0.0.1", "http://localhost/accounts/login/"),
        ("10.0.0.5:8001", ""),
        ("localhost:8001", None),
    ],
)
def test_a_numeric_address_says_where_keys_of_a_device_work(client, settings, host, elsewhere):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "10.0.0.5"]
    said = client.get(reverse("account_login"), HTTP_HOST=host).content.decode()
    assert ('id="passkey-button"' in said) == (elsewhere is None)
    assert ("không dùng được ở địa chỉ dạng số" in said) == (elsewhere is not None)
    assert (f'<a href="{elsewhere}">{elsewhere}</a>' in said) == bool(elsewhere)
    assert ("đồng chí hỏi người quản trị" in said) == (elsewhere == "")


@pytest.mark.parametrize("name", ["account_login", "access:activation", "account_inactive"])
def test_page_before_signing_in_speaks_vietnamese(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert not ENGLISH.findall(words_of(answer))


def test_activating_an_app_and_printing_codes_writes_events(client, secretary):
    account = sign_in(client, secretary)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    answer = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    assert answer.status_code == 200
    assert "Mã dự phòng" in answer.content.decode()
    assert Event.objects.filter(verb="account.factor_added", actor=account.actor).exists()


def test_changing_the_password_is_journaled_and_keeps_this_device_signed_in(client, secretary):
    account = sign_in(client, secretary)
    words = {"oldpassword": PASSWORD, "password1": "sen-trang-ao-lang", "password2": "sen-trang-ao-lang"}
    assert client.post(reverse("account_change_password"), words).status_code == 302
    assert client.get(reverse("access:mine")).status_code == 200
    assert Event.objects.filter(verb="account.password_changed", actor=account.actor).count() == 1


def test_signing_out_other_devices_is_journaled(client, secretary):
    account = sign_in(client, secretary)
    assert client.post(reverse("access:devices")).status_code == 302
    assert Event.objects.filter(verb="account.sessions_ended", actor=account.actor).count() == 1


def test_administrator_gives_and_ends_a_role(client, bloc, secretary):
    account = make_account(secretary)
    sign_in(client, make_administrator(bloc.bloc), proven=True)
    facts = {"username": account.username, "role": "clerk", "body": bloc.organization.code}
    answer = client.post(reverse("access:grant_new"), {**facts, "valid_from": "01/01/2026", "valid_to": ""})
    assert answer.status_code == 302, answer.content.decode()
    assert account.grants.count() == 1
    client.post(reverse("access:grant_end", args=[account.grants.get().pk]))
    assert bloc.organization.pk not in viewer_for(account).where("documents.register").own
    assert account.grants.get().valid_to == today()
    assert [e.verb for e in Event.objects.filter(verb__startswith="grant.").order_by("seq")] == [
        "grant.given",
        "grant.ended",
    ]


def test_grants_are_for_administrators_only(client, secretary):
    sign_in(client, secretary)
    assert client.get(reverse("access:grants")).status_code == 403
    assert client.get(reverse("access:accounts")).status_code == 403


def test_officer_asks_to_read_and_the_branch_decides(client, bloc, secretary):
    officer = make_member(bloc.lone_branch, name="Trần Cán Bộ")
    make_office(officer, bloc.bloc, Post.OFFICER)
    account = sign_in(client, officer)
    facts = {"body": bloc.branch.pk, "purpose": "Kiểm tra chuyên đề", "valid_from": "01/01/2026"}
    facts |= {"valid_from": today().strftime("%d/%m/%Y"), "last": today().strftime("%d/%m/%Y")}
    assert client.post(reverse("access:reading_new"), facts).status_code == 302
    reading = account.readings.get()
    assert client.post(reverse("access:approval", args=[reading.pk])).status_code == 403
    sign_in(client, secretary)
    assert "Kiểm tra chuyên đề" in client.get(reverse("access:readings")).content.decode()
    client.post(reverse("access:approval", args=[reading.pk]))
    reading.refresh_from_db()
    assert reading.state == "given"


def test_a_long_list_of_branches_is_searched_first(client, bloc, monkeypatch):
    monkeypatch.setattr("nenep.access.reading_views.LISTED_AT_MOST", 2)
    officer = make_member(bloc.lone_branch, name="Trần Cán Bộ")
    make_office(officer, bloc.bloc, Post.OFFICER)
    sign_in(client, officer)
    address = reverse("access:reading_new")

    def places(words):
        answer = client.get(address, {"q": words})
        form = answer.context.get("form")
        return answer, [body.pk for body in form.fields["body"].queryset] if form else None

    assert places("")[1] is None
    assert "ghi thêm chữ" in places("chi bo")[0].content.decode()
    assert "Không nơi nào" in places("khong co")[0].content.decode()
    assert places("thanh tra")[1] == [bloc.other_branch.pk]
    # What was looked for is kept by a wrong answer, and nothing else can be chosen.
    answer = client.post(f"{address}?q=thanh+tra", {"body": bloc.branch.pk, "purpose": "Kiểm tra"})
    assert answer.status_code == 422
    assert [body.pk for body in answer.context["form"].fields["body"].queryset] == [bloc.other_branch.pk]


def test_list_of_accounts_costs_the_same_for_one_and_many(client, bloc, secretary, django_assert_num_queries):
    sign_in(client, secretary)
    address = reverse("access:branch", args=[bloc.branch.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(4):
        make_account(make_member(bloc.branch))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)
