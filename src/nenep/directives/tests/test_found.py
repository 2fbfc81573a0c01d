"""A directive is found by whoever issued it and where it came, as long as it is in force and the body is there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nenep.directives.models import Directive
from nenep.directives.operations import issue_directive, withdraw_directive
from nenep.directives.tests.make import make_directive, receipt_in
from nenep.organizations.operations import merge_bodies
from nenep.search.finding import find
from nenep.search.questions import read
from nenep.search.rebuilding import differences
from nenep.search.tests.make import reader
from nenep.shared.dates import today

pytestmark = pytest.mark.django_db
READ, ISSUE = "directives.read", "directives.issue"


@pytest.fixture
def issued(bloc):
    return make_directive(bloc.bloc, issued=True, requirements=[{"what": "Chi bộ lập lịch trực bão"}])


def found(body, words, verb=READ):
    return [(one.type, one.object_id) for one in find(reader(body, verb=verb), read(words)).found]


def test_it_is_found_by_its_digest_questions_symbol_and_what_it_asks(bloc, issued):
    receipt = receipt_in(issued, bloc.branch)
    for words in ("rõ người rõ việc", "ai giu lich", "02-NQ/ĐUK", "lịch trực bão"):
        assert found(bloc.branch, words) == [("receipt", receipt.pk)]
        assert found(bloc.bloc, words, ISSUE) == [("directive", issued.pk)]
    assert found(bloc.bloc, "lịch trực bão", READ) == []
    assert list(differences()) == []


def test_a_draft_and_what_was_taken_back_are_not_found(bloc, issued):
    make_directive(bloc.bloc, digest="Bản nháp về phòng cháy.")
    assert found(bloc.bloc, "phòng cháy", ISSUE) == []
    withdraw_directive(issued, reason="Thay bằng chỉ đạo khác", by=None)
    assert found(bloc.branch, "lịch trực bão") == []
    assert found(bloc.bloc, "lịch trực bão", ISSUE) == []


def test_what_a_body_leaves_is_found_at_its_successor(bloc, issued):
    merge_bodies([bloc.branch], into=bloc.other_branch, day=today(), by=None)
    assert found(bloc.branch, "lịch trực bão") == []
    assert found(bloc.other_branch, "lịch trực bão") == [
        ("receipt", receipt_in(issued, bloc.other_branch).pk)
    ]
    assert list(differences()) == []


def test_eight_bodies_cost_no_more_statements_than_one(bloc):
    def statements(**words):
        draft = make_directive(bloc.bloc, requirements=[{}, {"mark": "II.2"}], **words)
        with CaptureQueriesContext(connection) as asked:
            bodies = issue_directive(Directive.objects.get(pk=draft.pk), by=None)
        return bodies, len(asked)

    one, of_one = statements(audience="bodies", chosen=[bloc.lone_branch])
    all_of_them, of_all = statements()
    assert (one, all_of_them) == (1, 8)
    assert of_all <= of_one
