"""A form that is sent twice gives the work once: after one another, and at the same moment."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from nenep.access.tests.make import make_account, sign_in
from nenep.assignments.models import Assignment
from nenep.assignments.tests.make import DUE, make_running, make_work
from nenep.notices.models import Notice
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import today
from nenep.shared.states import Refused

ROUNDS = 10


@pytest.fixture
def meeting(db):
    secretary = make_member(make_small_bloc().branch, post=Post.SECRETARY)
    return make_running(secretary.memberships.get().branch, secretary)


def address(meeting):
    return reverse("assignments:handing_out", args=[meeting.pk])


def typed_on_the_page(client, meeting):
    """What a browser sends: the fields of the form and the key that the page gave it."""
    page = client.get(address(meeting)).content.decode()
    key = re.search(r'name="once" value="([0-9a-f-]{36})"', page).group(1)
    due = f"{DUE:%d/%m/%Y}"
    return {"once": key, "what": "Mua một máy quét", "owner": meeting.chair_id, "due_on": due}


def test_a_form_sent_again_gives_nothing_anew_and_answers_as_the_first_time(client, meeting):
    sign_in(client, meeting.chair)
    typed = typed_on_the_page(client, meeting)
    answers = [client.post(address(meeting), typed, follow=True) for _time in range(2)]
    assert Assignment.objects.count() == 1
    assert Notice.objects.filter(kind="assignment.given").count() == 1
    assert [answer.redirect_chain for answer in answers] == [answers[0].redirect_chain] * 2
    assert all("Đã giao việc" in answer.content.decode() for answer in answers)


def test_without_its_key_the_same_form_would_give_it_twice(client, meeting):
    sign_in(client, meeting.chair)
    typed = typed_on_the_page(client, meeting) | {"once": ""}
    for _time in range(2):
        client.post(address(meeting), typed)
    assert Assignment.objects.count() == 2


def test_the_page_opened_anew_gives_another_piece_of_work(client, meeting):
    sign_in(client, meeting.chair)
    for _time in range(2):
        client.post(address(meeting), typed_on_the_page(client, meeting))
    assert Assignment.objects.count() == 2


def test_a_refused_form_keeps_its_key_and_works_afterwards(client, meeting):
    sign_in(client, meeting.chair)
    typed = typed_on_the_page(client, meeting)
    refused = client.post(address(meeting), typed | {"due_on": f"{today():%d/%m/%Y}"})
    assert typed["once"] in refused.content.decode()
    client.post(address(meeting), typed)
    assert Assignment.objects.count() == 1


def test_a_key_of_another_meeting_is_refused(client, meeting):
    key = "6c0c2b1e-8a34-4b7b-9a51-0d6f4a1d2f10"
    other = make_member(make_small_bloc().branch, post=Post.SECRETARY)
    make_work(make_running(other.memberships.get().branch, other), other, once=key)
    with pytest.raises(Refused, match="trang khác"):
        make_work(meeting, meeting.chair, once=key)


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_the_same_moment_give_it_once(shared_database, meeting):
    make_account(meeting.chair)
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client, meeting.chair)
    statuses, failed = [], []

    def send(client, typed, gate):
        gate.wait()
        try:
            statuses.append(client.post(address(meeting), typed).status_code)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test names it
            failed.append(error)
        finally:
            connection.close()

    for _round in range(ROUNDS):
        typed, gate = typed_on_the_page(clients[0], meeting), threading.Barrier(2)
        threads = [threading.Thread(target=send, args=(client, typed, gate)) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failed
    assert statuses == [302] * 2 * ROUNDS
    assert Assignment.objects.count() == ROUNDS
