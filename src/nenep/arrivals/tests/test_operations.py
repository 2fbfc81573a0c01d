import threading
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from nenep.arrivals.models import Arrival, ArrivalStatus
from nenep.arrivals.operations import finish, register, reopen, route
from nenep.arrivals.tests.make import make_arrival, make_outside, make_sent, make_waiting
from nenep.documents.models import Document, Series
from nenep.journal.models import Event
from nenep.notices.models import Notice
from nenep.organizations.models import Kind
from nenep.organizations.operations import dissolve_body, merge_bodies
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member
from nenep.search.finding import find
from nenep.search.questions import read
from nenep.search.tests.make import reader
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import IllegalMove, Refused

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 4)


@pytest.fixture
def at_new_year():
    day = timedelta(days=(NEW_YEAR - today()).days)
    with clock_at(now() + day):
        yield


def test_a_paper_waits_in_each_body_that_it_was_sent_to(bloc):
    document = make_sent(bloc.bloc, bloc.organization, bloc.neighbour)
    waiting = Arrival.objects.filter(document=document).order_by("body")
    assert [(one.body, one.status, one.purpose, one.number) for one in waiting] == [
        (bloc.organization, "waiting", "carry_out", None),
        (bloc.neighbour, "waiting", "carry_out", None),
    ]
    assert Document.objects.count() == 1


def test_only_what_came_to_be_carried_out_is_a_duty(bloc):
    duties = [
        make_waiting(bloc.bloc, bloc.organization, purpose=purpose).must_be_carried_out
        for purpose in ("carry_out", "report", "inform")
    ]
    assert duties == [True, False, False]


def test_what_is_kept_here_is_sent_to_nobody(bloc):
    make_sent(bloc.bloc, bloc.office, purpose="file")
    assert not Arrival.objects.exists()


def test_what_is_sent_to_a_body_that_has_ended_since_waits_for_its_successor(bloc):
    """The papers are of last month; since then the neighbour has ended."""
    merge_bodies([bloc.neighbour], into=bloc.organization, day=today() - timedelta(days=10), by=None)
    last_month = today() - timedelta(days=30)
    assert make_waiting(bloc.bloc, bloc.organization, to=bloc.neighbour, day=last_month).is_waiting
    document = make_sent(bloc.bloc, bloc.organization, bloc.neighbour, day=last_month)
    assert [one.body for one in document.arrivals.all()] == [bloc.organization]
    named = {addressee.body for row in document.recipients.all() for addressee in row.addressees.all()}
    assert named == {bloc.organization, bloc.neighbour}


def test_what_waits_for_a_body_that_ends_goes_to_its_successor(bloc):
    alone, both = (
        make_waiting(bloc.bloc, bloc.neighbour),
        make_sent(bloc.bloc, bloc.neighbour, bloc.organization),
    )
    entered = make_arrival(bloc.bloc, bloc.neighbour)
    merge_bodies([bloc.neighbour], into=bloc.organization, day=today(), by=None)
    alone.refresh_from_db()
    entered.refresh_from_db()
    assert (alone.body, alone.status) == (bloc.organization, "waiting")
    assert entered.body == bloc.neighbour
    assert both.arrivals.filter(body=bloc.organization).count() == 1


def test_nothing_waits_where_nobody_could_enter_it(bloc):
    dissolve_body(bloc.lone_branch, day=today() - timedelta(days=10), by=None)
    document = make_sent(bloc.bloc, bloc.lone_branch, day=today() - timedelta(days=30))
    assert not document.arrivals.exists()


def test_a_paper_is_found_where_it_came_and_follows_a_body_that_ends(bloc):
    arrival = make_waiting(bloc.bloc, bloc.neighbour, subject="giữ gìn biển đảo")
    outside = make_outside(bloc.neighbour, text="Tăng cường kỷ luật tài chính.")

    def found(body, words):
        return [one.object_id for one in find(reader(body, verb="arrivals.read"), read(words)).found]

    assert found(bloc.neighbour, "biển đảo") == [arrival.pk]
    assert found(bloc.neighbour, "kỷ luật tài chính") == [outside.pk]
    assert found(bloc.organization, "biển đảo") == []
    merge_bodies([bloc.neighbour], into=bloc.organization, day=today(), by=None)
    assert found(bloc.organization, "biển đảo") == [arrival.pk]


def test_a_body_that_ends_outright_leaves_its_papers_where_they_are(bloc):
    arrival = make_waiting(bloc.bloc, bloc.lone_branch)
    dissolve_body(bloc.lone_branch, day=today(), by=None)
    arrival.refresh_from_db()
    assert arrival.body == bloc.lone_branch


