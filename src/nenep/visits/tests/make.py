"""Rosters and visits for tests, by the real verbs."""

from __future__ import annotations

from datetime import timedelta

from nenep.meetings.operations import open_month, plan
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import clock_at, next_month, now, today
from nenep.visits.models import Roster, Visit
from nenep.visits.operations import arrange, mark_attended


def make_officer(branch, committee, post, name):
    member = make_member(branch, name=name)
    make_office(member, committee, post)
    return member


def make_arranged(committee, chosen, *, month=None, each=2, by=None):
    """The roster of the month (the coming one) with {branch: officer or None} on top of what it says already."""
    month = month or coming_month()
    roster = Roster.objects.filter(body=committee, month=month).first()
    arrange(
        committee.pk,
        month,
        chosen={branch.pk: officer.pk if officer else None for branch, officer in chosen.items()},
        each=each,
        seen=roster.revision if roster else 0,
        by=by,
    )
    return Roster.objects.get(body=committee, month=month)


def make_visit(committee, branch, officer, *, month=None, by=None):
    roster = make_arranged(committee, {branch: officer}, month=month, by=by)
    return Visit.objects.standing().get(roster=roster, branch=branch)


def make_attended(committee, branch, officer, *, month, remark=""):
    """As told at the end of that month."""
    at = now().replace(year=month.year, month=month.month, day=10, hour=5)
    with clock_at(at):
        visit = make_visit(committee, branch, officer, month=month)
    with clock_at(at + timedelta(days=15)):
        mark_attended(visit, remark=remark, by=None)
    return visit


def hold_at(branch, moment):
    """The regular meeting of the moment's month, planned for it; nobody is told yet."""
    with clock_at(min(now(), moment - timedelta(days=1))):
        meeting = open_month(branch.pk, month=moment.date(), by=None)
        plan(meeting, starts_at=moment, place="Phòng họp", by=None)
    return meeting


def coming_month():
    return next_month(today())
