import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from nenep.shared.text_size import SIZES, choose_text_size, size_in


def chosen(**posted):
    request = RequestFactory().post("/interface/text-size/", posted)
    return choose_text_size(request)


@pytest.mark.parametrize("size", SIZES)
def test_a_size_is_remembered_and_leads_back_to_the_page(size):
    response = chosen(size=str(size), next="/meetings/7/?page=2")
    assert (response.status_code, response["Location"]) == (302, "/meetings/7/?page=2")
    cookie = response.cookies["text_size"]
    assert cookie.value == str(size)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("size", ["17", "", "18;x", "1e9"])
def test_another_size_is_not_remembered(size):
    assert "text_size" not in chosen(size=size, next="/").cookies


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_program(address):
    assert chosen(size="20", next=address)["Location"] == "/"


def test_nobody_has_to_sign_in_to_read_larger_text(client):
    response = client.post(reverse("shared:text_size"), {"size": "24", "next": "/accounts/login/"})
    assert response["Location"] == "/accounts/login/"


def test_a_link_cannot_change_the_size(client):
    assert client.get(reverse("shared:text_size")).status_code == 405


@pytest.mark.parametrize(("cookie", "size"), [("24", 24), ("17", 18), ("24px", 18), ("", 18)])
def test_nonsense_in_the_cookie_means_the_usual_size(cookie, size):
    request = RequestFactory().get("/")
    request.COOKIES["text_size"] = cookie
    assert size_in(request) == size
    assert f'class="text-{size}"' in render_to_string("404.html", request=request)


def test_the_page_of_a_broken_program_needs_no_request():
    page = render_to_string("500.html")
    assert 'class="text-18"' in page
    assert "<form" not in page
