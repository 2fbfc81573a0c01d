"""What is missing around a command ends in one sentence and exit code 2, never a traceback."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import manage
import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.data_folder import SOUND_FROM
from nenep.importers.tests.make import sheet
from nenep.importers.tests.test_operations import BODIES
from nenep.notices.tests.process import migrated_installation

ROOT = Path(__file__).resolve().parents[1]


def run(data, *arguments, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NENEP_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=kept | {"NENEP_DATA": str(data)} | more,
        capture_output=True,
        text=True,
        check=False,
    )


def refused(process):
    assert process.returncode == 2
    assert process.stdout == ""
    assert process.stderr.count("\n") == 1, process.stderr
    return process.stderr


def test_a_data_folder_without_tables_says_which_commands_make_them(tmp_path):
    assert "./nenep demo hoặc ./nenep init" in refused(run(tmp_path, "verify"))
    assert "Không có lựa chọn --nothing;" in refused(run(tmp_path, "verify", "--nothing"))


def test_a_data_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "data").touch()
    assert str(tmp_path / "data") in refused(run(tmp_path / "data", "verify"))


def test_a_wrong_setting_is_named_with_what_is_allowed(tmp_path):
    assert "NENEP_HTTPS là “9”; chỉ nhận 0 hoặc 1." in refused(run(tmp_path, "verify", NENEP_HTTPS="9"))
    said = refused(run(tmp_path, "verify", NENEP_IDLE_MINUTES="0"))
    assert "NENEP_IDLE_MINUTES là “0”; phải là một số nguyên, từ 1 trở lên." in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["verify", "--nothing"], "Không có lựa chọn --nothing; gõ ./nenep verify --help để xem cách dùng."),
        (["import"], "Còn thiếu KIND, FILE; gõ ./nenep import --help"),
        (["import", "people", "x.xlsx"], "KIND không nhận “people”, chỉ nhận"),
        (["generate"], "Còn thiếu --size;"),
        (["generate", "--size"], "--size phải có một giá trị đi sau;"),
        (["bench", "--size", "foo"], "--size không nhận “foo”, chỉ nhận"),
        (["bench", "--with"], "--with phải có giá trị đi sau;"),
        (["serve", "--port", "abc"], "--port không nhận giá trị “abc”;"),
        (["backup"], "Còn thiếu FILE;"),
        (["restore", "a", "b"], "Không có lựa chọn b;"),
    ],
    ids=" ".join,
)
def test_bad_use_is_said_in_one_vietnamese_sentence(arguments, said, capsys, monkeypatch):
    """Asked in this process, as ten times setting up Django tells nothing more; the first of all asks from outside."""
    stay_in_this_process(monkeypatch)
    with pytest.raises(SystemExit) as stopped:
        manage.main(arguments)
    heard = capsys.readouterr()
    assert (stopped.value.code, heard.out, heard.err.count("\n")) == (2, "", 1), heard.err
    assert heard.err.startswith(said)


def stay_in_this_process(monkeypatch):
    for change in ("close_data_folder", "hold_data_folder"):
        monkeypatch.setattr(manage, change, lambda: None)
    monkeypatch.setattr(os, "umask", lambda _mask: 0)


@pytest.mark.django_db
@pytest.mark.either_database  # a command closes its connections, which on PostgreSQL are the test's
@pytest.mark.parametrize("way", ["--template", "--export", "--marked"])
def test_a_file_that_cannot_be_written_is_said_in_one_sentence(way, tmp_path, capsys, monkeypatch):
    """A folder in its place, a file where its folder should be, and no folder at all."""
    stay_in_this_process(monkeypatch)
    (tmp_path / "file").touch()
    wrong = tmp_path / "sai.xlsx"
    wrong.write_bytes(sheet("bodies", {**BODIES[1], "parent": "KHONGCO"}))
    for place, said in (
        (tmp_path, "là một thư mục"),
        (tmp_path / "file" / "x", "Không có"),
        (tmp_path / "no" / "x", "Không có"),
    ):
        arguments = [wrong, way, place] if way == "--marked" else [place, way]
        assert manage.main(["import", "bodies", *map(str, arguments)]) == 2
        heard = capsys.readouterr()
        assert (heard.out, heard.err.count("\n")) == ("", 1)
        assert said in heard.err
        assert str(place) in heard.err


def test_help_is_vietnamese_and_leaves_out_what_only_developers_use(tmp_path):
    said = run(tmp_path, "serve", "--help").stdout
    assert said.startswith("cách dùng: ./nenep serve")
    assert "--settings" not in said
    assert "show" not in said


def test_a_database_server_that_does_not_answer_is_said(tmp_path):
    said = refused(run(tmp_path, "verify", DATABASE_URL="postgresql://u@127.0.0.1:9/x"))
    assert "Không nối được máy chủ PostgreSQL" in said


def test_no_start_waits_for_the_libraries_of_papers_and_sheets(tmp_path):
    libraries = {"openpyxl", "docx", "typst", "pypdf", "icalendar", "qrcode"}
    code = f"import django, sys; django.setup(); print(*({libraries} & set(sys.modules)))"
    needed = {
        "NENEP_DATA": str(tmp_path),
        "NENEP_PROFILE": "demo",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | needed | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


def test_an_error_of_our_own_keeps_its_traceback(tmp_path):
    broken = run(tmp_path, "verify", DJANGO_SETTINGS_MODULE="nothing")
    assert broken.returncode == 1
    assert "Traceback" in broken.stderr


@pytest.fixture
def in_use(tmp_path):
    """A data folder with all tables that another process holds."""
    data = migrated_installation(tmp_path).data
    handle = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield data
    os.close(handle)


def test_what_keeps_nothing_runs_while_the_program_is_served(in_use):
    sheet = str(in_use / "bodies.xlsx")
    for arguments, said in (
        (["facts", "--rebuild", "--check"], "0 chỗ khác."),
        (["import", "bodies", sheet, "--template"], ""),
        (["import", "bodies", sheet, "--dry-run"], "Không có tổ chức cấp trên mã"),
    ):
        done = run(in_use, *arguments)
        assert said in done.stdout, done.stderr
        assert done.returncode < 2, done.stderr


@pytest.mark.skipif(sqlite3.sqlite_version_info >= SOUND_FROM, reason="a sound SQLite lets them write")
def test_what_writes_waits_until_the_program_stops(in_use):
    """The twin: the same commands, keeping what they find."""
    for arguments in (["facts", "--rebuild"], ["import", "bodies", str(in_use / "bodies.xlsx")]):
        assert "đang được tiến trình" in refused(run(in_use, *arguments))


def test_the_kind_of_installation_is_kept_in_its_data_folder_and_the_environment_wins(tmp_path, monkeypatch):
    monkeypatch.delenv("NENEP_PROFILE", raising=False)
    assert environment.profile(tmp_path) == "production"
    environment.keep_profile(tmp_path / "new", "demo")
    assert environment.profile(tmp_path / "new") == "demo"
    monkeypatch.setenv("NENEP_PROFILE", "production")
    assert environment.profile(tmp_path / "new") == "production"
    monkeypatch.delenv("NENEP_PROFILE")
    environment.keep_profile(tmp_path, "something")
    with pytest.raises(ImproperlyConfigured, match="demo, production"):
        environment.profile(tmp_path)


def test_a_program_and_its_options_are_parted_as_a_shell_would(monkeypatch):
    monkeypatch.setenv("NENEP_OCR", '"/opt/my ocr/run" --psm 4; rm x')
    assert environment.command("NENEP_OCR") == ("/opt/my ocr/run", "--psm", "4;", "rm", "x")
    monkeypatch.setenv("NENEP_OCR", '"/opt')
    with pytest.raises(ImproperlyConfigured, match="NENEP_OCR"):
        environment.command("NENEP_OCR")
    monkeypatch.delenv("NENEP_OCR")
    assert environment.command("NENEP_OCR") == ()
