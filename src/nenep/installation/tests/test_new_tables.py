"""A new database has at once what an old one gets step by step."""

import json

import pytest
from django.db import connection

from nenep.notices.tests.process import empty_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SCHEMA = """
import json
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

def parts(create_table):
    "The columns and constraints of a table; those that came later stand last in one that grew."
    found, depth, rest = [""], 0, create_table.partition("(")[2].rpartition(")")[0]
    for sign in rest:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return sorted(part.strip() for part in found)

ON_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master"
ON_POSTGRESQL = '''
    SELECT 'column', table_name, column_name, concat_ws(' ', data_type, character_maximum_length, is_nullable,
           column_default, is_identity, identity_generation, collation_name)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
      FROM pg_trigger WHERE NOT tgisinternal'''
with connection.cursor() as cursor:
    if connection.vendor == "sqlite":
        cursor.execute(ON_SQLITE)
        rows = [(*row[:3], parts(row[3]) if row[0] == "table" else row[3]) for row in cursor.fetchall()]
    else:
        cursor.execute(ON_POSTGRESQL)
        rows = cursor.fetchall()
    for table in ("django_content_type", "auth_permission"):
        cursor.execute(f"SELECT count(*) FROM {table}")
        rows += [(table, *cursor.fetchone())]
print(json.dumps([*rows, *MigrationRecorder(connection).applied_migrations()]))
"""


def statement(installation, sql):
    installation.python(f"from django.db import connection\nconnection.cursor().execute({sql!r})")


def test_a_new_database_has_what_the_migrations_make(tmp_path):
    new, grown = empty_installation(tmp_path / "new"), empty_installation(tmp_path / "grown")
    # What another program has filled is not new.
    statement(grown, "CREATE TABLE theirs (id integer)")
    at_once, by_steps = (installation.run("migrate", "-v1") for installation in (new, grown))
    statement(grown, "DROP TABLE theirs")
    assert (at_once.returncode, by_steps.returncode) == (0, 0), at_once.stderr + by_steps.stderr
    assert ("Applying " in at_once.stdout, "Applying " in by_steps.stdout) == (False, True)
    made, expected = (set(map(str, json.loads(installation.python(SCHEMA)))) for installation in (new, grown))
    assert any("journal_event_stays" in row for row in made)
    assert (made - expected, expected - made) == (set(), set())


def test_a_creation_that_breaks_off_leaves_no_table(tmp_path):
    installation = empty_installation(tmp_path)
    found = installation.python("""
from django.core.management import call_command
from django.db import connection
from nenep.journal import triggers
def breaks(connection):
    raise KeyboardInterrupt
triggers.install = breaks
try:
    call_command("migrate", verbosity=0)
except KeyboardInterrupt:
    print(connection.introspection.table_names())
""")
    assert found == "[]", connection.vendor
