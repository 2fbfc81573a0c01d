"""What the program keeps is for one user of the machine: new folders, and those of older versions."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import data_folder
from config.data_folder import make_private, open_to_others

ROOT = Path(__file__).resolve().parents[1]
INIT = ["init", "--hosts", "nennep.example", "--body-code", "DBK", "--body-name", "Đảng bộ Khối"]
INIT += ["--admin-name", "Lê Quản Trị", "--admin-username", "quantri"]


def run(data, *arguments, profile="production"):
    """A command as on a machine whose usual new files everybody may read."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NENEP_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=kept | {"NENEP_DATA": str(data), "NENEP_PROFILE": profile},
        capture_output=True,
        text=True,
        check=False,
        umask=0o022,
    )


def readable_by_others(data):
    return sorted(path.name for path in [data, *data.rglob("*")] if path.stat().st_mode & 0o077)


def old_folder(place):
    """As an older version left it: everybody may look."""
    data = place / "data"
    data.mkdir()
    for name in ("nenep.sqlite3", "settings.env", "profile"):
        (data / name).touch()
        (data / name).chmod(0o644)
    (data / "files").mkdir()
    (data / "files").chmod(0o755)
    data.chmod(0o755)
    return data


def test_new_installation_is_for_its_own_user_only_and_every_name_in_it_is_known(tmp_path):
    """A name missing from the list would make the folder look foreign and stay open."""
    made = run(tmp_path / "data", *INIT)
    assert made.returncode == 0, made.stderr
    names = {path.name for path in (tmp_path / "data").iterdir()}
    assert {"nenep.sqlite3", "settings.env"} <= names <= set(data_folder.OURS)
    assert readable_by_others(tmp_path / "data") == []


def test_new_installation_without_the_mask_would_be_noticed(tmp_path):
    """Twin: the same look at what an older version left."""
    data = old_folder(tmp_path)
    assert readable_by_others(data) == ["data", "files", "nenep.sqlite3", "profile", "settings.env"]


def test_folder_of_an_older_version_is_closed_at_the_next_command_and_that_is_said_once(tmp_path):
    data = old_folder(tmp_path)
    (data / "profile").write_text("production\n")
    said = run(data, "verify").stderr
    assert "người khác trên máy đọc được; từ nay chỉ" in said
    assert readable_by_others(data) == []
    assert "trước đây" not in run(data, "verify").stderr


def test_folder_with_foreign_things_keeps_its_rights_and_ours_are_closed(tmp_path):
    data = old_folder(tmp_path)
    (data / "anh-gia-dinh.jpg").touch(mode=0o644)
    assert make_private(data)
    assert readable_by_others(data) == ["anh-gia-dinh.jpg", "data"]
    assert open_to_others(data) is None
    data.chmod(0o777)
    assert open_to_others(data) == data


@pytest.mark.parametrize(("profile", "code"), [("production", 2), ("demo", 0)])
def test_folder_that_others_may_write_to_stops_production_with_one_sentence(tmp_path, profile, code):
    data = tmp_path / "data"
    data.mkdir()
    (data / "foreign").touch()
    data.chmod(0o777)
    answer = run(data, "check", profile=profile)
    assert answer.returncode == code
    if code:
        assert answer.stderr.count("\n") == 1
        assert f"{data};" in answer.stderr
        assert "chmod 700" in answer.stderr


def test_what_is_not_ours_to_close_is_found(tmp_path, monkeypatch):
    """The folder of another user: no right to change it, so it must not go unnoticed."""
    data = old_folder(tmp_path)

    def refuse(_path, _mode):
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    assert not make_private(data)
    assert open_to_others(data) == data


def test_link_is_not_followed(tmp_path):
    data = old_folder(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    (data / "copies").symlink_to(elsewhere)
    make_private(data)
    assert elsewhere.stat().st_mode & 0o777 == 0o755
