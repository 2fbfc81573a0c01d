from datetime import date

import pytest

from nenep.journal.models import Event
from nenep.journal.verification import verify
from nenep.organizations.kinds import Kind
from nenep.organizations.tests.make import make_body
from nenep.people.models import Membership, Office, Post, Status, StatusPeriod
from nenep.people.offices import appoint, open_term, release
from nenep.people.operations import (
    MemberData,
    admit,
    change_status,
    correct,
    end_status,
    leave,
    recognize_official,
    rejoin,
    transfer,
)
from nenep.people.reads import (
    branch_on,
    counts_by_status,
    counts_of,
    member_count,
    office_holders,
    roster,
    term_on,
)
from nenep.people.tests.make import make_member, make_office, offices_of
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

FOUNDED = date(2010, 1, 1)


@pytest.fixture
def bloc():
    return make_body(kind=Kind.COMMITTEE)


@pytest.fixture
def committee(bloc):
    return make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=bloc)


@pytest.fixture
def first(committee):
    return make_body(parent=committee)


@pytest.fixture
def second(committee):
    return make_body(parent=committee)


@pytest.fixture
def far(bloc):
    return make_body(kind=Kind.GRASSROOTS_BRANCH, parent=bloc)


def names(entries):
    return [entry.name for entry in entries]


def test_admit_enters_a_member_and_one_event_without_a_name(first):
    member = make_member(first, name="  Nguyễn   Văn Ánh ")
    assert member.full_name == "Nguyễn Văn Ánh"
    assert branch_on(member.pk, FOUNDED) == first.pk
    assert branch_on(member.pk, date(2009, 12, 31)) is None
    (event,) = Event.objects.filter(verb="member.admitted")
    assert (event.subject, event.body) == (member.pk, first.pk)
    assert "Ánh" not in str(event.details)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"admitted_on": date(2011, 1, 1)}, "trước ngày vào Đảng"),
        ({"day": date(2009, 1, 1)}, "chi bộ đang hoạt động"),
        ({"official_on": date(2003, 1, 1)}, "Ngày chính thức phải sau"),
        ({"code": "DV1"}, "Mã đảng viên này đã có"),
        ({"email": "khong phai thu"}, "Thư điện tử"),
        ({"full_name": ""}, "Họ và tên"),
    ],
)
def test_admit_refuses_what_cannot_be(first, changes, sentence):
    make_member(first, code="DV1")
    facts = {"code": "DV2", "full_name": "Lê An", "admitted_on": date(2005, 1, 1), "day": FOUNDED, **changes}
    day = facts.pop("day")
    with pytest.raises(Refused, match=sentence):
        admit(MemberData(**facts), branch=first, day=day, by=None)


def test_admit_refuses_a_body_that_is_no_branch(committee):
    with pytest.raises(Refused, match="chi bộ"):
        make_member(committee)


def test_transfer_is_half_open_so_nobody_is_counted_twice_or_lost(first, second, committee):
    member = make_member(first)
    transfer(member, to=second, day=date(2015, 3, 10), letter="12-GGT", by=None)
    assert branch_on(member.pk, date(2015, 3, 9)) == first.pk
    assert branch_on(member.pk, date(2015, 3, 10)) == second.pk
    for day in (date(2015, 3, 9), date(2015, 3, 10)):
        assert member_count(committee.pk, day) == 1
        assert member_count(first.pk, day) + member_count(second.pk, day) == 1


def test_transfer_ends_the_offices_of_the_branch_left_but_not_those_above_both(first, second, committee):
    member = make_member(first, post=Post.SECRETARY)
    make_office(member, committee, Post.COMMITTEE_MEMBER)
    transfer(member, to=second, day=date(2015, 3, 10), by=None)
    assert offices_of(member, date(2015, 3, 9)) == sorted([first.pk, committee.pk])
    assert offices_of(member, date(2015, 3, 10)) == [committee.pk]


