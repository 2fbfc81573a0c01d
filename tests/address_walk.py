"""Walks every address of the URLconf with the people, data and expectations of addresses.yml."""

from __future__ import annotations

from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from unittest.mock import patch

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from nenep.access.tests.make import sign_in
from nenep.access.viewers import viewer_of
from nenep.journal.models import Event
from nenep.shared import yml
from tests import address_around, address_meetings, address_objects, address_papers
from tests.watching import snapshot, writes

LISTED = yml.load(Path(__file__).with_name("addresses.yml").read_text(encoding="utf-8"))
SIGNED_IN = ["member", "secretary", "stranger", "committee", "upper", "administrator"]
# Whom an entry does not name: they get what the other gets, or what somebody gets who is neither let in nor sees.
LIKE = {
    "deputy": "secretary",
    "note_taker": "member",
    "suspended": None,
    "former_officer": None,
    "moved": None,
    "other_administrator": None,
}
EVERYBODY = [*SIGNED_IN, *LIKE]
KNOWN_KEYS = {
    *("who", "seen", "others", "method", "object", "data", "query", "journal", "change", "reads", "status"),
    *("proof", "sees", "also", "apart"),
}


def walked(resolver=None, space=()):
    """Address name -> names in the address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from walked(pattern, space + ((pattern.namespace,) if pattern.namespace else ()))
        else:
            yield ":".join((*space, pattern.name or f"? {pattern.pattern}")), names_in(pattern.pattern)


def names_in(pattern):
    return set(getattr(pattern, "converters", None) or pattern.regex.groupindex)


ADDRESSES = dict(walked())


@dataclass
class Address:
    name: str
    who: list[str]
    seen: list[str] = field(default_factory=list)
    others: int | str | None = None
    method: str = "GET"
    object: str = ""
    data: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    journal: bool | None = None
    change: bool = True
    reads: bool = False
    status: int = 200
    proof: bool = False
    sees: bool = False
    also: str = ""
    apart: dict[str, str | int] = field(default_factory=dict)

    @property
    def everybody(self):
        return self.who == "anybody"

    @property
    def is_the_librarys(self):
        return self.name.startswith(("account_", "mfa_"))

    @property
    def let_in(self):
        return EVERYBODY if self.who in ["anybody", "signed in"] else self.who

    @property
    def methods(self):
        return ["GET", "POST"] if self.method == "BOTH" else [self.method]

    def needs(self):
        """The builder of its rows and for whom it builds."""
        return self.object, self.let_in[0] if self.object else ""

    def expected(self, person):
        """The status for whoever is not let in; None for whoever is."""
        if person in self.apart:
            return None if self.apart[person] == "in" else self.apart[person]
        person = self.like(person)
        if person in self.let_in or self.others == "allowed" or self.who in ["anybody", "signed in"]:
            return None
        if person in self.seen:
            return 403
        return self.others or (404 if self.object else 403)

    def like(self, person):
        """The person of SIGNED_IN who gets the same here; what is one member's alone is like nobody else's."""
        is_own = bool(self.object) and self.who == ["member"]
        return person if is_own else LIKE.get(person, person)

    def answered(self, answer):
        return answer.status_code < 400 or answer.status_code == self.status

    def writes_event(self, method):
        if method == "GET":
            return self.reads or (self.method == "GET" and bool(self.journal))
        return self.journal is not False


def builder_of(name):
    """The builder of that name, from whichever file holds it; AttributeError names the one that is missing."""
    for module in (address_objects, address_meetings, address_papers):
        if hasattr(module, name):
            return getattr(module, name)
    return getattr(address_around, name)


class Walk:
    """One pass over all addresses in one transaction; every request in a savepoint that is rolled back."""

    def __init__(self):
        self.world = address_objects.World()
        self.clients = {name: signed_in(self.world.people[name]) for name in EVERYBODY}
        # The same people just after they typed their password again.
        self.proven = {name: signed_in(self.world.people[name], proven=True) for name in EVERYBODY}
        self.findings = []

    def all(self, one_address):
        """`one_address` walks one of them, given the rows it needs and what those are."""
        found = [Address(name, **LISTED[name]) for name in sorted(set(LISTED) & set(ADDRESSES))]
        for _needs, addresses in groupby(sorted(found, key=Address.needs), key=Address.needs):
            self.addresses([*addresses], one_address)
        return self.findings

    def addresses(self, addresses, one_address=None):
        """Everybody at addresses that need the same rows. Those are made once; each request starts from them.

        What an account may do follows from the rows alone, so it is worked out once for all these requests.
        """
        with transaction.atomic(), patch("nenep.access.middleware.viewer_of", lru_cache(viewer_of)):
            facts = self.facts(addresses[0])
            before, self.events = snapshot(), Event.objects.count()
            for address in addresses:
                (one_address or self.address)(address, facts, before)
            transaction.set_rollback(True)

    def address(self, address, facts, before):
        self.outside(address, facts)
        for method in address.methods:
            for person in SIGNED_IN:
                self.cell(address, method, person, facts, before)
            if address.proof:
                self.without_proof(address, method, facts)
        self.other_method(address, facts, before)
        if "POST" in address.methods and address.writes_event("POST"):
            self.without_journal(address, facts, before)

    def near_ones(self, address, facts, before):
        """Those whose rights are borrowed, have ended or belong elsewhere, each where it would do most harm."""
        for person in LIKE:
            self.cell(address, address.methods[-1], person, facts, before)

    def outside(self, address, facts):
        """Without signing in: a redirect to sign-in, unless the address is open to anybody."""
        for method in address.methods:
            client = Client(raise_request_exception=False)
            with undone(client):
                answer = self.request(address, method, client, facts)
                sent_away = to_sign_in(answer)
            if address.everybody:
                self.expect(address.answered(answer), address, method, "anybody", answer.status_code)
            else:
                self.expect(sent_away, address, method, "nobody signed in", answer.status_code)

    def cell(self, address, method, person, facts, before):
        """One person at one address. Only where addresses.yml says `proof` was the password typed again."""
        expected = address.expected(person)
        client = (self.proven if address.proof else self.clients)[person]
        with undone(client):
            answer, changed, written = self.watched(address, method, client, facts, before)
        if address.sees and method == "GET" and changed == ["notices_notice"]:
            changed, written = [], written - 1
        self.expect(not unsafe(answer), address, method, person, f"without the header {unsafe(answer)}")
        if expected is not None:
            self.expect(answer.status_code == expected, address, method, person, answer.status_code)
            self.expect(not changed, address, method, person, f"refused, yet changed {changed}")
            return
        good = address.answered(answer) and not to_sign_in(answer)
        self.expect(good, address, method, person, answer.status_code)
        self.expect(not to_proof(answer), address, method, person, "asked to prove who it is: True")
        if method == "GET":
            good = not self.owns(address, person) or answer.status_code == address.status
            self.expect(good, address, method, person, answer.status_code)
            self.expect(not changed, address, method, person, f"a GET changed {changed}")
        if self.owns(address, person):
            self.judge(address, method, person, changed, written)

    def owns(self, address, person):
        """Whether the rows were made for this person's eyes; `others: allowed` leads past what is another's."""
        if person in address.apart:
            return True
        return address.others != "allowed" or address.like(person) in address.let_in

    def judge(self, address, method, person, changed, written):
        for finding in judged(
            wants_event=address.writes_event(method),
            wants_change=method == "POST" and address.change and address.writes_event(method),
            changed=changed,
            written=written,
        ):
            self.expect(False, address, method, person, finding)

    def other_method(self, address, facts, before):
        """GET or POST where it is not listed: 405 for whoever is let in, and nothing has changed.

        What no form sends is refused before any view is reached: tests/test_methods.py.
        """
        person = address.let_in[0]
        for method in sorted({"GET", "POST"} - set(address.methods)):
            if method == address.also or (address.is_the_librarys and method == "POST"):
                continue  # has tests of its own; allauth answers POST everywhere and leads on
            with undone(self.clients[person]):
                answer, changed, _written = self.watched(address, method, self.clients[person], facts, before)
            self.expect(answer.status_code == 405, address, method, person, answer.status_code)
            self.expect(not changed, address, method, person, f"not listed, yet changed {changed}")

    def without_proof(self, address, method, facts):
        """Signed in long ago: asked for the password first where addresses.yml says so."""
        person = address.let_in[0]
        with undone(self.clients[person]):
            answer = self.request(address, method, self.clients[person], facts)
        self.expect(to_proof(answer), address, method, person, "asked to prove who it is: False")

    def without_journal(self, address, facts, before):
        """With a journal that refuses to be written nothing may change: event and change are one transaction."""
        person = address.let_in[0]
        client = (self.proven if address.proof else self.clients)[person]
        with undone(client):
            refuse_events()
            _answer, changed, _written = self.watched(address, "POST", client, facts, before)
        self.expect(not changed, address, "POST", person, f"without an event still changed {changed}")

    def watched(self, address, method, client, facts, before):
        """(the answer, the tables that it changed, how many events it wrote)"""
        with writes() as watch:
            answer = self.request(address, method, client, facts)
        written = Event.objects.count() - self.events if watch.wrote_to("journal_event") else 0
        return answer, watch.changed(before), written

    def facts(self, address):
        owner = address.let_in[0]
        return builder_of(address.object)(self.world, owner) if address.object else {}

    def request(self, address, method, client, facts):
        cache.clear()
        kwargs = {name: facts[name] for name in ADDRESSES[address.name]}
        url = reverse(address.name, kwargs=kwargs)
        if method == "GET":
            answer = client.get(url, filled(address.query, facts))
        elif method == "POST":
            answer = client.post(url, filled(address.data, facts))
        else:
            answer = client.generic(method, url)
        if answer.streaming:
            b"".join(answer)  # read to its end, where its file is closed
        return answer

    def expect(self, good, address, method, person, what):
        if not good:
            self.findings.append(f"{method} {address.name} by {person}: {what}")


def signed_in(account, *, proven=False):
    client = Client(raise_request_exception=False)
    sign_in(client, account, proven=proven)
    return client


@contextmanager
def undone(client):
    """Whatever happens inside has not happened afterwards, in the database and in the client's cookies."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def judged(*, wants_event, wants_change, changed, written):
    if changed and not written:
        yield f"changed {changed} without an event"
    if wants_event and not written:
        yield "wrote no event"
    if wants_change and not changed:
        yield "changed nothing: what the test sends is not accepted"
    if written and not wants_event:
        yield f"wrote {written} events that addresses.yml does not know of"


