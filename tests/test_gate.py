"""The gate's own checks: each finds a planted violation and is quiet about its lawful twin."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tools import gate, machine, postgres, rules

ROOT = Path(__file__).resolve().parents[1]
PAGE = "src/nenep/home/templates/home/page.html"
HASHED = f"--hash=sha256:{'0' * 64}"


@pytest.fixture
def checkout(tmp_path):
    """An empty repository; `plant(path, text)` puts a file into it."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)

    def plant(path, text):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        return rules.broken_rules(tmp_path)

    return plant


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("from https://" + "pypi" + ".org/simple", "host of a package registry"),
        ("see files." + "pythonhosted" + ".org", "host of a package registry"),
        ("registry." + "npmjs" + ".org", "host of a package registry"),
        ("cd /" + "home/lan/nenep", "path of one machine"),
        ("'/" + "root/x'", "path of one machine"),
    ],
)
def test_a_host_or_a_machine_path_is_found(checkout, text, rule):
    found = checkout("docs/x.md", f"# Title\n{text}\n")
    assert len(found) == 1
    assert found[0].startswith("docs/x.md:2: ")
    assert rule in found[0]


@pytest.mark.parametrize(
    "text", ["pip install django", "/usr/lib/postgresql", "{{ base }}/home/", "a/work/b"]
)
def test_ordinary_words_and_paths_are_no_finding(checkout, text):
    assert checkout("docs/x.md", text) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<script>go()</script>",
        '<script\n type="module">go()</script>',
        "<style>p {}</style>",
        '<p class="a" style="color: red">',
        "<p style='color: red'>",
        '<button onclick="go()">',
        '<button\n  onclick="go()">',
        '<button hx-on:click="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_markup_that_the_content_policy_forbids_is_found(checkout, markup):
    assert len(checkout(PAGE, markup)) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<script src=\"{% static 'ui.js' %}\" defer></script>",
        '<link rel="stylesheet" href="a.css">',
        '{% include "ui/field.html" with once="1" style="wide" %}',
        "<p>{# onclick=1 #}Một phong cách, style thật</p>",
        '<input name="on" value="style">',
    ],
)
def test_markup_that_the_content_policy_allows_is_no_finding(checkout, markup):
    assert checkout(PAGE, markup) == []


@pytest.mark.parametrize("name", [".python-version", "uv.lock"])
def test_a_file_that_binds_other_machines_is_found(checkout, name):
    assert len(checkout(name, "3.13")) == 1


def test_a_question_for_rules_that_leaves_local_rules_out_is_found(checkout):
    asked = "rules_on(\n    day_of(meeting)\n).votes\n"
    assert [finding.split(": ")[0] for finding in checkout("src/nenep/people/a.py", asked)] == [
        "src/nenep/people/a.py:1"
    ]
    assert checkout("src/nenep/people/a.py", "rules_on(day, scopes_on(body, day))\n") == []
    assert checkout("src/nenep/rulebook/a.py", asked) == []


def test_files_that_git_does_not_know_are_not_judged_in_silence(tmp_path):
    with pytest.raises(machine.Missing, match="git does not list"):
        rules.broken_rules(tmp_path)


def test_what_others_wrote_and_what_is_ignored_is_left_alone(checkout):
    checkout(".gitignore", "var/\n")
    for path in ("static/vendor/x-1.0/x.html", "var/x.html"):
        assert checkout(path, "<style>p {}</style>") == []
    assert len(checkout("templates/x.html", "<style>p {}</style>")) == 1


def test_a_file_that_is_too_long_is_found_where_people_write_it(checkout):
    long = "x = 1\n" * 401
    assert checkout("src/a.py", "x = 1\n" * 400) == []
    assert checkout("src/migrations/0001_a.py", long) == []
    assert checkout("static/vendor/a.js", long) == []
    assert checkout("src/b.py", long) == ["src/b.py:400: the file goes on to line 401; split it by noun"]


def locks(
    folder, *, asked="django>=5.2,<5.3\n", locked=f"django==5.2.19 \\\n    {HASHED}\n", dev=None, sign=None
):
    (folder / "requirements.in").write_text(asked)
    (folder / "requirements-dev.in").write_text("# more\n-r requirements.in\n")
    (folder / "requirements-sign.in").write_text("-r requirements.in\n")
    (folder / "requirements.lock").write_text(locked)
    (folder / "requirements-dev.lock").write_text(dev or locked)
    (folder / "requirements-sign.lock").write_text(sign or locked)
    return rules.broken_locks(folder)


