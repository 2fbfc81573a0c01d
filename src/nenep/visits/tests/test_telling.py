"""Which officers above are told of a branch's meeting."""

from datetime import date

import pytest

from nenep.access.tests.make import sign_in
from nenep.meetings.calling_off import cancel_meeting
from nenep.meetings.models import Meeting, MeetingKind
from nenep.meetings.operations import call_meeting, plan, plan_thematic, postpone
from nenep.notices.models import Notice
from nenep.organizations.operations import form_cluster, place_in_cluster
from nenep.people.models import Post
from nenep.people.offices import appoint
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at
from nenep.visits.tests.make import coming_month, hold_at, make_visit
from nenep.visits.tests.test_roster import on

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]
LONG_AGO = date(2012, 1, 1)


def test_whoever_is_responsible_for_the_cluster_is_told_once_the_branch_is(client, bloc, officer, secretary):
    """P3 of the steps: the notice goes to each member and to the superior member in charge."""
    people = []
    for code, placed in (("C1", bloc.lone_branch), ("C2", bloc.branch)):
        cluster = form_cluster(bloc.bloc, code=code, name=f"Cụm {code}", day=LONG_AGO, by=None)
        place_in_cluster(placed, cluster=cluster, day=LONG_AGO, by=None)
        people.append(make_member(bloc.neighbour_branch, name=f"Phụ Trách {code}"))
        appoint(people[-1], body=bloc.bloc, post=Post.OFFICER, day=LONG_AGO, cluster=cluster, by=None)
    responsible, of_others = people
    meeting = hold_at(bloc.lone_branch, on(3))
    make_visit(bloc.bloc, bloc.lone_branch, officer, month=coming_month(), by=None)

    def said(member):
        return list(
            Notice.objects.filter(member=member, kind="visit.cluster_meeting").values_list("text", flat=True)
        )

    ninth, day = on(9), f"09:00 ngày {on(4):%d/%m/%Y}"
    postpone(meeting, to=on(4), reason="Bão", by=None)  # nobody was called yet: the plan's readers alone know
    assert said(responsible) == []
    with clock_at(on(1)):
        call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
        plan(meeting, place="Nhà văn hóa", by=None)
        cancel_meeting(meeting, reason="duty", by=None)
        plan_thematic(
            bloc.lone_branch.pk, starts_at=ninth, focus_question="Việc gì trước?", place="Kho", by=None
        )
        call_meeting(Meeting.objects.get(kind=MeetingKind.THEMATIC), reason="Chi ủy đi công tác.", by=None)
    assert said(responsible) == [
        f"Chi bộ Hội D họp lúc {day} tại Phòng họp.",
        f"Chi bộ Hội D họp lúc {day} tại Nhà văn hóa.",
        f"Chi bộ Hội D đã hủy kỳ sinh hoạt lúc {day}.",
        f"Chi bộ Hội D họp chuyên đề lúc 09:00 ngày {ninth:%d/%m/%Y} tại Kho.",
    ]
    assert said(of_others) == said(officer) == []  # the officer who attends has a notice of the visit
    assert "họp chuyên đề" in Notice.objects.filter(member=officer).latest("pk").text
    sign_in(client, responsible)
    url = Notice.objects.filter(member=responsible).latest("pk").url
    assert client.get(url).status_code == 200
