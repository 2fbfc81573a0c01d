"""The people and bodies of a small cluster."""

import pytest

from nenep.briefings.tests.make import make_cluster
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office


@pytest.fixture
def cluster(bloc):
    """Two grassroots bodies, one of them a branch; the neighbour stays outside."""
    return make_cluster(bloc.bloc, bloc.organization, bloc.lone_branch)


@pytest.fixture
def officer(bloc):
    member = make_member(bloc.neighbour_branch, name="Vũ Cán Bộ")
    make_office(member, bloc.bloc, Post.OFFICER)
    return member


@pytest.fixture
def secretary(bloc):
    """Of the grassroots branch of the cluster."""
    return make_member(bloc.lone_branch, name="Lê Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def organization_secretary(bloc):
    member = make_member(bloc.branch, name="Trần Đảng Ủy")
    make_office(member, bloc.organization, Post.SECRETARY)
    return member
