"""Each kind that is written here is set as PDF and as Word, in the layouts of 2018 and of 2026, with all its words."""

from datetime import date

import pytest

from nenep.documents import pdf, word
from nenep.documents.drafting.composing import content_of
from nenep.documents.drafting.operations import begin, issue_draft
from nenep.documents.drafting.skeletons import skeletons
from nenep.documents.drafting.versions import printed_lines
from nenep.documents.layout import layout_on
from nenep.documents.tests.looking import words_of_pdf, words_of_word
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.rulebook import rules_on
from nenep.shared.dates import today

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
DAYS = {"2018": date(2019, 5, 6), "2026": date(2026, 9, 5)}


@pytest.fixture
def branch(bloc):
    make_member(bloc.branch, name="Vũ Thị Minh", post=Post.SECRETARY)
    return bloc.branch


@pytest.mark.parametrize("year", DAYS)
@pytest.mark.parametrize("kind", [code for code in skeletons() if code])
def test_every_kind_is_set_in_both_layouts(branch, kind, year):
    draft = begin(branch, kind, by=None)
    draft.day = DAYS[year]
    content, layout = content_of(draft), layout_on(DAYS[year])
    assert not layout.is_substitute
    shown = words_of_pdf(pdf.render(content, layout))
    assert shown == words_of_word(word.render(content, layout))
    told = " ".join(shown)
    for line in (*printed_lines(draft), "T/M CHI BỘ", f"{draft.revision}, chưa có số."):
        assert " ".join(line.replace(" | ", " ").split()) in told, line


def test_the_guides_of_both_years_are_different_ones():
    assert layout_on(DAYS["2018"]).name != layout_on(DAYS["2026"]).name


def test_a_paper_of_an_older_day_is_numbered_in_the_nearest_later_layout_and_says_so(branch):
    draft = begin(branch, "KH", by=None)
    content = content_of(draft, issue_draft(draft, day=date(2016, 5, 4), place="", seen_revision=1, by=None))
    layout = layout_on(content.day)
    assert "Trình bày theo thể thức" in " ".join(words_of_pdf(pdf.render(content, layout)))
    assert "DỰ THẢO" not in " ".join(words_of_pdf(pdf.render(content, layout)))


def test_every_kind_with_words_of_its_own_is_a_kind_of_today():
    assert {code for code in skeletons() if code} <= set(rules_on(today(), ()).numbering.kinds)
