"""Backup and restore: one file that holds an installation at one point in time, and proves that it is whole.

The archive is a gzipped tar: `database.sqlite3` or `database.dump`, what the data folder holds beside it,
then `manifest.json` (the SHA-256 of every member, versions, journal heads) and its seal `manifest.sha256`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

import nenep
from config.data_folder import leave_as_found, make
from nenep.installation import databases, upgrading
from nenep.installation.sentences import Missing, hold_data_folder, uses_sqlite
from nenep.journal.chains import INSTALLATION
from nenep.journal.heads import Head

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
# Beside the database: the key that printed codes hang on, the key of push, the kind of installation, its settings.
KEPT_FILES = ("secret_key", "push_key", "profile", "settings.env")
FILES = "files"
# A packed database is large and repetitive: a fast level gains most of it.
LEVEL = 3
CHUNK = 1 << 20
NOT_OURS = "Tệp {path} không phải bản sao lưu của Nền nếp, hoặc đã bị cắt cụt; không có gì được khôi phục."
DAMAGED = "Bản sao lưu {path} đã hỏng ({what}); không có gì được khôi phục. Hãy dùng một bản khác."


class Unfit(Exception):
    """The archive may not be restored; the message is the whole Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Manifest:
    format: int
    version: str
    made_at: str
    database: str  # sqlite3 | dump
    migrations: list[str]
    journal: dict[str, Any]
    members: dict[str, str]  # name in the archive -> SHA-256


def back_up(path: Path) -> Manifest:
    """Write the whole installation to `path`, which must not exist, while others go on writing.

    The database is one point in time; files are added after it, so every file it names is there.
    """
    if upgrading.is_empty():
        raise Missing("Chưa có dữ liệu nào để sao lưu; hãy chạy ./nenep init hoặc ./nenep demo trước.")
    if path.exists():
        raise Missing(f"Đã có tệp {path}; hãy chọn tên khác để không ghi đè bản sao lưu cũ.")
    if not path.parent.is_dir():
        raise Missing(f"Không có thư mục {path.parent}; hãy tạo thư mục ấy hoặc chọn nơi khác.")
    with tempfile.TemporaryDirectory(prefix=".nenep-", dir=path.parent) as folder:
        copy = Path(folder) / f"database.{_kind()}"
        journal = _copy_with_heads(copy)
        partial = Path(folder) / "archive"
        with _opened_to_write(partial) as tar:
            manifest = _pack(tar, copy, journal)
        partial.rename(path)
    return manifest


def restore(path: Path) -> Manifest:
    """Fill an empty installation from an archive, after the whole archive has been checked.

    Raises Unfit when the archive is damaged, foreign or newer than this program; Missing when this place is
    not empty. Refused, it leaves an empty place as it was.
    """
    make(settings.DATA)
    hold_data_folder()
    try:
        _refuse_full_place()
        return _restore(path)
    except (Unfit, Missing):
        leave_as_found(settings.DATA)
        raise


def _restore(path: Path) -> Manifest:
    if not path.is_file():
        raise Missing(f"Không có tệp {path}; hãy kiểm tra lại tên tệp.")
    _refuse_small_disk(path)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=settings.DATA) as name:
        folder = Path(name)
        manifest = _unpack(path, folder)
        _check(manifest, folder, path)
        connections.close_all()
        if not uses_sqlite():
            databases.load_from(folder / "database.dump")
        _move_in(folder)
    return manifest


def _kind() -> str:
    return "sqlite3" if uses_sqlite() else "dump"


def _copy_with_heads(copy: Path) -> dict[str, Any]:
    """The copy and the journal heads of the very same moment."""
    if uses_sqlite():
        databases.copy_to(copy)
        return _heads_in(copy)
    with databases.snapshot() as snapshot:
        databases.copy_to(copy, snapshot=snapshot)
        with connection.cursor() as cursor:
            cursor.execute(HEADS)
            return _summary(cursor.fetchall())


HEADS = "SELECT key, length, head FROM journal_chain ORDER BY key"


def _heads_in(database: Path) -> dict[str, Any]:
    reader = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return _summary(reader.execute(HEADS).fetchall())
    finally:
        reader.close()


def _summary(heads: list[Any]) -> dict[str, Any]:
    rows = [list(row) for row in heads]
    sealed = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
    top = next((f"{Head(*row)}" for row in rows if row[0] == INSTALLATION and row[1]), None)
    return {"chains": len(rows), "events": sum(row[1] for row in rows), "heads": sealed, "head": top}


@contextmanager
def _opened_to_write(path: Path) -> Iterator[tarfile.TarFile]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with (
            gzip.GzipFile("", "wb", compresslevel=LEVEL, fileobj=raw, mtime=0) as packed,
            tarfile.open(mode="w|", fileobj=packed, format=tarfile.PAX_FORMAT) as tar,
        ):
            yield tar
        raw.flush()
        os.fsync(raw.fileno())


def _pack(tar: tarfile.TarFile, copy: Path, journal: dict[str, Any]) -> Manifest:
    members = {copy.name: _add_file(tar, copy, copy.name)}
    for source, name in _beside_the_database():
        members[name] = _add_file(tar, source, name)
    manifest = Manifest(
        FORMAT,
        nenep.__version__,
        timezone.now().isoformat(timespec="seconds"),
        _kind(),
        sorted(f"{label}.{name}" for label, name in MigrationLoader(connection).applied_migrations),
        journal,
        members,
    )
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    _add_bytes(tar, MANIFEST, text)
    _add_bytes(tar, SEAL, hashlib.sha256(text).hexdigest().encode())
    return manifest