def test_transfer_out_of_the_organization_ends_its_offices_too(first, far, committee, bloc):
    member = make_member(first)
    make_office(member, committee, Post.SECRETARY)
    make_office(member, bloc, Post.COMMITTEE_MEMBER)
    transfer(member, to=far, day=date(2015, 3, 10), by=None)
    assert offices_of(member, date(2015, 3, 10)) == [bloc.pk]


def test_transfer_under_the_same_bloc_keeps_the_post_in_its_advisory_unit(first, far, bloc):
    unit = make_body(kind=Kind.ADVISORY_UNIT, parent=bloc)
    member = make_member(first)
    make_office(member, unit, Post.OFFICER)
    transfer(member, to=far, day=date(2015, 3, 10), by=None)
    assert offices_of(member, date(2015, 3, 10)) == [unit.pk]


def test_transfer_to_the_host_ends_the_stay_as_its_guest(first, second):
    member = make_member(first)
    change_status(member, status=Status.AWAY, start=date(2014, 1, 1), host=second, by=None)
    transfer(member, to=second, day=date(2015, 3, 10), by=None)
    assert [(entry.is_guest, entry.status) for entry in roster(second.pk, date(2015, 3, 9))] == [
        (True, Status.OFFICIAL)
    ]
    assert [(entry.is_guest, entry.status) for entry in roster(second.pk, date(2015, 3, 10))] == [
        (False, Status.OFFICIAL)
    ]


@pytest.mark.parametrize(
    ("day", "sentence"), [(date(2009, 1, 1), "không sinh hoạt"), (FOUNDED, "Ngày chuyển phải sau")]
)
def test_transfer_before_the_membership_is_refused(first, second, day, sentence):
    member = make_member(first)
    with pytest.raises(Refused, match=sentence):
        transfer(member, to=second, day=day, by=None)


def test_transfer_to_the_same_branch_or_between_later_ones_is_refused(first, second):
    member = make_member(first)
    with pytest.raises(Refused, match="chính chi bộ đó"):
        transfer(member, to=first, day=date(2015, 1, 1), by=None)
    transfer(member, to=second, day=date(2016, 1, 1), by=None)
    with pytest.raises(Refused, match="lần chuyển sinh hoạt khác"):
        transfer(member, to=second, day=date(2015, 1, 1), by=None)
    assert Membership.objects.filter(member=member).count() == 2


def test_leave_ends_everything_and_keeps_no_reason(first, committee):
    member = make_member(first, post=Post.DEPUTY)
    change_status(member, status=Status.ABROAD, start=date(2015, 1, 1), by=None)
    leave(member, day=date(2015, 6, 1), by=None)
    assert member_count(committee.pk, date(2015, 5, 31)) == 1
    assert member_count(committee.pk, date(2015, 6, 1)) == 0
    assert offices_of(member, date(2015, 6, 1)) == []
    assert set(StatusPeriod.objects.values_list("valid_to", flat=True)) == {date(2015, 6, 1)}
    assert Event.objects.get(verb="member.left").details == {"day": "2015-06-01"}
    with pytest.raises(Refused, match="không sinh hoạt"):
        leave(member, day=date(2015, 7, 1), by=None)


def test_rejoin_comes_back_once(first, second):
    member = make_member(first)
    with pytest.raises(Refused, match="đang sinh hoạt"):
        rejoin(member, branch=second, day=date(2015, 1, 1), by=None)
    leave(member, day=date(2015, 6, 1), by=None)
    rejoin(member, branch=second, day=date(2018, 6, 1), by=None)
    assert branch_on(member.pk, date(2017, 1, 1)) is None
    assert branch_on(member.pk, date(2018, 6, 1)) == second.pk


def test_status_follows_the_stated_period_then_the_dates(first):
    member = make_member(first, official=False)
    recognize_official(member, day=date(2012, 5, 2), by=None)
    period = change_status(member, status=Status.EXEMPT, start=date(2013, 1, 1), by=None)
    end_status(period, day=date(2014, 1, 1), by=None)

    def status_on(*day):
        return roster(first.pk, date(*day))[0].status

    assert status_on(2012, 5, 1) == Status.PROBATIONARY
    assert status_on(2012, 5, 2) == Status.OFFICIAL
    assert status_on(2013, 1, 1) == Status.EXEMPT
    assert status_on(2014, 1, 1) == Status.OFFICIAL


