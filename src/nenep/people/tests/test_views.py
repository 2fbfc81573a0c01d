from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import make_administrator, sign_in, viewer_for
from nenep.journal.models import Event
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Member, Membership, Office, Post, Status, StatusPeriod, Term, Transfer
from nenep.people.operations import change_status, leave
from nenep.people.reads import branch_on, office_holders
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make_small_bloc()


@pytest.fixture
def secretary(tree):
    return make_member(tree.branch, name="Nguyễn Thị Bí", post=Post.SECRETARY)


@pytest.fixture
def member(tree):
    return make_member(tree.branch, name="Trần Văn Thường")


@pytest.fixture
def officer(tree):
    person = make_member(tree.other_branch, name="Lê Cán Bộ")
    make_office(person, tree.organization, Post.DEPUTY)
    return person


def at(name, *args):
    return reverse(f"people:{name}", args=args)


def text(answer):
    return answer.content.decode()


def day(value):
    return value.strftime("%d/%m/%Y")


def test_a_member_sees_the_names_of_the_branch_but_only_the_own_page(client, tree, member, secretary):
    sign_in(client, member)
    page = text(client.get(at("body", tree.branch.pk)))
    assert "Nguyễn Thị Bí" in page
    assert at("member", member.pk) in page
    assert at("member", secretary.pk) not in page
    assert client.get(at("member", member.pk)).status_code == 200
    assert client.get(at("member", secretary.pk)).status_code == 403


def test_people_of_another_branch_are_not_found(client, tree, member):
    stranger = make_member(tree.neighbour_branch)
    sign_in(client, member)
    assert client.get(at("member", stranger.pk)).status_code == 404
    assert client.get(at("body", tree.neighbour_branch.pk)).status_code == 404


def test_looking_at_a_list_or_at_another_is_written_down_and_at_oneself_is_not(
    client, tree, member, secretary
):
    sign_in(client, secretary)
    client.get(at("body", tree.branch.pk))
    client.get(at("member", member.pk))
    client.get(at("member", secretary.pk))
    reads = Event.objects.filter(verb__in=["members.listed", "member.read"]).order_by("seq")
    assert list(reads.values_list("verb", "body", "subject", "actor")) == [
        ("members.listed", tree.branch.pk, None, f"member:{secretary.pk}"),
        ("member.read", tree.branch.pk, member.pk, f"member:{secretary.pk}"),
    ]


def test_a_list_is_as_of_its_day_and_finds_names_without_marks(client, tree, secretary):
    gone, new = (
        make_member(tree.branch, name="Phạm Đã Đi"),
        make_member(tree.branch, name="Vũ Mới Đến", since=date(2020, 1, 1)),
    )
    leave(gone, day=date(2018, 1, 1), by=None)
    sign_in(client, secretary)
    page = text(client.get(at("body", tree.branch.pk), {"day": "01/06/2015"}))
    assert gone.full_name in page
    assert new.full_name not in page
    page = text(client.get(at("body", tree.branch.pk), {"q": "den vu"}))
    assert new.full_name in page
    assert "Nguyễn Thị Bí" not in page.split("<tbody>")[1].split("</tbody>")[0]
    assert client.get(at("body", tree.branch.pk), {"day": "31/02/2015"}).status_code == 422


def test_an_officer_searches_below_the_organization_and_nobody_else(client, tree, officer, member):
    stranger = make_member(tree.neighbour_branch, name="Trần Văn Lạ")
    sign_in(client, officer)
    page = text(client.get(at("body", tree.organization.pk), {"q": "tran van"}))
    assert member.full_name in page
    assert stranger.full_name not in page
    assert Event.objects.filter(verb="members.searched", body=tree.organization.pk).count() == 1
    assert client.get(at("body", tree.neighbour.pk)).status_code == 404


def test_an_upper_officer_sees_counts_and_no_name(client, tree, member):
    person = make_member(tree.lone_branch)
    make_office(person, tree.office, Post.OFFICER)
    sign_in(client, person)
    page = client.get(at("body", tree.organization.pk))
    assert page.status_code == 200
    page = client.get(at("body", tree.branch.pk), {"q": "tran"})
    assert page.status_code == 200
    assert member.full_name not in text(page)


def test_the_list_costs_the_same_for_one_and_for_many(client, tree, secretary, django_assert_max_num_queries):
    sign_in(client, secretary)
    address = at("body", tree.branch.pk)
    client.get(address)
    counts = []
    for more in (0, 5):
        for _ in range(more):
            make_member(tree.branch)
        with django_assert_max_num_queries(60) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_admission_by_the_secretary_keeps_what_was_typed_when_wrong(client, tree, secretary):
    sign_in(client, secretary)
    typed = {
        "code": "DV-77",
        "full_name": "Đỗ  Thị Mới",
        "birth_year": "1990",
        "admitted_on": "03/02/2026",
        "day": "30/02/2026",
    }
    answer = client.post(at("admission", tree.branch.pk), typed)
    assert answer.status_code == 422
    assert 'value="DV-77"' in text(answer)
    answer = client.post(at("admission", tree.branch.pk), {**typed, "day": "04/02/2026"})
    assert answer.status_code == 302
    new = Member.objects.get(code="DV-77")
    assert (new.full_name, branch_on(new.pk, date(2026, 2, 4))) == ("Đỗ Thị Mới", tree.branch.pk)