def test_locks_that_hold_what_is_asked_for_are_good(tmp_path):
    assert locks(tmp_path) == []
    assert rules.broken_locks(ROOT) == []


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"asked": "django>=5.2,<5.3\nnh3  # cleans\n"}, "nh3 is locked as None"),
        ({"asked": "django>=6\n"}, "django>=6 is locked as 5.2.19"),
        ({"locked": "django==5.2.19\n"}, "not pinned with == and a sha256 hash"),
        ({"locked": f"django>=5.2 {HASHED}\n"}, "not pinned with == and a sha256 hash"),
        ({"locked": f"--index-url x\ndjango==5.2.19 {HASHED}\n"}, "is an address or an option"),
        ({"locked": f"django==5.2.19 @ https://x/y.whl {HASHED}\n"}, "is an address or an option"),
        ({"sign": f"django==5.2.18 {HASHED}\n"}, "requirements-sign.lock: django is not 5.2.19"),
        ({"dev": f"django==5.2.18 {HASHED}\n"}, "requirements-dev.lock: django is not 5.2.19"),
    ],
)
def test_a_broken_lock_is_found(tmp_path, change, finding):
    assert any(finding in found for found in locks(tmp_path, **change))


def test_the_last_line_counts_the_parts_and_ci_takes_a_skip_for_a_failure(capsys):
    results = {"lint": "passed", "types": "failed", "browser": "SKIPPED: no Chromium here."}
    assert gate.conclude(results, strict=False) == 1
    assert gate.conclude({"lint": "passed", "browser": "SKIPPED: no Chromium here."}, strict=False) == 0
    assert gate.conclude({"lint": "passed"}, strict=True) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 0 failed"
    assert gate.conclude({"lint": "passed", "browser": "SKIPPED: no Chromium here."}, strict=True) == 1
    told = capsys.readouterr().out.splitlines()
    assert told == ["FAILED  browser DID NOT RUN. SKIPPED: no Chromium here.", "1 passed, 1 failed"]


def test_a_part_that_fails_or_lacks_something_does_not_stop_the_others(monkeypatch, capsys):
    def lacks():
        raise machine.Missing("no server here.")

    def breaks():
        raise OSError("nobody foresaw this")

    parts = {
        "one": lambda: gate.report(["x:1: wrong"]),
        "broken": breaks,
        "two": lacks,
        "three": lambda: None,
    }
    monkeypatch.setattr(gate, "PARTS", parts)
    monkeypatch.setenv("CI", "")
    assert gate.main([]) == 1
    told = capsys.readouterr()
    assert "x:1: wrong" in told.out
    assert "nobody foresaw this" in told.err
    assert told.out.splitlines()[-1] == "1 passed, 2 failed, 1 skipped"
    assert gate.main(["three"]) == 0


@pytest.mark.parametrize(
    ("said", "outcome"),
    [("passed", "passed"), ("SKIPPED: no server here.", "SKIPPED: no server here."), ("nothing", "failed")],
)
def test_a_part_runs_beside_another_and_counts_as_any(monkeypatch, capsys, tmp_path, said, outcome):
    """The part meets the one beside it: both run at the same time."""
    met = tmp_path / "met"

    def meet():
        give_up = time.monotonic() + 20
        while not met.exists():
            assert time.monotonic() < give_up
            time.sleep(0.05)

    last = "" if said == "nothing" else f"== hosts: {said}, 0.2 s"
    script = f"open({str(met)!r}, 'w'); print('found'); print({last!r})"
    monkeypatch.setattr(gate, "PARTS", {"browser": meet, "lint": lambda: None, "hosts": lambda: None})
    monkeypatch.setattr(gate, "BESIDE", {"browser": "hosts"})
    monkeypatch.setattr(sys, "executable", str(python_that_runs(tmp_path, script)))
    results = gate.run_parts(["lint", "browser", "hosts"])
    assert results == {"lint": "passed", "browser": "passed", "hosts": outcome}
    assert "found" in capsys.readouterr().out


