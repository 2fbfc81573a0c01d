import pytest
from django.core.management import call_command

from nenep.facts import sources
from nenep.facts.models import BranchMonth, NodeMonthWas
from nenep.facts.operations import Fact
from nenep.facts.rebuilding import check, rebuild
from nenep.facts.summing import bring_up_to_date
from nenep.facts.tests.make import MONTH, make_fact
from nenep.organizations.tests.make import make_small_bloc

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc(monkeypatch):
    """A bloc whose two branches have a record each, and a source that counts them again."""
    bloc = make_small_bloc()
    numbers = {"meetings_held": 1, "expected": 10, "present": 9}
    records = [Fact(branch.pk, MONTH, numbers) for branch in (bloc.branch, bloc.neighbour_branch)]
    monkeypatch.setattr(sources, "_sources", [lambda: records])
    for branch in (bloc.branch, bloc.neighbour_branch):
        make_fact(branch)
    return bloc


def test_what_only_waits_to_be_summed_is_no_difference(bloc):
    assert check() == []


def test_a_changed_branch_row_shows_in_every_sum_above_and_check_keeps_nothing(bloc):
    bring_up_to_date()
    BranchMonth.objects.filter(body=bloc.branch).update(present=8)
    found = {(row.table, row.body_id, row.measure, row.kept, row.counted) for row in check()}
    assert found == {("branch", bloc.branch.pk, "present", 8, 9)}
    assert check()
    assert len(rebuild()) == 1
    assert check() == []


def test_a_changed_sum_is_found_and_put_right(bloc):
    bring_up_to_date()
    NodeMonthWas.objects.filter(node=bloc.bloc).update(present=1)
    assert [(row.table, row.body_id, row.kept, row.counted) for row in rebuild()] == [
        ("was", bloc.bloc.pk, 1, 18)
    ]
    assert NodeMonthWas.objects.get(node=bloc.bloc).present == 18


def test_a_row_without_a_record_and_a_record_without_a_row_are_found(bloc):
    make_fact(bloc.lone_branch)
    BranchMonth.objects.filter(body=bloc.branch).delete()
    found = {(row.body_id, row.measure, row.kept, row.counted) for row in check() if row.table == "branch"}
    assert (bloc.lone_branch.pk, "present", 9, None) in found
    assert (bloc.branch.pk, "present", None, 9) in found


def test_two_records_of_a_month_add_up(bloc, monkeypatch):
    monkeypatch.setattr(
        sources, "_sources", [*sources._sources, lambda: [Fact(bloc.branch.pk, MONTH, {"present": 2})]]
    )
    rebuild()
    assert BranchMonth.objects.get(body=bloc.branch).present == 11


class TestCommand:
    def test_says_that_all_is_well(self, bloc, capsys):
        call_command("facts", "--rebuild", "--check")
        assert capsys.readouterr().out == "0 chỗ khác.\n"

    def test_prints_differences_and_exits_1(self, bloc, capsys):
        bring_up_to_date()
        BranchMonth.objects.filter(body=bloc.branch).update(present=8)
        with pytest.raises(SystemExit) as stopped:
            call_command("facts", "--rebuild", "--check")
        assert stopped.value.code == 1
        assert capsys.readouterr().out.splitlines() == [
            f"branch {bloc.branch.pk} 2015-03 present: đang có 8, tính lại 9",
            "1 chỗ khác.",
        ]

    def test_without_rebuild_it_says_how_to_ask(self, capsys):
        with pytest.raises(SystemExit) as stopped:
            call_command("facts", "--check")
        assert stopped.value.code == 2
        assert "--rebuild" in capsys.readouterr().err
