"""Shared by all tests: the usual branch, a database that can be emptied, one for threads, limits that start anew."""

import gc
import sqlite3

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models.signals import post_migrate

DATABASE_FIXTURES = {"db", "transactional_db", "shared_database"}


@pytest.fixture(autouse=True)
def _fresh_limits():
    """How often somebody tried is counted by keys that come again in every test."""
    cache.clear()


@pytest.fixture(autouse=True)
def _what_only_grows_can_be_flushed(request):
    """Tests on real transactions end with a flush, which triggers refuse (journal, archive): they are away so long."""
    if not _on_real_transactions(request.node):
        yield
        return
    from nenep.documents import triggers as archive_triggers
    from nenep.journal import triggers

    request.getfixturevalue("_django_db_helper")
    yield
    triggers.remove(connection)
    archive_triggers.remove(connection)
    post_migrate.connect(_guard_again, sender=apps.get_app_config("journal"))


def _on_real_transactions(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def _guard_again(sender, **_more):
    """A flush ends with this signal, as a migration does."""
    from nenep.documents import triggers as archive_triggers
    from nenep.journal import triggers

    post_migrate.disconnect(_guard_again, sender=sender)
    triggers.install(connection)
    archive_triggers.install(connection)


@pytest.fixture(scope="module")
def database_of_the_file(request, django_db_setup, django_db_blocker):  # noqa: ARG001
    """What fixtures of module scope write on it stays until the file's last test; what each test writes does not.

    Every test of the file finds those rows once one has asked for them. What it is handed should be a copy
    (`shared.tests.anew`), since the objects themselves would carry changes from one test to the next.
    """
    for item in request.session.items:
        if item.path == request.path and _on_real_transactions(item):
            pytest.fail(f"{item.name} empties the database: the tests of its file can share no rows.")
        if item.path == request.path and request.fixturename in item.fixturenames and not _asks(item):
            pytest.fail(
                f"{item.name} would leave its rows to the next test: it must ask for the database itself."
            )
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def bloc():
    """A small bloc: organizations, branches below them and one that stands alone (see `make_small_bloc`)."""
    from nenep.organizations.tests.make import make_small_bloc

    return make_small_bloc()


@pytest.fixture
def branch():
    """A branch by itself."""
    from nenep.organizations.tests.make import make_body

    return make_body()


@pytest.fixture
def secretary(branch):
    """Whoever leads the branch; a file with another `branch` leads that one."""
    from nenep.people.models import Post
    from nenep.people.tests.make import make_member

    return make_member(branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def officer(bloc):
    """The secretary of the organization above the branch of the small bloc."""
    return _in_office(bloc.other_branch, "Phạm Đảng Ủy", bloc.organization, "SECRETARY")


@pytest.fixture
def upper(bloc):
    """An officer of the bloc's committee."""
    return _in_office(bloc.lone_branch, "Đinh Khối", bloc.bloc, "OFFICER")


def _in_office(branch, name, body, post):
    from nenep.people.models import Post
    from nenep.people.tests.make import make_member, make_office

    person = make_member(branch, name=name)
    make_office(person, body, Post[post])
    return person


@pytest.fixture
def shared_database(transactional_db, tmp_path):  # noqa: ARG001
    """A database that several threads may write, as in production.

    The SQLite of the tests lies in memory, where threads meet table locks that no file has: its content moves into
    a file for the time of the test. PostgreSQL is used as it is.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    path = tmp_path / "shared.sqlite3"
    with sqlite3.connect(path) as file:
        in_memory.backup(file)
    file.close()
    connection.settings_dict["NAME"], connection.connection = path, None
    yield
    connection.close()
    connection.settings_dict["NAME"], connection.connection = name, in_memory


def pytest_collection_finish():
    """A tenth of a run would go into looking for garbage among modules that stay and models that die soon."""
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_collection_modifyitems(config, items):
    """A test runs on the databases that it says something about; left out elsewhere, and counted as left out."""
    says_more = _only_of_postgresql if connection.vendor != "postgresql" else _same_on_both
    left_out = [item for item in items if says_more(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    # Files that take long come first: at the end no worker shall wait for the other.
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


def _only_of_postgresql(item):
    return item.get_closest_marker("postgresql_only")


def _same_on_both(item):
    """It asks no database, or says that the database makes no difference: SQLite has shown it."""
    if item.get_closest_marker("postgresql_only") or item.get_closest_marker("browser"):
        return False
    return not _asks(item) or item.get_closest_marker("either_database")


def _asks(item):
    return item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames)
