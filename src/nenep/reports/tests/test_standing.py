import json
from datetime import date

import pytest
from django.core.management import call_command

from nenep.organizations.models import Body, Kind
from nenep.organizations.operations import dissolve_body, merge_bodies, move_body
from nenep.organizations.tests.make import make_body, make_small_bloc
from nenep.people.tests.make import make_member, make_members
from nenep.reports.figures import body_on
from nenep.reports.measures import measures
from nenep.reports.standing import figures_on

pytestmark = pytest.mark.django_db
DAY = date(2015, 9, 29)


def printed(capsys, *arguments):
    call_command("figures", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def values(body, day=DAY):
    return {figure.key: figure.value for figure in figures_on(body_on(body.code, day), day)}


def populated_bloc():
    bloc = make_small_bloc()
    for branch, number in ((bloc.branch, 3), (bloc.section_branch, 2), (bloc.lone_branch, 4)):
        make_members(branch, number)
    make_member(bloc.neighbour_branch, official=False)
    return bloc


WHOLE = {
    "grassroots_bodies": 3,
    "grassroots_organizations": 2,
    "grassroots_branches": 1,
    "subordinate_branches": 4,
    "sectional_organizations": 1,
    "branches": 5,
    "members": 10,
}


def test_the_bloc_is_counted_without_its_advisory_unit():
    assert values(populated_bloc().bloc) == WHOLE


def test_a_body_counts_itself_when_it_is_of_the_kind():
    bloc = populated_bloc()
    assert values(bloc.organization) == {
        "grassroots_bodies": 1,
        "grassroots_organizations": 1,
        "grassroots_branches": 0,
        "subordinate_branches": 3,
        "sectional_organizations": 1,
        "branches": 3,
        "members": 5,
    }
    assert values(bloc.lone_branch) == dict.fromkeys(WHOLE, 0) | {
        "grassroots_bodies": 1,
        "grassroots_branches": 1,
        "branches": 1,
        "members": 4,
    }


def test_figures_of_a_past_day_stay_through_a_move_and_a_merger():
    bloc = populated_bloc()
    before = {body.code: values(body) for body in (bloc.bloc, bloc.organization, bloc.neighbour)}
    move_body(bloc.other_branch, parent=bloc.neighbour, day=date(2016, 3, 10), by=None)
    merge_bodies([bloc.neighbour], into=bloc.organization, day=date(2017, 1, 1), by=None)
    dissolve_body(bloc.office, day=date(2018, 1, 1), by=None)
    for code, kept in before.items():
        assert values(Body.objects.get(code=code)) == kept
    later = values(bloc.bloc, date(2019, 1, 1))
    assert later == WHOLE | {"grassroots_bodies": 2, "grassroots_organizations": 1}
    assert values(bloc.organization, date(2019, 1, 1))["members"] == 6


def test_bases_reconcile_with_the_figure():
    figures = {figure.key: figure for figure in figures_on(body_on(populated_bloc().bloc.code, DAY), DAY)}
    assert figures["branches"].base == "4 chi bộ trực thuộc đảng bộ cơ sở và 1 chi bộ cơ sở."
    assert figures["grassroots_bodies"].base == "2 đảng bộ cơ sở và 1 chi bộ cơ sở."


def test_the_number_of_statements_does_not_grow_with_the_bodies(django_assert_num_queries):
    bloc = make_body("Đảng bộ Khối", kind=Kind.COMMITTEE)
    make_members(make_body(kind=Kind.GRASSROOTS_BRANCH, parent=bloc), 1)
    named = body_on("", DAY)
    with django_assert_num_queries(2):
        figures_on(named, DAY)
    for _more in range(2):
        make_members(make_body(parent=make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=bloc)), 2)
    with django_assert_num_queries(2):
        assert figures_on(named, DAY)[0].value == 3


def test_bench_computes_the_figures_at_every_level():
    populated_bloc()
    members = {measure.name: measure.run()[-1].value for measure in measures()}
    assert members["figures.root"] > members["figures.leaf"] > 0


class TestCommand:
    def test_prints_one_document_of_figures_for_the_root_of_the_day(self, capsys):
        populated_bloc()
        document = printed(capsys, "--as-of", "2015-09-29")
        assert {row["key"]: row["value"] for row in document["figures"]} == WHOLE
        assert all(
            set(row) == {"key", "value", "unit", "base", "formula", "trace"} for row in document["figures"]
        )
        assert all(row["unit"] and row["base"] and row["formula"] for row in document["figures"])
        assert isinstance(document["elapsed_ms"], float)

    def test_no_other_object_looks_like_a_figure(self, capsys):
        make_small_bloc()
        document = printed(capsys, "--as-of", "2015-09-29")

        def objects(value):
            if isinstance(value, dict):
                yield value
                value = list(value.values())
            if isinstance(value, list):
                for item in value:
                    yield from objects(item)

        assert sum({"key", "value"} <= set(found) for found in objects(document)) == len(document["figures"])

    def test_a_body_is_named_by_code_or_by_key(self, capsys):
        bloc = populated_bloc()
        by_code = printed(capsys, "--as-of", "29/09/2015", "--body", bloc.organization.code)
        by_key = printed(capsys, "--as-of", "2015-09-29", "--body", str(bloc.organization.pk))
        assert by_code["figures"] == by_key["figures"]
        assert by_code["body"] == {"code": bloc.organization.code, "name": "Đảng bộ Sở A"}

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ((), "--as-of"),
            (("--from", "2015-01-01"), "--as-of"),
            (("--as-of", "2015-01-01", "--to", "2015-01-01"), "--as-of"),
            (("--as-of",), "--as-of phải có một giá trị đi sau"),
            (("--as-of", "2015-02-30"), "--as-of không nhận giá trị “2015-02-30”; ngày viết như 24/11/2026"),
            (("--as-of", "2015-01-01", "--body", "?"), "Không có tổ chức nào"),
            (("--as-of", "1900-01-01"), "chưa có tổ chức nào"),
        ],
    )
    def test_bad_use_is_one_sentence_and_exit_2(self, capsys, arguments, sentence):
        make_body("Đảng bộ Khối", kind=Kind.COMMITTEE)
        with pytest.raises(SystemExit) as stopped:
            call_command("figures", *arguments)
        answer = capsys.readouterr()
        assert stopped.value.code == 2
        assert answer.out == ""
        assert sentence in answer.err
        assert answer.err.count("\n") == 1

    def test_a_body_that_has_ended_has_no_figures_of_a_later_day(self, capsys):
        bloc = make_small_bloc()
        dissolve_body(bloc.office, day=date(2012, 5, 1), by=None)
        with pytest.raises(SystemExit):
            call_command("figures", "--as-of", "2012-05-01", "--body", bloc.office.code)
        assert "không hoạt động vào ngày 01/05/2012" in capsys.readouterr().err

    def test_people_read_a_table(self, capsys):
        populated_bloc()
        call_command("figures", "--as-of", "2015-09-29")
        assert "10 đảng viên" in " ".join(capsys.readouterr().out.split())
