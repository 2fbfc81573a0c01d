"""Records that were there before the index, and a copy that is restored elsewhere."""

import pytest

from nenep.notices.tests.process import empty_installation, migrated_installation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# As a version without an index left it.
OLDER = """
from django.core.management import call_command
from nenep.organizations.tests.make import make_body
from nenep.search.tests.make import make_document
make_document(make_body(code="KEPT"), "Quán triệt nghị quyết của UBKT")
call_command("migrate", "search", "zero", verbosity=0)
"""
UPGRADE = """
from nenep.installation.upgrading import upgrade
upgrade(print, copy=False)
"""
FOUND = """
from django.db import connection
from nenep.organizations.models import Body
from nenep.search import tables
from nenep.search.rebuilding import differences
from nenep.search.tests.make import reader, subjects
print(subjects(reader(Body.objects.get(code="KEPT")), "uỷ ban kiem tra"), list(differences()), tables.are_in_step(connection))
"""
EXPECTED = "['Quán triệt nghị quyết của UBKT'] [] True"


def test_what_was_kept_before_is_found_after_the_upgrade_and_after_a_restore(tmp_path):
    kept, elsewhere = migrated_installation(tmp_path / "kept"), empty_installation(tmp_path / "elsewhere")
    kept.python(OLDER)
    kept.python(UPGRADE)
    assert kept.python(FOUND) == EXPECTED
    copy = str(tmp_path / "copy.tar.gz")
    assert kept.run("backup", copy).returncode == 0
    restored = elsewhere.run("restore", copy)
    assert restored.returncode == 0, restored.stderr
    assert elsewhere.python(FOUND) == EXPECTED
