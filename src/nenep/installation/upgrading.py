"""A kept data folder upgrades by itself: first a copy of the database, then the missing migrations."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from nenep.installation import databases
from nenep.installation.sentences import Missing, uses_sqlite
from nenep.search.rebuilding import bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COPIES_KEPT = 3


def pending_migrations() -> list[str]:
    """Names of the migrations that this version brings and the database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def is_empty() -> bool:
    """Whether there is no installation in this database yet; asking makes no file."""
    if uses_sqlite() and not has_file():
        return True
    return "django_migrations" not in connection.introspection.table_names()


def has_file() -> bool:
    path: Path = settings.DATABASES["default"]["NAME"]
    return path.exists() and path.stat().st_size > 0


def unknown_migrations() -> list[str]:
    """Migrations of a newer version that this program does not know: it must not write here."""
    executor = MigrationExecutor(connection)
    known = executor.loader.disk_migrations
    ours = {label for label, _name in known}
    applied = executor.loader.applied_migrations
    return sorted(
        f"{label}.{name}" for label, name in applied if label in ours and (label, name) not in known
    )


def upgrade(say: Callable[[str], object], *, copy: bool = True) -> Path | None:
    """Bring the database to this version; returns the copy that was made before, if one was needed.

    Raises Missing when the database belongs to a newer version or no copy can be made.
    """
    newer = unknown_migrations()
    if newer:
        raise Missing(
            f"Cơ sở dữ liệu này thuộc một bản Nền nếp mới hơn ({newer[0]}); hãy chạy bản mới ấy, "
            "hoặc khôi phục bản sao lưu của bản này."
        )
    pending = pending_migrations()
    made = None
    if pending:
        is_first = is_empty()
        if copy and not is_first:
            made = copy_before_upgrade()
            say(f"Đã sao cơ sở dữ liệu vào {made} trước khi nâng cấp.")
        call_command("migrate", verbosity=0, interactive=False)
        say("Đã lập cơ sở dữ liệu mới." if is_first else f"Đã nâng cấp cơ sở dữ liệu ({len(pending)} bước).")
    call_command("createcachetable", verbosity=0)
    # What was kept before there was an index, or was folded by other rules, is to be found as well.
    bring_up_to_date()
    return made


def copy_before_upgrade() -> Path:
    """A copy of the database in `copies/`; the newest three stay."""
    folder = settings.DATA / "copies"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    suffix = "sqlite3" if uses_sqlite() else "dump"
    path: Path = folder / f"before-upgrade-{timezone.localtime():%Y%m%d-%H%M%S}.{suffix}"
    _refuse_full_disk(folder)
    databases.copy_to(path)
    for old in sorted(folder.glob("before-upgrade-*"))[:-COPIES_KEPT]:
        old.unlink()
    return path


def _refuse_full_disk(folder: Path) -> None:
    if not uses_sqlite():
        return
    needed = settings.DATABASES["default"]["NAME"].stat().st_size
    if shutil.disk_usage(folder).free < needed * 1.2:
        raise Missing(
            "Không đủ chỗ trên ổ đĩa để sao cơ sở dữ liệu trước khi nâng cấp "
            f"(cần {needed >> 20} MB tại {folder}); hãy dọn bớt rồi chạy lại."
        )
