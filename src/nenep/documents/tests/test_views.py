from datetime import date

import pytest
from django.urls import reverse

from nenep.access.tests.make import make_administrator, sign_in
from nenep.documents.tests.test_operations import issue
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_body("Chi bộ Văn phòng")


@pytest.fixture
def secretary(client, branch):
    sign_in(client, make_member(branch, post=Post.SECRETARY))
    return client


def test_the_register_shows_the_papers_of_the_own_branch(secretary, branch):
    issue(branch)
    issue(make_body("Chi bộ Khác"), "KH")
    page = secretary.get(reverse("documents:register"))
    text = page.content.decode()
    for words in ("Sổ văn bản đi năm 2026", "01-NQ/CB", "05/09/2026", "Nghị quyết", "Chi bộ Văn phòng"):
        assert words in text, words
    assert "01-KH/CB" not in text


def test_the_register_is_read_one_year_at_a_time(secretary, branch):
    issue(branch, day=date(2026, 9, 5))
    issue(branch, "BB", day=date(2025, 9, 5))
    assert "01-BB/CB" not in secretary.get(reverse("documents:register")).content.decode()
    older = secretary.get(reverse("documents:register"), {"year": "2025"}).content.decode()
    assert "01-BB/CB" in older
    assert "01-NQ/CB" not in older
    assert "01-NQ/CB" in secretary.get(reverse("documents:register"), {"year": "x' OR 1"}).content.decode()


def test_an_empty_register_says_how_it_fills(secretary):
    assert "Chưa có văn bản nào" in secretary.get(reverse("documents:register")).content.decode()


def test_a_paper_whose_subject_holds_markup_shows_it_as_text(secretary, branch):
    document = issue(branch)
    document.subject = "<script>alert(1)</script>"
    document.save(update_fields=["subject"])
    text = secretary.get(reverse("documents:register")).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_register_leads_secretaries_to_the_refused_files_and_nobody_else(client, secretary, branch):
    address = reverse("files:refused")
    assert address in secretary.get(reverse("documents:register")).content.decode()
    sign_in(client, make_member(branch, post=Post.COMMITTEE_MEMBER))
    assert address not in client.get(reverse("documents:register")).content.decode()


def test_who_reads_no_papers_is_turned_away(client, branch):
    sign_in(client, make_member(branch))
    assert client.get(reverse("documents:register")).status_code == 403
    sign_in(client, make_administrator(branch))
    assert client.get(reverse("documents:register")).status_code == 403
    client.logout()
    assert client.get(reverse("documents:register")).status_code == 302


def test_more_papers_cost_no_more_queries(secretary, branch, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(60) as taken:
            secretary.get(reverse("documents:register"))
        return len(taken)

    issue(branch)
    count()
    one = count()
    for _number in range(2):
        issue(branch, "BB")
    assert count() == one
