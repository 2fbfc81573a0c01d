from time import process_time

from django.core.checks import run_checks

from nenep.rulebook import checks, loader
from nenep.rulebook.tests.make import spoiled_packs


def test_the_shipped_packs_pass_the_system_check():
    assert run_checks(tags=["rulebook"]) == []


def test_the_system_check_names_each_problem(tmp_path):
    packs = spoiled_packs(tmp_path, "meet-2018.yml", "valid_to: 2022-12-27", "valid_to: 2022-12-20")
    found = checks.errors_of(lambda: loader.load(packs))
    assert [error.id for error in found] == ["rulebook.E001"] * 2
    assert all("meet-2018.yml: valid_to" in error.msg for error in found)


def test_reading_and_checking_all_packs_is_fast():
    start = process_time()
    loader.load(loader.PACKS)
    assert process_time() - start < 0.5
