"""Who writes a directive, who hands it down and who answers it."""

import pytest

from nenep.people.models import Post
from nenep.people.tests.make import make_member


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Bí Thư", post=Post.SECRETARY)