def test_a_status_on_its_first_day_is_taken_back(first):
    period = change_status(make_member(first), status=Status.EXEMPT, start=date(2013, 1, 1), by=None)
    end_status(period, day=date(2013, 1, 1), by=None)
    assert not StatusPeriod.objects.exists()


def test_change_status_refuses_overlaps_plain_standing_and_a_host_for_the_exempt(first, second):
    member = make_member(first)
    change_status(member, status=Status.EXEMPT, start=date(2013, 1, 1), end=date(2014, 1, 1), by=None)
    with pytest.raises(Refused, match="một tình trạng khác"):
        change_status(member, status=Status.ABROAD, start=date(2013, 6, 1), by=None)
    with pytest.raises(Refused, match="ngày công nhận"):
        change_status(member, status=Status.OFFICIAL, start=date(2015, 6, 1), by=None)
    with pytest.raises(Refused, match="nơi đến"):
        change_status(member, status=Status.EXEMPT, start=date(2015, 6, 1), host=second, by=None)
    with pytest.raises(Refused, match="phải khác"):
        change_status(member, status=Status.AWAY, start=date(2015, 6, 1), host=first, by=None)
    change_status(member, status=Status.AWAY, start=date(2014, 1, 1), host=second, by=None)


def test_recognition_is_once_and_after_admission(first):
    member = make_member(first, official=False)
    with pytest.raises(Refused, match="phải sau ngày vào Đảng"):
        recognize_official(member, day=member.admitted_on, by=None)
    recognize_official(member, day=date(2012, 1, 1), by=None)
    with pytest.raises(Refused, match="đã là đảng viên chính thức"):
        recognize_official(member, day=date(2013, 1, 1), by=None)


def test_correct_writes_field_names_only_and_nothing_without_a_change(first):
    member = make_member(first, name="Lê An")
    correct(member, by=None, full_name="Lê Ân", phone="0912345678")
    (event,) = Event.objects.filter(verb="member.corrected")
    assert event.details == {"fields": ["full_name", "phone"]}
    member.refresh_from_db()
    assert member.sort_key != make_member(first, name="Lê An").sort_key
    correct(member, by=None, full_name="Lê Ân")
    assert Event.objects.filter(verb="member.corrected").count() == 1


def test_appoint_and_release_bound_the_office_by_days(first):
    member = make_member(first)
    office = appoint(member, body=first, post=Post.SECRETARY, day=date(2012, 1, 1), by=None)
    release(office, day=date(2014, 1, 1), by=None)
    assert office_holders(first.pk, Post.SECRETARY, date(2011, 12, 31)) == []
    assert office_holders(first.pk, Post.SECRETARY, date(2012, 1, 1)) == [member.pk]
    assert office_holders(first.pk, Post.SECRETARY, date(2013, 12, 31)) == [member.pk]
    assert office_holders(first.pk, Post.SECRETARY, date(2014, 1, 1)) == []


def test_appoint_refuses_in_clear_sentences(first, second, committee):
    secretary = make_member(first, post=Post.SECRETARY)
    other = make_member(first)
    young = make_member(first, official=False)
    day = date(2013, 1, 1)
    for member, body, post, sentence in [
        (other, first, Post.SECRETARY, "đã có bí thư"),
        (secretary, first, Post.SECRETARY, "đang giữ chính chức vụ"),
        (other, second, Post.SECRETARY, "chính chi bộ giữ"),
        (young, first, Post.DEPUTY, "còn dự bị"),
        (other, first, Post.OFFICER, "Chi bộ không có chức vụ này"),
    ]:
        with pytest.raises(Refused, match=sentence):
            appoint(member, body=body, post=post, day=day, by=None)
    leave(other, day=date(2012, 1, 1), by=None)
    with pytest.raises(Refused, match="không sinh hoạt ở chi bộ nào"):
        appoint(other, body=committee, post=Post.CLERK, day=day, by=None)
    assert Office.objects.count() == 1


