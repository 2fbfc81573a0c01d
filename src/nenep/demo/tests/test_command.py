"""`./nenep demo` as somebody types it, on an own data folder or database."""

import pytest

from nenep.installation.tests.test_init import FLAGS, sentence
from nenep.notices.tests.process import empty_installation, migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SETTINGS = """
from django.conf import settings
print(settings.PROFILE, settings.HTTPS, settings.SECOND_FACTOR_DEMANDED, settings.SESSION_COOKIE_SECURE)
"""
RECORDS = """
from django.db import connection
from nenep.access.models import Account
from nenep.organizations.models import Body
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*), max(applied) FROM django_migrations")
    print(*cursor.fetchone(), Body.objects.count(), Account.objects.count())
"""

MARKS = "from nenep.demo.emptying import is_loaded, is_marked; print(is_marked(), is_loaded())"


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """A real installation, made once: no test here may change it."""
    made = empty_installation(tmp_path_factory.mktemp("real"))
    assert made.run(*FLAGS, NENEP_PROFILE="production").returncode == 0
    return made


@pytest.fixture
def unnoted(installation):
    """As if its database had been reached from another folder: the note is put aside."""
    note = installation.data / "profile"
    note.unlink()
    yield installation
    note.write_text("production\n")


def files_in(folder):
    """The content of every file but the lock, which holds the number of whoever looked, and SQLite's log."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in paths
        if path.name != "lock" and not path.name.endswith(("-wal", "-shm"))
    }


def test_demo_changes_nothing_in_the_folder_of_a_real_installation(installation):
    before = files_in(installation.data), installation.python(RECORDS)
    for more in ([], ["--fresh"]):
        assert "cài đặt thật" in sentence(installation.run("demo", "--no-serve", *more))
    assert (files_in(installation.data), installation.python(RECORDS)) == before
    assert installation.python(SETTINGS, NENEP_PROFILE="") == "production True True True"


def test_demo_changes_nothing_in_a_real_database_without_its_folder(unnoted):
    before = files_in(unnoted.data), unnoted.python(RECORDS)
    for more in ([], ["--fresh"]):
        assert "dữ liệu thật" in sentence(unnoted.run("demo", "--no-serve", *more))
    assert (files_in(unnoted.data), unnoted.python(RECORDS)) == before


def test_a_note_of_the_demo_alone_would_switch_the_safeguards_off(unnoted):
    """The twin: this is what the refusals above keep away."""
    (unnoted.data / "profile").write_text("demo\n")
    assert unnoted.python(SETTINGS, NENEP_PROFILE="") == "demo False False False"


def test_a_killed_load_is_repaired_by_a_fresh_one(tmp_path):
    made = migrated_installation(tmp_path)
    for _time in range(2):
        loading = made.start("demo", "--fresh", "--no-serve")
        said = _until(loading, "Đã nạp bodies.xlsx")
        loading.kill()
        loading.communicate()
        assert "Đã nạp bodies.xlsx" in said, said
    assert made.python(MARKS) == "True False"


def _until(process, reached):
    said = ""
    for line in process.stdout:
        said += line
        if reached in line:
            break
    return said
