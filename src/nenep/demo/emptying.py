"""What the demo may do to a database: fill an empty one, empty one that carries the mark, leave any other alone."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from config import environment
from nenep.access.models import Account
from nenep.demo.models import DemoLoaded
from nenep.installation.sentences import uses_sqlite
from nenep.organizations.models import Body
from nenep.shared.states import Refused


def refuse_real_data() -> None:
    """Before anything is written, for the demo would turn a real installation into one without its safeguards."""
    if environment.noted_profile(settings.DATA) == "production":
        raise Refused(
            f"Thư mục dữ liệu {settings.DATA} thuộc một cài đặt thật nên lệnh demo không thay đổi gì ở đó; "
            "hãy chọn thư mục khác bằng NENEP_DATA."
        )
    if _holds_records() and not is_loaded():
        raise Refused(
            "Cơ sở dữ liệu này đã có dữ liệu thật, không phải dữ liệu mẫu, nên lệnh demo không thay đổi gì; "
            "hãy chọn thư mục khác bằng NENEP_DATA hoặc cơ sở dữ liệu khác bằng DATABASE_URL."
        )


def is_loaded() -> bool:
    return is_marked() and DemoLoaded.objects.filter(finished_at__isnull=False).exists()


def is_marked() -> bool:
    """Also while a load is unfinished: what it wrote came in one transaction, so it left nothing behind."""
    return _has_rows(DemoLoaded)


def empty() -> None:
    """Drop everything in the database and the files beside it. Refused unless the database is marked as a demo."""
    if not is_marked():
        raise Refused(
            "Cơ sở dữ liệu này không phải dữ liệu mẫu nên không xóa; hãy chọn thư mục dữ liệu khác."
        )
    if uses_sqlite():
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


def _holds_records() -> bool:
    return any(_has_rows(model) for model in (Body, Account))


def _has_rows(model: type[Body | Account | DemoLoaded]) -> bool:
    """Also where the tables are not there yet."""
    return model._meta.db_table in connection.introspection.table_names() and model.objects.exists()
