"""The base page and its pieces, as every module's pages use them."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from nenep.shared.tests.gallery import NAMES, pages
from nenep.shared.viewer import Viewer


@pytest.mark.parametrize("name", NAMES)
def test_each_page_has_its_landmarks_a_title_help_and_at_most_one_deed(name):
    page = pages()[name]
    assert '<html lang="vi"' in page
    for once in ("<main", "<h1", "<header", "<footer", "skip-link", "main-nav"):
        assert page.count(once) == 1, once
    assert re.search(r"<title>\S.* · Nền nếp</title>", page)
    assert 'href="tel:024 3826 0000"' in page
    assert len(re.findall(r'class="btn btn-primary', page)) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_no_page_needs_what_the_content_policy_refuses(name):
    page = pages()[name]
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page)


def test_the_current_place_is_marked_for_everybody():
    assert re.search(r'aria-current="page">Tháng này<', pages()["secretary"])


def test_ids_are_unique():
    for name, page in pages().items():
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids)), name


def test_somebody_who_is_not_signed_in_sees_no_way_out():
    request = RequestFactory().get("/")
    assert "Đăng xuất" not in render_to_string("404.html", request=request)
    request.viewer = Viewer(actor="member:1", name="Lê Thị Ngọc")
    signed_in = render_to_string("404.html", request=request)
    assert "Đăng xuất" in signed_in
    assert "Lê Thị Ngọc" in signed_in


def test_a_figure_without_data_says_so_and_a_zero_is_a_zero():
    assert "chưa có số liệu" in render_to_string("ui/figure.html", {"label": "Điểm", "value": None})
    zero = render_to_string("ui/figure.html", {"label": "Vắng", "value": 0, "unit": "đồng chí", "url": "/x/"})
    assert re.search(r'figure-value">0 <small>đồng chí', zero)
    assert 'href="/x/"' in zero


def test_a_check_page_says_what_follows_and_offers_a_way_out():
    context = {
        "question": "Thông qua biên bản?",
        "consequences": ["Sau khi chốt chỉ còn sửa bằng ghi chú."],
        "action": "Thông qua biên bản",
        "back_url": "/meetings/7/",
        "facts": [("Kỳ họp", "04/12/2026")],
    }
    page = render_to_string("ui/confirm.html", context, request=RequestFactory().get("/"))
    assert "Sau khi chốt chỉ còn sửa bằng ghi chú." in page
    assert page.count('href="/meetings/7/"') == 2
    assert re.search(r'<button type="submit" class="btn btn-primary">Thông qua biên bản<', page)


def test_undo_is_a_form_that_works_without_scripts():
    html = render_to_string(
        "ui/undo.html", {"sentence": "Đã bỏ.", "url": "/undo/"}, request=RequestFactory().get("/")
    )
    assert re.search(r'<form method="post" action="/undo/"', html)
    assert "csrfmiddlewaretoken" in html


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_a_refusal_says_what_to_do_next(name):
    page = render_to_string(name)
    assert 'href="/">Về trang đầu' in page
    assert "!" not in re.sub(r"<[^>]*>", "", page)
