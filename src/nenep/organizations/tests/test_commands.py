import io
import json

import pytest
from django.core.management import call_command

from nenep.organizations.country import SIZES, Size
from nenep.organizations.kinds import Kind
from nenep.organizations.management.commands.bench import exponents
from nenep.organizations.models import Body, Closure
from nenep.organizations.tests.make import make_body, make_small_bloc
from nenep.shared import measuring

pytestmark = pytest.mark.django_db


def answer(command, **options):
    out = io.StringIO()
    call_command(command, as_json=True, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setitem(SIZES, "100th", Size(63, 10, 200, 1, 1))
    monkeypatch.setattr(measuring, "SECONDS_PER_MEASURE", 0.0)


def test_generate_tells_what_it_wrote():
    done = answer("generate", size="100th")
    assert done["branches"] == 210
    assert done["bodies"] == Body.objects.count()
    assert done["closure_rows"] == Closure.objects.count()


def test_generate_leaves_a_database_with_data_alone(capsys):
    make_small_bloc()
    with pytest.raises(SystemExit) as refusal:
        call_command("generate", size="100th")
    assert refusal.value.code == 2
    assert "đã có dữ liệu" in capsys.readouterr().err
    assert Body.objects.count() == 10


def test_bench_measures_every_level_beside_the_yardstick():
    answer("generate", size="100th")
    rows = {row["name"]: row for row in answer("bench")["rows"]}
    for level in ("root", "province", "committee", "org", "leaf"):
        assert rows[f"tree.subtree.{level}"]["size"] == 210
    for row in rows.values():
        assert row["ms_median"] > 0
        assert row["ratio"] == pytest.approx(row["ms_median"] / row["yardstick"], rel=0.2)


def test_bench_joins_earlier_results_into_exponents(tmp_path):
    answer("generate", size="100th")
    first = answer("bench")
    assert first["exponents"] == {}
    kept = tmp_path / "first.json"
    kept.write_text(json.dumps({"rows": [row | {"size": 21} for row in first["rows"]]}))
    assert set(answer("bench", earlier=[kept])["exponents"]) == {row["name"] for row in first["rows"]}


@pytest.mark.parametrize("text", [None, "", "[]", '{"row": 1}'])
def test_a_file_that_is_no_result_is_said_in_one_sentence(tmp_path, capsys, text):
    kept = tmp_path / "no.json"
    if text is not None:
        kept.write_text(text)
    with pytest.raises(SystemExit) as refusal:
        call_command("bench", earlier=[kept], as_json=True)
    assert refusal.value.code == 2
    assert capsys.readouterr().err.startswith(f"Tệp {kept} không đọc được")


def test_bench_where_no_branch_is_yet_measures_what_there_is():
    make_body(kind=Kind.COMMITTEE)
    rows = answer("bench")["rows"]
    assert {row["size"] for row in rows} == {0}
    assert not [row for row in rows if row["name"].startswith("facts.")]


def test_exponents_tell_flat_from_proportional():
    rows = [
        {"name": name, "size": size, "ratio": ratio}
        for name, size, ratio in [
            ("flat", 10, 4.0),
            ("flat", 1000, 4.0),
            ("line", 10, 1.0),
            ("line", 1000, 100.0),
        ]
    ]
    assert exponents(rows) == {"flat": 0.0, "line": 1.0}