def test_numbers_run_for_each_receiver_and_year(bloc, at_new_year):
    late, first, second = (
        make_waiting(bloc.bloc, bloc.organization, day=date(2026, 12, 1)) for _one in range(3)
    )
    other = make_waiting(bloc.bloc, bloc.neighbour)
    for arrival, day in (
        (first, "2027-01-02"),
        (second, "2027-01-04"),
        (late, "2026-12-30"),
        (other, "2027-01-04"),
    ):
        register(arrival, arrived=day, by=None)
    assert [one.number for one in (first, second, late, other)] == [1, 2, 1, 1]
    assert make_outside(bloc.organization).number == 3


def test_a_day_without_its_year_is_inferred_and_stays_marked(bloc, at_new_year):
    arrival = make_waiting(bloc.bloc, bloc.organization, day=date(2026, 9, 1))
    register(arrival, arrived="--09-29", by=None)
    arrival.refresh_from_db()
    assert (arrival.arrived_on, arrival.arrived_as_read) == (date(2026, 9, 29), "--09-29")
    assert arrival.day_shown == "29/09/2026 (năm do phần mềm suy ra)"
    whole = make_outside(bloc.organization, arrived="2026-09-29")
    assert (whole.arrived_as_read, whole.day_shown) == ("", "29/09/2026")


def test_the_day_of_issue_is_kept_as_far_as_it_is_known(bloc):
    def document(symbol, issued):
        return make_outside(bloc.organization, symbol=symbol, issued=issued).document

    month, day, whole = document("1", "2026-02"), document("2", "--01-15"), document("3", "2026-01-15")
    assert (month.issued_on, month.issued_as_read, month.day_shown) == (None, "2026-02", "tháng 2/2026")
    assert (day.issued_on.strftime("%d/%m"), day.issued_as_read) == ("15/01", "--01-15")
    assert (whole.issued_on, whole.issued_as_read) == (date(2026, 1, 15), "")


@pytest.mark.parametrize("arrived", ["2026-02", "2099-01-01"])
def test_a_day_that_cannot_be_is_refused(bloc, arrived):
    with pytest.raises(Refused):
        make_outside(bloc.organization, arrived=arrived)
    assert not Document.objects.exists()


def test_a_paper_does_not_arrive_before_it_was_issued(bloc):
    arrival = make_waiting(bloc.bloc, bloc.organization)
    with pytest.raises(Refused, match="trước ngày ban hành"):
        register(arrival, arrived=(today() - timedelta(days=1)).isoformat(), by=None)
    assert not Series.objects.filter(key__startswith="arrivals", last__gt=0).exists()


def test_a_number_of_the_paper_register_is_taken_over_once(bloc):
    assert make_outside(bloc.organization, number=35).number == 35
    with pytest.raises(Refused, match="đã có trong sổ"):
        make_outside(bloc.organization, symbol="50-CTr/TU", number=35)
    assert make_outside(bloc.organization, symbol="51-CTr/TU").number == 36


def test_the_same_page_sent_twice_enters_one_paper(bloc):
    once = uuid4()
    assert make_outside(bloc.organization, once=once) == make_outside(bloc.organization, once=once)
    arrival = make_waiting(bloc.bloc, bloc.organization)
    for _time in range(2):
        register(arrival, arrived=today().isoformat(), by=None)
    assert Arrival.objects.registered().count() == 2
    with pytest.raises(Refused, match="đã vào sổ"):
        register(arrival, arrived="--01-02", by=None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "waiting"},
        {"number": None},
        {"arrived_on": None},
        {"status": "done"},
        {"done_on": date(2026, 1, 1)},
    ],
)
def test_a_number_and_its_state_belong_together(bloc, wrong):
    arrival = make_arrival(bloc.bloc, bloc.organization)
    with pytest.raises(IntegrityError), transaction.atomic():
        Arrival.objects.filter(pk=arrival.pk).update(**wrong)


def test_somebody_handles_the_paper_and_is_told_once(bloc):
    arrival, member = make_arrival(bloc.bloc, bloc.branch), make_member(bloc.branch)
    due = today() + timedelta(days=5)
    for _time in range(2):
        route(arrival, handler=member, due_on=due, by=None)
    route(arrival, handler=member, due_on=due + timedelta(days=1), by=None)
    assert Notice.objects.filter(member=member, kind="arrival.routed").count() == 1
    assert Event.objects.filter(verb="arrival.routed", subject=member.pk).count() == 2