def test_admission_with_a_code_in_use_is_refused_but_who_left_comes_back(client, tree, secretary, member):
    sign_in(client, secretary)
    typed = {
        "code": member.code,
        "full_name": member.full_name,
        "admitted_on": day(member.admitted_on),
        "day": "04/02/2026",
    }
    answer = client.post(at("admission", tree.branch.pk), typed)
    assert answer.status_code == 422
    assert "Mã đảng viên này đã có" in text(answer)
    leave(member, day=date(2025, 1, 1), by=None)
    other_name = client.post(at("admission", tree.branch.pk), {**typed, "full_name": "Người Khác"})
    assert other_name.status_code == 422
    assert client.post(at("admission", tree.branch.pk), typed).status_code == 302
    assert branch_on(member.pk, date(2026, 2, 4)) == tree.branch.pk


def test_transfer_shows_what_ends_before_anything_is_written(client, tree, officer, member):
    make_office(member, tree.branch, Post.DEPUTY)
    sign_in(client, officer)
    typed = {"to": tree.other_branch.code, "day": day(today()), "letter": "12-GGT"}
    check = client.post(at("transfer", member.pk), {**typed, "step": "check"})
    assert check.status_code == 200
    assert "Thôi giữ chức vụ Phó bí thư" in text(check)
    assert not Transfer.objects.exists()
    edit = client.post(at("transfer", member.pk), {**typed, "step": "edit"})
    assert f'value="{tree.other_branch.code}"' in text(edit)
    assert not Transfer.objects.exists()
    assert client.post(at("transfer", member.pk), {**typed, "step": "do"}).status_code == 302
    assert branch_on(member.pk, today()) == tree.other_branch.pk
    assert Transfer.objects.get().letter == "12-GGT"
    assert office_holders(tree.branch.pk, Post.DEPUTY, today()) == []


@pytest.mark.parametrize(
    ("typed", "sentence"), [("chi bo", "nhiều chi bộ khớp"), ("không có", "Không có chi bộ")]
)
def test_a_branch_that_is_not_clear_is_asked_for_again(client, officer, member, typed, sentence):
    sign_in(client, officer)
    answer = client.post(at("transfer", member.pk), {"to": typed, "day": day(today()), "step": "check"})
    assert answer.status_code == 422
    assert sentence in text(answer)


def test_a_branch_is_found_by_words_of_its_name(client, tree, officer, member):
    sign_in(client, officer)
    typed = {"to": "thanh tra so a", "day": day(today()), "step": "check"}
    assert "Chi bộ Thanh tra Sở A" in text(client.post(at("transfer", member.pk), typed))


def test_a_status_is_stated_and_ended(client, tree, officer, member):
    sign_in(client, officer)
    start = today() - timedelta(days=30)
    typed = {"status": "away", "start": day(start), "host": tree.other_branch.code}
    assert client.post(at("status", member.pk), typed).status_code == 302
    period = StatusPeriod.objects.get()
    assert (period.status, period.host) == (Status.AWAY, tree.other_branch)
    again = client.post(at("status", member.pk), typed)
    assert again.status_code == 422
    assert "một tình trạng khác" in text(again)
    assert client.post(at("status_end", period.pk), {"day": day(today())}).status_code == 302
    period.refresh_from_db()
    assert period.valid_to == today()


def test_the_host_branch_may_read_its_guest_while_the_stay_lasts(client, tree, member):
    host = make_member(tree.other_branch, post=Post.SECRETARY)
    sign_in(client, host)
    assert client.get(at("member", member.pk)).status_code == 404
    change_status(member, status=Status.AWAY, start=date(2024, 1, 1), host=tree.other_branch, by=None)
    assert client.get(at("member", member.pk)).status_code == 200
    assert client.post(at("departure", member.pk), {"day": day(today()), "step": "do"}).status_code == 403


def test_offices_are_given_only_where_one_may(client, tree, secretary, member):
    sign_in(client, secretary, proven=True)
    page = text(client.get(at("office", member.pk)))
    assert f'value="{tree.branch.pk}"' in page
    assert f'value="{tree.organization.pk}"' not in page
    typed = {"body": tree.branch.pk, "post": "deputy", "day": day(today())}
    assert client.post(at("office", member.pk), {**typed, "body": tree.organization.pk}).status_code == 422
    assert client.post(at("office", member.pk), typed).status_code == 302
    held = Office.objects.get(member=member)
    assert client.post(at("office_end", held.pk), {"day": day(today())}).status_code == 302
    assert not Office.objects.filter(member=member).exists()


