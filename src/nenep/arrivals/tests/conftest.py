"""Files of these tests lie in a folder of their own; a clerk, and what stands in for the engine that reads images."""

import pytest

from nenep.access.tests.make import sign_in
from nenep.documents.intake.tests.test_scans import engine  # noqa: F401  # a fixture
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office


@pytest.fixture
def clerk(client, bloc):
    """A client that is signed in as the clerk of the organization."""
    member = make_member(bloc.other_branch, name="Lê Văn Thư")
    make_office(member, bloc.organization, Post.CLERK)
    sign_in(client, member)
    return client


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