def filled(values, facts):
    return {name.format(**facts): str(value).format(**facts) for name, value in values.items()}


def unsafe(answer):
    """The headers that an answer to somebody signed in lacks; an answer that signs out is about nobody."""
    wanted = {
        "Cache-Control": "no-store",
        "Permissions-Policy": "camera=()",
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    if "Clear-Site-Data" in answer:
        del wanted["Cache-Control"]
    return [name for name, words in wanted.items() if words not in answer.get(name, "")]


def to_proof(answer):
    return answer.status_code == 302 and answer.url.startswith(f"{reverse('account_reauthenticate')}?")


def to_sign_in(answer):
    """Sent away to sign in first, or asked to on the spot; signing out also ends there, without a way back."""
    asked = answer.status_code == 403 and "account/login.html" in [part.name for part in answer.templates]
    return asked or (answer.status_code == 302 and answer.url.startswith(f"{reverse('account_login')}?"))


def refuse_events():
    """From here to the rollback no event can be written."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER refuse_events BEFORE INSERT ON journal_event "
                "BEGIN SELECT RAISE(ABORT, 'no journal'); END"
            )
            return
        cursor.execute(
            "CREATE FUNCTION refuse_events() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'no journal'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER refuse_events BEFORE INSERT ON journal_event "
            "FOR EACH ROW EXECUTE FUNCTION refuse_events()"
        )
