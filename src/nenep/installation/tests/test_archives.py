"""Backup while others write, restore elsewhere; what is damaged or foreign is refused whole."""

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile
import time
import zlib

import pytest
from django.db import connection

from nenep.notices.tests.process import empty_installation, migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Three writers: each transaction adds one member, its event and the file that it names.
WRITERS = """
import threading, time
from pathlib import Path
from django.conf import settings
from django.db import connections, transaction
from nenep.journal import verbs
from nenep.journal.operations import record
from nenep.people.models import Member
from nenep.shared.dates import today

verbs.register({"thing.made": "Tạo"})
stop = Path(settings.DATA) / "stop"

def write(writer):
    number = 0
    while not stop.exists():
        code = f"{writer}-{number}"
        (settings.FILES_ROOT / code).write_text(code)
        with transaction.atomic():
            Member.objects.create(code=code, full_name="Ai", admitted_on=today(), sort_key="a", search_key="a")
            record("thing.made", by=None, body=writer)
        number += 1
    connections.close_all()

settings.FILES_ROOT.mkdir()
threads = [threading.Thread(target=write, args=(writer,)) for writer in range(1, 4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""
STATE = """
import json
from django.conf import settings
from nenep.journal.models import Event
from nenep.journal.verification import verify
from nenep.people.models import Member
codes = set(Member.objects.values_list("code", flat=True))
files = {path.name for path in settings.FILES_ROOT.iterdir()}
print(json.dumps([Member.objects.count(), Event.objects.filter(verb="thing.made").count(), verify().ok,
                  sorted(codes - files), all((settings.FILES_ROOT / code).read_text() == code for code in codes)]))
"""


@pytest.fixture
def busy(tmp_path):
    """An installation that is being written to."""
    made = migrated_installation(tmp_path / "busy")
    process = made.start_python(WRITERS)
    until = time.monotonic() + 30
    while not (made.data / "files").is_dir() or len(list((made.data / "files").iterdir())) < 20:
        assert time.monotonic() < until
        time.sleep(0.05)
    yield made
    (made.data / "stop").touch()
    assert process.wait(30) == 0


def test_a_backup_under_load_is_one_point_in_time_and_restores_elsewhere(busy, tmp_path):
    archive = tmp_path / "copy.nenep"
    done = busy.run("backup", str(archive))
    assert done.returncode == 0, done.stderr
    assert archive.stat().st_mode & 0o077 == 0
    elsewhere = empty_installation(tmp_path / "elsewhere")
    done = elsewhere.run("restore", str(archive))
    assert done.returncode == 0, done.stderr
    members, events, sound, without_file, right = json.loads(elsewhere.python(STATE))
    assert members == events >= 20
    assert (sound, without_file, right) == (True, [], True)
    assert json.loads(manifest_of(archive))["journal"]["events"] == events
    assert (elsewhere.data / "secret_key").read_text() == (busy.data / "secret_key").read_text()
    if connection.vendor == "sqlite":
        database = sqlite3.connect(elsewhere.data / "nenep.sqlite3")
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.close()
    assert not list(elsewhere.data.glob(".restoring*"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory, django_db_setup):
    folder = tmp_path_factory.mktemp("archive")
    made = migrated_installation(folder / "still")
    (made.data / "files" / "2026").mkdir(parents=True)
    (made.data / "files" / "2026" / "scan").write_bytes(bytes(range(256)) * 40)
    path = folder / "copy.nenep"
    done = made.run("backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


TRY_ALL = """
import json, sys
from pathlib import Path
from django.conf import settings
from nenep.installation.archives import Unfit, restore
said = {}
for path in sorted(Path(sys.argv[2]).iterdir()):
    try:
        restore(path)
    except Unfit as unfit:
        said[path.name] = [str(unfit), settings.DATA.exists()]
