"""What must be right before an installation serves real people; `check --deploy` and `init` say it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import checks

from config.data_folder import SOUND_FROM, open_to_others
from nenep.installation.sentences import uses_sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator


def register() -> None:
    checks.register(production, deploy=True)


def production(**_options: Any) -> list[checks.CheckMessage]:
    return list(_missing())


def missing_for_production() -> list[str]:
    """Every reason why this installation may not serve yet, as Vietnamese sentences; empty when it may."""
    found = checks.run_checks(include_deployment_checks=True)
    # What models say about themselves is the business of whoever writes the program.
    ours = [message for message in found if (message.id or "").startswith(("security.", "installation."))]
    return [_sentence(message) for message in ours if message.level >= checks.WARNING]


def _sentence(message: checks.CheckMessage) -> str:
    if message.id and message.id.startswith("installation."):
        return f"{message.msg} {message.hint}" if message.hint else str(message.msg)
    return DJANGO_SENTENCES.get(message.id or "", f"{message.id}: {message.msg}")


# Django's own checks that a wrong environment of ours can bring about.
DJANGO_SENTENCES = {
    "security.W004": "Chưa bật HSTS; hãy đặt NENEP_HTTPS=1.",
    "security.W008": "Chưa chuyển mọi địa chỉ sang HTTPS; hãy đặt NENEP_HTTPS=1.",
    "security.W009": "Khóa bí mật quá ngắn; hãy xóa tệp secret_key trong thư mục dữ liệu để tạo lại.",
    "security.W012": "Cookie phiên làm việc chưa an toàn; hãy đặt NENEP_HTTPS=1.",
    "security.W016": "Cookie chống giả mạo chưa an toàn; hãy đặt NENEP_HTTPS=1.",
    "security.W018": "Chế độ gỡ lỗi đang bật; hãy tắt đi.",
    "security.W020": "Chưa nêu tên miền; hãy đặt NENEP_HOSTS, ví dụ NENEP_HOSTS=nennep.tinh.vn.",
}


def _missing() -> Iterator[checks.CheckMessage]:
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield checks.Warning(
            "Chưa nêu đúng tên miền mà người dùng sẽ gõ.",
            hint="Hãy đặt NENEP_HOSTS, ví dụ NENEP_HOSTS=nennep.tinh.vn.",
            id="installation.W001",
        )
    if found := open_to_others(settings.DATA):
        yield checks.Warning(
            f"Người khác trên máy này đọc hoặc sửa được {found}.",
            hint="Hãy trao thư mục dữ liệu cho riêng người dùng chạy phần mềm (chown, chmod 700).",
            id="installation.W002",
        )
    if not settings.EMAIL_HOST:
        yield checks.Info(
            "Chưa có máy chủ thư điện tử: thông báo chỉ vào hộp thông báo và bản in.",
            hint="Nếu muốn gửi thư, hãy đặt NENEP_MAIL_HOST.",
            id="installation.I001",
        )
    if uses_sqlite() and sqlite3.sqlite_version_info < SOUND_FROM:
        yield checks.Info(
            f"SQLite {sqlite3.sqlite_version} có lỗi khi nhiều tiến trình cùng ghi; "
            "phần mềm chỉ cho một tiến trình ghi.",
            hint="Muốn nhiều tiến trình, hãy dùng PostgreSQL hoặc SQLite 3.51.3 trở lên.",
            id="installation.I002",
        )
