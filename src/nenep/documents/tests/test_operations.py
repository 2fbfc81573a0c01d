import threading
from datetime import date

import pytest
from django.db import connection, transaction

from nenep.documents.models import Document, Series
from nenep.documents.operations import issue_number, number_line
from nenep.journal.models import Event
from nenep.organizations.models import Kind
from nenep.organizations.tests.make import make_body
from nenep.people.models import Term
from nenep.shared.states import Refused
from nenep.shared.viewer import Reach, Viewer

DAY = date(2026, 9, 5)


def issue(body, kind="NQ", day=DAY, **facts):
    return issue_number(body, kind, day=day, subject="nhiệm vụ tháng 9", by=None, **facts)


@pytest.fixture
def branch(db):
    return make_body()


def test_numbers_run_per_kind_without_a_hole(branch):
    symbols = [issue(branch, kind).symbol for kind in ("NQ", "NQ", "BB", "NQ")]
    assert symbols == ["01-NQ/CB", "02-NQ/CB", "01-BB/CB", "03-NQ/CB"]


def test_a_number_below_ten_has_a_leading_zero(branch):
    for _number in range(9):
        issue(branch)
    assert issue(branch).symbol == "10-NQ/CB"
    assert number_line(Document.objects.get(number=9)) == "Số 09-NQ/CB"


def test_each_body_has_its_own_series(branch):
    issue(branch)
    assert issue(make_body()).symbol == "01-NQ/CB"


def test_a_new_term_starts_a_new_series(branch):
    Term.objects.create(body=branch, name="2020-2025", valid_from=date(2020, 1, 1), valid_to=date(2026, 9, 1))
    Term.objects.create(body=branch, name="2025-2030", valid_from=date(2026, 9, 1))
    before = [issue(branch, day=date(2026, 8, 5)).number, issue(branch, day=date(2025, 8, 5)).number]
    assert before == [1, 2]
    assert issue(branch).number == 1


def test_a_committee_writes_its_own_symbol(db):
    assert issue(make_body(kind=Kind.GRASSROOTS_ORGANIZATION)).symbol == "01-NQ/ĐU"


def test_a_body_with_several_symbols_must_name_one(db):
    body = make_body(kind=Kind.COMMITTEE)
    with pytest.raises(Refused, match="ký hiệu"):
        issue(body)
    assert issue(body, organization="ĐUK").symbol == "01-NQ/ĐUK"


def test_the_same_record_gets_no_second_number(branch):
    source = make_body()
    issue(branch, source=source)
    with pytest.raises(Refused, match="01-NQ/CB"):
        issue(branch, source=source)
    assert issue(branch, "BB", source=source).number == 1


def test_an_unknown_kind_is_an_error(branch):
    with pytest.raises(KeyError, match="XX"):
        issue(branch, "XX")


def test_a_rollback_takes_its_number_back(branch):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        issue(branch)
        raise ZeroDivisionError
    assert issue(branch).number == 1


def test_a_number_is_in_the_journal_without_its_subject(branch):
    document = issue(branch)
    event = Event.objects.get(verb="document.numbered")
    assert (event.body, event.object_id, event.details) == (
        branch.pk,
        document.pk,
        {"kind": "NQ", "number": 1},
    )


def test_the_register_is_seen_where_the_role_reaches(branch):
    document, other = issue(branch), issue(make_body())
    clerk = Viewer(actor="member:1", member_id=1, reach={"documents.read": Reach(own=frozenset({branch.pk}))})
    assert list(Document.objects.visible_to(clerk)) == [document]
    assert other not in Document.objects.visible_to(Viewer(actor="member:2"))


@pytest.mark.django_db(transaction=True)
def test_many_clerks_at_once_get_every_number_once_and_leave_no_hole(shared_database):
    branch, given, failed = make_body(), [], []
    start = threading.Barrier(6)

    def clerk(name):
        try:
            start.wait()
            for round_ in range(8):
                if round_ == 3:
                    _break_off(branch)
                given.append(issue(branch).number)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test names it
            failed.append((name, error))
        finally:
            connection.close()

    clerks = [threading.Thread(target=clerk, args=(name,)) for name in range(6)]
    for thread in clerks:
        thread.start()
    for thread in clerks:
        thread.join()
    assert not failed
    assert sorted(given) == list(range(1, 49))
    assert Series.objects.get().last == 48
    assert Document.objects.count() == 48


def _break_off(branch):
    try:
        with transaction.atomic():
            issue(branch)
            int("no number")
    except ValueError:
        pass
