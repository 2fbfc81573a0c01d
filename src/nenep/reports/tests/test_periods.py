import fcntl
import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from config import data_folder
from nenep.facts.summing import bring_up_to_date
from nenep.meetings.models import MeetingKind
from nenep.organizations.models import Body, Kind
from nenep.organizations.operations import dissolve_body, merge_bodies, move_body
from nenep.organizations.tests.make import make_body, make_small_bloc
from nenep.reports.counting import DUE, Period, by_branch, totals
from nenep.reports.figures import body_in
from nenep.reports.pending import PENDING
from nenep.reports.periods import PERIOD_KEYS, figures_between
from nenep.reports.tests.make import MONTH, make_past
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db
QUARTER = date(2015, 1, 1), date(2015, 3, 31)


def values(body, start=QUARTER[0], end=QUARTER[1]):
    bring_up_to_date()
    return {
        figure.key: figure.value for figure in figures_between(body_in(body.code, start, end), start, end)
    }


def recorded_bloc():
    """Five branches; in the quarter the first met three times, two others once."""
    bloc = make_small_bloc()
    for month in (1, 2, 3):
        make_past(bloc.branch, date(2015, month, 1))
    make_past(bloc.section_branch, committee=False)
    make_past(bloc.neighbour_branch, present=6, draft=False)
    make_past(bloc.neighbour_branch, kind=MeetingKind.THEMATIC)
    return bloc


def test_shares_say_what_the_records_say():
    bloc = recorded_bloc()
    assert values(bloc.bloc) == {
        "meetings_held": 5,
        "regularity_pct": 33.3,  # 5 of 5 branches x 3 months
        "attendance_pct": 84.0,
        "draft_resolution_pct": 80.0,
        "committee_meeting_pct": 80.0,
    }
    assert values(bloc.neighbour)["attendance_pct"] == 60.0
    assert values(bloc.branch)["regularity_pct"] == 100.0


def test_where_nothing_is_recorded_there_is_no_value():
    bloc = recorded_bloc()
    assert values(bloc.lone_branch) == dict.fromkeys(PERIOD_KEYS)
    assert values(bloc.bloc, date(2014, 1, 1), date(2014, 12, 31)) == dict.fromkeys(PERIOD_KEYS)


def test_a_branch_without_regular_meetings_but_with_a_thematic_one_held_none():
    bloc = make_small_bloc()
    make_past(bloc.branch, kind=MeetingKind.THEMATIC)
    assert values(bloc.bloc) == dict.fromkeys(PERIOD_KEYS) | {"meetings_held": 0, "regularity_pct": 0.0}


def test_months_are_due_from_the_founding_to_the_end_of_a_branch():
    bloc = make_small_bloc(day=date(2010, 1, 1))
    late = make_body(parent=bloc.organization, day=date(2015, 2, 20))
    make_past(late, date(2015, 2, 1), day=25)
    dissolve_body(late, day=date(2015, 3, 10), by=None)
    assert values(late)["regularity_pct"] == 50.0
    bring_up_to_date()
    assert totals(bloc.bloc.pk, Period.between(*QUARTER))[DUE] == 5 * 3 + 2


def test_figures_of_a_past_period_stay_through_a_move_and_a_merger():
    bloc = recorded_bloc()
    before = {body.code: values(body) for body in (bloc.bloc, bloc.organization, bloc.neighbour, bloc.branch)}
    move_body(bloc.branch, parent=bloc.neighbour, day=date(2015, 4, 2), by=None)
    merge_bodies([bloc.organization], into=bloc.neighbour, day=date(2016, 1, 1), by=None)
    for code, kept in before.items():
        assert values(Body.objects.get(code=code)) == kept


def test_a_month_that_lies_in_the_period_in_part_counts_the_meetings_of_its_days():
    bloc = recorded_bloc()
    assert values(bloc.bloc, date(2015, 1, 16), date(2015, 3, 14))["meetings_held"] == 1
    assert values(bloc.bloc, date(2015, 1, 15), date(2015, 3, 15))["meetings_held"] == 5
    assert values(bloc.bloc, date(2015, 3, 15), date(2015, 3, 15))["meetings_held"] == 3


def test_the_parts_of_a_month_give_what_its_facts_give():
    bloc = recorded_bloc()
    dissolve_body(bloc.section_branch, day=date(2015, 3, 25), by=None)
    bring_up_to_date()
    whole = totals(bloc.bloc.pk, Period.between(MONTH, date(2015, 3, 31)))
    part = totals(bloc.bloc.pk, Period.between(MONTH, date(2015, 3, 30)))
    thematic_row_only_in_facts = {"branch_months": whole["branch_months"]}
    assert part | thematic_row_only_in_facts == whole
    assert whole["meetings_held"] == 3


