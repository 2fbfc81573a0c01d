"""Clusters and briefings for tests, by the real verbs."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from nenep.briefings.operations import close_briefing, decide, open_briefing
from nenep.facts.operations import Fact, write_facts
from nenep.organizations.operations import form_cluster, place_in_cluster
from nenep.organizations.tests.make import FOUNDED
from nenep.shared.dates import month_start, now, previous_month, today


def make_cluster(owner, *bodies, code="C1", name="Cụm 1"):
    cluster = form_cluster(owner, code=code, name=name, day=FOUNDED, by=None)
    for body in bodies:
        place_in_cluster(body, cluster=cluster, day=FOUNDED, by=None)
    return cluster


def frame_for(*, at=None, months=1, **more):
    """About the `months` before this one; an hour ago unless `at` is given."""
    last = previous_month(today())
    first = last
    for _month in range(months - 1):
        first = previous_month(first)
    at = at or now() - timedelta(hours=1)
    return {
        "first_month": first,
        "last_month": last,
        "starts_at": at,
        "place": "Hội trường",
        "chair": None,
    } | more


def make_briefing(cluster, *, by=None, **frame):
    return open_briefing(cluster, frame=frame_for(**frame), by=by)


def make_decision(briefing, body, what="Rà lại danh sách vắng", *, days=14):
    return decide(briefing, bodies=[body.pk], what=what, due_on=today() + timedelta(days=days), by=None)[0]


def make_closed(cluster, *bodies, by=None, **frame):
    """A closed briefing with one decision for each of `bodies`; the first one was represented."""
    briefing = make_briefing(cluster, **frame)
    for body in bodies:
        make_decision(briefing, body)
    close_briefing(briefing, represented=[bodies[0].pk], conclusions="Giữ nề nếp.", by=by)
    return briefing


def hold_month(branch, *, month=None, **measures):
    """What the facts know of a branch's month (the one before this)."""
    write_facts([Fact(branch.pk, month_start(month or previous_month(today())), measures)])


def address(name, briefing, **more):
    return reverse(f"briefings:{name}", kwargs={"pk": briefing.pk, **more})