def test_a_deadline_needs_somebody_and_lies_after_the_arrival(bloc):
    arrival, member = make_arrival(bloc.bloc, bloc.branch), make_member(bloc.branch)
    with pytest.raises(Refused, match="người xử lý"):
        route(arrival, handler=None, due_on=today(), by=None)
    with pytest.raises(Refused, match="trước ngày đến"):
        route(arrival, handler=member, due_on=today() - timedelta(days=1), by=None)


def test_it_is_late_from_the_day_after_its_deadline_until_it_is_done(bloc):
    arrival, member = make_arrival(bloc.bloc, bloc.branch), make_member(bloc.branch)
    route(arrival, handler=member, due_on=today() + timedelta(days=1), by=None)
    late = []
    for days in (1, 2):
        with clock_at(now() + timedelta(days=days)):
            late.append((arrival.is_overdue, Arrival.objects.overdue().exists()))
    assert late == [(False, False), (True, True)]
    finish(arrival, note="Đã báo cáo", by=None)
    with clock_at(now() + timedelta(days=2)):
        assert (arrival.is_overdue, Arrival.objects.overdue().exists()) == (False, False)


def test_done_is_said_once_and_may_be_taken_back(bloc):
    arrival = make_arrival(bloc.bloc, bloc.branch)
    for _time in range(2):
        finish(arrival, note="Đã phổ biến", by=None)
    assert (arrival.status, arrival.done_on) == (ArrivalStatus.DONE, today())
    with pytest.raises(IllegalMove):
        finish(arrival, note="Khác", by=None)
    for _time in range(2):
        reopen(arrival, by=None)
    arrival.refresh_from_db()
    assert (arrival.status, arrival.done_on) == ("registered", None)
    verbs = Event.objects.filter(verb__in=("arrival.done", "arrival.reopened")).values_list("verb", flat=True)
    assert sorted(verbs) == ["arrival.done", "arrival.reopened"]


def test_what_waits_is_neither_routed_nor_done(bloc):
    arrival = make_waiting(bloc.bloc, bloc.branch)
    with pytest.raises(Refused):
        route(arrival, handler=None, due_on=None, by=None)
    with pytest.raises(Refused):
        finish(arrival, note="", by=None)


@pytest.mark.django_db(transaction=True)
def test_many_clerks_at_once_get_every_number_once_and_leave_no_hole(shared_database):
    body, given, failed = make_body(), [], []
    waiting = [make_waiting(make_body(), body).pk for _one in range(12)]
    start = threading.Barrier(4)

    def clerk(name):
        try:
            start.wait()
            for round_ in range(3):
                given.append(make_outside(body, symbol=f"{name}-{round_}").number)
                _break_off(body)
                arrival = Arrival.objects.get(pk=waiting[name * 3 + round_])
                register(arrival, arrived=today().isoformat(), by=None)
                given.append(arrival.number)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test names it
            failed.append((name, error))
        finally:
            connection.close()

    clerks = [threading.Thread(target=clerk, args=(name,)) for name in range(4)]
    for thread in clerks:
        thread.start()
    for thread in clerks:
        thread.join()
    assert not failed
    assert sorted(given) == list(range(1, 25))
    assert Series.objects.get(key__startswith="arrivals").last == 24


def _break_off(body):
    try:
        with transaction.atomic():
            make_outside(body, symbol="gãy")
            int("no number")
    except ValueError:
        pass


@pytest.mark.django_db(transaction=True)
def test_papers_go_out_and_are_entered_at_once_without_waiting_for_each_other(shared_database):
    """One committee issues to two bodies while both enter what they have: no hole anywhere, and nobody is in a knot."""
    issuer, failed = make_body(kind=Kind.COMMITTEE), []
    receivers = [make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=issuer) for _one in range(2)]
    start = threading.Barrier(4)

    def work(deed):
        try:
            start.wait()
            for _round in range(3):
                deed()
        except Exception as error:  # noqa: BLE001  # whatever it is, the test names it
            failed.append(error)
        finally:
            connection.close()

    def send_out():
        make_sent(issuer, *receivers)

    def enter(body):
        arrival = Arrival.objects.filter(body=body).waiting().first()
        if arrival:
            register(arrival, arrived=today().isoformat(), by=None)
        make_outside(body, symbol=uuid4().hex)

    deeds = [send_out, send_out, *(partial(enter, body) for body in receivers)]
    threads = [threading.Thread(target=work, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    sent = Document.objects.filter(body=issuer)
    assert sorted(sent.values_list("number", flat=True)) == list(range(1, 7))
    for body in receivers:
        rows = Arrival.objects.filter(body=body)
        assert rows.filter(sent_on__isnull=False).count() == 6
        numbers = sorted(rows.registered().values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 3
