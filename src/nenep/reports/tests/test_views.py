from datetime import date

import pytest
from django.urls import reverse

from nenep.access.tests.make import make_administrator, sign_in
from nenep.facts.summing import bring_up_to_date
from nenep.organizations.models import Kind
from nenep.organizations.operations import NewBody, dissolve_body, move_body, succeed_body
from nenep.organizations.tests.make import make_body, make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_members, make_office
from nenep.reports.figures import body_in, body_on
from nenep.reports.pending import without_records
from nenep.reports.periods import PERIOD_KEYS, figures_between
from nenep.reports.standing import KEYS, figures_on
from nenep.reports.tests.make import make_past

pytestmark = pytest.mark.django_db
DAY = date(2015, 9, 29)
YEAR = date(2015, 1, 10), date(2015, 12, 20)


@pytest.fixture
def bloc():
    bloc = make_small_bloc()
    make_members(bloc.branch, 2)
    for branch in (bloc.branch, bloc.section_branch, bloc.lone_branch):
        make_past(branch)
    bring_up_to_date()
    return bloc


@pytest.fixture
def officer(bloc, client):
    """An officer of the bloc, who sees counts of everything below and reads no text."""
    member = make_member(bloc.lone_branch, name="Vũ Cấp Trên")
    make_office(member, bloc.bloc, Post.OFFICER)
    sign_in(client, member)
    return client


def page(client, **query):
    return client.get(reverse("reports:figures"), query)


def words(answer):
    return " ".join(answer.content.decode().split())


def test_sums_that_a_change_of_the_tree_has_not_reached_yet_say_so(officer, bloc):
    period = {"body": bloc.bloc.code, "from": "01/01/2015", "to": "31/12/2015"}
    assert "đang được cộng lại" not in words(page(officer, **period))
    move_body(bloc.section_branch, parent=bloc.neighbour, day=DAY, by=None)
    assert "đang được cộng lại" in words(page(officer, **period))
    bring_up_to_date()
    assert "đang được cộng lại" not in words(page(officer, **period))


def test_figures_of_a_day_stand_with_base_formula_and_link(officer, bloc):
    answer = page(officer, body=bloc.bloc.code, as_of="29/09/2015")
    assert answer.status_code == 200
    for figure in figures_on(body_on(bloc.bloc.code, DAY), DAY):
        assert figure.formula in words(answer)
        assert figure.base in words(answer)
        assert figure.trace.replace("&", "&amp;") in words(answer)
    assert "Số liệu của" in words(answer)
    assert "Đảng bộ Sở A" in words(answer)


def test_figures_of_a_period_say_where_there_is_no_record(officer, bloc):
    answer = page(officer, body=bloc.neighbour.code, **{"from": "01/01/2015", "to": "31/03/2015"})
    assert words(answer).count("chưa có số liệu") >= len(PERIOD_KEYS)


def test_sums_that_wait_for_the_worker_are_said(officer, bloc):
    period = {"body": bloc.bloc.code, "from": "01/01/2015", "to": "31/03/2015"}
    assert "đang được cộng lại" not in words(page(officer, **period))
    make_past(bloc.other_branch)
    assert "đang được cộng lại" in words(page(officer, **period))


def test_who_names_no_body_begins_at_the_highest_in_reach(officer, bloc, client):
    assert page(officer).context["body"].pk == bloc.bloc.pk
    sign_in(client, make_member(bloc.branch))
    assert page(client).context["body"].pk == bloc.branch.pk


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"as_of": "32/01/2015"}, "theo mẫu"),
        ({"from": "01/01/2015"}, "cả ngày đầu và ngày cuối"),
        ({"from": "02/01/2015", "to": "01/01/2015"}, "không trước ngày đầu"),
        ({"from": "01/01/2015", "to": "02/01/2015", "as_of": "01/01/2015"}, "để trống phần còn lại"),
        ({"as_of": "01/01/1999", "body": "?"}, "không hoạt động vào ngày 01/01/1999"),
    ],
)
def test_a_wrong_day_is_explained_and_kept(officer, bloc, query, sentence):
    if "body" in query:
        query = query | {"body": bloc.bloc.code}
    for name, arguments in (("figures", []), ("trace", ["branches"])):
        answer = officer.get(reverse(f"reports:{name}", args=arguments), query)
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert next(iter(query.values())) in words(answer)


def test_bodies_out_of_reach_are_not_found(client, bloc):
    sign_in(client, make_member(bloc.branch))
    for code in (bloc.neighbour.code, bloc.organization.code, "KHÔNG-CÓ"):
        for name, arguments in (("figures", []), ("trace", ["members"])):
            assert client.get(reverse(f"reports:{name}", args=arguments), {"body": code}).status_code == 404
    under = {
        "body": bloc.branch.code,
        "under": bloc.organization.code,
        "from": "2015-01-01",
        "to": "2015-12-31",
    }
    assert client.get(reverse("reports:trace", args=["meetings_held"]), under).status_code == 404


def test_an_administrator_sees_no_figures(client, bloc):
    sign_in(client, make_administrator(bloc.bloc))
    assert page(client).status_code == 403
    assert page(client, body=bloc.bloc.code).status_code == 404


