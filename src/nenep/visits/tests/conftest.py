"""The people and bodies of a small bloc."""

import pytest

from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.visits.tests.make import make_officer


@pytest.fixture
def officer(bloc):
    return make_officer(bloc.neighbour_branch, bloc.bloc, Post.OFFICER, "Vũ Cán Bộ")


@pytest.fixture
def deputy(bloc):
    return make_officer(bloc.neighbour_branch, bloc.bloc, Post.DEPUTY, "An Phó Bí Thư")


@pytest.fixture
def secretary(bloc):
    """Of the grassroots branch directly under the bloc."""
    return make_member(bloc.lone_branch, name="Lê Bí Thư", post=Post.SECRETARY)
