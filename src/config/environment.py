"""Reads the environment; a wrong value ends in one sentence that names it and what is allowed."""

import os
import secrets
import shlex
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config import data_folder

PROFILES = ("demo", "production")


def load(data: Path) -> None:
    """Take what `init` noted in the data folder; a variable that is set already wins."""
    note = data / "settings.env"
    lines = note.read_text(encoding="utf-8").splitlines() if note.exists() else []
    for line in lines:
        name, separator, value = line.partition("=")
        if line.startswith("#") or not line.strip():
            continue
        if not separator or not name.startswith(("NENEP_", "DATABASE_URL")):
            raise ImproperlyConfigured(
                f"tệp {note} có dòng “{line}”; mỗi dòng phải có dạng NENEP_TÊN=giá trị."
            )
        os.environ.setdefault(name.strip(), value.strip())


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def command(name: str) -> tuple[str, ...]:
    """A program and its options, as a shell would part them; no shell ever sees it."""
    try:
        return tuple(shlex.split(text(name)))
    except ValueError as wrong:
        raise ImproperlyConfigured(f"{name} là “{text(name)}”; thiếu dấu ngoặc kép đóng.") from wrong


def folder(name: str) -> Path | None:
    """A folder that is there; None when nothing is set."""
    value = text(name)
    if value and not Path(value).is_dir():
        raise ImproperlyConfigured(f"{name} là “{value}”; không có thư mục ấy.")
    return Path(value) if value else None


def file(name: str) -> Path | None:
    """A file that is there; None when nothing is set."""
    value = text(name)
    if value and not Path(value).is_file():
        raise ImproperlyConfigured(f"{name} là “{value}”; không có tệp ấy.")
    return Path(value) if value else None


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} là “{value}”; chỉ nhận 0 hoặc 1.")
    return value == "1"


def whole_number(name: str, default: int, *, least: int = 0) -> int:
    value = text(name, str(default))
    if not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name} là “{value}”; phải là một số nguyên, từ {least} trở lên.")
    return int(value)


def one_of(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = text(name) or default
    if value not in allowed:
        raise ImproperlyConfigured(
            f"{name} là “{value}”; chỉ nhận một trong các giá trị {', '.join(allowed)}."
        )
    return value


def profile(data: Path) -> str:
    """The kind of this installation: NENEP_PROFILE, else what `keep_profile` noted in the data folder."""
    return one_of("NENEP_PROFILE", PROFILES, noted_profile(data) or "production")


def noted_profile(data: Path) -> str:
    note = data / "profile"
    return note.read_text(encoding="ascii").strip() if note.exists() else ""


def keep_profile(data: Path, chosen: str) -> None:
    """Note the kind of installation, so that later commands on this data folder need no variable."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / "profile").write_text(f"{chosen}\n", encoding="ascii")


def keep_setting(data: Path, name: str, value: str) -> None:
    """Note a setting in the data folder, so that it need not stand in the environment."""
    with (data / "settings.env").open("a", encoding="utf-8") as note:
        note.write(f"{name}={value}\n")


def secret_key(data: Path) -> str:
    """The key of this installation: from a named file, or made once in the data folder (mode 0600)."""
    named = text("NENEP_SECRET_KEY_FILE")
    path = Path(named) if named else data / "secret_key"
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    if named:
        raise ImproperlyConfigured(
            f"không có tệp {named} nêu trong NENEP_SECRET_KEY_FILE; hãy sửa đường dẫn."
        )
    data_folder.make(data)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    data_folder.made(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")


def database(data: Path) -> dict[str, Any]:
    """PostgreSQL when DATABASE_URL names it, else the embedded SQLite file of the data folder."""
    url = text("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "nenep.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # IMMEDIATE: a reader that turns writer would otherwise meet "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
                "PRAGMA temp_store=MEMORY;",
            },
        }
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            "DATABASE_URL phải bắt đầu bằng postgresql://; bỏ biến này thì dùng SQLite."
        )
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  # only where PostgreSQL is used

    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Behind a transaction pooler a cursor does not outlive its transaction.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": parts,
    }
