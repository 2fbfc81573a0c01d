"""A kept data folder upgrades by itself, with a copy made before."""

import sqlite3

import pytest
from django.db import connection

from nenep.notices.tests.process import migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# As an older version left it: the last migration of the tables of notices is not there yet.
OLDER = """
from django.core.management import call_command
from nenep.installation.operations import *
from nenep.organizations.models import Body
from nenep.shared.dates import today
Body.objects.create(code="KEPT", founded_on=today())
call_command("migrate", "notices", "zero", verbosity=0)
"""
NEWER = """
from django.db.migrations.recorder import MigrationRecorder
from django.db import connection
MigrationRecorder(connection).record_applied("notices", "9999_from_the_future")
"""
UPGRADE = """
from nenep.installation.sentences import Missing
from nenep.installation.upgrading import pending_migrations, upgrade
from nenep.organizations.models import Body
try:
    upgrade(print{arguments})
except Missing as missing:
    print("Missing:", missing)
print(Body.objects.get().code if Body.objects.exists() else "-", len(pending_migrations()))
"""


@pytest.fixture
def installation(tmp_path):
    return migrated_installation(tmp_path)


def copies(installation):
    return sorted((installation.data / "copies").glob("*"))


def test_missing_migrations_are_applied_after_a_copy(installation):
    installation.python(OLDER)
    said = installation.python(UPGRADE.format(arguments="")).splitlines()
    assert said[-1] == "KEPT 0"
    (copy,) = copies(installation)
    assert str(copy) in said[0]
    assert copy.stat().st_mode & 0o077 == 0
    if connection.vendor == "sqlite":
        before = sqlite3.connect(copy)
        tables = {name for (name,) in before.execute("SELECT name FROM sqlite_master")}
        before.close()
        assert "notices_notice" not in tables
        assert "organizations_body" in tables


def test_nothing_is_copied_when_nothing_is_missing(installation):
    assert installation.python(UPGRADE.format(arguments="")) == "- 0"
    assert copies(installation) == []


@pytest.mark.either_database
def test_no_copy_is_made_when_nobody_wants_it(installation):
    installation.python(OLDER)
    assert installation.python(UPGRADE.format(arguments=", copy=False")).endswith("KEPT 0")
    assert copies(installation) == []


@pytest.mark.either_database
def test_the_three_newest_copies_stay(installation):
    (installation.data / "copies").mkdir(parents=True)
    for day in range(1, 6):
        (installation.data / "copies" / f"before-upgrade-2020010{day}-000000.x").touch()
    installation.python(OLDER)
    installation.python(UPGRADE.format(arguments=""))
    assert len(copies(installation)) == 3
    assert copies(installation)[0].name == "before-upgrade-20200104-000000.x"


def test_a_database_of_a_newer_version_is_left_alone(installation):
    installation.python(NEWER)
    said = installation.python(UPGRADE.format(arguments=""))
    assert "mới hơn" in said
    assert copies(installation) == []


def test_without_the_client_of_postgresql_the_sentence_names_the_way_out(installation):
    installation.python(OLDER)
    installation.env["PATH"] = "/nowhere"
    said = installation.python(UPGRADE.format(arguments=""))
    if connection.vendor == "sqlite":  # needs no client
        assert said.endswith("KEPT 0")
    else:
        assert "--no-copy" in said
        assert not said.endswith("KEPT 0")