print(json.dumps(said))
"""


def test_what_is_not_whole_is_refused_and_leaves_nothing(archive, tmp_path):
    folder = tmp_path / "damaged"
    folder.mkdir()
    for name, content in damaged(archive.read_bytes()).items():
        (folder / name).write_bytes(content)
    elsewhere = empty_installation(tmp_path / "elsewhere")
    said = json.loads(elsewhere.python(TRY_ALL, str(folder)))
    assert said.keys() == {path.name for path in folder.iterdir()}
    for name, (sentence, is_there) in said.items():
        assert "không có gì được khôi phục" in sentence, name
        assert not is_there, name
    for refused, code in (("cut", 1), ("nothing", 2)):
        done = elsewhere.run("restore", str(folder / refused))
        assert (done.returncode, done.stderr.count("\n")) == (code, 1), done.stderr
        assert not elsewhere.data.exists()
    # What was there before stays: a folder that somebody made, a key that somebody put there.
    elsewhere.data.mkdir(mode=0o700)
    (elsewhere.data / "secret_key").write_text("kept")
    (elsewhere.data / "secret_key").chmod(0o600)
    assert elsewhere.run("restore", str(folder / "cut")).returncode == 1
    assert [path.name for path in elsewhere.data.iterdir()] == ["secret_key"]
    assert (elsewhere.data / "secret_key").read_text() == "kept"
    assert elsewhere.run("restore", str(archive)).returncode == 0


def damaged(whole):
    plain = gzip.decompress(whole)
    flipped = {f"flipped at {place}": flip_that_shows(whole, plain, place) for place in (20, 60, 99)}
    repacked = {
        f"flipped inside at {place}": gzip.compress(flip(plain, len(plain) * place // 100), 1)
        for place in (30, 70)
    }
    return flipped | repacked | {
        "cut": whole[: len(whole) // 2],
        "cut at the end": whole[:-4],
        "empty": b"",
        "a picture": b"\x89PNG\r\n" * 100,
        "a foreign archive": foreign({"letter.txt": b"hello"}),
        "a climbing name": foreign({"files/../../evil": b"x"}),
        "an absolute name": foreign({"/tmp/evil": b"x"}),
        "no manifest": foreign({"profile": b"demo"}),
        "a wrong seal": foreign({"manifest.json": b"{}", "manifest.sha256": b"0" * 64}),
    }  # fmt: skip


def flip(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def flip_that_shows(whole, plain, percent):
    """In a run of zeros some flips of the packed bytes unpack to the very same content: the next byte then."""
    for place in range(len(whole) * percent // 100, len(whole)):
        found = flip(whole, place)
        try:
            if gzip.decompress(found) != plain:
                return found
        except (EOFError, OSError, zlib.error):
            return found
    raise AssertionError("no flip shows")


def foreign(members):
    buffer = io.BytesIO()
    with tarfile.open(mode="w:gz", fileobj=buffer) as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def manifest_of(archive):
    with tarfile.open(archive) as tar:
        return tar.extractfile("manifest.json").read()


def restated(archive, changed, change):
    """The same archive with another manifest, sealed anew."""
    with tarfile.open(archive) as old, tarfile.open(changed, "w:gz") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == "manifest.json":
                change(stated := json.loads(content))
                content = json.dumps(stated).encode()
                seal = hashlib.sha256(content).hexdigest().encode()
            if member.name == "manifest.sha256":
                content = seal
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return changed


def test_an_archive_of_a_newer_version_is_refused(archive, tmp_path):
    changed = restated(
        archive,
        tmp_path / "newer.nenep",
        lambda stated: stated["migrations"].append("people.9999_from_the_future"),
    )
    elsewhere = empty_installation(tmp_path / "elsewhere")
    done = elsewhere.run("restore", str(changed))
    assert done.returncode == 1
    assert "mới hơn" in done.stderr


def test_an_archive_from_before_manifests_told_the_head_is_restored(archive, tmp_path):
    changed = restated(archive, tmp_path / "older.nenep", lambda stated: stated["journal"].pop("head"))
    elsewhere = empty_installation(tmp_path / "elsewhere")
    assert elsewhere.run("restore", str(changed)).returncode == 0


def test_an_archive_whose_journal_is_not_the_stated_one_is_refused(archive, tmp_path):
    """A dump of PostgreSQL can be looked into only after it was loaded."""
    changed = restated(
        archive, tmp_path / "other.nenep", lambda stated: stated["journal"].update(head=f"0:1:{'0' * 64}")
    )
    elsewhere = empty_installation(tmp_path / "elsewhere")
    assert elsewhere.run("restore", str(changed)).returncode == (1 if connection.vendor == "sqlite" else 0)


CUT_THE_TOP = """
from django.db import connection
from nenep.journal import triggers
from nenep.journal.models import Chain, Event
triggers.remove(connection)
Event.objects.filter(chain=0, number__gt=1).delete()
Chain.objects.filter(key=0).update(length=1, head=Event.objects.get(chain=0, number=1).hash)
"""
TWO_EVENTS = """
from django.db import transaction
from nenep.journal import verbs
from nenep.journal.operations import record
verbs.register({"thing.made": "Tạo"})
with transaction.atomic():
    record("thing.made", by=None, body=None)
    record("thing.made", by=None, body=None)
"""


@pytest.mark.either_database
def test_the_head_in_the_manifest_finds_a_journal_that_was_cut_later(tmp_path):
    made, path = migrated_installation(tmp_path), tmp_path / "copy.nenep"
    made.python(TWO_EVENTS)
    said = made.run("backup", str(path)).stdout
    head = json.loads(manifest_of(path))["journal"]["head"]
    assert head.startswith("0:2:")
    assert head in said
    made.python(TWO_EVENTS)
    assert made.run("verify", "--head", head).returncode == 0
    made.python(CUT_THE_TOP)
    assert made.run("verify").returncode == 0  # the twin: inside the database nothing is missing
    done = made.run("verify", "--head", head)
    assert done.returncode == 1
    assert "chuỗi 0, số 2" in done.stdout


def test_a_place_that_is_not_empty_is_left_as_it_is(archive, tmp_path):
    full = migrated_installation(tmp_path / "full")
    before = sorted(full.data.iterdir()) if full.data.exists() else []
    done = full.run("restore", str(archive))
    assert done.returncode == 2
    assert "phải trống" in done.stderr
    # On PostgreSQL the data folder was not there: no key may be left in it for a database that has another.
    assert (sorted(full.data.iterdir()) if full.data.exists() else []) == before


@pytest.mark.either_database
def test_a_backup_overwrites_nothing_and_makes_no_folder(archive, tmp_path):
    before = archive.read_bytes()
    made = migrated_installation(tmp_path)
    for path, said in ((archive, "Đã có tệp"), (tmp_path / "no" / "such" / "folder", "Không có thư mục")):
        done = made.run("backup", str(path))
        assert (done.returncode, said in done.stderr) == (2, True)
    assert archive.read_bytes() == before


def test_a_missing_file_is_said_in_one_sentence(tmp_path):
    done = empty_installation(tmp_path).run("restore", str(tmp_path / "nothing"))
    assert done.returncode == 2
    assert "Không có tệp" in done.stderr
    assert "Traceback" not in done.stderr
