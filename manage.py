"""Django's command entry; `./nenep` calls it after it has made the environment.

What is missing around the program (a setting, disk, the database) ends here in one sentence and exit code 2.
"""

import errno
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent

# What the database drivers say, and what a person can do about it.
DATABASE_TROUBLES = {
    "no such table": "Cơ sở dữ liệu này chưa được khởi tạo; hãy chạy ./nenep demo hoặc ./nenep init trước.",
    "does not exist": "Cơ sở dữ liệu này chưa được khởi tạo; hãy chạy ./nenep demo hoặc ./nenep init trước.",
    "disk is full": "Ổ đĩa đã đầy nên cơ sở dữ liệu không ghi được; hãy dọn bớt rồi chạy lại.",
    "No space left": "Ổ đĩa đã đầy nên cơ sở dữ liệu không ghi được; hãy dọn bớt rồi chạy lại.",
    "unable to open database file": "Không mở được cơ sở dữ liệu; hãy kiểm tra quyền ghi vào {data}.",
    "readonly database": "Không ghi được cơ sở dữ liệu; hãy kiểm tra quyền ghi vào {data}.",
    "database is locked": "Cơ sở dữ liệu đang bận vì một lệnh khác; hãy đợi lệnh đó xong rồi chạy lại.",
    "connection": "Không nối được máy chủ PostgreSQL trong DATABASE_URL ({said}); hãy kiểm tra máy chủ ấy.",
    "translate host": "Không nối được máy chủ PostgreSQL trong DATABASE_URL ({said}); hãy kiểm tra tên ấy.",
}

# They write for long; on SQLite only one process at a time may (config.data_folder).
WRITING_COMMANDS = {"demo", "facts", "generate", "import", "search"}
# With one of these such a command keeps nothing in the database.
KEEPS_NOTHING = {"-h", "--help", "--check", "--dry-run", "--template"}


def main(arguments: list[str]) -> int:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    from config.data_folder import DataFolderInUse, DataFolderOpen
    from nenep.rulebook.reading import PackError

    sentences = {
        ImproperlyConfigured: lambda error: f"Cấu hình chưa đúng: {error}",
        PackError: lambda error: error.sentence,
        DataFolderInUse: lambda error: about_the_lock(error.pid),
        DataFolderOpen: lambda error: about_the_rights(error.path),
        OperationalError: about_the_database,
        ProgrammingError: about_the_database,
        OSError: about_the_disk,
    }
    os.umask(0o077)  # whatever a command writes is for its own user only
    try:
        if not {"-h", "--help"} & set(arguments):
            close_data_folder()
        if arguments and arguments[0] in WRITING_COMMANDS and not KEEPS_NOTHING & set(arguments):
            hold_data_folder()
        execute_from_command_line(["nenep", *arguments])
    except KeyboardInterrupt:
        return 130
    except tuple(sentences) as error:
        about = next(say for kind, say in sentences.items() if isinstance(error, kind))
        return complain(error, about(error), arguments)
    return 0


def complain(error: Exception, sentence: str, arguments: list[str]) -> int:
    """Say what is missing; an error of our own has no sentence and keeps its traceback."""
    if not sentence or "--traceback" in arguments:
        raise error
    sys.stderr.write(f"{sentence}\n")
    return 2


def hold_data_folder() -> None:
    from django.conf import settings

    from config.data_folder import hold_for_a_command

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        hold_for_a_command(settings.DATA)


def close_data_folder() -> None:
    """Close the data folder to other users of this machine; in production it must be closed."""
    from django.conf import settings

    from config.data_folder import DataFolderOpen, make_private, open_to_others

    if make_private(settings.DATA):
        sys.stderr.write(
            f"Thư mục dữ liệu {settings.DATA} trước đây người khác trên máy đọc được; từ nay chỉ người dùng "
            "đang chạy lệnh này đọc được.\n"
        )
    found = open_to_others(settings.DATA)
    if found and settings.PROFILE == "production":
        raise DataFolderOpen(found)


def about_the_rights(path: Path) -> str:
    return (
        f"Người khác trên máy này đọc hoặc sửa được {path}; hãy trao thư mục dữ liệu cho riêng người dùng "
        "đang chạy lệnh này (chown, chmod 700), hoặc chọn thư mục khác bằng NENEP_DATA, rồi chạy lại."
    )


def about_the_lock(pid: int) -> str:
    return (
        f"Thư mục dữ liệu {data_folder()} đang được tiến trình {pid or 'khác'} sử dụng; "
        "hãy dừng tiến trình ấy rồi chạy lại."
    )


def about_the_database(error: Exception) -> str:
    said = " ".join(str(error).split())
    found = (sentence for mark, sentence in DATABASE_TROUBLES.items() if mark in said)
    return next(found, "").format(said=said, data=data_folder())


def about_the_disk(error: OSError) -> str:
    place = str(error.filename or data_folder())
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"Ổ đĩa đã đầy, không ghi được {place}; hãy dọn bớt rồi chạy lại."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"Không có quyền ghi {place}; hãy sửa quyền hoặc chọn thư mục dữ liệu khác bằng NENEP_DATA."
    is_ours = place.startswith(str(data_folder()))
    if error.errno in {errno.ENOENT, errno.ENOTDIR} and not is_ours:
        return f"Không có {place}; hãy kiểm tra lại đường dẫn đã gõ."
    if error.errno == errno.EISDIR:
        return f"{place} là một thư mục; hãy ghi tên một tệp."
    return (
        f"Không dùng được thư mục dữ liệu {place}; hãy chọn thư mục khác bằng NENEP_DATA." if is_ours else ""
    )


def data_folder() -> Path:
    return Path(os.environ.get("NENEP_DATA") or ROOT / "var").resolve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
