"""Who signs for a branch on a day."""

from datetime import date

import pytest

from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.offices import release
from nenep.people.reads import signer_on
from nenep.people.tests.make import make_member, make_office

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 3)


def test_the_secretary_signs_whoever_chaired_and_a_deputy_only_while_there_is_none():
    branch = make_body()
    assert signer_on(branch.pk, DAY) == (Post.SECRETARY, "")
    first = make_member(branch, name="Lê An", post=Post.DEPUTY)
    second = make_member(branch, name="Trần Bảo", post=Post.DEPUTY)
    secretary = make_member(branch, name="Vũ Yên")
    office = make_office(secretary, branch, Post.SECRETARY)
    assert signer_on(branch.pk, DAY, chair=second.pk) == (Post.SECRETARY, "Vũ Yên")
    release(office, day=DAY, by=None)
    assert signer_on(branch.pk, DAY, chair=second.pk) == (Post.DEPUTY, "Trần Bảo")
    assert signer_on(branch.pk, DAY, chair=secretary.pk) == (Post.DEPUTY, first.full_name)
