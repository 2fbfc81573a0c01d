"""Who writes a directive, who hands it down and who answers it."""

import pytest

from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)


@pytest.fixture
def officer(bloc):
    """Of the organization above the branch."""
    person = make_member(bloc.other_branch, name="Phạm Đảng Ủy")
    make_office(person, bloc.organization, Post.SECRETARY)
    return person


@pytest.fixture
def upper(bloc):
    person = make_member(bloc.lone_branch, name="Vũ Khối")
    make_office(person, bloc.bloc, Post.OFFICER)
    return person