def _beside_the_database() -> Iterator[tuple[Path, str]]:
    for name in KEPT_FILES:
        if (settings.DATA / name).is_file():
            yield settings.DATA / name, name
    root = settings.FILES_ROOT
    for path in sorted(root.rglob("*")) if root.is_dir() else []:
        if path.is_file() and not path.is_symlink():
            yield path, f"{FILES}/{path.relative_to(root).as_posix()}"


def _add_file(tar: tarfile.TarFile, source: Path, name: str) -> str:
    member = tarfile.TarInfo(name)
    with source.open("rb") as file:
        member.size = os.fstat(file.fileno()).st_size
        member.mode, member.mtime = 0o600, int(source.stat().st_mtime)
        reader = _Hashing(file)
        tar.addfile(member, reader)
    return reader.hash.hexdigest()


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


class _Hashing:
    """Hashes what is read through it, so that each file is read once."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self.file.read(size)
        self.hash.update(content)
        return content


def _refuse_full_place() -> None:
    files: Path = settings.FILES_ROOT
    if not upgrading.is_empty() or (files.is_dir() and any(files.iterdir())):
        raise Missing(
            f"Nơi khôi phục phải trống, mà {settings.DATA} (hoặc cơ sở dữ liệu) đã có dữ liệu; "
            "hãy chọn thư mục khác bằng NENEP_DATA."
        )


def _refuse_small_disk(path: Path) -> None:
    needed, free = path.stat().st_size * 2, shutil.disk_usage(settings.DATA).free
    if free < needed:
        raise Missing(
            f"Không đủ chỗ trên ổ đĩa để khôi phục (cần ít nhất {needed >> 20} MB tại {settings.DATA}, còn "
            f"{free >> 20} MB); hãy dọn bớt rồi chạy lại."
        )


def _unpack(path: Path, folder: Path) -> Manifest:
    """Every member into `folder`, hashed on the way; returns the sealed manifest when all hashes agree."""
    hashes: dict[str, str] = {}
    try:
        with gzip.open(path) as packed:
            with tarfile.open(mode="r|", fileobj=packed) as tar:
                for member in tar:
                    _refuse_foreign(member, path)
                    hashes[member.name] = _extract(tar, member, folder)
            while packed.read(CHUNK):  # the check sum of the whole stands at its end
                pass
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, ValueError) as error:
        raise Unfit(NOT_OURS.format(path=path)) from error
    return _sealed(hashes, folder, path)


def _refuse_foreign(member: tarfile.TarInfo, path: Path) -> None:
    name = PurePosixPath(member.name)
    ours = member.name in {MANIFEST, SEAL, "database.sqlite3", "database.dump", *KEPT_FILES}
    ours = ours or (name.parts[0] == FILES and len(name.parts) > 1 and ".." not in name.parts)
    if not (member.isreg() and ours):
        raise Unfit(NOT_OURS.format(path=path))


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    content = tar.extractfile(member)
    assert content is not None  # a regular file
    reader = _Hashing(content)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while chunk := reader.read(CHUNK):
            file.write(chunk)
    return reader.hash.hexdigest()


def _sealed(hashes: dict[str, str], folder: Path, path: Path) -> Manifest:
    if MANIFEST not in hashes or SEAL not in hashes:
        raise Unfit(NOT_OURS.format(path=path))
    if (folder / SEAL).read_text("ascii", "replace") != hashes[MANIFEST]:
        raise Unfit(DAMAGED.format(path=path, what="bản kê không khớp dấu niêm phong"))
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_bytes()))
    except (TypeError, ValueError) as error:
        raise Unfit(NOT_OURS.format(path=path)) from error
    found = {name: value for name, value in hashes.items() if name not in {MANIFEST, SEAL}}
    for name in sorted(found.keys() | manifest.members.keys()):
        if found.get(name) != manifest.members.get(name):
            raise Unfit(DAMAGED.format(path=path, what=f"{name} không khớp mã băm"))
    return manifest


def _check(manifest: Manifest, folder: Path, path: Path) -> None:
    if manifest.format > FORMAT or _unknown(manifest):
        raise Unfit(
            f"Bản sao lưu {path} do Nền nếp {manifest.version} làm, mới hơn bản đang chạy; "
            "hãy dùng bản ấy để khôi phục."
        )
    if manifest.database != _kind():
        asked = "đặt DATABASE_URL" if manifest.database == "dump" else "bỏ DATABASE_URL"
        raise Unfit(f"Bản sao lưu {path} thuộc loại cơ sở dữ liệu khác; hãy {asked} rồi chạy lại.")
    database = folder / "database.sqlite3"
    if database.exists() and (
        # Older archives say less about the journal.
        databases.integrity(database) != "ok" or not manifest.journal.items() <= _heads_in(database).items()
    ):
        raise Unfit(DAMAGED.format(path=path, what="cơ sở dữ liệu không toàn vẹn"))


def _unknown(manifest: Manifest) -> set[str]:
    """Migrations of our modules that this program does not have."""
    known = MigrationLoader(None).disk_migrations
    ours = {label for label, _name in known}
    stated = {tuple(name.split(".", 1)) for name in manifest.migrations}
    return {f"{label}.{name}" for label, name in stated if label in ours and (label, name) not in known}


def _move_in(folder: Path) -> None:
    """Renames within one disk; the database comes last, since only it says that there is an installation."""
    data: Path = settings.DATA
    for name in (*KEPT_FILES, FILES):
        if (folder / name).exists():
            if name == FILES and (data / FILES).is_dir():
                (data / FILES).rmdir()
            (folder / name).replace(data / name)
    if uses_sqlite():
        for leftover in ("nenep.sqlite3-wal", "nenep.sqlite3-shm"):
            (data / leftover).unlink(missing_ok=True)
        (folder / "database.sqlite3").replace(settings.DATABASES["default"]["NAME"])
