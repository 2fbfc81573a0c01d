"""Emptying a demo database: only one that carries the mark."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from nenep.demo.models import DemoLoaded
from nenep.shared.states import Refused


def empty() -> None:
    """Drop everything in the database and the files beside it. Refused unless the database is marked as a demo."""
    if (
        DemoLoaded._meta.db_table not in connection.introspection.table_names()
        or not DemoLoaded.objects.exists()
    ):
        raise Refused(
            "Cơ sở dữ liệu này không phải dữ liệu mẫu nên không xóa. Đồng chí chọn thư mục dữ liệu khác."
        )
    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        connection.close()
        for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            name.unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    for folder in (settings.FILES_ROOT, settings.DATA / "demo"):
        shutil.rmtree(folder, ignore_errors=True)
