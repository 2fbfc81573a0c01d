"""A paper named by number and day: opened by who has it in a register, found and told apart where numbers run anew."""

from datetime import date

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.arrivals.papers import named_at, page_of
from nenep.arrivals.tests.make import make_outside
from nenep.guidance.tests.make import make_guidance
from nenep.people.models import Post
from nenep.people.tests.make import make_member

pytestmark = pytest.mark.django_db
ELEVENTH, TWELFTH = date(2011, 12, 30), date(2016, 10, 30)


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def papers(bloc):
    """04-NQ/TW of two terms in the register of the branch."""
    return [
        make_outside(
            bloc.branch,
            symbol="04-NQ/TW",
            issued=f"{day}",
            subject=f"Hội nghị lần thứ tư khóa {term} về Đảng",
        )
        for day, term in ((ELEVENTH, "XI"), (TWELFTH, "XII"))
    ]


def test_the_day_says_which_of_one_number(bloc, papers):
    key = bloc.branch.pk
    assert {row.pk for row in named_at(key, "04-nq/tw ")} == {row.document_id for row in papers}
    assert named_at(key, "04-NQ/TW", TWELFTH) == [papers[1].document]
    assert named_at(key, "") == named_at(bloc.other_branch.pk, "04-NQ/TW") == []


def test_twin_only_who_has_it_in_a_register_opens_it(bloc, secretary, papers):
    assert page_of(viewer_for(secretary), "04-NQ/TW", TWELFTH) == reverse(
        "arrivals:page", args=[papers[1].pk]
    )
    assert page_of(viewer_for(secretary), "04-NQ/TW", date(2016, 10, 31)) == ""
    assert page_of(viewer_for(secretary), "04-NQ/TW", None) == ""
    beside = make_member(bloc.other_branch, name="Hà Bí Thư", post=Post.SECRETARY)
    assert page_of(viewer_for(beside), "04-NQ/TW", TWELFTH) == ""


def test_two_that_fit_are_no_link(bloc, secretary, papers):
    make_outside(bloc.branch, symbol="04-NQ/TW", issued=f"{TWELFTH}", issuer_name="Cơ quan khác")
    assert page_of(viewer_for(secretary), "04-NQ/TW", TWELFTH) == ""


def test_a_session_is_found_by_its_word_and_by_its_figure(client, bloc, secretary):
    paper = make_outside(bloc.branch, symbol="", subject="Nghị quyết Hội nghị lần thứ 7 khóa XIII")
    sign_in(client, secretary)
    for asked in ("hội nghị lần thứ bảy khóa XIII", "hoi nghi trung uong 7"):
        page = client.get("/search/", {"q": asked}).content.decode()
        assert reverse("arrivals:page", args=[paper.pk]) in page, asked


def test_a_focus_leads_to_its_paper_where_the_branch_has_it(client, bloc, secretary, papers):
    words = {"source_number": "04-NQ/TW", "source_date": TWELFTH}
    focus = make_guidance(bloc.organization, published=True, words=words)
    sign_in(client, secretary)
    page = client.get(reverse("guidance:page", args=[focus.pk])).content.decode()
    assert reverse("arrivals:page", args=[papers[1].pk]) in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("04-NQ/TW", {"XI", "XII"}),
        ("04-NQ/TW khoá XII", {"XII"}),
        ("hoi nghi lan thu tu khoa XI", {"XI"}),
        ("hội nghị trung ương 4 khóa XII", {"XII"}),
    ],
)
def test_search_tells_two_of_one_number_apart(client, bloc, secretary, papers, asked, found):
    sign_in(client, secretary)
    page = client.get("/search/", {"q": asked}).content.decode()
    seen = {
        term
        for term, paper in zip(("XI", "XII"), papers, strict=True)
        if f'href="{reverse("arrivals:page", args=[paper.pk])}"' in page
    }
    assert seen == found