def test_terms_follow_each_other(committee):
    open_term(committee, name="2010-2015", day=date(2010, 9, 1), by=None)
    open_term(committee, name="2015-2020", day=date(2015, 9, 29), by=None)
    assert term_on(committee.pk, date(2010, 8, 31)) is None
    assert term_on(committee.pk, date(2015, 9, 28)).name == "2010-2015"
    assert term_on(committee.pk, date(2015, 9, 29)).name == "2015-2020"
    with pytest.raises(Refused, match="nhiệm kỳ trước"):
        open_term(committee, name="x", day=date(2015, 9, 29), by=None)


def test_roster_is_in_vietnamese_order_with_guests_last(first, second):
    for name in ("Trần Văn Ơn", "Lê Thị Đạt", "Nguyễn An", "Vũ Ánh", "Phạm Dũng", "Bùi Oanh"):
        make_member(first, name=name)
    guest = make_member(second, name="Hoàng An")
    change_status(guest, status=Status.AWAY, start=date(2012, 1, 1), host=first, by=None)
    assert names(roster(first.pk, date(2013, 1, 1))) == [
        "Nguyễn An",
        "Vũ Ánh",
        "Phạm Dũng",
        "Lê Thị Đạt",
        "Bùi Oanh",
        "Trần Văn Ơn",
        "Hoàng An",
    ]
    assert [entry.is_guest for entry in roster(first.pk, date(2013, 1, 1))] == [False] * 6 + [True]
    assert roster(second.pk, date(2013, 1, 1))[0].status == Status.AWAY
    assert member_count(first.pk, date(2013, 1, 1)) == 6


def test_counts_are_one_query_each(first, second, committee, django_assert_num_queries):
    make_member(first)
    make_member(second, official=False)
    exempt = make_member(second)
    change_status(exempt, status=Status.EXEMPT, start=date(2012, 1, 1), by=None)
    day = date(2013, 1, 1)
    with django_assert_num_queries(1):
        assert member_count(committee.pk, day) == 3
    with django_assert_num_queries(1):
        assert counts_of([first.pk, second.pk, committee.pk], day) == {
            first.pk: 1,
            second.pk: 2,
            committee.pk: 3,
        }
    with django_assert_num_queries(1):
        counts = counts_by_status(committee.pk, day)
    assert counts[Status.OFFICIAL] == counts[Status.PROBATIONARY] == counts[Status.EXEMPT] == 1
    assert sum(counts.values()) == 3


def test_roster_takes_two_queries(first, second, django_assert_num_queries):
    for _ in range(3):
        make_member(first)
    with django_assert_num_queries(2):
        assert len(roster(first.pk, date(2013, 1, 1))) == 3


@pytest.mark.parametrize("typed", ["binh tran", "BÌNH", "tran thi binh", "Thị  trần", "bình"])
def test_search_ignores_marks_case_and_order(first, typed):
    from nenep.people.models import Member

    member = make_member(first, name="Trần Thị Bình")
    make_member(first, name="Nguyễn Văn Đạt")
    assert list(Member.objects.search(typed)) == [member]


def test_every_change_leaves_a_whole_chain(first, second):
    member = make_member(first, post=Post.SECRETARY)
    transfer(member, to=second, day=date(2015, 1, 1), by=None)
    leave(member, day=date(2016, 1, 1), by=None)
    events = Event.objects.exclude(verb__startswith="body.").order_by("seq")
    assert list(events.values_list("verb", flat=True)) == [
        "member.admitted",
        "office.appointed",
        "member.transferred",
        "member.transferred",
        "notice.sent",
        "member.left",
    ]
    assert set(events.exclude(verb="notice.sent").values_list("subject", flat=True)) == {member.pk, None}
    assert verify().ok