def test_a_bloc_that_has_ended_is_seen_from_its_successor(client, bloc):
    after = NewBody("CCQ", "Đảng bộ các cơ quan tỉnh", Kind.COMMITTEE, None)
    successor = succeed_body(bloc.bloc, into=after, day=date(2020, 3, 1), by=None)
    member = make_member(bloc.lone_branch)
    make_office(member, successor, Post.OFFICER)
    sign_in(client, member)
    assert page(client, as_of="29/09/2015").context["body"].pk == bloc.bloc.pk
    assert page(client, as_of="29/09/2021").context["body"].pk == successor.pk


def test_every_trace_of_a_day_lists_as_many_as_its_figure_counts(officer, bloc):
    for figure in figures_on(body_on(bloc.bloc.code, DAY), DAY):
        answer = officer.get(figure.trace)
        assert answer.status_code == 200
        lines = answer.context["trace"].lines
        if figure.key == "members":
            assert sum(int(line.cells[-1]) for line in lines) == figure.value
        else:
            assert len(lines) == figure.value
        assert len(lines) > 0


def test_the_trace_of_a_zero_is_an_empty_list(officer, bloc):
    figure = next(
        f for f in figures_on(body_on(bloc.neighbour.code, DAY), DAY) if f.key == "grassroots_branches"
    )
    assert figure.value == 0
    assert "Không có gì được đếm ở đây" in words(officer.get(figure.trace))


def test_a_period_opens_to_branches_and_then_to_months(officer, bloc):
    move_body(bloc.branch, parent=bloc.neighbour, day=date(2015, 7, 1), by=None)
    bring_up_to_date()
    for figure in figures_between(body_in(bloc.organization.code, *YEAR), *YEAR):
        ratio = PERIOD_KEYS[figure.key]
        branches = officer.get(figure.trace).context["trace"].lines
        part = sum(int(line.cells[1]) for line in branches)
        whole = sum(int(line.cells[2]) for line in branches)
        assert figure.value == (round(100 * part / whole, 1) if ratio.is_share else part)
        for line in branches:
            months = officer.get(line.url).context["trace"].lines
            assert sum(int(month.cells[0]) for month in months) == int(line.cells[1])
            assert sum(int(month.cells[1]) for month in months) == int(line.cells[2])


def test_the_last_step_opens_the_meeting_for_its_members_only(officer, client, bloc):
    address = reverse("reports:trace", args=["meetings_held"])
    query = {"body": bloc.branch.code, "from": "2015-03-01", "to": "2015-03-31"}
    assert [line.url for line in officer.get(address, query).context["trace"].lines] == [""]
    sign_in(client, make_member(bloc.branch))
    (line,) = client.get(address, query).context["trace"].lines
    assert line.name == "tháng 03/2015"
    assert client.get(line.url).status_code == 200


def test_an_unknown_figure_is_not_found(officer, bloc):
    assert officer.get(reverse("reports:trace", args=["happiness"])).status_code == 404
    assert (
        officer.get(reverse("reports:trace", args=["meetings_held"]), {"as_of": "2015-01-01"}).status_code
        == 404
    )


def test_no_page_costs_more_statements_with_more_bodies(officer, bloc):
    addresses = [
        reverse("reports:figures") + "?as_of=2015-09-29",
        reverse("reports:figures") + "?from=2015-01-10&to=2015-12-20",
        *(reverse("reports:trace", args=[key]) + "?as_of=2015-09-29" for key in KEYS),
        *(reverse("reports:trace", args=[key]) + "?from=2015-01-10&to=2015-12-20" for key in PERIOD_KEYS),
    ]
    small = [statements(officer, address) for address in addresses]
    for _more in range(2):
        organization = make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=bloc.bloc)
        section = make_body(kind=Kind.SECTIONAL_ORGANIZATION, parent=organization)
        for parent in (organization, organization, section):
            branch = make_body(parent=parent)
            make_past(branch)
            make_members(branch, 2)
    gone = make_body(kind=Kind.GRASSROOTS_BRANCH, parent=bloc.bloc)
    make_past(gone)
    dissolve_body(gone, day=date(2015, 6, 10), by=None)
    bring_up_to_date()
    assert [statements(officer, address) for address in addresses] == small
    assert max(small) <= 28, dict(zip(addresses, small, strict=True))


def statements(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return len(context)


def test_a_figure_without_records_opens_an_empty_list_and_stands_on_no_page_of_figures(officer, bloc):
    start, end = YEAR
    for figure in without_records(body_in(bloc.bloc.code, start, end), start, end):
        answer = officer.get(figure.trace)
        assert answer.status_code == 200
        assert "chưa có số liệu" in words(answer)
        assert "Không có gì được đếm ở đây" in words(answer)
    shown = page(officer, body=bloc.bloc.code, **{"from": "10/01/2015", "to": "20/12/2015"})
    assert "Lớp bồi dưỡng" not in words(shown)
    assert officer.get(reverse("reports:trace", args=["visits"]), {"as_of": "29/09/2015"}).status_code == 404