def python_that_runs(folder, script):
    """A Python that runs this script, whatever it is asked for."""
    python = folder / "python"
    python.write_text(f"#!{sys.executable}\n{script}\n")
    python.chmod(0o755)
    return python


def test_an_unknown_part_is_refused_with_the_list_of_parts(capsys):
    assert gate.main(["nothing"]) == 2
    said = capsys.readouterr()
    assert "“nothing”" in said.err
    assert "sqlite, postgres" in said.err
    assert said.out == ""


def test_a_command_runs_in_a_data_folder_of_its_own_and_without_our_settings(monkeypatch, capfd):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("NENEP_DATA", "mine")
    tell = "import os; print(os.environ.get('DATABASE_URL'), os.environ['NENEP_DATA'])"
    gate.run("-c", tell)
    database, folder = capfd.readouterr().out.split()
    assert database == "None"
    assert "nenep-test-" in folder
    assert not Path(folder).exists()
    with pytest.raises(gate.Failed):
        gate.run("-c", "raise SystemExit(1)")


def test_compiled_modules_are_kept_for_the_processes_that_follow(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    gate.run("-c", "import sys; sys.exit(sys.dont_write_bytecode)")


@pytest.fixture
def throw_away():
    try:
        with postgres.throw_away() as url:
            yield url
    except machine.Missing as missing:  # the gate says so too, and CI takes it for a failure
        pytest.skip(str(missing))


def test_the_throw_away_server_folds_vietnamese_letters(throw_away):
    with psycopg.connect(throw_away) as connection:
        assert connection.execute("SELECT lower('HỌP ĐẢNG ỦY')").fetchone() == ("họp đảng ủy",)
        assert connection.info.server_version >= 150000


def test_the_throw_away_server_leaves_nothing_behind(throw_away):
    home = Path(throw_away.split("host=")[1])
    assert home.exists()
    with pytest.raises(ZeroDivisionError), postgres.throw_away() as url:
        home = Path(url.split("host=")[1])
        raise ZeroDivisionError
    assert not home.exists()


def test_a_gate_that_is_stopped_stops_what_it_started(tmp_path):
    """A child of the gate is told, may put its things away, and is gone when the gate is."""
    child = f"""
import pathlib, time
pathlib.Path({str(tmp_path / "up")!r}).touch()
try:
    time.sleep(60)
finally:
    pathlib.Path({str(tmp_path / "tidied")!r}).touch()
"""
    script = "import signal, sys; from tools import gate\n"
    script += "gate.PARTS = {'one': lambda: gate.run('-c', sys.argv[1])}; sys.exit(gate.main([]))"
    process = subprocess.Popen(
        [sys.executable, "-c", script, child], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not (tmp_path / "up").exists():
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 143
    assert (tmp_path / "tidied").exists()


def test_the_machine_may_install_only_as_root_with_apt(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not machine.may_install()
    (tmp_path / "apt-get").touch(mode=0o755)
    assert machine.may_install() == (os.geteuid() == 0)


HANGING = """
import subprocess, threading, pytest
def test_lock(): threading.Lock().acquire() and threading.Event().wait()
def test_process():
    try: subprocess.run(["sleep", "60"])
    except Exception: pass
@pytest.fixture
def late():
    yield
    threading.Event().wait()
def test_late(late): pass
def test_quick(): pass
@pytest.mark.skip
def test_left_out(): pass
"""


def strictly(folder, tests, **environment):
    """Run tests as the gate does; returns the exit code and what was printed."""
    (folder / "test_planted.py").write_text(tests)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tools.strictness",
        "-c",
        os.devnull,
        "--rootdir",
        folder,
    ]
    done = subprocess.run(
        [*command, "-n", "2", folder],
        cwd=ROOT,
        env=gate.clean_environment() | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_tests_that_hang_are_ended_and_named_and_the_others_run(tmp_path):
    code, told = strictly(tmp_path, HANGING, NENEP_TEST_SECONDS="0.5")
    assert code == 1
    assert told.count("Failed: hung for 0.5 seconds") >= 3
    assert "2 failed, 2 passed, 1 skipped, 1 error" in told


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_skipped_test_fails_the_run_in_ci_only(tmp_path, ci, code):
    tests = "import pytest\n@pytest.mark.skip\ndef test_x(): pass\ndef test_y(): pass\n"
    assert strictly(tmp_path, tests, CI=ci)[0] == code
