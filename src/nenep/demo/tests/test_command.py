"""`./nenep demo` as somebody types it, on an own data folder or database."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nenep.demo.models import DemoLoaded
from nenep.installation.tests.test_init import FLAGS, sentence
from nenep.notices.tests.process import empty_installation, migrated_installation
from nenep.shared.dates import now, today
from tests.watching import writes

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


@pytest.mark.either_database
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


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2014-01-01", "không coi 01/01/2014 là hôm nay được; hãy chọn --today từ 01/01/2026"),
        ("01/01/2100", "không coi 01/01/2100 là hôm nay được"),
        ("foo", "--today không nhận giá trị “foo”; ngày viết như 24/11/2026"),
    ],
)
def test_a_day_that_the_demo_cannot_hold_is_said_before_anything_is_made(tmp_path, day, said):
    made = empty_installation(tmp_path)
    assert said in sentence(made.run("demo", "--no-serve", "--today", day))
    assert not (made.data / "profile").exists()


@pytest.mark.either_database
def test_another_day_for_a_loaded_demo_is_said_and_changes_nothing(tmp_path):
    made = migrated_installation(tmp_path)
    made.python(
        "from nenep.demo.models import DemoLoaded; from nenep.shared.dates import now; from datetime import date\n"
        "DemoLoaded.objects.create(today=date(2026, 11, 23), finished_at=now())"
    )
    said = made.run("demo", "--no-serve", "--today", "2026-11-24").stdout
    assert "đã nạp với ngày 23/11/2026 và được giữ nguyên" in said
    assert "--fresh" in said
    assert "được giữ nguyên" not in made.run("demo", "--no-serve", "--today", "2026-11-23").stdout


def test_a_second_start_loads_nothing(tmp_path, settings, capsys):
    """What makes it quick, counted and not timed; `python -m tools.measure_start` measures."""
    settings.DATA = tmp_path
    DemoLoaded.objects.create(today=today(), finished_at=now())
    call_command("demo", "--no-serve")  # the profile of the folder is noted
    before = files_in(tmp_path)
    with writes() as watch, CaptureQueriesContext(connection) as asked:
        call_command("demo", "--no-serve")
    assert "Đang nạp" not in capsys.readouterr().out
    assert (watch.tables, watch.everything) == (set(), False)
    assert len(asked) <= 20
    assert files_in(tmp_path) == before


def _until(process, reached):
    said = ""
    for line in process.stdout:
        said += line
        if reached in line:
            break
    return said