def test_a_post_is_called_as_its_body_calls_it(client, tree, member, officer):
    in_branch = make_office(member, tree.branch, Post.COMMITTEE_MEMBER)
    make_office(member, tree.organization, Post.COMMITTEE_MEMBER)
    sign_in(client, officer, proven=True)
    page = text(client.get(at("member", member.pk)))
    assert "<li>Chi ủy viên, Chi bộ Văn phòng Sở A" in page
    assert "<li>Đảng ủy viên, Đảng bộ Sở A" in page
    assert "Chi ủy viên" in text(client.get(at("body", tree.branch.pk)))
    assert "Chi ủy viên" in text(client.get(at("office_end", in_branch.pk)))
    leaving = text(client.post(at("departure", member.pk), {"day": day(today()), "step": "check"}))
    assert "Thôi giữ chức vụ Chi ủy viên." in leaving
    assert "Thôi giữ chức vụ Đảng ủy viên." in leaving


def test_an_administrator_may_appoint_but_not_read(client, tree, member):
    sign_in(client, make_administrator(tree.bloc), proven=True)
    assert client.get(at("member", member.pk)).status_code == 403
    typed = {"body": tree.organization.pk, "post": "secretary", "day": day(today())}
    assert client.post(at("office", member.pk), typed).status_code == 302
    assert office_holders(tree.organization.pk, Post.SECRETARY, today()) == [member.pk]


def test_a_member_changes_how_to_be_reached_and_nothing_else(client, member):
    sign_in(client, member, proven=True)
    typed = {"email": "thuong@example.org", "phone": "0912345678", "full_name": "Tên Khác"}
    assert client.post(at("contact", member.pk), typed).status_code == 302
    member.refresh_from_db()
    assert (member.email, member.full_name) == ("thuong@example.org", "Trần Văn Thường")
    for address in ("details", "transfer", "departure", "recognition", "status", "office"):
        assert client.get(at(address, member.pk)).status_code == 403


def test_details_are_put_right_by_the_secretary(client, secretary, member):
    sign_in(client, secretary)
    typed = {
        "code": member.code,
        "full_name": "Trần Văn Thượng",
        "birth_year": "1971",
        "admitted_on": day(member.admitted_on),
        "official_on": day(member.official_on),
    }
    assert client.post(at("details", member.pk), {**typed, "birth_year": "2025"}).status_code == 422
    assert client.post(at("details", member.pk), typed).status_code == 302
    member.refresh_from_db()
    assert (member.full_name, member.birth_year) == ("Trần Văn Thượng", 1971)
    taken = client.post(at("details", member.pk), {**typed, "code": secretary.code})
    assert taken.status_code == 422


def test_recognition_and_departure(client, tree, secretary):
    young = make_member(tree.branch, official=False)
    sign_in(client, secretary)
    assert client.post(at("recognition", young.pk), {"day": "01/06/2012"}).status_code == 302
    young.refresh_from_db()
    assert young.official_on == date(2012, 6, 1)
    check = client.post(at("departure", young.pk), {"day": day(today()), "step": "check"})
    assert check.status_code == 200
    assert Membership.objects.filter(member=young, valid_to__gt=today()).exists()
    assert client.post(at("departure", young.pk), {"day": day(today()), "step": "do"}).status_code == 302
    assert branch_on(young.pk, today()) is None


def test_who_left_stays_in_the_care_of_the_last_branch(client, tree, secretary, member):
    leave(member, day=today() - timedelta(days=3), by=None)
    sign_in(client, secretary)
    assert client.get(at("member", member.pk)).status_code == 200


def test_a_term_is_opened(client, tree, officer):
    sign_in(client, officer)
    answer = client.post(at("term", tree.branch.pk), {"name": "2025-2027", "day": "01/06/2025"})
    assert answer.status_code == 302
    assert Term.objects.get().name == "2025-2027"
    assert "nhiệm kỳ 2025-2027" in text(client.get(at("body", tree.branch.pk)))


def test_the_index_leads_a_member_straight_to_the_own_branch(client, tree, member, officer):
    sign_in(client, member)
    assert client.get(at("index")).url == at("body", tree.branch.pk)
    sign_in(client, officer)
    assert tree.organization.code in text(client.get(at("index")))


def test_readable_by_says_the_same_as_the_access_object(tree, secretary, member, officer):
    from nenep.people.access import MemberAccess

    for person in (secretary, member, officer):
        viewer = viewer_for(person)
        readable = set(Member.objects.readable_by(viewer))
        assert readable == {other for other in Member.objects.all() if MemberAccess(viewer, other).read}