def test_branches_add_up_to_the_total():
    bloc = recorded_bloc()
    move_body(bloc.branch, parent=bloc.neighbour, day=date(2015, 2, 10), by=None)
    dissolve_body(bloc.section_branch, day=date(2015, 3, 20), by=None)
    bring_up_to_date()
    everybody = list(Body.objects.values_list("pk", flat=True))
    for period in (Period.between(*QUARTER), Period.between(date(2015, 1, 10), date(2015, 3, 20))):
        for body in (bloc.bloc, bloc.organization, bloc.neighbour):
            parts = by_branch(body.pk, period, everybody).values()
            total = totals(body.pk, period)
            assert {name: sum(part[name] for part in parts) for name in total} == total


def test_this_month_is_due_only_from_those_who_have_met():
    bloc = recorded_bloc()
    with clock_at(datetime(2015, 3, 20, 3, tzinfo=UTC)):
        assert values(bloc.bloc, MONTH, date(2015, 12, 31))["regularity_pct"] == 100.0
        parts = by_branch(
            bloc.bloc.pk, Period.between(MONTH, date(2015, 12, 31)), [bloc.branch.pk, bloc.lone_branch.pk]
        )
        assert [part[DUE] for part in parts.values()] == [1, 0]
    assert values(bloc.bloc, MONTH, date(2015, 3, 31))["regularity_pct"] == 60.0


def test_the_number_of_statements_does_not_grow(django_assert_num_queries):
    bloc = make_body("Đảng bộ Khối", kind=Kind.COMMITTEE)
    make_past(make_body(kind=Kind.GRASSROOTS_BRANCH, parent=bloc))
    days = date(2015, 1, 10), date(2015, 3, 20)
    named = body_in(bloc.code, *days)
    bring_up_to_date()
    with django_assert_num_queries(4):
        figures_between(named, *days)
    for _more in range(2):
        make_past(make_body(parent=make_body(kind=Kind.GRASSROOTS_ORGANIZATION, parent=bloc)))
    bring_up_to_date()
    with django_assert_num_queries(4):
        assert figures_between(named, *days)[0].value == 3


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """A data folder of its own, under a SQLite that lets one process write."""
    monkeypatch.setattr(data_folder, "SOUND_FROM", (9, 0, 0))
    settings.DATA = tmp_path
    return tmp_path


@pytest.mark.usefixtures("folder")
class TestCommand:
    def test_prints_the_figures_of_a_period_even_before_the_worker_has_summed(self, capsys):
        recorded_bloc()
        call_command("figures", "--from", "2015-01-01", "--to", "2015-03-31", "--json")
        document = json.loads(capsys.readouterr().out)
        assert [row["key"] for row in document["figures"]] == [*PERIOD_KEYS, "visits", *PENDING]
        assert document["figures"][0]["value"] == 5
        assert (
            document["figures"][1]["base"] == "Trong 15 lượt chi bộ phải họp, mỗi chi bộ mỗi tháng một lượt."
        )

    @pytest.mark.either_database  # only SQLite has one writer
    def test_beside_a_server_the_sums_are_told_as_they_stand(self, capsys, folder):
        """The test above is the twin: with nobody beside it, the same command sums first."""
        recorded_bloc()
        asked = ["figures", "--from", "2015-01-01", "--to", "2015-03-31", "--json"]
        with (folder / "lock").open("w") as server:
            fcntl.flock(server, fcntl.LOCK_EX)
            call_command(*asked)
            heard = capsys.readouterr()
            assert json.loads(heard.out)["figures"][0]["value"] is None  # nothing has been summed yet
            assert heard.err.startswith("Máy chủ đang dùng thư mục dữ liệu")
            bring_up_to_date()  # as the server's worker does
            call_command(*asked)
            heard = capsys.readouterr()
            assert (json.loads(heard.out)["figures"][0]["value"], heard.err) == (5, "")

    def test_what_has_no_records_yet_is_null_with_its_words_and_an_empty_list(self, capsys):
        recorded_bloc()
        call_command("figures", "--from", "2015-01-01", "--to", "2015-03-31", "--json")
        rows = {row["key"]: row for row in json.loads(capsys.readouterr().out)["figures"]}
        for key in (
            "training_classes", "trainees", "clean_and_strong_mean_pct", "weak_bodies", "members_reviewed_pct",
            "members_well_pct", "members_completed_pct", "members_rest_pct", "commended_bodies", "visits",
        ):  # fmt: skip
            assert rows[key]["value"] is None
            assert all(rows[key][name] for name in ("unit", "base", "formula"))
            assert rows[key]["trace"].startswith(f"/reports/figures/{key}/?body=")

    def test_no_record_is_null(self, capsys):
        recorded_bloc()
        call_command("figures", "--from", "2014-01-01", "--to", "2014-03-31", "--json")
        assert {row["value"] for row in json.loads(capsys.readouterr().out)["figures"]} == {None}

    @pytest.mark.parametrize(
        ("start", "end", "sentence"),
        [("2015-02-01", "2015-01-31", "không trước"), ("1999-01-01", "1999-02-01", "chưa có tổ chức")],
    )
    def test_an_impossible_period_is_one_sentence(self, capsys, start, end, sentence):
        make_small_bloc()
        with pytest.raises(SystemExit) as stopped:
            call_command("figures", "--from", start, "--to", end)
        assert stopped.value.code == 2
        assert sentence in capsys.readouterr().err
