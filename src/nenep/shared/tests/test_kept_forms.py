"""A form sent by script is acknowledged where a redirect would be, and its key is one account's own."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.test import RequestFactory

from nenep.shared.kept_forms import KeptForms, key_of
from nenep.shared.viewer import Viewer


class Somebody:
    is_authenticated = True


class Nobody:
    is_authenticated = False


def answer_to(found, *, user=Somebody, method="post", **headers):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    request.user = user()
    return KeptForms(lambda _request: found)(request)


def test_a_saved_form_is_told_where_to_go_and_keeps_its_cookies():
    found = HttpResponseRedirect("/meetings/5/room/")
    found.set_cookie("messages", "Đã lưu")
    answer = answer_to(found, **{"X-Kept": "1"})
    assert (answer.status_code, answer["X-Kept-Onward"]) == (204, "/meetings/5/room/")
    assert "messages" in answer.cookies


@pytest.mark.parametrize(("method", "headers"), [("post", {}), ("get", {"X-Kept": "1"})])
def test_other_requests_are_redirected_as_ever(method, headers):
    assert answer_to(HttpResponseRedirect("/"), method=method, **headers).status_code == 302


def test_a_form_that_was_not_saved_is_answered_as_it_is():
    assert answer_to(HttpResponse(status=422), **{"X-Kept": "1"}).status_code == 422


def test_without_a_sign_in_it_is_never_taken_for_saved():
    found = HttpResponseRedirect("/accounts/login/")
    assert answer_to(found, user=Nobody, **{"X-Kept": "1"}).status_code == 401


def test_a_redirect_to_prove_who_one_is_is_never_taken_for_saved():
    answer = answer_to(HttpResponseRedirect("/accounts/2fa/"), **{"X-Kept": "1"})
    assert answer.status_code == 403
    assert "X-Kept-Onward" not in answer


def test_each_account_has_a_key_of_its_own_and_nobody_has_none():
    assert len(bytes.fromhex(key_of(7))) == 32
    assert key_of(7) != key_of(8)
    request = RequestFactory().get("/")
    form = Template('{% load ui %}<form {% kept "item" 12 %}>')
    assert form.render(Context({"request": request})) == "<form >"
    request.viewer = Viewer(actor="member:1", account_id=7)
    assert f'data-kept="item:12" data-keeper="7" data-keeper-key="{key_of(7)}"' in form.render(
        Context({"request": request})
    )
    alone = Template("{% load ui %}<form {% kept %}>").render(Context({"request": request}))
    assert alone.startswith('<form data-kept="/" data-keeper="7"')
